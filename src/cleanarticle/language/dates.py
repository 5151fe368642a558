"""Days written in words and figures, in the languages that have a file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from cleanarticle.language import facts

LINES_KEPT = 2048  # the same lines are asked about by several rooms
MAX_CHARS = 300  # a line longer than this is prose; its dates are not looked for
FIRST_YEAR, LAST_YEAR = 1990, 2100

_ISO = re.compile(r"(?<!\d)(\d{4})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})(?!\d)")
_CJK = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_FIGURES = re.compile(r"(?<!\d)(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d)")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९", "0123456789" * 3)
_LABEL_END = r"[\s:\-–|]*"


@dataclass(frozen=True, slots=True)
class Day:
    """A day found in a text, from character `start` to before `end`."""

    day: date
    start: int
    end: int


def find_days(text: str, language: str | None = None) -> tuple[Day, ...]:
    """Days named in a short text, in its order; a day needs day, month and year.

    Args:
        text: a line of at most `MAX_CHARS` characters; a longer one has no days here.
        language: decides 05/06/2024: month first in English, day first elsewhere.
    """
    if len(text) > MAX_CHARS:
        return ()
    return _find_days(text, language)


@lru_cache(maxsize=LINES_KEPT)
def _find_days(text: str, language: str | None) -> tuple[Day, ...]:
    text = text.translate(_DIGITS)
    if not re.search(r"\d{4}", text):
        return ()
    found = [*_in_figures(text, language), *_in_words(text)]
    return tuple(sorted(found, key=lambda day: day.start))


def leading_label(line: str) -> str:
    """The part of a line that is a labelled ISO day in front of text, such as "date 2021-12-15"."""
    match = _leading().match(line)
    return match[0].rstrip() if match and _day(*match.groups()) else ""


@cache
def _leading() -> re.Pattern[str]:
    labels = {" ".join(p) for key in ("date_labels", "published") for p in facts.phrases(key)}
    either = "|".join(sorted(map(re.escape, labels), key=lambda label: (-len(label), label)))
    return re.compile(rf"\s*(?:{either}){_LABEL_END}(\d{{4}})-(\d{{2}})-(\d{{2}})(?!\d)\s*", re.I)


@cache
def _worded() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    names = sorted(map(re.escape, facts.months()), key=lambda name: (-len(name), name))
    month = rf"(?<!\w)({'|'.join(names)})(?!\w)\.?"
    of = r"(?:\s+(?:of|de|del|di|van|năm))?"
    year = r"(\d{4})(?!\d)"
    day_first = (
        rf"(?<!\d)(\d{{1,2}})(?:\.|º|er|st|nd|rd|th|a)?{of}[\s\-/]*{month}{of}[\s,\-/]*{year}"
    )
    month_first = rf"{month}\s*(\d{{1,2}})(?:st|nd|rd|th)?\s*[,.]?\s+{year}"
    year_first = rf"(?<!\d)(\d{{4}})\.?\s+{month}\s+(\d{{1,2}})(?!\d)"
    return re.compile(day_first), re.compile(month_first), re.compile(year_first)


def _in_words(text: str) -> Iterator[Day]:
    lowered = text.replace("İ", "I").lower()
    if len(lowered) != len(text):  # a sign that grows when lowered would shift the positions
        return
    day_first, month_first, year_first = _worded()
    for match in day_first.finditer(lowered):
        if day := _day(match[3], str(facts.months()[match[2]]), match[1]):
            yield Day(day, *match.span())
    for match in month_first.finditer(lowered):
        if day := _day(match[3], str(facts.months()[match[1]]), match[2]):
            yield Day(day, *match.span())
    for match in year_first.finditer(lowered):
        if day := _day(match[1], str(facts.months()[match[2]]), match[3]):
            yield Day(day, *match.span())


def _in_figures(text: str, language: str | None) -> Iterator[Day]:
    for pattern in (_ISO, _CJK):
        for match in pattern.finditer(text):
            if day := _day(*match.groups()):
                yield Day(day, *match.span())
    for match in _FIGURES.finditer(text):
        first, mark, second, year = match.groups()
        if language == "en" and mark == "/" and int(second) > 0 and int(first) <= 12:
            first, second = second, first
        if day := _day(year, second, first) or _day(year, first, second):
            yield Day(day, *match.span())


def _day(year: str, month: str, day: str) -> date | None:
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
