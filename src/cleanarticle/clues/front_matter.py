"""The head of a text that was kept with its data: YAML between hyphens, or lines as of a mail."""

import re
from collections.abc import Sequence
from itertools import takewhile

from cleanarticle.clues.rawness import labelled_title
from cleanarticle.language import bylines, dates
from cleanarticle.records import Block

MAX_LINES = 40
MIN_LINES = 3  # of a head without hyphens around
_FENCE = "---"
_LINE = re.compile(r"[^\W\d_][\w-]{0,24}( [\w-]{1,24})?:( |$)")


def size(blocks: Sequence[Block]) -> int:
    """Number of blocks of the head at the top of raw text; 0 where there is none."""
    first = blocks[:MAX_LINES]
    if first and first[0].text == _FENCE:
        ends = (n for n, block in enumerate(first[1:], start=2) if block.text == _FENCE)
        return next(ends, 0)
    lines = list(takewhile(lambda block: _LINE.match(block.text), first))
    named = sum(_is_named(block.text) for block in lines)
    return len(lines) if len(lines) >= MIN_LINES and named > 1 else 0


def _is_named(text: str) -> bool:
    """Whether a line gives title, date or author."""
    return bool(labelled_title(text) or dates.find_days(text) or bylines.people(text))
