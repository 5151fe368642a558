"""The compiled walk over a tree finds the elements that the one in Python finds."""

import random
from pathlib import Path

import pytest
from lxml import etree
from lxml import html as lxml_html

from cases import pages
from cleanarticle.accelerator import REFERENCES
from cleanarticle.readers import structured, tree

twin = pytest.importorskip("cleanarticle.accelerator._declared")
TAGS = ("script", "meta", "link", "title", "h1", "time", "a", "p", "svg", "abbr", "svg:title", "A")
VALUES = (
    *("", "author", "AUTHOR", "x-Author-name", "authors", "byline", "BYLİNE", "bylıne", "a.byline"),
    *(
        "application/LD+JSON",
        "ld+json",
        "ld\x0bjson",
        "Canonical",
        "canonical next",
        "ſ",
        "日",
        "bylin",
    ),
    *("noauthor", "byline_link", "by line", "headline author", "  ", "é author"),
)
NAMES = ("class", "itemprop", "rel", "type", "content", "id", "xlink:rel")


def tag(chance: random.Random) -> str:
    named = chance.sample(NAMES, chance.randrange(4))
    attributes = "".join(f' {name}="{chance.choice(VALUES)}"' for name in named)
    name = chance.choice(TAGS)
    return chance.choice((f"<{name}{attributes}>", f"</{name}>", "<!-- x -->", "<?x?>", "text"))


def assert_alike(root: etree._Element, most: int) -> None:
    given = (root, structured.SORTS, most, structured._BYLINE_NAME.search)
    assert twin.telling_elements(*given) == REFERENCES["declared.telling_elements"](*given)


@pytest.mark.parametrize("seed", range(20))
def test_the_elements_of_trees_at_random_are_found_alike(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(30):
        root, _notes = tree.parse("".join(tag(chance) for _ in range(chance.randrange(1, 150))))
        if root is None:
            continue
        for part in (root, *chance.sample(list(root.iter("*")), 1)):
            assert_alike(part, chance.choice((0, 1, 3, 40)))


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.parent.name)
def test_the_elements_of_a_page_are_found_alike(path: Path) -> None:
    root, _notes = tree.parse(path.read_bytes().decode("utf-8", "replace"))
    if root is not None:
        assert_alike(root, structured.MAX_ELEMENTS)


XML = (
    '<!DOCTYPE x [<!ELEMENT x ANY><!ATTLIST p class CDATA "author"><!ENTITY e "byline">]>'
    '<x><p/><p class="&e;"/><y:h1 xmlns:y="urn:y" y:class="author"/><h1/></x>'
)


@pytest.mark.parametrize("resolve", [True, False])
def test_the_elements_of_other_trees_are_found_alike(resolve: bool) -> None:
    root = etree.fromstring(XML, etree.XMLParser(resolve_entities=resolve))
    assert_alike(root, 40)
    assert_alike(lxml_html.fromstring("<div class=author><p class='author'>x</div>"), 40)
    assert_alike(lxml_html.fragment_fromstring("<a rel=author>x <b rel=author>y</b></a>"), 40)


def test_the_elements_of_a_deep_and_of_a_long_tree_are_found_alike() -> None:
    deep = "<div class=author>" * 200 + "x" + "</div><a rel=author>y</a>" * 200
    for page in (
        deep,
        "<p itemprop=author>x" * 20_000,
        "<b " + " ".join(f"a{n}=1" for n in range(5000)),
    ):
        root, _notes = tree.parse(page)
        assert_alike(root, 40)
