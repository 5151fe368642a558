"""cleanarticle inside engines beyond one machine: one module an engine, imported by its name.

Here is what they share: a page of a stream or a table cleaned so that no page ends the job.
"""

import datetime as dt
import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cleanarticle.batch.item import Item, Problem, Status
from cleanarticle.batch.row import COLUMNS, clean
from cleanarticle.batch.sinks.whole import writable
from cleanarticle.batch.sources.reading import iso_time
from cleanarticle.errors import OptionError
from cleanarticle.options import Options
from cleanarticle.readers import PageKind

_NO_VALUES = ("NoneType", "NAType", "NaTType")  # of Python and pandas, which is not imported
_TOO_MUCH = Problem(Status.FAILED, "MemoryError: the page takes more memory than there is")


def safe_row(item: Item, options: Options | None) -> dict[str, Any]:
    """The row of an item, as `batch` gives it, in text that every format can hold.

    Raises:
        OptionError: `options` is no `Options`, or the item's kind is none.
        WeightsError: `options.weights` cannot be used.
    """
    try:
        row = clean(item, options)
    except MemoryError:  # costs this page; the engine goes on
        row = clean(replace(item, page=None, problem=_TOO_MUCH), options)
    return {name: _writable(value) for name, value in row.items()}


def page_of(value: Any, name: str) -> dict[str, Any]:
    """The `page` or the `problem` of an Item, from what an engine has under `name`.

    A missing value is an empty page, as it is in the files that `batch` reads.
    """
    if isinstance(value, str):
        return {"page": str(value)}  # plain, where numpy has a type of its own
    if isinstance(value, bytes | bytearray | memoryview):
        return {"page": bytes(value)}
    if _missing(value):
        return {"page": ""}
    reason = f"{name} is no text but {type(value).__name__}"
    return {"problem": Problem(Status.FAILED, reason)}


def text_of(value: Any) -> str | None:
    """A text without blanks around it; None where there is none."""
    return str(value).strip() or None if isinstance(value, str) else None


def time_of(value: Any) -> dt.datetime | None:
    """A time from one of Python, numpy or pandas, or from ISO 8601 that begins YYYY-MM-DD."""
    return iso_time(str(value))


@dataclass(frozen=True, slots=True)
class Pages:
    """Which columns of a table hold what, and how its pages are read. Picklable.

    Raises:
        OptionError: at birth, for an argument that cannot be used.
    """

    column: str
    """The one with the pages, as text or bytes."""

    url: str | None
    """None, here and below: the column of the field's own name, where the table has it."""

    id: str | None
    crawled_at: str | None
    kind: PageKind
    options: Options | None

    def __post_init__(self) -> None:
        """Refuse here what else would be met on a worker: an empty page reads all arguments."""
        if not isinstance(self.column, str):
            raise OptionError(f"column is the name of one, got {self.column!r}")
        without_weights = self.options
        if isinstance(self.options, Options):  # the file of weights may be on the workers only
            without_weights = replace(self.options, weights=None)
        clean(Item(source="", position=0, id="", page="", kind=self.kind), without_weights)

    def columns(self, names: Collection[str]) -> dict[str, str]:
        """Those of a table's columns that are read: what each holds → its name.

        Raises:
            OptionError: one that was asked for is not there.
        """
        asked = {"url": self.url, "id": self.id, "crawled_at": self.crawled_at}
        for name in (self.column, *filter(None, asked.values())):
            if name not in names:
                raise OptionError(f"no column {name!r}: the columns are {', '.join(names)}")
        known = {what: name or what for what, name in asked.items()}
        return {"page": self.column, **{w: name for w, name in known.items() if name in names}}

    def rows(self, values: Mapping[str, Iterable[Any]]) -> list[dict[str, Any]]:
        """A row for each page of a table, with dates as `datetime.date`.

        Args:
            values: of each column, by what it holds; see `columns`.

        Raises:
            WeightsError: `options.weights` cannot be used.
        """
        records = zip(*values.values(), strict=True)
        return [self._row(dict(zip(values, record, strict=True))) for record in records]

    def _row(self, record: Mapping[str, Any]) -> dict[str, Any]:
        name = _name(record.get("id"))
        item = Item(
            source="",
            position=0,
            id=name or "",
            kind=self.kind,
            url=text_of(record.get("url")),
            crawled_at=time_of(record.get("crawled_at")),
            **page_of(record["page"], self.column),
        )
        row = safe_row(item, self.options)
        for column, type_name in COLUMNS.items():
            if type_name == "date" and row[column] is not None:
                row[column] = dt.date.fromisoformat(row[column])
        # the tables of engines have no files and no order
        return {**row, "id": name, "source": None, "position": None}


def _missing(value: Any) -> bool:
    if isinstance(value, float):
        return math.isnan(value)
    return type(value).__name__ in _NO_VALUES


def _name(value: Any) -> str | None:
    """An id as text; a whole number as such, though pandas makes it 7.0 where others lack one."""
    if _missing(value):
        return None
    return str(int(value) if isinstance(value, float) and value.is_integer() else value) or None


def _writable(value: Any) -> Any:
    if isinstance(value, list):
        return [writable(one) for one in value]
    return writable(value) if isinstance(value, str) else value
