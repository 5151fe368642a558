"""What is the same for all blocks of a page."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

import numpy as np

from cleanarticle.classifier import counts
from cleanarticle.classifier.columns import KINDS, Columns, Floats
from cleanarticle.classifier.features.row import Feature, Group, share
from cleanarticle.records import Field, Kind, PageType

MAX_HEADLINES = 9

_URL_WORDS = {
    "forum": frozenset(
        (
            "forum forums thread threads topic topics t questions viewtopic showthread "
            "community discussion discussions comments r ask"
        ).split()
    ),
    "product": frozenset("product products p dp shop store item buy itm".split()),
    "listing": frozenset(
        (
            "category categories tag tags search archive archives author page browse topics "
            "list results"
        ).split()
    ),
    "collection": frozenset("collection collections c shop catalog catalogue all".split()),
    "documentation": frozenset(
        (
            "docs doc documentation manual reference api guide guides tutorial tutorials "
            "wiki help latest stable library"
        ).split()
    ),
    "service": frozenset(
        (
            "services service solutions about pricing features contact industries platform products"
        ).split()
    ),
    "article": frozenset(
        ("news blog article articles story stories post posts recipe recipes").split()
    ),
}


_TYPES = {
    "article": frozenset(
        (
            "article newsarticle blogposting reportagenewsarticle techarticle report "
            "scholarlyarticle"
        ).split()
    ),
    "product": frozenset(
        "product offer productgroup og:product product.item aggregateoffer".split()
    ),
    "forum": frozenset("discussionforumposting qapage question comment".split()),
    "listing": frozenset(
        "collectionpage itemlist searchresultspage offercatalog blog profilepage".split()
    ),
    "website": frozenset("website".split()),
    "organization": frozenset(
        "organization localbusiness service softwareapplication corporation".split()
    ),
    "recipe": frozenset("recipe howto".split()),
    "page": frozenset("webpage aboutpage contactpage faqpage".split()),
}


_URL_WORD = re.compile(r"[a-z0-9]+")


def page() -> Iterator[Group]:
    """The numbers of the page, the same for all its blocks."""
    yield Group(_of_page, tuple(Feature(f"page_{name}", *rest) for name, *rest in _rows()))


def _of_page(c: Columns) -> Floats:
    numbers = (*_of_blocks(c), *_of_metadata(c), *_of_address(c), *_of_types(c), *c.by_words)
    return np.array(numbers, np.float32)[:, None]


def _rows() -> Iterator[tuple[str, str, str]]:
    yield "words", "log words", "on the page"
    yield "blocks", "log blocks", "on the page"
    yield "prose", "share", "of the words are prose"
    yield "prose_blocks", "log blocks", "of prose"
    yield "links", "share", "of the characters are links"
    yield "longest", "log words", "longest block"
    yield "h1", "headings", "of level 1"
    yield "headings", "log headings", "of all levels"
    yield "articles", "log elements", "<article>"
    yield "commented", "share", "of the words that comments hold"
    yield "related", "share", "of the words in links to more"
    yield "date", "yes or no", "a day of publication is known"
    yield "author", "yes or no", "an author is known"
    yield "money", "share", "of the blocks hold a currency"
    yield "path", "parts", "of the address"
    yield "path_hyphens", "hyphens", "in the last part"
    yield "path_digits", "digits", "in the address"
    yield "query", "yes or no", "the address has a query"
    for name in _URL_WORDS:
        yield f"url_{name}", "yes or no", f"the address has a word of {name}"
    for name in _TYPES:
        yield f"type_{name}", "yes or no", f"says that it is {name}"
    for kind in PageType:
        meaning = f"that the page is of the type {kind}, by its words alone"
        yield f"words_{kind}", "log-probability", meaning


def _of_blocks(c: Columns) -> Sequence[float]:
    return (
        math.log1p(c.words.sum()),
        math.log1p(c.count),
        share(c.prose, c.words),
        math.log1p(np.count_nonzero(c.prose)),
        share(c.link_chars, c.chars),
        math.log1p(c.words.max(initial=0)),
        min(float(np.count_nonzero(c.levels == 1)), MAX_HEADLINES),
        math.log1p(np.count_nonzero(c.levels)),
        math.log1p(np.count_nonzero(c.elements.is_article)),
        _voted(c, Kind.COMMENTS),
        _voted(c, Kind.RELATED),
    )


def _voted(c: Columns, kind: Kind) -> float:
    return share(c.words * (c.votes[0][KINDS.index(kind)] > 0), c.words)


def _of_metadata(c: Columns) -> Sequence[float]:
    known = c.metadata
    money = float(c.signs[counts.HAS_MONEY].mean())
    return float(known.date is not None), float(bool(known.authors)), money


def _of_address(c: Columns) -> Iterator[float]:
    url = c.metadata.url or ""
    path, host = _parts(url)
    yield len(path)
    yield path[-1].count("-") if path else 0
    yield sum(map(str.isdigit, "".join(path)))
    yield float("?" in url)
    words = _URL_WORD.findall(" ".join((*path, host)))
    yield from _told(_URL_WORDS, words)


def _parts(url: str) -> tuple[Sequence[str], str]:
    """The parts of an address's path, and its host; nothing where it is broken."""
    try:
        split = urlsplit(url)
    except ValueError:
        return (), ""
    path = [part for part in split.path.lower().split("/") if part]
    try:
        return path, (split.hostname or "").lower()
    except ValueError:
        return path, ""


def _of_types(c: Columns) -> Iterator[float]:
    declared = [known.value.lower() for known in c.document.candidates if known.field is Field.TYPE]
    return _told(_TYPES, declared)


def _told(known: Mapping[str, frozenset[str]], words: Sequence[str]) -> Iterator[float]:
    """1 for each name of which one of the words is."""
    return (float(not those.isdisjoint(words)) for those in known.values())
