"""The elements around a block."""

from collections.abc import Container as Collection

from cleanarticle.records import Block, Container, Document


def nearest(
    document: Document, block: Block, tags: Collection[str], roles: Collection[str] = ()
) -> Container | None:
    """The innermost element around a block that has one of the tags or ARIA roles."""
    for _position, container in document.around(block):
        if container.tag in tags or container.aria in roles:
            return container
    return None
