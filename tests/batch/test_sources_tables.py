"""JSONL, CSV and Parquet: columns, bad rows, sizes."""

import csv
import datetime as dt
import gzip
import io
import json
import tracemalloc
import zlib
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import zstandard
from pyarrow import parquet

from cleanarticle.batch.item import Item, Problem, Status
from cleanarticle.batch.sources import Reading, read

PAGE = "<p>The ferry came back empty.</p>"
LARGE = Problem(Status.TOO_LARGE, "more than 100 bytes")


def failed(reason: str) -> Problem:
    return Problem(Status.FAILED, reason)


def items(path: Path, data: bytes, **choices: Any) -> list[Item]:
    path.write_bytes(data)
    return list(read([str(path)], Reading(**choices)))


def item(path: Path, position: int, page: Any = PAGE, **fields: Any) -> Item:
    source = path.as_posix()
    known = {"id": f"{source}#{position}", "kind": "html"} | fields
    return Item(source=source, position=position, page=page, **known)


def lines(*rows: Any) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def as_jsonl(path: Path, rows: list[dict[str, Any]]) -> Path:
    path = path / "rows.jsonl"
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text(text, "utf-8")
    return path


def as_csv(path: Path, rows: list[dict[str, Any]]) -> Path:
    path = path / "rows.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    return path


def as_parquet(path: Path, rows: list[dict[str, Any]]) -> Path:
    path = path / "rows.parquet"
    parquet.write_table(pa.Table.from_pylist(rows), path)
    return path


EVERY = pytest.mark.parametrize("written", [as_jsonl, as_csv, as_parquet])


# columns ---------------------------------------------------------------


@EVERY
def test_a_row_gives_page_address_id_and_time(tmp_path: Path, written: Any) -> None:
    row = {"html": PAGE, "url": "https://example.org/a", "id": "a", "crawled_at": "2024-03-05T06Z"}
    path = written(tmp_path, [row, row | {"id": "b", "html": PAGE * 2}])
    known = {
        "url": "https://example.org/a",
        "crawled_at": dt.datetime(2024, 3, 5, 6, tzinfo=dt.UTC),
    }
    assert list(read([str(path)])) == [
        item(path, 0, id="a", **known),
        item(path, 1, PAGE * 2, id="b", **known),
    ]


@EVERY
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("html", "html"),
        ("raw_html", "html"),
        ("content", "auto"),
        ("text", "text"),
        ("body", "auto"),
        ("page", "auto"),
    ],
)
def test_the_usual_names_of_pages_tell_their_kind(
    tmp_path: Path, written: Any, name: str, kind: Any
) -> None:
    path = written(tmp_path, [{"n": "1", name: PAGE}])
    assert list(read([str(path)])) == [item(path, 0, kind=kind)]
    assert list(read([str(path)], Reading(kind="text"))) == [item(path, 0, kind="text")]


@EVERY
@pytest.mark.parametrize(
    ("row", "found"),
    [
        ({"link": "u"}, {"url": "u"}),
        ({"uri": "u", "url": "first"}, {"url": "first"}),
        ({"url": " ", "uri": "u"}, {"url": "u"}),
        ({"_id": "i"}, {"id": "i"}),
        ({"uuid": "i", "id": "first"}, {"id": "first"}),
        ({"date_crawled": "2024-03-05"}, {"crawled_at": dt.datetime(2024, 3, 5)}),
        ({"fetched_at": "2024-03-05"}, {"crawled_at": dt.datetime(2024, 3, 5)}),
        ({"timestamp": "1709618828"}, {}),
        ({"timestamp": "20240305060708"}, {}),
        ({"timestamp": "2024-03-99"}, {}),
    ],
)
def test_the_usual_names_of_the_rest(tmp_path: Path, written: Any, row: Any, found: Any) -> None:
    path = written(tmp_path, [{"html": PAGE} | row])
    assert list(read([str(path)])) == [item(path, 0, **found)]


@EVERY
def test_the_first_name_that_holds_something_is_taken(tmp_path: Path, written: Any) -> None:
    rows = [{"text": "text", "html": PAGE}, {"text": "text", "html": ""}, {"text": "", "html": ""}]
    path = written(tmp_path, rows)
    assert list(read([str(path)])) == [
        item(path, 0),
        item(path, 1, "text", kind="text"),
        item(path, 2, ""),
    ]


