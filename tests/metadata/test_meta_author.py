"""Which names may be those of the authors, and what they are the names of."""

import json

import pytest

from cleanarticle import metadata, readers
from cleanarticle.metadata import author
from cleanarticle.metadata.author import Name
from cleanarticle.metadata.view import View
from cleanarticle.records import AuthorKind

URL = "https://www.quay.example/news/1"
SITE = '<meta property="og:site_name" content="The Quay">'
PERSON, ORGANIZATION = AuthorKind.PERSON, AuthorKind.ORGANIZATION


def view(body: str, head: str = "", language: str = "en") -> View:
    page = f'<html lang="{language}"><head>{head}</head><body>{body}</body></html>'
    return metadata.view_of(readers.read(readers.open_page(page), url=URL, kind="html"))


def found(body: str, head: str = "", language: str = "en") -> dict[str, Name]:
    return {name.key: name for name in author.candidates(view(body, head, language), 0)}


def meta(*names: str) -> str:
    return "".join(f'<meta name="author" content="{name}">' for name in names)


def ld(*authors: object) -> str:
    data = {"@type": "NewsArticle", "author": authors}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


# candidates --------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "head", "sources"),
    [
        ("x", ld({"@type": "Person", "name": "Ann Lee"}), {"json-ld"}),
        ("x", ld({"@type": "NewsMediaOrganization", "name": "Ann Lee"}), {"json-ld organization"}),
        ("x", meta("By Ann Lee, Staff writer"), {"meta"}),
        ("x", '<meta property="article:author" content="Ann Lee">', {"opengraph"}),
        ('See <b itemprop="author">Ann Lee</b> 5', "", {"itemprop"}),
        ('See <a rel="author" href="/a">Ann Lee</a> 5', "", {"rel=author"}),
        ("By Ann Lee", "", {"byline", "line"}),
        ("5 March 2024 · Ann Lee", "", {"beside a date"}),
        ("Ann Lee, Staff writer", "", {"with a role", "byline", "line"}),
        ("By</p><p>Ann Lee", "", {"below a byline word", "line"}),
        ("Seen on Monday by Ann Lee, in Port", "", {"inside a line"}),
        ("Ann Lee", "", {"line"}),
    ],
)
def test_a_name_is_counted_under_where_it_stands(body: str, head: str, sources: set[str]) -> None:
    names = found(f"<p>{body}</p>", head)
    assert (names["ann lee"].text, names["ann lee"].counts.keys()) == ("Ann Lee", sources)


@pytest.mark.parametrize("name", ["author", "story-byline", "autor_box"])
def test_a_line_in_an_element_named_after_authors_gives_a_name(name: str) -> None:
    inside = found(f'<div class="{name}"><p>5 March 2024 Ann Lee</p></div>')["ann lee"]
    assert inside.counts["named element"] == 1
    outside = found(f'<div class="{name}"><div><div><p>Ann Lee</p></div></div></div>')["ann lee"]
    assert outside.counts["named element"] == 0


def test_a_name_inside_a_dated_line_is_found() -> None:
    assert found("<p>Posted on 5 March 2024 by Ann Lee</p>")["ann lee"].counts["byline"] == 1
    assert found("<p>Posted on Monday by Ann Lee</p>")["ann lee"].counts == {"inside a line": 1}


@pytest.mark.parametrize(
    ("between", "below", "is_found"),
    [(13, 0, True), (14, 0, False), (30, 7, True), (30, 8, False)],
)
def test_a_lone_name_stands_near_the_title_or_the_end(
    between: int, below: int, is_found: bool
) -> None:
    line = "<p>Tides and boats of the week, as they are every week.</p>"
    prose = f"<p>{'Tides and boats ' * 12}</p>" if below else ""
    page = f"<h1>Ferry late</h1>{line * between}{prose}{line * below}<p>Ann Lee</p>"
    assert ("ann lee" in found(page)) is is_found


def test_the_same_name_of_several_sources_is_one_candidate() -> None:
    head = meta("Ann Lee", "Ann  Lee") + ld("Ann Lee")
    same = found("<h1>Ferry late</h1><p>By ANN LEE</p>", head)["ann lee"]
    assert same.counts == {"json-ld": 1, "meta": 2, "byline": 1, "line": 1}
    assert (same.text, same.source, same.from_title) == ("Ann Lee", "json-ld", 1)


def test_a_byline_that_goes_on_in_the_next_line_gives_all_names() -> None:
    names = found("<p>By Ann Lee</p><p>and Bo Ek, Data editor</p>")
    assert [key for key, name in names.items() if name.counts["byline"]] == ["ann lee", "bo ek"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("ByAnn Lee", "Ann Lee"),
        ("By Ann Lee", "Ann Lee"),
        ("Bryony Lee", "Bryony Lee"),
        ("Byron Lee", "Byron Lee"),
        ("Ann Lee Staff writer", "Ann Lee"),
        ("Ann Lee Editor", "Ann Lee"),
        ("Toby Lee", "Toby Lee"),
        ("Ann Lee, Senior reporter", "Ann Lee"),
        ("Lee, Ann", "Ann Lee"),
        ("Ann LeePublished May 5", "Ann Lee"),
        ("Ann Lee, Senior Director of Ferries", "Ann Lee"),
        ("Ann Lee, Home Safety Expert", "Ann Lee"),
        ("Ann Lee12", "Ann Lee"),
        ("Ann Lee (ann@quay.example)", "Ann Lee"),
    ],
)
def test_a_declared_name_is_cleaned(value: str, text: str) -> None:
    assert [name.text for name in found("<p>x</p>", meta(value)).values()] == [text]


@pytest.mark.parametrize(
    "value",
    [
        "https://quay.example/people/ann-lee",
        "http://quay.example",
        "name:Ann Lee",
        "***",
        "Commentary by",
        "Released Wednesday",
        "Ann " * 8,
        "A" * 81,
    ],
)
def test_addresses_labelled_and_long_values_are_no_names(value: str) -> None:
    assert found("<p>x</p>", meta(value)) == {}


# people and organizations ------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ann Lee", PERSON),
        ("Reuters", ORGANIZATION),
        ("The Associated Press", ORGANIZATION),
        ("The Quay", ORGANIZATION),  # the site
        ("Quay", ORGANIZATION),  # the host
        ("Redaktion Hafen", ORGANIZATION),
        ("Harbour desk", ORGANIZATION),
        ("Ann Quay", PERSON),
    ],
)
def test_an_organization_is_told_from_a_person(name: str, kind: AuthorKind) -> None:
    (only,) = found("<p>x</p>", SITE + meta(name)).values()
    assert only.kind is kind


def test_a_name_that_is_an_organization_in_json_ld_alone_is_one() -> None:
    given = ld({"@type": "Organization", "name": "Ann Lee"})
    assert found("<p>x</p>", given)["ann lee"].kind is ORGANIZATION
    assert found("<p>By Ann Lee</p>", given)["ann lee"].kind is PERSON


def test_a_word_for_by_within_a_name_is_kept() -> None:
    assert [name.text for name in found("<p>x</p>", meta("Bernd von Ek"), "de").values()] == [
        "Bernd von Ek"
    ]
