"""A page with markup to its Assessment, by the fitted weights."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from cleanarticle.classifier import features, model, page, page_words
from cleanarticle.classifier.columns import Columns, Floats
from cleanarticle.clues import Clues
from cleanarticle.records import Assessment, Document, Metadata, PageType, Removal
from cleanarticle.trees import Trees

DIGITS = 4  # of a confidence and a probability


def assess(
    document: Document,
    clues: Clues,
    metadata: Metadata,
    removals: Sequence[Removal],
    opinion: Sequence[float] | None,
    weights: Path | None,
) -> Assessment:
    """Scores, limit, type and confidence of a page that has containers and at least one block.

    Raises:
        WeightsError: the weights cannot be used.
    """
    fitted = model.load(weights)
    by_words = fitted.words.log_probabilities(page_words.keys(document, metadata))
    columns = Columns(document, clues, metadata, removals, opinion, tuple(by_words.tolist()))
    blocks = features.measure(columns)
    name, scorer = ("normal", fitted.normal)
    if opinion is not None:
        name, scorer = ("thorough", fitted.thorough)
    scores = scorer.scores(blocks)
    limit, _expected = page.cut(scores, columns.runs_of_letters)
    assessment = Assessment(scores=tuple(scores.tolist()), limit=limit, knows_votes=True)
    if not clues.raw:  # a fragment of a page tells nothing of the page
        return assessment
    row = page.measure(columns, scores, blocks)[None]
    kind, probability = page_type(fitted.types, row)
    return replace(
        assessment,
        page_type=kind,
        page_type_probability=probability,
        confidence=round(float(model.sigmoid(fitted.confidence[name].total(row))[0]), DIGITS),
    )


def page_type(types: Mapping[PageType, Trees], row: Floats) -> tuple[PageType, float]:
    """The likeliest type of a page and its probability; `row` is 1 × features."""
    log_odds = np.array([float(trees.total(row)[0]) for trees in types.values()])
    shares = np.exp(log_odds - log_odds.max())
    best = int(shares.argmax())
    return list(types)[best], round(float(shares[best] / shares.sum()), DIGITS)
