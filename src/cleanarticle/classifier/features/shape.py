"""What a block is by itself."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from cleanarticle.classifier.columns import Columns, Floats, Ints
from cleanarticle.classifier.features.row import ENDS, Row, ends, flags
from cleanarticle.classifier.signs import COMMA, DIGIT, OTHER, QUOTE, STOP, UPPER
from cleanarticle.language import facts
from cleanarticle.records import Role


def shape() -> Iterator[Row]:
    """Counts of signs and words."""
    yield "words", "log words", "length", lambda c: np.log1p(c.words)
    yield "chars", "log characters", "length", lambda c: np.log1p(c.chars)
    yield "word_length", "characters", "mean", lambda c: c.chars / np.maximum(c.words, 1)
    yield "link_density", "share", "characters in links", lambda c: c.link_density
    yield "links", "log links", "links in it", lambda c: np.log1p(c.spans[:, 0])
    yield "plain_words", "log words", "words outside links", _plain_words
    yield "bold", "share", "characters in bold", partial(_per_char, spans=1)
    yield "italic", "share", "characters in italic", partial(_per_char, spans=2)
    yield "capitals", "share", "words that begin with a capital", _capitals
    yield "upper", "share", "characters that are capitals", partial(_per_char, sign=UPPER)
    yield "digits", "share", "characters that are digits", partial(_per_char, sign=DIGIT)
    yield "commas", "per word", "commas", partial(_per_word, sign=COMMA)
    yield "stops", "per word", "full stops and the like", partial(_per_word, sign=STOP)
    yield "quotes", "per word", "quotation marks", partial(_per_word, sign=QUOTE)
    yield "other_signs", "share", "neither letter, digit nor stop", partial(_per_char, sign=OTHER)
    yield "stop_words", "share", "function words of the language", lambda c: c.stop_words
    yield "ends_sentence", "yes or no", "ends like a sentence", partial(ends, signs=ENDS)
    yield "ends_colon", "yes or no", "ends in a colon", partial(ends, signs=(":", "："))
    yield "ends_question", "yes or no", "ends in a question mark", partial(ends, signs=("?", "？"))
    yield "ends_dots", "yes or no", "is cut off", partial(ends, signs=("…", "...", "]"))
    yield "starts_lower", "yes or no", "begins with a small letter", _starts_lower
    yield "starts_digit", "yes or no", "begins with a digit", _starts_digit
    yield "has_rights", "yes or no", "holds ©", partial(holds, signs="©®™")
    yield "has_money", "yes or no", "holds a sign of currency", partial(holds, signs="$€£¥₹")
    yield "has_border", "yes or no", "holds a border sign", partial(holds, signs="|›»•·→")
    yield "has_month", "yes or no", "holds the name of a month and a number", _has_month
    yield "has_address", "yes or no", "holds @ or a web address", _has_address


def _plain_words(c: Columns) -> Floats:
    return np.asarray(np.log1p(c.words * (1 - np.minimum(c.link_density, 1))), np.float32)


def _per_char(c: Columns, sign: int = 0, spans: int = 0) -> Floats:
    counts = c.spans[:, spans] if spans else c.signs[sign]
    return np.asarray(counts / np.maximum(c.chars, 1), np.float32)


def _per_word(c: Columns, sign: int) -> Floats:
    return np.asarray(c.signs[sign] / np.maximum(c.words, 1), np.float32)


def _capitals(c: Columns) -> Floats:
    return np.asarray(c.signs[-UPPER] / np.maximum(c.words, 1), np.float32)


def holds(c: Columns, signs: str) -> Floats:
    """1 where a block holds one of the signs."""
    return flags(any(sign in b.text for sign in signs) for b in c.blocks)


def _starts_lower(c: Columns) -> Floats:
    return flags(b.text[0].islower() for b in c.blocks)


def _starts_digit(c: Columns) -> Floats:
    return flags(b.text[0].isdigit() for b in c.blocks)


def _has_month(c: Columns) -> Floats:
    names = facts.months()
    return flags(
        digits > 0 and any(word.strip(".,") in names for word in b.text[:120].lower().split())
        for b, digits in zip(c.blocks, c.signs[DIGIT], strict=True)
    )


def _has_address(c: Columns) -> Floats:
    return flags("@" in b.text or "http" in b.text or "www." in b.text for b in c.blocks)


def role() -> Iterator[Row]:
    """What the block is within a text."""
    for role in Role:
        yield f"is_{role}", "yes or no", f"its role is {role}", partial(_has_role, role=role)
    yield "level", "1 to 6", "of a heading", lambda c: c.levels
    yield "is_control", "yes or no", "a button, label or option", _is_control
    yield "is_hidden", "yes or no", "not displayed", lambda c: c.hidden[c.at]
    yield "in_noscript", "yes or no", "shown only without scripts", _in_noscript
    yield "run_length", "log blocks", "blocks of its run", _run_length
    yield "run_words", "log words", "words of its run", _run_words
    yield "is_numbered", "yes or no", "a list item with a number", _is_numbered


def _has_role(c: Columns, role: Role) -> Floats:
    return c.roles[role]


def _is_control(c: Columns) -> Floats:
    return flags(b.markup is not None and b.markup.control for b in c.blocks)


def _in_noscript(c: Columns) -> Floats:
    inside = np.array([k.noscript for k in c.document.containers] or [False], np.float32)
    return np.asarray(inside[c.at], np.float32)


def _runs(c: Columns) -> Ints:
    return np.array([b.run for b in c.blocks], np.int64)


def _run_length(c: Columns) -> Floats:
    runs = _runs(c)
    return np.asarray(np.log1p(np.bincount(runs)[runs]), np.float32)


def _run_words(c: Columns) -> Floats:
    runs = _runs(c)
    return np.asarray(np.log1p(np.bincount(runs, weights=c.words)[runs]), np.float32)


def _is_numbered(c: Columns) -> Floats:
    return flags(len(b.marker) > 1 for b in c.blocks)
