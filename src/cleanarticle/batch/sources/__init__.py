"""What a batch reads: files, folders, archives, tables, standard input and the web."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from cleanarticle.batch.item import Item
from cleanarticle.batch.sources.feeds import read_feed, read_sitemap, read_urls
from cleanarticle.batch.sources.files import (
    STDIN,
    is_there,
    read_file,
    read_matching,
    read_path,
    read_stdin,
)
from cleanarticle.batch.sources.reading import Reading, clean_text, failed
from cleanarticle.batch.sources.web import Address, read_addresses

__all__ = ["Reading", "read", "read_feed", "read_sitemap", "read_urls"]

_PREFIXED = {"urls": read_urls, "feed": read_feed, "sitemap": read_sitemap}
_URL = re.compile(r"https?://", re.I)
_OTHER_URL = re.compile(r"[a-z][a-z0-9+.-]+://", re.I)
_PATTERN = re.compile(r"[*?\[]")


def read(names: Sequence[str], reading: Reading | None = None) -> Iterator[Item]:
    """The items of all that is named, one after the other.

    A name is "-" for standard input, an address of http or https, "urls:FILE" for a list of
    addresses, "feed:ADDRESS", "sitemap:ADDRESS", a file, a folder, or a pattern of glob. Files are
    told by their suffixes, whether they are packed by their first bytes. These also tell a WARC
    where the name tells a page or nothing, and an archive of files, which is not read. What cannot
    be read is an item with a problem. As long as a source does not change, its items have the same
    positions.

    Args:
        names: in the order in which they are read; nothing is opened before its turn.
        reading: choices of how they are read; see `Reading`.

    Raises:
        MissingExtra: at the first item that needs it, if an optional package cannot be imported.
    """
    choices = reading or Reading()
    for name in names:
        yield from _read_one(name, choices)


def _read_one(name: str, reading: Reading) -> Iterator[Item]:
    if name == STDIN:
        return read_stdin(reading)
    if is_there(name):
        return read_path(Path(name), reading)
    prefix, colon, rest = name.partition(":")
    if colon and prefix in _PREFIXED:
        return _PREFIXED[prefix](rest, reading)
    return _read_absent(name, reading)


def _read_absent(name: str, reading: Reading) -> Iterator[Item]:
    """Of a name that is no file's: an address, a pattern or a mistake."""
    if _URL.match(name):
        return read_addresses([Address(clean_text(name), 0, name)], reading)
    if _OTHER_URL.match(name):
        reason = "only http and https addresses are fetched"
        return iter([failed(clean_text(name), 0, reason, id=clean_text(name))])
    if _PATTERN.search(name):
        return read_matching(name, reading)
    return read_file(Path(name), reading)
