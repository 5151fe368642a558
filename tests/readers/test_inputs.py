"""What a caller may hand over, and what happens with anything else."""

import gzip
import io
import pickle
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from lxml import etree
from lxml import html as lxml_html

import cleanarticle
from cleanarticle import readers
from cleanarticle.errors import (
    CleanArticleError,
    MissingExtra,
    OptionError,
    PageTypeError,
    UnreadableInput,
)
from cleanarticle.readers.inputs import open_page

TEXT = "Fähre fällt “heute” aus"
PAGE = f"<html><body><p>{TEXT}</p></body></html>"
BYTES = PAGE.encode("cp1252")
HEADER = "text/html; charset=windows-1252"
URL = "https://example.com/final"


class Response:
    """Any response: a bag of attributes."""

    def __init__(self, **attributes: Any) -> None:
        vars(self).update(attributes)


class Url:
    """An address that is no string, as httpx has it."""

    def __str__(self) -> str:
        return URL


class Headers:
    """Headers that know no case, as requests and httpx have them."""

    def get(self, name: str) -> str | None:
        return HEADER if isinstance(name, str) and name.lower() == "content-type" else None


class UrllibResponse(io.BytesIO):
    headers = Headers()

    def geturl(self) -> str:
        return URL


RESPONSES = {
    "requests": Response(content=BYTES, text="wrong", headers=Headers(), url=URL),
    "httpx": Response(content=BYTES, text="wrong", headers=Headers(), url=Url(), read=lambda: b""),
    "scrapy": Response(
        body=BYTES, text="wrong", headers={b"Content-Type": HEADER.encode()}, url=URL
    ),
    "urllib3": Response(data=BYTES, headers={"Content-Type": HEADER}, geturl=lambda: URL),
    "trafilatura": Response(data=BYTES, headers={"Content-Type": HEADER}, url=URL),
}


def texts(page: object) -> list[str]:
    return [block.text for block in readers.read(open_page(page)).blocks]


@pytest.mark.parametrize("name", RESPONSES)
def test_a_response_is_read_with_its_encoding_and_final_address(name: str) -> None:
    opened = open_page(RESPONSES[name])
    assert (opened.text, opened.url, opened.content_type) == (PAGE, URL, HEADER)


def test_a_urllib_response_is_read_with_its_encoding_and_final_address() -> None:
    opened = open_page(UrllibResponse(BYTES))
    assert (opened.text, opened.url, opened.content_type) == (PAGE, URL, HEADER)


def test_a_binary_file_is_read() -> None:
    assert open_page(io.BytesIO(PAGE.encode())).text == PAGE


def test_a_response_without_headers_or_address_is_read() -> None:
    opened = open_page(Response(content=PAGE.encode()))
    assert (opened.text, opened.url, opened.content_type) == (PAGE, None, "")


def test_a_gzipped_body_is_unpacked() -> None:
    assert open_page(Response(content=gzip.compress(BYTES), headers=Headers())).text == PAGE


def test_an_empty_body_is_an_empty_page() -> None:
    article = cleanarticle.extract(Response(content=b"", headers={}, url=URL))
    assert (article.body, article.url, article.notes) == ("", URL, ("the page holds no text",))


def test_the_callers_address_beats_the_one_of_the_response() -> None:
    page = RESPONSES["requests"]
    opened, given = open_page(page), "https://example.com/given"
    assert readers.read(opened, url=given).url == given
    assert readers.read(opened).url == URL


def test_plain_text_is_told_by_the_header_unless_the_kind_is_given() -> None:
    page = Response(content=b"<p>one</p>", headers={"Content-Type": "text/plain"})
    assert texts(page) == ["<p>one</p>"]
    assert [block.text for block in readers.read(open_page(page), kind="html").blocks] == ["one"]


@pytest.mark.parametrize(
    "page", [PAGE, PAGE.encode(), bytearray(PAGE.encode()), memoryview(PAGE.encode())]
)
def test_text_and_all_sorts_of_bytes_are_pages(page: object) -> None:
    assert texts(page) == [TEXT]


