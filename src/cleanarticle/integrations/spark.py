"""Pages of Spark to rows: a function for `DataFrame.mapInPandas`, and the schema of its rows."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from cleanarticle.batch.row import COLUMNS
from cleanarticle.errors import MissingExtra
from cleanarticle.integrations import Pages
from cleanarticle.options import Options
from cleanarticle.readers import PageKind

if TYPE_CHECKING:
    import pandas

_TYPES = {
    "text": "string",
    "number": "double",
    "integer": "bigint",
    "date": "date",
    "texts": "array<string>",
}
SCHEMA = ", ".join(f"{name} {_TYPES[kind]}" for name, kind in COLUMNS.items())
"""The columns that `mapper` gives, as Spark writes them: those of `batch.COLUMNS`."""


def mapper(
    column: str = "html",
    *,
    url: str | None = None,
    id: str | None = None,
    crawled_at: str | None = None,
    kind: PageKind = "auto",
    options: Options | None = None,
) -> "Callable[[Iterator[pandas.DataFrame]], Iterator[pandas.DataFrame]]":
    """What `mapInPandas` calls for each partition, with `schema=SCHEMA`. Picklable.

    Args:
        column: the name of the column with the pages, of strings or binary.
        url: the column with their addresses; None: "url", where there is one.
        id: as `url`, of what names a row.
        crawled_at: as `url`, of the times of the fetches.
        kind: "html", "text" for raw page text, or "auto" to tell by the page.
        options: choices for all pages; see `Options`.

    Raises:
        OptionError: an argument cannot be used.
    """
    return partial(clean_partitions, pages=Pages(column, url, id, crawled_at, kind, options))


def clean_partitions(
    frames: "Iterator[pandas.DataFrame]", pages: Pages
) -> "Iterator[pandas.DataFrame]":
    """A frame of rows for each frame of pages, read when it is asked for.

    Raises:
        OptionError: a column that was asked for is not there.
        WeightsError: `options.weights` cannot be used.
        MissingExtra: pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError as error:
        message = "rows for Spark need pandas: pip install 'cleanarticle[spark]'"
        raise MissingExtra(message) from error
    for frame in frames:
        columns = pages.columns(list(frame))
        rows = pages.rows({what: frame[name] for what, name in columns.items()})
        # as objects, or a column with missing numbers would become one of floats
        yield pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
