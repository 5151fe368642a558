"""Live-stream and video-player chrome."""

import re
from collections.abc import Iterator

from cleanarticle.clues import Clues
from cleanarticle.records import Document, Kind, Metadata, Removal
from cleanarticle.strippers import _evidence
from cleanarticle.strippers._evidence import removal

CLOCK = 0.97
_CLOCK = re.compile(r"[-–]?\d{1,2}:\d{2}(?::\d{2})?(?:\s*[/|·-]\s*[-–]?\d{1,2}:\d{2}(?::\d{2})?)?")


def find(document: Document, clues: Clues, metadata: Metadata) -> Iterator[Removal]:
    """Blocks that belong to a player of sound or pictures."""
    del metadata
    yield from _evidence.usual(document, clues, Kind.PLAYER)
    for block in document.blocks:
        if ":" in block.text[:4] and _CLOCK.fullmatch(block.text):
            yield removal(block.index, Kind.PLAYER, "is a clock of a player", CLOCK)
