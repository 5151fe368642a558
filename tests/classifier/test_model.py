"""Weights are written and read without loss, and broken ones say what is wrong."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from cleanarticle.classifier.model import Model, Scorer, feature_names, load, sigmoid
from cleanarticle.classifier.network import Network
from cleanarticle.classifier.page_words import PageWords
from cleanarticle.errors import CleanArticleError, WeightsError
from cleanarticle.records import PageType
from cleanarticle.training import fit, network, trees
from cleanarticle.trees import Trees

Floats = NDArray[np.float32]
BLOCKS = len(feature_names()["block"])
WITH_OPINION = BLOCKS + len(feature_names()["opinion"])
PAGE = len(feature_names()["page"])


def rows(count: int, columns: int, seed: int) -> Floats:
    return np.random.default_rng(seed).standard_normal((count, columns)).astype(np.float32)


def some_trees(columns: int, seed: int) -> Trees:
    inputs = rows(120, columns, seed)
    settings = {**trees.CONFIDENCE, "min_data_in_leaf": 5}
    targets = sigmoid(inputs[:, 0] - inputs[:, 1])
    return trees.fit(inputs, targets, None, settings=settings, rounds=3, seed=seed)[0]


def some_scorer(columns: int) -> Scorer:
    inputs = rows(60, columns, seed=4)
    page = network.Page(inputs, *(np.zeros(60, np.float32) for _column in range(3)))
    networks = []
    for seed in (1, 2):
        weights = network._start([page], np.random.default_rng(seed))
        middle = Network(weights).log_odds(inputs).mean(keepdims=True)
        networks.append(Network({**weights, "out": 4 * weights["out"], "out_bias": -4 * middle}))
    return Scorer(some_trees(columns, seed=5), tuple(networks))


def some_words() -> PageWords:
    weights = network.stored(rows(5, len(PageType), seed=11)).astype(np.float32)
    return PageWords(np.arange(3, 8, dtype=np.uint32), weights, rows(1, len(PageType), seed=12)[0])


@pytest.fixture(scope="module")
def tiny() -> Model:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(network, "SIZE", 8)
        return Model(
            normal=some_scorer(BLOCKS),
            thorough=some_scorer(WITH_OPINION),
            words=some_words(),
            types={kind: some_trees(PAGE, seed) for seed, kind in enumerate(PageType)},
            confidence={name: some_trees(PAGE, len(name)) for name in ("normal", "thorough")},
        )


@pytest.fixture
def saved(tiny: Model, tmp_path: Path) -> Path:
    path = tmp_path / "new folder" / "weights.npz"
    fit.save(tiny, path, {"pages": 12, "corpus": "Fähren"})
    return path


def arrays(path: Path) -> dict[str, NDArray[Any]]:
    with np.load(path) as found:
        return {name: found[name] for name in found.files}


def rewritten(path: Path, changed: dict[str, Any]) -> None:
    buffer = BytesIO()
    np.savez_compressed(buffer, **changed)
    path.write_bytes(buffer.getvalue())


def test_loaded_weights_give_the_scores_that_were_saved(tiny: Model, saved: Path) -> None:
    loaded = load(saved)
    for columns, before, after in (
        (BLOCKS, tiny.normal, loaded.normal),
        (WITH_OPINION, tiny.thorough, loaded.thorough),
    ):
        blocks = rows(40, columns, seed=9)
        assert np.ptp(before.scores(blocks)) > 0.05
        np.testing.assert_allclose(after.scores(blocks), before.scores(blocks), atol=1e-3)
    words = np.array([4, 6, 9], np.uint32)
    wanted = tiny.words.log_probabilities(words).tolist()
    assert loaded.words.log_probabilities(words).tolist() == wanted
    page = rows(20, PAGE, seed=10)
    assert list(loaded.types) == list(PageType)
    for kind, of_kind in tiny.types.items():
        assert loaded.types[kind].total(page).tolist() == of_kind.total(page).tolist()
    for name, of_name in tiny.confidence.items():
        assert loaded.confidence[name].total(page).tolist() == of_name.total(page).tolist()


def test_scores_are_the_mean_of_both_sorts(tiny: Model) -> None:
    blocks = rows(10, BLOCKS, seed=9)
    first, second = (sigmoid(one.log_odds(blocks)) for one in tiny.normal.networks)
    wanted = (sigmoid(tiny.normal.trees.total(blocks)) + (first + second) / 2) / 2
    np.testing.assert_allclose(tiny.normal.scores(blocks), wanted, rtol=1e-6)


def test_matrices_are_stored_small_and_scales_whole(saved: Path) -> None:
    found = arrays(saved)
    assert found["normal/network0/in"].dtype == np.float16
    assert found["normal/network1/centre"].dtype == np.float32
    assert found["normal/trees/thresholds"].dtype == np.float32
    loaded = load(saved).normal.networks
    assert len(loaded) == 2
    assert {values.dtype for values in loaded[0].weights.values()} == {np.dtype(np.float32)}


def test_the_facts_stand_beside_the_weights(saved: Path) -> None:
    about = json.loads(saved.with_suffix(".json").read_text("utf-8"))
    assert about == {"features": feature_names(), "pages": 12, "corpus": "Fähren"}


def test_saving_twice_gives_the_same_bytes(tiny: Model, saved: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.npz"
    fit.save(tiny, other, {"pages": 12, "corpus": "Fähren"})
    assert other.read_bytes() == saved.read_bytes()
    assert other.with_suffix(".json").read_bytes() == saved.with_suffix(".json").read_bytes()


@pytest.mark.parametrize(
    ("value", "wanted"), [(0.0, 0.5), (np.log(3), 0.75), (-1e9, 0.0), (1e9, 1.0)]
)
def test_log_odds_to_probabilities(value: float, wanted: float) -> None:
    assert sigmoid(np.array([value], np.float32)).tolist() == pytest.approx([wanted])


# broken weights ----------------------------------------------------------


def reason(path: Path) -> str:
    with pytest.raises(WeightsError) as caught:
        load(path)
    assert isinstance(caught.value, CleanArticleError)
    return str(caught.value)


@pytest.mark.parametrize("ending", [".npz", ".json"])
def test_a_missing_file_is_named(saved: Path, ending: str) -> None:
    saved.with_suffix(ending).unlink()
    message = reason(saved)
    assert f"weights{ending}" in message
    assert "No such file" in message


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_truncated_file(saved: Path, share: float) -> None:
    data = saved.read_bytes()
    saved.write_bytes(data[: int(len(data) * share)])
    message = reason(saved)
    assert str(saved) in message
    assert "not a zip file" in message


def test_a_file_that_is_something_else(saved: Path) -> None:
    saved.write_bytes(b"<html><p>Not found</p></html>")
    message = reason(saved)
    assert str(saved) in message
    assert "pickle" in message


def test_a_file_of_pickled_objects_is_not_unpickled(saved: Path) -> None:
    pickled = np.array([{"a": 1}, None], dtype=object)
    rewritten(saved, {**arrays(saved), "normal/network0/in": pickled})
    message = reason(saved)
    assert str(saved) in message
    assert "allow_pickle=False" in message


def test_damage_that_the_checksum_finds(saved: Path) -> None:
    data = bytearray(saved.read_bytes())
    name = b"normal/trees/thresholds.npy"
    place = data.rindex(name) - 46 + 16  # where the directory of a zip file keeps the checksum
    data[place] ^= 0xFF
    saved.write_bytes(data)
    message = reason(saved)
    assert str(saved) in message
    assert "Bad CRC-32" in message


def test_an_array_that_is_missing_is_named(saved: Path) -> None:
    left = {name: values for name, values in arrays(saved).items() if "type/forum" not in name}
    rewritten(saved, left)
    message = reason(saved)
    assert str(saved) in message
    assert "type/forum/features" in message


@pytest.mark.parametrize("part", ["keys", "weights", "bias"])
def test_words_that_do_not_fit_their_weights(saved: Path, part: str) -> None:
    found = arrays(saved)
    rewritten(saved, {**found, f"words/{part}": found[f"words/{part}"][:-1]})
    assert "the arrays of words do not fit together" in reason(saved)


@pytest.mark.parametrize("of", ["block", "opinion", "page"])
def test_weights_for_other_features(saved: Path, of: str) -> None:
    about = json.loads(saved.with_suffix(".json").read_text("utf-8"))
    about["features"][of][0] = "shoe_size"
    saved.with_suffix(".json").write_text(json.dumps(about), "utf-8")
    assert "fitted for other features" in reason(saved)


def test_weights_for_the_same_features_in_another_order(saved: Path) -> None:
    about = json.loads(saved.with_suffix(".json").read_text("utf-8"))
    about["features"]["block"].reverse()
    saved.with_suffix(".json").write_text(json.dumps(about), "utf-8")
    assert "fitted for other features" in reason(saved)


def test_facts_that_are_no_json(saved: Path) -> None:
    saved.with_suffix(".json").write_text("{'features'", "utf-8")
    message = reason(saved)
    assert str(saved) in message
    assert "property name" in message


def test_facts_without_the_features(saved: Path) -> None:
    saved.with_suffix(".json").write_text("{}", "utf-8")
    assert "fitted for other features" in reason(saved)


def test_an_empty_file(saved: Path) -> None:
    saved.write_bytes(b"")
    assert str(saved) in reason(saved)


def test_damaged_compression(saved: Path) -> None:
    data = bytearray(saved.read_bytes())
    name = b"normal/trees/thresholds.npy"
    place = data.index(name) + len(name) + 20  # behind the extra field of a large file
    data[place : place + 8] = b"\xff" * 8
    saved.write_bytes(data)
    assert str(saved) in reason(saved)


def test_a_single_array_in_place_of_several(saved: Path) -> None:
    buffer = BytesIO()
    np.save(buffer, np.zeros(3))
    saved.write_bytes(buffer.getvalue())
    assert str(saved) in reason(saved)


def test_facts_that_are_no_table(saved: Path) -> None:
    saved.with_suffix(".json").write_text("[]", "utf-8")
    assert "weights" in reason(saved)
