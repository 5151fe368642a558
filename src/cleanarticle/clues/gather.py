"""One pass over a document's blocks and containers."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from operator import add

from cleanarticle.accelerator import accelerated
from cleanarticle.clues import front_matter, phrases, rawness
from cleanarticle.clues.phrases import Hit
from cleanarticle.language import bylines
from cleanarticle.language.words import tokens
from cleanarticle.records import Block, Container, Document, Kind

TOKEN_CHARS = phrases.TOKEN_CHARS
PROSE_WORDS = 15  # a block of at least so many words, few of them links, is prose
PROSE_LINK_DENSITY = 0.4
# A name around more than this share of the page's prose names the page, not a box in it.
MAX_MARKED_SHARE = 0.5
# Readers may write more than the author, and lawyers more than both.
MAX_SHARES = {Kind.COMMENTS: 0.9, Kind.COOKIE: 0.95}
NEVER_MARKED = frozenset(("html", "body", "article", "main"))


@dataclass(frozen=True, slots=True)
class Clues:
    """What was found, by block and by container. Positions are those of the Document."""

    tokens: tuple[tuple[str, ...], ...]  # by block: words of its first `TOKEN_CHARS` characters
    hits: tuple[tuple[Hit, ...], ...]  # by block
    looks: Sequence[int]  # by block: what it may be as a line, as `bylines.signs` tells
    marks: tuple[Mapping[Kind, str], ...]  # by container: kind → name, its own and those around it
    words: tuple[int, ...]  # by container: words inside
    prose: tuple[int, ...]  # by container: words of prose inside, hidden ones left out
    all_prose: tuple[int, ...]  # by container: words of prose inside, hidden or not
    said: Mapping[Kind, Sequence[tuple[Block, Hit]]]  # by kind: each hit, in page order
    named: Mapping[Kind, Sequence[tuple[Block, str]]]  # by kind: blocks inside a mark, its name
    lists: Sequence[Sequence[Block]]  # of markup: neighbours of one run, two or more
    signs: Mapping[int, Kind]  # of raw text: blocks that are boilerplate by their own words
    front_matter: int  # blocks of the head of raw text that hold its data
    raw: bool  # a page; False for cleaned text and for fragments of markup

    def all_tokens(self, block: Block) -> tuple[str, ...]:
        """All words of a block, however long it is."""
        return self.tokens[block.index] if len(block.text) <= TOKEN_CHARS else tokens(block.text)


Words = Mapping[tuple[str, int], tuple[tuple[str, ...], tuple[Hit, ...]]]


def is_prose(block: Block) -> bool:
    """Whether a block is running text by its length and links alone."""
    return block.words >= PROSE_WORDS and block.link_density < PROSE_LINK_DENSITY


def gather(document: Document, known: Words | None = None) -> Clues:
    """The clues of a document. Cost grows linearly with its size.

    Args:
        document: the page.
        known: `words_of` a page that has blocks of the same text.
    """
    blocks = document.blocks
    words, found = spoken(blocks, known or {})
    hits = tuple(found)
    sums = totals(blocks, document.containers)
    around = marks(document.containers, _headed(document), sums[1])
    looks = bylines.signs([block.text for block in blocks], words, document.language)
    signs = {} if document.containers else rawness.signs(document, hits, looks)
    return Clues(
        tokens=tuple(words),
        hits=hits,
        looks=looks,
        marks=around,
        words=sums[0],
        prose=sums[1],
        all_prose=sums[2],
        said=_said(blocks, hits),
        named=named(blocks, around) if document.containers else {},
        lists=_lists(blocks) if document.containers else (),
        signs=signs,
        front_matter=0 if document.containers else front_matter.size(blocks),
        raw=not rawness.is_fragment(document, hits)
        if document.containers
        else rawness.is_raw(blocks, signs),
    )


def words_of(blocks: Iterable[Block], clues: Clues) -> Words:
    """The words and phrases of some of the blocks, by text and number of words."""
    return {(b.text, b.words): (clues.tokens[b.index], clues.hits[b.index]) for b in blocks}


@accelerated("words")
def spoken(
    blocks: Sequence[Block], known: Words
) -> tuple[list[tuple[str, ...]], list[tuple[Hit, ...]]]:
    """By block: the words of its beginning, and the phrases in it."""
    words, hits = [], []
    for block in blocks:
        text = block.text
        both = known.get((text, block.words)) if known else None
        if both is None:
            own = tokens(text[:TOKEN_CHARS])
            both = own, _hits(block, own)
        words.append(both[0])
        hits.append(both[1])
    return words, hits


def _hits(block: Block, own: Sequence[str]) -> tuple[Hit, ...]:
    """The phrases in a block; `own` are the words of its beginning."""
    if block.words > phrases.MAX_WORDS:
        return ()
    return tuple(phrases.find(own if len(block.text) <= TOKEN_CHARS else tokens(block.text)))


@accelerated("clues")
def totals(
    blocks: Sequence[Block], containers: Sequence[Container]
) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Words, words of prose that is displayed, and of all prose, inside each container."""
    words, prose, hidden = ([0] * len(containers) for _sum in range(3))
    for block in blocks:
        if block.markup is None:
            continue
        at, own = block.markup.container, block.words
        words[at] += own
        if own >= PROSE_WORDS and is_prose(block):
            (hidden if containers[at].hidden else prose)[at] += own
    for position in range(len(containers) - 1, 0, -1):  # a parent stands before its children
        if words[position]:
            parent = containers[position].parent
            words[parent] += words[position]
            prose[parent] += prose[position]
            hidden[parent] += hidden[position]
    return tuple(words), tuple(prose), tuple(map(add, prose, hidden))


