"""The files that a batch writes, one module a format."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal, get_args

from cleanarticle.batch.row import COLUMNS, Row
from cleanarticle.batch.sinks import json_lines, markdown, parquet, spreadsheet
from cleanarticle.errors import OptionError

Format = Literal["jsonl", "jsonl.gz", "parquet", "csv", "markdown"]

FORMATS: tuple[Format, ...] = get_args(Format)
_SUFFIXES: dict[str, Format] = {f".{name}": name for name in FORMATS if name != "markdown"}
_WRITERS = {
    "jsonl": json_lines.write,
    "jsonl.gz": json_lines.write_gzip,
    "parquet": parquet.write,
    "csv": spreadsheet.write,
    "markdown": markdown.write,
}


def format_of(path: Path | str, chosen: str | None = None) -> Format:
    """The format to write `path` in: the chosen one, else that of its suffix.

    A folder, a name that ends in "/" and a name without a suffix mean "markdown", which writes a
    folder of files.

    Raises:
        OptionError: `chosen` is no format, the suffix is of none, or a file stands where a folder
            is to be written, or the other way round.
    """
    if chosen is not None and chosen not in FORMATS:
        raise OptionError(f"format is one of {', '.join(FORMATS)}, got {chosen!r}")
    if not str(path):
        raise OptionError("the name of the output is empty")
    found = chosen or _by_name(path)
    there = Path(path)
    if found == "markdown" and there.exists() and not there.is_dir():
        raise OptionError(f"{path}: markdown is written to a folder, and this is a file")
    if found != "markdown" and there.exists() and not there.is_file():
        raise OptionError(f"{path}: {found} is written to a file, and this is none")
    return found


def _by_name(path: Path | str) -> Format:
    name = Path(path).name.lower()
    if Path(path).is_dir() or str(path).endswith("/") or not Path(name).suffix:
        return "markdown"
    for suffix, found in _SUFFIXES.items():
        if name.endswith(suffix):
            return found
    raise OptionError(
        f"{path}: no format is known by this name: end it in {', '.join(_SUFFIXES)}, or name a "
        "folder for Markdown files"
    )


def columns_of(fields: Sequence[str] | None = None) -> tuple[str, ...]:
    """The columns to write, in the order asked for; all of them where none are named.

    Raises:
        OptionError: a name is of no column, stands twice, or the list is empty.
    """
    if fields is None:
        return tuple(COLUMNS)
    unknown = [name for name in fields if name not in COLUMNS]
    if unknown or not fields:
        given = ", ".join(repr(name) for name in unknown) or "none"
        raise OptionError(f"fields are some of {', '.join(COLUMNS)}; got {given}")
    if len(set(fields)) < len(fields):
        raise OptionError(f"a field is named twice: {', '.join(fields)}")
    return tuple(fields)


def require(format: Format) -> None:
    """Check, before a run begins, that its output can be written.

    Raises:
        MissingExtra: Parquet is asked for and pyarrow is not installed.
    """
    if format == "parquet":
        parquet.schema_of(())


def write(path: Path, format: Format, rows: Iterable[Row], columns: Sequence[str]) -> int:
    """Write the rows to `path`, which takes its place once all of them are written.

    Whatever goes wrong, a file that stood there before stays as it was and nothing half written
    stays behind. Memory does not grow with the number of rows.

    Args:
        path: the file, or the folder for "markdown".
        format: as `format_of` gives it.
        rows: read once, in order.
        columns: names of `COLUMNS`, as `columns_of` gives them.

    Returns:
        The number of rows.

    Raises:
        OSError: the file cannot be written, the disk is full.
        MissingExtra: Parquet is asked for and pyarrow is not installed.
    """
    return _WRITERS[format](path, rows, columns)
