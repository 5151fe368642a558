"""Evidence that several strippers share: phrases, names, and sections under a heading."""

from collections.abc import Iterator, Sequence

from cleanarticle.accelerator import accelerated
from cleanarticle.clues import Clues, Hit, How
from cleanarticle.records import Block, Document, Kind, Removal, Role

# How sure a phrase makes, by the way it stands in its block.
WHOLE = 0.99  # it is the whole block
SHORT_WORDS, SHORT = 15, 0.97  # it stands in a block of at most so many words
MIDDLE_WORDS, MIDDLE, MIDDLE_SURE = 40, 0.85, 0.99
LONG, LONG_SURE = 0.6, 0.95
# Kinds whose phrases hardly ever stand in prose: of the blocks that scored as content and said one,
# 93 to 100 % were boilerplate on the news and article pages that this was measured on.
SURE_PHRASES = frozenset(
    (Kind.COOKIE, Kind.NEWSLETTER, Kind.PAYWALL, Kind.LEGAL, Kind.AUTHOR_BIO, Kind.BYLINE)
)

NAMED, NAMED_SURE = 0.93, 0.98  # a short block in an element of a telling class or id
# Kinds whose names stand around the text itself on some pages.
UNSURE_NAMES = frozenset((Kind.TEASER, Kind.RELATED, Kind.CAPTION, Kind.COOKIE, Kind.BYLINE))
NAMED_PROSE_WORDS, NAMED_PROSE = 25, 0.93  # a block of running text in such an element

SECTION = 0.9  # a short line below a heading that opens a section
PROSE_RESUMES_WORDS = 25  # a block of at least so many words ends a section


removal = accelerated("clues")(Removal)  # in fewer steps where it is compiled


def usual(
    document: Document,
    clues: Clues,
    kind: Kind,
    *,
    section_blocks: int = 0,
    prose: float = NAMED_PROSE,
) -> Sequence[Removal]:
    """Blocks with a phrase or a name of the kind, and up to `section_blocks` below its headings."""
    found = [*by_phrase(clues, kind), *by_name(clues, kind, prose=prose)]
    if section_blocks:
        found += by_section(document, clues, kind, max_blocks=section_blocks)
    return found


def said(clues: Clues, kind: Kind, how: How | None = None) -> Iterator[tuple[Block, Hit]]:
    """Blocks with their first phrase of a kind, standing in the way given or in any."""
    last = None
    for block, hit in clues.said.get(kind, ()):
        if block is not last and (how is None or hit.how is how):
            yield block, hit
            last = block


def by_phrase(clues: Clues, kind: Kind) -> Iterator[Removal]:
    """Blocks that say one of the kind's phrases."""
    for block, hit in said(clues, kind):
        how = "is" if hit.is_whole else "says"
        yield removal(block.index, kind, f"{how} {hit.phrase!r}", phrase_strength(block, hit))


def phrase_strength(block: Block, hit: Hit) -> float:
    """How sure a phrase makes that the block is boilerplate."""
    if hit.is_whole:
        return WHOLE
    sure = hit.kind in SURE_PHRASES
    if block.words <= SHORT_WORDS:
        return WHOLE if sure else SHORT
    if block.words <= MIDDLE_WORDS:
        return MIDDLE_SURE if sure else MIDDLE
    return LONG_SURE if sure else LONG


def by_name(clues: Clues, kind: Kind, *, prose: float = NAMED_PROSE) -> Iterator[Removal]:
    """Blocks in an element whose class or id names the kind; `prose` is for long ones."""
    short = NAMED if kind in UNSURE_NAMES else NAMED_SURE
    for block, name in clues.named.get(kind, ()):
        strength = prose if block.words >= NAMED_PROSE_WORDS else short
        yield removal(block.index, kind, f"stands in an element named {name!r}", strength)


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
    for block, hit in said(clues, kind, How.OPENS):
        because = f"stands below {hit.phrase!r}"
        for below in document.blocks[block.index + 1 : block.index + 1 + max_blocks]:
            if _ends_section(below, block, clues, kind):
                break
            yield removal(below.index, kind, because, SECTION)


def _ends_section(below: Block, heading: Block, clues: Clues, kind: Kind) -> bool:
    if below.words >= PROSE_RESUMES_WORDS:
        return True
    if below.role is Role.HEADING and heading.role is Role.HEADING and below.level <= heading.level:
        return True
    return any(hit.is_whole and hit.kind is not kind for hit in clues.hits[below.index])
