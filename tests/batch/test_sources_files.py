"""Files, folders, patterns and standard input: what is found, in which order, and what is not."""

import builtins
import gc
import gzip
import io
import json
import os
import random
import sys
import tarfile
import threading
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
import zstandard

from batch.warcs import conversion, info, member, members, page, response
from cleanarticle.batch.item import Item, Problem, Status
from cleanarticle.batch.sources import Reading, read
from cleanarticle.errors import MissingExtra, OptionError

PAGE = page("a")
NOTHING = "the folder holds no file that is read"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, so that names are short."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(*names: str, data: bytes = PAGE) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(data)


def one(name: str, **fields: Any) -> Item:
    return Item(source=name, position=0, id=name, **({"page": PAGE} | fields))


def failed(name: str, reason: str) -> Item:
    return one(name, page=None, problem=Problem(Status.FAILED, reason))


def large(name: str, size: int) -> Item:
    reason = f"more than {size} bytes"
    return one(name, page=None, problem=Problem(Status.TOO_LARGE, reason))


def noise(size: int) -> bytes:
    """Letters that pack badly."""
    return bytes(random.Random(1).choices(range(ord("A"), ord("Z") + 1), k=size))


def found(*names: str, **choices: Any) -> list[Item]:
    return list(read(names, Reading(**choices)))


# one page a file -------------------------------------------------------


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress])
@pytest.mark.parametrize(
    "name", ["a.html", "a.htm.gz", "a.XHTML", "a.txt.zst", "a.asp", "a", "b/a.b.gz"]
)
def test_a_file_is_a_page_packed_or_not(here: Path, name: str, pack: Any) -> None:
    put(name, data=pack(PAGE))
    assert found(name) == [one(name)]
    assert found(name, kind="text") == [one(name, kind="text")]


def test_names_are_read_in_the_order_given(here: Path) -> None:
    put("b.html", "a.html")
    names = ["b.html", "missing.html", "a.html", str(here / "b.html"), "./a.html"]
    assert [item.source for item in found(*names)] == [
        "b.html",
        "missing.html",
        "a.html",
        f"{here.as_posix()}/b.html",
        "a.html",
    ]


def test_nothing_is_opened_before_its_turn(here: Path) -> None:
    put("a.html")
    items = read(["a.html", "later.html"])
    assert next(items) == one("a.html")
    put("later.html")
    assert list(items) == [one("later.html")]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing.html", "No such file or directory"),
        ("a.html/x.html", "Not a directory"),
        ("bad\0name.html", "embedded null byte"),
        ("x" * 300, "File name too long"),
        ("link.html", "No such file or directory"),
        ("loop.html", "Too many levels of symbolic links"),
        ("ftp://example.org/a", "only http and https addresses are fetched"),
    ],
)
def test_what_cannot_be_read_is_one_item(here: Path, name: str, reason: str) -> None:
    put("a.html")
    Path("link.html").symlink_to("nowhere.html")
    Path("loop.html").symlink_to("loop.html")
    assert found(name, "a.html") == [failed(name, reason), one("a.html")]


