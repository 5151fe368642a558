"""Many pages, each input one row: sources, worker processes, resume, formats.

    >>> from pathlib import Path
    >>> from cleanarticle import batch
    >>> summary = batch.run(["crawl.warc.gz"], Path("articles.parquet"))  # doctest: +SKIP

`run` writes a file, `rows` is an iterator, and `clean` makes the row of one item, for engines that
bring their own workers. Processes are started by spawning: a script that uses the first two does so
below `if __name__ == "__main__":`.
"""

from cleanarticle.batch.choices import Choices
from cleanarticle.batch.item import Item, Problem, Status
from cleanarticle.batch.progress import Progress
from cleanarticle.batch.row import COLUMNS, Row, clean
from cleanarticle.batch.runner import Interrupted, rows, run
from cleanarticle.batch.sources.reading import Reading
from cleanarticle.batch.summary import Summary

__all__ = [
    "COLUMNS",
    "Choices",
    "Interrupted",
    "Item",
    "Problem",
    "Progress",
    "Reading",
    "Row",
    "Status",
    "Summary",
    "clean",
    "rows",
    "run",
]
