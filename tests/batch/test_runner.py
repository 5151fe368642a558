"""A whole run: one row an input, in the order of the sources, and what is refused."""

import csv
import gzip
import json
import multiprocessing
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from batch import warcs
from batch.stories import AUTHOR, BODY, DATE, story, write_stories
from cleanarticle import Options
from cleanarticle.batch import (
    Choices,
    Interrupted,
    Item,
    Reading,
    duplicates,
    rows,
    run,
    runner,
    sources,
)
from cleanarticle.batch.journal import Journal
from cleanarticle.errors import MissingExtra, OptionError, WeightsError

OUT = Path("out.jsonl")
JOURNAL = Path("out.jsonl.partial")
TWO = Choices(jobs=2)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder to work in with ten pages; no process is left in the end."""
    monkeypatch.chdir(tmp_path)
    write_stories(Path("pages"), range(10))
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored by jobs of a shell
    yield
    signal.signal(signal.SIGINT, before)
    assert multiprocessing.active_children() == []


def read(path: Path = OUT) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def ids(path: Path = OUT) -> list[str]:
    return [row["id"] for row in read(path)]


def test_each_input_gives_one_row_in_the_order_of_the_sources() -> None:
    Path("void").mkdir()
    Path("empty.html").touch()
    Path("binary.html").write_bytes(bytes(range(256)) * 20)
    Path("torn.html.gz").write_bytes(gzip.compress(story(1).encode())[:-20])
    Path("list.txt").touch()
    names = (
        "void pages/003.html missing.html empty.html pages binary.html torn.html.gz urls:list.txt"
    )
    summary = run(names.split(), OUT, TWO)
    found = [(row["id"], row["status"]) for row in read()]
    assert found == [
        ("void", "failed"),
        ("pages/003.html", "ok"),
        ("missing.html", "failed"),
        ("empty.html", "empty"),
        *((f"pages/{number:03}.html", "ok") for number in range(10) if number != 3),
        ("binary.html", "empty"),
        ("torn.html.gz", "failed"),
        ("list.txt#0", "failed"),
    ]
    reasons = [row["reason"] for row in read() if row["status"] == "failed"]
    assert reasons == [
        "the folder holds no file that is read",
        "No such file or directory",
        "Compressed file ended before the end-of-stream marker was reached",
        "the list holds no address",
    ]
    assert (summary.pages, summary.counts["ok"], summary.resumed) == (16, 10, 0)
    assert sum(summary.counts.values()) == 16
    assert (summary.duplicates, summary.selected) == (None, None)
    assert not JOURNAL.exists()


def test_the_output_does_not_depend_on_the_number_of_workers() -> None:
    run(["pages", "missing"], Path("one.jsonl"), Choices(jobs=1))
    run(["pages", "missing"], Path("four.jsonl"), Choices(jobs=4))
    assert Path("one.jsonl").read_bytes() == Path("four.jsonl").read_bytes()
    assert ids(Path("one.jsonl")) == [*(f"pages/{n:03}.html" for n in range(10)), "missing"]
    assert read(Path("one.jsonl"))[7]["body"] == BODY.format(number=7)


def test_a_file_that_is_named_twice_gives_one_row_at_its_first_place() -> None:
    run(["pages/009.html", "./pages", "pages/*.html", "pages/009.html"], OUT, TWO)
    assert ids() == ["pages/009.html", *(f"pages/{number:03}.html" for number in range(9))]


def test_an_output_that_is_there_is_kept_unless_it_may_be_overwritten() -> None:
    OUT.write_text("mine\n")
    for resume in (False, True):
        with pytest.raises(
            OptionError,
            match=r"out\.jsonl is there already: name another, or replace it \(--overwrite\)",
        ):
            run(["pages/000.html"], OUT, TWO, resume=resume)
        assert OUT.read_text() == "mine\n"
        assert not JOURNAL.exists()
    run(["pages/000.html"], OUT, TWO, overwrite=True)
    assert ids() == ["pages/000.html"]


def test_a_journal_that_is_there_is_gone_on_with_or_overwritten() -> None:
    JOURNAL.write_text("mine\n")
    with pytest.raises(OptionError, match=r"partial is there, of a run .*--resume.*--overwrite"):
        run(["pages/000.html"], OUT, TWO)
    assert JOURNAL.read_text() == "mine\n"
    with pytest.raises(OptionError, match="choose one"):
        run(["pages/000.html"], OUT, TWO, resume=True, overwrite=True)
    run(["pages/000.html"], OUT, TWO, overwrite=True)
    assert ids() == ["pages/000.html"]


def test_a_folder_of_articles_is_kept_unless_it_may_be_overwritten() -> None:
    folder = Path("articles")
    run(["pages/000.html"], folder, TWO, resume=True)  # there is nothing yet to go on with
    assert len(list(folder.glob("*.md"))) == 1
    with pytest.raises(OptionError, match="articles holds articles already"):
        run(["pages/001.html"], folder, TWO)
    run(["pages/001.html"], folder, TWO, overwrite=True)
    assert len(ids(folder / "index.jsonl")) == 1


@pytest.mark.parametrize("names", ["pages", b"pages"])
def test_a_single_name_is_refused(names: Any) -> None:
    with pytest.raises(OptionError, match=r"sources are a list of names, got b?'pages'"):
        run(names, OUT)
    with pytest.raises(OptionError, match="sources are a list of names"):
        rows(names)


def test_weights_that_cannot_be_used_are_refused_before_a_process_is_started() -> None:
    choices = Choices(options=Options(weights=Path("none.npz")))
    with pytest.raises(WeightsError):
        run(["pages"], OUT, choices)
    with pytest.raises(WeightsError):
        rows(["pages"], choices)


@pytest.mark.parametrize("names", [[], [""], ["pages", ""], "pages", Path("pages")])
def test_sources_are_a_list_of_names(names: Any) -> None:
    for start in (lambda: run(names, OUT, TWO), lambda: rows(names, TWO)):
        with pytest.raises(OptionError, match=r"^(name a source|sources are a list of names)"):
            start()
    assert not OUT.exists()


def test_names_and_output_may_be_paths_or_text() -> None:
    run([Path("pages")], str(OUT), TWO)
    assert len(ids()) == 10


def test_an_output_in_a_source_folder_is_not_read_again() -> None:
    out = Path("pages/out.jsonl")
    run(["pages"], out, TWO)
    run(["pages"], out, TWO, overwrite=True)
    assert len(ids(out)) == 10


def test_a_source_is_no_output() -> None:
    with pytest.raises(OptionError, match=r"pages/000\.html is one of the sources"):
        run(["pages/000.html"], Path("pages/000.html"), Choices(format="jsonl"), overwrite=True)


def test_a_table_that_has_changed_is_not_gone_on_with() -> None:
    Path("table.jsonl").write_text('{"html": "<p>It rained."}\n', "utf-8")
    begun = runner._begun(["table.jsonl", "pages"], TWO)
    with Journal(JOURNAL, begun, resume=False):
        pass
    Path("table.jsonl").write_text('{"html": "<p>It rained all day."}\n', "utf-8")
    with pytest.raises(OptionError, match="was begun with other files"):
        run(["table.jsonl", "pages"], OUT, TWO, resume=True)


def test_languages_are_several_codes_without_regions() -> None:
    selects = Choices(language="EN-gb, de").selects()
    assert selects is not None
    found = [selects({"language": code, "words": 1}) for code in ("en", "de", "fr", None)]
    assert found == [True, True, False, False]
    with pytest.raises(OptionError, match="language is a code such as en"):
        Choices(language="english")


def test_a_copy_is_marked_and_its_original_is_not() -> None:
    pytest.importorskip("datasketch")
    other = "Nobody had painted the gate since the flood, and the paint came off in long strips. "
    Path("other.html").write_text(f"<p>{other * 3}</p><p>It rained on the gate all week long.</p>")
    Path("copy.html").write_text(story(0).replace("old harbour", "new harbour"), "utf-8")
    names = ["other.html", "pages/000.html", "missing.html", "copy.html"]
    summary = run(names, OUT, Choices(jobs=2, dedup=True))
    assert [row["duplicate_of"] for row in read()] == [None, None, None, "pages/000.html"]
    assert summary.duplicates == 1
    run(list(reversed(names)), OUT, Choices(jobs=2, dedup=True), overwrite=True)
    assert [row["duplicate_of"] for row in read()] == [None, None, "copy.html", None]


def test_rows_and_columns_are_selected_and_all_are_counted() -> None:
    Path("short.html").write_text("<p>It rained, and nobody was surprised by that at all.</p>")
    names = ["pages", "short.html", "missing"]
    fields = ["title", "id"]
    summary = run(names, OUT, Choices(jobs=2, filter='id > "pages/007"', fields=fields))
    assert [list(row) for row in read()] == [fields] * 4
    assert ids() == [f"pages/{number:03}.html" for number in (7, 8, 9)] + ["short.html"]
    assert (summary.selected, summary.pages, summary.counts["failed"]) == (4, 12, 1)
    summary = run(names, OUT, Choices(jobs=2, min_words=60), overwrite=True)
    assert summary.selected == 10
    assert min(row["words"] for row in read()) >= 60
    summary = run(names, OUT, Choices(jobs=2, language="fr"), overwrite=True)
    assert (summary.selected, OUT.read_bytes()) == (0, b"")


def test_the_same_pages_give_the_same_articles_from_all_kinds_of_sources() -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    pa = pytest.importorskip("pyarrow")
    pytest.importorskip("fastwarc")
    stories = [story(number) for number in range(10)]
    records = [warcs.response(str(n), page.encode()) for n, page in enumerate(stories)]
    Path("a.warc.gz").write_bytes(warcs.members(*records))
    lines = [json.dumps({"html": page}) for page in stories]
    Path("a.jsonl").write_text("\n".join(lines), "utf-8")
    pq.write_table(pa.table({"html": stories}), "a.parquet")
    with Path("a.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["html"], *([page] for page in stories)])
    names = ["pages", "a.jsonl", "a.csv", "a.parquet", "a.warc.gz"]
    run(names, OUT, TWO)
    found = read()
    kept = [[row[name] for name in ("title", "date", "authors", "body")] for row in found]
    assert kept[3] == ["Ferry 3 comes back empty", DATE, [AUTHOR], BODY.format(number=3)]
    assert len(kept) == 50
    assert [kept[start : start + 10] for start in range(0, 50, 10)] == [kept[:10]] * 5
    assert [row["position"] for row in found] == [0] * 10 + list(range(10)) * 4


def test_rows_come_as_they_are_done_or_in_order() -> None:
    names = ["pages", "missing"]
    wanted = [*(f"pages/{number:03}.html" for number in range(10)), "missing"]
    assert sorted(row["id"] for row in rows(names, TWO)) == sorted(wanted)
    ordered = Choices(jobs=3, ordered=True)
    assert [row["id"] for row in rows(names, ordered)] == wanted
    chosen = Choices(jobs=1, filter='status == "failed"')
    assert [row["id"] for row in rows(names, chosen)] == ["missing"]


def test_rows_that_are_left_leave_no_process() -> None:
    found = rows(["pages"], TWO)
    assert next(found)["status"] == "ok"
    children = multiprocessing.active_children()
    assert children
    found.close()  # type: ignore[attr-defined]
    assert not any(child.is_alive() for child in children)


def test_rows_refuse_to_mark_duplicates() -> None:
    with pytest.raises(OptionError, match=r"duplicates are marked by run\(\) alone"):
        rows(["pages"], Choices(dedup=True))


def reading_as(items: Sequence[Item], at: int = -1, signals: int = 0) -> Any:
    """A stand-in for sources.read: items, none that was fetched, and Ctrl-C before one of them."""

    def read(_names: Sequence[str], reading: Reading) -> Iterator[Item]:
        for number, item in enumerate(items):
            if number == at:
                for _time in range(signals):
                    signal.raise_signal(signal.SIGINT)
            if item.source != "list" or (item.source, item.position) not in reading.fetched:
                yield item

    return read


def item(source: str, position: int) -> Item:
    return Item(source=source, position=position, id=f"{source}{position}", page=story(position))


ITEMS = [*(item("list", n) for n in range(20)), *(item("file", n) for n in range(5))]


def test_ctrl_c_finishes_what_is_in_flight_and_the_run_can_be_gone_on_with(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(sources, "read", reading_as(ITEMS))
    run(["a"], Path("whole.jsonl"), TWO)
    monkeypatch.setattr(sources, "read", reading_as(ITEMS, at=12, signals=1))
    with pytest.raises(Interrupted) as raised:
        run(["a"], OUT, TWO)
    done = len(JOURNAL.read_bytes().splitlines()) - 1
    assert 8 <= done <= 12
    assert (raised.value.journal, raised.value.pages) == (str(JOURNAL), done)
    assert str(raised.value) == f"interrupted: {done} rows are kept in {JOURNAL}; resume to go on"
    assert signal.getsignal(signal.SIGINT) is before
    assert not OUT.exists()
    monkeypatch.setattr(sources, "read", reading_as(ITEMS))
    summary = run(["a"], OUT, TWO, resume=True)
    assert (summary.resumed, summary.pages) == (done, 25)
    assert ids() == [item.id for item in ITEMS]  # those fetched before count, too
    assert OUT.read_bytes() == Path("whole.jsonl").read_bytes()


def test_a_second_ctrl_c_ends_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(sources, "read", reading_as(ITEMS, at=12, signals=2))
    with pytest.raises(KeyboardInterrupt):
        run(["a"], OUT, TWO)
    assert multiprocessing.active_children() == []
    assert signal.getsignal(signal.SIGINT) is before
    monkeypatch.setattr(sources, "read", reading_as(ITEMS))
    assert run(["a"], OUT, TWO, resume=True).resumed >= 8
    assert ids() == [item.id for item in ITEMS]


def test_other_sources_or_options_are_refused_and_other_selections_are_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sources, "read", reading_as(ITEMS, at=12, signals=1))
    with pytest.raises(Interrupted):
        run(["a"], OUT, TWO)
    monkeypatch.setattr(sources, "read", reading_as(ITEMS))
    for names, choices, named in [
        (["a", "b"], TWO, "sources, files"),
        (["a"], Choices(options=Options(min_score=0.3)), "options"),
        (["a"], Choices(reading=Reading(kind="html")), "reading"),
        (["a"], Choices(dedup=True), "dedup"),
    ]:
        with pytest.raises(OptionError, match=f"was begun with other {named}:"):
            run(names, OUT, choices, resume=True)
    run(["a"], OUT, Choices(jobs=1, timeout=9.0, filter='source == "file"'), resume=True)
    assert ids() == [f"file{number}" for number in range(5)]


@pytest.mark.parametrize(
    ("package", "extra", "output", "choices"),
    [
        ("pyarrow", "parquet", Path("out.parquet"), TWO),
        ("datasketch", "dedup", OUT, Choices(dedup=True)),
    ],
)
def test_what_is_missing_is_told_before_the_run(
    monkeypatch: pytest.MonkeyPatch, package: str, extra: str, output: Path, choices: Choices
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    duplicates._empty.cache_clear()
    with pytest.raises(MissingExtra, match=rf"pip install 'cleanarticle\[{extra}\]'"):
        run(["pages"], output, choices)
    assert sorted(Path().iterdir()) == [Path("pages")]  # no journal was begun
