"""Teasers of further articles."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from cleanarticle.clues import Clues, How
from cleanarticle.records import Container, Document, Kind, Metadata, Removal
from cleanarticle.strippers import _evidence
from cleanarticle.strippers._evidence import removal

MIN_CARDS = 3
MAX_CARD_WORDS = 120
CARD = 0.75
NAMED_PROSE = 0.7  # long blocks in elements named so are the text itself on many pages
LINKED = 0.7
WHOLLY_LINKED, MIN_SUMMARY_WORDS, LINKED_SUMMARY = 0.95, 6, 0.95
FURTHER = 0.97
HEADLINE, MAX_HEADLINE_WORDS = 0.9, 20
MIN_FURTHER_WORDS = 60
_CARD_TAGS = frozenset(("article", "li", "div", "section", "a"))


def find(document: Document, clues: Clues, metadata: Metadata) -> Iterator[Removal]:
    """Blocks of cards, each a linked headline with a few words, one after the other."""
    yield from _evidence.usual(document, clues, Kind.TEASER, prose=NAMED_PROSE)
    for block, _hit in _evidence.said(clues, Kind.TEASER, How.ENDS):
        above = document.blocks[block.index - 1] if block.index else None
        if above and above.words <= MAX_HEADLINE_WORDS:
            because = "is the headline above a summary that asks to read on"
            yield removal(above.index, Kind.TEASER, because, HEADLINE)
    cards = _cards(document, clues)
    for block in document.blocks if cards else ():
        if block.markup and block.markup.container in cards:
            because = f"belongs to one of {cards[block.markup.container]} cards of equal build"
            yield removal(block.index, Kind.TEASER, because, CARD)
    yield from _linked_summaries(document)
    yield from _further_articles(document, clues, metadata)


def _linked_summaries(document: Document) -> Iterator[Removal]:
    """A headline and the summary below it that are links from end to end."""
    for above, below in pairwise(document.blocks):
        if not above.level or below.level or below.words < MIN_SUMMARY_WORDS:
            continue
        if min(above.link_density, below.link_density) >= WHOLLY_LINKED:
            because = "is a linked headline with its linked summary"
            yield from (
                removal(b.index, Kind.TEASER, because, LINKED_SUMMARY) for b in (above, below)
            )


def _further_articles(document: Document, clues: Clues, metadata: Metadata) -> Iterator[Removal]:
    """Whole articles below the one that has the title, as endless scrolling puts them."""
    title = document.blocks[metadata.title_block] if metadata.title_block is not None else None
    if title is None or title.markup is None:
        return
    own = next((p for p, c in document.around(title) if c.tag == "article"), None)
    if own is None:
        return
    further = _further(document, clues, own)
    for block in document.blocks[title.index + 1 :] if further else ():
        if block.markup and block.markup.container in further:
            yield removal(block.index, Kind.TEASER, "belongs to a further article", FURTHER)


def _further(document: Document, clues: Clues, own: int) -> set[int]:
    """The containers inside articles below one, and named as it is."""
    containers = document.containers
    inside, further = {own}, set[int]()
    for position in range(own + 1, len(containers)):
        container = containers[position]
        if container.parent in inside:
            inside.add(position)
        elif container.parent in further or (
            container.tag == "article"
            and container.names == containers[own].names
            and clues.prose[position] >= MIN_FURTHER_WORDS
        ):
            further.add(position)
    return further


def _cards(document: Document, clues: Clues) -> dict[int, int]:
    """Containers inside cards → how many cards stand side by side."""
    linked = _with_linked_heading(document)
    siblings: dict[tuple[int, str, tuple[str, ...]], list[int]] = defaultdict(list)
    for position in linked:
        card = _card(document, clues, position)
        if card is not None:
            container = document.containers[card]
            siblings[container.parent, container.tag, container.names].append(card)
    counts: dict[int, int] = {}
    for group in map(set, siblings.values()):
        if len(group) >= MIN_CARDS:
            counts |= dict.fromkeys(group, len(group))
    inside: dict[int, int] = {}
    for position, container in enumerate(document.containers if counts else ()):
        count = counts.get(position) or inside.get(container.parent)
        if count:
            inside[position] = count
    return inside


def _with_linked_heading(document: Document) -> list[int]:
    return [
        block.markup.container
        for block in document.blocks
        if block.markup and block.level and block.link_density > LINKED
    ]


def _card(document: Document, clues: Clues, position: int) -> int | None:
    """The outermost small element around a linked heading."""
    card = None
    while position > 0 and clues.words[position] <= MAX_CARD_WORDS:
        container: Container = document.containers[position]
        if container.tag in _CARD_TAGS:
            card = position
        position = container.parent
    return card
