"""The compiled trees give the totals of those in Python, whatever their shape."""

import numpy as np
import pytest
from numpy.typing import NDArray

from cleanarticle.accelerator import REFERENCES
from cleanarticle.classifier import model
from cleanarticle.trees import FEW_ROWS, MAX_LEAVES, ROWS_AT_ONCE, Trees, stack

twin = pytest.importorskip("cleanarticle.accelerator._trees").totals
reference = REFERENCES["trees.totals"]
Floats = NDArray[np.float32]
RANDOM = np.random.default_rng(7)


def invented(trees: int, splits: int, features: int) -> Trees:
    """Trees of which each row has a leaf: no split closes the last one."""
    shape = (trees, splits)
    return Trees(
        RANDOM.integers(0, features, shape).astype(np.uint16),
        RANDOM.integers(-3, 3, shape).astype(np.float32),
        RANDOM.integers(2**31, 2**32, shape).astype(np.uint32),
        RANDOM.standard_normal((trees, MAX_LEAVES)).astype(np.float32),
    )


def check(trees: Trees, rows: Floats, *sizes: int) -> None:
    arrays = (trees.features, trees.thresholds, trees.masks, trees.leaves)
    sizes = sizes or (len(trees.features),)
    wanted = reference(*arrays, sizes, rows)
    found = twin(*arrays, sizes, rows)
    assert found.dtype == wanted.dtype == np.float32
    assert found.shape == wanted.shape == (len(sizes), len(rows))
    np.testing.assert_allclose(found, wanted, rtol=1e-5, atol=2e-5)


@pytest.mark.parametrize(
    "count", [0, 1, 2, FEW_ROWS, FEW_ROWS + 1, 31, 32, 33, 64, ROWS_AT_ONCE, ROWS_AT_ONCE + 1]
)
@pytest.mark.parametrize("order", ["C", "F"])
def test_any_number_of_rows(count: int, order: str) -> None:
    rows = np.asarray(RANDOM.integers(-4, 4, (count, 9)), np.float32, order=order)  # type: ignore[call-overload]
    check(invented(17, 30, 9), rows)
    check(invented(17, 30, 9), rows, 3, 1, 13)


@pytest.mark.parametrize(("trees", "splits"), [(1, 1), (1, 31), (40, 2), (3, 7)])
def test_any_shape_of_trees(trees: int, splits: int) -> None:
    rows = RANDOM.integers(-4, 4, (40, 5)).astype(np.float32)
    check(invented(trees, splits, 5), rows)
    check(invented(trees, splits, 5), rows[::2])
    check(invented(trees, splits, 5), rows[::-1])


def test_values_that_are_no_numbers() -> None:
    odd = np.array([np.nan, np.inf, -np.inf, 0.0, -0.0, 1e-42, 3e38], np.float32)
    check(invented(20, 12, 4), RANDOM.choice(odd, (50, 4)))


def test_ensembles_of_all_sizes_as_one() -> None:
    several = [invented(5, 30, 6), invented(1, 3, 6), invented(40, 14, 6)]
    one = stack(several)
    for count in (1, 5, 40):
        rows = RANDOM.integers(-4, 4, (count, 6)).astype(np.float32)
        check(one.trees, rows, *one.sizes)
        wanted = [trees.total(rows) for trees in several]
        np.testing.assert_allclose(one.totals(rows), wanted, atol=1e-5)


@pytest.mark.parametrize("form", ["html", "text"])
def test_the_shipped_trees(form: str) -> None:
    fitted = model.load(None, form)  # type: ignore[arg-type]
    for trees in (fitted.scorers["normal"].trees, fitted.of_page.trees):
        width = int(trees.features.max()) + 1
        rows = RANDOM.standard_normal((70, width)).astype(np.float32)
        check(trees, rows, 11, len(trees.features) - 11)


def test_arrays_that_do_not_fit_together_are_refused() -> None:
    trees = invented(4, 3, 6)
    arrays = (trees.features, trees.thresholds, trees.masks, trees.leaves)
    rows = np.zeros((2, 6), np.float32)
    for place in range(1, 4):
        short = [part[:3] if n == place else part for n, part in enumerate(arrays)]
        with pytest.raises(IndexError):
            twin(*short, (4,), rows)
    with pytest.raises(IndexError):
        twin(*arrays, (5,), rows)
    with pytest.raises(IndexError):
        twin(*arrays, (4,), rows[:, : int(trees.features.max())])


def test_a_row_without_a_leaf_is_refused() -> None:
    trees = invented(1, 1, 1)
    nothing = np.zeros((1, 1), np.uint32)
    rows = np.full((1, 1), 9, np.float32)
    with pytest.raises(IndexError):
        twin(trees.features, trees.thresholds, nothing, trees.leaves, (1,), rows)
