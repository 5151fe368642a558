"""Rows of JSONL, CSV and Parquet to items."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cleanarticle.batch.item import Item
from cleanarticle.batch.sources.compressed import without_gzip
from cleanarticle.batch.sources.reading import (
    Reading,
    clean_text,
    failed,
    iso_time,
    numbered,
    too_large,
)
from cleanarticle.readers import PageKind

_KINDS: Mapping[str, PageKind] = {
    "html": "html",
    "raw_html": "html",
    "content": "auto",
    "text": "text",
    "body": "auto",
    "page": "auto",
}
_URLS = ("url", "link", "uri")
_IDS = ("id", "_id", "uuid")
_TIMES = ("crawled_at", "date_crawled", "fetched_at", "timestamp")

_SHOWN = 20  # columns named in a reason


@dataclass(frozen=True, slots=True)
class Columns:
    """The names under which a table may have what an item needs, first choice first."""

    pages: Mapping[str, PageKind]
    urls: Sequence[str]
    ids: Sequence[str]

    @classmethod
    def of(cls, reading: Reading) -> "Columns":
        """Those that were chosen, else the usual ones."""
        chosen: dict[str, PageKind] = {}
        if reading.html_column is not None:
            chosen[reading.html_column] = "html"
        if reading.text_column is not None:
            chosen.setdefault(reading.text_column, "text")
        return cls(
            chosen or _KINDS,
            _URLS if reading.url_column is None else (reading.url_column,),
            _IDS if reading.id_column is None else (reading.id_column,),
        )

    def among(self, names: Iterable[str]) -> dict[str, str]:
        """For each of these names that a table has, the column: of this very name, or like it.

        Capitals and the spaces around are no matter.
        """
        exact, alike = set(names), dict[str, str]()
        for name in names:
            alike.setdefault(_key(name), name)
        wanted = (*self.pages, *self.urls, *self.ids, *_TIMES)
        found = ((name, name if name in exact else alike.get(_key(name))) for name in wanted)
        return {name: column for name, column in found if column is not None}


def lacking(names: Sequence[str], reading: Reading) -> str:
    """Why a table with columns of these names cannot be read; empty where it can."""
    there = ", ".join(map(clean_text, names[:_SHOWN])) or "none"
    there += f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    columns = Columns.of(reading)
    found = columns.among(names)
    if not any(name in found for name in columns.pages):
        wanted = " or ".join(columns.pages)
        return f"no column with pages, such as {wanted}: the columns are {there}"
    chosen = (reading.html_column, reading.text_column, reading.url_column, reading.id_column)
    for name in chosen:
        if name is not None and name not in found:
            return f"no column {clean_text(name)}: the columns are {there}"
    return ""


def item_of(row: Mapping[str, Any], source: str, position: int, reading: Reading) -> Item:
    """The item of a row; a value that is missing, or of no use, is left out."""
    columns = Columns.of(reading)
    values = {name: row[column] for name, column in columns.among(row).items()}
    number = next(filter(None, (_name(values.get(name)) for name in columns.ids)), None)
    known: dict[str, Any] = {
        "id": number or numbered(source, position),
        "url": next(filter(None, (_text(values.get(name)) for name in columns.urls)), None),
        "crawled_at": next(filter(None, (iso_time(values.get(name)) for name in _TIMES)), None),
    }
    there = [name for name in columns.pages if name in values]
    if not there:
        return failed(source, position, lacking(list(row), reading), **known)
    name = next((name for name in there if values[name]), there[0])
    page = values[name] if values[name] is not None else ""
    if not isinstance(page, str | bytes):
        reason = f"{clean_text(name)} is no text but {type(page).__name__}"
        return failed(source, position, reason, **known)
    page = _bounded(page, reading.max_bytes)
    if page is None:
        return too_large(source, position, reading, **known)
    kind = columns.pages[name] if reading.kind == "auto" else reading.kind
    return Item(source=source, position=position, page=page, kind=kind, **known)


def _bounded(page: str | bytes, limit: int) -> str | bytes | None:
    """The page; None where it is larger than the limit, unpacked or as UTF-8."""
    if isinstance(page, bytes):
        page = without_gzip(page, limit)
        return page if len(page) <= limit else None
    if len(page) > limit:
        return None
    page = clean_text(page)
    # a character has 4 bytes at most, so most pages need not be encoded to be measured
    return page if len(page) * 4 <= limit or len(page.encode()) <= limit else None


def _key(name: str) -> str:
    return name.strip().casefold()


def _text(value: object) -> str | None:
    return clean_text(value.strip()) or None if isinstance(value, str) else None


def _name(value: object) -> str | None:
    """An id: text, or a number as text."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _text(value)
