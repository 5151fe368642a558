"""`cleanarticle batch`: what it writes where, its exit codes, and how it ends when it must."""

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import cleanarticle
from batch.stories import story, write_stories
from cleanarticle.batch import Choices, Reading
from cleanarticle.cli import batch, main

SOURCE = Path(cleanarticle.__file__).parents[1]
COMMAND = [sys.executable, "-m", "cleanarticle", "batch"]
LONG = 120  # seconds; what takes as long has failed
posix = pytest.mark.skipif(not hasattr(os, "killpg"), reason="signals are of POSIX")
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is of Linux")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in with four pages."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(SOURCE))
    write_stories(Path("pages"), range(4))
    return tmp_path


def read(path: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]


def test_a_run_writes_the_output_the_report_and_a_table(capsys: Any) -> None:
    Path("empty.html").write_text("<p></p>")
    argv = "batch pages empty.html missing -o out.jsonl --report report.json --jobs 2".split()
    assert main(argv) == 1
    assert [row["status"] for row in read("out.jsonl")] == ["ok"] * 4 + ["empty", "failed"]
    out, told = capsys.readouterr()
    assert out == ""
    report = json.loads(Path("report.json").read_text("utf-8"))
    assert report["counts"] == {"ok": 4, "empty": 1, "failed": 1, "timeout": 0, "too_large": 0}
    assert (report["pages"], report["resumed"], report["duplicates"]) == (6, 0, None)
    lines = [line.split() for line in told.splitlines()]
    assert lines[:4] == [["pages", "6"], ["ok", "4"], ["empty", "1"], ["failed", "1"]]


@pytest.mark.parametrize(
    ("sources", "code"), [(["pages"], 0), (["pages", "missing"], 1), (["empty.html"], 3)]
)
def test_the_exit_code_says_how_it_went_and_quiet_says_nothing(
    sources: list[str], code: int, capsys: Any
) -> None:
    Path("empty.html").write_text("<p></p>")
    for output in ("out.jsonl", "-"):
        assert main(["batch", *sources, "-o", output, "--jobs=1", "--quiet"]) == code
    out, told = capsys.readouterr()
    assert told == ""
    assert len(out.splitlines()) == len(read("out.jsonl"))


def test_rows_that_are_filtered_out_count_for_the_exit_code(capsys: Any) -> None:
    argv = ["batch", "pages", "missing", "--jobs=1", "--quiet", "--filter", 'status == "ok"']
    for output in ("out.jsonl", "-"):
        assert main([*argv, "-o", output]) == 1
    assert capsys.readouterr().out == Path("out.jsonl").read_text("utf-8")


def test_rows_go_to_standard_output_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    lines = "".join(json.dumps({"html": story(n), "id": n}) + "\n" for n in range(5))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
    argv = "batch - -o - --fields id,title --ordered --jobs 2".split()
    assert main([*argv, "--filter", 'id != "3"']) == 0
    out, told = capsys.readouterr()
    assert told == ""
    titles = {n: f"Ferry {n} comes back empty" for n in (0, 1, 2, 4)}
    assert [json.loads(line) for line in out.splitlines()] == [
        {"id": str(n), "title": title} for n, title in titles.items()
    ]


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (
            "pages -o -  --resume",
            "-o - goes without --resume, --overwrite, --dedup, --report and --format",
        ),
        ("pages -o - --report r.json", "-o - goes without"),
        ("pages -o - --dedup", "-o - goes without --resume, --overwrite, --dedup, --report and"),
        ("pages -o out.doc", "out.doc: no format is known by this name"),
        (
            "pages -o there.jsonl",
            "there.jsonl is there already: name another, or replace it (--overwrite)",
        ),
        ("pages -o out.jsonl --resume --overwrite", "choose one"),
        ("pages -o out.jsonl --fields id,name", "got 'name'"),
        ("pages -o out.jsonl --filter words>", "cannot select by 'words>': it is no expression"),
        ("pages -o out.jsonl --jobs 0", "jobs is a whole number from 1, got 0"),
        ("pages -o out.jsonl --timeout 0", "timeout is a number of seconds above 0"),
        ("pages -o out.jsonl --timeout inf", "at most a day, got inf"),
        ("pages -o out.jsonl --max-bytes 0", "max_bytes is at least 1"),
        ("pages -o out.jsonl --min-score 2", "min_score is a probability"),
        ("pages -o out.jsonl --weights none.npz", "none.npz"),
        ("pages -o /", "/ cannot be written"),
        ("pages", "the following arguments are required: -o/--output"),
        ("-o out.jsonl", "the following arguments are required: SOURCE"),
    ],
)
def test_what_cannot_be_done_is_told_before_it_is_begun(
    argv: str, message: str, here: Path, capsys: Any
) -> None:
    Path("there.jsonl").write_text("mine\n")
    with pytest.raises(SystemExit) as ended:
        main(["batch", *argv.split()])
    assert ended.value.code == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.startswith("cleanarticle batch: error: ")
    assert message in last
    assert sorted(path.name for path in here.iterdir()) == ["pages", "there.jsonl"]
    assert Path("there.jsonl").read_text() == "mine\n"


