"""A page to its Assessment: scores, limit, type and confidence."""

from collections.abc import Sequence
from pathlib import Path

from cleanarticle.clues import Clues
from cleanarticle.records import Assessment, Document, Metadata, Removal


def assess(  # noqa: PLR0913 - each is what another room found
    document: Document,
    clues: Clues,
    metadata: Metadata,
    removals: Sequence[Removal],
    *,
    opinion: Sequence[float] | None = None,
    weights: Path | None = None,
    repeated: Sequence[bool] | None = None,
) -> Assessment:
    """What the classifier makes of a page.

    Args:
        document: the page.
        clues: what was seen on it.
        metadata: what was chosen for it.
        removals: the votes of all strippers, which are features of the blocks.
        opinion: the share of each block that a second extractor keeps.
        weights: a file of weights in place of the shipped ones.
        repeated: whether each block stands on other pages of the site too.

    Raises:
        WeightsError: the weights cannot be used.
    """
    if not document.blocks:
        return Assessment(())
    from cleanarticle.classifier import fitted  # numpy is loaded when the first page needs it

    return fitted.assess(document, clues, metadata, removals, opinion, weights, repeated=repeated)
