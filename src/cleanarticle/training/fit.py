"""Fits all weights, and those of each fold without its own pages."""

import multiprocessing
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from cleanarticle.classifier import page
from cleanarticle.classifier.columns import Floats, Form
from cleanarticle.classifier.model import EFFORTS, Model, Scorer, feature_names, to_arrays
from cleanarticle.classifier.page_words import PageWords
from cleanarticle.errors import CorpusError
from cleanarticle.records import PageType
from cleanarticle.training import network, page_words, store, trees
from cleanarticle.training.examples import Example
from cleanarticle.trees import Trees

FOLDS = 4
SEED = 1
NETWORKS = 2  # of different seeds
BLOCK_TREES, TYPE_TREES, CONFIDENCE_TREES = 120, 120, 80
EPOCHS: Mapping[Form, int] = {
    "html": network.EPOCHS,
    "text": 8,
}  # each page is raw text in three forms
WEIGHT_SCALE = 100.0  # brings the weights of blocks near 1, which LightGBM's settings suppose
MIN_FOLDS = 2  # a page is scored by weights fitted on the other folds

# Of the fit that is running; shared with its workers by fork.
_examples: Sequence[Example] = ()
_words: Mapping[frozenset[int], PageWords] = {}  # by the folds that they have not seen


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
    # Of each example, out of fold, normal and thorough; None where there is no gold text.
    f1: Mapping[str, Sequence[float | None]]


def fit(examples: Sequence[Example]) -> Fitted:
    """Weights fitted on examples.

    What one model tells another is told by weights that have not seen the page, as it will be in
    use: the words of a page to the scorers, the scores to page type and confidence.

    Raises:
        CorpusError: all examples with a gold text are of one fold.
        MissingExtra: LightGBM or SciPy is not installed.
    """
    if len({e.fold for e in examples if e.gold is not None}) < MIN_FOLDS:
        raise CorpusError("a fit needs pages with a body from more than one fold of domains")
    global _examples, _words
    _examples, _words = examples, _page_words(examples)
    efforts = EFFORTS[examples[0].columns.form]
    jobs = [_Job(name, fold) for name in efforts for fold in (*range(FOLDS), None)]
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        scorers = dict(zip(jobs, pool.imap(_scorer, jobs), strict=True))
    unseen = {
        name: [scorers[_Job(name, e.fold)].scores(_rows(e, name, e.fold)) for e in examples]
        for name in efforts
    }
    models = [_model(examples, scorers, unseen, fold) for fold in (*range(FOLDS), None)]
    reached = {
        name: [
            None if e.gold is None else e.f1(s) for e, s in zip(examples, unseen[name], strict=True)
        ]
        for name in efforts
    }
    return Fitted(models[-1], tuple(models[:-1]), reached)


def _page_words(examples: Sequence[Example]) -> dict[frozenset[int], PageWords]:
    """What words tell of the type, by the folds left out: none, each, and each two."""
    typed = _typed(examples)
    folds = range(FOLDS)
    found = {}
    for left_out in {_folds(one, other) for one in (*folds, None) for other in (*folds, None)}:
        chosen = [(e, kind) for e, kind in typed if e.fold not in left_out]
        found[left_out] = page_words.fit(
            [e.keys for e, _kind in chosen],
            [e.domain for e, _kind in chosen],
            [kind for _e, kind in chosen],
        )
    return found


def _folds(*numbers: int | None) -> frozenset[int]:
    return frozenset(number for number in numbers if number is not None)


def _typed(examples: Sequence[Example]) -> list[tuple[Example, PageType]]:
    """The examples of known type, from the sets whose pages are of several types."""
    varied = {
        name
        for name in {e.set for e in examples}
        if len({e.page_type for e in examples if e.set == name}) > 1
    }
    return [(e, e.page_type) for e in examples if e.page_type and (e.set in varied or not varied)]


def _rows(example: Example, name: str, fold: int | None) -> Floats:
    """The features of an example for the weights that are without a fold."""
    by_words = _words[_folds(example.fold, fold)].log_probabilities(example.keys)
    return example.rows(by_words, with_opinion=name == "thorough")


def _scorer(job: _Job) -> Scorer:
    """The scorer of a job, fitted on the examples of the fit that is running."""
    told = (e.without(job.fold) for e in _examples)
    chosen = [e for e in told if e is not None]
    pages = [
        network.Page(
            inputs=_rows(e, job.name, job.fold),
            labels=e.labels.astype(np.float32),
            words=e.columns.runs_of_letters * np.float32(e.gold is not None),
            weights=e.weights,
        )
        for e in chosen
    ]
    known = np.concatenate([e.known for e in chosen])
    fitted = trees.fit(
        np.concatenate([p.inputs for p in pages])[known],
        np.concatenate([p.labels for p in pages])[known],
        np.concatenate([p.weights * np.float32(WEIGHT_SCALE) for p in pages])[known],
        settings=trees.BLOCKS,
        rounds=BLOCK_TREES,
        seed=SEED,
    )
    epochs = EPOCHS[chosen[0].columns.form]
    networks = (network.fit(pages, SEED + n, epochs) for n in range(NETWORKS))
    return Scorer(fitted[0], tuple(networks))


def _model(
    examples: Sequence[Example],
    scorers: Mapping[_Job, Scorer],
    unseen: Mapping[str, Sequence[Floats]],
    fold: int | None,
) -> Model:
    """The weights for pages of a fold, or for all."""
    form = examples[0].columns.form
    efforts = EFFORTS[form]
    places = [i for i, e in enumerate(examples) if e.fold != fold]
    chosen = [examples[i] for i in places]
    measured = {
        name: [
            page.measure(e.columns, unseen[name][i], _rows(e, name, fold))
            for e, i in zip(chosen, places, strict=True)
        ]
        for name in efforts
    }
    with_gold = [n for n, e in enumerate(chosen) if e.gold is not None]
    confidence = {
        name: trees.fit(
            np.stack([measured[name][n] for n in with_gold]),
            np.array([chosen[n].f1(unseen[name][places[n]]) for n in with_gold]),
            None,
            settings=trees.CONFIDENCE,
            rounds=CONFIDENCE_TREES,
            seed=SEED,
        )[0]
        for name in efforts
    }
    return Model(
        form=form,
        scorers={name: scorers[_Job(name, fold)] for name in efforts},
        words=_words[_folds(fold)],
        types=_types(chosen, measured["normal"]),
        confidence=confidence,
    )


def _types(examples: Sequence[Example], measured: Sequence[Floats]) -> Mapping[PageType, Trees]:
    """Trees for the type of a page."""
    kinds = list(PageType)
    rows = {id(e): row for e, row in zip(examples, measured, strict=True)}
    typed = _typed(examples)
    if not typed:
        return dict.fromkeys(kinds, trees.CONSTANT)
    fitted = trees.fit(
        np.stack([rows[id(e)] for e, _kind in typed]),
        np.array([kinds.index(kind) for _e, kind in typed]),
        None,
        settings={**trees.TYPES, "num_class": len(kinds)},
        rounds=TYPE_TREES,
        seed=SEED,
    )
    return dict(zip(kinds, fitted, strict=True))


def save(model: Model, path: Path, about: Mapping[str, Any]) -> None:
    """Write the weights to a `.npz` file, and the names and facts to a `.json` file beside it."""
    facts = {"form": model.form, **about}
    store.save(path, to_arrays(model), feature_names(model.form), facts)


def fold_path(folder: Path, fold: int, form: Form = "html") -> Path:
    """Where the weights of a fold are kept."""
    return folder / f"{form}{fold}.npz"
