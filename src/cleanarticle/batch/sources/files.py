"""Files by their names, folders of them, and standard input by its first bytes."""

import glob
import io
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import IO, Any, cast

from cleanarticle.batch.item import Item
from cleanarticle.batch.sources.compressed import (
    FAULTS,
    HEAD_BYTES,
    peekable,
    read_up_to,
    unpacked,
    without_gzip,
)
from cleanarticle.batch.sources.delimited import read_delimited
from cleanarticle.batch.sources.jsonl import read_jsonl
from cleanarticle.batch.sources.parquet import read_parquet
from cleanarticle.batch.sources.reading import Reading, failed, too_large
from cleanarticle.batch.sources.warc import read_warc

STDIN = "-"
_PACKED = (".gz", ".zst")
_PAGES = (".html", ".htm", ".xhtml", ".txt")
_OBJECT = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"')

Reader = Callable[[IO[bytes], str, Reading], Iterator[Item]]


def _within(read: Reader) -> Reader:
    """The reader, for a file that may be packed."""

    def unpacking(file: IO[bytes], source: str, reading: Reading) -> Iterator[Item]:
        with unpacked(file) as contents:
            yield from read(contents, source, reading)

    return unpacking


def read_page(file: IO[bytes], source: str, reading: Reading) -> Iterator[Item]:
    """The file as one page."""
    try:
        page = without_gzip(read_up_to(file, reading.max_bytes + 1), reading.max_bytes)
    except FAULTS as error:
        yield failed(source, 0, _reason(error), id=source)
        return
    if len(page) > reading.max_bytes:
        yield too_large(source, 0, reading, id=source)
    else:
        yield Item(source=source, position=0, id=source, page=page, kind=reading.kind)


def _refuse_wat(_file: IO[bytes], source: str, _reading: Reading) -> Iterator[Item]:
    yield failed(source, 0, "a WAT file holds no pages: give the WARC or WET file", id=source)


_READERS: Mapping[str, Reader] = {
    ".warc": read_warc,
    ".wet": read_warc,
    ".wat": _refuse_wat,
    ".jsonl": _within(read_jsonl),
    ".ndjson": _within(read_jsonl),
    ".csv": _within(read_delimited),
    ".tsv": _within(partial(read_delimited, delimiter="\t")),
    ".parquet": read_parquet,
    **dict.fromkeys(_PAGES, _within(read_page)),
}


def read_path(path: Path, reading: Reading) -> Iterator[Item]:
    """What is in a file or below a folder.

    Raises:
        MissingExtra: a package that a file needs cannot be imported.
    """
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError):  # opening it tells why
        is_folder = False
    return read_folder(path, reading) if is_folder else read_file(path, reading)


def read_file(path: Path, reading: Reading) -> Iterator[Item]:
    """What is in a file, told by its name; one page where the name tells nothing.

    Raises:
        MissingExtra: a package that the file needs cannot be imported.
    """
    source = name_of(path)
    try:
        file = path.open("rb")
    except (OSError, ValueError) as error:  # a name with a NUL is a ValueError
        yield failed(source, 0, _reason(error), id=source)
        return
    with file:
        try:
            empty = not file.peek(1)
        except OSError as error:
            yield failed(source, 0, _reason(error), id=source)
            return
        read = _READERS.get(_suffix(path.name), _READERS[".html"])
        found = False
        for item in read(file, source, reading):
            found = True
            yield item
        if not found:
            reason = "the file is empty" if empty else "the file holds no page"
            yield failed(source, 0, reason, id=source)


def read_folder(top: Path, reading: Reading) -> Iterator[Item]:
    """The files below a folder that may hold pages, by name; hidden and other ones are not read.

    Links to folders are not followed, so a loop of them is none. The names of one folder are held
    at a time.

    Raises:
        MissingExtra: a package that a file needs cannot be imported.
    """
    found = False
    for path in _below(top):
        found = True
        yield from [path] if isinstance(path, Item) else read_file(path, reading)
    if not found:
        source = name_of(top)
        yield failed(source, 0, "the folder holds no file that is read", id=source)


def read_matching(pattern: str, reading: Reading) -> Iterator[Item]:
    """The files and folders that match a pattern of glob, by name.

    Raises:
        MissingExtra: a package that a file needs cannot be imported.
    """
    # Path.glob takes hidden files as well, and no pattern that begins with a slash
    paths = sorted(glob.iglob(pattern, recursive=True))  # noqa: PTH207
    if not paths:
        yield failed(name_of(Path(pattern)), 0, "no file matches", id=pattern)
    for path in map(Path, paths):
        yield from read_path(path, reading)


def read_stdin(reading: Reading) -> Iterator[Item]:
    """Standard input: a WARC, JSON lines or one page, packed or not.

    Raises:
        MissingExtra: a package that is needed cannot be imported.
    """
    if sys.stdin is None:  # as some starters of processes leave it
        yield failed(STDIN, 0, "standard input is closed", id=STDIN)
        return
    try:
        file = peekable(sys.stdin.buffer)
    except OSError as error:
        yield failed(STDIN, 0, _reason(error), id=STDIN)
        return
    head = _preview(cast("Any", file).peek(HEAD_BYTES))
    if head.startswith(b"WARC/"):
        yield from read_warc(file, STDIN, reading)
    elif _OBJECT.match(head):
        yield from _within(read_jsonl)(file, STDIN, reading)
    else:
        yield from _READERS[".html"](file, STDIN, reading)


def name_of(path: Path) -> str:
    """The path with slashes; bytes that are no UTF-8 are written out, so that names differ."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def is_there(name: str) -> bool:
    """Whether something of this name exists, or may: then opening it tells the reason."""
    try:
        Path(name).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError):
        return True
    return True


def _below(top: Path) -> Iterator[Path | Item]:
    errors: list[OSError] = []
    for folder, folders, files in os.walk(top, onerror=errors.append):
        yield from map(_unread, errors)
        errors.clear()
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(folder, name)
            if not name.startswith(".") and _is_read(path):
                yield path
    yield from map(_unread, errors)


def _is_read(path: Path) -> bool:
    suffix = _suffix(path.name)
    if suffix not in _READERS or suffix == ".wat":
        return False
    try:
        kind = path.stat().st_mode
    except OSError:  # such as a link to nothing: to open it tells why
        return True
    return stat.S_ISREG(kind)  # a pipe would be waited for


def _unread(error: OSError) -> Item:
    source = name_of(Path(error.filename))
    return failed(source, 0, _reason(error), id=source)


def _suffix(name: str) -> str:
    """The last suffix that is no packing, in small letters."""
    path = Path(name.lower())
    if path.suffix in _PACKED:
        path = path.with_suffix("")
    return path.suffix


def _preview(head: bytes) -> bytes:
    """The first bytes of what begins with `head`, unpacked."""
    try:
        with unpacked(io.BufferedReader(io.BytesIO(head))) as contents:
            return bytes(cast("Any", contents).read1(512))
    except FAULTS:
        return b""


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
