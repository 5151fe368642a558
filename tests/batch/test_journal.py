"""The journal: what is kept of a run that was ended, and what is refused."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from cleanarticle.article import Article
from cleanarticle.batch.item import Item, Status
from cleanarticle.batch.journal import Entry, Journal, entries, path_for
from cleanarticle.batch.row import row_of
from cleanarticle.errors import OptionError, UnreadableInput

BEGUN = {"sources": ["pages", "b.html"], "options": "Options()", "dedup": False}


def entry(number: int, body: str = "It rained.", **changes: Any) -> Entry:
    item = Item(source="pages", position=number, id=f"pages#{number}")
    known: dict[str, Any] = {"seconds": 0.5, "input_bytes": 7, "signature": None, **changes}
    return Entry(number=number, row=row_of(item, Article(body=body), Status.OK, None), **known)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "out.jsonl.partial"


def fill(path: Path, numbers: Any, begun: Any = None) -> None:
    with Journal(path, begun or BEGUN, resume=True) as journal:
        for number in numbers:
            journal.append(entry(number).to_line())


def test_it_lies_beside_the_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert path_for(Path("a/out.jsonl.gz")) == Path("a/out.jsonl.gz.partial")
    assert path_for(Path("folder/")) == Path("folder.partial")
    assert path_for(Path()) == tmp_path.with_name(f"{tmp_path.name}.partial")
    with pytest.raises(OptionError, match=r"^/ cannot be written"):
        path_for(Path("/"))


def test_an_entry_comes_back_as_it_was() -> None:
    one = entry(3, "“Größe”\n\ud83d and \ude00\x00", signature="AAAA")
    assert Entry.of_line(one.to_line()) == one
    assert one.to_line().count(b"\n") == 1


def test_entries_come_in_the_order_of_the_sources(path: Path) -> None:
    numbers = list(range(500))
    random.Random(6).shuffle(numbers)
    fill(path, numbers)
    found = list(entries(path))
    assert [one.number for one in found] == list(range(500))
    assert found[7] == entry(7)


def test_entries_of_one_number_keep_the_order_in_which_they_were_done(path: Path) -> None:
    with Journal(path, BEGUN, resume=False) as journal:
        for number, body in [(1, "a"), (0, "b"), (1, "c"), (0, "d")]:
            journal.append(entry(number, body).to_line())
    assert [one.row["body"] for one in entries(path)] == ["b", "d", "a", "c"]


def test_what_is_there_is_known_and_gone_on_with(path: Path) -> None:
    fill(path, [0, 2])
    with Journal(path, BEGUN, resume=True) as journal:
        assert journal.resumed == 2
        assert [("pages", n) in journal.seen for n in range(4)] == [True, False, True, False]
        journal.append(entry(1).to_line())
    assert [one.number for one in entries(path)] == [0, 1, 2]


def test_without_resume_it_begins_anew(path: Path) -> None:
    fill(path, [0, 2])
    with Journal(path, BEGUN, resume=False) as journal:
        assert journal.resumed == 0
        assert ("pages", 0) not in journal.seen
    assert list(entries(path)) == []


@pytest.mark.parametrize("kept", ["{", '{"number": 2, "row": {"id": "pages#2", "so', "almost all"])
def test_a_torn_last_line_is_dropped(kept: str, path: Path) -> None:
    fill(path, [0, 1])
    whole = path.read_bytes()
    torn = entry(2).to_line()[:-1] if kept == "almost all" else kept.encode()
    path.write_bytes(whole + torn)
    with Journal(path, BEGUN, resume=True) as journal:
        assert journal.resumed == 2
        assert ("pages", 2) not in journal.seen
        assert path.read_bytes() == whole
        journal.append(entry(2).to_line())
    assert path.read_bytes() == whole + entry(2).to_line()


@pytest.mark.parametrize("kept", [0, 1, 20, -1])
def test_a_torn_first_line_begins_anew(kept: int, path: Path) -> None:
    fill(path, [])
    first = path.read_bytes()
    path.write_bytes(first[:kept])
    with Journal(path, BEGUN, resume=True) as journal:
        assert journal.resumed == 0
    assert path.read_bytes() == first


@pytest.mark.parametrize(
    ("other", "named"),
    [
        ({"sources": ["pages"]}, "sources"),
        ({"sources": ["b.html", "pages"]}, "sources"),
        ({"options": "Options(min_score=0.5)"}, "options"),
        ({"sources": [], "dedup": True}, "sources, dedup"),
        ({"more": 1}, "more"),
    ],
)
def test_a_run_of_other_things_is_refused_and_the_journal_stays(
    other: dict[str, Any], named: str, path: Path
) -> None:
    fill(path, [0])
    before = path.read_bytes()
    with pytest.raises(OptionError, match=rf"was begun with other {named}: go on with the same"):
        Journal(path, {**BEGUN, **other}, resume=True)
    assert path.read_bytes() == before


@pytest.mark.parametrize("first", ['{"journal": 0}', '{"a": 1}', "[]", "null"])
def test_a_file_that_is_no_journal_is_refused(first: str, path: Path) -> None:
    path.write_text(f"{first}\n")
    with pytest.raises(OptionError, match="is no journal of this version"):
        Journal(path, BEGUN, resume=True)
    path.write_text("some text\n")
    with pytest.raises(UnreadableInput, match=r"out\.jsonl\.partial: line 1: "):
        Journal(path, BEGUN, resume=True)
    assert path.read_text() == "some text\n"


def changed(**changes: Any) -> bytes:
    return json.dumps({**json.loads(entry(1).to_line()), **changes}).encode()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"", "Expecting value"),
        (b"\xff\xfe{", ""),
        (b'{"number": 1}', "is no entry"),
        (b"[]", "is no entry"),
        (changed(more=1), "is no entry"),
        (changed(row=5), "other columns"),
        (changed(row={"id": "a"}), "other columns"),
        (changed(number="1"), "invalid literal for int"),
        (b'{"seconds": 1, ' + changed()[1:], "its number"),
    ],
)
def test_a_broken_line_in_the_middle_is_named_and_the_journal_stays(
    line: bytes, reason: str, path: Path
) -> None:
    fill(path, [0])
    before = path.read_bytes() + line + b"\n" + entry(2).to_line()
    path.write_bytes(before)
    with pytest.raises(UnreadableInput, match=rf"^{path}: line 3: .*{reason}") as raised:
        Journal(path, BEGUN, resume=True)
    assert raised.value.name == str(path)
    assert path.read_bytes() == before


def test_a_part_that_is_taken_is_followed_by_the_rest(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow:
        """A file that takes three bytes at a time, as one without a buffer may."""

        def __init__(self) -> None:
            self.taken = b""

        def write(self, data: Any) -> int:
            self.taken += bytes(data[:3])
            return min(len(data), 3)

        def close(self) -> None:
            pass

    with Journal(path, BEGUN, resume=False) as journal:
        file, slow = journal._file, Slow()
        monkeypatch.setattr(journal, "_file", slow)
        journal.append(b"0123456789\n")
        monkeypatch.setattr(journal, "_file", file)
    assert slow.taken == b"0123456789\n"


def test_two_runs_do_not_write_one_journal(path: Path) -> None:
    pytest.importorskip("fcntl")
    with Journal(path, BEGUN, resume=False) as journal:
        journal.append(entry(0).to_line())
        for resume in (True, False):
            with pytest.raises(OptionError, match="another run is writing it"):
                Journal(path, BEGUN, resume=resume)
    assert [one.number for one in entries(path)] == [0]
