"""A row of the table of features, and what several rows need."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleanarticle.classifier.columns import FAR, Columns, Floats, Ints

Measure = Callable[[Columns], NDArray[Any]]
Row = tuple[str, str, str, Measure]  # name, unit, meaning, measure


@dataclass(frozen=True, slots=True)
class Feature:
    """A number of each block, or one of the page that all its blocks share."""

    name: str
    unit: str
    meaning: str
    measure: Measure


ENDS = tuple(".!?…。！？।؟:\"”»'’)」")


def ends(c: Columns, signs: tuple[str, ...]) -> Floats:
    """1 where a block ends in one of the signs."""
    return flags(b.text.endswith(signs) for b in c.blocks)


def flags(found: Iterator[bool]) -> Floats:
    """Truths as 0 and 1."""
    return np.array(list(found), np.float32)


def before(values: Floats) -> NDArray[np.floating]:
    """Sum of the values of all blocks before each one."""
    return np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)[:-1]))


def signed_log(distance: NDArray[np.floating] | Ints) -> NDArray[np.floating]:
    """Log of a distance, with its sign."""
    return np.sign(distance) * np.log1p(np.abs(distance))


def steps_to(c: Columns, wanted: NDArray[np.bool_]) -> NDArray[np.floating]:
    """Elements between each block and the next one around it that is wanted."""
    steps, open_still, where = np.zeros(c.count), np.ones(c.count, bool), c.at
    for _step in range(FAR):
        open_still &= ~wanted[where]
        steps += open_still
        where = c.parents[where]
    return steps


def mean_around(values: Floats, width: int) -> NDArray[np.floating]:
    """Mean of the values within so many blocks on both sides, the block itself left out."""
    sums = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
    own = np.arange(len(values))
    low, high = np.maximum(own - width, 0), np.minimum(own + width + 1, len(values))
    return np.asarray((sums[high] - sums[low] - values) / np.maximum(high - low - 1, 1))


def share_around(part: Floats, whole: Floats, width: int) -> NDArray[np.floating]:
    """What part of a whole a part is, within so many blocks on both sides."""
    return np.asarray(mean_around(part, width) / np.maximum(mean_around(whole, width), 1))


def share(part: Floats, whole: Floats) -> float:
    """What part of a whole a part is."""
    return float(part.sum() / max(float(whole.sum()), 1.0))
