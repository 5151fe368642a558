"""The pages that every engine gets, and its example of the docs run as a reader runs it."""

import datetime as dt
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from cleanarticle.batch.item import Item
from cleanarticle.batch.row import COLUMNS, clean

ROOT = Path(__file__).parent.parent.parent
PAGES = (
    "article/first-person-blog-de/page.html",
    "article/portal-source-line-zh/page.html",
    "article/news-subheads-list-quote-en/page.html",
    "language/news-portal-much-chrome-ar/page.html",
    "article/news-subheads-list-quote-en/page.txt",
    "plaintext/wet-title-twice-da/page.txt",
)
FETCHED = dt.datetime(2025, 3, 4, 10, 30, tzinfo=dt.UTC)
SURROGATE = (
    '<h1>Rain \ud83d</h1><script type="application/ld+json">{"headline": "\\ud83d"}</script>'
)

Example = Callable[[str, Path, Mapping[str, str]], None]


def item_of(number: int, page: bytes | str) -> Item:
    return Item(
        source="",
        position=0,
        id=f"page-{number}",
        page=page,
        url=f"https://www.harbour{number}.example/story/{number}",
        crawled_at=FETCHED,
    )


@pytest.fixture(scope="session")
def good() -> list[Item]:
    """Pages of HTML and of raw text that have articles."""
    pages = (ROOT / "tests" / "fixtures" / name for name in PAGES)
    return [item_of(number, page.read_bytes()) for number, page in enumerate(pages)]


@pytest.fixture(scope="session")
def items(good: Sequence[Item]) -> list[Item]:
    """The same, an empty page, and a picture."""
    return [
        *good,
        item_of(len(good), b""),
        item_of(len(good) + 1, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
    ]


@pytest.fixture(scope="session")
def records(items: Sequence[Item]) -> list[dict[str, Any]]:
    """The pages as rows of a table, with one that has no page."""
    rows = [
        {"id": i.id, "html": i.page, "url": i.url, "crawled_at": FETCHED.isoformat()} for i in items
    ]
    return [*rows, {**rows[0], "id": "none", "html": None}]


@pytest.fixture(scope="session")
def expected(items: Sequence[Item]) -> dict[str, dict[str, Any]]:
    """Id → what a table of an engine has of each record."""
    missing = Item(source="", position=0, id="none", page="", url=items[0].url, crawled_at=FETCHED)
    return {item.id: typed(item) for item in (*items, missing)}


def typed(item: Item) -> dict[str, Any]:
    """The row that `clean` gives, with days as such and without a place."""
    row: dict[str, Any] = {**clean(item), "source": None, "position": None}
    for name, type_name in COLUMNS.items():
        if type_name == "date" and row[name] is not None:
            row[name] = dt.date.fromisoformat(row[name])
    return row


@pytest.fixture
def parquet(tmp_path: Path, records: Sequence[Mapping[str, Any]]) -> Path:
    """A folder with the pages in pages.parquet, as bytes."""
    pa = pytest.importorskip("pyarrow")
    columns = {
        "id": pa.string(),
        "html": pa.binary(),
        "url": pa.string(),
        "crawled_at": pa.string(),
    }
    table = pa.Table.from_pylist(list(records), schema=pa.schema(columns.items()))
    pytest.importorskip("pyarrow.parquet").write_table(table, tmp_path / "pages.parquet")
    return tmp_path


@pytest.fixture
def written() -> Callable[[Path], Any]:
    """Reads a folder of Parquet files, which must be of one schema; gives a table."""
    pq = pytest.importorskip("pyarrow.parquet")

    def read(folder: Path) -> Any:
        tables = [pq.ParquetFile(path).read() for path in sorted(folder.glob("*.parquet"))]
        assert len({str(table.schema.remove_metadata()) for table in tables}) == 1
        return pytest.importorskip("pyarrow").concat_tables(tables)

    return read


@pytest.fixture
def run_example() -> Example:
    """Runs the example under a heading of the docs in a folder, in a process of its own."""

    def run(heading: str, folder: Path, environment: Mapping[str, str]) -> None:
        docs = (ROOT / "docs" / "engines.md").read_text("utf-8")
        found = re.search(rf"\n## {heading}\n.*?```python\n(.*?)```", docs, re.DOTALL)
        assert found is not None
        script = folder / "example.py"
        script.write_text(found[1], "utf-8")
        ran = subprocess.run(
            [sys.executable, str(script)],
            cwd=folder,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
                **environment,
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=300,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout.decode("utf-8", "replace")[-4000:]

    return run
