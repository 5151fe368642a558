"""Ugly pages give a result. Cost is counted in calls, which a busy machine does not change."""

import gzip
import sys
from collections.abc import Callable

import pytest

import cleanarticle

SENTENCE = (
    "The committee met on Tuesday and agreed that the old bridge should be kept open to walkers, "
    "cyclists and the occasional tractor until the new one is ready."
)
PARAGRAPHS = f"<p>{SENTENCE}</p>" * 4
DEPTHS = (300, 5_000, 100_000)


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("tag", ["div", "span", "b", "li", "blockquote", "x-box"])
def test_the_text_of_a_deep_page_is_there(tag: str, depth: int) -> None:
    page = f"<html><body>{f'<{tag}>' * depth}<p>{SENTENCE}</p>{f'</{tag}>' * depth}</body></html>"
    assert SENTENCE in cleanarticle.extract(page).body


def test_a_deep_page_says_what_was_worked_round() -> None:
    article = cleanarticle.extract("<div>" * 5_000 + PARAGRAPHS)
    assert article.notes == ("elements nested deeper than 200 were flattened",)


BOMBS = {
    "unclosed tags": "<div class=a>x " * 20_000 + PARAGRAPHS,
    "nested tables": "<table><tr><td>" * 500 + PARAGRAPHS + "</td></tr></table>" * 500,
    "nested lists": "<ul><li>" * 1_000 + PARAGRAPHS,
    "entities": "&amp;&lt;&#x41; " * 100_000 + PARAGRAPHS,
    "long attribute": f"<p title='{'a' * 5_000_000}'>x</p>{PARAGRAPHS}",
    "many attributes": "<p " + " ".join(f"a{i}=1" for i in range(100_000)) + f">x</p>{PARAGRAPHS}",
    "nested JSON-LD": f"<script type='application/ld+json'>{'[' * 100_000}</script>{PARAGRAPHS}",
    "JSON-LD of spaces": f"<script type='application/ld+json'>{' ' * 500_000}</script>{PARAGRAPHS}",
    "unclosed comment": f"{PARAGRAPHS}<!-- {PARAGRAPHS * 100}",
    "unclosed script": f"{PARAGRAPHS}<script> {PARAGRAPHS * 100}",
    "NUL": PARAGRAPHS.replace("Tuesday", "Tues\x00day"),
    "lone surrogate": PARAGRAPHS.replace("Tuesday", "Tues\ud800day"),
    "list links": "<ul>" + "<li><a href='/x'>A link</a></li>" * 20_000 + f"</ul>{PARAGRAPHS}",
}


@pytest.mark.parametrize("page", BOMBS.values(), ids=BOMBS)
def test_a_resource_bomb_does_not_hide_the_text(page: str) -> None:
    assert "cyclists and the occasional tractor" in cleanarticle.extract(page).body


PAGES_WITHOUT_TEXT = ["", " \n ", b"", b"\xff\xfe", "<", "<html></html>", "<!-- x -->", "\x00"]


@pytest.mark.parametrize("page", PAGES_WITHOUT_TEXT)
def test_an_empty_page_says_so(page: str | bytes) -> None:
    article = cleanarticle.extract(page)
    assert (article.body, article.title) == ("", None)
    assert len(article.notes) == 1


def test_all_bytes_in_a_row_give_a_result() -> None:
    assert isinstance(cleanarticle.extract(bytes(range(256)) * 50), cleanarticle.Article)


def test_a_cut_off_gzip_page_gives_what_could_be_read() -> None:
    packed = gzip.compress((PARAGRAPHS * 50).encode())
    assert SENTENCE in cleanarticle.extract(packed[: len(packed) - 20]).body


def test_half_of_a_pair_of_signs_in_json_reaches_no_field() -> None:
    told = '{"@type": "NewsArticle", "description": "Ferry \\ud83d today\\u0000"}'
    article = cleanarticle.extract(
        f"<script type='application/ld+json'>{told}</script>{PARAGRAPHS}"
    )
    assert article.description == "Ferry \ufffd today"
    assert article.to_json().encode().decode() == article.to_json()


@pytest.mark.parametrize("page", [PARAGRAPHS, SENTENCE], ids=["html", "text"])
def test_half_of_a_pair_of_signs_in_an_address_is_replaced(page: str) -> None:
    article = cleanarticle.extract(page, url="https://harbour.example/\ud800")
    assert article.url == "https://harbour.example/\ufffd"


def calls(run: Callable[[], object]) -> int:
    """How many Python functions are called: a measure of work that no clock disturbs."""
    count = 0

    def tick(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(tick)
    try:
        run()
    finally:
        sys.setprofile(None)
    return count


FIRST = 10_000  # numbers of four figures may be years, of which only the larger page had some
GROWING: dict[str, Callable[[int], str]] = {
    "short paragraphs": lambda n: "<p>Short text here, no more.</p>" * n,
    "prose": lambda n: "".join(f"<p>{FIRST + i} {SENTENCE}</p>" for i in range(n)),
    "list links": lambda n: "<ul>" + "<li><a href='/x'>A link here</a></li>" * n + "</ul>",
    "nested divs": lambda n: "<div>" * n + PARAGRAPHS,
    "plain lines": lambda n: "A line of text here.\n" * n,
    "plain paragraphs": lambda n: "".join(f"{FIRST + i} {SENTENCE}\n\n" for i in range(n)),
    "headings": lambda n: "".join(
        f"<h2>Heading {FIRST + i}</h2><p>{SENTENCE}</p>" for i in range(n)
    ),
    "comments": lambda n: PARAGRAPHS * n + "<h3>Leave a comment</h3>" + "<p>Yes. Reply</p>" * n,
    "comment prompts": lambda n: PARAGRAPHS * 4 + "<p>Leave a comment</p>" * n,
    "title lines": lambda n: "".join(f"<p>Title: {FIRST + i} {SENTENCE}</p>" for i in range(n)),
    "bylines": lambda n: PARAGRAPHS * 4 + "<div>By Ann Lee</div>" * n + "<p>End of it.</p>",
    "cards": lambda n: "<article><h3><a href=x>News of it</a></h3><p>Sum</p></article>" * n,
    "table rows": lambda n: "<table>" + "<tr><td>a b</td><td>c d</td></tr>" * n + "</table>",
    "code lines": lambda n: "<pre>" + "  x = 1\n" * n + "</pre>",
}


@pytest.mark.parametrize("page", GROWING.values(), ids=GROWING)
def test_work_grows_in_step_with_the_page(page: Callable[[int], str]) -> None:
    small, large = page(400), page(1_600)
    cleanarticle.extract(small)  # reads the packaged data
    assert calls(lambda: cleanarticle.extract(large)) <= 4.8 * calls(
        lambda: cleanarticle.extract(small)
    )


def test_a_large_text_node_comes_out_whole() -> None:
    text = "Words and more words, until the end. " * 140_000
    assert len(cleanarticle.extract(f"<p>{text}</p>").body) == len(text) - 1
