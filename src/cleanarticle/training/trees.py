"""Fits trees with LightGBM and turns them into arrays."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleanarticle.classifier.columns import Floats
from cleanarticle.errors import MissingExtra
from cleanarticle.trees import MAX_LEAVES, Trees

ALL_OPEN = 0xFFFFFFFF
_ALWAYS = {
    "verbose": -1,
    "num_threads": 1,  # with these three, the same rows give the same trees
    "deterministic": True,
    "force_row_wise": True,
    "max_bin": 127,
    "bagging_freq": 1,
}
BLOCKS = {
    "objective": "binary",
    "num_leaves": 31,
    "learning_rate": 0.08,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.7,
    "lambda_l2": 5.0,
}
TYPES = {
    "objective": "multiclass",
    "extra_trees": True,  # +0.015 of the pages: there are few of each type
    "num_leaves": 15,
    "learning_rate": 0.06,
    "min_data_in_leaf": 5,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "lambda_l2": 1.0,
}
CONFIDENCE = {
    "objective": "cross_entropy",
    "num_leaves": 7,
    "learning_rate": 0.05,
    "min_data_in_leaf": 30,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.7,
    "lambda_l2": 5.0,
}
FIELDS = {
    "objective": "binary",
    "num_leaves": 15,
    "learning_rate": 0.06,
    "min_data_in_leaf": 20,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.8,
    "lambda_l2": 3.0,
}
BREAKS = {
    "objective": "binary",
    "num_leaves": 31,
    "learning_rate": 0.1,
    "min_data_in_leaf": 100,
    "feature_fraction": 0.7,
    "bagging_fraction": 0.8,
}
# One leaf of no value: trees for what the pages do not tell.
CONSTANT = Trees(
    np.zeros((1, 1), np.uint16),
    np.full((1, 1), np.inf, np.float32),
    np.full((1, 1), ALL_OPEN, np.uint32),
    np.zeros((1, MAX_LEAVES), np.float32),
)


def fit(
    rows: Floats,
    targets: NDArray[Any],
    weights: Floats | None,
    *,
    settings: Mapping[str, Any],
    rounds: int,
    seed: int,
) -> list[Trees]:
    """One ensemble, or one a class where the settings have `num_class`.

    Raises:
        MissingExtra: LightGBM is not installed.
    """
    try:
        import lightgbm
    except ImportError as error:
        raise MissingExtra("fitting needs LightGBM: pip install 'cleanarticle[train]'") from error
    given = {**_ALWAYS, **settings, "seed": seed}
    classes = int(given.get("num_class", 1))
    booster = lightgbm.train(given, lightgbm.Dataset(rows, targets, weight=weights), rounds)
    dumped = [tree["tree_structure"] for tree in booster.dump_model()["tree_info"]]
    return [to_arrays(dumped[first::classes]) for first in range(classes)]


def to_arrays(roots: Sequence[Mapping[str, Any]]) -> Trees:
    """The trees of a LightGBM dump as arrays."""
    splits = max(1, max((_count(root) for root in roots), default=1))
    shape = (len(roots), splits)
    features = np.zeros(shape, np.uint16)
    thresholds = np.full(shape, np.inf, np.float32)
    masks = np.full(shape, ALL_OPEN, np.uint32)
    leaves = np.zeros((len(roots), MAX_LEAVES), np.float32)
    for position, root in enumerate(roots):
        values: list[float] = []
        for number, (node, left) in enumerate(_splits(root, values)):
            features[position, number] = node["split_feature"]
            thresholds[position, number] = node["threshold"]
            masks[position, number] = ALL_OPEN & ~left
        leaves[position, : len(values)] = values
    return Trees(features, thresholds, masks, leaves)


def _count(node: Mapping[str, Any]) -> int:
    if "split_index" not in node:
        return 0
    return 1 + _count(node["left_child"]) + _count(node["right_child"])


def _splits(
    node: Mapping[str, Any], values: list[float]
) -> Iterator[tuple[Mapping[str, Any], int]]:
    """Each split with the mask of the leaves on its left; leaves are gathered left to right."""
    if "split_index" not in node:
        values.append(node["leaf_value"])
        return
    first = len(values)
    yield from _splits(node["left_child"], values)
    left = sum(1 << leaf for leaf in range(first, len(values)))
    yield from _splits(node["right_child"], values)
    yield node, left
