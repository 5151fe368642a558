"""Ensembles of small decision trees, all blocks and all trees at once.

Lucchese et al., "QuickScorer: a fast algorithm to rank documents with additive ensembles of
regression trees" (SIGIR 2015): each split that a row fails takes the leaves on its left out of a
bit mask; the lowest bit that is left is the row's leaf.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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
        parts = [
            self._total(rows[first : first + ROWS_AT_ONCE])
            for first in range(0, len(rows), ROWS_AT_ONCE)
        ]
        return np.concatenate(parts) if parts else np.zeros(0, np.float32)

    def _total(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        trees, splits = self.features.shape
        above = rows[:, self.features.ravel()] > self.thresholds.ravel()
        open_leaves = np.where(above, self.masks.ravel(), np.uint32(0xFFFFFFFF))
        left = np.bitwise_and.reduce(open_leaves.reshape(len(rows), trees, splits), axis=2)
        lowest = left & (~left + np.uint32(1))
        leaf = np.log2(lowest.astype(np.float64)).astype(np.int64)
        return np.asarray(self.leaves[np.arange(trees), leaf].sum(axis=1), np.float32)
