"""Photo credits at the end of a line."""

import re
from functools import cache

from cleanarticle.clues import phrases
from cleanarticle.records import Block, Kind

MAX_WORDS, MAX_CHARS = 40, 600
_PROVIDED = r"[=＝(（][^=＝()（）]{1,30}(?:提供|撮影|供图)[)）]?$"


def photo_credit(block: Block) -> str:
    """The credit in a line such as "The mayor at the gate. Photo: A. Berg"; else empty."""
    if block.words > MAX_WORDS or len(block.text) > MAX_CHARS:
        return ""
    match = _credits().search(block.text)
    return match[0] if match else ""


@cache
def _credits() -> re.Pattern[str]:
    either = "|".join(sorted(map(re.escape, phrases.labels(Kind.CAPTION, "credit_labels"))))
    labelled = rf"(?<!\w)(?:(?:{either})\s?[:/：©]|fot\.)\s?\S.{{0,60}}$"
    return re.compile(f"{labelled}|{_PROVIDED}", re.I)
