"""Cookie and consent notices."""

from collections.abc import Sequence

from cleanarticle.clues import Clues
from cleanarticle.records import Document, Kind, Metadata, Removal
from cleanarticle.strippers import _evidence

MAX_BLOCKS = 8


def find(document: Document, clues: Clues, metadata: Metadata) -> Sequence[Removal]:
    """Blocks that ask for consent to cookies or tracking."""
    del metadata
    return _evidence.usual(document, clues, Kind.COOKIE, section_blocks=MAX_BLOCKS)