def _headed(document: Document) -> Set[int]:
    """The elements around the headline."""
    headline = next((b for b in document.blocks if b.level == 1 and b.markup), None)
    return {position for position, _c in document.around(headline)} if headline else set()


@accelerated("clues")
def marks(
    containers: Sequence[Container], headed: Set[int], prose: Sequence[int]
) -> tuple[Mapping[Kind, str], ...]:
    """By container: kind → name, of the names on it and around it.

    Args:
        containers: those of the page.
        headed: those around its headline: they hold the article, however they are named.
        prose: words of prose inside each.
    """
    all_prose = max(prose[0], 1) if prose else 1
    first_words = phrases.name_index().keys()
    kinds: dict[tuple[str, ...], Mapping[Kind, str]] = {}
    found: list[Mapping[Kind, str]] = []
    above: Mapping[Kind, str] = {}
    for position, container in enumerate(containers):
        if position:
            above = found[container.parent]
        names = container.names
        if names and container.tag not in NEVER_MARKED and position not in headed:
            named = kinds.get(names)
            if named is None:
                telling = not first_words.isdisjoint(names)
                named = kinds[names] = dict(phrases.names_in(names)) if telling else {}
            if named:
                above = marked(above, named, prose[position] / all_prose)
        found.append(above)
    return tuple(found)


def marked(
    above: Mapping[Kind, str], named: Mapping[Kind, str], share: float
) -> Mapping[Kind, str]:
    """The marks above a container and its own, where it holds few enough of the page's prose."""
    own = {k: n for k, n in named.items() if share <= MAX_SHARES.get(k, MAX_MARKED_SHARE)}
    return {**above, **own} if own else above


def _lists(blocks: Sequence[Block]) -> Sequence[Sequence[Block]]:
    """Neighbours of one run, two or more."""
    found: list[list[Block]] = []
    together: list[Block] = []
    run = None
    for block in blocks:
        if block.run != run:
            together, run = [], block.run
        together.append(block)
        if len(together) == 2:
            found.append(together)
    return found


def _said(
    blocks: Sequence[Block], hits: Sequence[Sequence[Hit]]
) -> Mapping[Kind, Sequence[tuple[Block, Hit]]]:
    """By kind: each hit with its block, in page order."""
    found: dict[Kind, list[tuple[Block, Hit]]] = {}
    for block, own in zip(blocks, hits, strict=True):
        for hit in own:
            found.setdefault(hit.kind, []).append((block, hit))
    return found


@accelerated("clues")
def named(
    blocks: Sequence[Block], marks: Sequence[Mapping[Kind, str]]
) -> Mapping[Kind, Sequence[tuple[Block, str]]]:
    """By kind: the blocks inside a mark with its name, in page order."""
    found: dict[Kind, list[tuple[Block, str]]] = {}
    for block in blocks:
        if block.markup is not None:
            for kind, name in marks[block.markup.container].items():
                found.setdefault(kind, []).append((block, name))
    return found
