"""Files whose names tell a page or nothing: a page, or what their first bytes tell."""

import re
from collections.abc import Callable, Iterator
from typing import IO

from cleanarticle.batch.item import Item
from cleanarticle.batch.sources.compressed import FAULTS, read_up_to, unpacked, without_gzip
from cleanarticle.batch.sources.jsonl import read_jsonl
from cleanarticle.batch.sources.reading import Reading, failed, reason_of, too_large
from cleanarticle.batch.sources.warc import read_warc

Reader = Callable[[IO[bytes], str, Reading], Iterator[Item]]

START = 512  # unpacked bytes that tell what a file is
_WARC = re.compile(rb"WARC/\d")
_OBJECT = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"')
_BOM = b"\xef\xbb\xbf"
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"7z\xbc\xaf\x27\x1c")  # zip, an empty zip, 7z
_TAR, _TAR_AT = b"ustar", 257


def within(read: Reader) -> Reader:
    """The reader, for a file that may be packed."""

    def unpacking(file: IO[bytes], source: str, reading: Reading) -> Iterator[Item]:
        with unpacked(file) as contents:
            yield from read(contents, source, reading)

    return unpacking


def refusing(reason: str) -> Reader:
    """A reader of what cannot be read: one item that says why."""

    def refuse(_file: IO[bytes], source: str, _reading: Reading) -> Iterator[Item]:
        yield failed(source, 0, reason, id=source)

    return refuse


def _read_page(file: IO[bytes], source: str, reading: Reading) -> Iterator[Item]:
    try:
        page = without_gzip(read_up_to(file, reading.max_bytes + 1), reading.max_bytes)
    except FAULTS as error:
        yield failed(source, 0, reason_of(error), id=source)
        return
    if len(page) > reading.max_bytes:
        yield too_large(source, 0, reading, id=source)
    else:
        yield Item(source=source, position=0, id=source, page=page, kind=reading.kind)


read_page = within(_read_page)
read_rows = within(read_jsonl)
_refuse_array = refusing("a JSON array: give an object a line")
_refuse_archive = refusing("an archive of files: unpack it first")


def refusal_of(start: bytes) -> Reader | None:
    """What refuses a file that begins so, unpacked; None where it is no archive of files."""
    is_tar = start.startswith(_TAR, _TAR_AT)
    return _refuse_archive if is_tar or start.startswith(_ARCHIVES) else None


def reader_of_page(start: bytes) -> Reader:
    """For a file that begins so, unpacked, and whose name tells a page or nothing."""
    return refusal_of(start) or (read_warc if _WARC.match(start) else read_page)


def reader_of_json(start: bytes) -> Reader:
    """For a file that begins so, unpacked, and whose name tells JSON, with lines or without."""
    match start.removeprefix(_BOM).lstrip()[:1]:
        case b"{":
            return read_rows
        case b"[":
            return _refuse_array
        case _:
            return reader_of_page(start)


def reader_of_stream(start: bytes) -> Reader:
    """For what begins so, unpacked, and has no name."""
    return read_rows if _OBJECT.match(start) else reader_of_page(start)
