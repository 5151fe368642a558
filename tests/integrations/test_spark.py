"""Spark: frames to rows, the schema, and the docs' example on a local Spark."""

import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from cleanarticle.batch.row import COLUMNS
from cleanarticle.errors import MissingExtra, OptionError, WeightsError
from cleanarticle.integrations.spark import SCHEMA, mapper
from cleanarticle.options import Options

pd = pytest.importorskip("pandas")

PAGE = "<h1>Rain in May</h1><p>" + "It rained all day in the valley and on the hills. " * 9 + "</p>"
LOCAL = {
    "SPARK_LOCAL_IP": "127.0.0.1",
    "PYSPARK_PYTHON": sys.executable,
    "PYSPARK_DRIVER_PYTHON": sys.executable,
    "PYSPARK_SUBMIT_ARGS": (
        "--master local[1] --driver-memory 512m --conf spark.ui.enabled=false "
        "--conf spark.driver.host=127.0.0.1 --conf spark.driver.bindAddress=127.0.0.1 "
        "--conf spark.sql.files.maxPartitionBytes=20000 pyspark-shell"
    ),
}


def has_java() -> bool:
    return shutil.which("java") is not None and not subprocess.call(
        ["java", "-version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def test_the_schema_names_every_column_with_its_type() -> None:
    columns = dict(column.split(" ") for column in SCHEMA.split(", "))
    assert list(columns) == list(COLUMNS)
    assert columns["authors"] == "array<string>"
    assert (columns["date"], columns["confidence"], columns["words"]) == (
        "date",
        "double",
        "bigint",
    )


def test_frames_give_the_rows_of_clean(
    records: Sequence[Mapping[str, Any]], expected: Mapping[str, Any]
) -> None:
    frames = (pd.DataFrame(part) for part in (list(records[:3]), list(records[3:])))
    rows = [row for frame in mapper()(frames) for row in frame.to_dict("records")]
    assert rows == [expected[record["id"]] for record in records]


def test_a_frame_is_read_when_its_rows_are_asked_for() -> None:
    read = []

    def frames() -> Iterator[Any]:
        for number in range(3):
            read.append(number)
            yield pd.DataFrame({"html": [PAGE]})

    cleaned = mapper()(frames())
    next(cleaned)
    assert read == [0]


def test_a_frame_without_rows_gives_one_without_rows() -> None:
    (frame,) = mapper()(iter([pd.DataFrame({"html": []})]))
    assert list(frame) == list(COLUMNS)
    assert frame.empty


def test_bad_values_cost_their_own_rows_only() -> None:
    values = [None, float("nan"), 17, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", PAGE]
    (frame,) = mapper()(iter([pd.DataFrame({"html": pd.Series(values, dtype=object)})]))
    assert list(frame["status"]) == ["empty", "empty", "failed", "empty", "ok"]
    assert frame["reason"][2] == "html is no text but int"


def test_a_column_that_is_not_there_is_the_callers_mistake() -> None:
    with pytest.raises(OptionError, match="no column 'page': the columns are html"):
        next(mapper("page")(iter([pd.DataFrame({"html": [PAGE]})])))


@pytest.mark.parametrize("wrong", [{"kind": "pdf"}, {"options": {}}, {"column": None}], ids=repr)
def test_wrong_arguments_are_told_at_once(wrong: dict[str, Any]) -> None:
    with pytest.raises(OptionError):
        mapper(**wrong)


def test_weights_are_looked_for_on_the_worker(tmp_path: Path) -> None:
    clean = mapper(options=Options(weights=tmp_path / "none.npz"))
    with pytest.raises(WeightsError):
        next(clean(iter([pd.DataFrame({"html": [PAGE]})])))


def test_it_pickles() -> None:
    clean = pickle.loads(pickle.dumps(mapper(options=Options(min_score=0.5))))
    (frame,) = clean(iter([pd.DataFrame({"html": [PAGE]})]))
    assert frame["status"][0] == "ok"
    assert frame["confidence"][0] is None  # since the options came along


def test_importing_it_loads_no_optional_package() -> None:
    code = (
        f"import sys; sys.path[:0] = {sys.path!r}\n"
        "import cleanarticle.integrations.spark; print(*sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(ran.stdout.split())
    assert "cleanarticle.integrations.spark" in loaded
    assert not loaded & set("pyspark pyarrow pandas".split())


def test_a_missing_package_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtra, match=r"pip install 'cleanarticle\[spark\]'"):
        next(mapper()(iter([])))


@pytest.mark.skipif(not has_java(), reason="Spark needs Java")
def test_the_example_of_the_docs(
    parquet: Path,
    expected: Mapping[str, Any],
    run_example: Callable[..., None],
    written: Callable[[Path], Any],
) -> None:
    pytest.importorskip("pyspark")
    run_example("Spark", parquet, LOCAL)
    table = written(parquet / "articles")
    rows = table.to_pylist()
    assert {row["id"]: row for row in rows} == expected
    assert len(rows) == len(expected)
