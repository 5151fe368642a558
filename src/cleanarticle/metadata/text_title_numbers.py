"""What a line of raw text that may be its title is judged by."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from cleanarticle.accelerator import accelerated
from cleanarticle.clues import Clues, How
from cleanarticle.clues.gather import PROSE_WORDS
from cleanarticle.language import bylines, facts
from cleanarticle.metadata.ranking import Rows, Table
from cleanarticle.metadata.view import NONE, View, share
from cleanarticle.once import once
from cleanarticle.records import Block, Role

MENU_WORDS = 12
TEXT_TOP_BLOCKS = 300  # a title is looked for among so many first blocks
PROSE_BELOW = 12  # paragraphs whose words a title is compared with
LIST_REACH = 8  # lines below the heading of a list
TAIL_WORDS = 40
_FULL_STOP = (".", "。", "।", ":")
_BORDERS = re.compile(r"\|| [›»>·/] ")


@dataclass(eq=False)
class Lines:
    """A page, as its lines are judged by."""

    view: View
    clues: Clues
    _said: dict[int, frozenset[str]] = field(default_factory=dict)  # what `said` has found

    @once
    def bylines_at(self) -> Mapping[int, None]:
        """Lines near the top that say who wrote it or when, in order."""
        found: dict[int, None] = {}
        language = self.view.document.language
        for n, text in enumerate(self.view.texts[:TEXT_TOP_BLOCKS]):
            says = self.view.signs[n] and (
                bylines.date_line(text, language) or bylines.people(text, language)
            )
            if says or (n - 1 in found and bylines.continued(text, language)):
                found[n] = None
        return found

    @once
    def byline_places(self) -> list[int]:
        """The same as a list."""
        return list(self.bylines_at)

    @once
    def stops(self) -> frozenset[str]:
        """Function words of the page's language."""
        return facts.stop_words(self.view.document.language or "en")

    @once
    def prose(self) -> list[int]:
        """Positions of all prose."""
        return [b.index for b in self.view.blocks if b.words >= PROSE_WORDS]

    @once
    def words(self) -> list[tuple[str, ...]]:
        """Words of each line near the top."""
        return self.view.words[:TEXT_TOP_BLOCKS]

    @once
    def tails(self) -> Mapping[tuple[str, ...], tuple[str, ...]]:
        """Words of a line near the top → those of the longest other one that it ends in."""
        near = zip(self.view.blocks[:TEXT_TOP_BLOCKS], self.view.words, strict=False)
        lines = {words for block, words in near if block.words <= TAIL_WORDS}
        ends = Counter(words[-2:] for words in lines)
        found = {}
        for words in lines:
            if ends[words[-2:]] > 1:
                within = (words[n:] for n in range(1, len(words) - 1))
                if tail := next((end for end in within if end in lines), None):
                    found[words] = tail
        return found

    @once
    def all_tails(self) -> frozenset[tuple[str, ...]]:
        """Words of the lines that longer ones end in."""
        return frozenset(self.tails.values())

    @once
    def times(self) -> Mapping[str, int]:
        """How often each line stands on the page."""
        return Counter(self.view.texts)

    @once
    def lists(self) -> list[int]:
        """Positions of the headings of lists near the top."""
        near = enumerate(self.clues.hits[:TEXT_TOP_BLOCKS])
        return [n for n, hits in near if hits and any(hit.how is How.OPENS for hit in hits)]

    def said(self, first: int) -> frozenset[str]:
        """Words of the prose from the one at a place on."""
        if first not in self._said:
            below = self.prose[first : first + PROSE_BELOW]
            self._said[first] = frozenset().union(*(self.view.words[n] for n in below))
        return self._said[first]


@accelerated("echoes")
def echoes(lines: list[tuple[str, ...]], positions: list[int]) -> list[tuple[float, float]]:
    """Likeness of some lines to the most similar one above each, and below it.

    Args:
        lines: the words of each.
        positions: of the lines that are asked about.
    """
    words = [frozenset(line) for line in lines]
    asked = frozenset[str]().union(*(words[position] for position in positions))
    holding: dict[str, list[int]] = {word: [] for word in asked}
    for position, own in enumerate(words):
        for word in own & asked:
            holding[word].append(position)
    return [_echo(words, holding, position) for position in positions]


