"""What the model sees of a block: one row a feature, with its unit and meaning.

Sources: the shallow text features of Kohlschütter, Fankhauser & Nejdl, "Boilerplate Detection using
Shallow Text Features" (WSDM 2010), the neighbours of jusText (Pomikálek 2011), the candidate
container of Arc90's Readability, and the repeated units of Liu, Grossman & Zhai, "Mining Data
Records in Web Pages" (KDD 2003).
"""

from functools import cache

import numpy as np

from cleanarticle.classifier.columns import Columns, Floats
from cleanarticle.classifier.features import known, place, repeats, shape, tree, whole
from cleanarticle.classifier.features.row import Feature

__all__ = ["Feature", "measure", "opinion_table", "table"]

_GROUPS = (
    shape.shape,
    shape.role,
    place.position,
    place.neighbours,
    tree.ancestors,
    tree.candidate,
    tree.names,
    repeats.repetition,
    known.overlap,
    known.votes,
    place.headings,
    whole.page,
)


def measure(columns: Columns) -> Floats:
    """The features of all blocks, blocks × features, in the order of `table()`.

    Those of the second opinion come last, and are there only where `columns` have one.
    """
    rows = table() if columns.opinion is None else (*table(), *opinion_table())
    matrix = np.empty((columns.count, len(rows)), np.float32)
    for position, feature in enumerate(rows):
        matrix[:, position] = feature.measure(columns)
    return matrix


@cache
def table() -> tuple[Feature, ...]:
    """All features that the page alone gives; those of the page as a whole stand last."""
    return tuple(Feature(*row) for group in _GROUPS for row in group())


@cache
def opinion_table() -> tuple[Feature, ...]:
    """Features of the second opinion."""
    return tuple(Feature(*row) for row in known.opinion())
