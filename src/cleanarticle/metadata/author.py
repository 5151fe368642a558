"""The people who wrote it, without "By", roles, addresses and the site's name.

Every name that the page declares, and every one that stands in a byline, in an element named after
authors, or alone in a line near the title, is a candidate. Trees fitted on labelled pages tell the
right ones. A desk, agency or site is taken where the page names no person.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property

from cleanarticle import resources
from cleanarticle.language import bylines, dates, facts
from cleanarticle.metadata.ranking import Ranker, Table
from cleanarticle.metadata.view import NONE, View, key
from cleanarticle.records import AuthorKind, Block, Field

NAME = "authors"
DECLARED = (
    *("json-ld", "json-ld organization", "meta", "opengraph", "itemprop", "rel=author"),
    "byline element",
)
UNTOLD = {"inside a line", "line"}  # a name of these alone is never a further author
SHOWN = ("byline", "beside a date", "with a role", "named element", "inside a line", "line")
MAX_AUTHORS = 12
MAX_NAMES = 80  # of a page; later ones are those of a list or a thread
MAX_VALUES = 12  # of one source
MAX_NAME_CHARS, MAX_NAME_WORDS = 80, 7
MAX_LINE_WORDS = 30  # a longer one is no byline
PERSON_WORDS = 4
MAX_ALONE_WORDS = 6  # of names that stand alone in a line
NEAR_TITLE = (-3, 14)  # blocks above and below the title
NEAR_END = 8  # blocks below the last prose
SURE, LIKELY = 0.4, 0.15  # of each name, and of the best one
BESIDE = 0.15  # of a name that one value gives together with the best one
_EDGES = " .,;:|-–—•·/"
_NAME_SIGNS = re.compile(r"[^\W\d_][\w.'’‐-]*")
_GLUED = re.compile(r"^By(?=[A-Z][a-z])")
_NAMED = frozenset(
    "author authors byline autor autoren auteur autore autora writer verfasser forfatter".split()
)


@dataclass(eq=False)
class Name:
    """A name that may be an author's, with all that gives it."""

    key: str
    text: str  # as it stands in the best source
    source: str
    page: "Names"
    counts: Counter[str] = field(default_factory=Counter)  # by source
    places: dict[str, int] = field(default_factory=dict)  # source → place within its value
    order: dict[str, int] = field(default_factory=dict)  # source → place of that value
    from_title: float = NONE  # blocks from the title to its byline, the nearest one

    @cached_property
    def words(self) -> list[str]:
        """Its words as written."""
        return self.text.split()

    @property
    def is_organization(self) -> bool:
        """Whether it is a desk, an agency or a site rather than a person."""
        view = self.page.view
        return (
            not _organizations().isdisjoint(self.key.split())
            or self.key in _agencies()
            or self.key in view.sites
            or (bool(view.host) and self.key.replace(" ", "") == view.host)
            or (self.counts.total() > 0 and self.counts.keys() == {"json-ld organization"})
        )

    @property
    def is_told(self) -> bool:
        """Whether a byline or a declaration names it in a script without capitals.

        Few labelled pages are of such scripts, so that the trees doubt all their names.
        """
        is_told = any(self.counts[s] for s in (*DECLARED[:-1], SHOWN[0]))
        return is_told and self.text.lower() == self.text.upper() and not self.is_organization

    def limit_beside(self, best: "Name") -> float:
        """How likely it has to be, to be taken together with the best name."""
        if any(self.order.get(s) == place for s, place in best.order.items()):
            return BESIDE if self.is_personal and best.is_personal else SURE
        return SURE if self.counts.keys() - UNTOLD else 1.0

    @property
    def is_personal(self) -> bool:
        """Whether it has the form of a person's name: two to four words, no role."""
        language = self.page.view.document.language
        return (
            2 <= len(self.words) <= PERSON_WORDS
            and bylines.looks_like_name(self.text)
            and not (self.is_organization or bylines.names_a_role(self.text, language))
        )

    @property
    def kind(self) -> AuthorKind:
        """What it is the name of."""
        return AuthorKind.ORGANIZATION if self.is_organization else AuthorKind.PERSON


