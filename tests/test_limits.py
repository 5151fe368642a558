"""A limit that is reached gives what was read, and a note that names it."""

import gzip
import io
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from lxml import html

import cleanarticle
from cleanarticle import Limits, Options, Page, pipeline
from cleanarticle.cli import main
from cleanarticle.deadline import AFTER_READING, Deadline

SENTENCE = "The ferry {} crossed the harbour at noon, and the keeper of the pier waved to its crew."
COUNT = 60


def page(count: int = COUNT, tag: str = "p") -> str:
    lines = (f"<{tag}>{SENTENCE.format(n)}</{tag}>" for n in range(count))
    return f"<html><body><h1>Ferries of the year</h1>{''.join(lines)}</body></html>"


def within(given: Any, **limits: Any) -> cleanarticle.Article:
    return cleanarticle.extract(given, options=Options(limits=Limits(**limits)))


def said(article: cleanarticle.Article, name: str) -> list[str]:
    return [note for note in article.notes if note.endswith(f"(Limits.{name})")]


@pytest.mark.parametrize("change", [str, str.encode, lambda text: gzip.compress(text.encode())])
def test_a_page_is_read_up_to_its_limit_of_bytes(change: Any) -> None:
    article = within(change(page()), page_bytes=2_000)
    assert said(article, "page_bytes") == [
        "the page was cut off after 2000 bytes (Limits.page_bytes)"
    ]
    assert SENTENCE.format(3) in article.body
    assert SENTENCE.format(40) not in article.body


@pytest.mark.parametrize("change", [str, str.encode, lambda text: gzip.compress(text.encode())])
def test_a_page_of_just_the_limit_is_read_whole(change: Any) -> None:
    assert within(change(page()), page_bytes=len(page())) == cleanarticle.extract(page())


def test_a_file_is_read_up_to_the_limit(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(page())
    article = within(file, page_bytes=2_000)
    assert (len(said(article, "page_bytes")), SENTENCE.format(3) in article.body) == (1, True)


class Response:
    """A response that gives a few bytes at a time, and more than anybody wants."""

    def __init__(self) -> None:
        self.given = 0

    def read(self, size: int = -1) -> bytes:
        assert size > 0, "all of an endless page"
        self.given += 700
        return (page(5_000).encode() * 2)[self.given - 700 : self.given][:size]


def test_an_endless_response_is_read_up_to_the_limit() -> None:
    response = Response()
    article = within(response, page_bytes=5_000)
    assert (len(said(article, "page_bytes")), response.given) == (1, 5_600)
    assert SENTENCE.format(20) in article.body


def test_a_stream_that_is_short_is_read_whole() -> None:
    assert cleanarticle.extract(io.BytesIO(page().encode())) == cleanarticle.extract(page())


@pytest.mark.parametrize("most", range(2_000, 2_004))
def test_a_sign_that_is_cut_in_two_spoils_nothing(most: int) -> None:
    text = page().replace("ferry", "フェリー")
    article = within(text.encode(), page_bytes=most)
    assert SENTENCE.format(3).replace("ferry", "フェリー") in article.body
    assert "\ufffd" not in article.body


def test_a_page_in_another_encoding_is_cut_off_as_well() -> None:
    text = f"<meta charset=latin-1><p>{SENTENCE.format(1)}</p><p>{'Le café était fermé. ' * 200}"
    article = within(text.encode("latin-1"), page_bytes=2_000)
    assert "Le café était fermé. Le café" in article.body
    assert len(said(article, "page_bytes")) == 1


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(str, id="text"),
        pytest.param(lambda text: html.document_fromstring(text), id="tree"),
        pytest.param(lambda text: BeautifulSoup(text, "lxml"), id="soup"),
    ],
)
def test_elements_beyond_the_limit_are_not_read(change: Any) -> None:
    article = within(change(page()), elements=20)
    assert said(article, "elements") == ["the page was cut off after 20 elements (Limits.elements)"]
    assert SENTENCE.format(10) in article.body
    assert SENTENCE.format(30) not in article.body
    assert not said(within(change(page()), elements=COUNT + 5), "elements")


def test_a_less_than_sign_is_no_element() -> None:
    text = page() + "<p>3 < 4 <" * 5
    assert not within(text, elements=COUNT + 9).notes


@pytest.mark.parametrize(
    "change", [str, html.document_fromstring, lambda t: BeautifulSoup(t, "lxml")]
)
def test_elements_deeper_than_the_limit_stand_side_by_side(change: Any) -> None:
    text = f"<div>{'<section>' * 30}{page(4)}{'</section>' * 30}</div>"
    article = within(change(text), depth=10)
    assert all(SENTENCE.format(n) in article.body for n in range(4))
    assert within(change(text), depth=100).notes == ()


def test_flattened_elements_are_told() -> None:
    article = within("<div>" * 30 + page(4), depth=10)
    assert article.notes == ("elements nested deeper than 10 were flattened",)


def test_a_tag_over_the_limit_keeps_what_is_read_of_it() -> None:
    noise = " ".join(f'data-x{n}="{n}"' for n in range(40))
    link = f'<a {noise} href="https://harbour.example/ferry">the timetable</a>'
    text = page().replace("the keeper", link)
    assert "](https://harbour.example/ferry)" in within(text, tag_chars=100).to_markdown()


