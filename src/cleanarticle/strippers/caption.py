"""Picture captions and photo credits."""

from collections.abc import Iterator

from cleanarticle.clues import Clues, photo_credits
from cleanarticle.records import Block, Document, Kind, Metadata, Removal
from cleanarticle.strippers import _around, _evidence
from cleanarticle.strippers._evidence import removal

ELEMENT = 0.97
CREDIT = 0.98
BESIDE, MAX_BESIDE_WORDS = 0.9, 12
_TAGS = frozenset(("figcaption",))
_SENTENCE_END = tuple(".!?:。！？")


def find(document: Document, clues: Clues, metadata: Metadata) -> Iterator[Removal]:
    """Blocks that belong to a picture."""
    yield from _evidence.usual(document, clues, Kind.CAPTION)
    figures = _around.nearest(document.containers, _TAGS)
    for block in document.blocks if any(figures) else ():
        if block.markup and figures[block.markup.container]:
            yield removal(block.index, Kind.CAPTION, "is the caption of a figure", ELEMENT)
    for block, credit in photo_credits(document.blocks):
        yield removal(block.index, Kind.CAPTION, f"ends in a credit, {credit!r}", CREDIT)
        yield from _above(document, block, metadata)


def _above(document: Document, credit: Block, metadata: Metadata) -> Iterator[Removal]:
    """The short line directly above a credit, in raw page text: the picture's own title."""
    above = document.blocks[credit.index - 1] if credit.index else None
    if (
        above is None
        or above.markup
        or above.run != credit.run
        or above.index == metadata.title_block
    ):
        return
    if above.words <= MAX_BESIDE_WORDS and not above.text.endswith(_SENTENCE_END):
        yield removal(above.index, Kind.CAPTION, "stands directly above a photo credit", BESIDE)
