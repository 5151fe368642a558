"""JSON-LD that is right: references, lists, tagged values, and what is none of the page's own."""

import json

import pytest

from cleanarticle.options import Limits
from cleanarticle.readers import jsonld
from cleanarticle.records import Field

ANN = {"@type": "Person", "@id": "#ann", "name": "Ann Lee"}
QUAY = {"@type": "NewsMediaOrganization", "@id": "#quay", "name": "The Quay"}


def values(field: Field, *blocks: object) -> list[str]:
    found = jsonld.read([json.dumps(block) for block in blocks], Limits(), {})
    return [c.value for c in found if c.field is field and c.value]


def authors(author: object, *others: object, **more: object) -> list[str]:
    story = {"@type": "Article", "headline": "H", "author": author} | more
    return values(Field.AUTHOR, {"@graph": [story, *others]})


REFERENCES = [
    pytest.param({"@id": "#ann"}, ["Ann Lee"], id="object"),
    pytest.param("#ann", ["Ann Lee"], id="text"),
    pytest.param([{"@id": "#ann"}, {"@id": "#quay"}], ["Ann Lee", "The Quay"], id="list"),
    pytest.param([[{"@id": "#ann"}], ["Bo Ek"]], ["Ann Lee", "Bo Ek"], id="lists in a list"),
    pytest.param({"@list": [{"@id": "#ann"}, "Bo Ek"]}, ["Ann Lee", "Bo Ek"], id="@list"),
    pytest.param({"@id": "#ann", "@type": "Person"}, ["Ann Lee"], id="with a type"),
    pytest.param({"@id": "#nobody"}, [], id="to nothing"),
    pytest.param("#nobody", [], id="text to nothing"),
]


@pytest.mark.parametrize(("author", "names"), REFERENCES)
def test_a_reference_is_followed(author: object, names: list[str]) -> None:
    assert authors(author, ANN, QUAY) == names


@pytest.mark.parametrize(("author", "names"), REFERENCES)
def test_it_is_followed_into_what_is_said_inside_other_things(
    author: object, names: list[str]
) -> None:
    video = {"@type": "VideoObject", "author": ANN, "publisher": QUAY}
    assert authors(author, video) == names


def test_it_is_followed_into_other_blocks() -> None:
    story = {"@type": "Article", "author": {"@id": "#ann"}, "publisher": "#quay"}
    comments = {"@type": "Thing", "comment": [{"@type": "Comment", "author": ANN}]}
    blocks = (story, comments, {"@graph": [{"@graph": [{"publisher": QUAY}]}]})
    assert values(Field.AUTHOR, *blocks) == ["Ann Lee"]
    assert values(Field.SITE_NAME, *blocks) == ["The Quay"]


def test_a_thing_described_in_two_places_is_one() -> None:
    assert authors({"@id": "#ann"}, ANN, {"@id": "#ann", "jobTitle": "Reporter"}) == ["Ann Lee"]


def test_organizations_are_told_from_people_by_what_the_reference_leads_to() -> None:
    story = {"@type": "Article", "author": ["#ann", {"@id": "#quay"}]}
    graph = {"@graph": [story, {"@type": "Thing", "author": ANN, "publisher": QUAY}]}
    found = jsonld.read([json.dumps(graph)], Limits(), {})
    assert [(c.value, c.source) for c in found if c.field is Field.AUTHOR] == [
        ("Ann Lee", "json-ld"),
        ("The Quay", "json-ld organization"),
    ]


@pytest.mark.parametrize(
    "publisher",
    [
        pytest.param(QUAY, id="object"),
        pytest.param([QUAY], id="list"),
        pytest.param([{"@id": "#quay"}], id="list of references"),
        pytest.param("#quay", id="text"),
    ],
)
def test_the_publisher_names_the_site(publisher: object) -> None:
    story = {"@type": "Article", "publisher": publisher}
    assert values(Field.SITE_NAME, story, {"@type": "Thing", "author": QUAY}) == ["The Quay"]


@pytest.mark.parametrize(
    "address",
    [
        "https://quay.example/ann-lee",
        "//quay.example/ann-lee",
        "/people/ann-lee",
        "#/schema/person/7",
        "_:b0",
        "mailto:ann@quay.example",
        "www.quay.example",
    ],
)
def test_an_address_is_no_name(address: str) -> None:
    assert authors(address) == []
    assert authors([address, "Ann Lee"]) == ["Ann Lee"]
    assert authors(address, {"@id": address, "name": "Ann Lee"}) == ["Ann Lee"]
    assert authors(address, creator="Bo Ek") == ["Bo Ek"]


@pytest.mark.parametrize("name", ["Ann Lee / The Quay", "C/2 Redaktion", "Çağla Öz", "王小明"])
def test_a_name_is_no_address(name: str) -> None:
    assert authors(name) == [name]


NAMES = [
    pytest.param({"name": {"@value": "Ann Lee"}}, "en", ["Ann Lee"], id="value"),
    pytest.param({"@value": "Ann Lee"}, "en", ["Ann Lee"], id="author is a value"),
    pytest.param(
        {"name": [{"@value": "Anna Li", "@language": "en"}, {"@value": "李安", "@language": "zh"}]},
        "zh-CN",
        ["李安"],
        id="in the language of the article",
    ),
    pytest.param(
        {"name": [{"@value": "Anna Li", "@language": "en"}, {"@value": "李安", "@language": "zh"}]},
        "fr",
        ["Anna Li"],
        id="in the first language",
    ),
    pytest.param(
        {"givenName": "Łucja", "familyName": "Żak"}, "pl", ["Łucja Żak"], id="given and family"
    ),
    pytest.param({"name": "", "familyName": "Żak"}, "pl", ["Żak"], id="family"),
    pytest.param({"name": "L. Żak", "givenName": "Łucja"}, "pl", ["L. Żak"], id="name first"),
    pytest.param({"@id": "#ann", "givenName": "A."}, "en", ["Ann Lee"], id="name of the id first"),
    pytest.param({"name": {"@id": "#ann"}}, "en", [], id="no value"),
]


