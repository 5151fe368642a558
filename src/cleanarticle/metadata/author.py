"""The people who wrote it, without "By", roles, addresses and the site's name."""

from collections.abc import Iterator
from itertools import islice

from cleanarticle.language import bylines
from cleanarticle.language.words import tokens
from cleanarticle.records import Document, Field

_SOURCES = ("json-ld", "itemprop", "meta", "rel=author", "opengraph", "byline element")
_NEAR_TITLE = 12  # blocks below the title in which a byline belongs to the article
MAX_AUTHORS = 12
MAX_META_LINE_WORDS = 10


def choose(document: Document, title_block: int | None) -> tuple[str, ...]:
    """Names in page order; empty where the page names nobody."""
    for source in _SOURCES:
        values = [
            c.value for c in document.candidates if c.field is Field.AUTHOR and c.source == source
        ]
        if source == "byline element":
            values = values[:1]
        names = tuple(islice(_names(values, document), MAX_AUTHORS))
        if names:
            return names
    return _shown(document, title_block)


def _names(values: list[str], document: Document) -> Iterator[str]:
    sites = {tuple(tokens(c.value)) for c in document.candidates if c.field is Field.SITE_NAME}
    given: set[tuple[str, ...]] = set()
    for value in values:
        for name in bylines.split_names(value, document.language):
            key = tuple(tokens(name))
            if key and key not in sites and key not in given and bylines.looks_like_name(name):
                given.add(key)
                yield name


def _shown(document: Document, title_block: int | None) -> tuple[str, ...]:
    """Names in a visible byline: near the title, or in raw text in a line of its own at the top."""
    top = title_block if title_block is not None else 0
    for block in document.blocks[max(top - 3, 0) : top + _NEAR_TITLE]:
        names = bylines.people(block.text, document.language)
        if names:
            return (*names, *_continued(document, block.index))
        is_meta_line = block.words <= MAX_META_LINE_WORDS and block.index > top > 0
        if is_meta_line and (names := bylines.beside_date(block.text, document.language)):
            return names
    return ()


def _continued(document: Document, index: int) -> tuple[str, ...]:
    """Names in the line below a byline, where it goes on with a word for "and"."""
    below = document.blocks[index + 1 : index + 2]
    return bylines.continued(below[0].text, document.language) if below else ()
