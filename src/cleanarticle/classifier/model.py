"""The fitted weights: one file of arrays and one that says what they are."""

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from cleanarticle import resources
from cleanarticle.classifier import features, page
from cleanarticle.classifier.columns import Floats, Form
from cleanarticle.classifier.network import Array, Network, log_odds, stored
from cleanarticle.classifier.page_words import PageWords
from cleanarticle.errors import WeightsError
from cleanarticle.once import once
from cleanarticle.records import PageType
from cleanarticle.trees import PARTS, Stack, Trees, stack

FOLDER = "classifier/weights"
# What weights of each form hold: raw text is not shown to a second extractor.
EFFORTS: Mapping[Form, tuple[str, ...]] = {"html": ("normal", "thorough"), "text": ("normal",)}
# What numpy, zipfile, zlib and json raise on files that are not as they should be.
_BROKEN = (
    OSError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    EOFError,
    BadZipFile,
    zlib.error,
)
_WORDS = ("keys", "weights", "bias")


@dataclass(frozen=True, slots=True)
class Scorer:
    """Trees and networks, which err differently; the mean of both sorts is the score."""

    trees: Trees
    networks: tuple[Network, ...]

    def scores(self, blocks: Floats) -> Floats:
        """Probability of content of each block of one page; `blocks` is blocks × features."""
        by_networks = [sigmoid(found) for found in log_odds(self.networks, blocks)]
        by_trees = sigmoid(self.trees.total(blocks))
        return np.asarray((by_trees + np.mean(by_networks, axis=0)) / 2, np.float32)


@dataclass(frozen=True, eq=False)
class Model:
    """All weights of the classifier for pages of one form."""

    form: Form
    scorers: Mapping[str, Scorer]  # "normal", and "thorough", which sees the second opinion as well
    words: PageWords  # what the words of a page tell of its type
    types: Mapping[PageType, Trees]  # of pages; log-odds up to a constant
    confidence: Mapping[str, Trees]  # by effort: log-odds of the expected F1

    @once
    def of_page(self) -> Stack:
        """All trees that look at the page as a whole: its types, then the confidence by effort."""
        return stack((*self.types.values(), *self.confidence.values()))


def sigmoid(given: Floats) -> Floats:
    """Probabilities of log-odds."""
    return np.asarray(1 / (1 + np.exp(-np.clip(given, -30, 30))), np.float32)


def load(path: Path | None = None, form: Form = "html") -> Model:
    """The weights for pages of a form: the shipped ones, or those of a `.npz` file.

    A file has its `.json` beside it, and is read once, and again when it has changed. Where it was
    fitted on pages of the other form, the shipped weights are taken.

    Raises:
        WeightsError: a file is missing or broken, or the weights were fitted for other features.
    """
    if path is None:
        return _shipped(form)
    try:
        path = path.resolve()
        found = _load(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise WeightsError(f"{error.filename or path}: {error.strerror or error}") from error
    return found if found.form == form else _shipped(form)


class _Scorers(Mapping[str, Scorer]):
    """Scorers by effort, each of which is read when it is asked for: few pages need them all."""

    def __init__(self, arrays: Mapping[str, Any], sizes: Mapping[str, int]) -> None:
        self._arrays, self._sizes = arrays, sizes
        self._found: dict[str, Scorer] = {}

    def __getitem__(self, name: str) -> Scorer:
        if name not in self._found:
            self._found[name] = _scorer(self._arrays, name, self._sizes[name])
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._sizes)

    def __len__(self) -> int:
        return len(self._sizes)


@cache
def _shipped(form: Form) -> Model:
    name = f"{FOLDER}/{form}"
    data, text = resources.data(f"{name}.npz"), resources.data(f"{name}.json")
    try:
        return _model(np.load(BytesIO(data), allow_pickle=False), json.loads(text))
    except _BROKEN as error:
        raise WeightsError(f"the shipped weights: {error}") from error


@lru_cache(maxsize=8)
def _load(path: Path, _changed: int) -> Model:
    return _read(str(path), path.read_bytes(), path.with_suffix(".json").read_bytes())


