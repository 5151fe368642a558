"""Pages of Ray Data to rows: a class for `Dataset.map_batches`."""

from typing import Any

from cleanarticle.batch.row import COLUMNS
from cleanarticle.batch.sinks.parquet import schema_of
from cleanarticle.errors import MissingExtra
from cleanarticle.integrations import Pages
from cleanarticle.options import Options
from cleanarticle.readers import PageKind


class CleanArticle:
    """Cleans batches of pages; give the class itself to `map_batches`.

    Each actor makes one object of it, and loads the model once.

    Args:
        column: the name of the column with the pages, as text or bytes.
        url: the column with their addresses; None: "url", where there is one.
        id: as `url`, of what names a row.
        crawled_at: as `url`, of the times of the fetches.
        kind: "html", "text" for raw page text, or "auto" to tell by the page.
        options: choices for all pages; see `Options`.

    Raises:
        OptionError: an argument cannot be used.
        MissingExtra: pyarrow is not installed.
    """

    def __init__(
        self,
        column: str = "html",
        *,
        url: str | None = None,
        id: str | None = None,
        crawled_at: str | None = None,
        kind: PageKind = "auto",
        options: Options | None = None,
    ) -> None:
        self._pages = Pages(column, url, id, crawled_at, kind, options)
        try:
            import pyarrow as pa
        except ImportError as error:
            message = "rows for Ray Data need pyarrow: pip install 'cleanarticle[ray]'"
            raise MissingExtra(message) from error
        self._schema = schema_of(tuple(COLUMNS))
        self._table = pa.Table

    def __call__(self, batch: Any) -> Any:
        """The rows of a batch as a `pyarrow.Table` with typed columns, those of `batch.COLUMNS`.

        So a batch without any date has a column of dates all the same, and files written of
        many batches have one schema.

        Args:
            batch: in any format of `map_batches`: a dict of numpy arrays, a pandas DataFrame or a
                pyarrow Table.

        Raises:
            OptionError: a column that was asked for is not there.
            WeightsError: `options.weights` cannot be used.
        """
        columns = self._pages.columns(getattr(batch, "column_names", None) or list(batch))
        values = {what: _values(batch[name]) for what, name in columns.items()}
        return self._table.from_pylist(self._pages.rows(values), schema=self._schema)


def _values(column: Any) -> Any:
    """The values of a column; those of pyarrow are none of Python's before they are asked for."""
    return column.to_pylist() if hasattr(column, "to_pylist") else column
