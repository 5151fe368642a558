"""Reader comments and forms to leave one."""

from collections.abc import Iterator

from cleanarticle.clues import Clues, How
from cleanarticle.clues.gather import is_prose
from cleanarticle.records import Block, Document, Kind, Metadata, Removal
from cleanarticle.strippers import _evidence

TAIL = _evidence.WHOLE
MAX_TAIL_BLOCKS = 400
MIN_SHARE_ABOVE = 0.5  # of the page's prose stands above a heading that opens the tail
MIN_PROSE_ABOVE = 60  # words
RESUMING = 3  # so many prose blocks in a row, none with a reply, end the tail


def find(document: Document, clues: Clues, metadata: Metadata) -> Iterator[Removal]:
    """Blocks that are comments of readers, or ask for one."""
    del metadata
    yield from _evidence.usual(document, clues, Kind.COMMENTS)
    yield from _tail(document, clues)


def _tail(document: Document, clues: Clues) -> Iterator[Removal]:
    """Everything below a heading that opens the comments behind the article."""
    opening = next((b for b in _openings(document, clues) if _is_behind_article(document, b)), None)
    if opening is None:
        return
    because = f"stands below {opening.text[:60]!r}"
    for block in document.blocks[opening.index + 1 : opening.index + 1 + MAX_TAIL_BLOCKS]:
        yield Removal(block.index, Kind.COMMENTS, because, TAIL)


def _openings(document: Document, clues: Clues) -> Iterator[Block]:
    return (b for b in document.blocks if clues.hit(b, Kind.COMMENTS, How.OPENS))


def _is_behind_article(document: Document, opening: Block) -> bool:
    above = sum(b.words for b in document.blocks[: opening.index] if is_prose(b))
    prose = sum(b.words for b in document.blocks if is_prose(b))
    return above >= MIN_PROSE_ABOVE and above >= MIN_SHARE_ABOVE * prose
