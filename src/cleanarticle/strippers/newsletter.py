"""Newsletter sign-ups."""

from collections.abc import Sequence

from cleanarticle.clues import Clues
from cleanarticle.records import Document, Kind, Metadata, Removal
from cleanarticle.strippers import _evidence

MAX_BLOCKS = 4  # a pitch, a field, a button and a line of small print


def find(document: Document, clues: Clues, metadata: Metadata) -> Sequence[Removal]:
    """Blocks that ask the reader to sign up for mail."""
    del metadata
    return _evidence.usual(document, clues, Kind.NEWSLETTER, section_blocks=MAX_BLOCKS)
