"""The fitted weights of all fields: one file of arrays and one that says what they are."""

import json
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from typing import Any

import numpy as np

from cleanarticle import resources
from cleanarticle.errors import WeightsError
from cleanarticle.metadata import author, day, text_title, title
from cleanarticle.metadata.ranking import Ranker, names
from cleanarticle.trees import PARTS, Trees

SHIPPED = "metadata/weights/fields"
TABLES = {part.NAME: part.TABLE for part in (title, text_title, day, author)}


@cache
def shipped() -> Ranker:
    """The weights of the package."""
    return from_bytes(resources.data(f"{SHIPPED}.npz"), resources.data(f"{SHIPPED}.json"))


def from_bytes(data: bytes, about: bytes) -> Ranker:
    """The ranker of a `.npz` and a `.json` file.

    Raises:
        WeightsError: it was fitted for other numbers than those of this version.
    """
    if json.loads(about).get("features") != feature_names():
        raise WeightsError("the weights of the fields were fitted for another version")
    with np.load(BytesIO(data), allow_pickle=False) as arrays:
        return Ranker({f: Trees(*(arrays[f"{f}/{part}"] for part in PARTS)) for f in TABLES})


def feature_names() -> dict[str, list[str]]:
    """The names of the numbers that weights are fitted for, by field."""
    return {f: names(table) for f, table in TABLES.items()}


def to_arrays(trees: Mapping[str, Trees]) -> dict[str, Any]:
    """The arrays of the trees by name, as they are stored."""
    return {f"{f}/{part}": getattr(t, part) for f, t in trees.items() for part in PARTS}
