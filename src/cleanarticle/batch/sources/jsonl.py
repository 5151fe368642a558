"""JSON lines: an object a line."""

import json
from collections.abc import Iterator
from typing import IO

from cleanarticle.batch.item import Item
from cleanarticle.batch.sources.compressed import FAULTS
from cleanarticle.batch.sources.reading import Reading, failed, too_large
from cleanarticle.batch.sources.tables import item_of

_BOM = b"\xef\xbb\xbf"
_SKIP = 1 << 16


def read_jsonl(file: IO[bytes], source: str, reading: Reading) -> Iterator[Item]:
    """An item for each line that is not blank; positions count these.

    A line of more than twice `reading.max_bytes` is taken for a page that is too large, and is not
    held: the rest is room for escapes and other columns.
    """
    limit, number, position = 2 * reading.max_bytes, 0, 0
    try:
        while line := file.readline(limit + 1):
            number += 1
            line = line.removeprefix(_BOM) if number == 1 else line
            if len(line) > limit:
                _skip_line(file, line)
                yield too_large(source, position, reading)
            elif not line.strip():
                continue
            else:
                yield _item(line, number, source, position, reading)
            position += 1
    except FAULTS as error:
        yield failed(source, position, f"cannot be read behind line {number}: {error}")


def _skip_line(file: IO[bytes], line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = file.readline(_SKIP)


def _item(line: bytes, number: int, source: str, position: int, reading: Reading) -> Item:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return failed(source, position, f"line {number}: no JSON: {error}")
    if not isinstance(row, dict):
        reason = f"line {number}: no JSON object but {type(row).__name__}"
        return failed(source, position, reason)
    return item_of(row, source, position, reading)
