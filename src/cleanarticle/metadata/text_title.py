"""The title of raw page text, by trees fitted on labelled pages.

It is a line of its own near the top that is no boilerplate, where the page shows that it is raw
(boilerplate stands around, or a byline follows) or labels it. A text without such signs has no
title: its first line is part of the body.
"""

import bisect
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from statistics import mean

from cleanarticle.clues import Clues, How, labelled_title, photo_credit
from cleanarticle.clues.gather import PROSE_WORDS
from cleanarticle.language import bylines, facts
from cleanarticle.language.words import tokens
from cleanarticle.metadata.ranking import Ranker, Table
from cleanarticle.metadata.view import NONE, View, key, likeness, share
from cleanarticle.records import Block, Document, Role

NAME = "title line"
MAX_TITLE_WORDS = 35
MENU_WORDS = 12
MIN_PROBABILITY = 0.005
_END = (".", "!", "?", "。", "…", ":", "।")

TEXT_TOP_BLOCKS = 300  # a title is looked for among so many first blocks
LABEL_BLOCKS = 10  # a label among so many
MIN_TITLE_WORDS = 2
PROSE_BELOW = 12  # paragraphs whose words a title is compared with
LIST_REACH = 8  # lines below the heading of a list
_FULL_STOP = (".", "。", "।", ":")
_BORDERS = (" | ", " › ", " » ", " > ", " · ", " / ", "|")
DECK_WORDS = (8, 60)
TAIL_WORDS = 40


def choose(view: View, clues: Clues, ranker: Ranker) -> tuple[str | None, int | None]:
    """(title, position of the block that shows it)."""
    if not clues.raw:
        return None, None
    labelled = _labelled(view.document)
    if labelled:
        return labelled
    found = candidates(view, clues)
    if not found:
        return None, None
    probabilities = ranker.probabilities(NAME, found, TABLE)
    best = max(range(len(found)), key=lambda n: (probabilities[n], -n))
    block = found[best].block
    return (block.text, block.index) if probabilities[best] >= MIN_PROBABILITY else (None, None)


def deck(document: Document, clues: Clues, title_block: int | None) -> int | None:
    """Position of the block that says the description, if it stands apart from the body.

    In raw text that is the sentence right below the title, parted from the body by boilerplate.
    """
    if title_block is None or title_block + 2 >= len(document.blocks) or document.containers:
        return None
    block, below = document.blocks[title_block + 1], document.blocks[title_block + 2]
    low, high = DECK_WORDS
    apart = any(hit.is_whole for hit in clues.hits[below.index])
    sentence = (
        block.text.endswith(_END) and block.role is Role.PARAGRAPH and not clues.hits[block.index]
    )
    return block.index if apart and sentence and low <= block.words <= high else None


def _labelled(document: Document) -> tuple[str, int] | None:
    for block in document.blocks[:LABEL_BLOCKS]:
        if block.words <= MAX_TITLE_WORDS and (title := labelled_title(block.text)):
            return title, block.index
    return None


def _byline_positions(document: Document) -> frozenset[int]:
    """Lines near the top that say who wrote it or when."""
    found = set[int]()
    for block in document.blocks[:TEXT_TOP_BLOCKS]:
        dated = bylines.date_line(block.text, document.language)
        goes_on = block.index - 1 in found and bylines.continued(block.text, document.language)
        if dated or goes_on or bylines.people(block.text, document.language):
            found.add(block.index)
    return frozenset(found)


def candidates(view: View, clues: Clues) -> list["Line"]:
    """Lines above the first long paragraphs that can be a title."""
    page = Lines(view, clues)
    found = []
    for block in view.blocks[:TEXT_TOP_BLOCKS]:
        if block.words >= 2 * PROSE_WORDS and _is_body(view.document, block):
            break
        fits = MIN_TITLE_WORDS <= block.words <= MAX_TITLE_WORDS and block.role is not Role.CODE
        boilerplate = any(hit.is_whole for hit in clues.hits[block.index])
        other = boilerplate or block.index in page.bylines_at or photo_credit(block)
        if fits and not other:
            found.append(Line(block, page))
    return found


def _is_menu_line(block: Block) -> bool:
    """Whether a line is a menu: words parted by borders."""
    return block.words <= MENU_WORDS and any(border in block.text for border in _BORDERS)


def _is_body(document: Document, block: Block) -> bool:
    """Whether prose goes on below a paragraph, so that it opens the body."""
    below = document.blocks[block.index + 1 : block.index + 6]
    return sum(1 for b in below if b.words >= PROSE_WORDS) >= 2


@dataclass(eq=False)
class Lines:
    """A page, as its lines are judged by."""

    view: View
    clues: Clues
    _said: dict[int, frozenset[str]] = field(default_factory=dict)  # what `said` has found

    @cached_property
    def bylines_at(self) -> frozenset[int]:
        """Lines near the top that say who wrote it or when."""
        return _byline_positions(self.view.document)

    @cached_property
    def stops(self) -> frozenset[str]:
        """Function words of the page's language."""
        return facts.stop_words(self.view.document.language or "en")

    @cached_property
    def prose(self) -> list[int]:
        """Positions of all prose."""
        return [b.index for b in self.view.blocks if b.words >= PROSE_WORDS]

    @cached_property
    def keys(self) -> list[frozenset[str]]:
        """Words of each line near the top."""
        return [frozenset(tokens(b.text)) for b in self.view.blocks[:TEXT_TOP_BLOCKS]]

    @cached_property
    def tails(self) -> Mapping[str, str]:
        """Key of a line near the top → key of the longest other one that it ends in."""
        lines = {key(b.text) for b in self.view.blocks[:TEXT_TOP_BLOCKS] if b.words <= TAIL_WORDS}
        found = {}
        for line in lines:
            words = line.split()
            ends = (" ".join(words[n:]) for n in range(1, len(words) - 1))
            if tail := next((end for end in ends if end in lines), None):
                found[line] = tail
        return found

    @cached_property
    def times(self) -> Counter[str]:
        """How often each line stands on the page."""
        return Counter(b.text for b in self.view.blocks)

    def said(self, first: int) -> frozenset[str]:
        """Words of the prose from the one at a place on."""
        if first not in self._said:
            below = self.prose[first : first + PROSE_BELOW]
            words = (w for i in below for w in tokens(self.view.blocks[i].text))
            self._said[first] = frozenset(words)
        return self._said[first]


