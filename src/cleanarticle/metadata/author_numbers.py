"""What a name that may be an author's is judged by."""

from collections.abc import Callable
from statistics import mean
from typing import TYPE_CHECKING

from cleanarticle.language import bylines, facts
from cleanarticle.metadata.ranking import Table
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


def _counted(source: str) -> Callable[["Name"], float]:
    return lambda name: min(name.counts[source], 4)


def _placed(source: str) -> Callable[["Name"], float]:
    return lambda name: name.places.get(source, -1)


def _ordered(source: str) -> Callable[["Name"], float]:
    return lambda name: min(name.order.get(source, -1), 50)


def _given(source: str) -> Callable[["Name"], float]:
    return lambda name: source in name.page.sources


def _others(name: "Name", test: Callable[[str], bool]) -> bool:
    return any(test(other) for other in name.page.found if other != name.key)


def _line_from(name: "Name", place: int) -> float:
    shown = name.page.view.shown.get(name.key)
    return NONE if shown is None else shown - place


def _in_site(name: "Name") -> bool:
    return any(name.key in site or site in name.key for site in name.page.view.sites)


def _in_host(name: "Name") -> float:
    """2 where it is the host's name, 1 where it holds it or is a part of it."""
    own, host = name.key.replace(" ", ""), name.page.view.host
    if not host:
        return 0.0
    return 2.0 if own == host else float(host in own or own in host)


def _common(name: "Name") -> float:
    words = [word.lower().strip(EDGES) for word in name.words]
    return mean(word in name.page.small_words for word in words)


def _opens(name: "Name") -> float:
    return min(name.page.openings.count(f"\n{name.key} "), 3)


def _function_words(name: "Name") -> float:
    stops = facts.stop_words(name.page.view.document.language or "en")
    return sum(word in stops for word in name.key.split())


def _from_date(name: "Name") -> float:
    place = name.page.top + name.from_title
    return min((abs(place - at) for at in name.page.dated), default=NONE)


TABLE: Table = (
    *((s, "times that it is given there", _counted(s)) for s in (*DECLARED, *SHOWN)),
    *((f"{s} place", "its place within the value", _placed(s)) for s in (*DECLARED, *SHOWN)),
    *((f"{s} order", "the value's place among those", _ordered(s)) for s in DECLARED),
    *((f"{s} given", "the page has any such name", _given(s)) for s in (*DECLARED, *SHOWN)),
    ("sources", "that give it", lambda n: len(n.counts)),
    ("words", "in it", lambda n: len(n.words)),
    ("letters", "in it", lambda n: len(n.text)),
    ("capitals", "words that begin with one", lambda n: sum(w[0].isupper() for w in n.words)),
    ("small words", "words that do not", lambda n: sum(not w[0].isupper() for w in n.words)),
    ("small start", "it begins with a small letter", lambda n: n.text[0].islower()),
    ("shouted", "it has no small letters", lambda n: n.text.isupper()),
    ("has case", "its script has capitals", lambda n: n.text.lower() != n.text.upper()),
    ("digits", "it holds one", lambda n: any(map(str.isdigit, n.text))),
    ("stop", "it holds a full stop", lambda n: "." in n.text),
    ("organization", "it is named like one", lambda n: n.is_organization),
    ("like a name", "by its form", lambda n: bylines.looks_like_name(n.text)),
    ("role", "it holds one", lambda n: bylines.names_a_role(n.text, n.page.view.document.language)),
    ("is site", "it is a name of the site", lambda n: n.key in n.page.view.sites),
    ("in site", "it is a part of one, or has one", _in_site),
    ("in host", "the same for the host", _in_host),
    ("begins", "another name goes on", lambda n: _others(n, lambda o: o.startswith(f"{n.key} "))),
    ("goes on", "it goes on behind one", lambda n: _others(n, lambda o: n.key.startswith(f"{o} "))),
    ("ends", "another has more before", lambda n: _others(n, lambda o: o.endswith(f" {n.key}"))),
    ("ends in", "it has more before one", lambda n: _others(n, lambda o: n.key.endswith(f" {o}"))),
    ("names", "of the page", lambda n: len(n.page.found)),
    ("from title", "blocks from there to its byline", lambda n: n.from_title),
    ("far from title", "the same without its sign", lambda n: abs(n.from_title)),
    ("line from title", "blocks from there to its line", lambda n: _line_from(n, n.page.top)),
    (
        "line from prose",
        "blocks from the first one to its line",
        lambda n: _line_from(n, n.page.view.first_prose),
    ),
    ("lines", "times that short lines hold it", lambda n: min(_times(n, n.page.lines), 9)),
    ("prose", "times that the prose holds it", lambda n: min(_times(n, n.page.prose), 5)),
    ("opens", "longer lines that it opens: what is told of the author", _opens),
    ("common words", "share that the page writes in small letters", _common),
    ("function words", "in it", _function_words),
    ("from date", "lines from its byline to the nearest day", _from_date),
    ("has title", "a block shows the title", lambda n: n.page.title_block is not None),
)


def _times(name: "Name", text: str) -> int:
    return text.count(f" {name.key} ")
