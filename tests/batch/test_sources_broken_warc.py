"""Archives with faults: each response is accounted for once, and what can be read is read."""

import io
import random
from pathlib import Path
from typing import Any

import pytest

from batch.warcs import (
    address,
    http,
    info,
    member,
    members,
    page,
    record,
    request,
    response,
    spoilt,
)
from cleanarticle.batch.item import Item, Status
from cleanarticle.batch.sources import Reading, read
from cleanarticle.batch.sources.files import read_stdin

A, B, C = (response(name) for name in "abc")
LENGTH = len(B) - B.index(b"\r\n\r\n") - 8  # of the block of B
HEAD = B.index(b"\r\n\r\n") + 4  # bytes before it


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "crawl.warc"


def outcomes(path: Path, data: bytes, **choices: Any) -> list[tuple[str, str | None]]:
    """(id, reason) of each item, of good ones None; their positions and pages are looked at."""
    path.write_bytes(data)
    found = list(read([str(path)], Reading(**choices)))
    return seen(found)


def seen(found: list[Item]) -> list[tuple[str, str | None]]:
    assert [item.position for item in found] == list(range(len(found)))
    for item in found:
        if item.problem is None:
            assert item.page == page(item.id)
        else:
            assert item.page is None
    return [(item.id.rpartition("/")[2], item.problem and item.problem.reason) for item in found]


def false(length: int, place: int) -> str:
    return f"Content-Length {length} is false: the record does not end there (from byte {place})"


# lengths ---------------------------------------------------------------


@pytest.mark.parametrize("length", [0, 10, LENGTH - 3, LENGTH + 5, LENGTH + 300])
def test_a_false_length_costs_its_record_alone(path: Path, length: int) -> None:
    bad = response("b", length=length)
    assert outcomes(path, A + bad + C + A) == [
        ("a", None),
        ("b", false(length, len(A))),
        ("c", None),
        ("a", None),
    ]


@pytest.mark.parametrize("more", [1, 2, 4])
@pytest.mark.parametrize("pack", [bytes, member])
def test_a_length_that_takes_in_the_line_ends_does_no_harm(
    path: Path, more: int, pack: Any
) -> None:
    path.write_bytes(pack(A + response("b", length=LENGTH + more) + C))
    a, b, c = read([str(path)])
    assert (a.page, c.page) == (page("a"), page("c"))
    assert b.page == page("b") + b"\r\n\r\n"[:more]


@pytest.mark.parametrize("length", [5_000, 10**6, 10**12])
@pytest.mark.parametrize("pack", [bytes, member])
@pytest.mark.parametrize("max_bytes", [4000, 20_000_000])
def test_a_length_that_takes_in_the_other_records_does_not(
    path: Path, length: int, pack: Any, max_bytes: int
) -> None:
    data = pack(A + response("b", length=length) + C + info() + A)
    found = outcomes(path, data, max_bytes=max_bytes)
    place = len(A) if pack is bytes else 0
    assert found == [("a", None), ("b", false(length, place)), ("c", None), ("a", None)]


@pytest.mark.parametrize("size", [100_000, 131_072, 300_000])
@pytest.mark.parametrize("off", [-50_000, -1, 5, 700, 10**9])
@pytest.mark.parametrize("pack", [bytes, member])
def test_a_false_length_of_a_huge_record(path: Path, size: int, off: int, pack: Any) -> None:
    huge = response("b", b"b" * size)
    length = len(huge) - huge.index(b"\r\n\r\n") - 8 + off
    bad = response("b", b"b" * size, length=length)
    found = outcomes(path, pack(A + bad + C + A), max_bytes=5000)
    assert found == [
        ("a", None),
        ("b", false(length, len(A) if pack is bytes else 0)),
        ("c", None),
        ("a", None),
    ]


@pytest.mark.parametrize("over", range(-70, 5, 3))
def test_a_record_that_is_taken_in_is_found_on_the_edge_of_a_read(path: Path, over: int) -> None:
    head = len(http(b""))
    bad = response("b", b"b" * ((1 << 16) - head + over), length=10**9)
    found = outcomes(path, bad + C + A, max_bytes=5000)
    assert found == [("b", false(10**9, 0)), ("c", None), ("a", None)]


