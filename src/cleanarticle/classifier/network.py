"""A small network that reads the blocks of a page in their order.

Convolutions over neighbouring blocks, each twice as wide as the last (van den Oord et al.,
"WaveNet", 2016), and one look at the page as a whole: what stands beside content is content more
often than its own features say, and the other way round.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleanarticle.accelerator import accelerated

Array = NDArray[np.float32]
MAX_DEVIATIONS = 4.0  # features further from their median are cut to so many deviations
ROWS_AT_ONCE = 2048  # bounds the memory that a page of many blocks takes


@dataclass(frozen=True, slots=True)
class Network:
    """The weights: `centre` and `scale` of the inputs, then the layers by name."""

    weights: Mapping[str, Array]

    @property
    def layers(self) -> int:
        """Number of convolutions."""
        return sum(1 for name in self.weights if name.startswith("beside") and "_" not in name)

    def standard(self, inputs: Array) -> Array:
        """Inputs in deviations from their median."""
        return standard(inputs, self.weights["centre"], self.weights["scale"])

    @property
    def reach(self) -> int:
        """How many blocks before and behind a block the convolutions see."""
        return (1 << self.layers) - 1

    def log_odds(self, inputs: Array) -> Array:
        """Log-odds of content of each block of one page; inputs are blocks × features."""
        return log_odds((self,), inputs)[0]

    def convolved(self, inputs: Array) -> Array:
        """The state of blocks behind the convolutions; inputs are in deviations already."""
        w = self.weights
        product = inputs @ w["in"]
        state = np.zeros_like(product)
        wide = np.zeros((len(state), 3 * state.shape[1]), np.float32)
        raise_state(state, product, w["in_bias"])
        for layer in range(self.layers):
            widen(state, 2**layer, wide)
            np.matmul(wide, w[f"beside{layer}"], out=product)
            raise_state(state, product, w[f"beside{layer}_bias"])
        return state

    def judged(self, state: Array) -> Array:
        """Log-odds of all blocks of one page; their state is used up."""
        w = self.weights
        page = np.concatenate((state.mean(0), state.max(0)))
        state += page @ w["page"] + w["page_bias"]
        np.maximum(state, 0, out=state)
        return np.asarray(state @ w["out"] + w["out_bias"], np.float32)


def log_odds(networks: Sequence[Network], inputs: Array) -> Sequence[Array]:
    """The log-odds of several networks for one page; inputs are blocks × features.

    Those that share their scales share the first step, but on a page of many blocks.
    """
    if len(inputs) > ROWS_AT_ONCE:
        return [network.judged(_convolved_in_parts(network, inputs)) for network in networks]
    found, last = [], None
    for network in networks:
        if last is None or not _same_scales(network, last):
            ready = network.standard(inputs)
        found.append(network.judged(network.convolved(ready)))
        last = network
    return found


def _convolved_in_parts(network: Network, inputs: Array) -> Array:
    """The state of blocks; each part of them is read with all that its convolutions see."""
    count, reach = len(inputs), network.reach
    state = np.empty((count, network.weights["in"].shape[1]), np.float32)
    for first in range(0, count, ROWS_AT_ONCE):
        start, behind = max(first - reach, 0), min(first + ROWS_AT_ONCE, count)
        found = network.convolved(network.standard(inputs[start : behind + reach]))
        state[first:behind] = found[first - start : behind - start]
    return state


def _same_scales(one: Network, other: Network) -> bool:
    parts = ("centre", "scale")
    return all(np.array_equal(one.weights[part], other.weights[part]) for part in parts)


@accelerated("network")
def standard(inputs: Array, centre: Array, scale: Array) -> Array:
    """Inputs in deviations from their median, those far off cut to `MAX_DEVIATIONS`."""
    found = inputs - centre
    found /= scale
    return np.clip(found, -MAX_DEVIATIONS, MAX_DEVIATIONS, out=found)


@accelerated("network")
def raise_state(state: Array, product: Array, bias: Array) -> None:
    """Adds to a state what is above 0 of a product and a bias; the product is used up."""
    product += bias
    np.maximum(product, 0, out=product)
    state += product


def stored(values: NDArray[Any]) -> NDArray[Any]:
    """The values as they are kept in a file: matrices in half precision."""
    return values.astype(np.float16) if values.ndim > 1 else values


def widened(state: Array, step: int) -> Array:
    """Each row with the rows `step` before and behind it; zeros beyond the page."""
    wide = np.zeros((len(state), 3 * state.shape[1]), np.float32)
    widen(state, step, wide)
    return wide


@accelerated("network")
def widen(state: Array, step: int, wide: Array) -> None:
    """Puts each row down with the rows `step` before and behind it; zeros beyond the page."""
    size, shown = state.shape[1], max(len(state) - step, 0)
    wide[:step, :size] = 0
    wide[step:, :size] = state[:shown]
    wide[:, size : 2 * size] = state
    wide[:shown, 2 * size :] = state[step:]
    wide[shown:, 2 * size :] = 0
