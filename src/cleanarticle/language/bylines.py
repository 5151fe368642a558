"""Bylines and datelines: who wrote it, and lines that say nothing but when."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from cleanarticle.accelerator import accelerated
from cleanarticle.language import dates, facts
from cleanarticle.language.dates import Day
from cleanarticle.language.words import tokens

LINES_KEPT = 2048  # the same lines are asked about by several rooms
OPENS, DATED, ENDS = 1, 2, 4  # signs: with a word of a byline, holding a year, in a word of a role
MAX_NAME_WORDS = 5
MAX_LABEL_WORDS = 4  # before a day
MAX_DATE_LINE_REST = 5  # words beside the day: label, weekday, time, zone, place
MAX_BYLINE_CHARS = 200
MAX_AUTHORS_CHARS = 600  # of a declared list of names
MAX_ROLE_LINE_CHARS = 1_000  # of a name, a role, and what stands in brackets or is an address

_JOINT_SIGNS = re.compile(r"[;,&|/\n、–—-]")
_JOINTS = re.compile(r"\s*(?:[;,&|/\n、]|\s[–—-]\s)\s*")
_CREDENTIAL = re.compile(
    r"(?:M\.?D|Ph\.?D|M\.?S|R\.?D|R\.?N|M\.?P\.?H|M\.?A|B\.?A|J\.?D|D\.?O|LCSW|Jr|Sr|II|III|IV|Esq)\.?"
)
MAX_CREDENTIAL_CHARS = 6
_NOISE = re.compile(r"\S+@\S+|https?://\S+|www\.\S+|(?<!\w)@\w+|\([^)]*\)|\[[^\]]*\]", re.I)
_INVERTED = re.compile(r"\s*([^\W\d_][\w'’-]+), ([^\W\d_][\w'’.-]+)\s*")  # "Lee, Ann"
_NO_NAME = re.compile(r"\d|https?:|[{}<>=_|#?!]")
_FOOTNOTE = re.compile(r"(?<=[^\W\d_]{2})\d{1,2}$")  # "Ann Lee1"
MAX_ROLE_WORDS = 6
_OPENING = ("by", "author_labels")  # what may open a byline, in the files of the languages
_OF = frozenset(("of", "at", "for", "für", "de", "du", "di", "do", "van"))


def signs(texts: list[str], words: list[tuple[str, ...]], language: str | None) -> list[int]:
    """What each line may be, at a glance: 0, or `OPENS`, `DATED` and `ENDS` together.

    What has no sign, names nobody and no day: `people`, `beside_date`, `with_role`, `date_line` and
    `is_byline_word` need not be asked.

    Args:
        texts: lines.
        words: the `tokens` of each, or for one of more than `MAX_CHARS` characters those of its
            beginning.
        language: that of the page.
    """
    opening, ending = _first_words(language), _last_words(language)
    return line_signs(texts, words, opening, ending, dates.MAX_CHARS)


@accelerated("fields")
def line_signs(
    texts: list[str],
    words: list[tuple[str, ...]],
    first_words: frozenset[str],
    last_words: frozenset[str],
    limit: int,
) -> list[int]:
    """The signs of lines, where bylines begin with some words and roles end in others.

    In a line of more characters than the limit, no days are looked for, and anything may end it.
    """
    found = []
    for text, own in zip(texts, words, strict=True):
        sign = DATED if len(text) <= limit and dates.may_hold_day(text) else 0
        if own and own[0] in first_words:
            sign |= OPENS
        is_cut = len(text) > limit or _holds_address(text)  # its last word may be another one
        is_last = own[-1:] if not ("(" in text or "[" in text) else own
        if own and (is_cut or not last_words.isdisjoint(is_last)):
            sign |= ENDS
        found.append(sign)
    return found


def may_name_inside(text: str, words: Sequence[str], language: str | None) -> bool:
    """Whether a word for "by" may stand anywhere in a text of these words."""
    is_plain = text.isascii() and "'" not in text  # else it may be a part of what counts as a word
    return not is_plain or not _first_words(language).isdisjoint(words)


def people(text: str, language: str | None = None) -> tuple[str, ...]:
    """Names in a byline such as "By Ann Lee and Bo Ek"; empty for a line that is none.

    A word for "by" must open the line or stand before a colon, in the page's language or English.
    """
    if len(text) > MAX_BYLINE_CHARS or "\n" in text:
        return ()
    return _people(text, language)


@lru_cache(maxsize=LINES_KEPT)
def _people(text: str, language: str | None) -> tuple[str, ...]:
    match = _opening(language).match(text)
    if not match:
        return with_role(text, language) or _behind_date(text, language)
    rest = text[match.end() :]
    days = dates.find_days(rest, language)
    if days:
        rest = _before_label(rest[: days[0].start])
    names = split_names(rest, language)
    fits = names and all(looks_like_name(name) for name in names)
    return names if fits else ()


def is_byline_word(text: str, language: str | None = None) -> bool:
    """Whether a line holds only a word for "by", or "Author": the name stands in the next one."""
    return text.strip(" :：-–—|").casefold() in _byline_words(language)


@cache
def _byline_words(language: str | None) -> frozenset[str]:
    codes = {language or "en", "en"}
    return frozenset(p for c in codes for k in _OPENING for p in facts.fact(c, k))


def beside_date(text: str, language: str | None = None) -> tuple[str, ...]:
    """The name in a line that holds a day and one name, such as "18 April 2021 · Karla Ek"."""
    days = dates.find_days(text, language)
    if len(days) != 1:
        return ()
    rest = _before_label(text[: days[0].start]) + " ; " + _before_label(text[days[0].end :])
    parts = [part for part in _JOINTS.split(rest) if part.strip()]
    is_name = len(parts) == 1 and looks_like_name(parts[0]) and 2 <= len(parts[0].split()) <= 3
    return (parts[0].strip(),) if is_name and tokens(parts[0]) not in _day_labels()[0] else ()


def continued(text: str, language: str | None = None) -> tuple[str, ...]:
    """Names in a line that goes on a byline: "and Joss Merriden, Data editor"."""
    first, _space, rest = text.partition(" ")
    if first.lower() not in _joints(language) or len(text) > MAX_BYLINE_CHARS:
        return ()
    return tuple(n for n in split_names(rest, language) if looks_like_name(n))


def _behind_date(text: str, language: str | None) -> tuple[str, ...]:
    """Names behind a day and a word for "by": "Posted on May 14, 2021 by Ann Lee"."""
    days = dates.find_days(text, language)
    if not days:
        return ()
    behind = text[days[0].end :].lstrip(" ,;|-–—·•")
    match = _opening(language).match(behind)
    names = split_names(behind[match.end() :], language) if match else ()
    return names if all(looks_like_name(name) for name in names) else ()


def with_role(text: str, language: str | None) -> tuple[str, ...]:
    """The name in a line of a name, a role behind it and perhaps an address: "김도윤 기자"."""
    if len(text) > MAX_ROLE_LINE_CHARS:  # brackets that nothing closes are each looked for
        return ()
    is_noisy = _is_noisy(text)
    if not (is_noisy or _ends_in_role(tokens(text), language)):
        return ()
    words = (_NOISE.sub(" ", text) if is_noisy else text).split()
    if not 2 <= len(words) <= MAX_NAME_WORDS + 3:
        return ()
    if not _ends_in_role(tokens(" ".join(words[-3:])), language):
        return ()
    for size in range(min(3, len(words) - 1), 0, -1):
        name, parted = " ".join(words[:-size]), words[-size - 1].endswith(",")
        role = " ".join(words[-size:])
        # "Ann Heritage correspondent" may be of two or three names: a beat has to be parted.
        is_role = _is_role(role, language) if parted else _is_known_role(role, language)
        if is_role and looks_like_name(name.rstrip(",")) and not _is_known_role(name, language):
            return (name.rstrip(","),) if len(name) > 1 else ()
    return ()


def split_names(text: str, language: str | None = None) -> tuple[str, ...]:
    """People in an author value or the rest of a byline, in order, without roles and contacts."""
    text = text[:MAX_AUTHORS_CHARS]
    if _is_one(text, language):
        return (text,)
    if "," in text and (match := _INVERTED.fullmatch(text)):
        return (f"{match[2]} {match[1]}",)
    cleaned = _without_noise(text).strip(" ,;|-–—\t")
    if opening := _opening(language).match(cleaned):
        cleaned = cleaned[opening.end() :]
    names: list[str] = []
    for part in _parts(_joint_words(language).sub(" ; ", cleaned)):
        name = " ".join(part.split()).strip(" .:,-–—*•·")
        if name[-1:].isdecimal() and " " in name:
            name = _FOOTNOTE.sub("", name)
        if not name or name.isdigit() or _is_credential(name):
            continue
        if _is_role(name, language) or (names and _is_long_role(name, language)):
            continue
        if name not in names:
            names.append(name)
    return tuple(names)


def _is_one(text: str, language: str | None) -> bool:
    """Whether a value is nothing but words, none of which is more than a part of a name."""
    if not text.replace(" ", "").isalpha() or " ".join(text.split()) != text:
        return False
    words = tokens(text)
    return not (
        words[0] in _first_words(language)
        or words[-1] in _last_words(language)
        or not _joint_tokens(language).isdisjoint(words)
        or _is_credential(text)
    )


def _parts(text: str) -> list[str]:
    return _JOINTS.split(text) if _JOINT_SIGNS.search(text) else [text]


def _is_credential(name: str) -> bool:
    return len(name) <= MAX_CREDENTIAL_CHARS and _CREDENTIAL.fullmatch(name) is not None


def _without_noise(text: str) -> str:
    """The text without addresses and what stands in brackets."""
    return _NOISE.sub(" ", text) if _is_noisy(text) else text


def _is_noisy(text: str) -> bool:
    """Whether there may be any: a look at signs that costs less than looking for all of it."""
    return "(" in text or "[" in text or _holds_address(text)


def _holds_address(text: str) -> bool:
    return "@" in text or "://" in text or "ww." in text.lower()


def looks_like_name(name: str) -> bool:
    """Whether a value can be the name of a person or desk, by its form."""
    words = name.split()
    if not words or len(words) > MAX_NAME_WORDS or _NO_NAME.search(name):
        return False
    first, last = words[0][0], words[-1][0]
    cased = first.lower() != first.upper()
    return not cased or (first.isupper() and (last.isupper() or last.isdigit()))


def names_a_role(text: str, language: str | None = None) -> bool:
    """Whether a text names a newsroom's role in the page's language or English."""
    words, roles = tokens(text), _roles(language)
    if _last_words(language).isdisjoint(words):
        return False
    starts = range(len(words))
    return any(tuple(words[i : i + size]) in roles for i in starts for size in (1, 2, 3))


def date_line(text: str, language: str | None = None) -> Day | None:
    """The first day of a line that holds a day and hardly anything else; None for any other."""
    days = dates.find_days(text, language)
    return days[0] if days and only_a_date(text, days[0]) else None


def only_a_date(text: str, day: Day) -> bool:
    """Whether a line holds a day and hardly anything else."""
    rest = tokens(text[: day.start] + " " + text[day.end :])
    named = (word for word in rest if not word[0].isdigit() and word not in facts.weekdays())
    return sum(1 for _word in named) <= MAX_DATE_LINE_REST and text[-1:] != "."


def _before_label(text: str) -> str:
    """The text without a trailing label such as "published on" or "|"."""
    words = text.strip(" ,;|-–—·•:").split()
    labels, last_words = _day_labels()
    ending = tokens(" ".join(words[-MAX_LABEL_WORDS:]))
    if not ending or ending[-1] not in last_words:
        return " ".join(words)
    for size in range(MAX_LABEL_WORDS, 0, -1):
        if len(words) > size and tokens(" ".join(words[-size:])) in labels:
            return " ".join(words[:-size])
    return " ".join(words)


def _is_role(name: str, language: str | None) -> bool:
    """Whether a part of a byline is a role, perhaps with its beat: "Heritage correspondent"."""
    words = tokens(name)
    if not _ends_in_role(words, language):
        return False
    is_two = len(words) == 2
    return words in _roles(language) or (is_two and _is_known_role(name.split()[-1], language))


def _is_long_role(name: str, language: str | None) -> bool:
    """Whether a part behind a name is a role of several words: "Senior Director of Ferries"."""
    words = name.split()
    if not 1 < len(words) <= MAX_ROLE_WORDS:
        return False
    of = next((n for n, word in enumerate(words) if n and word in _OF), len(words))
    return _is_known_role(words[of - 1], language)


def _is_known_role(name: str, language: str | None) -> bool:
    return tokens(name) in _roles(language)


def _ends_in_role(words: Sequence[str], language: str | None) -> bool:
    """Whether the last word is that of a role, without which nothing ends in one."""
    return bool(words) and words[-1] in _last_words(language)


@cache
def _roles(language: str | None) -> frozenset[facts.Phrase]:
    return facts.phrases("roles", "en") | facts.phrases("roles", language or "en")


@cache
def _last_words(language: str | None) -> frozenset[str]:
    """The last word of each role."""
    return frozenset(role[-1] for role in _roles(language))


@cache
def _first_words(language: str | None) -> frozenset[str]:
    """The first word of all that opens a byline."""
    codes = {language or "en", "en"}
    return frozenset(
        words[0] for code in codes for key in _OPENING for words in facts.phrases(key, code)
    )


@cache
def _day_labels() -> tuple[frozenset[facts.Phrase], frozenset[str]]:
    """What stands before a day, and the last word of each."""
    labels = facts.phrases("published") | facts.phrases("updated")
    return labels, frozenset(label[-1] for label in labels)


@cache
def _joint_tokens(language: str | None) -> frozenset[str]:
    """The words between names, as tokens."""
    codes = {language or "en", "en"}
    return frozenset(
        word for code in codes for words in facts.phrases("and", code) for word in words
    )


@cache
def _joints(language: str | None) -> frozenset[str]:
    return frozenset((*facts.fact(language or "en", "and"), "and", "&"))


@cache
def _opening(language: str | None) -> re.Pattern[str]:
    """A word for "by" at the start of a line, or a label with a colon."""
    by_key, labels_key = _OPENING
    by = {p for code in {language or "en", "en"} for p in facts.fact(code, by_key)}
    labels = {p for code in {language or "en", "en"} for p in facts.fact(code, labels_key)}
    spaced = "|".join(sorted((re.escape(w) for w in by), key=lambda w: (-len(w), w)))
    colon = "|".join(sorted((re.escape(w) for w in by | labels), key=lambda w: (-len(w), w)))
    starts = re.escape("".join(sorted({word[0] for word in by | labels})))  # few lines begin so
    either = rf"(?:{colon})\s*[:：・／]\s*|(?:{spaced})\s+(?=\S)"
    return re.compile(rf"\s*(?=[{starts}])(?:{either})", re.I)


@cache
def _joint_words(language: str | None) -> re.Pattern[str]:
    words = {w for code in {language or "en", "en"} for w in facts.fact(code, "and")}
    spaced = "|".join(sorted((re.escape(w) for w in words if len(w) > 1 or w in "yeiиі"), key=len))
    return re.compile(rf"(?:\s+(?:{spaced})\s+)", re.I)
