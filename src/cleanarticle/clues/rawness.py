"""Does a text show that it is a raw page, or has it been cleaned before?

A raw page carries lines that are boilerplate by their own words. A body that was extracted carries
hardly any, and has to stay as it is when it is extracted again.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from cleanarticle.clues.phrases import Hit, How
from cleanarticle.language import bylines
from cleanarticle.records import Block, Document, Kind

SHARE = 0.015  # of a raw text's blocks are such signs; of cleaned text, fewer
MIN_SIGNS, SHORT_WORDS, SHORT_SHARE = 2, 6, 0.5  # fewer signs do where most lines are short
SIGN_WORDS = 12  # a line of rights or a byline has at most so many
BYLINE_BLOCKS = 60  # a byline stands among so many
MAX_CHARS = 200  # of a line of rights or a menu
_RIGHTS = re.compile(r"©|\(c\) ?\d{4}", re.I)
_BORDERS = frozenset(("|", "›", "»", "•", "·", "/", ">", "→"))
MIN_BORDERS = 2
WORDS_BETWEEN = 4  # at most, on average


def signs(document: Document, hits: Sequence[Sequence[Hit]]) -> Mapping[int, Kind]:
    """Position → kind of the blocks that are boilerplate by their own words."""
    runs = Counter(block.run for block in document.blocks)
    found = {}
    for block, own in zip(document.blocks, hits, strict=True):
        kind = _kind(block, own, runs[block.run] == 1, document.language)
        if kind is not None:
            found[block.index] = kind
    return found


def is_raw(blocks: Sequence[Block], found: Mapping[int, Kind]) -> bool:
    """Whether the signs are enough for the length of the text."""
    short = sum(1 for block in blocks if block.words < SHORT_WORDS)
    if len(found) >= MIN_SIGNS and short > SHORT_SHARE * len(blocks):
        return True
    return bool(found) and len(found) >= SHARE * len(blocks)


def is_trail(block: Block) -> bool:
    """Whether a block is a menu or a trail of crumbs in one line: "Home › World › Europe"."""
    if len(block.text) > MAX_CHARS or block.text[-1] in ".!?":
        return False
    pieces = block.text.split()
    borders = sum(1 for piece in pieces if piece in _BORDERS)
    figures = sum(1 for piece in pieces if any(sign.isdigit() for sign in piece))
    is_short = len(pieces) <= (WORDS_BETWEEN + 1) * (borders + 1)
    return borders >= MIN_BORDERS and is_short and figures <= borders / 2


def _kind(block: Block, hits: Sequence[Hit], alone: bool, language: str | None) -> Kind | None:
    clear = (h.kind for h in hits if h.is_whole or h.how is How.ENDS or 2 * h.words >= block.words)
    kind = next(clear, None)
    if kind is not None:
        return kind
    if alone and is_trail(block):
        return Kind.NAVIGATION
    if block.words > SIGN_WORDS:
        return None
    if _RIGHTS.search(block.text[:MAX_CHARS]):
        return Kind.LEGAL
    by = block.index < BYLINE_BLOCKS and bylines.people(block.text, language)
    return Kind.BYLINE if by else None