def test_a_file_that_may_not_be_read_is_one_item(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("a.html")

    def refuse(*_args: Any, **_choices: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)  # the tests may be run by one who may read all
    assert found("a.html") == [failed("a.html", "Permission denied")]


@pytest.mark.parametrize("name", ["a.html", "a.jsonl", "a.csv", "a.warc", "a.parquet"])
def test_a_folder_by_the_name_of_a_file_is_a_folder(here: Path, name: str) -> None:
    put(f"{name}/x.html")
    assert found(name) == [one(f"{name}/x.html")]


@pytest.mark.parametrize("name", ["a.html", "a.txt.gz", "a.jsonl", "a.csv", "a.warc.gz"])
def test_an_empty_file_says_so(here: Path, name: str) -> None:
    put(name, data=b"")
    (item,) = found(name)
    if name.startswith("a.html") or "txt" in name:
        assert item == one(name, page=b"")  # an empty page is a page
    else:
        assert item == failed(name, "the file is empty")


@pytest.mark.parametrize("size", [99, 100, 101, 10_000])
@pytest.mark.parametrize(
    "pack", [bytes, gzip.compress, zstandard.compress, lambda d: gzip.compress(gzip.compress(d))]
)
def test_the_limit_is_of_the_unpacked_page(here: Path, size: int, pack: Any) -> None:
    put("a.html", data=pack(b"x" * size))
    wanted = one("a.html", page=b"x" * size) if size <= 100 else large("a.html", 100)
    assert found("a.html", max_bytes=100) == [wanted]


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
@pytest.mark.parametrize("name", ["a.html", "a.jsonl", "a.csv"])
def test_bombs_are_not_unpacked(here: Path, name: str, pack: Any) -> None:
    head = b"html\n" if name.endswith("csv") else b""
    put(name, data=pack(head + bytes(60_000_000)))
    tracemalloc.start()
    try:
        (item,) = found(name, max_bytes=10_000)
        assert item.problem is not None
        assert item.problem.status is Status.TOO_LARGE
        # zstd gives 128 KiB for 4 bytes, of which 512 are taken at once
        assert tracemalloc.get_traced_memory()[1] < 40_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (gzip.compress(PAGE * 50)[:-9], "Compressed file ended before"),
        (gzip.compress(PAGE)[:-8] + bytes(8), "CRC check failed"),
        (gzip.compress(PAGE)[:12] + b"\xff" * 30, "Error -3 while decompressing"),
        (zstandard.compress(PAGE * 50)[:-9], "the zstd data is cut off"),
        (zstandard.compress(PAGE)[:6], "the zstd data is cut off"),
        (zstandard.compress(PAGE) + b"rubbish", "broken zstd data: "),
    ],
)
def test_broken_packing_fails(here: Path, data: bytes, reason: str) -> None:
    put("a.html.gz", data=data)
    (item,) = found("a.html.gz")
    assert item.page is None
    assert item.problem is not None
    assert item.problem.status is Status.FAILED
    assert item.problem.reason.startswith(reason)


def test_frames_and_members_that_follow_are_part_of_the_page(here: Path) -> None:
    skipped = b"\x50\x2a\x4d\x18\x03\0\0\0abc"
    half = zstandard.compress(PAGE[:50])
    put("a.html.zst", data=skipped + half + zstandard.compress(PAGE[50:]) + skipped)
    put("b.html.gz", data=gzip.compress(PAGE[:50]) + gzip.compress(PAGE[50:]) + bytes(9))
    assert found("a.html.zst", "b.html.gz") == [one("a.html.zst"), one("b.html.gz")]


# folders ---------------------------------------------------------------


def test_a_folder_is_walked_by_name(here: Path) -> None:
    names = ["d/b.html", "d/a.htm", "d/c.xhtml.gz", "d/B.TXT", "d/z/a.txt.zst", "d/a/z.html"]
    put(*names)
    wanted = ["d/B.TXT", "d/a.htm", "d/b.html", "d/c.xhtml.gz", "d/a/z.html", "d/z/a.txt.zst"]
    assert found("d") == [one(name) for name in wanted]
    assert found("d/") == found("d")


WGET = [
    "index.html?id=3",
    "index.html?id=3.1",
    "index.html?v=1.2.gz",
    "list.php?page=2&sort=up",
    "story.html.1",
    "story.HTM.12",
    "story.php.2.gz",
]


@pytest.mark.parametrize(
    "name", ["page.php", "x.asp", "x.aspx", "x.jsp", "x.shtml", "X.PHP.gz", *WGET]
)
def test_pages_by_other_names_are_read_in_a_folder(here: Path, name: str) -> None:
    put(f"d/{name}")
    assert found("d") == [one(f"d/{name}")]


