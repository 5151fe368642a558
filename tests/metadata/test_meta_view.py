"""A page as its fields look at it, and the metadata that come of it."""

import datetime as dt
import json

import pytest

from cleanarticle import Article, clues, extract, metadata, readers
from cleanarticle.metadata.view import LONG_WORDS, SHORT_WORDS, View, key, likeness, share
from cleanarticle.records import Author, AuthorKind, Field, FieldSource

URL = "https://www.quay.example/news/2024/ferry-late-again.html"
WAIT = (
    "The last ferry of the evening left more than two hours late on Monday, and the people who "
    "had waited in the rain at the pier since six were told of it by nobody at all."
)
CREW = (
    "A pump had failed in the morning, the crew said later, and a new one had to be brought from "
    "the yard on the other side of the bay, where the gates are shut at noon."
)
PAGE = f"""<html lang="en"><head><title>Ferry late again | The Quay</title>
<meta property="og:title" content="Ferry late again">
<meta property="og:site_name" content="The Quay">
<meta property="article:published_time" content="2024-03-05T06:10:00+01:00">
<meta property="article:modified_time" content="2024-03-06T08:00:00+01:00">
<meta name="author" content="Ann Lee">
</head><body><nav><a href="/">Home</a> <a href="/tides">Tides</a></nav>
<article><h1>Ferry late again</h1><p class="byline">By Ann Lee</p><p>5 March 2024</p>
<p>{WAIT}</p><p>{CREW}</p><p>{WAIT[4:]}</p></article>
<footer><p>© 2024 The Quay</p></footer></body></html>"""


def view(body: str = "<p>x</p>", head: str = "", url: str | None = None) -> View:
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    return metadata.view_of(readers.read(readers.open_page(page), url=url, kind="html"))


@pytest.fixture(scope="module")
def article() -> Article:
    return extract(PAGE, url=URL)


# words -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("  FERRY, late – again!", "ferry late again"),
        ("The captain’s boat 2", "the captain's boat 2"),
        ("渡し船", "渡 し 船"),
        ("* * *", ""),
    ],
)
def test_a_key_is_the_words_in_small_letters(text: str, wanted: str) -> None:
    assert key(text) == wanted


@pytest.mark.parametrize(
    ("first", "second", "alike", "shared"),
    [
        ("a b", "a b", 1.0, 1.0),
        ("a b", "b c d e", 2 * 1 / 6, 0.25),
        ("a b c", "a", 0.5, 1.0),
        ("a", "b", 0.0, 0.0),
        ("", "", 0.0, 0.0),
    ],
)
def test_likeness_is_of_both_texts_and_a_share_of_one(
    first: str, second: str, alike: float, shared: float
) -> None:
    words, others = frozenset(first.split()), frozenset(second.split())
    assert likeness(words, others) == likeness(others, words) == pytest.approx(alike)
    assert share(words, others) == pytest.approx(shared)


# the address -------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "host", "path", "slug"),
    [
        (URL, "quay", "/news/2024/ferry-late-again.html", "ferry late again html"),
        ("https://news.quay.example/", "quay", "/", ""),
        ("https://www.pier/", "pier", "/", ""),
        ("http://localhost:8000/a/b_c?d-e-f=1", "localhost", "/a/b_c", "b c"),
        ("https://quay.example/f%C3%A4hre+zu-sp%C3%A4t/1", "quay", None, "fähre zu spät"),
        ("https://www.quay.co.uk/", "quay", "/", ""),
        ("http://127.0.0.1/a", "", "/a", "a"),
        ("http://[", "", "", ""),
        ("no address", "", "no address", "no address"),
        (None, "", "", ""),
    ],
)
def test_an_address_gives_a_host_and_the_words_of_its_longest_part(
    url: str | None, host: str, path: str | None, slug: str
) -> None:
    page = view(url=url)
    assert (page.host, page.slug) == (host, frozenset(slug.split()))
    assert path is None or page.path == path


def test_the_given_address_goes_before_the_declared_one() -> None:
    head = '<link rel="canonical" href="/a"><meta property="og:url" content="https://pier.example">'
    assert view(head=head).address == "https://pier.example"
    assert view(head=head, url=URL).address == URL
    assert view(head='<link rel="canonical" href="/a">').address is None


def test_a_broken_address_does_no_harm_to_the_metadata() -> None:
    document = readers.read(readers.open_page(PAGE), url="http://[", kind="html")
    chosen = metadata.choose(document, clues.gather(document))
    assert (chosen.title, chosen.url) == ("Ferry late again", "http://[")


