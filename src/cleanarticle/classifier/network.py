"""A small network that reads the blocks of a page in their order.

Convolutions over neighbouring blocks, each twice as wide as the last (van den Oord et al.,
"WaveNet", 2016), and one look at the page as a whole: what stands beside content is content more
often than its own features say, and the other way round.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
MAX_DEVIATIONS = 4.0  # features further from their median are cut to so many deviations


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
        scaled = (inputs - self.weights["centre"]) / self.weights["scale"]
        return np.asarray(np.clip(scaled, -MAX_DEVIATIONS, MAX_DEVIATIONS), np.float32)

    def log_odds(self, inputs: Array) -> Array:
        """Log-odds of content of each block of one page; inputs are blocks × features."""
        w = self.weights
        state = np.maximum(self.standard(inputs) @ w["in"] + w["in_bias"], 0)
        for layer in range(self.layers):
            wide = widened(state, 2**layer)
            state = state + np.maximum(wide @ w[f"beside{layer}"] + w[f"beside{layer}_bias"], 0)
        page = np.concatenate((state.mean(0), state.max(0)))
        state = np.maximum(state + (page @ w["page"] + w["page_bias"]), 0)
        return np.asarray(state @ w["out"] + w["out_bias"], np.float32)


def stored(values: NDArray[Any]) -> NDArray[Any]:
    """The values as they are kept in a file: matrices in half precision."""
    return values.astype(np.float16) if values.ndim > 1 else values


def widened(state: Array, step: int) -> Array:
    """Each row with the rows `step` before and behind it; zeros beyond the page."""
    wide = np.zeros((len(state), 3 * state.shape[1]), np.float32)
    size = state.shape[1]
    wide[step:, :size] = state[:-step]
    wide[:, size : 2 * size] = state
    wide[: max(len(state) - step, 0), 2 * size :] = state[step:]
    return wide
