"""The command: what it prints where, and its exit codes."""

import gzip
import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import cleanarticle
from cleanarticle import accelerator
from cleanarticle.cli import main

FIRST = (
    "The ferry left the old harbour at six in the morning and came back empty before noon, and "
    "nobody on the quay could say what had happened to the forty passengers it was meant to fetch "
    "from the island. The harbour office stayed closed until the evening."
)
SECOND = (
    "By then the wind had turned to the north, so the crew tied the boat to the mill and walked "
    "home along the river. “We waited for an hour,” said the captain, who has sailed the route "
    "for thirty years and has never once returned without a single traveller aboard."
)
PAGE = f"""<html lang="en"><head><title>Ferry comes back empty</title>
<meta name="author" content="Ann Lee">
<meta property="article:published_time" content="2024-03-05T06:10:00+01:00"></head>
<body><h1>Ferry comes back empty</h1><p>{FIRST}</p>
<p>{SECOND} <a href="/tides">Tides</a> were low.</p></body></html>"""
BODY = f"{FIRST}\n\n{SECOND} Tides were low."
HEAD = "Ferry comes back empty\n2024-03-05\nAnn Lee"
TEXT = f"{HEAD}\n\n{BODY}\n"
URL = "https://example.com/ferry"


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a page in the working directory."""
    monkeypatch.chdir(tmp_path)
    Path("page.html").write_text(PAGE, encoding="utf-8")
    Path("empty.html").write_text("<html><body></body></html>", encoding="utf-8")
    return "page.html"


def give_stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


@pytest.mark.parametrize("argv", [[], ["extract"], ["--kind", "html"], ["extract", "--kind=auto"]])
def test_text_is_printed_and_nothing_is_complained(argv: list[str], page: str, capsys: Any) -> None:
    assert main([*argv, page]) == 0
    assert capsys.readouterr() == (TEXT, "")


@pytest.mark.parametrize("name", ["text", "markdown", "html"])
def test_a_format_prints_what_the_library_gives(name: str, page: str, capsys: Any) -> None:
    assert main([page, "--format", name]) == 0
    article = cleanarticle.extract(Path(page))
    wanted = {
        "text": article.to_text(),
        "markdown": article.to_markdown(),
        "html": article.to_html(),
    }
    assert capsys.readouterr() == (wanted[name] + "\n", "")


@pytest.mark.parametrize(("name", "one_line"), [("json", False), ("jsonl", True)])
def test_json_is_indented_and_jsonl_is_one_line(
    name: str, one_line: bool, page: str, capsys: Any
) -> None:
    assert main([page, "--format", name]) == 0
    out = capsys.readouterr().out
    assert json.loads(out) == {"input": page} | cleanarticle.extract(Path(page)).to_dict()
    assert (out.count("\n") == 1) is one_line
    assert "“We waited" in out


def test_fields_are_printed_one_a_line_in_the_order_asked_for(page: str, capsys: Any) -> None:
    assert main([page, "--fields", "date, title,site_name,authors"]) == 0
    assert capsys.readouterr().out == "2024-03-05\nFerry comes back empty\n\nAnn Lee\n"
    assert main([page, "--fields", "title", "--format", "jsonl"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "input": page,
        "title": "Ferry comes back empty",
    }


def test_relative_dates_are_read_against_the_time_of_the_fetch(page: str, capsys: Any) -> None:
    declared = '<meta property="article:published_time" content="2024-03-05T06:10:00+01:00">'
    shown = PAGE.replace(declared, "").replace("<p>The", "<p>13 hours ago</p><p>The", 1)
    Path("page.html").write_text(shown, encoding="utf-8")
    assert main([page, "--fields", "date"]) == 0
    assert capsys.readouterr().out == ""
    assert main([page, "--fields", "date", "--crawled-at", "2024-03-06T12:00:00+01:00"]) == 0
    assert capsys.readouterr().out == "2024-03-05\n"
    assert main(["explain", page, "--crawled-at", "2024-03-06"]) == 0
    assert "2024-03-05" in capsys.readouterr().out


def test_the_kind_says_how_the_page_is_read(page: str, capsys: Any) -> None:
    Path("page.txt").write_text(f"{FIRST}\n\n<b>{SECOND}</b>\n", encoding="utf-8")
    assert main(["page.txt", "--kind", "text", "--fields", "body"]) == 0
    assert capsys.readouterr().out == f"{FIRST}\n\n<b>{SECOND}</b>\n"
    assert main(["page.txt", "--kind", "html", "--fields", "body"]) == 0
    assert "<b>" not in capsys.readouterr().out


def test_the_address_resolves_links(page: str, capsys: Any) -> None:
    assert main([page, "--url", URL, "--format", "markdown"]) == 0
    assert "[Tides](https://example.com/tides)" in capsys.readouterr().out


def test_the_output_goes_to_a_file(page: str, capsys: Any) -> None:
    assert main([page, "-o", "out.txt"]) == 0
    assert capsys.readouterr() == ("", "")
    assert Path("out.txt").read_text(encoding="utf-8") == TEXT


def test_an_output_that_cannot_be_written_is_told_in_one_line(page: str, capsys: Any) -> None:
    assert main([page, "-o", "missing/out.txt"]) == 1
    assert capsys.readouterr() == ("", "cleanarticle: missing/out.txt: No such file or directory\n")


@pytest.mark.parametrize("name", ["missing.html", "."])
def test_a_failing_input_is_named_in_one_line_and_the_others_come_out(
    name: str, page: str, capsys: Any
) -> None:
    reason = {"missing.html": "No such file or directory", ".": "is a directory"}[name]
    assert main([name, page]) == 1
    out, err = capsys.readouterr()
    assert err == f"cleanarticle: {name}: {reason}\n"
    assert out == f"==> {page} <==\n{TEXT}"


def test_several_inputs_stand_under_their_names(page: str, capsys: Any) -> None:
    assert main([page, page]) == 0
    assert capsys.readouterr().out == f"==> {page} <==\n{TEXT}\n==> {page} <==\n{TEXT}"
    assert main([page, page, "--format", "markdown"]) == 0
    assert capsys.readouterr().out.count(f"<!-- {page} -->\n\n# Ferry") == 2
    assert main([page, page, "--format", "json", "--fields", "title"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 2
    assert main([page, page, "--format", "jsonl"]) == 0
    assert capsys.readouterr().out.count("\n") == 2


def test_several_inputs_make_an_array_also_where_only_one_can_be_read(
    page: str, capsys: Any
) -> None:
    assert main([page, "missing.html", "--format", "json", "--fields", "date"]) == 1
    assert json.loads(capsys.readouterr().out) == [{"input": page, "date": "2024-03-05"}]


def test_a_page_without_an_article_exits_with_3_and_says_why(page: str, capsys: Any) -> None:
    assert main(["empty.html"]) == 3
    assert capsys.readouterr() == ("", "cleanarticle: empty.html: the page holds no text\n")
    assert main(["empty.html", page]) == 0
    assert main(["empty.html", "missing.html"]) == 1


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["--format", "pdf", "x"], "invalid choice"),
        (["--fields", "titel", "x"], "--fields: no such field: titel"),
        (["--fields", "", "x"], "--fields: no such field: none named"),
        (["--fields", "title", "--format", "html", "x"], "--fields goes with --format text"),
        (["--min-score", "2", "x"], "min_score is a probability from 0 to 1, got 2.0"),
        (["--min-score", "high", "x"], "invalid float value"),
        (["--crawled-at", "soon", "x"], "--crawled-at: not a time of ISO 8601"),
        (["--crawled-at", "2024-13-01", "x"], "--crawled-at: not a time of ISO 8601"),
        (["explain", "--crawled-at", "", "x"], "--crawled-at: not a time of ISO 8601"),
        (["--url", URL, "a", "b"], "--url goes with one page"),
        (["-", "-"], "standard input can be read once"),
        (["--form", "text", "x"], "unrecognized arguments"),
        (["explain", "--fields", "title", "x"], "unrecognized arguments"),
    ],
)
def test_wrong_usage_exits_with_2(argv: list[str], message: str, capsys: Any) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(argv)
    assert stopped.value.code == 2
    assert message in capsys.readouterr().err


def test_no_input_at_a_terminal_is_wrong_usage(
    monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True))
    with pytest.raises(SystemExit) as stopped:
        main([])
    assert stopped.value.code == 2
    assert "name a page" in capsys.readouterr().err


def test_the_version_is_printed(capsys: Any) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--version"])
    assert stopped.value.code == 0
    how = "with compiled parts" if accelerator.COMPILED else "in Python alone"
    assert capsys.readouterr().out == f"cleanarticle {cleanarticle.__version__}, {how}\n"


@pytest.mark.parametrize("argv", [[], ["-"]])
@pytest.mark.parametrize("data", [PAGE.encode(), gzip.compress(PAGE.encode())])
def test_standard_input_is_read_as_bytes(
    argv: list[str], data: bytes, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    give_stdin(monkeypatch, data)
    assert main(argv) == 0
    assert capsys.readouterr().out == TEXT


def test_a_gzipped_file_is_unpacked_and_a_broken_one_is_named(page: str, capsys: Any) -> None:
    Path("page.gz").write_bytes(gzip.compress(PAGE.encode()))
    assert main(["page.gz"]) == 0
    assert capsys.readouterr().out == TEXT
    Path("broken.gz").write_bytes(b"\x1f\x8bnothing")
    assert main(["broken.gz"]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith("cleanarticle: broken.gz: gzip data: ")


def test_a_file_named_like_a_subcommand_is_given_with_its_folder(page: str, capsys: Any) -> None:
    Path("explain").write_text(PAGE, encoding="utf-8")
    assert main(["./explain"]) == 0
    assert capsys.readouterr().out == TEXT


def test_an_output_that_is_an_input_is_read_before_it_is_replaced(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>The keeper put out the lamp and went to bed.</p>", "utf-8")
    assert main([str(page), "-o", str(page)]) == 0
    assert page.read_text("utf-8") == "The keeper put out the lamp and went to bed.\n"


def test_an_output_stays_as_it_is_where_nothing_is_written(tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text("precious", "utf-8")
    assert main([str(tmp_path / "missing.html"), "-o", str(kept)]) == 1
    assert kept.read_text("utf-8") == "precious"
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]
