"""Fits the network: gradients by hand, so that numpy is all it takes.

The loss of a page is one half the word F1 that its probabilities promise, and one half the cross
entropy of its blocks. The first looks at the page as a whole, as the score will.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from cleanarticle.classifier.network import Array, Network, stored

SIZE, LAYERS = 64, 4
EPOCHS, PAGES_A_STEP = 14, 16
RATE, DECAY, WARM_UP = 2e-3, 1e-3, 0.3  # of Adam; share of the steps in which the rate grows
DROPOUT, INPUT_DROPOUT = 0.2, 0.25
F1_SHARE = 0.5  # of the loss
SMOOTHING = 10.0  # words
MAX_ENTROPY = 6.0  # of one page
MAX_NORM = 1.0  # of a step's gradient
MAX_BLOCKS = 2000  # of a page that are trained on

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Page:
    """A page to train on."""

    inputs: Array  # blocks × features
    labels: Array  # 1 for content
    words: Array  # of each block
    weights: Array  # of each block in the cross entropy


@dataclass(eq=False)
class _Adam:
    """Adam with decoupled decay (Loshchilov & Hutter 2019) and a rate that warms up and cools."""

    weights: dict[str, Array]
    steps: int
    step: int = 0
    first: dict[str, Array] = field(default_factory=dict)
    second: dict[str, Array] = field(default_factory=dict)

    def update(self, gradients: dict[str, Array]) -> None:
        norm = float(np.sqrt(sum(float((g * g).sum()) for g in gradients.values())))
        clip = min(1.0, MAX_NORM / (norm + 1e-6))
        self.step += 1
        rate = self._rate()
        for name, raw in gradients.items():
            gradient = raw * clip
            first = self.first.setdefault(name, np.zeros_like(gradient))
            second = self.second.setdefault(name, np.zeros_like(gradient))
            first += 0.1 * (gradient - first)
            second += 0.001 * (gradient * gradient - second)
            mean = first / (1 - 0.9**self.step)
            scale = np.sqrt(second / (1 - 0.999**self.step)) + 1e-8
            self.weights[name] *= 1 - rate * DECAY
            self.weights[name] -= (rate * mean / scale).astype(np.float32)

    def _rate(self) -> float:
        done = self.step / self.steps
        if done < WARM_UP:
            return RATE * (0.04 + 0.96 * 0.5 * (1 - math.cos(math.pi * done / WARM_UP)))
        return RATE * 0.5 * (1 + math.cos(math.pi * min((done - WARM_UP) / (1 - WARM_UP), 1)))


def fit(pages: Sequence[Page], seed: int, epochs: int = EPOCHS) -> Network:
    """A network fitted on pages; the same pages and seed give the same network."""
    random = np.random.default_rng(seed)
    weights = _start(pages, random)
    network = Network(weights)
    trained = {k: v for k, v in weights.items() if k not in ("centre", "scale")}
    ready = [_cut(page, network) for page in pages]
    steps = -(-len(pages) // PAGES_A_STEP) * epochs
    adam = _Adam(trained, steps)
    for _epoch in range(epochs):
        order = random.permutation(len(ready))
        for first in range(0, len(order), PAGES_A_STEP):
            batch = [ready[i] for i in order[first : first + PAGES_A_STEP]]
            adam.update(_gradients(trained, batch, random))
    return Network({name: np.asarray(stored(v), np.float32) for name, v in weights.items()})


def _cut(page: Page, network: Network) -> Page:
    """The page with standard inputs, cut to `MAX_BLOCKS`."""
    return Page(
        network.standard(page.inputs[:MAX_BLOCKS]),
        page.labels[:MAX_BLOCKS],
        page.words[:MAX_BLOCKS],
        page.weights[:MAX_BLOCKS],
    )


def _start(pages: Sequence[Page], random: np.random.Generator) -> dict[str, Array]:
    """Scales of the inputs, and small random weights (He et al. 2015)."""
    rows = np.concatenate([page.inputs for page in pages])
    features = rows.shape[1]

    def normal(rows: int, columns: int) -> Array:
        scale = np.sqrt(1.0 / rows)
        return np.asarray(random.standard_normal((rows, columns)) * scale, np.float32)

    weights = {
        "centre": np.median(rows, axis=0).astype(np.float32),
        "scale": (rows.std(axis=0) + 1e-3).astype(np.float32),
        "in": normal(features, SIZE),
        "in_bias": np.zeros(SIZE, np.float32),
    }
    for layer in range(LAYERS):
        weights[f"beside{layer}"] = normal(3 * SIZE, SIZE)
        weights[f"beside{layer}_bias"] = np.zeros(SIZE, np.float32)
    weights["page"] = normal(2 * SIZE, SIZE)
    weights["page_bias"] = np.zeros(SIZE, np.float32)
    weights["out"] = normal(SIZE, 1)[:, 0]
    weights["out_bias"] = np.zeros(1, np.float32)
    return weights


class _Rows:
    """The blocks of several pages below each other, and shifts that do not cross their borders."""

    def __init__(self, lengths: Sequence[int]) -> None:
        self.starts: Ints = np.concatenate(([0], np.cumsum(lengths)[:-1])).astype(np.int64)
        self.lengths: Ints = np.array(lengths, np.int64)
        self.page: Ints = np.repeat(np.arange(len(lengths)), lengths)

    def widened(self, state: Array, step: int) -> Array:
        size = state.shape[1]
        wide = np.zeros((len(state), 3 * size), np.float32)
        wide[:, size : 2 * size] = state
        if step < len(state):
            same = (self.page[step:] == self.page[:-step])[:, None]
            wide[step:, :size] = state[:-step] * same
            wide[:-step, 2 * size :] = state[step:] * same
        return wide

    def narrowed(self, wide: Array, step: int) -> Array:
        """The gradient of `widened`."""
        size = wide.shape[1] // 3
        state = wide[:, size : 2 * size].copy()
        if step < len(state):
            same = (self.page[step:] == self.page[:-step])[:, None]
            state[:-step] += wide[step:, :size] * same
            state[step:] += wide[:-step, 2 * size :] * same
        return state


def _gradients(
    w: dict[str, Array], batch: Sequence[Page], random: np.random.Generator
) -> dict[str, Array]:
    """Gradients of the mean loss of a batch."""
    rows = _Rows([len(page.labels) for page in batch])
    inputs = np.concatenate([page.inputs for page in batch])
    inputs = inputs * _kept(random, inputs.shape, INPUT_DROPOUT)
    state = np.maximum(inputs @ w["in"] + w["in_bias"], 0)
    first, trail = state, []
    for layer in range(LAYERS):
        kept = _kept(random, state.shape, DROPOUT)
        wide = rows.widened(state * kept, 2**layer)
        more = np.maximum(wide @ w[f"beside{layer}"] + w[f"beside{layer}_bias"], 0)
        trail.append((kept, wide, more > 0))
        state = state + more
    means = np.add.reduceat(state, rows.starts) / rows.lengths[:, None]
    peaks = np.maximum.reduceat(state, rows.starts)
    page = np.concatenate((means, peaks), axis=1).astype(np.float32)
    last = np.maximum(state + (page @ w["page"] + w["page_bias"])[rows.page], 0)
    kept_last = _kept(random, last.shape, DROPOUT)
    log_odds = (last * kept_last) @ w["out"] + w["out_bias"]

    g: dict[str, Array] = {}
    slope = _loss_slope(log_odds, batch, rows)
    g["out"] = (last * kept_last).T @ slope
    g["out_bias"] = slope.sum(keepdims=True)
    d_last = np.outer(slope, w["out"]) * kept_last * (last > 0)
    d_page = np.add.reduceat(d_last, rows.starts)
    g["page"], g["page_bias"] = page.T @ d_page, d_page.sum(0)
    d_pool = d_page @ w["page"].T
    peak = state == peaks[rows.page]
    d_state = d_last + (d_pool[:, :SIZE] / rows.lengths[:, None])[rows.page]
    d_state = (d_state + d_pool[:, SIZE:][rows.page] * peak).astype(np.float32)
    for layer in reversed(range(LAYERS)):
        kept, wide, active = trail[layer]
        d_more = d_state * active
        g[f"beside{layer}"], g[f"beside{layer}_bias"] = wide.T @ d_more, d_more.sum(0)
        d_state = d_state + rows.narrowed(d_more @ w[f"beside{layer}"].T, 2**layer) * kept
    d_in = d_state * (first > 0)
    g["in"], g["in_bias"] = inputs.T @ d_in, d_in.sum(0)
    return g


def _kept(random: np.random.Generator, shape: tuple[int, ...], share: float) -> Array:
    """Which values a dropout of a share leaves, scaled so that the mean stays."""
    kept = random.random(shape, np.float32) >= share
    return kept.astype(np.float32) / np.float32(1 - share)


def _loss_slope(log_odds: Array, batch: Sequence[Page], rows: _Rows) -> Array:
    """Slope of the mean loss by each block's log-odds."""
    labels = np.concatenate([page.labels for page in batch])
    words = np.concatenate([page.words for page in batch])
    weights = np.concatenate([page.weights for page in batch])
    p = 1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))

    def total(values: NDArray[np.floating]) -> Array:
        return np.asarray(np.add.reduceat(values, rows.starts), np.float32)

    common = total(words * p * labels)[rows.page]
    whole = (total(words * p) + total(words * labels) + SMOOTHING)[rows.page]
    f1_slope = words * 2 * (labels * whole - common) / (whole * whole) * p * (1 - p)
    entropy = -np.where(labels > 0, np.log(p + 1e-9), np.log(1 - p + 1e-9))
    bounded = (total(weights * entropy) < MAX_ENTROPY)[rows.page]
    entropy_slope = weights * (p - labels) * bounded
    slope = (1 - F1_SHARE) * entropy_slope - F1_SHARE * f1_slope
    return np.asarray(slope / len(batch), np.float32)