@EVERY
def test_chosen_columns_are_taken_and_no_others(tmp_path: Path, written: Any) -> None:
    row = {"html": "no", "url": "no", "id": "no", "Seite": PAGE, "Adresse": "u", "Nummer": "7"}
    path = written(tmp_path, [row])
    chosen = Reading(html_column="Seite", url_column="Adresse", id_column="Nummer")
    assert list(read([str(path)], chosen)) == [item(path, 0, url="u", id="7")]
    text = Reading(text_column="Seite")
    assert list(read([str(path)], text)) == [item(path, 0, url="no", id="no", kind="text")]


@EVERY
def test_a_table_without_pages_names_its_columns(tmp_path: Path, written: Any) -> None:
    path = written(tmp_path, [{"a": "1", "b": "2"}])
    (found,) = read([str(path)])
    usual = "html or raw_html or content or text or body or page"
    reason = f"no column with pages, such as {usual}: the columns are a, b"
    assert found.problem == failed(reason)
    (found,) = read([str(path)], Reading(text_column="c"))
    assert found.problem == failed("no column with pages, such as c: the columns are a, b")


@EVERY
@pytest.mark.parametrize("spelt", [str.upper, str.title, lambda name: f" {name}  "])
def test_capitals_and_spaces_of_a_column_are_no_matter(
    tmp_path: Path, written: Any, spelt: Any
) -> None:
    row = {"html": PAGE, "link": "u", "uuid": "i", "timestamp": "2024-03-05"}
    path = written(tmp_path, [{spelt(name): value for name, value in row.items()}])
    wanted = [item(path, 0, url="u", id="i", crawled_at=dt.datetime(2024, 3, 5))]
    assert list(read([str(path)])) == wanted
    chosen = Reading(html_column="HTML ", url_column="linK", id_column="UUID")
    assert list(read([str(path)], chosen)) == wanted


@EVERY
def test_a_column_of_the_very_name_is_taken_first(tmp_path: Path, written: Any) -> None:
    path = written(tmp_path, [{"HTML": "no", "ID": "no", "html": PAGE, "id": "i", "Id": "no"}])
    assert list(read([str(path)])) == [item(path, 0, id="i")]
    assert list(read([str(path)], Reading(html_column="HTML"))) == [item(path, 0, "no", id="i")]


@pytest.mark.parametrize("written", [as_csv, as_parquet])
@pytest.mark.parametrize("choice", ["html_column", "text_column"])
def test_each_chosen_column_of_pages_must_be_there(
    tmp_path: Path, written: Any, choice: str
) -> None:
    path = written(tmp_path, [{"a": PAGE, "b": "2"}])
    chosen = {"html_column": "a", "text_column": "a"} | {choice: "nope"}
    (found,) = read([str(path)], Reading(**chosen))
    assert found.problem == failed("no column nope: the columns are a, b")


def test_rows_of_json_may_lack_chosen_columns_but_those_of_the_page(tmp_path: Path) -> None:
    path = as_jsonl(tmp_path, [{"page": PAGE}, {"page": PAGE, "u": "x", "i": 7}, {"u": "y"}])
    chosen = Reading(html_column="page", url_column="u", id_column="i")
    first, second, third = read([str(path)], chosen)
    assert (first, second) == (item(path, 0), item(path, 1, url="x", id="7"))
    reason = "no column with pages, such as page: the columns are u"
    assert third == item(path, 2, None, kind="auto", url="y", problem=failed(reason))


@pytest.mark.parametrize("written", [as_csv, as_parquet])
@pytest.mark.parametrize("choice", ["url_column", "id_column"])
def test_a_chosen_column_that_is_not_there_is_told(
    tmp_path: Path, written: Any, choice: str
) -> None:
    path = written(tmp_path, [{"html": PAGE, "b": "2"}])
    (found,) = read([str(path)], Reading(**{choice: "c"}))
    assert found.problem == failed("no column c: the columns are html, b")


