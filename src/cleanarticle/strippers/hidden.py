"""Elements that are not displayed."""

from collections.abc import Iterator

from cleanarticle.clues import Clues
from cleanarticle.records import Document, Kind, Metadata, Removal
from cleanarticle.strippers import _evidence

# A hidden element with more than this share of the page's prose is the text itself, which the page
# shows once a script has run.
MAX_SHARE = 0.25


def find(document: Document, clues: Clues, metadata: Metadata) -> Iterator[Removal]:
    """Blocks in elements that are hidden by attribute, style or a class for screen readers."""
    del metadata
    yield from _evidence.by_name(document, clues, Kind.HIDDEN)
    for block in document.blocks:
        if not block.markup or not document.is_hidden(block):
            continue
        if _outermost_share(document, clues, block.markup.container) <= MAX_SHARE:
            noscript = document.containers[block.markup.container].noscript
            because = (
                "stands in <noscript>" if noscript else "stands in an element that is not displayed"
            )
            yield Removal(block.index, Kind.HIDDEN, because)


def _outermost_share(document: Document, clues: Clues, position: int) -> float:
    """Share of the page's prose in the outermost hidden element around a container.

    Where paragraphs are hidden one by one, that of their parent's hidden part.
    """
    while document.containers[document.containers[position].parent].hidden:
        position = document.containers[position].parent
    parent = document.containers[position].parent
    one_by_one = document.containers[parent].tag not in ("body", "html", "")
    inside = clues.all_prose[parent] - clues.prose[parent] if one_by_one else 0
    return max(inside, clues.all_prose[position]) / max(clues.all_prose[0], 1)
