"""Elements that are not displayed."""

from collections.abc import Iterator, Mapping, Sequence

from cleanarticle.clues import Clues
from cleanarticle.records import Container, Document, Kind, Metadata, Removal
from cleanarticle.strippers import _evidence
from cleanarticle.strippers._evidence import removal

# A hidden element with more than this share of the page's prose is the text itself, which the page
# shows once a script has run.
MAX_SHARE = 0.25


def find(document: Document, clues: Clues, metadata: Metadata) -> Iterator[Removal]:
    """Blocks in elements that are hidden by attribute, style or a class for screen readers."""
    del metadata
    yield from _evidence.by_name(clues, Kind.HIDDEN)
    containers = document.containers
    outermost = _outermost(containers)
    shares: dict[int, float] = {}
    for block in document.blocks if outermost else ():
        at = outermost.get(block.markup.container) if block.markup else None
        if at is None or not block.markup:
            continue
        if at not in shares:
            shares[at] = _share(containers, clues, at)
        if shares[at] <= MAX_SHARE:
            noscript = containers[block.markup.container].noscript
            because = (
                "stands in <noscript>" if noscript else "stands in an element that is not displayed"
            )
            yield removal(block.index, Kind.HIDDEN, because)


def _outermost(containers: Sequence[Container]) -> Mapping[int, int]:
    """Hidden containers → the outermost hidden one around each, or itself."""
    found: dict[int, int] = {}
    for position, container in enumerate(containers):
        if container.hidden:
            found[position] = found.get(container.parent, position)
    return found


def _share(containers: Sequence[Container], clues: Clues, position: int) -> float:
    """Share of the page's prose in an outermost hidden element.

    Where paragraphs are hidden one by one, that of their parent's hidden part.
    """
    parent = containers[position].parent
    one_by_one = containers[parent].tag not in ("body", "html", "")
    inside = clues.all_prose[parent] - clues.prose[parent] if one_by_one else 0
    return max(inside, clues.all_prose[position]) / max(clues.all_prose[0], 1)
