"""Picture captions and photo credits."""

from collections.abc import Iterator

from cleanarticle.clues import Clues, How
from cleanarticle.records import Document, Kind, Metadata, Removal
from cleanarticle.strippers import _around, _evidence

ELEMENT = 0.97
BESIDE_CREDIT = 0.9
MAX_BESIDE_WORDS = 12
_TAGS = frozenset(("figcaption",))


def find(document: Document, clues: Clues, metadata: Metadata) -> Iterator[Removal]:
    """Blocks that belong to a picture."""
    yield from _evidence.usual(document, clues, Kind.CAPTION)
    for block in document.blocks:
        if _around.nearest(document, block, _TAGS):
            yield Removal(block.index, Kind.CAPTION, "is the caption of a figure", ELEMENT)
    yield from _above_credit(document, clues, metadata)


def _above_credit(document: Document, clues: Clues, metadata: Metadata) -> Iterator[Removal]:
    """Short lines directly above a photo credit, in raw page text."""
    blocks = document.blocks
    for block in blocks[1:]:
        above = blocks[block.index - 1]
        if above.run != block.run or above.markup or above.index == metadata.title_block:
            continue
        credit = clues.hit(block, Kind.CAPTION, How.STARTS, How.CONTAINS)
        if credit and above.words <= MAX_BESIDE_WORDS and above.text[-1] not in ".!?:":
            because = "stands directly above a photo credit"
            yield Removal(above.index, Kind.CAPTION, because, BESIDE_CREDIT)
