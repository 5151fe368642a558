"""Lists of addresses: in a file, in a feed, in a sitemap."""

import logging
from collections.abc import Iterator
from pathlib import Path

from cleanarticle.batch.item import Item
from cleanarticle.batch.sources.compressed import FAULTS, unpacked
from cleanarticle.batch.sources.reading import Reading, clean_text, failed, reason_of
from cleanarticle.batch.sources.web import Address, read_addresses
from cleanarticle.errors import MissingExtra, UnreadableInput

_MAX_LINE = 1 << 16  # bytes; no address is as long


def read_urls(path: str, reading: Reading | None = None) -> Iterator[Item]:
    """The pages of a list of addresses, one a line. Blank lines and those of "#" are passed over.

    Positions count the addresses of the list, whatever order they are fetched in.

    Raises:
        MissingExtra: the list is .zst, and zstandard cannot be imported.
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
    yield from _linked("feed", address, reading)


def read_sitemap(address: str, reading: Reading | None = None) -> Iterator[Item]:
    """The pages that a sitemap, or the sitemaps of a site, list; as `read_feed` gives them.

    Raises:
        MissingExtra: trafilatura cannot be imported.
    """
    yield from _linked("sitemap", address, reading)


def _linked(prefix: str, address: str, reading: Reading | None) -> Iterator[Item]:
    try:
        from cleanarticle.batch.sources import links
    except ImportError as error:
        message = f"fetching {address} needs trafilatura, which cannot be imported: {error}"
        raise MissingExtra(message) from error
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what fails is told as an item
    find = {"feed": links.of_feed, "sitemap": links.of_sitemap}[prefix]
    source = f"{prefix}:{address}"
    try:
        urls = list(dict.fromkeys(find(address)))
    except UnreadableInput as error:
        yield failed(source, 0, f"cannot be read: {error.reason}")
        return
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