def _read(name: str, data: bytes, text: bytes) -> Model:
    try:
        with np.load(BytesIO(data), allow_pickle=False) as arrays:
            found = _model({name: arrays[name] for name in arrays.files}, json.loads(text))
            return replace(found, scorers=dict(found.scorers))  # what is wrong is told here
    except _BROKEN as error:
        raise WeightsError(f"{name}: {error}") from error


def feature_names(form: Form = "html") -> dict[str, list[str]]:
    """The names that weights are fitted for: of a block, of its second opinion, of a page."""
    return {
        "block": [feature.name for feature in features.table(form)],
        "opinion": [feature.name for feature in features.opinion_table()],
        "page": list(page.names(form)),
    }


def _model(arrays: Mapping[str, Any], about: Mapping[str, Any]) -> Model:
    form: Form = "text" if about.get("form") == "text" else "html"
    expected = feature_names(form)
    if about.get("form") != form or about.get("features") != expected:
        raise ValueError("the weights were fitted for other features than this version's")
    of_block, of_page = len(expected["block"]), len(expected["page"])
    sizes = {"normal": of_block, "thorough": of_block + len(expected["opinion"])}
    return Model(
        form=form,
        scorers=_Scorers(arrays, {name: sizes[name] for name in EFFORTS[form]}),
        words=_words(arrays),
        types={kind: _trees(arrays, f"type/{kind}", of_page) for kind in PageType},
        confidence={name: _trees(arrays, f"confidence/{name}", of_page) for name in EFFORTS[form]},
    )


def _scorer(arrays: Mapping[str, Any], name: str, features: int) -> Scorer:
    networks: dict[str, dict[str, Array]] = {}
    for key in arrays:
        if key.startswith(f"{name}/network"):
            _name, number, part = key.split("/")
            networks.setdefault(number, {})[part] = np.asarray(arrays[key], np.float32)
    found = tuple(map(Network, networks.values()))
    if not found:
        raise ValueError(f"no array named {name}/network…")
    for network in found:
        network.log_odds(np.zeros((1, features), np.float32))  # a wrong shape raises here
    return Scorer(_trees(arrays, f"{name}/trees", features), found)


def _words(arrays: Mapping[str, Any]) -> PageWords:
    keys, weights, bias = (arrays[f"words/{part}"] for part in _WORDS)
    if weights.shape != (len(keys), len(PageType)) or bias.shape != (len(PageType),):
        raise ValueError("the arrays of words do not fit together")
    return PageWords(keys, np.asarray(weights, np.float32), bias)


def _trees(arrays: Mapping[str, Any], name: str, features: int) -> Trees:
    missing = [part for part in PARTS if f"{name}/{part}" not in arrays]
    if missing:
        raise ValueError(f"no array named {name}/{missing[0]}")
    trees = Trees(*(arrays[f"{name}/{part}"] for part in PARTS))
    shapes = {trees.features.shape, trees.thresholds.shape, trees.masks.shape}
    if len(shapes) > 1 or len(trees.leaves) != len(trees.features):
        raise ValueError(f"the arrays of {name} do not fit together")
    if trees.features.max(initial=0) >= features:
        raise ValueError(f"{name} look at a feature that does not exist")
    return trees


def to_arrays(model: Model) -> dict[str, Any]:
    """The arrays of a model by name, as they are stored."""
    found: dict[str, Any] = {}
    for name, scorer in model.scorers.items():
        found |= _of_trees(f"{name}/trees", scorer.trees)
        for number, network in enumerate(scorer.networks):
            for part, values in network.weights.items():
                found[f"{name}/network{number}/{part}"] = stored(values)
    found |= {f"words/{part}": stored(getattr(model.words, part)) for part in _WORDS}
    for kind, trees in model.types.items():
        found |= _of_trees(f"type/{kind}", trees)
    for name, trees in model.confidence.items():
        found |= _of_trees(f"confidence/{name}", trees)
    return found


def _of_trees(name: str, trees: Trees) -> dict[str, Any]:
    return {f"{name}/{part}": getattr(trees, part) for part in PARTS}