@pytest.mark.parametrize(
    "name",
    ["html.1", "a.1", "a?x.html=1", "a.png?x=1", "a.csv.1", "a.html.x1", "a.html.", ".a.html?x=1"],
)
def test_what_follows_the_suffix_makes_no_other_file_a_page(here: Path, name: str) -> None:
    put(f"d/{name}")
    assert found("d") == [failed("d", NOTHING)]


def test_other_and_hidden_files_are_not_read(here: Path) -> None:
    other = "png md py gz zst bak html.bak wat warc.wat.gz urls json xml partial".split()
    put(*(f"d/a.{suffix}" for suffix in other), "d/a", "d/.a.html", "d/.git/a.html")
    assert found("d") == [failed("d", NOTHING)]
    put("d/x/.y/z.html", "d/x/a.html")
    assert found("d") == [one("d/x/a.html")]


def test_an_empty_folder_says_so(here: Path) -> None:
    Path("d/e/f").mkdir(parents=True)
    assert found("d") == [failed("d", NOTHING)]


def test_archives_and_tables_in_a_folder_are_read(here: Path) -> None:
    put("d/a.warc.gz", data=members(info(), response("a"), response("b")))
    put("d/b.wet", data=conversion("c", "Text."))
    put("d/c.jsonl", data=b'{"html": "x"}\n{"html": "y"}\n')
    put("d/d.csv", data=b"html\nz\n")
    assert [(i.source, i.position, i.problem) for i in found("d")] == [
        ("d/a.warc.gz", 0, None),
        ("d/a.warc.gz", 1, None),
        ("d/b.wet", 0, None),
        ("d/c.jsonl", 0, None),
        ("d/c.jsonl", 1, None),
        ("d/d.csv", 0, None),
    ]


def test_links_to_folders_are_not_followed_and_links_to_files_are(here: Path) -> None:
    put("d/a.html", "other/b.html")
    Path("d/up").symlink_to("..")
    Path("d/other").symlink_to("../other")
    Path("d/b.html").symlink_to("../other/b.html")
    Path("d/c.html").symlink_to("nowhere")
    assert found("d") == [
        one("d/a.html"),
        one("d/b.html"),
        failed("d/c.html", "No such file or directory"),
    ]
    Path("link").symlink_to("d")
    assert found("link")[0] == one("link/a.html")


def test_a_pipe_in_a_folder_is_not_waited_for(here: Path) -> None:
    put("d/a.html")
    os.mkfifo("d/b.html")
    assert found("d") == [one("d/a.html")]


def test_a_folder_that_may_not_be_read_is_one_item(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("d/a.html", "d/closed/b.html", "d/z/c.html")
    usual = os.scandir

    def scandir(path: Any) -> Any:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return usual(path)

    monkeypatch.setattr(os, "scandir", scandir)
    denied = failed("d/closed", "Permission denied")
    assert found("d") == [one("d/a.html"), denied, one("d/z/c.html")]
    assert found("d/closed") == [denied]


def test_names_that_are_no_utf_8_are_written_out(here: Path) -> None:
    name = os.fsdecode(b"d/caf\xe9.html")
    put(name)
    assert found("d") == found(name) == [one("d/caf\\xe9.html")]
    found("d")[0].source.encode("utf-8")


# what the first bytes tell ---------------------------------------------


PACKINGS = pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress])


@PACKINGS
@pytest.mark.parametrize("name", ["a.html", "a.txt", "a.warc.open", "a.dat", "crawl", "a.json"])
def test_a_warc_by_another_name_is_a_warc(here: Path, name: str, pack: Any) -> None:
    put(name, data=pack(info() + response("a") + response("b")))
    assert [(i.position, i.id, i.page) for i in found(name)] == [
        (0, "a", page("a")),
        (1, "b", page("b")),
    ]


@PACKINGS
@pytest.mark.parametrize("data", [b"WARC/", b"WARC/ARC: a story", b" WARC/1.0", b"<p>WARC/1.0"])
def test_a_page_that_speaks_of_warc_is_a_page(here: Path, data: bytes, pack: Any) -> None:
    put("a.html", data=pack(data))
    assert found("a.html") == [one("a.html", page=data)]


