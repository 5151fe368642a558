"""Live-stream and video-player chrome."""

from collections.abc import Iterator

from cleanarticle.clues import Clues
from cleanarticle.records import Document, Kind, Metadata, Removal
from cleanarticle.strippers import _evidence


def find(document: Document, clues: Clues, metadata: Metadata) -> Iterator[Removal]:
    """Blocks that belong to a player of sound or pictures."""
    del metadata
    yield from _evidence.usual(document, clues, Kind.PLAYER)
