"""WARC and WET: which records give items, and what is known of them."""

import datetime as dt
import gzip
import io
import tracemalloc
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import brotli
import pytest
import zstandard

from batch.warcs import (
    address,
    conversion,
    http,
    info,
    member,
    members,
    page,
    record,
    request,
    response,
)
from cleanarticle.batch.item import Item, Problem, Status
from cleanarticle.batch.sources import Reading, read
from cleanarticle.batch.sources.tape import CHUNK

FETCHED = dt.datetime(2024, 3, 5, 6, 7, 8, tzinfo=dt.UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "crawl.warc"


def items(path: Path, data: bytes, reading: Reading | None = None) -> list[Item]:
    path.write_bytes(data)
    return list(read([str(path)], reading))


def item(path: Path, name: str, position: int = 0, **changed: Any) -> Item:
    fields = {"page": page(name), "content_type": "text/html; charset=utf-8"} | changed
    return Item(
        source=path.as_posix(),
        position=position,
        id=name,
        url=address(name),
        crawled_at=FETCHED,
        **fields,
    )


def failed(reason: str) -> Problem:
    return Problem(Status.FAILED, reason)


# records ---------------------------------------------------------------


@pytest.mark.parametrize(
    "pack", [b"".join, lambda all_: members(*all_), lambda all_: member(b"".join(all_))]
)
def test_responses_give_items_in_order_and_others_none(path: Path, pack: Any) -> None:
    revisit = record("revisit", "again", http(b""), content_type="application/http")
    metadata = record("metadata", "meta", b"seen: yes", content_type="application/warc-fields")
    data = pack([info(), request("a"), response("a"), metadata, revisit, response("b")])
    assert items(path, data) == [item(path, "a", 0), item(path, "b", 1)]


@pytest.mark.parametrize("size", [7, 100, 1000])
def test_members_need_not_be_records(path: Path, size: int) -> None:
    plain = b"".join((info(), response("a"), request("b"), response("b"), response("c")))
    data = b"".join(member(plain[i : i + size]) for i in range(0, len(plain), size))
    assert items(path, data) == [item(path, n, i) for i, n in enumerate("abc")]


@pytest.mark.parametrize("name", ["x.warc", "x.warc.gz", "x.warc.zst", "x.WARC.gz"])
@pytest.mark.parametrize("pack", [bytes, member, zstandard.compress])
def test_the_packing_is_told_by_the_bytes(tmp_path: Path, name: str, pack: Any) -> None:
    path = tmp_path / name
    assert items(path, pack(response("a"))) == [item(path, "a")]


def test_a_dictionary_of_warc_zst_is_used(tmp_path: Path) -> None:
    path = tmp_path / "x.warc.zst"
    known = zstandard.train_dictionary(2000, [response(f"r{i}") for i in range(300)])
    packed = zstandard.compress(known.as_bytes())
    head = b"\x5d\x2a\x4d\x18" + len(packed).to_bytes(4, "little") + packed
    frames = zstandard.ZstdCompressor(dict_data=known)
    data = head + b"".join(frames.compress(response(n)) for n in "ab")
    assert items(path, data) == [item(path, "a", 0), item(path, "b", 1)]


@pytest.mark.parametrize("name", ["x.wet", "x.warc.wet", "x.warc.wet.gz"])
def test_conversions_are_text(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    data = members(info(), conversion("a", "Die Fähre kam leer zurück."), conversion("b", "Next."))
    first = "Die Fähre kam leer zurück.".encode()
    assert items(path, data) == [
        item(path, "a", 0, page=first, kind="text", content_type="text/plain"),
        item(path, "b", 1, page=b"Next.", kind="text", content_type="text/plain"),
    ]


def test_a_kind_that_was_chosen_goes_before_that_of_the_record(path: Path) -> None:
    data = conversion("a", "x") + response("b")
    assert [i.kind for i in items(path, data, Reading(kind="html"))] == ["html", "html"]


def test_resources_of_html_give_items_and_others_none(path: Path) -> None:
    html = record("resource", "a", page("a"), content_type="text/html")
    image = record("resource", "b", b"\x89PNG", content_type="image/png")
    assert items(path, image + html) == [item(path, "a", content_type="text/html")]


@pytest.mark.parametrize("name", ["x.wat", "x.warc.wat.gz"])
def test_a_wat_file_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    (found,) = items(path, info())
    assert found.problem == failed("a WAT file holds no pages: give the WARC or WET file")


@pytest.mark.parametrize(
    ("data", "reason"), [(b"", "the file is empty"), (info(), "the file holds no page")]
)
def test_a_file_without_pages_says_so(path: Path, data: bytes, reason: str) -> None:
    (found,) = items(path, data)
    assert (found.position, found.page, found.problem) == (0, None, failed(reason))


# fields ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "wanted"),
    [
        ("2024-03-05T06:07:08Z", FETCHED),
        ("2024-03-05T06:07:08.5Z", FETCHED.replace(microsecond=500_000)),
        ("2024-03-05T06:07:08", FETCHED),
        ("2024-03-05", dt.datetime(2024, 3, 5, tzinfo=dt.UTC)),
        ("2024", None),
        ("20240305060708", None),
        ("soon", None),
    ],
)
def test_the_time_of_the_fetch_has_a_zone(path: Path, date: str, wanted: Any) -> None:
    (found,) = items(path, record("response", "a", http(page("a")), date=date))
    assert found.crawled_at == wanted
    assert wanted is None or found.crawled_at.tzinfo is not None


def test_addresses_lose_their_brackets_and_ids_their_scheme(path: Path) -> None:
    bracketed = record("response", "a", http(page("a")), url="<https://example.org/a>")
    assert items(path, bracketed) == [item(path, "a")]


def test_what_a_record_does_not_say_is_left_open(path: Path) -> None:
    block = http(page("a"), content_type="")
    data = f"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: {len(block)}\r\n\r\n".encode()
    assert items(path, data + block + b"\r\n\r\n") == [
        Item(source=path.as_posix(), position=0, id=f"{path.as_posix()}#0", page=page("a"))
    ]


def test_bytes_that_are_no_text_in_a_header_do_no_harm(path: Path) -> None:
    (found,) = items(path, response("a").replace(b"example.org/a", b"example.org/caf\xe9"))
    assert found.url == "https://example.org/caf\ufffd"
    assert found.page == page("a")


def test_line_ends_without_a_carriage_return_are_read(path: Path) -> None:
    block = http(page("a")).replace(b"\r\n", b"\n")
    data = record("response", "a", block).replace(b"\r\n", b"\n")
    assert items(path, data + data) == [item(path, "a", 0), item(path, "a", 1)]


def test_a_response_that_holds_no_http_is_the_page(path: Path) -> None:
    bare = record("response", "a", page("a"))
    typed = record("response", "b", b"1.2.3.4", content_type="text/dns")
    first, second = items(path, bare + typed)
    assert first == item(path, "a", content_type="")
    assert second.problem == failed("content type text/dns")


# answers ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("200 OK", None),
        ("203 Non-Authoritative", None),
        ("200", None),
        (" 200 OK", None),
        ("2xx strange", None),
        ("301 Moved", "status 301"),
        ("404 Not Found", "status 404"),
        ("500 Error", "status 500"),
    ],
)
def test_answers_that_are_no_success_fail(path: Path, status: str, reason: str | None) -> None:
    (found,) = items(path, record("response", "a", http(page("a"), status=status)))
    assert found.problem == (reason and failed(reason))
    assert found.page == (page("a") if reason is None else None)
    assert (found.id, found.url, found.crawled_at) == ("a", address("a"), FETCHED)