# the page ----------------------------------------------------------------


def test_the_names_of_the_site_are_compared_by_their_words() -> None:
    head = '<meta property="og:site_name" content="The QUAY!">'
    head += '<meta name="application-name" content="Quay | News"><meta name="author" content="A">'
    assert view(head=head).sites == {"the quay", "quay news"}
    assert view().sites == frozenset()


def test_declared_values_are_told_apart_by_their_source() -> None:
    page = view("<h1>A</h1>", '<title>B</title><meta property="og:title" content="C">')
    assert page.values(Field.TITLE) == ["C", "B", "A"]
    assert page.values(Field.TITLE, "h1", "opengraph") == ["C", "A"]
    assert page.values(Field.DATE) == []


def test_prose_goes_from_the_first_long_paragraph_to_the_last() -> None:
    links = f'<p><a href="/a">{WAIT}</a></p>'
    page = view(f"<h1>Ferry late</h1>{links}<p>{WAIT}</p><p>Crew</p><p>{CREW}</p><p>Tides</p>")
    assert (page.first_prose, page.last_prose) == (2, 4)
    assert {"ferry", "pump", "yard"} <= page.said
    assert "tides" not in page.said


@pytest.mark.parametrize(("words", "first"), [(LONG_WORDS, 1), (LONG_WORDS - 1, 2)])
def test_a_long_paragraph_has_so_many_words(words: int, first: int) -> None:
    page = view(f"<h1>Ferry late</h1><p>{'tide ' * words}</p>")
    assert (page.first_prose, page.last_prose) == (first, 1 if first == 1 else 0)


def test_short_blocks_are_found_by_their_words_where_they_stand_first() -> None:
    longest = "tide " * SHORT_WORDS
    page = view(f"<p>Ferry late</p><p>{longest}</p><p>{longest} boat</p><p>FERRY LATE</p>")
    assert page.shown == {("ferry", "late"): 0, tuple(longest.split()): 1}


# the metadata of a page --------------------------------------------------


def test_the_values_of_a_plain_page_are_chosen(article: Article) -> None:
    assert article.title == "Ferry late again"
    assert (article.date, article.modified) == (dt.date(2024, 3, 5), dt.date(2024, 3, 6))
    assert article.published == dt.datetime.fromisoformat("2024-03-05T06:10:00+01:00")
    assert article.authors == ("Ann Lee",)
    assert (article.site_name, article.url, article.language) == ("The Quay", URL, "en")


def test_the_sources_say_where_the_values_stand(article: Article) -> None:
    assert article.sources == {
        "title": FieldSource("h1", "Ferry late again"),
        "date": FieldSource("opengraph", "2024-03-05T06:10:00+01:00"),
        "authors": FieldSource("meta", "Ann Lee"),
    }
    assert article.author_details == (Author("Ann Lee", AuthorKind.PERSON, "meta"),)


def test_sources_and_authors_are_plain_in_json(article: Article) -> None:
    data = json.loads(article.to_json())
    assert data == article.to_dict()
    assert data["sources"]["authors"] == {"source": "meta", "text": "Ann Lee"}
    assert data["author_details"] == [{"name": "Ann Lee", "kind": "person", "source": "meta"}]
    assert {type(value) for value in article.to_dict()["author_details"][0].values()} == {str}


def test_what_is_unknown_has_no_source() -> None:
    found = extract(f"<p>{WAIT}</p><p>{CREW}</p>")
    assert (found.title, found.date, found.authors) == (None, None, ())
    assert (found.sources, found.author_details) == ({}, ())
    assert json.loads(found.to_json())["sources"] == {}


def test_the_title_of_raw_text_is_a_line() -> None:
    text = "\n\n".join(("Title: Ferry late again", "Sign in", WAIT, CREW))
    assert extract(text).sources == {"title": FieldSource("line", "Ferry late again")}


def test_the_ranker_that_is_given_chooses_all_fields() -> None:
    class First:
        def probabilities(self, name: str, values: list[object], table: object) -> list[float]:
            return [float(n == 0) for n in range(len(values))]

    document = readers.read(readers.open_page(PAGE), kind="html")
    chosen = metadata.choose(document, clues.gather(document), First())
    assert (chosen.title, chosen.authors) == ("Ferry late again", ("Ann Lee",))
    assert (chosen.date, chosen.title_block) == (dt.date(2024, 3, 5), 1)
