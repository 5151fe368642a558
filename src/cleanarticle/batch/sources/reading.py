"""How sources are read, and the items that they give."""

import datetime as dt
import re
from collections.abc import Container
from dataclasses import dataclass
from typing import Any, get_args

from cleanarticle.batch.item import Item, Problem, Status
from cleanarticle.errors import OptionError
from cleanarticle.options import DEFAULT_LIMITS
from cleanarticle.readers import PageKind

_DAY = re.compile(r"\d{4}-\d\d-\d\d")  # other forms of ISO 8601 are too easily mere numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Choices of how sources are read.

    Raises:
        OptionError: at birth, for a value that cannot be used.
    """

    kind: PageKind = "auto"
    """What all pages are; "auto" leaves it to the source and to the page."""

    max_bytes: int = DEFAULT_LIMITS.page_bytes
    """Of one unpacked page. A larger one is an item with a problem and is never held whole."""

    html_column: str | None = None
    """Of JSONL, CSV and Parquet, as the three below. Where neither this nor `text_column` is
    given, the usual names are tried."""

    text_column: str | None = None
    url_column: str | None = None
    id_column: str | None = None

    fetched: Container[tuple[str, int]] = ()
    """(source, position) of addresses that an earlier run has fetched. They are not fetched again
    and give no item. Files are read all the same."""

    def __post_init__(self) -> None:
        """Check once, so that no source checks again."""
        if self.kind not in get_args(PageKind):
            raise OptionError(f'kind is "auto", "html" or "text", got {self.kind!r}')
        if isinstance(self.max_bytes, bool) or not isinstance(self.max_bytes, int):
            raise OptionError(f"max_bytes is an int, got {self.max_bytes!r}")
        if self.max_bytes < 1:
            raise OptionError(f"max_bytes is at least 1, got {self.max_bytes}")


def failed(source: str, position: int, reason: str, **known: Any) -> Item:
    """The item of an input that cannot be read; `known` are fields of Item."""
    return _problem(Problem(Status.FAILED, reason), source, position, known)


def too_large(source: str, position: int, reading: Reading, **known: Any) -> Item:
    """The item of a page that is larger than `reading` allows; `known` are fields of Item."""
    problem = Problem(Status.TOO_LARGE, f"more than {reading.max_bytes} bytes")
    return _problem(problem, source, position, known)


def _problem(problem: Problem, source: str, position: int, known: dict[str, Any]) -> Item:
    known.setdefault("id", numbered(source, position))
    return Item(source=source, position=position, problem=problem, **known)


def reason_of(error: Exception) -> str:
    """Why a file cannot be read."""
    return getattr(error, "strerror", None) or str(error)


def numbered(source: str, position: int) -> str:
    """The id of a record that has none of its own."""
    return f"{source}#{position}"


def clean_text(text: str) -> str:
    """The text without halves of surrogate pairs, which no UTF-8 file can hold."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def iso_time(value: object) -> dt.datetime | None:
    """A time from a datetime, or from ISO 8601 that begins YYYY-MM-DD; None for all else."""
    if isinstance(value, dt.datetime):
        return value
    if not isinstance(value, str) or not _DAY.match(value.strip()):
        return None
    try:
        return dt.datetime.fromisoformat(value.strip())
    except ValueError:
        return None
