"""Days written in words and figures, in the languages that have a file."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from cleanarticle.language import calendars, facts

LINES_KEPT = 2048  # the same lines are asked about by several rooms
SETS_KEPT = 512  # of names of months
MAX_CHARS = 300  # a line longer than this is prose; its dates are not looked for
FIRST_YEAR, LAST_YEAR = 1990, 2100

# \d is a figure of any script, and int() reads them all. Written one by one, the first is looked
# for in half the time.
_YEAR = re.compile(r"\d\d\d\d")
_ISO = re.compile(r"(?<!\d)(\d{4})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})(?!\d)")
_FIGURES = re.compile(r"(?<!\d)(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d)")
_LETTERS = re.compile(r"\w+")
_PARTED = re.compile(r"\d\s?[-/.]\s?\d\d?\s?[-/.]\s?\d")  # what both have in common
_HAN = f"[{calendars.HAN_FIGURES}十百]"
_HAN_DAY = r"(\d{1,2}|[一二三四五六七八九十廿卅]{1,3})"
_ASIDE = r"\s*(?:[(（][^()（）]{1,12}[)）]\s*)?"  # the same year counted otherwise: 2024（令和6）年
_CJK = re.compile(
    rf"(?:({'|'.join(calendars.ERAS)})\s*)?(\d{{1,4}}|元|{_HAN}{{1,5}}){_ASIDE}[年년]{_ASIDE}"
    rf"{_HAN_DAY}\s*[月월]\s*{_HAN_DAY}\s*[日일号號]"
)
_PERSIAN = re.compile("[۰-۹]")
_THAI = re.compile("[\u0e00-\u0e7f]")
_BEFORE_ISO = re.compile(r"\D*+\d{4}-\d{2}-\d{2}(?!\d)")  # no label holds a figure
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
        language: decides 05/06/2024: month first in English, day first elsewhere; whether figures
            may be of a Thai or an Iranian year; and which month a name stands for, where languages
            differ.
    """
    return _find_days(text, language) if may_hold_day(text) else ()


def may_hold_day(text: str) -> bool:
    """Whether a line is short enough for days and has what a year is told by."""
    if len(text) > MAX_CHARS:
        return False
    return _YEAR.search(text) is not None or (not text.isascii() and _has_year_sign(text))


def _has_year_sign(text: str) -> bool:
    return "年" in text or "년" in text


@lru_cache(maxsize=LINES_KEPT)
def _find_days(text: str, language: str | None) -> tuple[Day, ...]:
    found = [*_in_figures(text, language), *_in_words(text, language)]
    if _has_year_sign(text):
        found += _in_cjk(text)
    return tuple(sorted(found, key=lambda day: day.start))


def leading_label(line: str) -> str:
    """The part of a line that is a labelled ISO day in front of text, such as "date 2021-12-15"."""
    match = _leading().match(line) if _BEFORE_ISO.match(line) else None
    return match[0].rstrip() if match and _day(*map(int, match.groups())) else ""


@cache
def _leading() -> re.Pattern[str]:
    labels = {" ".join(p) for key in ("date_labels", "published") for p in facts.phrases(key)}
    label = either(labels)
    return re.compile(rf"\s*{label}{_LABEL_END}(\d{{4}})-(\d{{2}})-(\d{{2}})(?!\d)\s*", re.I)


def either(names: Iterable[str]) -> str:
    """A pattern for any of the names, the longest that fits; what they begin with stands once."""
    rests: dict[str, set[str]] = {}
    left = set(names)
    for name in left - {""}:
        rests.setdefault(name[0], set()).add(name[1:])
    branches = [re.escape(sign) + either(rests[sign]) for sign in sorted(rests)]
    if not branches:
        return ""
    if len(branches) == 1 and "" not in left:
        return branches[0]
    return f"(?:{'|'.join(branches)})" + ("?" if "" in left else "")


@cache
def _months() -> Mapping[str, Sequence[str]]:
    """The first letters in a row of a name of a month → all names that begin so."""
    found: dict[str, list[str]] = {}
    for name in (*facts.months_in(None), *facts.jalali_months()):
        found.setdefault(_LETTERS.findall(name)[0], []).append(name)
    return found


