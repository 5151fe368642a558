"""Ensembles of small decision trees, all blocks and all trees at once.

Lucchese et al., "QuickScorer: a fast algorithm to rank documents with additive ensembles of
regression trees" (SIGIR 2015): each split that a row fails takes the leaves on its left out of a
bit mask; the lowest bit that is left is the row's leaf.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleanarticle.accelerator import accelerated

PARTS = ("features", "thresholds", "masks", "leaves")  # of `Trees`, as they are stored
MAX_LEAVES = 32  # bits of a mask
ROWS_AT_ONCE = 512  # bounds the memory that a page of many blocks takes


@dataclass(frozen=True, slots=True)
class Trees:
    """Trees × splits, and trees × leaves; fewer splits are filled up with ones that hold.

    Attributes:
        features: column that each split looks at.
        thresholds: the row goes left where its value is not above.
        masks: the leaves that stay open where it is above.
        leaves: value of each leaf.
    """

    features: NDArray[np.uint16]
    thresholds: NDArray[np.float32]
    masks: NDArray[np.uint32]
    leaves: NDArray[np.float32]

    def total(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Sum of the leaves of each row of rows × features."""
        return total(self.features, self.thresholds, self.masks, self.leaves, rows)


@accelerated("trees")
def total(
    features: NDArray[np.uint16],
    thresholds: NDArray[np.float32],
    masks: NDArray[np.uint32],
    leaves: NDArray[np.float32],
    rows: NDArray[np.float32],
) -> NDArray[np.float32]:
    """The sum of the leaves of each row, with the arrays of `Trees`."""
    trees, splits = features.shape
    parts = []
    for first in range(0, len(rows), ROWS_AT_ONCE):
        some = rows[first : first + ROWS_AT_ONCE]
        above = some[:, features.ravel()] > thresholds.ravel()
        open_leaves = np.where(above, masks.ravel(), np.uint32(0xFFFFFFFF))
        left = np.bitwise_and.reduce(open_leaves.reshape(len(some), trees, splits), axis=2)
        lowest = left & (~left + np.uint32(1))
        leaf = np.log2(lowest.astype(np.float64)).astype(np.int64)
        parts.append(leaves[np.arange(trees), leaf].sum(axis=1))
    return np.asarray(np.concatenate(parts) if parts else np.zeros(0), np.float32)