def test_help_names_every_choice(capsys: Any) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["batch", "--help"])
    assert ended.value.code == 0
    told = " ".join(capsys.readouterr().out.split())
    names = {*Choices.__slots__, *Reading.__slots__} - {"options", "reading", "fetched"}
    for name in names:
        assert f"--{name.replace('_', '-')} " in told, name
    words = "--resume --overwrite --quiet --report --config --effort --weights --min-score WARC "
    words += "WET JSONL CSV Parquet urls:FILE feed:URL sitemap:URL cleanarticle.toml 130"
    for word in words.split():
        assert word in told, word


@pytest.mark.parametrize("output", ["missing/out.jsonl", "pages/000.html/out.jsonl"])
def test_an_output_that_cannot_be_written_is_one_line(output: str, capsys: Any) -> None:
    assert main(["batch", "pages", "-o", output, "--jobs=1"]) == 1
    (told,) = capsys.readouterr().err.splitlines()
    assert told.startswith(f"cleanarticle: {output}.partial: ")


def test_an_interrupt_while_the_output_is_written_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    def write(*_arguments: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("cleanarticle.batch.sinks.write", write)
        assert main(["batch", "pages", "-o", "out.jsonl", "--jobs=1"]) == 130
    assert capsys.readouterr().err == "cleanarticle: interrupted: resume to go on\n"
    assert main(["batch", "pages", "-o", "out.jsonl", "--resume", "--quiet"]) == 0
    assert len(read("out.jsonl")) == 4


def start(*argv: str, **more: Any) -> subprocess.Popen[str]:
    """The command in a process group of its own."""
    return subprocess.Popen(
        [*COMMAND, *argv], stderr=subprocess.PIPE, text=True, start_new_session=True, **more
    )


def wait_for_lines(path: Path, number: int, process: subprocess.Popen[str]) -> None:
    """Wait until a file has so many lines; the process must not end before."""
    for _time in range(100 * LONG):
        if path.exists() and path.read_bytes().count(b"\n") >= number:
            return
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.01)
    pytest.fail(f"{path} did not get {number} lines")


@posix
@pytest.mark.parametrize("lines", [1, 5])  # while workers start, and while they work
def test_ctrl_c_is_one_line_and_the_run_can_be_gone_on_with(lines: int) -> None:
    write_stories(Path("pages"), range(150))
    argv = ["pages", "-o", "out.jsonl", "--jobs=2"]
    journal = Path("out.jsonl.partial")
    with start(*argv) as process:
        wait_for_lines(journal, lines, process)
        os.killpg(process.pid, signal.SIGINT)
        _, told = process.communicate(timeout=LONG)
    assert process.returncode == 130
    rows = journal.read_bytes().count(b"\n") - 1
    assert told == (
        f"cleanarticle: interrupted: {rows} rows are kept in out.jsonl.partial; resume to go on\n"
    )
    assert lines - 1 <= rows < 150
    assert main(["batch", *argv, "--resume", "--report", "report.json", "--quiet"]) == 0
    assert [row["id"] for row in read("out.jsonl")] == [f"pages/{n:03}.html" for n in range(150)]
    assert json.loads(Path("report.json").read_text())["resumed"] == rows


@posix
def test_a_disk_that_is_full_is_one_line_and_nothing_is_lost() -> None:
    import resource

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))

    write_stories(Path("pages"), range(30))
    with start("pages", "-o", "out.jsonl", "--jobs=2", preexec_fn=limit) as process:
        _, told = process.communicate(timeout=LONG)
    assert process.returncode == 1
    assert told == "cleanarticle: out.jsonl: File too large\n"
    kept = Path("out.jsonl.partial").read_bytes().count(b"\n") - 1
    assert 1 <= kept < 30
    argv = "batch pages -o out.jsonl --resume --quiet --report report.json".split()
    assert main(argv) == 0
    assert [row["id"] for row in read("out.jsonl")] == [f"pages/{n:03}.html" for n in range(30)]
    assert json.loads(Path("report.json").read_text())["resumed"] == kept


@on_linux
def test_a_standard_output_that_is_full_is_one_line() -> None:
    with Path("/dev/full").open("w") as full, start("pages", "-o", "-", stdout=full) as process:
        _, told = process.communicate(timeout=LONG)
    assert process.returncode == 1
    assert told == "cleanarticle: standard output: No space left on device\n"


@on_linux
def test_a_report_that_cannot_be_written_is_one_line_and_the_output_stays(capsys: Any) -> None:
    argv = "batch pages -o out.jsonl --jobs 1 --quiet --report /dev/full".split()
    assert main(argv) == 1
    (told,) = capsys.readouterr().err.splitlines()
    assert told.endswith(": No space left on device")
    assert len(read("out.jsonl")) == 4


@posix
def test_a_reader_that_goes_away_ends_it_quietly() -> None:
    write_stories(Path("pages"), range(150))
    with start("pages", "-o", "-", "--jobs=2", stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())["status"] == "ok"
        process.stdout.close()
        assert process.wait(LONG) == 141
        assert process.stderr.read() == ""


def test_a_fault_of_a_worker_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    from batch import faults
    from cleanarticle.batch import workers

    monkeypatch.setattr(workers, "serve", faults.die)
    assert main(["batch", "pages", "-o", "out.jsonl"]) == 1
    message = "a worker process ended by SIGKILL before it was ready"
    assert capsys.readouterr().err == f"cleanarticle: {message}\n"


def test_the_defaults_of_the_command_are_those_of_the_library() -> None:
    arguments = batch._parser().parse_args(["a", "-o", "b.jsonl"])
    assert batch._choices(arguments) == Choices(format="jsonl")  # told by the name
