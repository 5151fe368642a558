"""What a page declares about itself, as candidates with their source."""

import json

import pytest

from cleanarticle import readers
from cleanarticle.records import Document, Field

BODY = "<body><p>x</p></body>"


def read(page: str) -> Document:
    return readers.read(readers.open_page(page))


def found(head: str, body: str = BODY) -> list[tuple[str, str, str]]:
    page = f"<html><head>{head}</head>{body}</html>"
    return [(str(c.field), c.value, c.source) for c in read(page).candidates]


def ld(data: object) -> str:
    text = data if isinstance(data, str) else json.dumps(data)
    return f'<script type="application/ld+json">{text}</script>'


def values(head: str, field: Field) -> list[str]:
    return [value for name, value, _source in found(head) if name == field]


STORY = {
    "@type": "NewsArticle",
    "headline": "Ferry late &amp; <b>empty</b>",
    "datePublished": "2024-03-05T06:10:00+01:00",
    "dateModified": "2024-03-06",
    "author": {"@type": "Person", "name": "Ann  Lee"},
    "description": "Nobody aboard.",
    "inLanguage": "en-GB",
    "publisher": {"@type": "Organization", "name": "The Quay"},
}
STORY_FOUND = [
    ("title", "Ferry late & empty", "json-ld"),
    ("date", "2024-03-05T06:10:00+01:00", "json-ld"),
    ("modified", "2024-03-06", "json-ld"),
    ("author", "Ann Lee", "json-ld"),
    ("description", "Nobody aboard.", "json-ld"),
    ("language", "en-GB", "json-ld"),
    ("site_name", "The Quay", "json-ld"),
]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(STORY, id="object"),
        pytest.param([STORY], id="array"),
        pytest.param({"@graph": [{"@type": "ImageObject"}, STORY]}, id="graph"),
        pytest.param({"@type": "WebPage", "mainEntity": STORY}, id="inside a page"),
        pytest.param(STORY | {"@type": ["BlogPosting", "Thing"]}, id="types"),
        pytest.param(f"<!-- {json.dumps(STORY)} -->", id="comment"),
        pytest.param(f"//<![CDATA[\n{json.dumps(STORY)}\n//]]>", id="cdata"),
        pytest.param(f"/*<![CDATA[*/ {json.dumps(STORY)} /*]]>*/", id="cdata in comments"),
        pytest.param(f"{json.dumps(STORY)};", id="semicolon"),
        pytest.param(json.dumps(STORY)[:-1] + " ,\n}", id="trailing comma"),
        pytest.param(json.dumps(STORY).replace("Ann  Lee", "Ann\nLee"), id="raw line break"),
    ],
)
def test_json_ld_is_read_in_all_its_wrappings(data: object) -> None:
    assert [row for row in found(ld(data)) if row[0] != Field.TYPE] == STORY_FOUND


def test_json_ld_of_other_things_names_no_title() -> None:
    for kind in ("Product", "BreadcrumbList", "Organization", "NewsArticleList"):
        assert values(ld(STORY | {"@type": kind}), Field.TITLE) == []


def test_truly_broken_json_gives_what_can_be_picked_from_it() -> None:
    broken = (
        '{"headline": "Ferry \\"late\\"", "datePublished": "2024-03-05", "author": {"name": "A" '
    )
    assert found(ld(broken)) == [
        ("title", 'Ferry "late"', "json-ld"),
        ("date", "2024-03-05", "json-ld"),
        ("author", "A", "json-ld"),
    ]
    assert found(ld("{nothing to see")) == []


