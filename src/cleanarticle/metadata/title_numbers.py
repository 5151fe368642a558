"""What a text that may be the title is judged by."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cleanarticle.metadata.ranking import Rows, Table
from cleanarticle.metadata.view import NONE, likeness, share

if TYPE_CHECKING:
    from cleanarticle.metadata.title import Title

SOURCES = ("h1", "h1 part", "title element", "opengraph", "json-ld", "itemprop", "meta", "twitter")
HEADINGS = ("heading 1", "heading 2", "heading 3")
PARTS = ("whole", "head", "tail")
MAX_TIMES = 4  # more say no more
NO_HOST = 9.0  # a ratio, where the host is not in the title
_INNER_BORDER = re.compile(r"[|»]| [-–—] ")
_DECLARED = tuple(f"{source} {part}" for source in SOURCES for part in PARTS)
_SHOWN = tuple(f"{heading} whole" for heading in HEADINGS)
_COLUMNS = {name: column for column, name in enumerate((*_DECLARED, *_SHOWN))}
_FIRST, _LIKE = SOURCES[:5], SOURCES[2:4]


def _of_sources(title: "Title") -> list[float]:
    page, own, words = title.page, title.key, title.words
    times, declared = [0] * len(_COLUMNS), []
    for name, count in title.counts.items():
        column = _COLUMNS[name]
        times[column] = min(count, MAX_TIMES)
        if column < len(_DECLARED):
            declared.append(column)
    return [
        *times,
        *[page.firsts[source] == own for source in _FIRST],
        *[likeness(words, page.first_words[source]) for source in _LIKE],
        sum(column % len(PARTS) == 0 for column in declared),
        len({column // len(PARTS) for column in declared}),
    ]


FROM_SOURCES = (
    *(
        (f"{source} {part}", f"times that it is the {part} of one")
        for source in SOURCES
        for part in PARTS
    ),
    *((heading, "times that it is one") for heading in HEADINGS),
    *((f"first {source}", "it is the first of them") for source in _FIRST),
    *((f"like {source}", "likeness to the first of them") for source in _LIKE),
    ("sources whole", "sources that give it whole"),
    ("sources", "sources that give it, whole or in part"),
)


def _of_others(title: "Title") -> list[float]:
    page, own = title.page, title.key
    return [
        next(iter(page.places), "") == own,
        len(title.parts),
        len(own),
        page.h1.count,
        bool(page.firsts["title element"]),
        bool(page.firsts["opengraph"]),
        *page.h1.relations(own),
        *page.declared.relations(own),
        page.h1.like(title.words),
        page.declared.like(title.words),
    ]


OTHERS = (
    ("first heading", "it is the first heading"),
    ("words", "in it"),
    ("letters", "in it"),
    ("h1", "of the page"),
    ("has title element", "the page has one"),
    ("has opengraph", "the page has one"),
    ("begins h1", "an h1 goes on behind it"),
    ("ends h1", "an h1 has more before it"),
    ("goes on h1", "it goes on behind an h1"),
    ("ends in h1", "it has more before an h1"),
    ("begins declared", "a declared title goes on"),
    ("ends declared", "a declared title has more before"),
    ("goes on declared", "it goes on behind one"),
    ("ends in declared", "it has more before one"),
    ("like h1", "likeness to the most similar h1"),
    ("like declared", "likeness to the most similar one"),
)


def _of_site(title: "Title") -> Sequence[float]:
    page, view, own, words = title.page, title.page.view, title.key, title.words
    host_length = _host_length(own.replace(" ", ""), view.host)
    _begins, _ends, goes_on, ends_in = page.sites.relations(own)
    return (
        own in view.sites,
        goes_on or ends_in,
        host_length < NO_HOST,
        host_length,
        share(view.slug, words),
        share(words, view.slug),
        len(view.slug),
    )


SITE = (
    ("is site", "it is a name of the site"),
    ("holds site", "it begins or ends with one"),
    ("holds host", "it holds the name of the host"),
    ("host length", "letters to those of the host's name"),
    ("address", "share of its words that the address has"),
    ("of address", "share of the address that it has"),
    ("address words", "of the longest part"),
)


def _host_length(letters: str, host: str) -> float:
    return len(letters) / len(host) if host and host in letters else NO_HOST


def _of_place(title: "Title") -> Sequence[float]:
    view = title.page.view
    shown, heading = view.shown.get(title.parts), title.page.places.get(title.key)
    return (
        -1 if shown is None else shown,
        NONE if shown is None else view.first_prose - shown,
        NONE if heading is None else view.first_prose - heading,
        share(view.said, title.words),
    )


PLACE = (
    ("shown", "position of the block that shows it"),
    ("shown above prose", "blocks between that and the first prose"),
    ("heading above prose", "blocks between the heading and the first prose"),
    ("said", "share of its words in the prose"),
)


def _of_form(title: "Title") -> Sequence[float]:
    text = title.text
    return (
        bool(_INNER_BORDER.search(text)),
        text.endswith((".", "…")),
        text.endswith(("?", "!")),
        text.isupper(),
        ":" in text,
        text[:1].islower(),
    )


FORM = (
    ("border", "it holds a border"),
    ("stop", "it ends in a full stop"),
    ("question", "it ends in ? or !"),
    ("capitals", "it has no small letters"),
    ("colon", "it holds a colon"),
    ("small start", "it begins with a small letter"),
)

TABLE: Table = (
    Rows(FROM_SOURCES, _of_sources),
    Rows(OTHERS, _of_others),
    Rows(SITE, _of_site),
    Rows(PLACE, _of_place),
    Rows(FORM, _of_form),
)
