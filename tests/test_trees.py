"""Trees as arrays: the same totals as LightGBM, whatever the number of rows."""

from collections.abc import Mapping
from typing import Any

import lightgbm
import numpy as np
import pytest
from numpy.typing import NDArray

from cleanarticle.training import trees
from cleanarticle.trees import MAX_LEAVES, ROWS_AT_ONCE, Trees

Floats = NDArray[np.float32]
ROUNDS = 10
SETTINGS = {
    "objective": "binary",
    "num_leaves": MAX_LEAVES - 1,
    "min_data_in_leaf": 5,
    "verbose": -1,
    "num_threads": 1,
    "seed": 1,
}
STUMP: Mapping[str, Any] = {
    "split_index": 0,
    "split_feature": 1,
    "threshold": 0.5,
    "left_child": {"leaf_value": -1.0},
    "right_child": {
        "split_index": 1,
        "split_feature": 0,
        "threshold": 2.0,
        "left_child": {"leaf_value": 3.0},
        "right_child": {"leaf_value": 7.0},
    },
}


def rows(count: int, seed: int = 3) -> Floats:
    return np.random.default_rng(seed).standard_normal((count, 6)).astype(np.float32)


def targets(inputs: Floats) -> Floats:
    """Labels that take several features to tell."""
    return (inputs[:, 0] * inputs[:, 1] + inputs[:, 2] > 0.1).astype(np.float32)


@pytest.fixture(scope="module")
def booster() -> lightgbm.Booster:
    inputs = rows(400)
    return lightgbm.train(SETTINGS, lightgbm.Dataset(inputs, targets(inputs)), ROUNDS)


@pytest.fixture(scope="module")
def fitted(booster: lightgbm.Booster) -> Trees:
    dump = booster.dump_model()["tree_info"]
    return trees.to_arrays([tree["tree_structure"] for tree in dump])


def test_totals_are_those_of_lightgbm(booster: lightgbm.Booster, fitted: Trees) -> None:
    unseen = np.concatenate((rows(400), rows(300, seed=4)))
    wanted = booster.predict(unseen, raw_score=True, num_threads=1)
    assert fitted.features.shape[0] == ROUNDS
    assert np.ptp(wanted) > 1
    np.testing.assert_allclose(fitted.total(unseen), wanted, atol=1e-5)


def test_the_fit_of_the_house_gives_lightgbms_totals_too() -> None:
    inputs = rows(400)
    settings = {**trees.BLOCKS, "min_data_in_leaf": 5}
    (own,) = trees.fit(inputs, targets(inputs), None, settings=settings, rounds=ROUNDS, seed=1)
    whole = lightgbm.train(
        {**trees._ALWAYS, **settings, "seed": 1},
        lightgbm.Dataset(inputs, targets(inputs)),
        ROUNDS,
    )
    wanted = whole.predict(inputs, raw_score=True, num_threads=1)
    np.testing.assert_allclose(own.total(inputs), wanted, atol=1e-5)


def test_several_classes_give_an_ensemble_each_in_their_order() -> None:
    inputs = rows(300)
    classes = np.digitize(inputs[:, 3], (-0.5, 0.5))
    settings = {**trees.TYPES, "num_class": 3}
    found = trees.fit(inputs, classes, None, settings=settings, rounds=ROUNDS, seed=1)
    totals = np.stack([one.total(inputs) for one in found], axis=1)
    assert len(found) == 3
    assert np.mean(totals.argmax(axis=1) == classes) > 0.9


def test_weights_of_rows_count() -> None:
    inputs = rows(400)
    labels = targets(inputs)
    heavy = np.where(labels > 0, 20, 1).astype(np.float32)
    settings = {**trees.BLOCKS, "min_data_in_leaf": 5}
    (plain,) = trees.fit(inputs, labels, None, settings=settings, rounds=5, seed=1)
    (weighted,) = trees.fit(inputs, labels, heavy, settings=settings, rounds=5, seed=1)
    assert weighted.total(inputs).mean() > plain.total(inputs).mean() + 1


def test_a_tree_by_hand() -> None:
    one = trees.to_arrays([STUMP])
    inputs = np.array([[9, 0], [9, 0.5], [2, 1], [2.5, 1]], np.float32)
    assert one.features.shape == (1, 2)
    assert one.total(inputs).tolist() == [-1.0, -1.0, 3.0, 7.0]


def test_a_tree_of_a_single_leaf_gives_its_value_everywhere() -> None:
    one = trees.to_arrays([{"leaf_value": 0.25}])
    assert one.total(rows(3)).tolist() == [0.25, 0.25, 0.25]


def test_a_single_leaf_beside_a_larger_tree_is_added() -> None:
    both = trees.to_arrays([STUMP, {"leaf_value": 0.25}])
    inputs = np.array([[9, 0], [2, 1], [2.5, 1]], np.float32)
    assert both.total(inputs).tolist() == [-0.75, 3.25, 7.25]


def test_labels_that_are_all_the_same_give_single_leaves() -> None:
    inputs, same = rows(50), np.full(50, 0.75)
    settings = {**trees.CONFIDENCE, "min_data_in_leaf": 100}
    (one,) = trees.fit(inputs, same, None, settings=settings, rounds=3, seed=1)
    np.testing.assert_allclose(one.total(inputs), np.log(3), atol=1e-5)


def test_many_rows_give_the_same_as_row_by_row(fitted: Trees) -> None:
    many = rows(2 * ROWS_AT_ONCE + 7, seed=5)
    singly = [float(fitted.total(row[None])[0]) for row in many]
    np.testing.assert_allclose(fitted.total(many), singly, rtol=0, atol=1e-6)


def test_no_rows_give_an_empty_array(fitted: Trees) -> None:
    found = fitted.total(np.zeros((0, 6), np.float32))
    assert found.shape == (0,)
    assert found.dtype == np.float32
