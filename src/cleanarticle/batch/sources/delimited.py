"""CSV and TSV."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from typing import IO

from cleanarticle.batch.item import Item
from cleanarticle.batch.sources.compressed import FAULTS, ahead
from cleanarticle.batch.sources.reading import Reading, failed, too_large
from cleanarticle.batch.sources.tables import item_of, lacking

_MAX_FIELD = 2**31 - 1  # characters; the most that csv takes on every platform
_SKIP = 1 << 16
_HEAD = 1 << 16  # bytes that tell the encoding
_QUOTED = re.compile(r'"[^"]*"')


def read_delimited(
    file: IO[bytes], source: str, reading: Reading, *, delimiter: str = ","
) -> Iterator[Item]:
    """An item for each row below the header; positions count these. Blank lines are skipped.

    The text is UTF-8, with or without a BOM, or Windows-1252 where its first 64 kB are no UTF-8.
    Where a comma is expected and the header has neither it nor a tab, ";" is the delimiter.

    No more of a row than twice `reading.max_bytes` characters is held: a quote that is never
    closed takes in all that follows.
    """
    head, cut, file = ahead(file, _HEAD)
    encoding = _encoding(head, cut)
    if delimiter == "," and _has_semicolons(head.decode(encoding, "replace")):
        delimiter = ";"
    lines = _Lines(file, encoding, 2 * reading.max_bytes)
    rows, position = _rows(lines, delimiter), 0
    try:
        header = next(rows, [])
        if header == []:
            return
        if not isinstance(header, list):
            yield failed(source, 0, f"no header: {header or 'the first row is too long'}")
            return
        if reason := lacking(header, reading):
            yield failed(source, 0, reason)
            return
        for row in rows:
            yield _item(row, header, source, position, reading)
            position += 1
    except FAULTS as error:
        yield failed(source, position, f"cannot be read behind line {lines.number}: {error}")
    finally:
        lines.detach()


def _encoding(head: bytes, cut: bool) -> str:
    """Of what begins so; the last letter may be cut off."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, not cut)
    except UnicodeDecodeError:
        return "utf-8" if head.startswith(codecs.BOM_UTF8) else "cp1252"
    return "utf-8"


def _has_semicolons(text: str) -> bool:
    """Whether the header that the text begins with has them for delimiters."""
    header = next(filter(None, map(str.strip, text.splitlines())), "")
    bare = _QUOTED.sub("", header)
    return ";" in bare and "," not in bare and "\t" not in bare


class _Lines:
    """Lines of a file for csv, with a limit to the characters of a row."""

    def __init__(self, file: IO[bytes], encoding: str, limit: int) -> None:
        self._file = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
        self._limit, self._left = limit, limit
        self._quoted = self._whole = False  # what was given of the row ends in quotes, with a line
        self.number = 0  # of the line given last, from 1
        self.row = 0  # number of the first line of the row
        self.over = False  # the file ended where csv wanted more of the row

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._file.readline(self._left + 1)
        if not line:
            self.over = True
            raise StopIteration
        self.number += 1
        self._count(line)
        if self._left < 0:
            raise _RowTooLong
        return line.removeprefix("\ufeff") if self.number == 1 else line

    def begin(self) -> None:
        """The next line begins a row."""
        self._left, self._quoted, self.row = self._limit, False, self.number + 1

    def skip(self) -> None:
        """Go on to the end of the row: a line end outside of quotes."""
        while self._quoted or not self._whole:
            line = self._file.readline(_SKIP)
            if not line:
                break
            self.number += self._whole
            self._count(line)

    def detach(self) -> None:
        """Let go of the file, which its opener closes."""
        self._file.detach()

    def _count(self, line: str) -> None:
        self._left -= len(line)
        self._quoted ^= line.count('"') % 2 == 1
        self._whole = line.endswith(("\n", "\r"))


class _RowTooLong(Exception):
    """A row has more characters than may be held."""


def _rows(lines: _Lines, delimiter: str) -> Iterator[list[str] | str | None]:
    """The rows that are not blank, all of one length; a reason for others, None if too long."""
    rows, fields = csv.reader(lines, delimiter=delimiter), 0
    while True:
        lines.begin()
        usual = csv.field_size_limit(_MAX_FIELD)  # it is one for all readers there are
        try:
            row = next(rows, None)
        except _RowTooLong:
            lines.skip()
            yield None
            continue
        except csv.Error as error:
            yield f"line {lines.row}: {error}"
            continue
        finally:
            csv.field_size_limit(usual)
        if row is None:
            return
        if lines.over:
            yield f"line {lines.row}: a quote is never closed"
        elif row and fields in (0, len(row)):
            fields = len(row)
            yield row
        elif row:
            yield f"line {lines.row}: {len(row)} fields where the header has {fields}"


def _item(
    row: list[str] | str | None, header: list[str], source: str, position: int, reading: Reading
) -> Item:
    if row is None:
        return too_large(source, position, reading)
    if isinstance(row, str):
        return failed(source, position, row)
    return item_of(dict(zip(header, row, strict=True)), source, position, reading)
