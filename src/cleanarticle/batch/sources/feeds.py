"""Lists of addresses: in a file, in a feed, in a sitemap."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

from cleanarticle.batch.item import Item
from cleanarticle.batch.sources.compressed import FAULTS, unpacked
from cleanarticle.batch.sources.reading import Reading, clean_text, failed, reason_of
from cleanarticle.batch.sources.web import Address, read_addresses
from cleanarticle.errors import MissingExtra

_MAX_LINE = 1 << 16  # bytes; no address is as long


def read_urls(path: str, reading: Reading | None = None) -> Iterator[Item]:
    """The pages of a list of addresses, one a line. Blank lines and those of "#" are passed over.

    Positions count the addresses of the list, whatever order they are fetched in.

    Raises:
        MissingExtra: trafilatura cannot be imported, or the list is .zst and zstandard cannot.
    """
    faults: list[Item] = []
    yield from read_addresses(_listed(path, faults), reading or Reading())
    yield from faults


def read_feed(address: str, reading: Reading | None = None) -> Iterator[Item]:
    """The pages that a feed, or the feeds of a page, link to.

    Their sources are their addresses, and all positions 0: a feed changes from day to day.

    Raises:
        MissingExtra: trafilatura cannot be imported.
    """
    try:
        from trafilatura.feeds import find_feed_urls
    except ImportError as error:
        raise _missing(address, error) from error
    yield from _linked(f"feed:{address}", find_feed_urls, address, reading)


def read_sitemap(address: str, reading: Reading | None = None) -> Iterator[Item]:
    """The pages that a sitemap, or the sitemaps of a site, list; as `read_feed` gives them.

    Raises:
        MissingExtra: trafilatura cannot be imported.
    """
    try:
        from trafilatura.sitemaps import sitemap_search
    except ImportError as error:
        raise _missing(address, error) from error
    yield from _linked(f"sitemap:{address}", sitemap_search, address, reading)


def _missing(address: str, error: ImportError) -> MissingExtra:
    return MissingExtra(f"fetching {address} needs trafilatura, which cannot be imported: {error}")


def _linked(
    source: str, find: Callable[[str], list[str]], address: str, reading: Reading | None
) -> Iterator[Item]:
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what fails is told as an item
    try:
        urls = list(dict.fromkeys(find(address)))
    except (OSError, ValueError) as error:
        yield failed(source, 0, f"cannot be read: {error}")
        return
    if not urls:
        yield failed(source, 0, "no address of a page can be found")
    yield from read_addresses((Address(url, 0, url) for url in urls), reading or Reading())


def _listed(path: str, faults: list[Item]) -> Iterator[Address]:
    """The addresses of a list; what cannot be read of it goes to `faults`."""
    source, position = clean_text(path), 0
    try:
        with Path(path).open("rb") as file, unpacked(file) as lines:
            while line := lines.readline(_MAX_LINE):
                url = line.decode("utf-8", "replace").strip().removeprefix("\ufeff")
                if url and not url.startswith("#"):
                    yield Address(source, position, url)
                    position += 1
        if not position:
            faults.append(failed(source, 0, "the list holds no address"))
    except (*FAULTS, ValueError) as error:
        faults.append(failed(source, position, reason_of(error)))