@dataclass(eq=False)
class Names:
    """All candidates of a page, and what they are compared with."""

    view: View
    title_block: int | None
    found: dict[str, Name] = field(default_factory=dict)

    @property
    def top(self) -> int:
        """Position of the title, or of the first block."""
        return self.title_block or 0

    def add(self, value: str, source: str, place: int, order: int) -> Name | None:
        """Count a name as a candidate."""
        text = _GLUED.sub("", " ".join(value.split()).strip(_EDGES))
        text = next(iter(bylines.with_role(text, self.view.document.language)), text)
        own = key(text)
        if (
            not own
            or ":" in text
            or len(text) > MAX_NAME_CHARS
            or len(own.split()) > MAX_NAME_WORDS
        ):
            return None
        if own not in self.found and len(self.found) >= MAX_NAMES:
            return None
        name = self.found.setdefault(own, Name(own, text, source, self))
        name.counts[source] += 1
        name.places.setdefault(source, place)
        name.order.setdefault(source, order)
        return name

    @cached_property
    def sources(self) -> frozenset[str]:
        """Sources that give any name."""
        return frozenset(s for name in self.found.values() for s in name.counts)

    @cached_property
    def lines(self) -> str:
        """Keys of all lines that are short enough for a byline."""
        shown = (key(b.text) for b in self.view.blocks if b.words <= MAX_LINE_WORDS)
        return f" {' | '.join(shown)} "

    @cached_property
    def prose(self) -> str:
        """Keys of all longer blocks."""
        longer = (key(b.text) for b in self.view.blocks if b.words > MAX_LINE_WORDS)
        return f" {' | '.join(longer)} "


def choose(
    view: View, title_block: int | None, ranker: Ranker, *, told_only: bool = False
) -> list[Name]:
    """The names of the authors in page order; empty where the page names nobody.

    Args:
        view: the page.
        title_block: position of the block that shows the title.
        ranker: the fitted weights.
        told_only: leave out names that merely stand in a line. In cleaned text, any line may.
    """
    found = candidates(view, title_block)
    if told_only:
        found = [name for name in found if name.counts.keys() - UNTOLD]
    if not found:
        return []
    fitted = ranker.probabilities(NAME, found, TABLE)
    sure = [max(p, LIKELY * name.is_told) for name, p in zip(found, fitted, strict=True)]
    best = max(range(len(found)), key=lambda n: (sure[n], fitted[n], -n))
    if sure[best] < LIKELY:
        return []
    names = [
        name
        for name, p in zip(found, sure, strict=True)
        if name is found[best] or p >= name.limit_beside(found[best])
    ]
    people = [name for name in names if not name.is_organization]
    return (people or names)[:MAX_AUTHORS]


def candidates(view: View, title_block: int | None) -> list[Name]:
    """All names that may be an author's."""
    names = Names(view, title_block)
    language = view.document.language
    for source in DECLARED:
        for order, value in enumerate(view.values(Field.AUTHOR, source)[:MAX_VALUES], start=1):
            given = _before_date(value, language) if source == "byline element" else value
            if not given.lower().startswith(("http:", "https:")):
                for place, name in enumerate(bylines.split_names(given, language)):
                    names.add(name, source, place, order)
    for block in view.blocks:
        if block.words <= MAX_LINE_WORDS:
            _show(names, block)
    return list(names.found.values())


def _before_date(value: str, language: str | None) -> str:
    value = value[: 2 * MAX_NAME_CHARS]
    days = dates.find_days(value, language)
    return (value[: days[0].start].strip() or value[days[0].end :]) if days else value


def _show(names: Names, block: Block) -> None:
    """Count the names that a line shows."""
    below = block.index - names.top
    for source, found in _shown(names, block):
        for place, text in enumerate(found[:MAX_AUTHORS]):
            name = names.add(text, source, place, block.index)
            if name is not None:
                name.from_title = min(name.from_title, below, key=abs)


