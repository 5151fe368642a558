"""What a batch reads: bombs, files that are none, and input that never ends."""

import gzip
import io
import os
import sys
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from batch import warcs
from cleanarticle.batch.item import Item, Status
from cleanarticle.batch.sources import Reading, read
from cleanarticle.cli import main
from hardening import archives, packed

LIMIT = 100_000
UNPACKED = 48  # megabytes of a bomb
PEAK = 40 << 20  # bytes: two blocks of zstd may take 16 MB each
NEEDS = {"zst": "zstandard", "warc": "fastwarc"}


def items(path: Path, data: bytes) -> tuple[list[Item], int]:
    """What is read, and the most memory that it took meanwhile."""
    path.write_bytes(data)
    del data
    tracemalloc.start()
    try:
        return list(read([str(path)], Reading(max_bytes=LIMIT))), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def require(suffix: str) -> None:
    for part in suffix.split("."):
        if part in NEEDS:
            pytest.importorskip(NEEDS[part])


@pytest.mark.parametrize("name", archives.BOMBS)
def test_a_bomb_is_a_page_too_large_and_is_not_held(tmp_path: Path, name: str) -> None:
    suffix, make = archives.BOMBS[name]
    require("zst" if "zstd" in name else "")
    require(suffix)
    found, peak = items(tmp_path / f"a.{suffix}", make(UNPACKED))
    assert [item.problem and item.problem.status for item in found] == [Status.TOO_LARGE]
    assert peak < PEAK


@pytest.mark.parametrize("name", archives.FALSE)
def test_what_is_false_is_an_item_that_failed_and_is_not_held(tmp_path: Path, name: str) -> None:
    suffix, make = archives.FALSE[name]
    require(suffix)
    found, peak = items(tmp_path / f"a.{suffix}", make(UNPACKED))
    assert [item.problem and item.problem.status for item in found] == [Status.FAILED]
    assert peak < PEAK


def test_members_without_end_are_unpacked_piece_by_piece(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    body = packed.members(100_000, 0) + gzip.compress(
        warcs.page("a")
    )  # zlib copies the rest for each
    record = warcs.record("response", "a", warcs.http(body, more=["Content-Encoding: gzip"]))
    (tmp_path / "a.warc").write_bytes(record)
    (found,) = read([str(tmp_path / "a.warc")])
    assert found.page == warcs.page("a")


def test_a_value_that_many_rows_share_is_held_once(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    (tmp_path / "a.parquet").write_bytes(archives.parquet(rows=50, megabytes=4))
    held = 0
    for item in read([str(tmp_path / "a.parquet")], Reading(max_bytes=LIMIT)):
        assert item.problem is not None
        assert item.problem.status == Status.TOO_LARGE
        held = max(held, pa.total_allocated_bytes())
    assert held < 24 << 20


def test_pipes_and_devices_of_a_folder_are_not_waited_for(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("there are none here")
    os.mkfifo(tmp_path / "pipe.html")
    (tmp_path / "zero.warc").symlink_to("/dev/zero")
    (tmp_path / "zero.html").symlink_to("/dev/zero")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "round").symlink_to("..")
    (tmp_path / "in" / "round.html").symlink_to("round.html")
    (tmp_path / "in" / "a.html").write_bytes(warcs.page("a"))
    for name in ("", "/*", "/*/*", "/**", "/**/*.html"):
        found = list(read([f"{tmp_path}{name}"]))
        pages = {item.id for item in found if item.page is not None}
        assert pages == {(tmp_path / "in" / "a.html").as_posix()} or name == "/*/*"
        assert not any(Path(item.id).stem in ("pipe", "zero") for item in found)


def test_names_of_files_may_be_any_bytes(tmp_path: Path) -> None:
    names = [b"a\nb.html", b"c\xff.html", b"\xed\xa0\x80.html", b"d\x1b[31m.html", b"$(x).html"]
    for name in names:
        try:
            Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(warcs.page("a"))
        except OSError:
            pytest.skip("not on this system")
    found = list(read([str(tmp_path)]))
    assert len({item.id for item in found}) == len(names)
    assert all(item.page == warcs.page("a") for item in found)
    assert all(item.id.encode("utf-8") for item in found)


class Endless(io.RawIOBase):
    """Standard input that goes on for ever, up to what a test allows."""

    left = 50 << 20

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.left -= len(buffer)
        assert self.left > 0, "more is read than any limit allows"
        buffer[:] = b"x" * len(buffer)
        return len(buffer)


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Endless())))


def test_standard_input_that_never_ends_is_a_page_too_large(endless: None) -> None:
    (found,) = read(["-"], Reading(max_bytes=LIMIT))
    assert found.problem is not None
    assert found.problem.status == Status.TOO_LARGE


def test_the_command_reads_standard_input_up_to_a_limit(endless: None, capsys: Any) -> None:
    assert main(["-", "--kind", "text", "--limits", f"page_bytes={LIMIT}"]) == 0
    shown = capsys.readouterr()
    assert shown.err == (
        f"cleanarticle: -: the page was cut off after {LIMIT} bytes (Limits.page_bytes)\n"
    )
    assert set(shown.out) == {"x", "\n"}
