"""Rows as JSON, one a line."""

import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from cleanarticle.batch.row import Row
from cleanarticle.batch.sinks.whole import written

_GZIP_LEVEL = 6  # of 9: the last steps cost twice the time for a hundredth of the size


def write(path: Path, rows: Iterable[Row], columns: Sequence[str]) -> int:
    """Write a JSON object a line, in UTF-8. Returns the number of rows."""
    with written(path) as out:
        return _write_to(out, rows, columns)


def write_gzip(path: Path, rows: Iterable[Row], columns: Sequence[str]) -> int:
    """As `write`, compressed; the same rows give the same bytes at any time."""
    with (
        written(path) as out,
        gzip.GzipFile("", "wb", compresslevel=_GZIP_LEVEL, fileobj=out, mtime=0) as packed,
    ):
        return _write_to(packed, rows, columns)


def line(values: Mapping[str, Any]) -> bytes:
    """A JSON object and its line end. Halves of surrogate pairs stand as JSON escapes."""
    text = json.dumps(values, ensure_ascii=False)
    # What JSON writes for such a half, \udXXX, is also what Python does.
    return text.encode("utf-8", "backslashreplace") + b"\n"


def _write_to(out: IO[bytes] | gzip.GzipFile, rows: Iterable[Row], columns: Sequence[str]) -> int:
    number = 0
    for row in rows:
        values: Mapping[str, Any] = row
        out.write(line({name: values[name] for name in columns}))
        number += 1
    return number
