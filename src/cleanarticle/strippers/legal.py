"""Copyright, terms and reprint notes."""

from collections.abc import Sequence

from cleanarticle.clues import Clues
from cleanarticle.records import Document, Kind, Metadata, Removal
from cleanarticle.strippers import _evidence


def find(document: Document, clues: Clues, metadata: Metadata) -> Sequence[Removal]:
    """Blocks that state rights and terms."""
    del metadata
    return _evidence.usual(document, clues, Kind.LEGAL)
