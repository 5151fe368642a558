"""Strategies of hypothesis for HTML and for raw text, of the words that the generators use."""

import json
from typing import Any

from hypothesis import strategies as st

from hardening.fuzzing.families import CRAWLED, HTML, TEXT, Given
from hardening.fuzzing.vocabulary import (
    ATTRIBUTES,
    BLOCK_TAGS,
    BULLETS,
    BYLINES,
    DATES,
    ENTITIES,
    INLINE_TAGS,
    META_NAMES,
    ODD_SIGNS,
    ODD_TAGS,
    PROMPTS,
    SCRIPTS,
    URLS,
    VOID_TAGS,
)
from markups import PIECES

Text = st.SearchStrategy[str]
WORDS = tuple(word for words in SCRIPTS.values() for word in words)
RAW_TEXT_TAGS = ("script", "style", "textarea", "title", "xmp", "noscript", "iframe", "plaintext")
LD_KEYS = ("headline", "author", "datePublished", "articleBody", "description", "@graph", "name")


def texts(most: int = 12) -> Text:
    """Words of one or many scripts, now and then any signs at all."""
    any_signs = st.text(st.characters(codec=None), max_size=20)
    word = st.one_of(*(st.sampled_from(words) for words in SCRIPTS.values()))
    run = st.lists(st.sampled_from(WORDS) | word, min_size=1, max_size=most).map(" ".join)
    odd = st.sampled_from((*ODD_SIGNS, *ENTITIES))
    return st.one_of(run, run, st.builds("{}{}{}".format, run, odd, run), any_signs)


def tellings() -> Text:
    """What pages say around their text."""
    return st.sampled_from((*DATES, *BYLINES, *PROMPTS))


@st.composite
def attributes(draw: st.DrawFn) -> str:
    """Attributes of all sorts, some with broken quoting."""
    found = []
    for name in draw(st.lists(st.sampled_from(tuple(ATTRIBUTES)), max_size=3)):
        value = draw(st.sampled_from(ATTRIBUTES[name]) | texts(3))
        opening, closing = draw(
            st.sampled_from((('"', '"'), ('"', '"'), ("'", "'"), ("", ""), ('"', ""), ("", '"')))
        )
        found.append(f" {name}={opening}{value}{closing}")
    return "".join(found)


def asides() -> Text:
    """Comments, CDATA and text that is none, closed or not."""
    raw = st.builds("<{0}>{1}</{0}>".format, st.sampled_from(RAW_TEXT_TAGS), texts(4))
    marks = st.sampled_from(
        (
            ("<!--", "-->"),
            ("<!--", ""),
            ("<![CDATA[", "]]>"),
            ("<?", "?>"),
            ("<!", ">"),
            ("</", ">"),
        )
    )
    return raw | st.builds(lambda pair, text: pair[0] + text + pair[1], marks, texts(4))


def _element(tag: str, attributes: str, inner: list[str], closed: bool) -> str:
    if tag in VOID_TAGS:
        return f"<{tag}{attributes}>"
    return f"<{tag}{attributes}>{''.join(inner)}{f'</{tag}>' if closed else ''}"


def _elements(tags: tuple[str, ...], inner: Text, most: int = 4) -> Text:
    closed = st.sampled_from((True, True, True, False))
    return st.builds(
        _element, st.sampled_from(tags), attributes(), st.lists(inner, max_size=most), closed
    )


def _nested(inner: Text) -> Text:
    rows = _elements(("tr",), _elements(("td", "th"), inner, 2), 3)
    items = _elements(("li",), inner, 2)
    return st.one_of(
        _elements(BLOCK_TAGS, inner),
        _elements(BLOCK_TAGS, inner),
        _elements(("table",), rows | _elements(("tbody", "caption"), rows, 2), 3),
        _elements(("ul", "ol", "menu"), items, 5),
        _elements(ODD_TAGS, inner, 2),
    )


def bodies() -> Text:
    """Elements in elements: blocks, tables, lists, <br> runs, <pre>, and what breaks them."""
    inline = _elements(INLINE_TAGS, texts(4), 1)
    breaks = st.lists(texts(5), min_size=2, max_size=4).map("<br><br>".join)
    lines = st.lists(texts(4), max_size=4).map("\n    ".join)
    code = st.builds("<pre>{}</pre>".format, lines)
    pieces = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)
    leaf = st.one_of(texts(30), texts(30), inline, tellings(), breaks, code, asides(), pieces)
    return st.recursive(leaf, _nested, max_leaves=12)


def linked_data() -> Text:
    """JSON-LD with odd values, whole or cut."""
    leaf = st.one_of(
        *(st.none(), st.booleans(), st.integers(), st.floats(), texts(20), tellings()),
        st.sampled_from(("NewsArticle", "Person", "WebPage")),
    )
    keys = st.sampled_from(("@type", *LD_KEYS))
    thing: st.SearchStrategy[Any] = st.recursive(
        leaf,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4),
        max_leaves=8,
    )
    whole = thing.map(json.dumps)
    cut = st.builds(lambda text, place: text[: place % (len(text) + 1)], whole, st.integers(0, 999))
    return st.one_of(whole, whole, cut)


def heads() -> Text:
    """Titles, meta elements and JSON-LD."""
    meta = '<meta {}="{}" content="{}">'.format
    part = st.one_of(
        st.builds("<title>{}</title>".format, texts(6)),
        st.builds(
            meta,
            st.sampled_from(("name", "property", "itemprop", "http-equiv")),
            st.sampled_from(META_NAMES),
            tellings() | texts(6),
        ),
        st.builds('<script type="application/ld+json">{}</script>'.format, linked_data()),
    )
    return st.lists(part, max_size=4).map("".join)


def pages() -> Text:
    """Whole pages and fragments."""
    body = st.lists(bodies(), min_size=1, max_size=4).map("".join)
    whole = st.builds(
        "{}<html{}><head>{}</head><body{}>{}</body></html>".format,
        st.sampled_from(("", "<!DOCTYPE html>")),
        attributes(),
        heads(),
        attributes(),
        body,
    )
    return st.one_of(whole, whole, body)


def raw_texts() -> Text:
    """Layouts of lines: wrapped, indented, in columns, bullets, prompts, dates and bylines."""
    line = st.one_of(texts(30), texts(6), tellings())
    pads = ("", "", "    ", "\t", "> ", "\u3000", *BULLETS)
    row = st.lists(texts(3), min_size=2, max_size=4)
    columns = st.builds(lambda joint, cells: joint.join(cells), st.sampled_from((" | ", "\t")), row)
    padded = st.builds("{}{}".format, st.sampled_from(pads), line)
    ends = st.sampled_from(("\n", "\n\n", "\r\n", "\r", "\n \n", "\u2028", "\x0c", " "))
    lines = st.lists(padded | columns, min_size=1, max_size=12)
    return st.builds(lambda end, found: end.join(found), ends, lines)


def given_html() -> st.SearchStrategy[Given]:
    """Pages, as str or bytes, with what a caller may say of them."""
    page = pages()
    either = page | page.map(lambda text: text.encode("utf-8", "surrogatepass")) | st.binary()
    return _given(either, HTML)


def given_text() -> st.SearchStrategy[Given]:
    """Raw texts, likewise."""
    return _given(raw_texts(), TEXT)


def _given(page: Any, kinds: Any) -> st.SearchStrategy[Given]:
    return st.builds(
        Given, page, st.sampled_from(kinds), st.sampled_from(URLS), st.sampled_from(CRAWLED)
    )