@PACKINGS
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf", b"\n "])
@pytest.mark.parametrize("name", ["a.json", "a.JSON.gz"])
def test_json_is_lines_where_it_begins_with_an_object(
    here: Path, name: str, start: bytes, pack: Any
) -> None:
    put(name, data=pack(start + b'{"html": "x"}\n{"html": "y"}\n'))
    assert [(i.position, i.page) for i in found(name)] == [(0, "x"), (1, "y")]
    put(name, data=pack(start + b'[{"html": "x"}]'))
    assert found(name) == [failed(name, "a JSON array: give an object a line")]


def test_json_that_is_none_is_a_page(here: Path) -> None:
    put("a.json")
    assert found("a.json") == [one("a.json")]


def tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.html"))
    return out.getvalue()


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, PAGE)
    return out.getvalue()


ARCHIVES = {
    "tar": tar(),
    "tgz": gzip.compress(tar()),
    "tar.zst": zstandard.compress(tar()),
    "zip": zipped("a.html"),
    "an empty zip": zipped(),
    "zip.gz": gzip.compress(zipped("a.html")),
    "7z": b"7z\xbc\xaf\x27\x1c\0\4" + bytes(24),
}


@pytest.mark.parametrize("kind", ARCHIVES)
def test_an_archive_of_files_is_one_item(
    here: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    reason = "an archive of files: unpack it first"
    for name in ("a", "a.tgz", "a.html", "a.jsonl.gz", "a.csv", "a.json"):
        put(name, data=ARCHIVES[kind])
        assert found(name) == [failed(name, reason)]
    assert piped(monkeypatch, ARCHIVES[kind]) == [failed("-", reason)]


def test_a_pipe_that_is_named_is_read(here: Path) -> None:
    os.mkfifo("pipe")
    data = zstandard.compress(info() + response("a", noise(200_000)))
    writer = threading.Thread(target=lambda: Path("pipe").write_bytes(data))
    writer.start()
    try:
        assert [i.id for i in found("pipe")] == ["a"]
    finally:
        writer.join()


# patterns --------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("*.html", ["a.html", "b.html"]),
        ("[b-z].html", ["b.html"]),
        ("?.txt", ["c.txt"]),
        ("**/*.html", ["a.html", "b.html", "d/e/a.html"]),
        ("d/*", ["d/e/a.html"]),
        ("*", ["a.html", "b.html", "c.txt", "d/e/a.html", "x.other"]),
    ],
)
def test_a_pattern_gives_what_matches_by_name(here: Path, pattern: str, names: list[str]) -> None:
    put("b.html", "a.html", "c.txt", "d/e/a.html", "x.other", ".hidden.html")
    assert found(pattern) == [one(name) for name in names]
    absolute = [one(f"{here.as_posix()}/{name}") for name in names]
    assert found(str(here / pattern)) == absolute


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("d/**", ["d/a.html", "d/e/b.html", "d/e/f/c.txt", "d/x.other"]),
        ("d/**/*", ["d/a.html", "d/e/b.html", "d/e/f/c.txt", "d/x.other"]),
        ("**/e/*", ["d/e/b.html"]),
        ("**/e/**/*.txt", ["d/e/f/c.txt"]),
        ("**/**/*.html", ["d/a.html", "d/e/b.html"]),
        ("[cd]/**/b.*", ["d/e/b.html"]),
        ("d/.h/**/*", ["d/.h/d.html"]),
    ],
)
def test_two_stars_give_each_file_below_once(here: Path, pattern: str, names: list[str]) -> None:
    put("d/a.html", "d/e/b.html", "d/e/f/c.txt", "d/x.other", "d/.h/d.html")
    assert found(pattern) == [one(name) for name in names]
    absolute = [one(f"{here.as_posix()}/{name}") for name in names]
    assert found(str(here / pattern)) == absolute


