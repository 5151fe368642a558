"""Rows as CSV that is safe to open in a spreadsheet program."""

import codecs
import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from cleanarticle.batch.row import COLUMNS, Row
from cleanarticle.batch.sinks.whole import writable, written

JOINT = "; "
_NUMBERS = {"number", "integer"}
# What a spreadsheet program may run as a formula, after what it may skip: blanks, control
# characters and marks of no width. Full-width signs count as their narrow twins there.
_FORMULA = re.compile("[\\s\x00-\x20\u00ad\u200b-\u200f\u2060\ufeff]*[=+@＝＋－＠\t\r-]")


def write(path: Path, rows: Iterable[Row], columns: Sequence[str]) -> int:
    """Write a header and a record a row, as RFC 4180 has it, in UTF-8.

    A cell that a spreadsheet program could take for a formula has an apostrophe before it.

    Returns:
        The number of rows.
    """
    number = 0
    with written(path) as out:
        writer = csv.writer(codecs.getwriter("utf-8")(out))
        writer.writerow(columns)
        for row in rows:
            values: Mapping[str, Any] = row
            writer.writerow([_cell(values[name], COLUMNS[name]) for name in columns])
            number += 1
    return number


def _cell(value: Any, type_name: str) -> Any:
    if value is None:
        return ""
    if type_name in _NUMBERS:
        return value
    text = JOINT.join(value) if type_name == "texts" else value
    text = writable(text.replace("\0", ""))
    return f"'{text}" if _FORMULA.match(text) else text