def test_a_length_that_ends_at_a_blank_line_of_the_next_record_is_false(path: Path) -> None:
    to_blank_line = LENGTH + 4 + HEAD - 4
    data = A + response("b", length=to_blank_line) + C
    assert outcomes(path, data) == [("a", None), ("b", false(to_blank_line, len(A))), ("c", None)]


@pytest.mark.parametrize("length", ["", "-5", "many", "1e3", "9" * 30])
def test_a_record_without_a_length_fails_alone(path: Path, length: str) -> None:
    reason = f"the record has no Content-Length (from byte {len(A)})"
    data = A + response("b", length=length) + C
    assert outcomes(path, data) == [("a", None), ("b", reason), ("c", None)]


@pytest.mark.parametrize("length", [3, 10**6])
def test_a_false_length_of_a_request_is_told_where_it_may_have_cost_a_page(
    path: Path, length: int
) -> None:
    bad = request("b").replace(b"Content-Length: ", f"Content-Length: {length}\r\nX: ".encode())
    assert outcomes(path, members(A, bad, C)) == [("a", None), ("c", None)]
    told = [("a", None), ("crawl.warc#1", false(length, len(A))), ("c", None)]
    assert outcomes(path, A + bad + C) == told


@pytest.mark.parametrize("length", [10, 5_000, 10**7])
@pytest.mark.parametrize("max_bytes", [4000, 20_000_000])
def test_a_member_ends_a_record_whatever_its_length(
    path: Path, length: int, max_bytes: int
) -> None:
    bad = response("b", length=length)
    found = outcomes(path, members(A, bad, C), max_bytes=max_bytes)
    place, there = len(member(A)), LENGTH + 4
    cut = f"the record is cut off: {there} of {length} bytes (from byte {place})"
    assert found == [("a", None), ("b", false(10, place) if length == 10 else cut), ("c", None)]


@pytest.mark.parametrize("max_bytes", [4000, 20_000_000])
@pytest.mark.parametrize("pack", [bytes, member])
def test_an_archive_in_a_page_is_no_part_of_the_archive(
    path: Path, pack: Any, max_bytes: int
) -> None:
    inner = b"<pre>" + A + response("x", b"x" * 90_000) + B + b"</pre>" + b"y" * 200_000
    path.write_bytes(pack(A + response("b", inner) + C))
    found = list(read([str(path)], Reading(max_bytes=max_bytes)))
    assert [item.id for item in found] == ["a", "b", "c"]
    assert found[1].page == (inner if max_bytes > 4000 else None)


# broken members --------------------------------------------------------


def place(*before: bytes) -> str:
    return f"(from byte {sum(map(len, before))})"


def test_a_member_that_breaks_behind_its_header_is_known_by_it(path: Path) -> None:
    a, b, c = map(member, (A, response("b", noise("b")), C))
    found = outcomes(path, a + spoilt(b, len(b) - 400) + c)
    assert found == [("a", None), ("b", f"broken gzip data {place(a)}"), ("c", None)]


def noise(name: str) -> bytes:
    """A page that hardly packs."""
    return page(name) + random.Random(name).randbytes(5000)


@pytest.mark.parametrize("at", [0, 1, 2, 3, 12, 20])
def test_a_member_whose_header_is_lost_is_one_item(path: Path, at: int) -> None:
    a, b, c = map(member, (A, B, C))
    found = outcomes(path, a + spoilt(b, at, 8) + c)
    assert [name for name, reason in found if reason is None] == ["a", "c"]
    ((name, reason),) = [item for item in found if item[1] is not None]
    assert name == "crawl.warc#1"
    assert reason is not None
    assert reason.endswith(place(a))


def test_a_false_checksum_fails(path: Path) -> None:
    a, b, c = map(member, (A, B, C))
    found = outcomes(path, a + spoilt(b, len(b) - 8, 4) + c)
    assert found == [("a", None), ("b", f"broken gzip data {place(a)}"), ("c", None)]


