"""Ray Data: batches in any format to rows with types, and the docs' example on a local Ray."""

import datetime as dt
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from cleanarticle import integrations
from cleanarticle.batch.row import COLUMNS
from cleanarticle.errors import MissingExtra, OptionError, WeightsError
from cleanarticle.integrations.ray import CleanArticle
from cleanarticle.options import Options

np = pytest.importorskip("numpy")
pa = pytest.importorskip("pyarrow")
pd = pytest.importorskip("pandas")

PAGE = "<h1>Rain in May</h1><p>" + "It rained all day in the valley and on the hills. " * 9 + "</p>"


def batch_of(records: Sequence[Mapping[str, Any]], format: str) -> Any:
    columns = {name: [record[name] for record in records] for name in records[0]}
    if format == "numpy":
        return {name: np.array(values, dtype=object) for name, values in columns.items()}
    return pd.DataFrame(columns) if format == "pandas" else pa.table(columns)


@pytest.mark.parametrize("format", ["numpy", "pandas", "pyarrow"])
def test_a_batch_gives_the_rows_of_clean(
    format: str, records: Sequence[Mapping[str, Any]], expected: Mapping[str, Any]
) -> None:
    rows = CleanArticle()(batch_of(records, format)).to_pylist()
    assert rows == [expected[record["id"]] for record in records]


def test_a_batch_without_any_value_has_the_same_types() -> None:
    clean = CleanArticle()
    full = clean({"html": [PAGE + "<time>2024-03-04</time>"], "url": ["https://a.example/"]})
    assert clean({"html": [None, ""]}).schema == full.schema == clean({"html": []}).schema
    assert full.schema.names == list(COLUMNS)
    assert full.schema.field("date").type == pa.date32()
    assert full.schema.field("authors").type == pa.list_(pa.string())


@pytest.mark.parametrize(
    ("value", "status", "reason"),
    [
        (None, "empty", "the page holds no text"),
        (float("nan"), "empty", "the page holds no text"),
        (pd.NA, "empty", "the page holds no text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "empty", "the bytes are no text"),
        (17, "failed", "html is no text but int"),
        (["<p>"], "failed", "html is no text but list"),
        ("\ud83d", "empty", ""),
        (PAGE + "<p>The captain said \ud83d and went home.</p>", "ok", ""),
        (np.str_(PAGE), "ok", ""),
        (bytearray(PAGE.encode()), "ok", ""),
    ],
    ids=repr,
)
def test_a_bad_value_costs_its_own_row_only(value: Any, status: str, reason: str) -> None:
    first, second = CleanArticle()({"html": [value, PAGE]}).to_pylist()
    assert first["status"] == status
    assert (first["reason"] or "").startswith(reason)
    assert second["status"] == "ok"


def test_a_page_too_large_for_memory_costs_its_own_row_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def clean(item: Any, options: Any) -> Any:
        if item.page == "huge":
            raise MemoryError
        return original(item, options)

    original = integrations.clean
    monkeypatch.setattr("cleanarticle.integrations.clean", clean)
    first, second = CleanArticle()({"html": ["huge", PAGE]}).to_pylist()
    assert (first["status"], second["status"]) == ("failed", "ok")
    assert first["reason"].startswith("MemoryError")


@pytest.mark.parametrize(
    ("given", "name"),
    [("a", "a"), (7, "7"), (np.int64(7), "7"), (7.0, "7"), (float("nan"), None), (None, None)],
    ids=repr,
)
def test_ids_become_text(given: Any, name: str | None) -> None:
    (row,) = CleanArticle()({"html": [""], "id": [given]}).to_pylist()
    assert row["id"] == name


@pytest.mark.parametrize(
    ("given", "time"),
    [
        (dt.datetime(2024, 3, 4, 10, tzinfo=dt.UTC), "2024-03-04T10:00:00+00:00"),
        ("2024-03-04T10:00:00Z", "2024-03-04T10:00:00+00:00"),
        (np.datetime64("2024-03-04T10:00:00", "ns"), "2024-03-04T10:00:00"),
        (pd.Timestamp("2024-03-04T10:00:00.123456789"), "2024-03-04T10:00:00.123456"),
        (pd.NaT, None),
        (1709546400000, None),
        ("yesterday", None),
        ("2024-03-99", None),
    ],
    ids=repr,
)
def test_times_of_all_sorts_are_read(given: Any, time: str | None) -> None:
    (row,) = CleanArticle()({"html": [""], "crawled_at": [given]}).to_pylist()
    assert row["crawled_at"] == time


def test_columns_of_other_names_are_read() -> None:
    batch = {"raw": [PAGE], "address": ["https://a.example/"], "key": ["k"], "url": ["other"]}
    (row,) = CleanArticle("raw", url="address", id="key")(batch).to_pylist()
    assert (row["status"], row["url"], row["id"]) == ("ok", "https://a.example/", "k")


@pytest.mark.parametrize("names", [{"column": "page"}, {"url": "link"}, {"id": "key"}], ids=repr)
def test_a_column_that_is_not_there_is_the_callers_mistake(names: dict[str, str]) -> None:
    (missing,) = names.values()
    with pytest.raises(OptionError, match=f"no column '{missing}': the columns are html, id"):
        CleanArticle(**names)({"html": [PAGE], "id": ["a"]})


@pytest.mark.parametrize(
    "wrong", [{"kind": "pdf"}, {"options": {"effort": "normal"}}, {"column": 3}], ids=repr
)
def test_wrong_arguments_are_told_at_once(wrong: dict[str, Any]) -> None:
    with pytest.raises(OptionError):
        CleanArticle(**wrong)


def test_bad_weights_end_the_job(tmp_path: Path) -> None:
    clean = CleanArticle(options=Options(weights=tmp_path / "none.npz"))
    with pytest.raises(WeightsError):
        clean({"html": [PAGE]})


def test_it_pickles() -> None:
    clean = pickle.loads(pickle.dumps(CleanArticle(kind="html", options=Options(min_score=0.5))))
    (row,) = clean({"html": [PAGE]}).to_pylist()
    assert row["status"] == "ok"
    assert row["confidence"] is None  # since the options came along


def test_importing_it_loads_no_optional_package() -> None:
    code = (
        f"import sys; sys.path[:0] = {sys.path!r}\n"
        "import cleanarticle.integrations.ray; print(*sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(ran.stdout.split())
    assert "cleanarticle.integrations.ray" in loaded
    assert not loaded & set("ray pyarrow pandas".split())


def test_a_missing_package_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtra, match=r"pip install 'cleanarticle\[ray\]'"):
        CleanArticle()


def test_the_example_of_the_docs(
    parquet: Path,
    expected: Mapping[str, Any],
    run_example: Callable[..., None],
    written: Callable[[Path], Any],
) -> None:
    pytest.importorskip("ray")
    # Ray makes sockets below its folder, whose names may have 107 bytes
    with tempfile.TemporaryDirectory(prefix="ray-") as scratch:
        quiet = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_TMPDIR": scratch, "RAY_ADDRESS": "local"}
        run_example("Ray Data", parquet, quiet)
    table = written(parquet / "articles")
    assert table.schema.field("date").type == pa.date32()
    assert {row["id"]: row for row in table.to_pylist()} == expected
    assert table.num_rows == len(expected)
