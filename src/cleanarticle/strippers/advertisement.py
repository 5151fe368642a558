"""Adverts and sponsor notes."""

from collections.abc import Iterator

from cleanarticle.clues import Clues
from cleanarticle.records import Document, Kind, Metadata, Removal
from cleanarticle.strippers import _evidence


def find(document: Document, clues: Clues, metadata: Metadata) -> Iterator[Removal]:
    """Blocks that advertise, or say that something does."""
    del metadata
    yield from _evidence.usual(document, clues, Kind.ADVERTISEMENT)