def test_people_and_publishers_are_followed_by_id() -> None:
    graph = [
        {"@type": "Article", "headline": "H", "author": {"@id": "#a"}, "publisher": {"@id": "#p"}},
        {"@type": "Person", "@id": "#a", "name": "Ann Lee"},
        {"@type": "Organization", "@id": "#p", "name": "The Quay"},
    ]
    assert values(ld({"@graph": graph}), Field.AUTHOR) == ["Ann Lee"]
    assert values(ld({"@graph": graph}), Field.SITE_NAME) == ["The Quay"]
    assert values(ld(graph[0]) + ld(graph[1]), Field.AUTHOR) == ["Ann Lee"]
    assert values(ld(graph[0]), Field.AUTHOR) == []


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Ann Lee", ["Ann Lee"]),
        (["Ann Lee", {"name": "Bo Ek"}], ["Ann Lee", "Bo Ek"]),
        ({"name": ["Ann Lee", "Bo Ek"]}, ["Ann Lee", "Bo Ek"]),
        ({"name": None}, []),
        (42, []),
        (None, []),
    ],
)
def test_authors_come_as_text_objects_and_lists(author: object, names: list[str]) -> None:
    assert values(ld({"@type": "Article", "author": author}), Field.AUTHOR) == names


def test_comments_and_listed_items_inside_an_article_are_not_read() -> None:
    inner = {"@type": "Article", "headline": "Other", "datePublished": "2001-01-01"}
    story = STORY | {"comment": [inner], "hasPart": inner, "mentions": [inner]}
    assert found(ld(story)) == [*STORY_FOUND, ("type", "NewsArticle", "json-ld")]


@pytest.mark.parametrize(
    ("data", "kinds"),
    [
        pytest.param({"@type": "Product", "name": "Oars"}, ["Product"], id="object"),
        pytest.param(
            [{"@type": "WebSite"}, {"@type": "FAQPage"}], ["FAQPage", "WebSite"], id="two"
        ),
        pytest.param([{"@type": "Offer"}] * 3, ["Offer"], id="once each"),
        pytest.param(
            {"@type": "WebPage", "mainEntity": STORY}, ["NewsArticle", "WebPage"], id="in"
        ),
        pytest.param({"@type": ["BlogPosting", "Thing"]}, ["BlogPosting"], id="first of a list"),
        pytest.param({"@type": "F" * 100}, ["F" * 60], id="cut"),
        pytest.param({"@type": None, "type": "Product"}, [], id="none"),
        pytest.param({"@type": ""}, [], id="empty"),
        pytest.param({"@type": "ItemList", "itemListElement": [STORY]}, ["ItemList"], id="listed"),
    ],
)
def test_the_types_of_json_ld_are_candidates(data: object, kinds: list[str]) -> None:
    rows = [row for row in found(ld(data)) if row[0] == Field.TYPE]
    assert rows == [("type", kind, "json-ld") for kind in kinds]


def test_the_type_of_opengraph_is_a_candidate_beside_that_of_json_ld() -> None:
    head = '<meta property="og:type" content="product.item">' + ld({"@type": "Product"})
    assert found(head) == [("type", "Product", "json-ld"), ("type", "product.item", "opengraph")]


@pytest.mark.parametrize(
    ("tag", "wanted"),
    [
        ('<meta property="og:title" content="A  B">', ("title", "A B", "opengraph")),
        ('<meta name="OG:Title" content="A">', ("title", "A", "opengraph")),
        ('<meta name="twitter:title" content="A">', ("title", "A", "twitter")),
        ('<meta name="dc.date" content="2024">', ("date", "2024", "meta")),
        ('<meta itemprop="datePublished" content="2024">', ("date", "2024", "meta")),
        (
            '<meta property="article:published_time" content="2024">',
            ("date", "2024", "opengraph"),
        ),
        ('<meta name="author" content="Ann Lee">', ("author", "Ann Lee", "meta")),
        ('<meta name="description" content="D">', ("description", "D", "meta")),
        ('<meta property="og:site_name" content="S">', ("site_name", "S", "opengraph")),
        ('<meta http-equiv="Content-Language" content="de">', ("language", "de", "meta")),
        ('<meta property="og:url" content="/u">', ("url", "/u", "opengraph")),
        ('<meta property="og:type" content="article">', ("type", "article", "opengraph")),
        ('<link rel="Canonical" href="/c">', ("url", "/c", "canonical")),
        ("<title>A &amp; <b>B</title>", ("title", "A & <b>B", "title element")),
    ],
)
def test_declarations_in_the_head_are_candidates(tag: str, wanted: tuple[str, str, str]) -> None:
    assert wanted in found(tag)


