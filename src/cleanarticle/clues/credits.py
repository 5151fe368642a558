"""Photo credits at the end of a line."""

import re
from collections.abc import Sequence
from functools import cache

from cleanarticle.accelerator import accelerated
from cleanarticle.clues import phrases
from cleanarticle.records import Block, Kind

MAX_WORDS, MAX_CHARS = 40, 600
CREDIT_CHARS = 60  # behind the label
SHORT = "fot."  # a label of its own
END_CHARS = CREDIT_CHARS + len(f"{SHORT} X\n")
_BEHIND = ":/：©"  # a label
_PROVIDERS = ("提供", "撮影", "供图")
SIGNS = (*_BEHIND, *_PROVIDERS)
_SIGN = re.compile("|".join(SIGNS))
_PROVIDED = rf"[=＝(（][^=＝()（）]{{1,30}}(?:{'|'.join(_PROVIDERS)})[)）]?$"


def photo_credit(block: Block) -> str:
    """The credit in a line such as "The mayor at the gate. Photo: A. Berg"; else empty."""
    found = photo_credits((block,))
    return found[0][1] if found else ""


def photo_credits(blocks: Sequence[Block]) -> list[tuple[Block, str]]:
    """The blocks that end in a credit, with it."""
    some = may_have_credits(blocks)
    return [(block, credit) for block in some if (credit := _credit(block))]


def _credit(block: Block) -> str:
    text = block.text
    if block.words > MAX_WORDS or len(text) > MAX_CHARS:
        return ""
    pattern, longest = _credits()
    match = pattern.search(text, max(len(text) - longest, 0))
    return match[0] if match else ""


@accelerated("rawness")
def may_have_credits(blocks: Sequence[Block]) -> list[Block]:
    """The blocks whose end has a sign that a credit cannot be without."""
    return [block for block in blocks if _may_have_credit(block.text)]


def _may_have_credit(text: str) -> bool:
    """Whether the end of a line has a sign that a credit cannot be without."""
    end = text[-END_CHARS:]
    if ":" in end or "/" in end or SHORT in end.lower():
        return True
    return not end.isascii() and _SIGN.search(end) is not None


@cache
def _credits() -> tuple[re.Pattern[str], int]:
    """The pattern, and how long what it matches can be."""
    labels = phrases.labels(Kind.CAPTION, "credit_labels")
    longest = max(map(len, labels))
    either = "|".join(sorted(map(re.escape, labels)))
    # Most words have no such sign behind them: that is seen before all labels are tried.
    label = rf"(?=[^{_BEHIND}]{{1,{longest + 1}}}[{_BEHIND}])(?:{either})\s?[{_BEHIND}]"
    labelled = rf"(?<!\w)(?:{label}|{re.escape(SHORT)})\s?\S.{{0,{CREDIT_CHARS}}}$"
    return re.compile(f"{labelled}|{_PROVIDED}", re.I), longest + END_CHARS
