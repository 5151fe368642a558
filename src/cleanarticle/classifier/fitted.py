"""A page to its Assessment, by the fitted weights of its form."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from cleanarticle.classifier import features, model, page, page_words
from cleanarticle.classifier.columns import Columns, Floats, form_of
from cleanarticle.clues import Clues
from cleanarticle.records import Assessment, Document, Metadata, PageType, Removal

DIGITS = 4  # of a confidence and a probability
REPEATED_FACTOR = 0.15  # soft: copies and quotes of an article stand on several pages, too


def assess(  # noqa: PLR0913 - each is what another room found
    document: Document,
    clues: Clues,
    metadata: Metadata,
    removals: Sequence[Removal],
    opinion: Sequence[float] | None,
    weights: Path | None,
    *,
    repeated: Sequence[bool] | None = None,
) -> Assessment:
    """Scores, limit, type and confidence of a page that has at least one block.

    Raises:
        WeightsError: the weights cannot be used.
    """
    fitted = model.load(weights, form_of(document))
    by_words = fitted.words.log_probabilities(page_words.keys(document, metadata))
    columns = Columns(document, clues, metadata, removals, opinion, tuple(by_words.tolist()))
    blocks = features.measure(columns)
    columns.forget()
    name = "normal" if opinion is None else "thorough"
    scorer = fitted.scorers[name]
    scores = scorer.scores(blocks)
    if repeated is not None:
        scores = np.where(repeated, scores * np.float32(REPEATED_FACTOR), scores)
    limit = page.cut(scores, columns.runs_of_letters)
    assessment = Assessment(scores=tuple(scores.tolist()), limit=limit[0])
    if not clues.raw:  # a fragment of a page tells nothing of the page
        return assessment
    of_page = fitted.of_page.totals(page.measure(columns, scores, blocks, limit)[None])[:, 0]
    kind, probability = page_type(list(fitted.types), of_page[: len(fitted.types)])
    expected = of_page[len(fitted.types) + list(fitted.confidence).index(name)]
    return replace(
        assessment,
        page_type=kind,
        page_type_probability=probability,
        confidence=round(float(model.sigmoid(expected)), DIGITS),
    )


def page_type(types: Sequence[PageType], log_odds: Floats) -> tuple[PageType, float]:
    """The likeliest type of a page and its probability, by the log-odds of each type."""
    shares = np.exp((log_odds - log_odds.max()).astype(np.float64))
    best = int(shares.argmax())
    return types[best], round(float(shares[best] / shares.sum()), DIGITS)
