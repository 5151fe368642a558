"""Lists of addresses: in a file, in a feed, in a sitemap."""

import logging
from collections.abc import Iterator
from pathlib import Path

from cleanarticle.batch.item import Item
from cleanarticle.batch.sources.compressed import FAULTS, unpacked
from cleanarticle.batch.sources.reading import Reading, failed
from cleanarticle.batch.sources.web import Address, read_addresses
from cleanarticle.errors import MissingExtra

_MAX_LINE = 1 << 16  # bytes; no address is as long


def read_urls(path: str, reading: Reading) -> Iterator[Item]:
    """The pages of a list of addresses, one a line; blank lines and those with "#" are passed over.

    An address is fetched as often as it is listed: a list is not asked twice for its positions.

    Raises:
        MissingExtra: trafilatura cannot be imported, or the list is .zst and zstandard cannot.
    """
    faults: list[Item] = []
    yield from read_addresses(_listed(path, faults), reading)
    yield from faults


def read_feed(address: str, reading: Reading) -> Iterator[Item]:
    """The pages that a feed links to, or the feeds of a page; sources are the pages' addresses.

    Raises:
        MissingExtra: trafilatura cannot be imported.
    """
    try:
        from trafilatura.feeds import find_feed_urls
    except ImportError as error:
        raise _missing(address, error) from error
    yield from _linked(f"feed:{address}", find_feed_urls, address, reading)


def read_sitemap(address: str, reading: Reading) -> Iterator[Item]:
    """The pages that a sitemap lists, or the sitemaps of a site; as `read_feed` has them."""
    try:
        from trafilatura.sitemaps import sitemap_search
    except ImportError as error:
        raise _missing(address, error) from error
    yield from _linked(f"sitemap:{address}", sitemap_search, address, reading)