def test_of_many_columns_a_few_are_named(tmp_path: Path) -> None:
    path = as_csv(tmp_path, [{f"c{i}": "1" for i in range(500)}])
    (found,) = read([str(path)])
    assert found.problem is not None
    assert found.problem.reason.endswith("c18, c19 and 480 more")


@EVERY
def test_a_page_that_is_too_large_costs_no_other(tmp_path: Path, written: Any) -> None:
    pages = ["x" * 101, "é" * 51, "é" * 50, "x" * 100]
    path = written(tmp_path, [{"id": str(i), "text": page} for i, page in enumerate(pages)])
    found = list(read([str(path)], Reading(max_bytes=100)))
    assert [i.problem for i in found] == [LARGE, LARGE, None, None]
    assert [i.id for i in found] == ["0", "1", "2", "3"]
    assert [i.page for i in found[2:]] == pages[2:]


def test_half_a_surrogate_pair_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    data = lines({"html": "a\ud800b", "url": "u\udfff", "id": "\ud800"})
    assert items(path, data) == [item(path, 0, "a?b", url="u?", id="?")]


# JSONL -----------------------------------------------------------------


@pytest.mark.parametrize("name", ["r.jsonl", "r.ndjson", "r.jsonl.gz", "r.ndjson.zst", "R.JSONL"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress])
def test_json_lines_may_be_packed(tmp_path: Path, name: str, pack: Any) -> None:
    path = tmp_path / name
    assert items(path, pack(lines({"html": PAGE}, {"html": "x"}))) == [
        item(path, 0),
        item(path, 1, "x"),
    ]


def test_blank_lines_a_bom_and_a_missing_line_end_are_no_matter(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    row = json.dumps({"html": PAGE}).encode()
    data = b"\xef\xbb\xbf" + row + b"\r\n\n   \n" + row
    assert items(path, data) == [item(path, 0), item(path, 1)]


BAD_LINES = [
    (b"{broken", "line 2: no JSON: Expecting property name"),
    (b'{"html": "caf\xe9"}', "line 2: no JSON: 'utf-8' codec can't decode"),
    (b'["html"]', "line 2: no JSON object but list"),
    (b"17", "line 2: no JSON object but int"),
    (b"[" * 100_000, "line 2: no JSON: maximum recursion depth"),
    (b"1" * 10_000, "line 2: no JSON: Exceeds the limit"),
    (b'{"a": 1}', "no column with pages, such as html or"),
    (b'{"html": ["a"]}', "html is no text but list"),
    (b'{"html": 5}', "html is no text but int"),
]


@pytest.mark.parametrize(("line", "reason"), BAD_LINES, ids=[r for _line, r in BAD_LINES])
def test_a_broken_line_costs_itself(tmp_path: Path, line: bytes, reason: str) -> None:
    path, good = tmp_path / "r.jsonl", lines({"html": PAGE})
    first, bad, last = items(path, good + line + b"\n" + good)
    assert (first, last) == (item(path, 0), item(path, 2))
    assert (bad.position, bad.id, bad.page) == (1, f"{path.as_posix()}#1", None)
    assert bad.problem is not None
    assert bad.problem.status is Status.FAILED
    assert bad.problem.reason.startswith(reason)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [(7, "7"), (0, "0"), ("x", "x"), ("", None), (None, None), (True, None), ([1], None)],
)
def test_an_id_is_text_or_a_whole_number(tmp_path: Path, value: Any, wanted: str | None) -> None:
    path = as_jsonl(tmp_path, [{"html": PAGE, "id": value}])
    (found,) = read([str(path)])
    assert found.id == (wanted or f"{path.as_posix()}#0")


@pytest.mark.parametrize("size", [250, 100_000, 1_000_000])
@pytest.mark.parametrize("end", [b"", b'"}'])
def test_a_line_that_is_too_long_is_passed_over(tmp_path: Path, size: int, end: bytes) -> None:
    path, good = tmp_path / "r.jsonl", lines({"html": PAGE})
    long = b'{"html": "' + b"x" * size + end + b"\n"
    found = items(path, good + long + good, max_bytes=100)
    large = item(path, 1, None, kind="auto", problem=LARGE)
    assert found == [item(path, 0), large, item(path, 2)]


