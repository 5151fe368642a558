"""Related, most read and "more in this section" lists."""

from collections.abc import Iterator, Sequence

from cleanarticle.clues import Clues
from cleanarticle.records import Block, Document, Kind, Metadata, Removal, Role
from cleanarticle.strippers import _evidence
from cleanarticle.strippers._evidence import removal

MAX_BLOCKS = 30
WHOLLY_LINKED, MIN_HEADLINES, HEADLINE_WORDS = 0.95, 2, 6
HEADLINES = 0.8  # lists of links to sources look alike


def find(document: Document, clues: Clues, metadata: Metadata) -> Iterator[Removal]:
    """Blocks that point to other articles, one by one or as a list below a heading."""
    del metadata
    yield from _evidence.usual(document, clues, Kind.RELATED, section_blocks=MAX_BLOCKS)
    for items in clues.lists:
        yield from _headlines(items)


def _headlines(items: Sequence[Block]) -> Iterator[Removal]:
    """A list whose items are headlines, linked from end to end."""
    linked = all(b.role is Role.LIST_ITEM and b.link_density >= WHOLLY_LINKED for b in items)
    if linked and len(items) >= MIN_HEADLINES and max(b.words for b in items) >= HEADLINE_WORDS:
        because = f"is one of {len(items)} linked headlines in a list"
        yield from (removal(b.index, Kind.RELATED, because, HEADLINES) for b in items)
