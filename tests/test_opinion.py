"""The second opinion: what trafilatura keeps, and how much of it each block holds."""

import datetime as dt
import logging
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
import trafilatura

import cleanarticle
from cleanarticle import PageType, classifier, opinion, pipeline
from cleanarticle.language import words
from cleanarticle.records import Assessment, Block, FieldSource

PARAGRAPHS = (
    "The ferry left the harbour at six and came back an hour later, nobody aboard but the cook.",
    "Passengers on the quay were told to wait, and most went home before the boat returned.",
    "The company says that the timetable will stay as it is until the end of the winter.",
)
PAGE = (
    "<html><head><title>Ferry late again</title></head><body>"
    '<nav><a href="/a">Home</a> <a href="/b">Sport</a></nav><article><h1>Ferry late again</h1>'
    f"{''.join(f'<p>{text}</p>' for text in PARAGRAPHS)}</article></body></html>"
)
TEXT = "\n".join(PARAGRAPHS)


def share(text: str, other: str = TEXT) -> float:
    """The share of a single block."""
    block = Block(index=0, text=text, words=words.count(text), run=0)
    (found,) = opinion.shares([block], other)
    return found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param(PARAGRAPHS[1], 1.0, id="whole"),
        pytest.param("FERRY left - the 'harbour'!", 1.0, id="case and marks"),
        pytest.param("Sign up for our weekly letter", 0.0, id="other words"),
        pytest.param("quay the on passengers harbour", 0.0, id="other order"),
        # of 8 runs of three words the first and the last stand in the text
        pytest.param("The ferry left at last and nobody but the cook", 0.25, id="a quarter"),
        pytest.param("The ferry left the harbour, our readers tell", 0.5, id="half"),
    ],
)
def test_a_block_counts_as_far_as_its_words_stand_in_the_text(text: str, wanted: float) -> None:
    assert share(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("The ferry", 1.0, id="first words"),
        pytest.param("the winter.", 1.0, id="last words"),
        pytest.param("Cook", 1.0, id="one word"),
        pytest.param("Passengers wait", 0.0, id="apart"),
        pytest.param("ferry the", 0.0, id="other order"),
        pytest.param("The fer", 0.0, id="part of a word"),
        pytest.param("The ferry today", 0.0, id="two of three"),
        pytest.param("***", 0.0, id="no word"),
    ],
)
def test_a_short_block_stands_in_the_text_whole_or_not_at_all(text: str, wanted: float) -> None:
    assert share(text) == wanted


def test_each_block_has_its_share_in_order() -> None:
    blocks = [Block(index=i, text=t, words=1, run=i) for i, t in enumerate(("Sport", "Cook"))]
    assert opinion.shares(blocks, TEXT) == (0.0, 1.0)
    assert opinion.shares([], TEXT) == ()


def test_an_empty_text_holds_no_block() -> None:
    blocks = [Block(index=i, text=t, words=1, run=i) for i, t in enumerate((PARAGRAPHS[0], "***"))]
    assert opinion.shares(blocks, "") == (0.0, 0.0)


@pytest.mark.parametrize("url", [None, "https://example.com/ferry"])
def test_the_paragraphs_of_an_article_are_found(url: str | None) -> None:
    found = opinion.ask(PAGE, url)
    assert [text for text in PARAGRAPHS if text in found] == list(PARAGRAPHS)
    assert "Sport" not in found


@pytest.mark.parametrize("markup", ["", " ", "<!-- only -->", "<html></html>"])
def test_nothing_is_found_in_an_empty_page(markup: str) -> None:
    assert opinion.ask(markup, None) == ""


def test_a_failure_is_no_opinion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trafilatura, "extract", fail)
    assert opinion.ask(PAGE, None) is None


def test_an_endless_page_is_not_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opinion, "MAX_CHARS", len(PAGE) - 1)
    assert opinion.ask(PAGE, None) is None


def fail(*_given: Any, **_named: Any) -> str:
    raise RuntimeError("broken page")


@pytest.mark.parametrize("disabled", [False, True])
@pytest.mark.parametrize("fails", [False, True])
def test_the_loggers_are_left_as_they_were(
    disabled: bool, fails: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    logger = logging.getLogger("trafilatura")
    monkeypatch.setattr(logger, "disabled", disabled)
    if fails:
        monkeypatch.setattr(trafilatura, "extract", fail)
    opinion.ask(PAGE, None)
    opinion.ask("", None)
    assert logger.disabled is disabled


# the day ---------------------------------------------------------------

UNUSUAL = PAGE.replace("<head>", '<head><meta name="rbpubdate" content="2024-03-05">')


@pytest.mark.parametrize(
    ("kind", "day"), [(PageType.ARTICLE, dt.date(2024, 3, 5)), (PageType.PRODUCT, None)]
)
def test_a_day_that_only_htmldate_knows_is_taken_on_articles_and_says_so(
    monkeypatch: pytest.MonkeyPatch, kind: PageType, day: dt.date | None
) -> None:
    def assess(*given: Any, **named: Any) -> Assessment:
        return replace(classifier.assess(*given, **named), page_type=kind)

    monkeypatch.setattr(pipeline, "classifier", SimpleNamespace(assess=assess))
    article = cleanarticle.extract(UNUSUAL)
    assert article.date == day
    known = FieldSource("htmldate", "2024-03-05") if day else None
    assert article.sources.get("date") == known


def test_a_day_of_the_page_goes_before_that_of_htmldate() -> None:
    shown = UNUSUAL.replace("</h1>", "</h1><p>Published 7 March 2024</p>")
    article = cleanarticle.extract(shown)
    assert article.date == dt.date(2024, 3, 7)
    assert article.sources["date"].source == "line"


def test_no_day_is_searched_for_in_the_text() -> None:
    assert opinion.ask_day(PAGE.replace("winter", "winter of 12/03/2019"), None) is None


def test_a_page_that_htmldate_fails_on_has_no_day(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_given: Any, **_named: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("htmldate.find_date", fail)
    assert opinion.ask_day(UNUSUAL, None) is None


def test_htmldate_is_not_asked_about_a_long_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opinion, "MAX_CHARS", len(UNUSUAL) - 1)
    assert opinion.ask_day(UNUSUAL, None) is None


@pytest.mark.parametrize("given", [UNUSUAL, UNUSUAL.encode()], ids=["text", "bytes"])
def test_the_day_of_text_and_of_bytes_is_the_same(given: str | bytes) -> None:
    assert opinion.ask_day(given, None) == dt.date(2024, 3, 5)


@pytest.mark.parametrize("letter", ["x", "é", "日", "\U0001f600"])
@pytest.mark.parametrize(("beyond", "day"), [(0, dt.date(2024, 3, 5)), (1, None)])
def test_the_length_of_a_page_is_that_of_its_text(
    monkeypatch: pytest.MonkeyPatch, letter: str, beyond: int, day: dt.date | None
) -> None:
    page = UNUSUAL.replace("</body>", f"{letter * 500}</body>")
    monkeypatch.setattr(opinion, "MAX_CHARS", len(page) - beyond)
    assert opinion.ask_day(page, None) == opinion.ask_day(page.encode(), None) == day