@pytest.mark.parametrize("kind", ["html", "text"])
def test_blocks_beyond_the_limit_are_not_judged(kind: Any) -> None:
    given = page() if kind == "html" else "\n\n".join(SENTENCE.format(n) for n in range(COUNT))
    options = Options(limits=Limits(blocks=20))
    report = cleanarticle.explain(given, kind=kind, options=options)
    count = COUNT + (kind == "html")
    assert len(report.verdicts) == 20
    assert report.article.notes[0] == (
        f"only the first 20 of {count} blocks were looked at (Limits.blocks)"
    )
    assert SENTENCE.format(10) in report.article.body


def json_ld(text: str) -> str:
    script = f'<script type="application/ld+json">{text}</script>'
    return page().replace("<body>", f"<body>{script}")


ARTICLE = '{"@type": "NewsArticle", "author": {"@type": "Person", "name": "Maren Holt"}}'


def test_a_long_json_ld_block_is_read_in_part() -> None:
    given = json_ld(ARTICLE[:-1] + f', "keywords": "{"ferry " * 100}"}}')
    article = within(given, json_chars=200)
    assert said(article, "json_chars") == [
        "JSON-LD was cut off after 200 characters (Limits.json_chars)"
    ]
    assert (article.authors, within(given).notes) == (("Maren Holt",), ())


def test_json_ld_is_looked_into_to_a_limited_depth() -> None:
    given = json_ld('{"@graph": [' * 10 + ARTICLE + "]}" * 10)
    article = within(given, json_depth=5)
    assert (said(article, "json_depth"), article.authors) == (
        ["JSON-LD was read 5 levels deep (Limits.json_depth)"],
        (),
    )
    assert (within(given).authors, within(given).notes) == (("Maren Holt",), ())


class Clock:
    """Time that goes on by a step at each look."""

    def __init__(self, step: float) -> None:
        self.now, self.step = 100.0, step

    def monotonic(self) -> float:
        self.now += self.step
        return self.now


def test_as_many_blocks_are_judged_as_there_is_time_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleanarticle.deadline.time", Clock(1.0))
    article = within(page(), seconds=1 + AFTER_READING / 2)  # one second has gone when it is read
    assert said(article, "seconds") == [
        f"only the first {(COUNT + 1) // 2} of {COUNT + 1} blocks were looked at (Limits.seconds)"
    ]
    assert SENTENCE.format(10) in article.body
    assert SENTENCE.format(COUNT // 2 + 2) not in article.body


def test_no_block_is_judged_where_reading_took_all_the_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("cleanarticle.deadline.time", Clock(1.0))
    article = within(page(), seconds=0.5)
    assert (article.body, len(said(article, "seconds"))) == ("", 1)


def test_pages_of_many_have_the_time_that_is_left_of_their_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("cleanarticle.deadline.time", Clock(1.0))
    limits = Options(limits=Limits(seconds=2 + 2 * AFTER_READING))
    articles = list(
        cleanarticle.extract_many([Page(page()), Page(page())], options=limits, site="one")
    )
    assert [len(article.notes) for article in articles] == [0, 0]


def test_other_extractors_are_not_asked_once_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(pipeline.opinion, "ask", lambda *_given: asked.append("trafilatura"))
    monkeypatch.setattr(pipeline.opinion, "ask_day", lambda *_given: asked.append("htmldate"))
    options = Options(effort="thorough", limits=Limits(seconds=1))
    opened = pipeline.readers.open_page(page())
    document = pipeline.readers.read(opened)
    pipeline.decide_document(opened, document, options)
    assert asked == ["htmldate", "trafilatura"]
    monkeypatch.setattr(Deadline, "affordable", lambda _self, blocks: blocks)
    over = Deadline(begun=0.0, ends=0.0)
    pipeline.decide_document(opened, document, options, deadline=over)
    assert asked == ["htmldate", "trafilatura"]


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        ({"blocks": 0}, "blocks is above 0, got 0"),
        ({"blocks": 1.5}, "blocks is an int, got 1.5"),
        ({"page_bytes": True}, "page_bytes is an int, got True"),
        ({"seconds": "2"}, "seconds is a number or None, got '2'"),
        ({"seconds": float("nan")}, "seconds is above 0, got nan"),
        ({"depth": 251}, "depth is at most 250, got 251"),
    ],
)
def test_a_limit_out_of_its_range_is_told(limits: dict[str, Any], message: str) -> None:
    with pytest.raises(cleanarticle.OptionError, match=message):
        Limits(**limits)


def test_limits_are_limits() -> None:
    with pytest.raises(cleanarticle.OptionError, match="limits is a Limits object"):
        Options(limits={"blocks": 5})  # type: ignore[arg-type]


def test_the_command_takes_limits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "page.html"
    file.write_text(page())
    assert main([str(file), "--limits", "blocks=20, elements=1000"]) == 0
    shown = capsys.readouterr()
    assert SENTENCE.format(10) in shown.out
    assert "only the first 20 of 61 blocks" in shown.err


@pytest.mark.parametrize("given", ["block=1", "blocks", "blocks=x", "blocks=0", "seconds=-1"])
def test_the_command_refuses_odd_limits(given: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["page.html", "--limits", given])
    assert "--limits" in capsys.readouterr().err