@pytest.mark.parametrize(("author", "language", "names"), NAMES)
def test_names_come_in_several_forms(author: object, language: str, names: list[str]) -> None:
    assert authors(author, ANN, inLanguage=language) == names


def test_titles_and_days_come_as_values_too() -> None:
    titles = [{"@value": "Brug dicht", "@language": "nl"}, {"@value": "Pont", "@language": "fr"}]
    story = {
        "@type": "NewsArticle",
        "headline": titles,
        "inLanguage": "fr-BE",
        "datePublished": {"@type": "xsd:date", "@value": "2024-03-05"},
    }
    assert values(Field.TITLE, story) == ["Pont"]
    assert values(Field.DATE, story) == ["2024-03-05"]


@pytest.mark.parametrize("key", ["contributor", "editor", "accountablePerson", "sponsor"])
def test_other_people_are_no_authors(key: str) -> None:
    assert authors("", **{key: ANN}) == []


@pytest.mark.parametrize(
    ("kinds", "headline", "titles"),
    [
        (["Thing", "ReportageNewsArticle"], "Ferry late", ["Ferry late"]),
        (["CreativeWork", "Article"], None, []),  # how newspapers tag themselves
        (["WebPage", "Article"], "Ferry late", ["Ferry late"]),
        (["Thing", "Product"], "Ferry late", []),
        ("OpinionNewsArticle", "Ferry late", ["Ferry late"]),
    ],
)
def test_every_type_of_a_list_counts(kinds: object, headline: str, titles: list[str]) -> None:
    node = {"@type": kinds, "headline": headline, "name": "The Quay"}
    assert values(Field.TITLE, node) == titles


def test_a_page_that_is_an_article_gives_its_day_once() -> None:
    page = {"@type": ["WebPage", "Article"], "headline": "H", "datePublished": "2024-03-05"}
    assert values(Field.DATE, page) == ["2024-03-05"]


def test_the_article_that_a_page_refers_to_is_the_first() -> None:
    graph = [
        {"@type": "Article", "@id": "#other", "headline": "Other"},
        {"@type": "Article", "@id": "#story", "headline": "Story"},
        {"@type": "WebPage", "mainEntity": {"@id": "#story"}},
    ]
    assert values(Field.TITLE, {"@graph": graph}) == ["Story", "Other"]
    assert values(Field.TITLE, {"@graph": graph[:2]}) == ["Other", "Story"]


@pytest.mark.parametrize("reference", ["#story", {"@id": "#story"}, [{"@id": "#story"}]])
def test_an_article_inside_another_thing_is_read_where_a_page_refers_to_it(
    reference: object,
) -> None:
    listed = {"@type": "ItemList", "itemListElement": [STORY, STORY | {"@id": "#b"}]}
    assert values(Field.TITLE, listed) == []
    assert values(Field.TITLE, listed, {"@type": "WebPage", "mainEntity": reference}) == ["Story"]


STORY = {"@type": "Article", "@id": "#story", "headline": "Story"}


def test_the_page_of_an_article_gives_its_day_where_the_article_refers_to_it() -> None:
    page = {"@type": "WebPage", "@id": "/a", "datePublished": "2024-03-05"}
    site = {"@type": "WebSite", "hasPart": [page]}
    assert values(Field.DATE, STORY, site) == []
    assert values(Field.DATE, STORY | {"mainEntityOfPage": "/a"}, site) == ["2024-03-05"]


def test_an_article_that_refers_back_to_a_person_is_none_of_the_page() -> None:
    person = ANN | {"@reverse": {"author": [{"@type": "Article", "headline": "Her other one"}]}}
    assert values(Field.TITLE, person) == []
    assert values(Field.TYPE, person) == ["Person"]


def test_references_in_a_circle_end() -> None:
    graph = [
        {"@type": "Article", "@id": "#a", "author": {"@id": "#b"}, "mainEntity": {"@id": "#a"}},
        {"@id": "#b", "@type": "Person", "author": {"@id": "#a"}, "name": {"@id": "#b"}},
        {"@type": "WebPage", "@id": "#p", "mainEntity": "#p", "mainEntityOfPage": "#p"},
    ]
    assert authors({"@id": "#b"}, *graph) == []


def test_many_references_to_many_names_are_bounded() -> None:
    crowd = {"@id": "#crowd", "name": ["Ann Lee"] * 1000}
    stories = [{"@type": "Article", "author": ["#crowd"] * 50}] * 1000
    found = values(Field.AUTHOR, [crowd, *stories])
    assert len(found) == jsonld.MAX_ARTICLES * jsonld.MAX_NAMES


def test_an_entity_of_an_absurd_number_stays_as_it_is() -> None:
    story = {"@type": "Article", "headline": "H", "articleBody": f"a &#{'9' * 5000};"}
    assert values(Field.BODY, story) == [story["articleBody"]]