@pytest.mark.parametrize(
    "tag",
    [
        '<meta name="viewport" content="width=1">',
        '<meta property="og:title" content="">',
        '<meta property="og:title">',
        '<meta property="og:title:alt" content="A">',
        '<meta property="og:type" content="">',
        '<meta property="og:type:alt" content="article">',
        '<link rel="alternate" href="/c">',
        "<script>var headline = {};</script>",
    ],
)
def test_other_declarations_are_not_candidates(tag: str) -> None:
    assert found(tag) == []


def test_the_language_of_the_page_is_that_of_its_root() -> None:
    page = '<html lang="pt-BR"><body><p lang="fr">x</p></body></html>'
    document = read(page)
    assert [c.value for c in document.candidates if c.field is Field.LANGUAGE] == ["pt-BR"]
    assert document.language == "pt"


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("<h1>A <b>B</b></h1>", ("title", "A B", "h1")),
        ('<h2 itemprop="headline">A</h2>', ("title", "A", "itemprop")),
        ('<b itemprop="author">Ann</b>', ("author", "Ann", "itemprop")),
        (
            '<b itemprop="author" itemscope>by <i itemprop="name">Ann</i></b>',
            ("author", "Ann", "itemprop"),
        ),
        ('<i itemprop="datePublished" content="2024">x</i>', ("date", "2024", "itemprop")),
        ('<time datetime="2024">May</time>', ("date", "2024", "time element")),
        ("<time>May 2024</time>", ("date", "May 2024", "time element")),
        ('<a rel="nofollow author" href="/a">Ann</a>', ("author", "Ann", "rel=author")),
        ('<p class="story-byline">By Ann</p>', ("author", "By Ann", "byline element")),
    ],
)
def test_declarations_in_the_body_are_candidates(body: str, wanted: tuple[str, str, str]) -> None:
    assert wanted in found("", f"<body>{body}</body>")


@pytest.mark.parametrize(
    "body",
    [
        '<div itemtype="https://schema.org/Comment"><b itemprop="author">Bo</b></div>',
        '<p class="authority">x</p>',
        '<a rel="help" href="/a">Ann</a>',
    ],
)
def test_near_misses_in_the_body_are_not_candidates(body: str) -> None:
    assert found("", f"<body>{body}</body>") == []


@pytest.mark.parametrize(
    "markup",
    [
        '<meta property="article:modified_time" content="2024-05-01">',
        '<time class="updated" datetime="2024-05-01">May</time>',
        '<meta itemprop="dateModified" content="2024-05-01">',
    ],
)
def test_the_day_of_a_change_is_no_candidate(markup: str) -> None:
    assert not [c for c in read(f"<p>x</p>{markup}").candidates if c.field == "date"]


SHOWN = [
    ("<h1>Foo<br>Bar</h1>", "Foo Bar"),
    ("<h1>Foo<script>var a</script> Bar</h1>", "Foo Bar"),
    ("<h1>Foo <span hidden>unseen</span>Bar</h1>", "Foo Bar"),
    ("<h1>F<b>o</b>o</h1>", "Foo"),
]


@pytest.mark.parametrize(("markup", "wanted"), SHOWN)
def test_a_heading_is_read_as_it_is_shown(markup: str, wanted: str) -> None:
    titles = [c.value for c in read(markup).candidates if c.source == "h1"]
    assert titles == [wanted]


def test_the_title_of_a_picture_is_not_the_page_title() -> None:
    page = "<svg><title>icon</title></svg><p>Text</p>"
    assert not [c for c in read(page).candidates if c.source == "title element"]
