"""Elements that are not displayed."""

from collections.abc import Iterator

from cleanarticle.clues import Clues
from cleanarticle.records import Document, Kind, Metadata, Removal
from cleanarticle.strippers import _evidence

MIN_VISIBLE_PROSE = 50  # words; with less, the page shows its text only once a script has run


def find(document: Document, clues: Clues, metadata: Metadata) -> Iterator[Removal]:
    """Blocks in elements that are hidden by attribute, style or a class for screen readers."""
    del metadata
    yield from _evidence.by_name(document, clues, Kind.HIDDEN)
    if not clues.prose or clues.prose[0] < MIN_VISIBLE_PROSE:
        return
    for block in document.blocks:
        if block.markup and document.containers[block.markup.container].hidden:
            noscript = document.containers[block.markup.container].noscript
            because = "stands in <noscript>" if noscript else "stands in an element that is not displayed"
            yield Removal(block.index, Kind.HIDDEN, because)