def test_a_line_as_long_as_it_may_be_is_read(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    row = b'{"html": "' + b"\\u0041" * 31 + b'"}'
    assert len(row) == 198
    assert items(path, row + b" \n" + row, max_bytes=100) == [
        item(path, 0, "A" * 31),
        item(path, 1, "A" * 31),
    ]


def test_a_line_without_an_end_is_not_held(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"html": "' + bytes(50_000_000), 1))
    tracemalloc.start()
    try:
        (found,) = read([str(path)], Reading(max_bytes=100))
        assert found.problem == LARGE
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", ["r.jsonl.gz", "r.csv.gz"])
def test_rows_before_a_break_are_read_and_the_break_is_told(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    row = {"html": PAGE * 1000}
    data = lines(*[row] * 50) if "jsonl" in name else b"html\n" + PAGE.encode() * 10 + b"\n" * 9
    found = items(path, gzip.compress(data)[:-5])
    assert len(found) > 1
    assert {i.problem for i in found[:-1]} == {None}
    last = found[-1]
    assert last.position == len(found) - 1
    assert last.problem is not None
    assert last.problem.reason.startswith("cannot be read behind line ")


# CSV -------------------------------------------------------------------


@pytest.mark.parametrize("name", ["r.csv", "r.tsv", "r.csv.gz", "r.tsv.zst"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress])
def test_the_delimiter_is_that_of_the_suffix(tmp_path: Path, name: str, pack: Any) -> None:
    path, mark = tmp_path / name, "\t" if "tsv" in name else ","
    data = f"id{mark}html\na{mark}{PAGE}\nb{mark}x\n".encode()
    assert items(path, pack(data)) == [item(path, 0, id="a"), item(path, 1, "x", id="b")]


@pytest.mark.parametrize(
    ("data", "pages"),
    [
        pytest.param("\ufeffhtml\nx\n", ["x"], id="a BOM"),
        pytest.param('\ufeff"html"\nx\n', ["x"], id="a BOM and quotes"),
        pytest.param('html\n"a\nb ""c"", d"\n', ['a\nb "c", d'], id="quotes"),
        pytest.param("html\r\nx\r\n\r\ny", ["x", "y"], id="line ends and blank lines"),
        pytest.param("\n\nhtml\rx\ry\r", ["x", "y"], id="carriage returns"),
        pytest.param("html\na\0b\n", ["a\0b"], id="NUL"),
        pytest.param('html\n5" of snow\n6" of snow\n', ['5" of snow', '6" of snow'], id="inches"),
    ],
)
def test_csv_as_it_is_met(tmp_path: Path, data: str, pages: list[str]) -> None:
    assert [i.page for i in items(tmp_path / "r.csv", data.encode())] == pages


@pytest.mark.parametrize("name", ["r.csv", "r.tsv", "r.csv.gz"])
@pytest.mark.parametrize("end", ["", "\n"])
def test_csv_that_is_no_utf_8_is_windows_1252(tmp_path: Path, name: str, end: str) -> None:
    text = f"html\nthe “café” is 5 €\nthe café{end}"
    data = gzip.compress(text.encode("cp1252")) if "gz" in name else text.encode("cp1252")
    found = items(tmp_path / name, data)
    assert [i.page for i in found] == ["the “café” is 5 €", "the café"]


@pytest.mark.parametrize("shift", range(4))
def test_a_letter_on_the_border_of_what_is_looked_at_is_no_matter(
    tmp_path: Path, shift: int
) -> None:
    page = "x" * shift + "\N{GRINNING FACE}" * 20_000
    (found,) = items(tmp_path / "r.csv", f"html\n{page}\n".encode())
    assert found.page == page


def test_a_letter_cut_off_by_broken_packing_is_no_matter(tmp_path: Path) -> None:
    path = tmp_path / "r.csv.gz"
    data = "html\ncafé\n日本語".encode()
    packer = zlib.compressobj(wbits=31)
    broken = packer.compress(data[:-1]) + packer.flush(zlib.Z_SYNC_FLUSH)
    first, *_rest, last = items(path, broken)
    assert first.page == "café"
    assert last.problem is not None
    assert last.problem.reason.startswith("cannot be read behind line ")


@pytest.mark.parametrize("start", [b"\xef\xbb\xbf", b"x\n" * 40_000])
def test_a_letter_that_is_no_utf_8_costs_itself_in_what_else_is(
    tmp_path: Path, start: bytes
) -> None:
    head = b"\xef\xbb\xbfhtml\n" if start[0] == 0xEF else b"html\n" + start
    found = items(tmp_path / "r.csv", head + b"caf\xe9\n")
    assert found[-1].page == "caf\ufffd"


@pytest.mark.parametrize(
    "data",
    [
        f"id;html\na;{PAGE}\n",
        f"\ufeffid;html\r\na;{PAGE}\r\n",
        f'\n\n"id";"html";"x, y"\na;"{PAGE}";"1,5"\n',
        f"id;html;x\na;{PAGE};1,5\n",
    ],
)
def test_semicolons_are_told_by_the_header(tmp_path: Path, data: str) -> None:
    path = tmp_path / "r.csv"
    assert items(path, data.encode()) == [item(path, 0, id="a")]


@pytest.mark.parametrize(
    ("data", "page"),
    [
        ("id,html;x\n1,a;b\n", None),
        ("html,x\na;b,c\n", "a;b"),
        ('"html"\na;b\n', "a;b"),
        ('html,"x;y"\na;b,c\n', "a;b"),
    ],
)
def test_semicolons_in_other_tables_are_none(tmp_path: Path, data: str, page: str | None) -> None:
    (found,) = items(tmp_path / "r.csv", data.encode())
    assert found.page == page


@pytest.mark.parametrize("row", ["a", "a,b,c"])
def test_a_row_of_another_length_fails_alone(tmp_path: Path, row: str) -> None:
    path = tmp_path / "r.csv"
    found = items(path, f'id,html\na,"x\ny"\n\n{row}\nb,{PAGE}\n'.encode())
    reason = f"line 5: {row.count(',') + 1} fields where the header has 2"
    assert found == [
        item(path, 0, "x\ny", id="a"),
        item(path, 1, None, kind="auto", problem=failed(reason)),
        item(path, 2, id="b"),
    ]


@pytest.mark.parametrize("size", [205, 70_000, 300_000])
def test_a_row_that_is_too_long_fails_alone(tmp_path: Path, size: int) -> None:
    path = tmp_path / "r.csv"
    long = '"' + "x\n" * (size // 2) + '"" y\n"'
    plain = "x" * size
    data = f'id,html\na,{PAGE}\nb,{long}\nc,{PAGE}\nd,{plain}\ne,"{PAGE}"\n'
    large = {"page": None, "kind": "auto", "problem": LARGE}
    assert items(path, data.encode(), max_bytes=100) == [
        item(path, 0, id="a"),
        item(path, 1, **large),
        item(path, 2, id="c"),
        item(path, 3, **large),
        item(path, 4, id="e"),
    ]


def test_a_field_may_be_longer_than_csv_allows_and_the_limit_stays(tmp_path: Path) -> None:
    usual, long = csv.field_size_limit(), "x" * 200_000
    path = tmp_path / "r.csv"
    path.write_text(f"html\n{long}\nx\n", "utf-8")
    found = read([str(path)])
    assert next(found).page == long
    assert csv.field_size_limit() == usual
    assert next(found).page == "x"
    with pytest.raises(csv.Error):
        next(csv.reader([long]))


def test_a_quote_that_is_never_closed_is_told(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    found = items(path, f'id,html\na,{PAGE}\nb,"x\nc,{PAGE}\n'.encode())
    assert found == [
        item(path, 0, id="a"),
        item(path, 1, None, kind="auto", problem=failed("line 3: a quote is never closed")),
    ]


def test_a_quote_that_is_never_closed_takes_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "r.csv.gz"
    path.write_bytes(gzip.compress(b'html\n"' + (b"x" * 1000 + b"\n") * 40_000, 1))
    tracemalloc.start()
    try:
        (found,) = read([str(path)], Reading(max_bytes=1000))
        assert found.problem == Problem(Status.TOO_LARGE, "more than 1000 bytes")
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b"id,html\n", "the file holds no page"),
        (b"\n\n", "the file holds no page"),
        (b'"html\nx', "no header: line 1: a quote is never closed"),
        (b"html," + b"x" * 500, "no header: the first row is too long"),
    ],
)
def test_a_table_without_rows_says_so(tmp_path: Path, data: bytes, reason: str) -> None:
    (found,) = items(tmp_path / "r.csv", data, max_bytes=100)
    assert found.problem == failed(reason)


# Parquet ---------------------------------------------------------------


def test_all_rows_of_all_groups_are_read_in_order(tmp_path: Path) -> None:
    path = tmp_path / "r.parquet"
    table = pa.table({"html": [f"p{i}" for i in range(1000)]})
    parquet.write_table(table, path, row_group_size=150)
    assert list(read([str(path)])) == [item(path, i, f"p{i}") for i in range(1000)]


def test_only_the_columns_needed_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    class Spy(parquet.ParquetFile):
        def iter_batches(self, size: int, **choices: Any) -> Any:
            asked.append((size, choices["columns"]))
            return super().iter_batches(size, **choices)

    monkeypatch.setattr(parquet, "ParquetFile", Spy)
    path = as_parquet(tmp_path, [{"big": "x", "html": PAGE, "id": "a", "other": 1}])
    assert list(read([str(path)])) == [item(path, 0, id="a")]
    assert asked == [(1, ["html", "id"])]


def test_values_of_parquet_types_are_taken(tmp_path: Path) -> None:
    path, time = tmp_path / "r.parquet", dt.datetime(2024, 3, 5, 6, tzinfo=dt.UTC)
    rows = {
        "content": pa.array([PAGE.encode(), gzip.compress(b"x"), None], pa.binary()),
        "id": pa.array([1, 2, None], pa.int64()),
        "timestamp": pa.array([time, None, None], pa.timestamp("us", "UTC")),
    }
    parquet.write_table(pa.table(rows), path)
    first, second, third = read([str(path)])
    assert first == item(path, 0, PAGE.encode(), kind="auto", id="1", crawled_at=time)
    assert second == item(path, 1, b"x", kind="auto", id="2")
    assert third == item(path, 2, "", kind="auto")


def test_a_cell_that_is_no_text_fails_its_row(tmp_path: Path) -> None:
    path = tmp_path / "r.parquet"
    cells = pa.array([b"a", b"\xff\xfe", b"c"], pa.binary()).cast(pa.string(), safe=False)
    parquet.write_table(pa.table({"html": cells}), path)
    first, second, third = read([str(path)])
    assert (first.page, third.page) == ("a", "c")
    assert second.problem is not None
    assert second.problem.reason.startswith("row 1: 'utf-8' codec can't decode")


def test_a_file_that_is_no_parquet_fails(tmp_path: Path) -> None:
    (found,) = items(tmp_path / "r.parquet", b"PAR1 is not all of it")
    assert found.problem is not None
    assert found.problem.reason.startswith("cannot be read behind row 0: ")


def test_a_broken_group_says_behind_which_row(tmp_path: Path) -> None:
    path = tmp_path / "r.parquet"
    noise = [f"{i:x}" * 50 + str(i**7) for i in range(2000)]
    parquet.write_table(pa.table({"html": noise}), path, row_group_size=500)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 5000] = b"\xff" * 5000
    found = items(path, bytes(data))
    assert [i.problem for i in found[:500]] == [None] * 500
    last = found[-1]
    assert last.problem is not None
    assert last.problem.reason.startswith(f"cannot be read behind row {len(found) - 1}: ")


def test_an_empty_table_says_so(tmp_path: Path) -> None:
    path = tmp_path / "r.parquet"
    parquet.write_table(pa.table({"html": pa.array([], pa.string())}), path)
    (found,) = read([str(path)])
    assert found.problem == failed("the file holds no page")


# standard input is told in test_sources_files; here only that a table may be closed early


@EVERY
def test_a_reader_that_is_left_early_leaves_no_file_open(tmp_path: Path, written: Any) -> None:
    path = written(tmp_path, [{"html": PAGE}] * 300)
    opened: list[Any] = []
    usual = io.open

    def spy(*args: Any, **choices: Any) -> Any:
        opened.append(usual(*args, **choices))
        return opened[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(io, "open", spy)
        found = read([str(path)])
        next(found)
        assert [file.closed for file in opened] == [False]
        found.close()
    assert [file.closed for file in opened] == [True]