@pytest.mark.parametrize(
    ("content_type", "reason"),
    [
        ("text/html", None),
        ("TEXT/HTML; charset=latin-1", None),
        ("application/xhtml+xml", None),
        ("text/plain", None),
        ("", None),
        ("html", None),
        ("application/pdf", "content type application/pdf"),
        ("image/png; x=y", "content type image/png"),
        ("application/json", "content type application/json"),
        ("text/css", "content type text/css"),
    ],
)
def test_types_that_are_no_pages_fail(path: Path, content_type: str, reason: str | None) -> None:
    block = http(page("a"), content_type=content_type)
    (found,) = items(path, record("response", "a", block))
    assert found.problem == (reason and failed(reason))
    assert found.content_type == content_type


# codings ---------------------------------------------------------------


def chunked(body: bytes, size: int = 50, line: str = "{:x}") -> bytes:
    parts = [body[i : i + size] for i in range(0, len(body), size)]
    chunks = [line.format(len(part)).encode() + b"\r\n" + part + b"\r\n" for part in parts]
    return b"".join(chunks) + b"0\r\n\r\n"


def raw_deflate(body: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(body) + stream.flush()


def coded(path: Path, body: bytes, *headers: str, more: Any = (), **choices: Any) -> Item:
    block = http(body, more=headers)
    (found,) = items(path, record("response", "a", block, more=more), Reading(**choices))
    return found


CODINGS = [
    (member, "Content-Encoding: gzip"),
    (member, "Content-Encoding: X-GZIP"),
    (lambda body: member(body[:50]) + member(body[50:]), "Content-Encoding: gzip"),
    (zlib.compress, "Content-Encoding: deflate"),
    (raw_deflate, "Content-Encoding: deflate"),
    (brotli.compress, "Content-Encoding: br"),
    (zstandard.compress, "Content-Encoding: zstd"),
    (lambda body: brotli.compress(member(body)), "Content-Encoding: gzip, br"),
    (lambda body: member(member(body)), "Content-Encoding: gzip"),
    (member, "X-Coding: not named"),
    (chunked, "Transfer-Encoding: chunked"),
    (lambda body: chunked(body, line="{:X}; name=value"), "Transfer-Encoding: chunked"),
    (lambda body: chunked(body, line="{:x}  "), "Transfer-Encoding: Chunked"),
    (bytes, "Content-Encoding: identity"),
    (bytes, "Content-Encoding: UTF-8"),
]


@pytest.mark.parametrize(("pack", "header"), CODINGS)
def test_codings_are_unpacked(path: Path, pack: Any, header: str) -> None:
    found = coded(path, pack(page("a")), header)
    assert (found.page, found.problem) == (page("a"), None)


def test_a_chunked_and_packed_body_is_unpacked(path: Path) -> None:
    body = chunked(member(page("a")))
    headers = "Transfer-Encoding: chunked", "Content-Encoding: gzip"
    assert coded(path, body, *headers).page == page("a")


@pytest.mark.parametrize(
    "header",
    [
        "Content-Encoding: gzip",
        "Content-Encoding: deflate",
        "Content-Encoding: br",
        "Content-Encoding: zstd",
        "Transfer-Encoding: chunked",
    ],
)
@pytest.mark.parametrize("body", [page("a"), b""])
def test_a_body_that_the_crawler_has_unpacked_is_read(path: Path, header: str, body: bytes) -> None:
    assert coded(path, body, header).page == body


@pytest.mark.parametrize("name", ["Content-Encoding: gzip", "Transfer-Encoding: chunked"])
@pytest.mark.parametrize("body", [b"17 boats came back", b"7\r\nboats came back"])
def test_text_that_the_crawler_has_unpacked_is_read(path: Path, name: str, body: bytes) -> None:
    assert coded(path, body, name).page == body


@pytest.mark.parametrize(
    ("body", "header", "reason"),
    [
        (member(page("a"))[:-20], "Content-Encoding: gzip", "gzip is broken"),
        (member(page("a"))[:60] + b"\0" * 20, "Content-Encoding: gzip", "gzip is broken"),
        (b"\x01\x02\x03", "Content-Encoding: deflate", "deflate is broken"),
        (brotli.compress(page("a"))[:-5], "Content-Encoding: br", "br is broken"),
        (zstandard.compress(page("a"))[:-5], "Content-Encoding: zstd", "zstd is broken"),
    ],
)
def test_a_broken_coding_fails(path: Path, body: bytes, header: str, reason: str) -> None:
    assert coded(path, body, header).problem == failed(f"the content encoding {reason}")


def test_broken_chunks_fail(path: Path) -> None:
    body = chunked(page("a")).replace(b"\r\n32\r\n", b"\r\nzz\r\n", 1)
    found = coded(path, body, "Transfer-Encoding: chunked")
    assert found.problem == failed("the transfer encoding chunked is broken")


def test_an_unknown_coding_fails_by_its_name(path: Path) -> None:
    found = coded(path, page("a"), "Content-Encoding: compress")
    assert found.problem == failed("content encoding compress")


@pytest.mark.parametrize(
    ("pack", "header"),
    [(member, "Content-Encoding: gzip"), (chunked, "Transfer-Encoding: chunked")],
)
def test_of_a_record_said_to_be_truncated_all_there_is_is_read(
    path: Path, pack: Any, header: str
) -> None:
    whole = page("a", 4000)
    cut = pack(whole)[:-30]
    assert coded(path, cut, header).problem is not None
    found = coded(path, cut, header, more=["WARC-Truncated: length"])
    assert found.problem is None
    assert isinstance(found.page, bytes)
    assert whole.startswith(found.page)
    assert len(found.page) > 50


# sizes -----------------------------------------------------------------


LARGE = Problem(Status.TOO_LARGE, "more than 1000 bytes")


@pytest.mark.parametrize(
    ("pack", "header"), [c for c in CODINGS if c[0] not in (bytes, chunked)][:9]
)
def test_the_limit_is_of_the_unpacked_page(path: Path, pack: Any, header: str) -> None:
    assert coded(path, pack(b"a" * 1000), header, max_bytes=1000).page == b"a" * 1000
    found = coded(path, pack(b"a" * 1001), header, max_bytes=1000)
    assert (found.page, found.problem) == (None, LARGE)


@pytest.mark.parametrize("size", [1001, 40_000, 200_000])
def test_a_page_that_is_too_large_is_passed_over(path: Path, size: int) -> None:
    data = response("a") + response("b", b"b" * size) + response("c")
    found = items(path, data, Reading(max_bytes=1000))
    assert found == [
        item(path, "a", 0),
        item(path, "b", 1, page=None, problem=LARGE),
        item(path, "c", 2),
    ]


def test_a_large_file_of_another_type_fails_for_its_type(path: Path) -> None:
    block = http(b"x" * 100_000, content_type="video/mp4")
    (found,) = items(path, record("response", "a", block), Reading(max_bytes=1000))
    assert found.problem == failed("content type video/mp4")


def bombs() -> Iterator[tuple[bytes, str]]:
    zeros = bytes(60_000_000)
    twice = member(member(zeros))
    for name, body in (("gzip", member(zeros)), ("br", brotli.compress(zeros, quality=1))):
        yield record("response", "a", http(body, more=[f"Content-Encoding: {name}"])), name
    yield record("response", "a", http(twice, more=["Content-Encoding: gzip"])), "gzip in gzip"
    yield member(record("response", "a", http(zeros))), "a member"
    yield zstandard.compress(record("response", "a", http(zeros))), "a frame"


@pytest.mark.parametrize(("data", "name"), [pytest.param(*bomb, id=bomb[1]) for bomb in bombs()])
def test_bombs_are_not_unpacked(path: Path, data: bytes, name: str) -> None:
    path.write_bytes(data)
    tracemalloc.start()
    try:
        (found,) = read([str(path)], Reading(max_bytes=100_000))
        assert found.problem == Problem(Status.TOO_LARGE, "more than 100000 bytes")
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


class Failing(io.RawIOBase):
    """A file on a disk with a bad block."""

    def __init__(self, data: bytes, bad: int) -> None:
        self._data, self._bad = io.BytesIO(data), bad

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._data.tell() >= self._bad:
            raise OSError(5, "Input/output error")
        return self._data.readinto(buffer)


@pytest.mark.parametrize("pack", [bytes, member])
def test_a_fault_of_the_disk_is_told(
    path: Path, pack: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    noise = bytes(i * i * i % 251 for i in range(400_000))
    data = pack(response("a")) + pack(response("b", noise))
    path.touch()
    file = io.BufferedReader(Failing(data, 1000))
    monkeypatch.setattr(Path, "open", lambda *_args, **_choices: file)
    first, second = read([str(path)])
    assert first == item(path, "a")
    assert second.problem is not None
    assert "Input/output error" in second.problem.reason
    assert file.closed


@pytest.mark.parametrize("into", [0, 1, 2, 3])
def test_a_read_may_end_within_the_first_bytes_of_a_member(path: Path, into: int) -> None:
    def first(size: int) -> bytes:
        data = response("first", b"<p>" + b"a" * size)
        return gzip.compress(data, compresslevel=0, mtime=0)

    size = CHUNK
    while len(first(size)) > CHUNK - into:
        size -= 1
    data = first(size) + members(response("second"), response("third"))
    assert data[CHUNK - into :].startswith(b"\x1f\x8b")
    found = [(item.id, item.problem) for item in items(path, data)]
    assert found == [("first", None), ("second", None), ("third", None)]
