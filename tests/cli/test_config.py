"""Settings from files: the command line goes over them, and they over the defaults."""

from pathlib import Path
from typing import Any

import pytest

from cleanarticle.cli import batch, config, main

ARGV = ["pages", "-o", "out.jsonl"]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def parsed(*argv: str) -> Any:
    return config.parse(batch._parser(), argv or ARGV, "batch")


def test_without_a_file_there_are_the_defaults() -> None:
    found = parsed()
    assert (found.jobs, found.timeout, found.dedup, found.kind) == (None, 60.0, False, "auto")


def test_the_command_line_goes_over_the_file_and_the_file_over_the_defaults() -> None:
    Path("cleanarticle.toml").write_text(
        "[batch]\njobs = 3\ntimeout = 5\nmax-memory = 700\nmin_words = 20\ndedup = true\n"
        'kind = "html"\nfields = ["id", "body"]\nweights = "own.npz"\nmin-score = 0.25\n'
    )
    found = parsed(*ARGV, "--timeout", "7", "--kind=text", "--min-words", "0")
    assert (found.timeout, found.kind, found.min_words) == (7.0, "text", 0)
    assert (found.jobs, found.max_memory, found.dedup) == (3, 700, True)
    assert (found.fields, found.weights, found.min_score) == ("id,body", Path("own.npz"), 0.25)
    assert found.effort == "normal"


def test_pyproject_is_read_where_there_is_no_file_of_our_own() -> None:
    Path("pyproject.toml").write_text(
        '[project]\nname = "mine"\n[tool.ruff]\njobs = "no"\n[tool.cleanarticle.batch]\njobs = 4\n'
    )
    assert parsed().jobs == 4
    Path("cleanarticle.toml").write_text("[batch]\ntimeout = 9\n")
    found = parsed()
    assert (found.jobs, found.timeout) == (None, 9.0)


@pytest.mark.parametrize("text", ["", "[tool.other]\na = 1\n", "[tool.cleanarticle]\n"])
def test_a_pyproject_that_says_nothing_of_us_changes_nothing(text: str) -> None:
    Path("pyproject.toml").write_text(text)
    assert parsed().jobs is None


def test_a_file_that_is_named_is_read_alone() -> None:
    Path("cleanarticle.toml").write_text("[batch]\njobs = 3\n")
    Path("night").mkdir()
    Path("night/our.toml").write_text("[batch]\ntimeout = 9\n")
    Path("night/pyproject.toml").write_text("[tool.cleanarticle.batch]\ntimeout = 8\n")
    found = parsed(*ARGV, "--config", "night/our.toml")
    assert (found.jobs, found.timeout) == (None, 9.0)
    assert parsed(*ARGV, "--config=night/pyproject.toml").timeout == 8.0


def test_the_output_may_stand_in_the_file() -> None:
    Path("cleanarticle.toml").write_text('[batch]\noutput = "rows.csv"\n')
    assert parsed("pages").output == "rows.csv"
    assert parsed("pages", "-o", "-").output == "-"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[batch]\njob = 3\nmin-word = 1\n", "no such setting: job, min-word"),
        ("[batch]\nconfig = 'a'\n", "no such setting: config"),
        ("[batch]\nsources = ['a']\n", "no such setting: sources"),
        ("[batch]\njobs = 'many'\n", "argument --jobs: invalid int value: 'many'"),
        ("[batch]\njobs = 2.5\n", "argument --jobs: invalid int value: '2.5'"),
        ("[batch]\njobs = true\n", "--jobs cannot be True"),
        ("[batch]\ntimeout = [1]\n", "--timeout cannot be [1]"),
        ("[batch]\ndedup = 'yes'\n", "--dedup is true or false, got 'yes'"),
        ("[batch]\nquiet = 1\n", "--quiet is true or false, got 1"),
        ("[batch]\nfields = [1]\n", "--fields cannot be [1]"),
        ("[batch]\nkind = 'pdf'\n", "argument --kind: invalid choice: 'pdf'"),
        ("[batch]\nfilter = {a = 1}\n", "--filter cannot be {'a': 1}"),
        ("batch = 1\n", "cleanarticle.toml: batch is a table, got 1"),
        ("jobs = 1\n", "cleanarticle.toml: settings stand in a table [batch]; no such table: jobs"),
        (
            "[bacth]\njobs = 1\n",
            "cleanarticle.toml: settings stand in a table [batch]; no such table: bacth",
        ),
        ("[batch\n", "cleanarticle.toml: Expected ']'"),
        ("[batch]\njobs = 0\n", "jobs is a whole number from 1, got 0"),
    ],
)
def test_what_cannot_be_used_is_refused_with_one_clear_line(
    text: str, message: str, capsys: Any
) -> None:
    Path("cleanarticle.toml").write_text(text)
    with pytest.raises(SystemExit) as ended:
        main(["batch", *ARGV])
    assert ended.value.code == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.startswith("cleanarticle batch: error: ")
    assert message in last
    assert not Path("out.jsonl.partial").exists()


def test_a_file_that_is_named_and_missing_is_refused(capsys: Any) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["batch", *ARGV, "--config", "none.toml"])
    assert ended.value.code == 2
    assert "none.toml" in capsys.readouterr().err.splitlines()[-1]


def test_a_table_of_another_name_in_pyproject_is_refused(capsys: Any) -> None:
    Path("pyproject.toml").write_text("[tool.cleanarticle]\njobs = 4\n")
    with pytest.raises(SystemExit):
        main(["batch", *ARGV])
    assert (
        "pyproject.toml: settings stand in a table [batch]; no such table: jobs"
        in capsys.readouterr().err
    )
