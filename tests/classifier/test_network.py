"""The network: neighbours stand where they should, and the gradients by hand are right."""

from collections.abc import Mapping

import numpy as np
import pytest
from numpy.typing import NDArray

from cleanarticle.classifier import network
from cleanarticle.classifier.network import Network, widened
from cleanarticle.classifier.network import log_odds as log_odds_of
from cleanarticle.training import network as training

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Weights = Mapping[str, NDArray[np.floating]]
FEATURES, STEP = 3, 1e-5
LAYER_NAMES = (
    *("in", "in_bias", "beside0", "beside0_bias", "beside1", "beside1_bias"),
    *("beside2", "beside2_bias", "page", "page_bias", "out", "out_bias"),
)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A network of few weights, without what is random or cuts a gradient off."""
    settings = {"SIZE": 5, "LAYERS": 3, "DROPOUT": 0.0, "INPUT_DROPOUT": 0.0, "MAX_ENTROPY": 1e9}
    for name, value in settings.items():
        monkeypatch.setattr(training, name, value)


def pages() -> list[training.Page]:
    """Two pages of 7 and 4 blocks."""
    random = np.random.default_rng(11)
    return [
        training.Page(
            inputs=random.standard_normal((count, FEATURES)).astype(np.float32),
            labels=(random.random(count) < 0.5).astype(np.float32),
            words=random.integers(2, 40, count).astype(np.float32),
            weights=random.random(count, np.float32) * np.float32(0.3),
        )
        for count in (7, 4)
    ]


def start(seed: int = 12) -> dict[str, Floats]:
    """Weights with biases that are not zero, on inputs taken as they are."""
    random = np.random.default_rng(seed)
    weights = training._start(pages(), random)
    weights["centre"] = np.zeros(FEATURES, np.float32)
    weights["scale"] = np.ones(FEATURES, np.float32)
    for name, values in weights.items():
        if name.endswith("bias"):
            weights[name] = (0.3 * random.standard_normal(values.shape)).astype(np.float32)
    return weights


def log_odds(w: Weights, inputs: NDArray[np.floating]) -> Doubles:
    """The network block by block, in double precision."""
    state = np.maximum(inputs.astype(np.float64) @ w["in"] + w["in_bias"], 0)
    for layer in range(training.LAYERS):
        step, zeros = 2**layer, np.zeros(state.shape[1])
        wide = [
            np.concatenate(
                (
                    state[i - step] if i >= step else zeros,
                    state[i],
                    state[i + step] if i + step < len(state) else zeros,
                )
            )
            for i in range(len(state))
        ]
        more = np.stack(wide) @ w[f"beside{layer}"] + w[f"beside{layer}_bias"]
        state = state + np.maximum(more, 0)
    page = np.concatenate((state.mean(0), state.max(0)))
    state = np.maximum(state + page @ w["page"] + w["page_bias"], 0)
    return np.asarray(state @ w["out"] + w["out_bias"], np.float64)


def loss(w: Weights, batch: list[training.Page]) -> float:
    """Half the lack of expected F1 and half the cross entropy, each page bounded, their mean."""
    losses = []
    for page in batch:
        p = 1 / (1 + np.exp(-log_odds(w, page.inputs)))
        labels, words = page.labels.astype(np.float64), page.words.astype(np.float64)
        common = (words * p * labels).sum()
        f1 = 2 * common / ((words * p).sum() + (words * labels).sum() + training.SMOOTHING)
        entropy = -(page.weights * np.log(np.where(labels > 0, p, 1 - p))).sum()
        share = training.F1_SHARE
        losses.append((1 - share) * min(entropy, training.MAX_ENTROPY) - share * f1)
    return float(np.mean(losses))


def slope(w: Weights, name: str, place: int, batch: list[training.Page]) -> float:
    """The slope of the loss by one weight, by central differences."""
    doubles = {key: values.astype(np.float64) for key, values in w.items()}
    flat = doubles[name].reshape(-1)
    before = flat[place]
    flat[place] = before + STEP
    above = loss(doubles, batch)
    flat[place] = before - STEP
    below = loss(doubles, batch)
    return (above - below) / (2 * STEP)


def gradients(w: dict[str, Floats], batch: list[training.Page]) -> dict[str, Floats]:
    return training._gradients(w, batch, np.random.default_rng(0))


# where neighbours stand --------------------------------------------------


def test_neighbours_stand_before_and_behind_each_row() -> None:
    state = np.array([[1, 2], [3, 4], [5, 6]], np.float32)
    assert widened(state, 1).tolist() == [
        [0, 0, 1, 2, 3, 4],
        [1, 2, 3, 4, 5, 6],
        [3, 4, 5, 6, 0, 0],
    ]


def test_neighbours_two_rows_away() -> None:
    state = np.array([[1], [2], [3], [4]], np.float32)
    assert widened(state, 2).tolist() == [[0, 1, 3], [0, 2, 4], [1, 3, 0], [2, 4, 0]]


@pytest.mark.parametrize("step", [3, 4, 8])
def test_beyond_the_page_is_nothing(step: int) -> None:
    state = np.array([[1], [2], [3]], np.float32)
    assert widened(state, step).tolist() == [[0, 1, 0], [0, 2, 0], [0, 3, 0]]


@pytest.mark.parametrize("step", [1, 2, 4, 8, 16])
def test_pages_below_each_other_see_only_themselves(step: int) -> None:
    random = np.random.default_rng(2)
    lengths = (5, 1, 3, 4)
    state = random.standard_normal((sum(lengths), 2)).astype(np.float32)
    singly = np.split(state, np.cumsum(lengths)[:-1])
    wanted = np.concatenate([widened(one, step) for one in singly])
    assert training._Rows(lengths).widened(state, step).tolist() == wanted.tolist()


# what it says ------------------------------------------------------------


def test_one_block_has_finite_log_odds() -> None:
    network = training.fit(pages(), seed=1, epochs=1)
    found = network.log_odds(np.ones((1, FEATURES), np.float32))
    assert network.layers == training.LAYERS
    assert found.shape == (1,)
    assert np.isfinite(found).all()


def test_extreme_inputs_have_finite_log_odds(small: None) -> None:
    extreme = np.array([[1e30, -1e30, 0], [0, 0, 0]], np.float32)
    cut_off = np.array([[4, -4, 0], [0, 0, 0]], np.float32)
    network = Network(start())
    assert np.isfinite(network.log_odds(extreme)).all()
    assert network.log_odds(extreme).tolist() == network.log_odds(cut_off).tolist()


def test_the_network_is_what_its_description_says(small: None) -> None:
    weights = start()
    for page in pages():
        found = Network(weights).log_odds(page.inputs)
        np.testing.assert_allclose(found, log_odds(weights, page.inputs), atol=1e-5)


# gradients ---------------------------------------------------------------


@pytest.mark.parametrize("name", LAYER_NAMES)
def test_gradients_are_those_of_the_loss(small: None, name: str) -> None:
    weights, batch = start(), pages()
    found = gradients(weights, batch)[name].reshape(-1)
    wanted = [slope(weights, name, place, batch) for place in range(len(found))]
    assert np.abs(wanted).max() > 1e-3
    np.testing.assert_allclose(found, wanted, rtol=1e-3, atol=1e-5)


def test_all_layers_have_a_gradient_and_the_scales_of_inputs_none(small: None) -> None:
    weights = start()
    found = gradients(weights, pages())
    assert set(found) == set(LAYER_NAMES) == set(weights) - {"centre", "scale"}
    assert all(found[name].shape == weights[name].shape for name in found)


def test_a_page_of_too_much_entropy_is_left_to_its_f1(
    small: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "MAX_ENTROPY", 0.01)
    weights, batch = start(), pages()
    found = gradients(weights, batch)["out"]
    wanted = [slope(weights, "out", place, batch) for place in range(len(found))]
    np.testing.assert_allclose(found, wanted, rtol=1e-3, atol=1e-6)
    monkeypatch.setattr(training, "MAX_ENTROPY", 1e9)
    assert np.abs(found - gradients(weights, batch)["out"]).max() > 1e-3


def test_dropout_leaves_the_mean_and_the_share_it_is_told() -> None:
    kept = training._kept(np.random.default_rng(1), (200, 100), 0.2)
    assert np.unique(kept).tolist() == [0.0, 1.25]
    assert np.mean(kept == 0) == pytest.approx(0.2, abs=0.02)


# fit ---------------------------------------------------------------------


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"SIZE": 16, "LAYERS": 2, "RATE": 1e-2}.items():
        monkeypatch.setattr(training, name, value)


def task(offset: int, seed: int, count: int = 96) -> list[training.Page]:
    """Pages where a block is content if the block at an offset has a first feature above 0."""
    random = np.random.default_rng(seed)
    found = []
    for _page in range(count):
        inputs = random.standard_normal((20, 4)).astype(np.float32)
        labels = np.zeros(20, np.float32)
        labels[: 20 - offset] = inputs[offset:, 0] > 0
        found.append(
            training.Page(inputs, labels, np.full(20, 10, np.float32), np.full(20, 0.1, np.float32))
        )
    return found


@pytest.mark.parametrize("offset", [0, 1], ids=["own feature", "feature of the next block"])
def test_a_task_is_learnt(quick: None, offset: int) -> None:
    network = training.fit(task(offset, seed=21), seed=1, epochs=60)
    right = [(network.log_odds(p.inputs) > 0) == (p.labels > 0) for p in task(offset, seed=22)]
    assert np.mean(right) > 0.95


def test_the_same_seed_gives_the_same_weights() -> None:
    one, other = (training.fit(pages(), seed=5, epochs=2) for _time in range(2))
    assert one.weights.keys() == other.weights.keys()
    for name, values in one.weights.items():
        assert values.tobytes() == other.weights[name].tobytes()


def test_another_seed_gives_other_weights() -> None:
    one, other = (training.fit(pages(), seed=seed, epochs=2) for seed in (5, 6))
    assert one.weights["centre"].tolist() == other.weights["centre"].tolist()
    for name in ("in", "beside0", "page", "out"):
        assert np.abs(one.weights[name] - other.weights[name]).max() > 0.01


def test_a_network_is_fitted_for_as_many_epochs_as_are_asked_for() -> None:
    started, one, two = (training.fit(pages(), seed=5, epochs=epochs) for epochs in (0, 1, 2))
    first = training._start(pages(), np.random.default_rng(5))
    np.testing.assert_allclose(started.weights["in"], first["in"], atol=1e-3)  # stored as halves
    steps = [np.abs(net.weights["in"] - first["in"]).mean() for net in (one, two)]
    assert 0 < steps[0] < steps[1]


def test_inputs_are_scaled_by_their_median_and_spread() -> None:
    rows = np.concatenate([page.inputs for page in pages()])
    network = training.fit(pages(), seed=1, epochs=1)
    np.testing.assert_allclose(network.weights["centre"], np.median(rows, axis=0))
    np.testing.assert_allclose(network.weights["scale"], rows.std(axis=0) + 1e-3, rtol=1e-6)


def test_a_long_page_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "MAX_BLOCKS", 6)
    ready = training._cut(pages()[0], Network(training._start(pages(), np.random.default_rng(1))))
    assert [len(ready.inputs), len(ready.labels), len(ready.words), len(ready.weights)] == [6] * 4


@pytest.mark.parametrize("count", [1, 6, 7, 8, 12, 15, 40])
def test_a_long_page_is_read_in_parts_and_judged_as_one(
    small: None, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    random = np.random.default_rng(count)
    inputs = random.standard_normal((count, FEATURES)).astype(np.float32)
    two = [Network(start(seed)) for seed in (3, 4)]
    whole = log_odds_of(two, inputs)
    monkeypatch.setattr(network, "ROWS_AT_ONCE", 7)
    for order in ("C", "F"):
        parts = log_odds_of(two, np.asarray(inputs, order=order))  # type: ignore[call-overload]
        np.testing.assert_allclose(parts, whole, atol=1e-5)