def test_two_stars_pass_over_what_may_not_be_looked_into(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("d/a.html", "d/closed/b.html", "d/closed/c/c.html")
    usual = {call: getattr(os, call) for call in ("stat", "lstat")}

    def closed(call: str) -> Any:
        def ask(path: Any, *args: Any, **choices: Any) -> Any:
            if "closed/" in str(path):
                raise PermissionError(13, "Permission denied", str(path))
            return usual[call](path, *args, **choices)

        return ask

    for call in usual:
        monkeypatch.setattr(os, call, closed(call))
    assert one("d/a.html") in found("d/**/*.html")


def test_two_stars_follow_links_but_in_no_circle(here: Path) -> None:
    put("d/v2/b.html", "d/v2/c/c.html", "far/e/e.html", "far/f.html")
    Path("d/v2/again").symlink_to("..")
    Path("d/v2/c/self").symlink_to(".")
    Path("d/latest").symlink_to("v2")
    Path("d/out").symlink_to("../far")
    Path("far/back").symlink_to("../d")
    names = ["d/out/e/e.html", "d/out/f.html", "d/v2/b.html", "d/v2/c/c.html"]
    assert found("d/**/*.html") == [one(name) for name in names]
    assert found("d/**") == [one(name) for name in names]
    assert found("d/latest/**/c.html") == [one("d/latest/c/c.html")]


@pytest.mark.parametrize("pattern", ["*.html", "missing/[ab]", "x?"])
def test_a_pattern_without_a_match_says_so(here: Path, pattern: str) -> None:
    assert found(pattern) == [failed(pattern, "no file matches")]


def test_a_file_by_the_name_of_a_pattern_is_a_file(here: Path) -> None:
    put("a[1].html", "a1.html")
    assert found("a[1].html") == [one("a[1].html")]


# standard input --------------------------------------------------------


class Slow(io.RawIOBase):
    """A pipe that gives three bytes at a time."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._data.readinto(memoryview(buffer)[:3])


def piped(monkeypatch: pytest.MonkeyPatch, data: bytes, **choices: Any) -> list[Item]:
    items = []
    for stream in (io.BytesIO(data), io.BufferedReader(Slow(data), 5)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(stream))
        items.append(found("-", **choices))
        assert not stream.closed
    assert items[0] == items[1]
    return items[0]


@PACKINGS
@pytest.mark.parametrize(
    "data", [PAGE, b"", b"plain text", b"x" * 20_000, b"{not json}", b'[{"html": "x"}]']
)
def test_standard_input_is_a_page(monkeypatch: pytest.MonkeyPatch, data: bytes, pack: Any) -> None:
    assert piped(monkeypatch, pack(data)) == [one("-", page=data)]


@PACKINGS
def test_standard_input_may_be_an_archive(monkeypatch: pytest.MonkeyPatch, pack: Any) -> None:
    records = [info(), response("a"), response("b", b"x" * 50_000), response("c")]
    items = piped(monkeypatch, b"".join(map(pack, records)))
    assert [(i.source, i.position, i.id) for i in items] == [
        ("-", 0, "a"),
        ("-", 1, "b"),
        ("-", 2, "c"),
    ]
    assert items[2].page == page("c")


@PACKINGS
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf", b"\n\n "])
def test_standard_input_may_be_json_lines(
    monkeypatch: pytest.MonkeyPatch, pack: Any, start: bytes
) -> None:
    rows = [{"html": "x" * 30_000, "id": "a"}, {"html": "y", "id": "b"}]
    data = start + b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    items = piped(monkeypatch, pack(data))
    assert [(i.source, i.position, i.id) for i in items] == [("-", 0, "a"), ("-", 1, "b")]
    assert [i.page for i in items] == ["x" * 30_000, "y"]


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_the_first_bytes_of_a_large_packed_stream_tell(
    here: Path, monkeypatch: pytest.MonkeyPatch, pack: Any
) -> None:
    text = noise(300_000).decode()  # of such text, 8 kB are not enough to unpack any
    rows = "".join(json.dumps({"html": text, "id": name}) + "\n" for name in "ab").encode()
    assert [i.id for i in piped(monkeypatch, pack(rows))] == ["a", "b"]
    records = info() + response("c", text.encode()) + response("d")
    assert [i.id for i in piped(monkeypatch, pack(records))] == ["c", "d"]
    assert piped(monkeypatch, pack(text.encode())) == [one("-", page=text.encode())]
    put("a.dat", data=pack(records))
    assert [i.id for i in found("a.dat")] == ["c", "d"]


def test_standard_input_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    assert piped(monkeypatch, b"x" * 101, max_bytes=100) == [large("-", 100)]


@pytest.mark.parametrize("before", [b"", b"<p>The ferry"])
def test_standard_input_that_fails_is_one_item(
    monkeypatch: pytest.MonkeyPatch, before: bytes
) -> None:
    class Failing(Slow):
        def readinto(self, buffer: Any) -> int:
            if size := super().readinto(buffer):
                return size
            raise OSError(5, "Input/output error")

    stream = io.BufferedReader(Failing(before), 5)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(stream))
    assert found("-") == [failed("-", "Input/output error")]


def test_standard_input_that_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert found("-") == [failed("-", "standard input is closed")]


# choices ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"kind": "pdf"}, 'kind is "auto", "html" or "text", got \'pdf\''),
        ({"max_bytes": 0}, "max_bytes is at least 1, got 0"),
        ({"max_bytes": True}, "max_bytes is an int, got True"),
        ({"max_bytes": 1.5}, "max_bytes is an int, got 1.5"),
    ],
)
def test_wrong_choices_are_refused_at_birth(choice: dict[str, Any], message: str) -> None:
    with pytest.raises(OptionError) as raised:
        Reading(**choice)
    assert str(raised.value) == message


# packages that are not there -------------------------------------------


@pytest.mark.parametrize(
    ("package", "name", "data", "message"),
    [
        ("fastwarc", "a.warc", response("a"), "reading WARC needs FastWARC: .*[warc]"),
        ("fastwarc", "a.warc.zst", zstandard.compress(response("a")), "reading WARC needs Fast"),
        ("zstandard", "a.html.zst", zstandard.compress(PAGE), "reading .zst needs zstandard: "),
        ("zstandard", "a.jsonl.zst", zstandard.compress(b"{}"), "reading .zst needs zstandard: "),
        ("pyarrow", "a.parquet", b"PAR1", "reading Parquet needs pyarrow: pip install"),
    ],
)
def test_a_package_that_is_missing_is_the_callers_matter(
    here: Path,
    monkeypatch: pytest.MonkeyPatch,
    package: str,
    name: str,
    data: bytes,
    message: str,
) -> None:
    put(name, data=data)
    usual = builtins.__import__

    def lacking(wanted: str, *args: Any, **choices: Any) -> Any:
        if wanted.partition(".")[0] == package:
            raise ImportError(f"No module named {wanted!r}")
        return usual(wanted, *args, **choices)

    with monkeypatch.context() as patch:
        patch.setattr(builtins, "__import__", lacking)
        with pytest.raises(MissingExtra, match=message):
            found(name)


# handles ---------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.html", "a.html.zst", "d", "*.html", "a.warc", "a.warc.gz"])
def test_no_file_stays_open_where_reading_ends_early(
    here: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    put("a.html", "b.html", "d/a.html", "d/b.html")
    put("a.html.zst", data=zstandard.compress(PAGE))
    put("a.warc", data=response("a") + response("b"))
    put("a.warc.gz", data=members(response("a"), member(response("b"))))
    opened: list[Any] = []
    usual = Path.open

    def spy(path: Path, *args: Any, **choices: Any) -> Any:
        opened.append(usual(path, *args, **choices))
        return opened[-1]

    monkeypatch.setattr(Path, "open", spy)
    items = read([name, "b.html"])
    next(items)
    items.close()
    assert len(opened) == 1
    assert opened[0].closed
    opened.clear()
    del items
    gc.collect()  # a file that is let go open would be a warning, and so an error
