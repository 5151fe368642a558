"""What is the same for all blocks of a page."""

import math
import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from cleanarticle.classifier.columns import Columns
from cleanarticle.classifier.features.row import Row, share
from cleanarticle.classifier.features.shape import holds
from cleanarticle.records import Field, Kind, PageType


def page() -> Iterator[Row]:
    """The numbers of the page, the same for all its blocks."""
    for name, unit, meaning, number in page_rows():
        yield f"page_{name}", unit, meaning, partial(_of_page, number=number)


Number = Callable[[Columns], float]


def _of_page(c: Columns, number: Number) -> NDArray[np.floating]:
    return np.full(c.count, number(c), np.float32)


@cache
def page_rows() -> tuple[tuple[str, str, str, Number], ...]:
    """What is the same for all blocks of a page: name, unit, meaning, and its number."""
    return (
        ("words", "log words", "on the page", lambda c: math.log1p(c.words.sum())),
        ("blocks", "log blocks", "on the page", lambda c: math.log1p(c.count)),
        ("prose", "share", "of the words are prose", lambda c: share(c.prose, c.words)),
        ("prose_blocks", "log blocks", "of prose", lambda c: math.log1p((c.prose > 0).sum())),
        ("links", "share", "of the characters are links", lambda c: share(c.link_chars, c.chars)),
        ("longest", "log words", "longest block", lambda c: math.log1p(c.words.max(initial=0))),
        ("h1", "headings", "of level 1", lambda c: min(float((c.levels == 1).sum()), 9)),
        ("headings", "log headings", "of all levels", lambda c: math.log1p((c.levels > 0).sum())),
        ("articles", "log elements", "<article>", lambda c: math.log1p(_count(c, "article"))),
        ("commented", "share", "of the words that comments hold", partial(_voted, k=Kind.COMMENTS)),
        ("related", "share", "of the words in links to more", partial(_voted, k=Kind.RELATED)),
        (
            "date",
            "yes or no",
            "a day of publication is known",
            lambda c: c.metadata.date is not None,
        ),
        ("author", "yes or no", "an author is known", lambda c: bool(c.metadata.authors)),
        (
            "money",
            "share",
            "of the blocks hold a currency",
            lambda c: float(holds(c, "$€£¥₹").mean()),
        ),
        ("path", "parts", "of the address", lambda c: float(len(_path(c)))),
        ("path_hyphens", "hyphens", "in the last part", lambda c: float(_last_part(c).count("-"))),
        (
            "path_digits",
            "digits",
            "in the address",
            lambda c: float(sum(map(str.isdigit, "".join(_path(c))))),
        ),
        ("query", "yes or no", "the address has a query", _has_query),
        *_told_rows(),
    )


def _told_rows() -> Iterator[tuple[str, str, str, Number]]:
    """What the address, the declared types and the words say of the page's type."""
    for name in _URL_WORDS:
        meaning = f"the address has a word of {name}"
        yield f"url_{name}", "yes or no", meaning, partial(_url_has, of=name)
    for name in _TYPES:
        yield f"type_{name}", "yes or no", f"says that it is {name}", partial(_says, of=name)
    for position, kind in enumerate(PageType):
        meaning = f"that the page is of the type {kind}, by its words alone"
        yield f"words_{kind}", "log-probability", meaning, partial(_by_words, position=position)


def _by_words(c: Columns, position: int) -> float:
    return float(c.by_words[position])


def _count(c: Columns, tag: str) -> int:
    return sum(1 for k in c.document.containers if k.tag == tag)


def _voted(c: Columns, k: Kind) -> float:
    return share(np.where(c.votes[k] > 0, c.words, 0).astype(np.float32), c.words)


def _path(c: Columns) -> list[str]:
    try:
        path = urlsplit(c.metadata.url or "").path
    except ValueError:
        return []
    return [part for part in path.lower().split("/") if part]


def _last_part(c: Columns) -> str:
    return (_path(c) or [""])[-1]


def _has_query(c: Columns) -> float:
    return float("?" in (c.metadata.url or ""))


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


_URL_WORD = re.compile(r"[a-z0-9]+")


def _url_has(c: Columns, of: str) -> float:
    found = set(_URL_WORD.findall(" ".join((*_path(c), _host(c)))))
    return float(not found.isdisjoint(_URL_WORDS[of]))


def _host(c: Columns) -> str:
    try:
        return (urlsplit(c.metadata.url or "").hostname or "").lower()
    except ValueError:
        return ""


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


def _says(c: Columns, of: str) -> float:
    return float(any(value.lower() in _TYPES[of] for value in c.values(Field.TYPE)))