@pytest.mark.parametrize("left", [1, 5, 9, 15, 100, 250, -40, -1])
def test_a_member_that_is_cut_off_does_not_take_in_the_next(path: Path, left: int) -> None:
    a, b, c = map(member, (A, B, C))
    found = outcomes(path, a + b[:left] + c + a)
    assert [name for name, reason in found if reason is None] == ["a", "c", "a"]
    ((_name, reason),) = [item for item in found if item[1] is not None]
    assert reason is not None
    assert reason.endswith(place(a))


def test_members_taken_in_by_one_that_is_cut_off_are_found_far_behind(path: Path) -> None:
    block, c = response("b", noise("b") * 50), member(C)
    stored = b"\x1f\x8b\x08" + bytes(6) + b"\xff"  # with blocks of deflate that are not packed
    for i in range(2):
        stored += b"\0\xff\xff\0\0" + block[i * 65_535 : (i + 1) * 65_535]
    data = stored[:66_000] + c + spoilt(c, 0) * 400 + c  # the block goes on, whatever is there
    found = outcomes(path, data)
    assert found[0] == ("b", "broken gzip data (from byte 0)")
    assert [name for name, reason in found if reason is None] == ["c", "c"]


@pytest.mark.parametrize("rubbish", [b"rubbish", b"\x1f\x8b", b"\x1f\x8b\x08rubbish", b"WARC/1.0"])
def test_rubbish_between_members_is_one_item(path: Path, rubbish: bytes) -> None:
    a, c = member(A), member(C)
    found = outcomes(path, a + rubbish + c)
    assert [name for name, _reason in found] == ["a", "crawl.warc#1", "c"]
    assert [reason is None for _name, reason in found] == [True, False, True]


def test_zeros_between_and_behind_members_are_padding(path: Path) -> None:
    a, c, zeros = member(A), member(C), bytes(100_000)
    assert outcomes(path, a + zeros + c + zeros) == [("a", None), ("c", None)]


def test_many_broken_members_in_a_row(path: Path) -> None:
    a, b, c = map(member, (A, B, C))
    bad = [spoilt(b, 30), b[:50], spoilt(b, 0), b[:-3]]
    found = outcomes(path, a + b"".join(bad) + c)
    assert (found[0], found[-1]) == (("a", None), ("c", None))
    assert all(reason is not None for _name, reason in found[1:-1])
    assert 1 <= len(found) - 2 <= len(bad)


def test_a_broken_member_is_told_whatever_it_holds(path: Path) -> None:
    long = record("request", "r", noise("r"), content_type="application/http; msgtype=request")
    a, r, c = map(member, (A, long, C))
    bad = spoilt(r, len(r) - 400)
    lost = ("crawl.warc#1", f"broken gzip data {place(a)}")
    assert outcomes(path, a + bad + c) == [("a", None), lost, ("c", None)]
    assert outcomes(path, a + bad) == [("a", None), lost]


# files that are cut off, or none ---------------------------------------


