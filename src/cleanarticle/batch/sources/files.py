"""Files by their names, folders of them, and standard input by its first bytes."""

import os
import re
import stat
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from cleanarticle.batch.item import Item
from cleanarticle.batch.sources.compressed import HEAD_BYTES, peekable, preview
from cleanarticle.batch.sources.delimited import read_delimited
from cleanarticle.batch.sources.pages import (
    START,
    Reader,
    read_rows,
    reader_of_json,
    reader_of_page,
    reader_of_stream,
    refusal_of,
    refusing,
    within,
)
from cleanarticle.batch.sources.parquet import read_parquet
from cleanarticle.batch.sources.patterns import matching
from cleanarticle.batch.sources.reading import Reading, failed, reason_of
from cleanarticle.batch.sources.warc import read_warc

STDIN = "-"
_PACKED = (".gz", ".zst")
_PAGES = frozenset(".html .htm .xhtml .shtml .txt .php .asp .aspx .jsp".split())
_ADDED = re.compile(r"\?.*|\.\d+$", re.S)  # to a name by wget: a query, the number of a copy

_WHOLE: Mapping[str, Reader] = {
    ".warc": read_warc,
    ".wet": read_warc,
    ".wat": refusing("a WAT file holds no pages: give the WARC or WET file"),
    ".parquet": read_parquet,
}
_TABLES: Mapping[str, Reader] = {
    ".jsonl": read_rows,
    ".ndjson": read_rows,
    ".csv": within(read_delimited),
    ".tsv": within(partial(read_delimited, delimiter="\t")),
}
_IN_FOLDERS = {*_PAGES, *_TABLES, *_WHOLE} - {".wat"}


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
    """What is in a file, told by its name.

    Where the name tells a page or nothing it is one page, or a WARC if it begins as one.

    Raises:
        MissingExtra: a package that the file needs cannot be imported.
    """
    source = name_of(path)
    try:
        file = path.open("rb", HEAD_BYTES)
    except (OSError, ValueError) as error:  # a name with a NUL is a ValueError
        yield failed(source, 0, reason_of(error), id=source)
        return
    with file:
        try:
            contents: Any = file if file.seekable() else peekable(file)
            head = contents.peek(HEAD_BYTES)
        except OSError as error:
            yield failed(source, 0, reason_of(error), id=source)
            return
        found = False
        for item in _reader_of(path.name, head)(contents, source, reading):
            found = True
            yield item
        if not found:
            reason = "the file holds no page" if head else "the file is empty"
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
    """The files and folders that match a pattern of glob, by name; with "**", the files.

    Pipes and devices are not read: these have to be named.

    Raises:
        MissingExtra: a package that a file needs cannot be imported.
    """
    paths = [path for path in map(Path, matching(pattern)) if _is_file(path) or path.is_dir()]
    if not paths:
        yield failed(name_of(Path(pattern)), 0, "no file matches", id=pattern)
    for path in paths:
        yield from read_path(path, reading)


def read_stdin(reading: Reading) -> Iterator[Item]:
    """Standard input: a WARC, JSON lines or one page, packed or not.

    Raises:
        MissingExtra: a package that is needed cannot be imported.
    """
    if sys.stdin is None:  # as some starters of processes leave it
        yield failed(STDIN, 0, "standard input is closed", id=STDIN)
        return
    file: Any = peekable(sys.stdin.buffer)
    try:
        head = file.peek(HEAD_BYTES)
    except OSError as error:
        yield failed(STDIN, 0, reason_of(error), id=STDIN)
        return
    yield from reader_of_stream(preview(head, START))(file, STDIN, reading)


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
    return _suffix(path.name) in _IN_FOLDERS and _is_file(path)


def _is_file(path: Path) -> bool:
    try:
        kind = path.stat().st_mode
    except OSError:  # such as a link to nothing: to open it tells why
        return True
    return stat.S_ISREG(kind)  # a pipe would be waited for


def _unread(error: OSError) -> Item:
    source = name_of(Path(error.filename))
    return failed(source, 0, reason_of(error), id=source)


def _reader_of(name: str, head: bytes) -> Reader:
    """For a file of this name and with these first bytes."""
    suffix = _suffix(name)
    if suffix in _WHOLE:  # the packing is theirs
        return _WHOLE[suffix]
    start = preview(head, START)
    if suffix == ".json":
        return reader_of_json(start)
    return refusal_of(start) or _TABLES.get(suffix) or reader_of_page(start)


def _suffix(name: str) -> str:
    """The last suffix that is no packing, in small letters; a page's where something follows it."""
    path = Path(name.lower())
    if path.suffix in _PACKED:
        path = path.with_suffix("")
    page = Path(_ADDED.sub("", path.name, count=1)).suffix
    known = _IN_FOLDERS | {".wat"}
    return page if path.suffix not in known and page in _PAGES else path.suffix
