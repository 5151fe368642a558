"""What a block is by itself."""

from collections.abc import Iterator, Sequence

import numpy as np

from cleanarticle.classifier import counts, overlap
from cleanarticle.classifier.columns import ROLES, Columns, Floats
from cleanarticle.classifier.features.row import Group, Values, group
from cleanarticle.language import facts


def shape() -> Iterator[Group]:
    """Counts of signs and words."""
    yield group(
        _sizes,
        ("words", "log words", "length"),
        ("chars", "log characters", "length"),
        ("word_length", "characters", "mean"),
        ("link_density", "share", "characters in links"),
        ("links", "log links", "links in it"),
        ("plain_words", "log words", "words outside links"),
        ("bold", "share", "characters in bold"),
        ("italic", "share", "characters in italic"),
    )
    yield group(
        _signs,
        ("capitals", "share", "words that begin with a capital"),
        ("upper", "share", "characters that are capitals"),
        ("digits", "share", "characters that are digits"),
        ("commas", "per word", "commas"),
        ("stops", "per word", "full stops and the like"),
        ("quotes", "per word", "quotation marks"),
        ("other_signs", "share", "neither letter, digit nor stop"),
    )
    yield group(
        lambda c: c.overlap[overlap.STOP_WORDS, None],
        ("stop_words", "share", "function words of the language"),
    )
    yield group(
        lambda c: c.signs[counts.ENDS_SENTENCE : counts.STARTS_DIGIT + 1],
        ("ends_sentence", "yes or no", "ends like a sentence"),
        ("ends_colon", "yes or no", "ends in a colon"),
        ("ends_question", "yes or no", "ends in a question mark"),
        ("ends_dots", "yes or no", "is cut off"),
        ("starts_lower", "yes or no", "begins with a small letter"),
        ("starts_digit", "yes or no", "begins with a digit"),
    )
    yield group(
        lambda c: c.signs[counts.HAS_RIGHTS : counts.HAS_BORDER + 1],
        ("has_rights", "yes or no", "holds ©"),
        ("has_money", "yes or no", "holds a sign of currency"),
        ("has_border", "yes or no", "holds a border sign"),
    )
    yield group(
        lambda c: (_months(c), c.signs[counts.HAS_ADDRESS]),
        ("has_month", "yes or no", "holds the name of a month and a number"),
        ("has_address", "yes or no", "holds @ or a web address"),
    )


def _sizes(c: Columns) -> Sequence[Values]:
    return (
        np.log1p(c.words),
        np.log1p(c.chars),
        c.chars / np.maximum(c.words, 1),
        c.link_density,
        np.log1p(c.numbers[counts.LINKS]),
        np.log1p(c.words * (1 - np.minimum(c.link_density, 1))),
        *(c.numbers[counts.BOLD : counts.ITALIC + 1] / np.maximum(c.chars, 1)),
    )


def _signs(c: Columns) -> Iterator[Values]:
    chars, words = np.maximum(c.chars, 1), np.maximum(c.words, 1)
    yield c.signs[counts.CAPITALS] / words
    yield from c.signs[counts.UPPER : counts.DIGIT + 1] / chars
    yield from c.signs[counts.COMMA : counts.QUOTE + 1] / words
    yield c.signs[counts.OTHER] / chars


def _months(c: Columns) -> Floats:
    return counts.months(c.texts, c.signs[counts.DIGIT], facts.months())


def role() -> Iterator[Group]:
    """What the block is within a text."""
    yield group(
        lambda c: c.roles,
        *((f"is_{role}", "yes or no", f"its role is {role}") for role in ROLES),
    )
    yield group(
        _of_markup,
        ("level", "1 to 6", "of a heading"),
        ("is_control", "yes or no", "a button, label or option"),
        ("is_hidden", "yes or no", "not displayed"),
        ("in_noscript", "yes or no", "shown only without scripts"),
    )
    yield group(
        _runs,
        ("run_length", "log blocks", "blocks of its run"),
        ("run_words", "log words", "words of its run"),
        ("is_numbered", "yes or no", "a list item with a number"),
    )


def _of_markup(c: Columns) -> Sequence[Values]:
    hidden, noscript = c.elements.hidden[c.at], c.elements.noscript[c.at]
    return c.levels, c.numbers[counts.CONTROL], hidden, noscript


def _runs(c: Columns) -> Sequence[Values]:
    runs = c.whole[counts.RUN]
    return (
        np.log1p(np.bincount(runs).take(runs)),
        np.log1p(np.bincount(runs, weights=c.words).take(runs)),
        c.numbers[counts.NUMBERED],
    )
