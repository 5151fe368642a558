"""Features to probabilities by two small tables of weights, one for markup and one for raw text.

The weights are set by hand, in units of log-odds, and are meant to be replaced by fitted ones
behind the same function.
"""

import math

from cleanarticle.classifier.features import FEATURES, measure
from cleanarticle.clues import Clues
from cleanarticle.records import Document, Scores

MARKUP_BIAS = -4.0
MARKUP_WEIGHTS = {
    "length": 3.0,
    "sentence": 0.8,
    "stop_words": -1.5,
    "link_density": -0.5,
    "heading": 2.0,
    "list_item": 2.5,
    "table_row": 3.0,
    "quote_or_code": 1.0,
    "paragraph_tag": 0.6,
    "candidate": 1.6,
    "share": 2.0,
    "aside": -2.5,
    "main": 0.3,
    "body_name": 0.8,
    "container_links": -2.0,
    "around": 1.0,
    "after": -0.5,
    "capitals": -0.5,
}
TEXT_BIAS = -4.5
TEXT_WEIGHTS = {
    "length": 4.0,
    "sentence": 1.5,
    "stop_words": -0.5,
    "list_item": 0.8,
    "table_row": -2.0,
    "near": 4.5,
    "around": 5.0,
    "before": -1.0,
    "after": -2.0,
    "capitals": -1.0,
}


def score(document: Document, clues: Clues) -> Scores:
    """Probability of content of each block, 0 to 1, in page order."""
    bias, weights = (
        (MARKUP_BIAS, MARKUP_WEIGHTS) if document.containers else (TEXT_BIAS, TEXT_WEIGHTS)
    )
    column = [weights.get(name, 0.0) for name in FEATURES]
    return tuple(
        _sigmoid(bias + sum(w * value for w, value in zip(column, row, strict=True)))
        for row in measure(document, clues)
    )


def _sigmoid(log_odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-log_odds))
