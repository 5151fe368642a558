"""Related, most read and "more in this section" lists."""

from collections.abc import Iterator

from cleanarticle.clues import Clues
from cleanarticle.records import Document, Kind, Metadata, Removal
from cleanarticle.strippers import _evidence

MAX_BLOCKS = 30


def find(document: Document, clues: Clues, metadata: Metadata) -> Iterator[Removal]:
    """Blocks that point to other articles, one by one or as a list below a heading."""
    del metadata
    yield from _evidence.usual(document, clues, Kind.RELATED, section_blocks=MAX_BLOCKS)