def _shown(names: Names, block: Block) -> Iterator[tuple[str, tuple[str, ...]]]:
    document, language = names.view.document, names.view.document.language
    people = bylines.people(block.text, language)
    if people:
        yield "byline", people
        after = document.blocks[block.index + 1 : block.index + 2]
        yield "byline", bylines.continued(after[0].text, language) if after else ()
    yield "beside a date", bylines.beside_date(block.text, language)
    yield "with a role", bylines.with_role(block.text, language)
    if _is_named(names.view, block):
        yield "named element", bylines.split_names(_before_date(block.text, language), language)
    first, last = NEAR_TITLE
    is_near = first <= block.index - names.top <= last
    if is_near or names.view.last_prose < block.index <= names.view.last_prose + NEAR_END:
        if not people:
            yield "inside a line", _inside(block.text, language)
        if block.words <= MAX_ALONE_WORDS:
            found = bylines.split_names(block.text, language)
            if found and all(bylines.looks_like_name(name) for name in found):
                yield "line", found


def _is_named(view: View, block: Block) -> bool:
    """Whether the element of the block, or the one around it, is named after authors."""
    around = [c for _position, c in zip(range(2), view.document.around(block), strict=False)]
    return any(not _NAMED.isdisjoint((*c.names, *c.labels)) for _place, c in around)


def _inside(text: str, language: str | None) -> tuple[str, ...]:
    """The name behind a word for "by" within a line: "Written on Monday by Ann Lee in Port"."""
    match = _by(language).search(text)
    if not match:
        return ()
    found: list[str] = []
    for word in text[match.end() :].split():
        bare = word.strip(_EDGES)
        if not _NAME_SIGNS.fullmatch(bare) or not (bare[0].isupper() or not found):
            break
        found.append(bare)
        if len(found) == bylines.MAX_NAME_WORDS or word[-1] in ",;:|":
            break
    return (" ".join(found),) if found else ()


@cache
def _by(language: str | None) -> re.Pattern[str]:
    words = {w for code in {language or "en", "en"} for w in facts.fact(code, "by")}
    labels = {w for code in {language or "en", "en"} for w in facts.fact(code, "author_labels")}
    either = "|".join(sorted(map(re.escape, words | labels), key=lambda w: (-len(w), w)))
    return re.compile(rf"(?<!\w)(?:{either})(?:\s*[:：]\s*|\s+)(?=\w)", re.I)


@cache
def _agencies() -> frozenset[str]:
    return frozenset(map(key, resources.toml("metadata/outlets.toml")["agencies"]))


@cache
def _organizations() -> frozenset[str]:
    return frozenset(resources.toml("metadata/outlets.toml")["words"])


def _counted(source: str) -> Callable[[Name], float]:
    return lambda name: min(name.counts[source], 4)


def _placed(source: str) -> Callable[[Name], float]:
    return lambda name: name.places.get(source, -1)


def _ordered(source: str) -> Callable[[Name], float]:
    return lambda name: min(name.order.get(source, -1), 50)


def _given(source: str) -> Callable[[Name], float]:
    return lambda name: source in name.page.sources


def _others(name: Name, test: Callable[[str], bool]) -> bool:
    return any(test(other) for other in name.page.found if other != name.key)


def _line_from(name: Name, place: int) -> float:
    shown = name.page.view.shown.get(name.key)
    return NONE if shown is None else shown - place


def _in_site(name: Name) -> bool:
    return any(name.key in site or site in name.key for site in name.page.view.sites)


def _in_host(name: Name) -> float:
    """2 where it is the host's name, 1 where it holds it or is a part of it."""
    own, host = name.key.replace(" ", ""), name.page.view.host
    if not host:
        return 0.0
    return 2.0 if own == host else float(host in own or own in host)


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
    ("has title", "a block shows the title", lambda n: n.page.title_block is not None),
)


def _times(name: Name, text: str) -> int:
    return text.count(f" {name.key} ")