@pytest.mark.parametrize("pack", [bytes, member])
@pytest.mark.parametrize("left", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_the_last_record_of_a_file_that_is_cut_off_fails(
    path: Path, pack: Any, left: float
) -> None:
    packed = pack(B)
    found = outcomes(path, pack(A) + packed[: int(len(packed) * left)])
    assert found[0] == ("a", None)
    ((_name, reason),) = found[1:]
    assert reason is not None
    assert reason.endswith(place(pack(A)))


def test_the_cut_is_told_in_bytes(path: Path) -> None:
    data = A + B[: HEAD + 100]
    reason = f"the record is cut off: 100 of {LENGTH} bytes {place(A)}"
    assert outcomes(path, data) == [("a", None), ("b", reason)]


def test_a_file_that_is_cut_off_in_a_request_says_so(path: Path) -> None:
    lost = request("b")
    found = outcomes(path, A + lost[:-20])
    assert found[0] == ("a", None)
    assert found[1][0] == "crawl.warc#1"
    assert found[1][1] is not None
    assert found[1][1].startswith("the record is cut off: ")


def test_rubbish_between_records_is_one_item_and_no_fault_of_the_one_before(path: Path) -> None:
    lost = b"W4RC" + B[4:]
    assert outcomes(path, A + lost + C) == [
        ("a", None),
        ("crawl.warc#1", f"no WARC record can be found {place(A)}"),
        ("c", None),
    ]


def test_a_file_that_is_no_archive_is_one_item(path: Path) -> None:
    found = outcomes(path, page("x") * 3000)
    assert found == [("crawl.warc#0", "no WARC record can be found (from byte 0)")]


@pytest.mark.parametrize("size", [40_000, 200_000])
def test_a_header_that_is_too_long_costs_its_record_alone(path: Path, size: int) -> None:
    bad = record("response", "b", b"", more=[f"X: {'x' * size}"])
    reason = f"the header of the record has no end, or is too long {place(A)}"
    assert outcomes(path, A + bad + C) == [("a", None), ("crawl.warc#1", reason), ("c", None)]


def test_a_header_of_http_that_is_too_long_fails(path: Path) -> None:
    bad = record("response", "b", b"HTTP/1.1 200 OK\r\nX: " + b"x" * 50_000)
    reason = "the HTTP header has no end, or is too long"
    assert outcomes(path, A + bad + C) == [("a", None), ("b", reason), ("c", None)]


def test_broken_zstd_says_what_is_lost(path: Path) -> None:
    import zstandard

    long = page("a", 2000)
    frames = [zstandard.compress(one) for one in (A, record("warcinfo", "i", long), B, C)]
    found = outcomes(path, frames[0] + frames[1] + spoilt(frames[2], 0) + frames[3])
    assert found[0] == ("a", None)
    assert len(found) == 2
    assert found[1][1] is not None
    assert "frame descriptor" in found[1][1]


# standard input --------------------------------------------------------


class Pipe(io.RawIOBase):
    """Standard input that gives few bytes at a time and cannot go back."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._data.readinto(memoryview(buffer)[:1000])


def piped(monkeypatch: pytest.MonkeyPatch, data: bytes, **choices: Any) -> list[Any]:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(Pipe(data))))
    return seen(list(read_stdin(Reading(**choices))))


def test_broken_members_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    a, b, c = map(member, (A, B, C))
    found = piped(monkeypatch, a + b[:200] + c + spoilt(b, 50) + a)
    assert [name for name, reason in found if reason is None] == ["a", "c", "a"]
    assert len(found) == 5


def test_a_huge_false_length_in_a_pipe_says_what_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    bad = response("b", b"b" * 100_000, length=150_000)
    data = A + bad + C + response("d", b"d" * 60_000) + A
    found = piped(monkeypatch, data, max_bytes=5000)
    assert found[0] == ("a", None)
    assert found[1] == (
        "b",
        "Content-Length 150000 is false: the record does not end there, and what it takes in "
        f"cannot be read again {place(A)}",
    )
    assert found[-1] == ("a", None)


# all at once -----------------------------------------------------------


def crawl(count: int) -> list[bytes]:
    names = [f"r{i}" for i in range(count)]
    return [one for name in names for one in (request(name), response(name, noise(name)))]


@pytest.mark.parametrize("pack", [bytes, member])
@pytest.mark.parametrize("seed", range(40))
def test_no_damage_costs_more_than_what_it_hits(path: Path, pack: Any, seed: int) -> None:
    draw = random.Random(seed)
    records = [pack(one) for one in crawl(12)]
    hit = set(draw.sample(range(len(records)), 4))
    for i in hit:
        at = draw.randrange(len(records[i]) - 20)
        damage = [records[i][:at], spoilt(records[i], at, draw.choice((1, 8, 60)))]
        records[i] = draw.choice(damage)
    path.write_bytes(b"".join(records))
    found = list(read([str(path)]))
    again = list(read([str(path)]))
    assert found == again
    assert [item.position for item in found] == list(range(len(found)))
    good = {item.id: item.page for item in found if item.problem is None}
    whole = [f"r{i // 2}" for i in range(1, len(records), 2) if i not in hit]
    before_hit = {f"r{i // 2 - 1}" for i in hit if not i % 2} | {f"r{i // 2}" for i in hit}
    for name in whole:
        if pack is member or name not in before_hit:
            assert good[name] == noise(name)
    ids = [item.id for item in found]
    assert all(ids.count(f"r{i}") <= 1 for i in range(12))
    assert {item.problem.status for item in found if item.problem} <= {Status.FAILED}
    assert address("r0") == "https://example.org/r0"
