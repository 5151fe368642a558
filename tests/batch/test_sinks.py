"""What a batch writes: every format holds every row, is safe to open, and is whole or not there."""

import contextlib
import csv
import datetime as dt
import errno
import gzip
import json
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast, get_args

import pytest

from cleanarticle import MissingExtra, OptionError
from cleanarticle.batch import sinks
from cleanarticle.batch.row import COLUMNS, Row
from cleanarticle.batch.sinks import Format, columns_of, format_of, markdown, parquet

pq = pytest.importorskip("pyarrow.parquet")
pa = pytest.importorskip("pyarrow")
yaml = pytest.importorskip("yaml")

ALL = tuple(COLUMNS)
FORMATS: tuple[Format, ...] = get_args(Format)
FILES = [name for name in FORMATS if name != "markdown"]
HALF = "\ud83d"  # the first half of a surrogate pair
FORMULA_SIGNS = "=+-@\t\r＝＋－＠"


def row(position: int = 0, **own: Any) -> Row:
    values: dict[str, Any] = dict.fromkeys(COLUMNS)
    values |= {"id": f"page-{position}", "source": "crawl.warc", "position": position}
    values |= {"status": "ok", "title": "Ferry comes back empty", "date": "2024-03-05"}
    values |= {"authors": ["Ann Lee", "Bo Ek"], "body": "One.\n\nTwo.", "words": 2}
    return cast("Row", values | {"confidence": 0.75} | own)


def out_of(folder: Path, name: Format) -> Path:
    return folder / ("out" if name == "markdown" else f"out.{name}")


