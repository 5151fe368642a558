"""Evidence that several strippers share: phrases, names, and sections under a heading."""

from collections.abc import Iterator

from cleanarticle.clues import Clues, How
from cleanarticle.records import Block, Document, Kind, Removal, Role

# How sure a phrase makes, by the way it stands in its block.
WHOLE = 0.99  # it is the whole block
SHORT_WORDS, SHORT = 15, 0.97  # it stands in a block of at most so many words
MIDDLE_WORDS, MIDDLE = 40, 0.85
LONG = 0.6

NAMED = 0.93  # a short block in an element of a telling class or id
NAMED_PROSE_WORDS, NAMED_PROSE = 25, 0.93  # a block of running text in such an element

SECTION = 0.9  # a short line below a heading that opens a section
PROSE_RESUMES_WORDS = 25  # a block of at least so many words ends a section


def usual(
    document: Document, clues: Clues, kind: Kind, *, section_blocks: int = 0, prose: float = NAMED_PROSE
) -> Iterator[Removal]:
    """Blocks with a phrase or a name of the kind, and up to `section_blocks` below its headings."""
    yield from by_phrase(document, clues, kind)
    yield from by_name(document, clues, kind, prose=prose)
    if section_blocks:
        yield from by_section(document, clues, kind, max_blocks=section_blocks)


def by_phrase(document: Document, clues: Clues, kind: Kind) -> Iterator[Removal]:
    """Blocks that say one of the kind's phrases."""
    for block in document.blocks:
        if hit := clues.hit(block, kind):
            how = "is" if hit.how in (How.EQUALS, How.OPENS) else "says"
            because = f"{how} {hit.phrase!r}"
            yield Removal(block.index, kind, because, phrase_strength(block, hit.how))


def phrase_strength(block: Block, how: How) -> float:
    """How sure a phrase makes that the block is boilerplate."""
    if how in (How.EQUALS, How.OPENS):
        return WHOLE
    if block.words <= SHORT_WORDS:
        return SHORT
    return MIDDLE if block.words <= MIDDLE_WORDS else LONG


def by_name(
    document: Document, clues: Clues, kind: Kind, *, prose: float = NAMED_PROSE
) -> Iterator[Removal]:
    """Blocks in an element whose class or id names the kind; `prose` is the strength for long ones."""
    for block in document.blocks:
        if name := clues.mark(block, kind):
            because = f"stands in an element named {name!r}"
            strength = prose if block.words >= NAMED_PROSE_WORDS else NAMED
            yield Removal(block.index, kind, because, strength)


def by_section(
    document: Document, clues: Clues, kind: Kind, *, max_blocks: int
) -> Iterator[Removal]:
    """Lines below a heading of the kind, to where prose, another heading or other evidence comes.

    Args:
        document: the page.
        clues: its clues.
        kind: whose `opens` phrases are headings of a section.
        max_blocks: the section ends after so many blocks.
    """
    for position, block in enumerate(document.blocks):
        hit = clues.hit(block, kind, How.OPENS)
        if not hit:
            continue
        because = f"stands below {hit.phrase!r}"
        following = document.blocks[position + 1 : position + 1 + max_blocks]
        for below in following:
            if _ends_section(below, block, clues, kind):
                break
            yield Removal(below.index, kind, because, SECTION)


def _ends_section(below: Block, heading: Block, clues: Clues, kind: Kind) -> bool:
    if below.words >= PROSE_RESUMES_WORDS:
        return True
    if below.role is Role.HEADING and heading.role is Role.HEADING and below.level <= heading.level:
        return True
    others = (hit for hit in clues.hits[below.index] if hit.how is How.OPENS)
    return any(hit.kind is not kind for hit in others)
