"""The subcommand `explain`, fetched pages, and how the command ends early."""

import json
import os
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

import cleanarticle
from cleanarticle.batch.sources import web
from cleanarticle.cli import extract, main

PROSE = (
    "The ferry left the old harbour at six in the morning and came back empty before noon, and "
    "nobody on the quay could say what had happened to the forty passengers it was meant to fetch.",
    "By then the wind had turned to the north, so the crew tied the boat to the mill and walked "
    "home along the river, past the weir and the two houses that stand empty since the flood.",
    "“We waited for an hour,” said the captain, who has sailed the route for thirty years and "
    "has never once returned without a single traveller aboard or a letter for the post office.",
)
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in PROSE)
PAGE = f"""<html lang="en"><head><title>Ferry comes back</title></head><body>
<nav><a href="/">Home</a> <a href="/s">Sport</a> <a href="/w">Weather</a></nav>
<article><h1>Ferry comes back</h1>{PARAGRAPHS}</article>
<div hidden>Loading</div></body></html>"""
BODY = "\n\n".join(PROSE)
URL = "https://example.com/2024/03/05/ferry"


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a page in the working directory."""
    monkeypatch.chdir(tmp_path)
    Path("page.html").write_text(PAGE, encoding="utf-8")
    return "page.html"


class Fetched:
    """An answer as the downloader hands it out."""

    def __init__(self, status: int = 200) -> None:
        self.data, self.status, self.url = PAGE.encode(), status, URL
        self.headers = {"content-type": "text/html"}


def give_web(monkeypatch: pytest.MonkeyPatch, response: Fetched | None) -> list[str]:
    """Answer every fetch with one response; returns the addresses asked for."""
    asked: list[str] = []

    def fetch(url: str, *_limits: Any) -> Fetched:
        asked.append(url)
        if response is None:
            raise OSError("nobody is there")
        return response

    monkeypatch.setattr(web, "download", fetch)
    return asked


@pytest.mark.parametrize("argv", [["explain"], ["--explain"]])
def test_explain_prints_a_line_a_block_and_the_sums(
    argv: list[str], page: str, capsys: Any
) -> None:
    assert main([*argv, page]) == 0
    out, err = capsys.readouterr()
    assert (out, err) == (cleanarticle.explain(Path(page)).to_text() + "\n", "")
    lines = out.splitlines()
    assert lines[0] == f"{'verdict':<14} {'score':>5}  text"
    assert [line.split()[0] for line in lines if line.endswith("Loading")] == ["hidden"]
    assert sum(line.startswith("kept  ") and "…" in line for line in lines) == 3


@pytest.mark.parametrize(("form", "lines"), [("json", False), ("jsonl", True)])
def test_explain_prints_every_block_as_json(form: str, lines: bool, page: str, capsys: Any) -> None:
    assert main(["explain", page, "--format", form]) == 0
    out = capsys.readouterr().out
    data = json.loads(out)
    assert data == {"input": page} | cleanarticle.explain(Path(page)).to_dict()
    assert [row["text"] for row in data["blocks"] if row["kept"]] == list(PROSE)
    assert data["article"]["body"] == BODY
    assert (out.count("\n") == 1) is lines


def test_explain_names_each_of_several_inputs(page: str, capsys: Any) -> None:
    assert main(["explain", page, "missing.html", page]) == 1
    out, err = capsys.readouterr()
    assert out.count(f"==> {page} <==\n") == 2
    assert err == "cleanarticle: missing.html: No such file or directory\n"


def test_explain_exits_with_3_where_nothing_is_kept(page: str, capsys: Any) -> None:
    Path("empty.html").write_text("<html></html>", encoding="utf-8")
    assert main(["explain", "empty.html"]) == 3
    assert capsys.readouterr().out.endswith("note: the page holds no text\n")


@pytest.mark.parametrize("asked", [URL, "HTTP://example.com/x"])
def test_an_address_is_fetched_and_its_final_address_taken(
    asked: str, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    fetched = give_web(monkeypatch, Fetched())
    assert main([asked, "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (fetched, data["input"], data["url"]) == ([asked], asked, URL)
    assert (data["body"], data["date"]) == (BODY, "2024-03-05")


@pytest.mark.parametrize(
    ("response", "reason"),
    [
        (None, "cannot be fetched: nobody is there"),
        (Fetched(404), "the server answered with status 404"),
    ],
)
def test_an_address_that_gives_no_page_is_named_in_one_line(
    response: Fetched | None, reason: str, monkeypatch: pytest.MonkeyPatch, page: str, capsys: Any
) -> None:
    give_web(monkeypatch, response)
    assert main([URL, page]) == 1
    out, err = capsys.readouterr()
    assert err == f"cleanarticle: {URL}: {reason}\n"
    assert out.endswith(f"{BODY}\n")


def test_a_private_address_is_refused_and_asked_for_nothing(capsys: Any) -> None:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def handle_one_request(self) -> None:
            asked.append(self.rfile.readline().decode())

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        assert main([address]) == 1
        server.shutdown()
    assert "".join(asked) == ""
    refused = "refused: 127.0.0.1 is no public address"
    assert capsys.readouterr() == ("", f"cleanarticle: {address}: {refused}\n")


def test_an_interrupt_ends_with_130_and_no_traceback(
    page: str, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    def interrupted(*_arguments: Any) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(extract.pages, "run", interrupted)
    assert main([page]) == 130
    assert capsys.readouterr() == ("", "")


def test_a_reader_that_goes_away_ends_the_command_without_a_traceback(page: str) -> None:
    command = [sys.executable, "-m", "cleanarticle", "--format", "jsonl", *[page] * 200]
    environment = os.environ | {"PYTHONPATH": str(Path(cleanarticle.__file__).parents[1])}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())["body"] == BODY
        process.stdout.close()
        assert process.wait(timeout=60) == 141
        assert process.stderr.read() == b""


def test_the_module_runs_as_a_command(page: str) -> None:
    environment = os.environ | {"PYTHONPATH": str(Path(cleanarticle.__file__).parents[1])}
    done = subprocess.run(
        [sys.executable, "-m", "cleanarticle", page, "--fields", "title"],
        capture_output=True,
        check=False,
        env=environment,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"Ferry comes back\n", b"")