def _echo(
    words: Sequence[frozenset[str]], holding: Mapping[str, Sequence[int]], position: int
) -> tuple[float, float]:
    own = words[position]
    above = below = 0.0
    for other, shared in Counter(chain.from_iterable(map(holding.__getitem__, own))).items():
        alike = 2 * shared / (len(own) + len(words[other]))
        if other < position and alike > above:
            above = alike
        elif other > position and alike > below:
            below = alike
    return above, below


@dataclass(eq=False, slots=True)
class Line:
    """A line that may be the title."""

    block: Block
    page: Lines
    echo: tuple[float, float]  # likeness to the most similar line above it, and below it
    words: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.words = frozenset(self.page.words[self.block.index])


def _around(line: Line) -> Sequence[float]:
    page, index = line.page, line.block.index
    own = line.words - page.stops
    first = bisect_right(page.prose, index)
    prose = page.prose[first] if first < len(page.prose) else len(page.view.blocks)
    places, lists = page.byline_places, page.lists
    next_one, last_one = bisect_right(places, index), bisect_left(places, index) - 1
    list_above = bisect_left(lists, index) - 1
    return (
        share(page.said(first), own),
        _is_alone(line.block, page.view.blocks),
        places[next_one] - index if next_one < len(places) else NONE,
        index - places[last_one] if last_one >= 0 else NONE,
        prose - index,
        list_above >= 0 and index - lists[list_above] <= LIST_REACH,
    )


def _is_alone(block: Block, blocks: Sequence[Block]) -> bool:
    """Whether a line stands in no run of lines."""
    above = blocks[max(block.index - 1, 0)]
    below = blocks[min(block.index + 1, len(blocks) - 1)]
    return above.run != block.run != below.run


AROUND = (
    ("overlap", "share of its words, function words left out, that the prose below says"),
    ("alone", "it stands in no run of lines"),
    ("to byline", "lines to the next one"),
    ("from byline", "lines from the last one"),
    ("distance", "lines to the next prose"),
    ("listed", "a heading of a list stands shortly above"),
)


def _of_place(line: Line) -> Sequence[float]:
    page, block = line.page, line.block
    words = page.view.words[block.index]
    return (
        block.words,
        len(block.text),
        block.index,
        page.times[block.text],
        *line.echo,
        words in page.all_tails,
        words in page.tails,
        len(page.clues.hits[block.index]),
    )


PLACE = (
    ("words", "in it"),
    ("letters", "in it"),
    ("line", "its position"),
    ("times", "that it stands on the page"),
    ("echo above", "likeness to a line above"),
    ("echo below", "likeness to a line below"),
    ("tail", "a longer line ends in it: a breadcrumb shows the title last"),
    ("has tail", "it ends in a shorter line, so that it is the breadcrumb"),
    ("phrases", "of boilerplate in it"),
)


def _of_form(line: Line) -> Sequence[float]:
    block, text = line.block, line.block.text
    capitals = [word[0].isupper() for word in text.split()]
    return (
        block.words <= MENU_WORDS and _BORDERS.search(text) is not None,
        text.endswith(_FULL_STOP),
        text.endswith(("?", "!")),
        block.role is Role.LIST_ITEM,
        text.isupper(),
        sum(capitals) / len(capitals),
    )


FORM = (
    ("menu", "words parted by borders"),
    ("full stop", "it ends in one"),
    ("question", "it ends in ? or !"),
    ("list item", "it is one"),
    ("capitals", "it has no small letters"),
    ("capital words", "share of its words that begin with one"),
)


def _of_page(line: Line) -> Sequence[float]:
    page, index = line.page, line.block.index
    own, slug, host = line.words, page.view.slug, page.view.host
    return (
        share(slug, own),
        share(own, slug),
        len(slug),
        bool(host) and host in "".join(page.view.words[index]),
        bisect_right(page.prose, index),
    )


PAGE = (
    ("address", "share of its words in the address"),
    ("of address", "share of the address in it"),
    ("address words", "of the longest part"),
    ("host", "it holds its name"),
    ("prose above", "blocks of prose before it"),
)

TABLE: Table = (
    Rows(AROUND, _around),
    Rows(PLACE, _of_place),
    Rows(FORM, _of_form),
    Rows(PAGE, _of_page),
)
