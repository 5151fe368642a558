"""Evidence that several strippers share: phrases, names, and sections under a heading."""

from collections.abc import Iterator

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


def usual(
    document: Document,
    clues: Clues,
    kind: Kind,
    *,
    section_blocks: int = 0,
    prose: float = NAMED_PROSE,
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
            how = "is" if hit.is_whole else "says"
            yield Removal(block.index, kind, f"{how} {hit.phrase!r}", phrase_strength(block, hit))


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


def by_name(
    document: Document, clues: Clues, kind: Kind, *, prose: float = NAMED_PROSE
) -> Iterator[Removal]:
    """Blocks in an element whose class or id names the kind; `prose` is for long ones."""
    for block in document.blocks:
        if name := clues.mark(block, kind):
            because = f"stands in an element named {name!r}"
            short = NAMED if kind in UNSURE_NAMES else NAMED_SURE
            strength = prose if block.words >= NAMED_PROSE_WORDS else short
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
    return any(hit.is_whole and hit.kind is not kind for hit in clues.hits[below.index])
