"""Parquet files."""

from collections.abc import Iterator
from typing import IO, Any

from cleanarticle.batch.item import Item
from cleanarticle.batch.sources.reading import Reading, failed
from cleanarticle.batch.sources.tables import Columns, item_of, lacking
from cleanarticle.errors import MissingExtra

_ROWS = 1  # of a batch: a value that many rows share would take its memory once for each


def read_parquet(file: IO[bytes], source: str, reading: Reading) -> Iterator[Item]:
    """An item for each row of a file that can be sought in; positions count them.

    Only the columns that are needed are read, and one row at a time.

    Raises:
        MissingExtra: pyarrow cannot be imported.
    """
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        message = "reading Parquet needs pyarrow: pip install 'cleanarticle[parquet]'"
        raise MissingExtra(message) from error
    position = 0
    try:
        with ParquetFile(file, pre_buffer=False) as table:
            names = table.schema_arrow.names
            if reason := lacking(names, reading):
                yield failed(source, 0, reason)
                return
            there = set(Columns.of(reading).among(names).values())
            wanted = [name for name in names if name in there]
            batches = table.iter_batches(_ROWS, columns=wanted, use_threads=False)
            for batch in batches:
                for i in range(batch.num_rows):
                    yield _item(batch, i, source, position, reading)
                    position += 1
    except (ArrowException, OSError) as error:
        reason = " ".join(str(error).split())
        yield failed(source, position, f"cannot be read behind row {position}: {reason}")


def _item(batch: Any, i: int, source: str, position: int, reading: Reading) -> Item:
    names = batch.schema.names
    try:
        row = {name: column[i].as_py() for name, column in zip(names, batch.columns, strict=True)}
    except ValueError as error:  # such as bytes in a column of text, or a time beyond the calendar
        return failed(source, position, f"row {position}: {error}")
    return item_of(row, source, position, reading)
