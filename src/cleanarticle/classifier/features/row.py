"""A row of the table of features, and what several rows need."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleanarticle.classifier.columns import Columns, Floats, Ints

Values = NDArray[Any]  # one value a block
# Gives the values of each feature of a group, in their order.
Measure = Callable[[Columns], NDArray[Any] | Iterable[Values | float]]


@dataclass(frozen=True, slots=True)
class Feature:
    """A number of each block, or one of the page that all its blocks share."""

    name: str
    unit: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Group:
    """Features that are measured together, as they share their work."""

    measure: Measure
    features: tuple[Feature, ...]


def group(measure: Measure, *rows: tuple[str, str, str]) -> Group:
    """A group; a row is the name of a feature, its unit and its meaning."""
    return Group(measure, tuple(Feature(*row) for row in rows))


def filled(values: Iterable[Values | float], count: int) -> Floats:
    """Rows of so many blocks."""
    given = list(values)
    found = np.empty((len(given), count), np.float32)
    for row, own in zip(found, given, strict=True):
        row[:] = own
    return found


def before(values: Floats) -> NDArray[np.float64]:
    """Sum of the values of all blocks before each one, in the last axis."""
    sums = np.zeros(values.shape)
    np.cumsum(values[..., :-1], axis=-1, dtype=np.float64, out=sums[..., 1:])
    return sums


def signed_log(distance: Ints) -> NDArray[np.floating]:
    """Log of a distance, with its sign."""
    return np.copysign(np.log1p(np.abs(distance)), distance)


def share(part: Floats, whole: Floats) -> float:
    """What part of a whole a part is."""
    return float(part.sum() / max(float(whole.sum()), 1.0))
