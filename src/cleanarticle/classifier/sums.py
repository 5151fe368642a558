"""Sums over neighbours, over what stands inside a container, and over what is alike."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleanarticle.accelerator import accelerated

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Ints = NDArray[np.int64]


@accelerated("sums")
def sums_inside(rows: Sequence[Floats], at: Ints, ends: Ints) -> Floats:
    """Sums of block columns over everything inside each container: rows × containers.

    Args:
        rows: values of blocks.
        at: the container of each block.
        ends: the position behind the last container inside each.
    """
    running = np.zeros((len(rows), len(ends) + 1))
    for row, values in zip(running, rows, strict=True):
        row[1:] = np.bincount(at, weights=values, minlength=len(ends))
    np.cumsum(running, axis=1, out=running)
    return np.asarray(running[:, ends] - running[:, :-1], np.float32)


@accelerated("sums")
def means_around(rows: NDArray[Any], widths: Sequence[int]) -> Doubles:
    """Means of several rows within so many blocks on both sides: widths × rows × blocks.

    The block itself is left out.
    """
    count = rows.shape[1]
    sums = np.zeros((len(rows), count + 1))
    np.cumsum(rows, axis=1, dtype=np.float64, out=sums[:, 1:])
    own, width = np.arange(count), np.array(widths)[:, None]
    low, high = np.maximum(own - width, 0), np.minimum(own + width + 1, count)
    found = sums.take(high, axis=1) - sums.take(low, axis=1) - rows[:, None]
    found /= np.maximum(high - low - 1, 1)
    return np.asarray(found.transpose(1, 0, 2))


@accelerated("sums")
def pairs(first: Ints, second: Ints) -> Ints:
    """How often each pair of two numbers stands in two rows of them."""
    keys = first * (int(second.max(initial=0)) + 1) + second
    _values, inverse, sizes = np.unique(keys, return_inverse=True, return_counts=True)
    return np.asarray(sizes[inverse], np.int64)


@accelerated("sums")
def before_in(owners: Ints, values: Floats) -> Doubles:
    """Share of the values of all with the same owner that stand before each."""
    order = np.argsort(owners, kind="stable")
    ordered, running = owners[order], np.zeros(len(owners))
    np.cumsum(values[order][:-1], dtype=np.float64, out=running[1:])
    running -= running[np.searchsorted(ordered, ordered)]
    found = np.empty(len(owners))
    found[order] = running
    return found / np.maximum(np.bincount(owners, weights=values)[owners], 1)


@accelerated("sums")
def nearest(wanted: NDArray[np.bool_], ancestors: Ints) -> Ints:
    """2 × blocks: steps to the first and to the last container that is wanted; -1 for none."""
    found = wanted[ancestors]
    none = ~found.any(0)
    first, last = found.argmax(0), len(ancestors) - 1 - found[::-1].argmax(0)
    return np.where(none, -1, (first, last))
