"""Fits all weights, and those of each fold without its own pages."""

import json
import multiprocessing
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from cleanarticle.classifier import page
from cleanarticle.classifier.columns import Floats
from cleanarticle.classifier.model import Model, Scorer, feature_names, to_arrays
from cleanarticle.classifier.trees import Trees
from cleanarticle.errors import CorpusError
from cleanarticle.records import PageType
from cleanarticle.training import network, trees
from cleanarticle.training.examples import Example

FOLDS = 4
SEED = 1
NETWORKS = 2  # of different seeds
BLOCK_TREES, TYPE_TREES, CONFIDENCE_TREES = 120, 120, 80
WEIGHT_SCALE = 100.0  # brings the weights of blocks near 1, which LightGBM's settings suppose
MIN_FOLDS = 2  # a page is scored by weights fitted on the other folds
NAMES = ("normal", "thorough")

_examples: Sequence[Example] = ()  # of the fit that is running; shared with its workers by fork


@dataclass(frozen=True, slots=True)
class _Job:
    """One scorer to fit: on the pages outside a fold, or on all where it is None."""

    name: str
    fold: int | None


@dataclass(frozen=True, slots=True)
class Fitted:
    """The weights for use, and those of each fold, to measure with."""

    model: Model
    folds: tuple[Model, ...]
    f1: Mapping[str, Sequence[float]]  # of each example, out of fold, normal and thorough


def fit(examples: Sequence[Example]) -> Fitted:
    """Weights fitted on examples.

    The confidence is fitted on scores of models that have not seen the page, as it will be used.

    Raises:
        CorpusError: all examples are of one fold.
        MissingExtra: LightGBM is not installed.
    """
    if len({e.fold for e in examples}) < MIN_FOLDS:
        raise CorpusError("a fit needs pages with a body from more than one fold of domains")
    global _examples
    _examples = examples
    jobs = [_Job(name, fold) for name in NAMES for fold in (*range(FOLDS), None)]
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        scorers = dict(zip(jobs, pool.imap(_scorer, jobs), strict=True))
    unseen = {
        name: [scorers[_Job(name, e.fold)].scores(_rows(e, name)) for e in examples]
        for name in NAMES
    }
    models = [_model(examples, scorers, unseen, fold) for fold in (*range(FOLDS), None)]
    reached = {
        name: [e.f1(s) for e, s in zip(examples, unseen[name], strict=True)] for name in NAMES
    }
    return Fitted(models[-1], tuple(models[:-1]), reached)


def _rows(example: Example, name: str) -> Floats:
    return example.rows(with_opinion=name == "thorough")


def _scorer(job: _Job) -> Scorer:
    """The scorer of a job, fitted on the examples of the fit that is running."""
    chosen = [e for e in _examples if e.fold != job.fold]
    pages = [
        network.Page(
            inputs=_rows(e, job.name),
            labels=e.labels.astype(np.float32),
            words=e.columns.runs_of_letters,
            weights=e.weights,
        )
        for e in chosen
    ]
    fitted = trees.fit(
        np.concatenate([p.inputs for p in pages]),
        np.concatenate([p.labels for p in pages]),
        np.concatenate([p.weights * np.float32(WEIGHT_SCALE) for p in pages]),
        settings=trees.BLOCKS,
        rounds=BLOCK_TREES,
        seed=SEED,
    )
    return Scorer(fitted[0], tuple(network.fit(pages, SEED + n) for n in range(NETWORKS)))


def _model(
    examples: Sequence[Example],
    scorers: Mapping[_Job, Scorer],
    unseen: Mapping[str, Sequence[Floats]],
    fold: int | None,
) -> Model:
    """The weights for pages of a fold, or for all."""
    chosen = [i for i, e in enumerate(examples) if e.fold != fold]
    confidence = {}
    for name in NAMES:
        rows = [
            page.measure(examples[i].columns, unseen[name][i], examples[i].blocks) for i in chosen
        ]
        reached = np.array([examples[i].f1(unseen[name][i]) for i in chosen])
        confidence[name] = trees.fit(
            np.stack(rows),
            reached,
            None,
            settings=trees.CONFIDENCE,
            rounds=CONFIDENCE_TREES,
            seed=SEED,
        )[0]
    return Model(
        normal=scorers[_Job("normal", fold)],
        thorough=scorers[_Job("thorough", fold)],
        types=_types([examples[i] for i in chosen], [unseen["normal"][i] for i in chosen]),
        confidence=confidence,
    )


def _types(examples: Sequence[Example], scores: Sequence[Floats]) -> Mapping[PageType, Trees]:
    """Trees for the type of a page, from the sets whose pages are of several types."""
    varied = {
        name
        for name in {e.set for e in examples}
        if len({e.page_type for e in examples if e.set == name}) > 1
    }
    kinds = list(PageType)
    pairs = [
        (page.measure(e.columns, s, e.blocks), kinds.index(e.page_type))
        for e, s in zip(examples, scores, strict=True)
        if e.page_type is not None and (e.set in varied or not varied)
    ]
    if not pairs:
        return dict.fromkeys(kinds, trees.CONSTANT)
    targets = np.array([kind for _row, kind in pairs])
    fitted = trees.fit(
        np.stack([row for row, _kind in pairs]),
        targets,
        None,
        settings={**trees.TYPES, "num_class": len(kinds)},
        rounds=TYPE_TREES,
        seed=SEED,
    )
    return dict(zip(kinds, fitted, strict=True))


def save(model: Model, path: Path, about: Mapping[str, Any]) -> None:
    """Write the arrays to a `.npz` file, and the names and facts to a `.json` file beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    buffer = BytesIO()
    np.savez_compressed(buffer, **to_arrays(model))
    path.write_bytes(buffer.getvalue())
    text = json.dumps({"features": feature_names(), **about}, indent=1, ensure_ascii=False)
    path.with_suffix(".json").write_text(text + "\n", "utf-8")


def fold_path(folder: Path, fold: int) -> Path:
    """Where the weights of a fold are kept."""
    return folder / f"fold{fold}.npz"
