"""The elements around blocks."""

from collections.abc import Container as Collection
from collections.abc import Sequence

from cleanarticle.accelerator import accelerated
from cleanarticle.records import Container


@accelerated("clues")
def nearest(
    containers: Sequence[Container], tags: Collection[str], roles: Collection[str] = ()
) -> Sequence[Container | None]:
    """By container: the innermost one with one of the tags or ARIA roles, itself or around it."""
    found: list[Container | None] = []
    for container in containers:  # a parent stands before its children
        is_one = container.tag in tags or container.aria in roles
        found.append(container if is_one else found[container.parent] if found else None)
    return found
