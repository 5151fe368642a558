"""The headline as the page shows it, without the site's name, section or kicker.

Every declared title and every heading is a candidate, whole and without what stands before or
behind a border such as " | "; never cut at a colon. Trees fitted on labelled pages tell the right
one by its sources, form and place, and by what agrees with it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cleanarticle.language.words import tokens
from cleanarticle.metadata.ranking import Ranker
from cleanarticle.metadata.title_numbers import HEADINGS, SOURCES, TABLE
from cleanarticle.metadata.view import View, key, likeness
from cleanarticle.once import once
from cleanarticle.records import Block, Field, Role

NAME = "title"
MAX_WORDS = 40
MAX_VALUES = 6  # of one source
MAX_BORDERS = 6  # of one value
MAX_HEADINGS = 15
MAX_KICKER_WORDS = 6  # beside the title in the block that shows it
MIN_PROBABILITY = 0.02
_BORDER = re.compile(r"\s+(?:[|\-–—·•»›/~<>]|::)++\s+|\s*[|｜»]\s*|\s+[–—]|[–—]\s+|_")
_BORDER_SIGNS = re.compile(r"[|\-–—·•»›/~<>:_｜]")
_BEST = (*SOURCES[:2], *HEADINGS, *SOURCES[2:])
_EDGES = " |-–—·•:»›/~"
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))


@dataclass(eq=False)
class Titles:
    """All candidates of a page, and what they are compared with."""

    view: View
    found: dict[str, "Title"] = field(default_factory=dict)
    _titled: "dict[str, tuple[Title | None, str]]" = field(default_factory=dict)  # by value

    def add(self, value: str, source: str, part: str) -> None:
        """Count a text as a candidate."""
        title, text = self._titled.get(value) or self._title(value)
        if title is not None:
            title.texts.setdefault(source, text)
            name = f"{source} {part}"
            title.counts[name] = title.counts.get(name, 0) + 1

    def _title(self, value: str) -> "tuple[Title | None, str]":
        """The candidate for a value, made where it is new, and the value as a title is written."""
        seen = value if value.isascii() else value.translate(_UNSEEN)
        text = " ".join(seen.split()).strip(_EDGES)
        words, title = tokens(text), None
        if 0 < len(words) <= MAX_WORDS:
            own = " ".join(words)
            title = self.found.get(own) or self.found.setdefault(own, Title(own, words, self))
        self._titled[value] = title, text
        return title, text

    @once
    def h1(self) -> "Others":
        """All h1."""
        return Others([key(value) for value in self.view.values(Field.TITLE, "h1")])

    @once
    def sites(self) -> "Others":
        """The names of the site."""
        return Others(list(self.view.sites))

    @once
    def declared(self) -> "Others":
        """The whole titles that the page tells machines."""
        values = self.view.values(Field.TITLE, *SOURCES[2:])
        return Others([k for k in dict.fromkeys(map(key, values)) if k])

    @once
    def firsts(self) -> dict[str, str]:
        """Key of the first value of each source."""
        return {s: key((self.view.values(Field.TITLE, s) or [""])[0]) for s in SOURCES}

    @once
    def first_words(self) -> dict[str, frozenset[str]]:
        """Words of the same."""
        return {source: frozenset(first.split()) for source, first in self.firsts.items()}

    @once
    def headings(self) -> list[Block]:
        """The first headings of the upper three levels."""
        role, lowest = Role.HEADING, len(HEADINGS)
        upper = [b for b in self.view.blocks if b.role is role and b.level <= lowest]
        return upper[:MAX_HEADINGS]

    @once
    def places(self) -> dict[str, int]:
        """Key of each heading → its first position."""
        found: dict[str, int] = {}
        for block in self.headings:
            found.setdefault(" ".join(self.view.words[block.index]), block.index)
        return found


class Others:
    """Texts that a title is compared with: a page has few that it calls its title."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.count = len(keys)
        self._words = {frozenset(key.split()) for key in keys}
        self._lines = "\n".join(("", *keys, ""))
        self._heads, self._tails = (
            tuple(f"{key} " for key in keys),
            tuple(f" {key}" for key in keys),
        )

    def relations(self, own: str) -> tuple[bool, bool, bool, bool]:
        """Whether one begins or ends with a text, and whether that begins or ends with one."""
        if not self.count:
            return (False, False, False, False)
        return (
            f"\n{own} " in self._lines,
            f" {own}\n" in self._lines,
            own.startswith(self._heads),
            own.endswith(self._tails),
        )

    def like(self, words: frozenset[str]) -> float:
        """Likeness to the most similar one; -1 where there is none."""
        if words in self._words:
            return 1.0
        return max([likeness(words, other) for other in self._words], default=-1.0)


@dataclass(eq=False)
class Title:
    """A text that may be the title, with all that gives it."""

    key: str
    parts: tuple[str, ...]  # the words of the key
    page: Titles
    texts: dict[str, str] = field(default_factory=dict)  # by source, as it stands there
    counts: Counter[str] = field(default_factory=Counter)  # by source and part
    words: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.words = frozenset(self.parts)

    @property
    def source(self) -> str:
        """The best source: what the page shows goes before what it tells machines."""
        return min(self.texts, key=_BEST.index)

    @property
    def text(self) -> str:
        """The text as it stands in its best source."""
        return self.texts[self.source]


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
    if not _BORDER_SIGNS.search(value):
        return
    for border, _n in zip(_BORDER.finditer(value), range(MAX_BORDERS), strict=False):
        yield "head", value[: border.start()]
        yield "tail", value[border.end() :]


def block_of(title: Title) -> int | None:
    """Position of the heading that shows the title, perhaps with a kicker."""
    if title.key in title.page.places:
        return title.page.places[title.key]
    for place in title.page.headings:
        words = title.page.view.words[place.index]
        shown, beside = " ".join(words), len(words) - len(title.parts)
        holds = shown.startswith(f"{title.key} ") or shown.endswith(f" {title.key}")
        if holds and beside <= MAX_KICKER_WORDS:
            return place.index
    return None
