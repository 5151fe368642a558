"""A page on its way into a batch."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from cleanarticle.readers import PageKind


class Status(StrEnum):
    """How an input ended."""

    OK = "ok"
    EMPTY = "empty"  # it was read, and holds no article
    FAILED = "failed"  # it cannot be read, or its worker ended twice
    TIMEOUT = "timeout"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an input holds no page that can be read."""

    status: Status
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One input of a batch: a page, or the problem in its place. Picklable."""

    source: str  # the file, folder, address or "-" that it is from, as it was named or found
    position: int  # its number in its source, from 0
    id: str
    page: bytes | str | None = None  # None where there is a problem
    kind: PageKind = "auto"
    url: str | None = None
    content_type: str = ""  # the header of HTTP of that name
    crawled_at: dt.datetime | None = None
    problem: Problem | None = None

    @property
    def size(self) -> int:
        """Bytes or characters of the page as it came."""
        return len(self.page) if self.page is not None else 0
