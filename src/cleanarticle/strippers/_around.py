"""The elements around a block."""

from collections.abc import Container as Collection
from collections.abc import Iterator

from cleanarticle.records import Block, Container, Document


def ancestors(document: Document, block: Block) -> Iterator[tuple[int, Container]]:
    """(position, container) from the innermost element around a block outwards."""
    position = block.markup.container if block.markup else -1
    while position >= 0:
        container = document.containers[position]
        yield position, container
        position = container.parent


def nearest(
    document: Document, block: Block, tags: Collection[str], roles: Collection[str] = ()
) -> Container | None:
    """The innermost element around a block that has one of the tags or ARIA roles."""
    for _position, container in ancestors(document, block):
        if container.tag in tags or container.aria in roles:
            return container
    return None
