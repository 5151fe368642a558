"""Paywall, login and register prompts."""

from collections.abc import Sequence

from cleanarticle.clues import Clues
from cleanarticle.records import Document, Kind, Metadata, Removal
from cleanarticle.strippers import _evidence

MAX_BLOCKS = 4


def find(document: Document, clues: Clues, metadata: Metadata) -> Sequence[Removal]:
    """Blocks that ask the reader to log in, register or pay."""
    del metadata
    return _evidence.usual(document, clues, Kind.PAYWALL, section_blocks=MAX_BLOCKS)
