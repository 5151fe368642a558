"""The headline as the page shows it, without the site's name, section or kicker.

Every declared title and every heading is a candidate, whole and without what stands before or
behind a border such as " | "; never cut at a colon. Trees fitted on labelled pages tell the right
one by its sources, form and place, and by what agrees with it.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from cleanarticle.metadata.ranking import Ranker, Table
from cleanarticle.metadata.view import NONE, View, key, likeness, share
from cleanarticle.records import Block, Field, Role

NAME = "title"
SOURCES = ("h1", "h1 part", "title element", "opengraph", "json-ld", "itemprop", "meta", "twitter")
HEADINGS = ("heading 1", "heading 2", "heading 3")
PARTS = ("whole", "head", "tail")
MAX_WORDS = 40
MAX_VALUES = 6  # of one source
MAX_BORDERS = 6  # of one value
MAX_HEADINGS = 15
MAX_KICKER_WORDS = 6  # beside the title in the block that shows it
MIN_PROBABILITY = 0.02
NO_HOST = 9.0  # a ratio, where the host is not in the title
_BORDER = re.compile(
    r"\s+(?:[|\-–—·•»›/~<>]|::|//)+\s+|\s*[|｜»]\s*|\s+[–—]|[–—]\s+|_",
)
_INNER_BORDER = re.compile(r"[|»]| [-–—] ")
_EDGES = " |-–—·•:»›/~"
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))


@dataclass(eq=False)
class Titles:
    """All candidates of a page, and what they are compared with."""

    view: View
    found: dict[str, "Title"] = field(default_factory=dict)

    def add(self, value: str, source: str, part: str) -> None:
        """Count a text as a candidate."""
        text = " ".join(value.translate(_UNSEEN).split()).strip(_EDGES)
        own = key(text)
        if not own or len(own.split()) > MAX_WORDS:
            return
        title = self.found.setdefault(own, Title(own, self))
        title.texts.setdefault(source, text)
        title.counts[f"{source} {part}"] += 1

    @cached_property
    def h1(self) -> list[str]:
        """Keys of all h1."""
        return [key(value) for value in self.view.values(Field.TITLE, "h1")]

    @cached_property
    def declared(self) -> list[str]:
        """Keys of the whole titles that the page tells machines."""
        values = self.view.values(Field.TITLE, *SOURCES[2:])
        return [k for k in dict.fromkeys(map(key, values)) if k]

    @cached_property
    def firsts(self) -> dict[str, str]:
        """Key of the first value of each source."""
        return {s: key((self.view.values(Field.TITLE, s) or [""])[0]) for s in SOURCES}

    @cached_property
    def headings(self) -> list[Block]:
        """The first headings of the upper three levels."""
        upper = (b for b in self.view.blocks if b.role is Role.HEADING and b.level <= len(HEADINGS))
        return [block for block, _n in zip(upper, range(MAX_HEADINGS), strict=False)]

    @cached_property
    def places(self) -> dict[str, int]:
        """Key of each heading → its first position."""
        found: dict[str, int] = {}
        for block in self.headings:
            found.setdefault(key(block.text), block.index)
        return found


@dataclass(eq=False)
class Title:
    """A text that may be the title, with all that gives it."""

    key: str
    page: Titles
    texts: dict[str, str] = field(default_factory=dict)  # by source, as it stands there
    counts: Counter[str] = field(default_factory=Counter)  # by source and part

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words."""
        return frozenset(self.key.split())

    @property
    def source(self) -> str:
        """The best source: what the page shows goes before what it tells machines."""
        return min(self.texts, key=(*SOURCES[:2], *HEADINGS, *SOURCES[2:]).index)

    @property
    def text(self) -> str:
        """The text as it stands in its best source."""
        return self.texts[self.source]

    def sources(self, *parts: str) -> int:
        """In how many sources it stands, as one of the parts."""
        return sum(any(self.counts[f"{s} {part}"] for part in parts) for s in SOURCES)

    def begins(self, others: list[str]) -> bool:
        """Whether another text begins with this one."""
        return any(other.startswith(f"{self.key} ") for other in others)

    def ends(self, others: list[str]) -> bool:
        """Whether another text ends with this one."""
        return any(other.endswith(f" {self.key}") for other in others)

    def goes_on(self, others: list[str]) -> bool:
        """Whether this text begins with another one."""
        return any(self.key.startswith(f"{other} ") for other in others)

    def ends_in(self, others: list[str]) -> bool:
        """Whether this text ends with another one."""
        return any(self.key.endswith(f" {other}") for other in others)

    def like(self, others: list[str]) -> float:
        """Likeness to the most similar of other texts; -1 where there is none."""
        return max((likeness(self.words, frozenset(o.split())) for o in others), default=-1.0)

    @property
    def in_address(self) -> float:
        """Share of its words that the address has."""
        return share(self.page.view.slug, self.words)

    @property
    def letters(self) -> str:
        """The key without spaces."""
        return self.key.replace(" ", "")


def choose(view: View, ranker: Ranker) -> Title | None:
    """The likeliest title of a page with markup."""
    found = candidates(view)
    if not found:
        return None
    probabilities = ranker.probabilities(NAME, found, TABLE)
    best = max(range(len(found)), key=lambda n: (probabilities[n], -n))
    return found[best] if probabilities[best] >= MIN_PROBABILITY else None


