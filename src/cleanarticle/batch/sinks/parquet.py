"""Rows as Parquet with a typed schema."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from cleanarticle.batch.row import COLUMNS, Row
from cleanarticle.batch.sinks.whole import writable, written
from cleanarticle.errors import MissingExtra

GROUP_ROWS = 5_000
GROUP_BYTES = 8 * 1024 * 1024  # of text; what is held in memory at once


def write(path: Path, rows: Iterable[Row], columns: Sequence[str]) -> int:
    """Write row groups of at most `GROUP_ROWS` rows, compressed with zstd.

    Returns:
        The number of rows.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    schema = schema_of(columns)
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    number = 0
    with written(path) as out, ParquetWriter(out, schema, compression="zstd") as writer:
        for group in _groups(rows, columns):
            writer.write_batch(pa.RecordBatch.from_pydict(group, schema))
            number += len(group[columns[0]])
    return number


def schema_of(columns: Sequence[str]) -> Any:
    """The types of columns, as pyarrow has them.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
    except ImportError as error:
        message = "writing Parquet needs pyarrow: pip install 'cleanarticle[parquet]'"
        raise MissingExtra(message) from error
    types = {
        "text": pa.string(),
        "number": pa.float64(),
        "integer": pa.int64(),
        "date": pa.date32(),
        "texts": pa.list_(pa.string()),
    }
    return pa.schema([(name, types[COLUMNS[name]]) for name in columns])


def _groups(rows: Iterable[Row], columns: Sequence[str]) -> Iterator[dict[str, list[Any]]]:
    """Values by column, of as many rows as make a row group."""
    group: dict[str, list[Any]] = {name: [] for name in columns}
    number = size = 0
    for row in rows:
        values: Mapping[str, Any] = row
        for name in columns:
            value = _value(values[name], COLUMNS[name])
            group[name].append(value)
            size += len(value.encode()) if isinstance(value, str) else 0
        number += 1
        if number >= GROUP_ROWS or size >= GROUP_BYTES:
            yield group
            group = {name: [] for name in columns}
            number = size = 0
    if number:
        yield group


def _value(value: Any, type_name: str) -> Any:
    if value is None:
        return None
    if type_name == "text":
        return writable(value)
    if type_name == "texts":
        return [writable(text) for text in value]
    return dt.date.fromisoformat(value) if type_name == "date" else value
