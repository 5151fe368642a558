"""What the network does between its products is the same compiled as in Python."""

import numpy as np
import pytest
from numpy.typing import NDArray

from cleanarticle.accelerator import REFERENCES

twin = pytest.importorskip("cleanarticle.accelerator._network")
Floats = NDArray[np.float32]
ROWS = (0, 1, 2, 7, 33)


def some(*shape: int) -> Floats:
    return np.random.default_rng(sum(shape)).standard_normal(shape).astype(np.float32)


@pytest.mark.parametrize("count", ROWS)
@pytest.mark.parametrize("order", ["C", "F"])
def test_standard_inputs(count: int, order: str) -> None:
    inputs = np.asarray(9 * some(count, 5), np.float32, order=order)  # type: ignore[call-overload]
    inputs[:1] = (np.inf, -np.inf, 4, -4, 0)
    centre, scale = some(5), np.abs(some(5)) + np.float32(0.1)
    wanted = REFERENCES["network.standard"](inputs, centre, scale)
    found = twin.standard(inputs, centre, scale)
    assert found.dtype == wanted.dtype
    np.testing.assert_array_equal(found, wanted)


@pytest.mark.parametrize("count", ROWS)
def test_a_state_grows(count: int) -> None:
    states = [some(count, 6), some(count, 6)]
    for state, function in zip(
        states, (twin.raise_state, REFERENCES["network.raise_state"]), strict=True
    ):
        function(state, 2 * some(count, 6), some(6))
    np.testing.assert_array_equal(*states)


@pytest.mark.parametrize("count", ROWS)
@pytest.mark.parametrize("step", [0, 1, 2, 8, 40])
def test_a_state_is_put_down_with_its_neighbours(count: int, step: int) -> None:
    wide = [np.ones((count, 18), np.float32) for _way in range(2)]
    for own, function in zip(wide, (twin.widen, REFERENCES["network.widen"]), strict=True):
        function(some(count, 6), step, own)
    np.testing.assert_array_equal(*wide)


def test_shapes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="its shape"):
        twin.raise_state(some(2, 3), some(2, 4), some(3))
    with pytest.raises(ValueError, match="two others"):
        twin.widen(some(2, 3), 1, some(2, 8))
    with pytest.raises(ValueError, match="its scale"):
        twin.standard(np.asfortranarray(some(2, 3)), some(2), some(3))