def _months_of(text: str) -> frozenset[str]:
    """Names that may stand in a text of small letters as whole words, and perhaps a few more."""
    known = _months()
    starts = [start for start in _LETTERS.findall(text) if start in known]
    return frozenset([name for start in starts for name in known[start] if name in text])


@cache
def _all_months() -> frozenset[str]:
    return frozenset(name for names in _months().values() for name in names)


def _worded(months: frozenset[str]) -> Sequence[re.Pattern[str]]:
    """The patterns of days with the name of one of some months.

    Few lines name more than one, so that small patterns are enough; that of all names takes long to
    make, which pays only for one who reads pages of very many languages.
    """
    is_full = _patterns.cache_info().currsize > SETS_KEPT
    return _patterns(_all_months() if is_full else months)


@cache
def _patterns(months: frozenset[str]) -> Sequence[re.Pattern[str]]:
    month = rf"(?<!\w)(?P<month>{either(months)})(?!\w)\.?"
    of = r"(?:\s+(?:of|de|del|di|van|năm|ماه|ខែ|ឆ្នាំ))?"
    era = r"(?:(?:พ\.?\s?ศ\.?|ค\.?\s?ศ\.?)\s*)?"  # the Buddha's or the common one, in Thai
    day, year = r"(?<!\d)(?P<day>\d{1,2})", r"(?P<year>\d{4})"
    return (
        re.compile(
            rf"{day}(?:\.|º|er|st|nd|rd|th|a)?(?:{of}[\s\-/]*|\s+d['’]){month}{of}"
            rf"[\s,،၊\-/]*{era}{year}(?!\d)"
        ),
        re.compile(rf"{month}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*[,.،၊]?\s+{year}(?!\d)"),
        re.compile(rf"(?<!\d){year}(?:\.|ko|\s?m\.)?\s+{month}\s+(?P<day>\d{{1,2}})(?!\d)"),
        re.compile(rf"(?<!\d){year}\.?\s?(?:gada|жылғы|жылдың)\s+{day}\.?\s+{month}"),
    )


def _in_words(text: str, language: str | None) -> Iterator[Day]:
    lowered = text.replace("İ", "I").lower()
    if len(lowered) != len(text):  # a sign that grows when lowered would shift the positions
        return
    months = _months_of(lowered)
    for pattern in _worded(months) if months else ():
        for match in pattern.finditer(lowered):
            if day := _named(match["year"], match["month"], match["day"], language):
                yield Day(day, *match.span())


def _named(year: str, name: str, day: str, language: str | None) -> date | None:
    if name in facts.jalali_months():
        found = calendars.from_jalali(int(year), facts.jalali_months()[name], int(day))
        return found if found and FIRST_YEAR <= found.year <= LAST_YEAR else None
    month = facts.months_in(language)[name]
    is_thai = _THAI.match(name)
    return _day(calendars.from_buddhist(int(year)) if is_thai else int(year), month, int(day))


def _in_cjk(text: str) -> Iterator[Day]:
    for match in _CJK.finditer(text):
        era, *written = match.groups()
        year, month, day = map(calendars.number, written)
        if found := _day(calendars.from_era(era, year) if era else year, month, day):
            yield Day(found, *match.span())


def _in_figures(text: str, language: str | None) -> Iterator[Day]:
    if not _PARTED.search(text):
        return
    for match in _ISO.finditer(text):
        if day := _counted(match, (1, 2, 3), language):
            yield Day(day, *match.span())
    for match in _FIGURES.finditer(text):
        is_month_first = language == "en" and match[2] == "/" and int(match[1]) <= 12
        orders = ((4, 1, 3), (4, 3, 1)) if is_month_first else ((4, 3, 1), (4, 1, 3))
        days = (_counted(match, order, language) for order in orders)
        if day := next(filter(None, days), None):
            yield Day(day, *match.span())


def _counted(
    match: re.Match[str], order: tuple[int, int, int], language: str | None
) -> date | None:
    """The day of a match whose year, month and day stand at these places.

    The years of Thai and Iranian calendars lie so far from ours that they tell themselves apart
    where the language, or for Iran the figures, are those of the country.
    """
    year, month, day = (int(match[place]) for place in order)
    if year in calendars.JALALI_YEARS and (language == "fa" or _PERSIAN.search(match[0])):
        return calendars.from_jalali(year, month, day)
    return _day(calendars.from_buddhist(year) if language == "th" else year, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
