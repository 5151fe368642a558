"""A page to its Assessment: scores, limit, type and confidence."""

from collections.abc import Sequence
from pathlib import Path

from cleanarticle.classifier import text
from cleanarticle.clues import Clues
from cleanarticle.records import Assessment, Document, Metadata, Removal


def assess(
    document: Document,
    clues: Clues,
    metadata: Metadata,
    removals: Sequence[Removal],
    *,
    opinion: Sequence[float] | None = None,
    weights: Path | None = None,
) -> Assessment:
    """What the classifier makes of a page.

    Args:
        document: the page.
        clues: what was seen on it.
        metadata: what was chosen for it.
        removals: the votes of all strippers, which are features of the blocks.
        opinion: the share of each block that a second extractor keeps.
        weights: a file of weights in place of the shipped ones.

    Raises:
        WeightsError: the weights cannot be used.
    """
    if not document.blocks:
        return Assessment(())
    if not document.containers:
        return Assessment(text.score(document))
    from cleanarticle.classifier import markup  # numpy is loaded when the first page needs it

    return markup.assess(document, clues, metadata, removals, opinion, weights)