def candidates(view: View) -> list[Title]:
    """All texts that may be the title."""
    titles = Titles(view)
    for source in SOURCES:
        for value in view.values(Field.TITLE, source)[:MAX_VALUES]:
            for part, text in _parts(value):
                titles.add(text, source, part)
    for block in titles.headings:
        titles.add(block.text, HEADINGS[block.level - 1], "whole")
    return list(titles.found.values())


def _parts(value: str) -> Iterator[tuple[str, str]]:
    yield "whole", value
    for border, _n in zip(_BORDER.finditer(value), range(MAX_BORDERS), strict=False):
        yield "head", value[: border.start()]
        yield "tail", value[border.end() :]


def block_of(title: Title) -> int | None:
    """Position of the heading that shows the title, perhaps with a kicker."""
    if title.key in title.page.places:
        return title.page.places[title.key]
    for place in title.page.headings:
        shown = key(place.text)
        beside = len(shown.split()) - len(title.key.split())
        holds = shown.startswith(f"{title.key} ") or shown.endswith(f" {title.key}")
        if holds and beside <= MAX_KICKER_WORDS:
            return place.index
    return None


def _counted(name: str) -> Callable[[Title], float]:
    return lambda title: min(title.counts[name], 4)


def _first_of(source: str) -> Callable[[Title], float]:
    return lambda title: title.page.firsts[source] == title.key


def _like_first_of(source: str) -> Callable[[Title], float]:
    return lambda title: title.like([title.page.firsts[source]])


def _host_length(title: Title) -> float:
    host = title.page.view.host
    return len(title.letters) / len(host) if host and host in title.letters else NO_HOST


def _holds_site(title: Title) -> bool:
    sites = list(title.page.view.sites)
    return title.goes_on(sites) or title.ends_in(sites)


def _above_prose(title: Title, place: int | None) -> float:
    return NONE if place is None else title.page.view.first_prose - place


TABLE: Table = (
    *(
        (f"{source} {part}", f"times that it is the {part} of one", _counted(f"{source} {part}"))
        for source in SOURCES
        for part in PARTS
    ),
    *((h, "times that it is one", _counted(f"{h} whole")) for h in HEADINGS),
    *((f"first {source}", "it is the first of them", _first_of(source)) for source in SOURCES[:5]),
    *((f"like {s}", "likeness to the first of them", _like_first_of(s)) for s in SOURCES[2:4]),
    ("sources whole", "sources that give it whole", lambda t: t.sources("whole")),
    ("sources", "sources that give it, whole or in part", lambda t: t.sources(*PARTS)),
    ("first heading", "it is the first heading", lambda t: next(iter(t.page.places), "") == t.key),
    ("words", "in it", lambda t: len(t.key.split())),
    ("letters", "in it", lambda t: len(t.key)),
    ("h1", "of the page", lambda t: len(t.page.h1)),
    ("has title element", "the page has one", lambda t: bool(t.page.firsts["title element"])),
    ("has opengraph", "the page has one", lambda t: bool(t.page.firsts["opengraph"])),
    ("begins h1", "an h1 goes on behind it", lambda t: t.begins(t.page.h1)),
    ("ends h1", "an h1 has more before it", lambda t: t.ends(t.page.h1)),
    ("goes on h1", "it goes on behind an h1", lambda t: t.goes_on(t.page.h1)),
    ("ends in h1", "it has more before an h1", lambda t: t.ends_in(t.page.h1)),
    ("begins declared", "a declared title goes on", lambda t: t.begins(t.page.declared)),
    ("ends declared", "a declared title has more before", lambda t: t.ends(t.page.declared)),
    ("goes on declared", "it goes on behind one", lambda t: t.goes_on(t.page.declared)),
    ("ends in declared", "it has more before one", lambda t: t.ends_in(t.page.declared)),
    ("like h1", "likeness to the most similar h1", lambda t: t.like(t.page.h1)),
    ("like declared", "likeness to the most similar one", lambda t: t.like(t.page.declared)),
    ("is site", "it is a name of the site", lambda t: t.key in t.page.view.sites),
    ("holds site", "it begins or ends with one", _holds_site),
    ("holds host", "it holds the name of the host", lambda t: _host_length(t) < NO_HOST),
    ("host length", "letters to those of the host's name", _host_length),
    ("address", "share of its words that the address has", lambda t: t.in_address),
    ("of address", "share of the address that it has", lambda t: share(t.words, t.page.view.slug)),
    ("address words", "of the longest part", lambda t: len(t.page.view.slug)),
    ("shown", "position of the block that shows it", lambda t: t.page.view.shown.get(t.key, -1)),
    (
        "shown above prose",
        "blocks between that and the first prose",
        lambda t: _above_prose(t, t.page.view.shown.get(t.key)),
    ),
    (
        "heading above prose",
        "blocks between the heading and the first prose",
        lambda t: _above_prose(t, t.page.places.get(t.key)),
    ),
    ("said", "share of its words in the prose", lambda t: share(t.page.view.said, t.words)),
    ("border", "it holds a border", lambda t: bool(_INNER_BORDER.search(t.text))),
    ("stop", "it ends in a full stop", lambda t: t.text.endswith((".", "…"))),
    ("question", "it ends in ? or !", lambda t: t.text.endswith(("?", "!"))),
    ("capitals", "it has no small letters", lambda t: t.text.isupper()),
    ("colon", "it holds a colon", lambda t: ":" in t.text),
    ("small start", "it begins with a small letter", lambda t: t.text[:1].islower()),
)