def read_json_lines(path: Path) -> list[dict[str, Any]]:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in data.decode("utf-8").split("\n")[:-1]]


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def listing(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes, and every folder."""
    paths = sorted(folder.rglob("*"))
    return {str(p.relative_to(folder)): p.read_bytes() if p.is_file() else b"" for p in paths}


def article(folder: Path, file: str) -> tuple[dict[str, Any], str]:
    """Front matter and body of a Markdown file."""
    start, head, body = (folder / file).read_bytes().decode("utf-8").split("---\n", 2)
    assert start == ""
    return yaml.safe_load(head) or {}, body


# --- formats and columns


@pytest.mark.parametrize(
    ("name", "chosen", "found"),
    [
        ("a.jsonl", None, "jsonl"),
        ("a.b.JSONL", None, "jsonl"),
        ("a.jsonl.gz", None, "jsonl.gz"),
        ("a.parquet", None, "parquet"),
        ("a.csv", None, "csv"),
        ("a", None, "markdown"),
        (".hidden", None, "markdown"),
        ("a.csv/", None, "markdown"),  # not there yet, and named as a folder
        ("folder.csv", None, "markdown"),  # there, and a folder
        ("a.csv", "jsonl", "jsonl"),
        ("a.txt", "csv", "csv"),
        ("a.txt", "markdown", "markdown"),
    ],
)
def test_the_name_or_the_choice_says_the_format(
    name: str, chosen: str | None, found: str, tmp_path: Path
) -> None:
    (tmp_path / "folder.csv").mkdir()
    assert format_of(f"{tmp_path}/{name}", chosen) == found


@pytest.mark.parametrize(
    ("name", "chosen", "said"),
    [
        ("a.xlsx", None, "end it in .jsonl, .jsonl.gz, .parquet, .csv, or name a folder"),
        ("a.md", None, "no format is known by this name"),
        ("a.csv.gz", None, "no format is known by this name"),
        ("a.jsonl", "xml", "format is one of jsonl, jsonl.gz, parquet, csv, markdown, got 'xml'"),
        ("a.jsonl", "", "got ''"),
        ("file", None, "written to a folder, and this is a file"),
        ("folder", "csv", "written to a file, and this is none"),
    ],
)
def test_a_name_of_no_format_is_refused(
    name: str, chosen: str | None, said: str, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    with pytest.raises(OptionError, match=said):
        format_of(tmp_path / name, chosen)


def test_columns_are_those_asked_for_in_their_order() -> None:
    assert columns_of(None) == ALL
    assert columns_of(["title", "id"]) == ("title", "id")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (["id", "headline"], r"some of id, source, .*duplicate_of; got 'headline'"),
        ([], "got none"),
        (["id", "id"], "twice"),
    ],
)
def test_fields_of_no_column_are_refused(fields: list[str], said: str) -> None:
    with pytest.raises(OptionError, match=said):
        columns_of(fields)


# --- all formats


@pytest.mark.parametrize("name", FORMATS)
def test_only_the_columns_asked_for_are_written_in_their_order(
    name: Format, tmp_path: Path
) -> None:
    path, columns = out_of(tmp_path, name), ("title", "position", "body")
    assert sinks.write(path, name, iter([row(0), row(1)]), columns) == 2
    match name:
        case "parquet":
            assert pq.read_table(path).column_names == list(columns)
        case "csv":
            assert read_csv(path)[0] == list(columns)
        case "markdown":
            listed = read_json_lines(path / "index.jsonl")
            assert [list(values) for values in listed] == [["title", "position", "file"]] * 2
            assert article(path, listed[1]["file"]) == (
                {"title": "Ferry comes back empty", "position": 1},
                "\nOne.\n\nTwo.\n",
            )
        case _:
            assert [list(values) for values in read_json_lines(path)] == [list(columns)] * 2


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_rows_give_the_same_bytes(name: Format, tmp_path: Path) -> None:
    found = []
    for folder in (tmp_path / "first", tmp_path / "second"):
        folder.mkdir()
        sinks.write(out_of(folder, name), name, map(row, range(50)), ALL)
        found.append(listing(folder))
    assert found[0] == found[1]
    assert len(found[0]) == (52 if name == "markdown" else 1)


def test_a_gzip_file_carries_neither_time_nor_name(tmp_path: Path) -> None:
    path = tmp_path / "secret.jsonl.gz"
    sinks.write(path, "jsonl.gz", [row()], ALL)
    head = path.read_bytes()[:10]
    assert head[3:8] == bytes(5)  # flags, then the time
    assert b"secret" not in path.read_bytes()


@pytest.mark.parametrize("name", FORMATS)
def test_no_rows_give_a_readable_file(name: Format, tmp_path: Path) -> None:
    path = out_of(tmp_path, name)
    assert sinks.write(path, name, [], ALL) == 0
    match name:
        case "parquet":
            assert pq.read_table(path).num_rows == 0
        case "csv":
            assert read_csv(path) == [list(ALL)]
        case "markdown":
            assert listing(path) == {"index.jsonl": b""}
        case _:
            assert read_json_lines(path) == []


def failing(error: BaseException) -> Iterator[Row]:
    yield from map(row, range(7))
    raise error


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("error", [RuntimeError("torn"), KeyboardInterrupt()])
@pytest.mark.parametrize("there", [True, False])
def test_a_failure_midway_leaves_what_was_there_and_nothing_else(
    name: Format, error: BaseException, there: bool, tmp_path: Path
) -> None:
    path = out_of(tmp_path, name)
    if there:
        sinks.write(path, name, [row(90), row(91)], ALL)
    before = listing(tmp_path)
    with pytest.raises(type(error)):
        sinks.write(path, name, failing(error), ALL)
    assert listing(tmp_path) == before


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_is_an_os_error_and_leaves_what_was_there(
    name: Format, call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = out_of(tmp_path, name)
    sinks.write(path, name, [row(90)], ALL)
    before = listing(tmp_path)
    monkeypatch.setattr(*((os, "fsync") if call == "fsync" else (Path, "replace")), full)
    with pytest.raises(OSError, match="No space left") as caught:
        sinks.write(path, name, map(row, range(3)), ALL)
    assert caught.value.errno == errno.ENOSPC
    assert listing(tmp_path) == before


LIMITED = """
import random, resource, sys
from pathlib import Path
from cleanarticle.batch import sinks
from cleanarticle.batch.row import COLUMNS
name, path = sys.argv[1], Path(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
base = dict.fromkeys(COLUMNS) | {"id": "x", "source": "s", "status": "ok", "authors": []}
noise = random.Random(1)
body = lambda: "".join(chr(noise.randrange(33, 9000)) for _ in range(100_000))
rows = (base | {"position": n, "words": 1, "body": body()} for n in range(12))
try:
    sinks.write(path, name, rows, tuple(COLUMNS))
except OSError as error:
    print(error.errno)
"""


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_that_cannot_grow_is_an_os_error_in_each_format(
    name: Format, tmp_path: Path
) -> None:
    command = [sys.executable, "-W", "error", "-c", LIMITED, name, str(out_of(tmp_path, name))]
    source = Path(sinks.__file__).parents[3]
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(source)}
    )
    assert done.stderr == ""
    assert done.stdout == f"{errno.EFBIG}\n"
    assert listing(tmp_path) == {}


def test_a_missing_folder_is_an_os_error(tmp_path: Path) -> None:
    for name in FORMATS:
        with pytest.raises(FileNotFoundError):
            sinks.write(out_of(tmp_path / "missing", name), name, [row()], ALL)


@pytest.mark.parametrize("name", FORMATS)
def test_leftovers_of_a_killed_run_are_cleared(name: Format, tmp_path: Path) -> None:
    path = out_of(tmp_path, name)
    if name == "markdown":
        (path / ".cleanarticle.part").mkdir(parents=True)
        (path / ".cleanarticle.part" / "index.jsonl").write_text("torn")
    else:
        (tmp_path / f".out.{name}.part").write_text("torn")
    assert sinks.write(path, name, [row()], ALL) == 1
    assert not [p for p in listing(tmp_path) if ".part" in p]


@pytest.mark.parametrize("name", FILES)
def test_a_link_stays_a_link(name: Format, tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    link = out_of(tmp_path, name)
    link.symlink_to(tmp_path / "far" / "file")
    sinks.write(link, name, [row()], ALL)
    assert link.is_symlink()
    assert (tmp_path / "far" / "file").stat().st_size


def test_a_planted_link_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("kept")
    (tmp_path / ".out.csv.part").symlink_to(tmp_path / "precious")
    sinks.write(tmp_path / "out.csv", "csv", [row()], ALL)
    assert (tmp_path / "precious").read_text() == "kept"


def test_a_name_as_long_as_names_may_be_is_written(tmp_path: Path) -> None:
    path = tmp_path / ("ø" * 124 + ".jsonl")
    sinks.write(path, "jsonl", [row()], ALL)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("name", FORMATS)
def test_a_new_file_has_the_rights_of_any_new_file(name: Format, tmp_path: Path) -> None:
    path = out_of(tmp_path, name)
    sinks.write(path, name, [row()], ALL)
    (tmp_path / "plain").touch()
    file = path / "index.jsonl" if name == "markdown" else path
    assert file.stat().st_mode == (tmp_path / "plain").stat().st_mode


@pytest.mark.parametrize("name", FORMATS)
def test_memory_does_not_grow_with_the_rows(
    name: Format, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda number: None)
    monkeypatch.setattr(parquet, "GROUP_BYTES", 100_000)
    peaks = []
    for number in (200, 2_000):
        tracemalloc.start()
        rows = (row(n, body=f"{n} word " * 500) for n in range(number))
        sinks.write(out_of(tmp_path, name), name, rows, ALL)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 300_000  # of 8 million characters written


# --- JSON lines


@pytest.mark.parametrize("name", ["jsonl", "jsonl.gz"])
@pytest.mark.parametrize(
    "text",
    [
        "one\ntwo\r\nthree\u2028four\x85five\0six",
        f"{HALF} alone",
        f"\ude00{HALF}",  # the halves in the wrong order
        'quotes " and \\ud83d back\\slashes',
        "Ünïcode 船 سفينة 😀",
    ],
)
def test_json_lines_lose_nothing(name: Format, text: str, tmp_path: Path) -> None:
    path, wanted = out_of(tmp_path, name), row(title=text, authors=[text, ""], body=text)
    assert sinks.write(path, name, [wanted, row(1)], ALL) == 2
    assert read_json_lines(path) == [wanted, row(1)]


def test_json_lines_are_readable_in_any_script(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    sinks.write(path, "jsonl", [row(title="船 😀")], ("title",))
    assert path.read_bytes() == '{"title": "船 😀"}\n'.encode()


# --- CSV


@pytest.mark.parametrize("sign", FORMULA_SIGNS)
@pytest.mark.parametrize("before", ["", " ", "\u3000", "\u00a0", "\n", "\ufeff", "\u200b", "\0"])
def test_a_formula_is_defused(sign: str, before: str, tmp_path: Path) -> None:
    path, text = tmp_path / "out.csv", f'{before}{sign}cmd|"/c calc"!A0'
    sinks.write(path, "csv", [row(title=text, authors=[text, "Bo"])], ("title", "authors", "id"))
    safe = "'" + text.replace("\0", "")
    assert read_csv(path)[1] == [safe, f"{safe}; Bo", "page-0"]


@pytest.mark.parametrize("text", ["a=b", "'=1", "3-4", "船＝舟", "", " a@b", "“-1”"])
def test_what_is_no_formula_stays(text: str, tmp_path: Path) -> None:
    sinks.write(tmp_path / "out.csv", "csv", [row(title=text)], ("title", "id"))
    assert read_csv(tmp_path / "out.csv")[1] == [text, "page-0"]


def test_numbers_are_left_alone_and_missing_values_are_empty(tmp_path: Path) -> None:
    columns = ("position", "confidence", "words", "url", "authors", "date")
    given = row(-3, confidence=-0.5, words=0, authors=[])
    sinks.write(tmp_path / "out.csv", "csv", [given, row(confidence=None)], columns)
    assert read_csv(tmp_path / "out.csv")[1:] == [
        ["-3", "-0.5", "0", "", "", "2024-03-05"],
        ["0", "", "2", "", "Ann Lee; Bo Ek", "2024-03-05"],
    ]


def test_csv_is_quoted_as_rfc_4180_has_it(tmp_path: Path) -> None:
    given = row(title='Say "no", they\r\nsaid', body=f"a{HALF}b\n\nc\0d")
    sinks.write(tmp_path / "out.csv", "csv", [given], ("id", "title", "body"))
    wanted = 'id,title,body\r\npage-0,"Say ""no"", they\r\nsaid","a\ufffdb\n\ncd"\r\n'
    assert (tmp_path / "out.csv").read_bytes() == wanted.encode()


# --- Parquet


def test_parquet_has_the_types_of_the_columns(tmp_path: Path) -> None:
    path = tmp_path / "out.parquet"
    given = [row(0, modified="0001-01-01"), row(1, date=None, confidence=None, authors=[])]
    sinks.write(path, "parquet", given, ALL)
    names = {"text": "string", "number": "double", "integer": "int64", "date": "date32[day]"}
    names["texts"] = "list<element: string>"
    schema = pq.read_schema(path)
    assert {field.name: str(field.type) for field in schema} == {
        name: names[kind] for name, kind in COLUMNS.items()
    }
    first, second = pq.read_table(path).to_pylist()
    assert first == given[0] | {"date": dt.date(2024, 3, 5), "modified": dt.date(1, 1, 1)}
    assert second == given[1]
    assert pq.ParquetFile(path).metadata.row_group(0).column(0).compression == "ZSTD"


def test_parquet_replaces_what_cannot_be_encoded(tmp_path: Path) -> None:
    path = tmp_path / "out.parquet"
    given = row(title=f"a{HALF}", authors=[f"{HALF}\ude00"], body="nul\0 stays\r\n")
    sinks.write(path, "parquet", [given], ("title", "authors", "body"))
    assert pq.read_table(path).to_pylist() == [
        {"title": "a\ufffd", "authors": ["😀"], "body": "nul\0 stays\r\n"}
    ]


def groups_of(path: Path) -> list[int]:
    with pq.ParquetFile(path) as file:
        return [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)]


def test_row_groups_are_bounded_in_rows_and_in_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.parquet"
    assert sinks.write(path, "parquet", map(row, range(12_001)), ALL) == 12_001
    assert groups_of(path) == [5_000, 5_000, 2_001]
    assert pq.read_table(path)["position"].to_pylist() == list(range(12_001))
    monkeypatch.setattr(parquet, "GROUP_BYTES", 3_000)
    bodies = ["船" * 400, "a" * 1_800, "b" * 9_000, "c"]  # of 1,200 to 9,000 bytes
    sinks.write(path, "parquet", (row(body=body) for body in bodies), ("body",))
    assert groups_of(path) == [2, 1, 1]


def test_parquet_without_pyarrow_names_the_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtra, match=r"pip install 'cleanarticle\[parquet\]'"):
        sinks.write(tmp_path / "out.parquet", "parquet", [row()], ALL)
    assert listing(tmp_path) == {}


# --- Markdown

NAMES = [
    # title,                         id,           slug
    ("Ferry comes back empty",       "x",          "ferry-comes-back-empty"),
    ("",                             "a/b.html",   "a-b-html"),
    (None,                           "../../etc",  "etc"),
    ("../../../etc/passwd",          "x",          "etc-passwd"),
    ("CON",                          "x",          "con"),  # the digits behind it make it a name
    ("..",                           "..",         ""),
    ("/",                            ".hidden",    "hidden"),
    ("C:\\Users\\x\0.md",            "x",          "c-users-x-md"),
    ("a\nb\tc\r\u2028d",             "x",          "a-b-c-d"),
    ("Übergröße für Ärzte",          "x",          "übergröße-für-ärzte"),
    ("e\u0301te\u0301",              "x",          "été"),
    ("船が戻る、空のまま",              "x",          "船が戻る-空のまま"),
    ("سفينة \u202eتعود",              "x",          "سفينة-تعود"),
    ("नाव खाली लौटी",                    "x",          "नाव-खाली-लौटी"),
    (f"{HALF}half",                  "x",          "half"),
    ("–—…!?*<>|\"'",                 "😀",         ""),
    ("w" * 300,                      "x",          "w" * 80),
    ("船" * 300,                     "x",          "船" * 26),  # of three bytes each
    ("w" * 79 + " tail",             "x",          "w" * 79),
]  # fmt: skip


@pytest.mark.parametrize(("title", "id", "slug"), NAMES)
def test_a_name_is_safe_on_every_system(
    title: str | None, id: str, slug: str, tmp_path: Path
) -> None:
    path = tmp_path / "out"
    sinks.write(path, "markdown", [row(title=title, id=id)], ALL)
    names = sorted(p.name for p in path.iterdir())
    assert len(names) == 2
    assert listing(tmp_path).keys() == {"out", *(f"out/{name}" for name in names)}
    stem = next(name for name in names if name != "index.jsonl").removesuffix(".md")
    assert stem == f"{slug}-{stem[-10:]}".removeprefix("-")
    assert set(stem[-10:]) <= set("0123456789abcdef")
    assert read_json_lines(path / "index.jsonl")[0]["file"] == f"{stem}.md"


def test_the_name_depends_on_the_place_and_on_nothing_else() -> None:
    assert markdown.stem_of(row(7)) == markdown.stem_of(row(7, body="other", words=9))
    places = [row(7), row(8), row(7, source="other"), row(7, source="crawl.warc7"), row(77)]
    assert len({markdown.stem_of(place) for place in places}) == 5
    assert markdown.stem_of(row(7, source=f"{HALF}.warc"))


def test_a_source_named_twice_loses_no_row(tmp_path: Path) -> None:
    given = [row(1, body=text) for text in ("first", "second", "third")]
    sinks.write(tmp_path, "markdown", given, ALL)
    files = [listed["file"] for listed in read_json_lines(tmp_path / "index.jsonl")]
    assert len(set(files)) == 3
    assert [article(tmp_path, file)[1].strip() for file in files] == ["first", "second", "third"]


def test_rows_without_an_article_are_in_the_index_alone(tmp_path: Path) -> None:
    given = [row(0, status="failed", reason="torn", body=""), row(1), row(2, status="empty")]
    assert sinks.write(tmp_path, "markdown", given, ALL) == 3
    listed = read_json_lines(tmp_path / "index.jsonl")
    assert [(values["status"], bool(values["file"])) for values in listed] == [
        ("failed", False),
        ("ok", True),
        ("empty", False),
    ]
    assert "body" not in listed[1]
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize(
    "text",
    [
        'quote " and \\ slash: yes # no',
        "---\nbody: false\n---",
        "no",
        "1e3",
        "- a",
        "{a: b}",
        "!!python/object:os.system",
        "tab\tnul\0bell\x07 \x7f \x85 \x9b \u2028 \u2029 \ufeff \ufffe",
        "RTL \u202eتعود سفينة",
        "船 😀",
        " spaces ",
    ],
)
def test_front_matter_says_what_the_row_says(text: str, tmp_path: Path) -> None:
    sinks.write(tmp_path, "markdown", [row(title=text, authors=[text, "Bo"])], ALL)
    head, body = article(tmp_path, read_json_lines(tmp_path / "index.jsonl")[0]["file"])
    assert head == {
        "id": "page-0",
        "source": "crawl.warc",
        "position": 0,
        "status": "ok",
        "title": text,
        "date": "2024-03-05",
        "authors": [text, "Bo"],
        "confidence": 0.75,
        "words": 2,
    }
    assert body == "\nOne.\n\nTwo.\n"


def test_halves_of_pairs_are_replaced_in_markdown_and_kept_in_its_index(tmp_path: Path) -> None:
    sinks.write(tmp_path, "markdown", [row(title=f"a{HALF}", body=f"b{HALF}")], ALL)
    listed = read_json_lines(tmp_path / "index.jsonl")[0]
    head, body = article(tmp_path, listed["file"])
    assert (head["title"], body.strip(), listed["title"]) == ("a\ufffd", "b\ufffd", f"a{HALF}")


def test_the_body_is_left_out_where_it_is_not_asked_for(tmp_path: Path) -> None:
    sinks.write(tmp_path, "markdown", [row()], ("title",))
    file = read_json_lines(tmp_path / "index.jsonl")[0]["file"]
    assert (tmp_path / file).read_text() == '---\ntitle: "Ferry comes back empty"\n---\n\n'


def test_other_files_of_the_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("mine")
    sinks.write(tmp_path, "markdown", [row()], ALL)
    sinks.write(tmp_path, "markdown", [row(body="New.")], ALL)
    file = read_json_lines(tmp_path / "index.jsonl")[0]["file"]
    assert set(listing(tmp_path)) == {"notes.md", "index.jsonl", file}
    assert article(tmp_path, file)[1] == "\nNew.\n"
    assert (tmp_path / "notes.md").read_text() == "mine"


def files_of(folder: Path) -> set[str]:
    return {listed["file"] for listed in read_json_lines(folder / "index.jsonl")}


def test_articles_of_the_old_index_go_and_no_other_file_does(tmp_path: Path) -> None:
    sinks.write(tmp_path, "markdown", map(row, range(5)), ALL)
    old = files_of(tmp_path)
    (tmp_path / "notes.md").write_text("mine")
    given = [row(3, body="New."), row(4, status="failed"), row(9)]
    sinks.write(tmp_path, "markdown", given, ALL)
    new = files_of(tmp_path) - {None}
    assert len(new) == 2
    assert len(new & old) == 1
    assert set(listing(tmp_path)) == {"notes.md", "index.jsonl", *new}
    assert article(tmp_path, *(new & old))[1] == "\nNew.\n"


def test_an_index_of_another_takes_no_file_but_plain_ones(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    kept = ["../far.md", "sub/a.md", "a.txt", "dir.md/a", "index.txt", "sub\\a.md"]
    for name in [*kept, "gone.md"]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")
    absolute = str(folder / "sub" / "a.md")
    names = [*kept, absolute, "dir.md", "missing.md", "nul\0.md", f"{HALF}.md", "x" * 300 + ".md"]
    rows: list[Any] = [{"file": name} for name in [*names, 7, None, ["a.md"], "gone.md"]]
    rows += [{"name": "a"}, ["file"], "file", 5, None]
    text = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / "index.jsonl").write_text(f"torn\n\xff\n{'[' * 100_000}\n{text}", "latin-1")
    sinks.write(folder, "markdown", [row()], ALL)
    assert all((folder / name).is_file() for name in kept)
    assert not (folder / "gone.md").exists()


def test_a_link_that_an_index_lists_goes_and_what_it_names_stays(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "far.md").write_text("kept")
    (tmp_path / "out" / "a.md").symlink_to("../far.md")
    (tmp_path / "out" / "index.jsonl").write_text('{"file": "a.md"}\n')
    sinks.write(tmp_path / "out", "markdown", [row()], ALL)
    assert (tmp_path / "far.md").read_text() == "kept"
    assert not (tmp_path / "out" / "a.md").is_symlink()


@pytest.mark.parametrize("call", ["unlink", "replace"])
@pytest.mark.parametrize("calls", range(12))
def test_wherever_a_run_dies_an_index_means_a_whole_folder(
    call: str, calls: int, tmp_path: Path
) -> None:
    sinks.write(tmp_path, "markdown", map(row, range(4)), ALL)
    left, usual = [calls], getattr(Path, call)

    def dying(path: Path, *given: Any, **choices: Any) -> Any:
        if path.name.endswith((".md", "index.jsonl", ".old")) and not path.name.startswith(".i"):
            left[0] -= 1
            if left[0] < 0:
                raise KeyboardInterrupt
        return usual(path, *given, **choices)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, call, dying)
        with contextlib.suppress(KeyboardInterrupt):
            sinks.write(tmp_path, "markdown", map(row, range(2, 7)), ALL)
    if (tmp_path / "index.jsonl").exists():
        assert all((tmp_path / name).is_file() for name in files_of(tmp_path))
    given = list(map(row, range(2, 7)))
    sinks.write(tmp_path, "markdown", given, ALL)
    assert set(listing(tmp_path)) == {"index.jsonl", *files_of(tmp_path)}
    assert len(files_of(tmp_path)) == 5
