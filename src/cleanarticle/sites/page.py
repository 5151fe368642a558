"""A page of a batch, with what is known of it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from cleanarticle.errors import OptionError


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its address and the time of its fetch, as `extract` takes them.

    Raises:
        OptionError: at birth, for a `url` that is no str or a `crawled_at` that is no datetime.
    """

    page: Any
    """HTML or raw page text: str, bytes, path, tree, soup or response."""

    url: str | None = None
    """Where it came from; taken from a response where it is left out."""

    crawled_at: dt.datetime | None = None
    """When it was fetched."""

    def __post_init__(self) -> None:
        """Refuse here what would else be met in the middle of a batch."""
        if self.url is not None and not isinstance(self.url, str):
            raise OptionError(f"url is a str, got {type(self.url).__name__}")
        if self.crawled_at is not None and not isinstance(self.crawled_at, dt.datetime):
            given = type(self.crawled_at).__name__
            raise OptionError(f"crawled_at is a datetime.datetime, got {given}")


def host(url: str | None) -> str | None:
    """The host of an address without "www."; None where there is none."""
    try:
        name = urlsplit(url or "").hostname
    except ValueError:  # such as an open bracket
        return None
    return (name or "").rstrip(".").removeprefix("www.") or None
