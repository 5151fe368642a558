"""Days told from the moment of reading, as "3 hours ago" or "gestern": stamps, and no prose."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache

from cleanarticle.language import facts
from cleanarticle.language.dates import FIRST_YEAR, LAST_YEAR, Day, either
from cleanarticle.language.words import count, tokens

MAX_CHARS = 120  # a longer line is prose, in which yesterday is the day before it was written
MAX_REST = 5  # words beside: a label, a name, a place
_UNITS = {
    "minutes": timedelta(minutes=1),
    "hours": timedelta(hours=1),
    "days": timedelta(days=1),
    "weeks": timedelta(weeks=1),
}
_NUMBER = r"(?<![\d.,:月])\d{1,3}"  # 5月3日前 is before a day of May
_TIME = re.compile(r"\d{1,2}\s?[:.h時时点點]\s?\d{2}|\d{1,2}\s?[ap]\.?m\b")
_NEVER = r"(?!)"  # a pattern for the words of a language without a file
# Where a word may start: in scripts without spaces, anywhere.
_START = r"(?:(?<![\w'’-])|(?<=[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff]))"
_PROSE_ENDS = (".", "!", "?", "…", "。", "！", "？", "।")
_WRITTEN_AS = {"nb": "no", "nn": "no"}  # both forms of Norwegian have one file


def find_relative(text: str, language: str | None, now: datetime) -> tuple[Day, ...]:
    """Days that a line tells by how long ago they were, in its order.

    Only a line that says little more is read so: in a sentence, such words count from its own day.
    "Today" also names sections, so that it needs a time or a label for publication beside it.

    Args:
        text: a line of at most `MAX_CHARS` characters; a longer one has no days here.
        language: that of the page; English is understood everywhere.
        now: when the page was read; the days are those of its zone.
    """
    if len(text) > MAX_CHARS:
        return ()
    small = text.replace("İ", "I").lower().replace("ς", "σ")
    if len(small) != len(text):  # a sign that grows when lowered would shift the positions
        return ()
    own = _WRITTEN_AS.get(language or "en", language or "en")
    found: dict[int, Day] = {}
    for code in dict.fromkeys((own, "en")):
        for day in (*_ago(small, code, now), *_named(small, code, now)):
            found.setdefault(day.start, day)
    days = tuple(found[start] for start in sorted(found))
    return days if days and _is_stamp(_without(text, days)) else ()


def _ago(text: str, code: str, now: datetime) -> Iterator[Day]:
    """Days at some minutes, hours, days or weeks before now."""
    for match in _told(code).finditer(text):
        pieces = [(int(n), _units(code)[unit]) for n, unit in _counted(code).findall(match[0])]
        whole = [amount for name, amount in _whole(code).items() if name in match[0]]
        parts = (number * unit for number, unit in pieces or whole[-1:])
        if day := _before(now, sum(parts, timedelta())):
            yield Day(day, *match.span())


def _named(text: str, code: str, now: datetime) -> Iterator[Day]:
    """Today and yesterday by their names."""
    for key, days in (("today", 0), ("yesterday", 1)):
        for match in _naming(code, key).finditer(text):
            rest = f"{text[: match.start()]} {text[match.end() :]}"
            is_told = days or _TIME.search(rest) or _is_label(rest)
            if is_told and (day := _before(now, timedelta(days=days))):
                yield Day(day, *match.span())


def _before(now: datetime, distance: timedelta) -> date | None:
    try:
        day = (now - distance).date()
    except OverflowError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


@cache
def _told(code: str) -> re.Pattern[str]:
    """An amount of time in each form that says it has passed."""
    unit, joint = either(_units(code)), either(facts.fact(code, "and"))
    one = rf"{_NUMBER}\s*{unit}\.?"
    amount = rf"{one}(?:[\s,]+(?:{joint}\s+)?{one})?"  # "1 hour and 20 minutes"
    if whole := either(_whole(code)):
        amount = rf"(?:{amount}|(?<!\w){whole})"
    forms = []
    for form in facts.fact(code, "ago"):
        before, after = (re.escape(part.strip()) for part in form.split("#"))
        opened = rf"(?<!\w){before}\s*" if before else ""
        forms.append(rf"{opened}{amount}\s*{after}(?!\w)")
    return re.compile("|".join(forms) or _NEVER)


@cache
def _counted(code: str) -> re.Pattern[str]:
    return re.compile(rf"({_NUMBER})\s*({either(_units(code)) or _NEVER})")


@cache
def _naming(code: str, key: str) -> re.Pattern[str]:
    names = either(facts.fact(code, key)) or _NEVER
    return re.compile(rf"{_START}{names}(?![^\W\d]|['’-])")


@cache
def _units(code: str) -> dict[str, timedelta]:
    """Names of units of time, as they stand behind a number."""
    return {
        name: unit
        for key, unit in _UNITS.items()
        for name in facts.fact(code, key)
        if not name[0].isdigit()
    }


@cache
def _whole(code: str) -> dict[str, tuple[int, timedelta]]:
    """What names an amount without a number, as "an hour", the shortest first."""
    found = {}
    for key, unit in _UNITS.items():
        for entry in facts.fact(code, key):
            number, _space, name = entry.partition(" ")
            if number.isdecimal():
                found[name] = (int(number), unit)
    return {name: found[name] for name in sorted(found, key=len)}


def _without(text: str, days: Sequence[Day]) -> str:
    """The text but for what tells the days."""
    for day in reversed(days):
        text = f"{text[: day.start]} {text[day.end :]}"
    return text.strip()


def _is_stamp(rest: str) -> bool:
    """Whether what stands beside leaves the line one that says when."""
    if rest.endswith(_PROSE_ENDS):
        return False
    weekdays = sum(1 for word in tokens(rest) if word in facts.weekdays())
    return count(re.sub(r"\d+", " ", rest)) - weekdays <= MAX_REST


def _is_label(rest: str) -> bool:
    return tokens(rest) in facts.phrases("published") | facts.phrases("updated")
