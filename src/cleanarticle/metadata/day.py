"""The day of publication: never of modification, never converted to another zone."""

import datetime as dt
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from cleanarticle.language import bylines, dates, facts
from cleanarticle.language.words import tokens
from cleanarticle.records import Block, Document, Field

_SOURCES = ("json-ld", "opengraph", "itemprop", "meta", "time element")
_URL_DAY = re.compile(r"/(\d{4})/(\d{1,2})/(\d{1,2})(?:/|$)")
_STAMP = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")
_NEAR_TITLE = 12  # blocks below the title in which a date line belongs to the article


def choose(
    document: Document, title_block: int | None
) -> tuple[dt.date | None, dt.datetime | None]:
    """(day as written, aware time where the page gives time and zone)."""
    for source in _SOURCES:
        for candidate in document.candidates:
            if candidate.field is Field.DATE and candidate.source == source:
                day = _parse(candidate.value, document.language)
                if day:
                    return day, _time(candidate.value, day)
    day = next(_shown(document, title_block), None) or _in_url(document.url)
    return day, None


def _parse(value: str, language: str | None) -> dt.date | None:
    days = dates.find_days(value, language)
    if not days and re.fullmatch(r"(19|20)\d{6}(?:\d{6})?", value):
        days = dates.find_days(f"{value[:4]}-{value[4:6]}-{value[6:8]}")
    return days[0].day if days else None


def _time(value: str, day: dt.date) -> dt.datetime | None:
    match = _STAMP.search(value)
    if not match:
        return None
    try:
        stamp = dt.datetime.fromisoformat(value[match.start() :].strip())
    except ValueError:
        return None
    return stamp if stamp.tzinfo is not None and stamp.date() == day else None


def _shown(document: Document, title_block: int | None) -> Iterator[dt.date]:
    """Days in date lines: labelled ones anywhere, others near the title."""
    lines = list(_date_lines(document))
    top = title_block if title_block is not None else 0
    near = [(block, day) for block, day in lines if top - 3 <= block.index <= top + _NEAR_TITLE]
    labels = facts.phrases("published") | facts.phrases("date_labels")
    yield from (day for block, day in lines if _label(block) in labels)
    if title_block is not None:
        yield from (day for block, day in near if _label(block) not in facts.phrases("updated"))


def _date_lines(document: Document) -> Iterator[tuple[Block, dt.date]]:
    for block in document.blocks:
        days = dates.find_days(block.text, document.language) if block.words <= 25 else ()
        if not days or "©" in block.text:
            continue
        by = bylines.people(block.text, document.language)
        if by or bylines.only_a_date(block.text, days[0]):
            yield block, days[0].day


def _label(block: Block) -> tuple[str, ...]:
    """Words before the first figure of a line."""
    return tuple(tokens(re.split(r"\d|:", block.text, maxsplit=1)[0]))


def _in_url(url: str | None) -> dt.date | None:
    match = _URL_DAY.search(_path(url))
    return _parse("-".join(match.groups()), None) if match else None


def _path(url: str | None) -> str:
    try:
        return urlsplit(url or "").path
    except ValueError:  # such as an unclosed bracket around the host
        return ""
