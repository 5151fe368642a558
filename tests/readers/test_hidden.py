"""Which text is marked as not displayed, and the names and labels of containers."""

import pytest

from cleanarticle import readers
from cleanarticle.readers.attributes import name_words
from cleanarticle.records import Document


def read(page: str) -> Document:
    return readers.read(readers.open_page(page), kind="html")


def hidden(page: str) -> dict[str, bool]:
    """Text of each block, and whether it is hidden."""
    document = read(page)
    markups = ((block.text, block.markup) for block in document.blocks)
    return {text: document.containers[m.container].hidden for text, m in markups if m}


@pytest.mark.parametrize(
    ("attributes", "is_hidden"),
    [
        ("hidden", True),
        ('hidden=""', True),
        ('hidden="until-found"', False),
        ('aria-hidden="true"', True),
        ('aria-hidden="false"', False),
        ('style="color: red; DISPLAY : none"', True),
        ('style="display: block"', False),
        ('style="visibility:hidden"', True),
        ('style="visibility:visible"', False),
        ('class="sr-only"', True),
        ('class="box visually-hidden"', True),
        ('class="hidden md:block"', False),
        ('class="d-none d-md-flex"', False),
        ('class="hidden-gem"', False),
        ('class="unhidden"', False),
        ("", False),
    ],
)
def test_attributes_and_classes_hide_blocks_and_inline_text(
    attributes: str, is_hidden: bool
) -> None:
    assert hidden(f"<div {attributes}>text</div>") == {"text": is_hidden}
    inline = {"see": False, "text": True} if is_hidden else {"see text": False}
    assert hidden(f"<p>see <span {attributes}>text</span></p>") == inline


def test_what_is_inside_a_hidden_element_is_hidden_and_what_follows_is_not() -> None:
    page = "<div hidden><section><p>in</p></section></div><p>out</p>"
    assert hidden(page) == {"in": True, "out": False}


def test_a_closed_dialog_is_hidden_and_an_open_one_is_not() -> None:
    assert hidden('<dialog class="a">x</dialog><dialog open>y</dialog>') == {"x": True, "y": False}


def test_hidden_inline_text_stands_behind_the_block_that_it_interrupts() -> None:
    page = "<p>one <span hidden>(opens <b>a new</b> tab)</span>two</p><p>three</p>"
    assert list(hidden(page).items()) == [
        ("one two", False),
        ("(opens a new tab)", True),
        ("three", False),
    ]


def test_noscript_is_hidden_and_told_apart() -> None:
    document = read("<noscript><p>Enable it</p></noscript><p>x</p>")
    seen = [document.containers[b.markup.container] for b in document.blocks if b.markup]
    assert [(c.hidden, c.noscript) for c in seen] == [(True, True), (False, False)]


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ("share-bar", ("share", "bar")),
        ("relatedPosts", ("related", "posts")),
        ("RSSFeed site__header", ("rss", "feed", "site", "header")),
        ("col-md-6 id42", ("col", "md", "id")),
        ("поделиться", ("поделиться",)),
        ("", ()),
    ],
)
def test_names_are_split_into_words(names: str, words: tuple[str, ...]) -> None:
    assert name_words(names) == words


def test_containers_know_their_names_role_and_parent() -> None:
    page = '<main id="story"><div class="text-Body" role="Complementary"><p>x</p></div></main>'
    document = read(page)
    (block,) = document.blocks
    assert block.markup is not None
    paragraph = document.containers[block.markup.container]
    div = document.containers[paragraph.parent]
    main = document.containers[div.parent]
    assert (div.tag, div.names, div.aria) == ("div", ("text", "body"), "complementary")
    assert (main.tag, main.names, main.aria) == ("main", ("story",), "")


@pytest.mark.parametrize(
    ("attributes", "labels"),
    [
        ('itemprop="articleBody"', ("article", "body")),
        (
            'itemtype="https://schema.org/NewsArticle"',
            ("https", "schema", "org", "news", "article"),
        ),
        ('aria-label="Related stories"', ("related", "stories")),
        ('data-testid="story-text_2"', ("story", "text")),
        ('data-component="ShareBar" data-type="tools"', ("share", "bar", "tools")),
        ('data-testid="lead" itemprop="text"', ("text", "lead")),
        ('aria-label="поделиться"', ("поделиться",)),
        ('itemprop=""', ()),
        ("itemscope", ()),
        ('class="article-body" id="story" role="main" title="Lead" data-id="lead"', ()),
        ("", ()),
    ],
)
def test_containers_know_the_words_of_their_labels(
    attributes: str, labels: tuple[str, ...]
) -> None:
    containers = read(f"<section {attributes}><p>x</p></section>").containers
    assert [(c.tag, c.labels) for c in containers[-2:]] == [("section", labels), ("p", ())]


def test_labels_are_no_names() -> None:
    page = '<div itemprop="articleBody" class="story"><p>x</p></div>'
    assert [c.names for c in read(page).containers if c.tag == "div"] == [("story",)]
