"""Ensembles of small decision trees, all blocks and all trees at once.

Lucchese et al., "QuickScorer: a fast algorithm to rank documents with additive ensembles of
regression trees" (SIGIR 2015): each split that a row fails takes the leaves on its left out of a
bit mask; the lowest bit that is left is the row's leaf.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleanarticle.accelerator import accelerated

PARTS = ("features", "thresholds", "masks", "leaves")  # of `Trees`, as they are stored
MAX_LEAVES = 32  # bits of a mask
ROWS_AT_ONCE = 512  # bounds the memory that a page of many blocks takes
FEW_ROWS = 12  # of which all splits are tried at once
_EXPONENT, _BIAS = 23, 127  # first bit of a float's exponent, and what that of 1 is

Floats = NDArray[np.float32]


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
    thresholds: Floats
    masks: NDArray[np.uint32]
    leaves: Floats

    def total(self, rows: Floats) -> Floats:
        """Sum of the leaves of each row of rows × features."""
        sizes = (len(self.features),)
        found = totals(self.features, self.thresholds, self.masks, self.leaves, sizes, rows)
        return np.asarray(found[0])


@dataclass(frozen=True, slots=True)
class Stack:
    """Several ensembles that look at the same rows, as one of all their trees."""

    trees: Trees
    sizes: tuple[int, ...]  # trees of each ensemble

    def totals(self, rows: Floats) -> Floats:
        """Sum of the leaves of each ensemble and row: ensembles × rows."""
        one = self.trees
        return totals(one.features, one.thresholds, one.masks, one.leaves, self.sizes, rows)


def stack(ensembles: Sequence[Trees]) -> Stack:
    """Ensembles as one; splits and leaves that some have less are filled up."""
    splits = max(one.features.shape[1] for one in ensembles)
    leaves = max(one.leaves.shape[1] for one in ensembles)

    def filled(part: str, width: int, value: float) -> NDArray[np.generic]:
        given = [getattr(one, part) for one in ensembles]
        return np.concatenate(
            [
                np.pad(one, ((0, 0), (0, width - one.shape[1])), constant_values=value)
                for one in given
            ]
        )

    trees = Trees(
        features=filled("features", splits, 0).astype(np.uint16),
        thresholds=filled("thresholds", splits, np.inf).astype(np.float32),
        masks=filled("masks", splits, 0xFFFFFFFF).astype(np.uint32),
        leaves=filled("leaves", leaves, 0).astype(np.float32),
    )
    return Stack(trees, tuple(len(one.features) for one in ensembles))


@accelerated("trees")
def totals(
    features: NDArray[np.uint16],
    thresholds: Floats,
    masks: NDArray[np.uint32],
    leaves: Floats,
    sizes: Sequence[int],
    rows: Floats,
) -> Floats:
    """Sums of the leaves of each row, ensembles × rows: of so many trees each, in their order."""
    found = np.zeros((len(sizes), len(rows)), np.float32)
    of_tree = leaves.shape[1] * np.arange(len(leaves))[:, None]
    firsts = np.cumsum((0, *sizes[:-1]))
    for first in range(0, len(rows), ROWS_AT_ONCE):
        some = rows[first : first + ROWS_AT_ONCE]
        tried = _closed_at_once if len(some) <= FEW_ROWS else _closed
        left = ~tried(features, thresholds, ~masks, some)
        lowest = (left & (~left + np.uint32(1))).astype(np.float32)  # a power of two
        leaf = (lowest.view(np.int32) >> _EXPONENT) - _BIAS
        values = leaves.take(leaf + of_tree)
        found[:, first : first + ROWS_AT_ONCE] = np.add.reduceat(values, firsts, axis=0)
    return found


def _closed_at_once(
    features: NDArray[np.uint16], thresholds: Floats, masks: NDArray[np.uint32], rows: Floats
) -> NDArray[np.uint32]:
    """The leaves that the splits take away, trees × rows; `masks` are those of each split."""
    above = rows[:, features] > thresholds
    return np.asarray(np.bitwise_or.reduce(above * masks, axis=2).T)


def _closed(
    features: NDArray[np.uint16], thresholds: Floats, masks: NDArray[np.uint32], rows: Floats
) -> NDArray[np.uint32]:
    """The same, split by split."""
    columns = np.ascontiguousarray(rows.T)
    closed = np.zeros((len(features), len(rows)), np.uint32)
    values, taken = np.empty(closed.shape, np.float32), np.empty_like(closed)
    for split in range(features.shape[1]):
        columns.take(features[:, split], axis=0, out=values, mode="clip")
        above = values > thresholds[:, split, None]
        closed |= np.multiply(above, masks[:, split, None], out=taken)
    return closed
