"""Raw page text, which has no tree: a score by weights set by hand, in units of log-odds.

Sources: the shallow text features of Kohlschütter, Fankhauser & Nejdl, "Boilerplate Detection using
Shallow Text Features" (WSDM 2010), and the neighbours of jusText (Pomikálek 2011).
"""

import math
from collections.abc import Mapping, Sequence

from cleanarticle.clues.gather import is_prose
from cleanarticle.language import facts
from cleanarticle.language.words import tokens
from cleanarticle.records import Block, Document, Role, Scores

_SENTENCE_END = tuple(".!?…。！？।؟:\"”»'’)")
MAX_WORDS = 60  # longer blocks count as so long
WINDOW = 4  # neighbours on each side
BIAS = -4.5
WEIGHTS = {
    "length": 4.0,  # log of words over log of MAX_WORDS, 0 to 1
    "sentence": 1.5,  # ends like a sentence
    "stop_words": -0.5,  # share of words that are function words of the page's language
    "list_item": 0.8,
    "table_row": -2.0,
    "near": 4.5,  # how much prose the next neighbours hold, 0 to 1
    "around": 5.0,  # how much prose the neighbours within WINDOW hold, 0 to 1
    "before": -1.0,  # stands before the first prose of the page
    "after": -2.0,  # stands behind the last
    "capitals": -1.0,  # share of words that begin with a capital
}


def score(document: Document) -> Scores:
    """Probability of content of each block, 0 to 1, in page order, without any vote."""
    return tuple(
        1.0 / (1.0 + math.exp(-BIAS - sum(WEIGHTS[name] * value for name, value in row.items())))
        for row in _rows(document)
    )


def _rows(document: Document) -> Sequence[Mapping[str, float]]:
    blocks = document.blocks
    stops = facts.stop_words(document.language or "en")
    prose = [min(b.words, MAX_WORDS) / MAX_WORDS if is_prose(b) else 0.0 for b in blocks]
    sums = [0.0]
    for amount in prose:
        sums.append(sums[-1] + amount)
    with_prose = [i for i, amount in enumerate(prose) if amount]
    first, last = (with_prose[0], with_prose[-1]) if with_prose else (0, len(blocks))
    return [
        {
            **_shape(block, stops),
            "near": _mean(sums, i, 1),
            "around": _mean(sums, i, WINDOW),
            "before": float(i < first),
            "after": float(i > last),
        }
        for i, block in enumerate(blocks)
    ]


def _mean(sums: Sequence[float], i: int, window: int) -> float:
    """Mean prose of the neighbours within the window, the block itself left out."""
    low, high = max(i - window, 0), min(i + window + 1, len(sums) - 1)
    count = high - low - 1
    return (sums[high] - sums[low] - (sums[i + 1] - sums[i])) / count if count else 0.0


def _shape(block: Block, stops: frozenset[str]) -> Mapping[str, float]:
    words = tokens(block.text[:1000])
    pieces = block.text[:500].split()
    return {
        "length": math.log1p(min(block.words, MAX_WORDS)) / math.log1p(MAX_WORDS),
        "sentence": float(block.text.endswith(_SENTENCE_END)),
        "stop_words": sum(1 for w in words if w in stops) / len(words) if words else 0.0,
        "list_item": float(block.role is Role.LIST_ITEM),
        "table_row": float(block.role is Role.TABLE_ROW),
        "capitals": sum(1 for p in pieces if p[0].isupper()) / len(pieces) if pieces else 0.0,
    }
