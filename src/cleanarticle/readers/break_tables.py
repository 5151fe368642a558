"""The trees of line breaks as tables.

Nearly all that they ask of a line is a small whole number; the rest is the same for a whole page.
So it is worked out once what each value leaves open of all trees, and a break is judged by the rows
of a few tables.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from cleanarticle.accelerator import accelerated
from cleanarticle.readers.line_breaks import (
    HEAD_WORDS,
    MAX_CHARS,
    MAX_LETTERS,
    MAX_OVER,
    MAX_WORDS,
    OF_A_LINE,
    STEPS,
    WAYS,
)
from cleanarticle.trees import Trees

BREAKS_AT_ONCE = 2048  # bounds the memory that a page of many lines takes
ALL_OPEN = np.uint32(0xFFFFFFFF)
SHARES = np.unique([np.float32(n / of) for of in range(1, HEAD_WORDS + 1) for n in range(of + 1)])
# Columns of `OF_A_LINE` that are looked up together, each with the number of its values.
GROUPS = (
    {0: MAX_CHARS + 1},
    {1: MAX_WORDS + 1, 6: 2, 8: 2},
    {2: WAYS, 5: MAX_LETTERS + 1, 9: 2},
    {3: WAYS, 4: MAX_LETTERS + 1},
    {7: len(SHARES)},
)
SIZES = tuple(int(np.prod(list(group.values()))) for group in GROUPS)
NO_LINE = sum(SIZES)  # the code of what is beyond the page
_OF_LINES = len(STEPS) * len(OF_A_LINE)  # columns of `NAMES`; then one of the width; then the page


@dataclass(frozen=True, slots=True)
class Tables:
    """The leaves that stay open, as bits.

    Attributes:
        lines: steps × codes × trees: what the numbers of a line leave open.
        over: values × trees: what the columns over the width leave open.
        page: trees × splits that ask of the page; others are filled up with ones that hold.
        leaves: value of each leaf.
    """

    lines: NDArray[np.uint32]
    over: NDArray[np.uint32]
    page: Trees
    leaves: NDArray[np.float32]


def tables(trees: Trees) -> Tables:
    """The trees as tables."""
    values = _values()
    over = np.arange(-MAX_OVER, MAX_OVER + 1, dtype=np.float32)
    count = len(trees.features)
    found = Tables(
        lines=np.full((len(STEPS), len(values), count), ALL_OPEN),
        over=np.full((len(over), count), ALL_OPEN),
        page=_of_page(trees),
        leaves=trees.leaves,
    )
    for tree, split in np.ndindex(trees.features.shape):
        column, threshold = int(trees.features[tree, split]), trees.thresholds[tree, split]
        mask = trees.masks[tree, split]
        if column < _OF_LINES:
            step, own = divmod(column, len(OF_A_LINE))
            found.lines[step, values[:, own] > threshold, tree] &= mask
        elif column == _OF_LINES:
            found.over[over > threshold, tree] &= mask
    return found


def _values() -> NDArray[np.float32]:
    """The numbers that each code stands for: of its group; of no line, -1 throughout."""
    rows = np.full((NO_LINE + 1, len(OF_A_LINE)), -np.inf, np.float32)
    first = 0
    for group, size in zip(GROUPS, SIZES, strict=True):
        rows[first : first + size, list(group)] = list(product(*map(range, group.values())))
        first += size
    rows[-1 - len(SHARES) : -1, 7] = SHARES
    rows[-1] = -1
    return rows


def _of_page(trees: Trees) -> Trees:
    asks = trees.features > _OF_LINES
    return Trees(
        features=np.where(asks, trees.features - _OF_LINES - 1, 0).astype(np.uint16),
        thresholds=trees.thresholds,
        masks=np.where(asks, trees.masks, ALL_OPEN),
        leaves=trees.leaves,
    )


@accelerated("breaks")
def total(
    found: Tables,
    numbers: NDArray[np.float32],
    over: NDArray[np.float32],
    page: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Sum of the leaves of each break.

    Args:
        found: the trees.
        numbers: lines × `OF_A_LINE`.
        over: of each break, the columns over the width.
        page: of the page.
    """
    codes, rows, of_page = codes_of(numbers), rows_of(over), left_by_page(found.page, page)
    sums = [np.zeros(0, np.float32)]
    for first in range(0, len(rows), BREAKS_AT_ONCE):
        behind = min(first + BREAKS_AT_ONCE, len(rows))
        left = found.over[rows[first:behind]] & of_page
        for table, step in zip(found.lines, STEPS, strict=True):
            for code in codes[:, first + step + 1 : behind + step + 1]:
                left &= table.take(code, axis=0)
        sums.append(_leaves(found.leaves, left))
    return np.concatenate(sums)


def left_by_page(trees: Trees, page: NDArray[np.float32]) -> NDArray[np.uint32]:
    """The leaves of each tree that the numbers of a page leave open."""
    left = np.where(page[trees.features] > trees.thresholds, trees.masks, ALL_OPEN)
    return np.asarray(np.bitwise_and.reduce(left, axis=1))


def rows_of(over: NDArray[np.float32]) -> NDArray[np.intp]:
    """The row of each number of columns over the width."""
    return over.astype(np.intp) + MAX_OVER


def codes_of(numbers: NDArray[np.float32]) -> NDArray[np.intp]:
    """Groups × lines: the code of each group; that of no line stands before and behind."""
    whole = numbers.T.astype(np.intp)
    whole[7] = np.searchsorted(SHARES, numbers[:, 7])
    codes = np.full((len(GROUPS), len(numbers) + 3), NO_LINE, np.intp)
    first = 0
    for group, size, row in zip(GROUPS, SIZES, codes, strict=True):
        within: NDArray[np.intp] | int = 0
        for column, count in group.items():
            within = within * count + whole[column]
        row[1:-2] = first + within
        first += size
    return codes


def _leaves(leaves: NDArray[np.float32], left: NDArray[np.uint32]) -> NDArray[np.float32]:
    """Sum over all trees of the lowest leaf that is open."""
    lowest = (left & (~left + np.uint32(1))).astype(np.float32)
    leaf = (lowest.view(np.int32) >> 23) - 127  # the exponent of a power of two
    leaf += np.arange(0, leaves.size, leaves.shape[1], dtype=np.int32)
    return np.asarray(leaves.ravel().take(leaf).sum(axis=1))
