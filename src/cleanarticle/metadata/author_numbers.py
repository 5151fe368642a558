"""What a name that may be an author's is judged by."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cleanarticle.language import bylines, facts
from cleanarticle.metadata.ranking import Rows, Table
from cleanarticle.metadata.view import NONE

if TYPE_CHECKING:
    from cleanarticle.metadata.author import Name

DECLARED = (
    *("json-ld", "json-ld organization", "meta", "opengraph", "itemprop", "rel=author"),
    "byline element",
)
SHOWN = (
    *("byline", "below a byline word", "beside a date", "with a role", "named element"),
    *("inside a line", "line"),
)
EDGES = " .,;:|-–—•·/"
MAX_TIMES, MAX_ORDER, MAX_LINES, MAX_PROSE, MAX_OPENINGS = 4, 50, 9, 5, 3  # more say no more
_SOURCES = (*DECLARED, *SHOWN)
_COLUMNS = {source: column for column, source in enumerate(_SOURCES)}


def _of_sources(name: "Name") -> list[float]:
    times, places = [0.0] * len(_SOURCES), [-1.0] * len(_SOURCES)
    order = [-1.0] * len(DECLARED)
    for source, count in name.counts.items():
        column = _COLUMNS[source]
        times[column] = min(count, MAX_TIMES)
        places[column] = name.places[source]
        if column < len(DECLARED):
            order[column] = min(name.order[source], MAX_ORDER)
    return [*times, *places, *order, *name.page.given]


SOURCES = (
    *((s, "times that it is given there") for s in _SOURCES),
    *((f"{s} place", "its place within the value") for s in _SOURCES),
    *((f"{s} order", "the value's place among those") for s in DECLARED),
    *((f"{s} given", "the page has any such name") for s in _SOURCES),
)


def _of_form(name: "Name") -> Sequence[float]:
    text, words = name.text, name.words
    capitals = sum(word[0].isupper() for word in words)
    return (
        len(name.counts),
        len(words),
        len(text),
        capitals,
        len(words) - capitals,
        text[0].islower(),
        text.isupper(),
        text.lower() != text.upper(),
        not text.isalpha() and any(map(str.isdigit, text)),
        "." in text,
        name.is_organization,
        bylines.looks_like_name(text),
        bylines.names_a_role(text, name.page.view.document.language),
    )


FORM = (
    ("sources", "that give it"),
    ("words", "in it"),
    ("letters", "in it"),
    ("capitals", "words that begin with one"),
    ("small words", "words that do not"),
    ("small start", "it begins with a small letter"),
    ("shouted", "it has no small letters"),
    ("has case", "its script has capitals"),
    ("digits", "it holds one"),
    ("stop", "it holds a full stop"),
    ("organization", "it is named like one"),
    ("like a name", "by its form"),
    ("role", "it holds one"),
)


def _of_others(name: "Name") -> Sequence[float]:
    own, found, sites = name.key, name.page.found, name.page.view.sites
    return (
        own in sites,
        any(own in site or site in own for site in sites),
        _in_host(own.replace(" ", ""), name.page.view.host),
        own in name.page.heads,
        any(head in found for head in name.heads),
        own in name.page.tails,
        any(tail in found for tail in name.tails),
        len(found),
    )


OTHERS = (
    ("is site", "it is a name of the site"),
    ("in site", "it is a part of one, or has one"),
    ("in host", "the same for the host: 2 where it is its name"),
    ("begins", "another name goes on"),
    ("goes on", "it goes on behind one"),
    ("ends", "another has more before"),
    ("ends in", "it has more before one"),
    ("names", "of the page"),
)


def _in_host(own: str, host: str) -> float:
    if not host:
        return 0.0
    return 2.0 if own == host else float(host in own or own in host)


def _of_place(name: "Name") -> Sequence[float]:
    page = name.page
    line = page.view.shown.get(name.parts)
    return (
        name.from_title,
        abs(name.from_title),
        NONE if line is None else line - page.top,
        NONE if line is None else line - page.view.first_prose,
    )


PLACE = (
    ("from title", "blocks from there to its byline"),
    ("far from title", "the same without its sign"),
    ("line from title", "blocks from there to its line"),
    ("line from prose", "blocks from the first one to its line"),
)


def _of_texts(name: "Name") -> Sequence[float]:
    page = name.page
    lines, prose, _opened = page.mentions[name.key]
    stops = facts.stop_words(page.view.document.language or "en")
    return (
        min(lines, MAX_LINES),
        min(prose, MAX_PROSE),
        min(page.opened_by(name), MAX_OPENINGS),
        sum(word in page.small_words for word in name.small_words) / len(name.words),
        sum(word in stops for word in name.parts),
    )


TEXTS = (
    ("lines", "times that short lines hold it"),
    ("prose", "times that the prose holds it"),
    ("opens", "longer lines that it opens: what is told of the author"),
    ("common words", "share that the page writes in small letters"),
    ("function words", "in it"),
)


def _from_date(name: "Name") -> float:
    byline = name.page.top + name.from_title
    return min((abs(byline - day) for day in name.page.dated), default=NONE)


TABLE: Table = (
    Rows(SOURCES, _of_sources),
    Rows(FORM, _of_form),
    Rows(OTHERS, _of_others),
    Rows(PLACE, _of_place),
    Rows(TEXTS, _of_texts),
    ("from date", "lines from its byline to the nearest day", _from_date),
    ("has title", "a block shows the title", lambda n: n.page.title_block is not None),
)