@pytest.mark.parametrize("page", [PAGE, "no markup", "", "<p>one</p"])
def test_the_markup_of_a_string_is_the_string(page: str) -> None:
    assert readers.markup(open_page(page)) == page


def test_the_markup_of_bytes_and_responses_is_their_text() -> None:
    assert readers.markup(open_page(PAGE.encode())) == PAGE
    assert readers.markup(open_page(RESPONSES["requests"])) == PAGE


def test_the_markup_of_an_lxml_tree_is_written_and_the_tree_unchanged() -> None:
    root = lxml_html.document_fromstring(PAGE)
    before = etree.tostring(root.getroottree())
    assert readers.markup(open_page(root)) == PAGE
    assert PAGE in readers.markup(open_page(root.getroottree()))
    assert etree.tostring(root.getroottree()) == before


def test_the_markup_of_a_part_of_a_tree_or_soup_is_without_its_surroundings() -> None:
    page = "<div><p>before</p><section>in<br>ner</section> tail</div>"
    part = lxml_html.fragment_fromstring(page).find("section")
    assert readers.markup(open_page(part)) == "<section>in<br>ner</section>"
    soup = BeautifulSoup(page, "html.parser").section
    assert readers.markup(open_page(soup)) == "<section>in<br/>ner</section>"


def test_the_markup_of_a_soup_is_written_and_the_soup_unchanged() -> None:
    soup = BeautifulSoup(PAGE, "html.parser")
    assert readers.markup(open_page(soup)) == PAGE == str(soup)


def test_a_path_is_read_gzipped_or_not(tmp_path: Path) -> None:
    plain, packed = tmp_path / "page.html", tmp_path / "page.html.gz"
    plain.write_bytes(PAGE.encode())
    packed.write_bytes(gzip.compress(PAGE.encode()))
    assert texts(plain) == texts(packed) == [TEXT]


def test_a_string_that_looks_like_a_path_is_text(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    assert texts(str(path)) == [str(path)]


@pytest.mark.parametrize(
    ("page", "name"),
    [
        (None, "NoneType"),
        (42, "int"),
        (["<p>x</p>"], "list"),
        ({"content": b"x"}, "dict"),
        (Response(content="text, not bytes"), "Response"),
        (io.StringIO("<p>x</p>"), "StringIO"),
        (object(), "object"),
    ],
)
def test_a_wrong_type_is_named_in_the_error(page: object, name: str) -> None:
    with pytest.raises(PageTypeError, match=f"cannot read a page from {name}: give str, bytes"):
        cleanarticle.extract(page)


def test_a_missing_file_and_a_directory_are_unreadable_and_named(tmp_path: Path) -> None:
    missing = tmp_path / "missing.html"
    with pytest.raises(UnreadableInput) as caught:
        cleanarticle.extract(missing)
    assert str(caught.value) == f"{missing}: No such file or directory"
    with pytest.raises(UnreadableInput) as caught:
        cleanarticle.extract(tmp_path)
    assert str(caught.value) == f"{tmp_path}: Is a directory"


@pytest.mark.parametrize("kind", ["", "HTML", "xml", None])
def test_an_unknown_kind_is_named_in_the_error(kind: Any) -> None:
    with pytest.raises(OptionError, match=f'kind is "auto", "html" or "text", got {kind!r}'):
        cleanarticle.extract("x", kind=kind)


@pytest.mark.parametrize("score", [-0.1, 1.1, float("nan")])
def test_a_score_out_of_range_is_refused_at_once(score: float) -> None:
    with pytest.raises(OptionError, match="min_score is a probability from 0 to 1, got"):
        cleanarticle.Options(min_score=score)


@pytest.mark.parametrize(
    ("error", "also"),
    [
        (PageTypeError("int"), TypeError),
        (OptionError("kind is wrong"), ValueError),
        (UnreadableInput("page.html", "No such file"), OSError),
        (MissingExtra("install it"), ImportError),
    ],
)
def test_errors_pickle_and_are_builtin_errors_too(
    error: CleanArticleError, also: type[Exception]
) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))
    assert isinstance(error, also)