@dataclass(eq=False)
class Line:
    """A line that may be the title."""

    block: Block
    page: Lines

    @property
    def words(self) -> frozenset[str]:
        """Its words."""
        return self.page.keys[self.block.index]

    @property
    def below(self) -> int:
        """Place of the next prose among all prose."""
        return bisect.bisect_right(self.page.prose, self.block.index)

    @property
    def overlap(self) -> float:
        """Share of the words, function words left out, that the prose below says."""
        own = self.words - self.page.stops
        return len(own & self.page.said(self.below)) / max(len(own), 1)

    @property
    def distance(self) -> float:
        """Lines to the next prose."""
        prose, first = self.page.prose, self.below
        below = prose[first] if first < len(prose) else len(self.page.view.blocks)
        return below - self.block.index

    @property
    def is_alone(self) -> bool:
        """Whether it stands in no run of lines."""
        blocks, index = self.page.view.blocks, self.block.index
        above, below = blocks[max(index - 1, 0)], blocks[min(index + 1, len(blocks) - 1)]
        return above.run != self.block.run != below.run

    @property
    def is_listed(self) -> bool:
        """Whether a heading of a list stands shortly above."""
        above = self.page.clues.hits[max(self.block.index - LIST_REACH, 0) : self.block.index]
        return any(hit.how is How.OPENS for hits in above for hit in hits)

    def echo(self, before: bool) -> float:
        """Likeness to the most similar line above it, or below it."""
        own, index, keys = self.words, self.block.index, self.page.keys
        others = keys[:index] if before else keys[index + 1 :]
        alike = (likeness(own, other) for other in others if not own.isdisjoint(other))
        return max(alike, default=0.0)

    @property
    def is_tail(self) -> bool:
        """Whether a longer line near the top ends in it: a breadcrumb shows the title last."""
        return self.key in self.page.tails.values()

    @property
    def has_tail(self) -> bool:
        """Whether a shorter line near the top is its end, so that it is the breadcrumb."""
        return self.key in self.page.tails

    @property
    def key(self) -> str:
        """It as it is compared with others."""
        return key(self.block.text)

    @property
    def to_byline(self) -> float:
        """Lines to the next byline or date line."""
        return min(
            (i - self.block.index for i in self.page.bylines_at if i > self.block.index),
            default=NONE,
        )

    @property
    def from_byline(self) -> float:
        """Lines from the last byline or date line."""
        return min(
            (self.block.index - i for i in self.page.bylines_at if i < self.block.index),
            default=NONE,
        )


TABLE: Table = (
    ("overlap", "share of its words that the prose below says", lambda n: n.overlap),
    ("alone", "it stands in no run of lines", lambda n: n.is_alone),
    ("to byline", "lines to the next one", lambda n: n.to_byline),
    ("from byline", "lines from the last one", lambda n: n.from_byline),
    ("distance", "lines to the next prose", lambda n: n.distance),
    ("listed", "a heading of a list stands above", lambda n: n.is_listed),
    ("words", "in it", lambda n: n.block.words),
    ("letters", "in it", lambda n: len(n.block.text)),
    ("line", "its position", lambda n: n.block.index),
    ("times", "that it stands on the page", lambda n: n.page.times[n.block.text]),
    ("echo above", "likeness to a line above", lambda n: n.echo(before=True)),
    ("echo below", "likeness to a line below", lambda n: n.echo(before=False)),
    ("tail", "a longer line ends in it", lambda n: n.is_tail),
    ("has tail", "it ends in a shorter line", lambda n: n.has_tail),
    ("phrases", "of boilerplate in it", lambda n: len(n.page.clues.hits[n.block.index])),
    ("menu", "words parted by borders", lambda n: _is_menu_line(n.block)),
    ("full stop", "it ends in one", lambda n: n.block.text.endswith(_FULL_STOP)),
    ("question", "it ends in ? or !", lambda n: n.block.text.endswith(("?", "!"))),
    ("list item", "it is one", lambda n: n.block.role is Role.LIST_ITEM),
    ("capitals", "it has no small letters", lambda n: n.block.text.isupper()),
    (
        "capital words",
        "share of its words that begin with one",
        lambda n: mean(w[0].isupper() for w in n.block.text.split()),
    ),
    ("address", "share of its words in the address", lambda n: share(n.page.view.slug, n.words)),
    ("of address", "share of the address in it", lambda n: share(n.words, n.page.view.slug)),
    ("address words", "of the longest part", lambda n: len(n.page.view.slug)),
    ("host", "it holds its name", lambda n: _holds(n.block.text, n.page.view.host)),
    ("prose above", "blocks of prose before it", lambda n: n.below),
)


def _holds(text: str, host: str) -> bool:
    return bool(host) and host in "".join(tokens(text))
