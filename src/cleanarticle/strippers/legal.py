"""Copyright, terms and reprint notes."""

from collections.abc import Iterator

from cleanarticle.clues import Clues
from cleanarticle.records import Document, Kind, Metadata, Removal
from cleanarticle.strippers import _evidence


def find(document: Document, clues: Clues, metadata: Metadata) -> Iterator[Removal]:
    """Blocks that state rights and terms."""
    del metadata
    yield from _evidence.usual(document, clues, Kind.LEGAL)
