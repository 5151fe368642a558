"""Fits what tells a line break within a block from one between blocks.

No page has to be labelled for it: the tags tell which text nodes make one block.
"""

import multiprocessing
import os
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleanarticle import readers
from cleanarticle.classifier.columns import Floats
from cleanarticle.errors import CorpusError
from cleanarticle.language import words
from cleanarticle.readers import line_breaks
from cleanarticle.training import forms, store, trees
from cleanarticle.training.corpus import LabelledPage
from cleanarticle.trees import PARTS, Trees

SEED, ROUNDS = 1, 60
PROSE_WORDS = 12
MAX_CAPITALS = 0.6  # of the words of a block of prose
OF_A_LIST = 0.1  # what a break within a block of a few words, such as a menu, weighs
MIN_LINES = 3
SAMPLE = 600_000  # breaks


@dataclass(frozen=True, eq=False)
class Breaks:
    """The line breaks of pages."""

    rows: Floats
    within: NDArray[np.bool_]
    weights: Floats


def read(pages: Sequence[LabelledPage]) -> list[Breaks]:
    """The breaks of all pages, each in three forms: text nodes, blocks, and wrapped lines."""
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        return [one for found in pool.imap(_of_page, pages, chunksize=8) for one in found]


def _of_page(page: LabelledPage) -> list[Breaks]:
    found = forms.blocks(readers.open_page(page.data()).text or "")
    whole = [forms.text_of(nodes) for _tag, nodes in found]
    wrap = partial(textwrap.wrap, width=forms.width(page))
    split = (
        [[node.strip() for node in nodes] for _tag, nodes in found],
        [[text] for text in whole],
        [wrap(text) for text in whole],
    )
    prose = [_is_prose(text) for text in whole]
    return [breaks for one in split for breaks in _breaks(one, prose)]


def _breaks(blocks: Sequence[Sequence[str]], prose: Sequence[bool]) -> Iterator[Breaks]:
    lines = [(text, n) for n, nodes in enumerate(blocks) for text in nodes if text.strip()]
    if len(lines) < MIN_LINES:
        return
    block = np.array([n for _text, n in lines])
    within = block[1:] == block[:-1]
    light = within & ~np.array(prose)[block[1:]]
    yield Breaks(
        line_breaks.measure([" ".join(text.split()) for text, _n in lines]),
        within,
        np.where(light, OF_A_LIST, 1).astype(np.float32),
    )


def _is_prose(text: str) -> bool:
    parts = text.split()
    capitals = sum(word[0].isupper() for word in parts)
    return words.count(text) >= PROSE_WORDS and capitals < MAX_CAPITALS * len(parts)


def fit(found: Sequence[Breaks]) -> Trees:
    """Trees for a sample of all breaks.

    Raises:
        CorpusError: no page has a line break.
        MissingExtra: LightGBM is not installed.
    """
    if not found:
        raise CorpusError("a fit needs pages of several lines")
    rows = np.concatenate([one.rows for one in found])
    chosen = np.sort(np.random.default_rng(SEED).permutation(len(rows))[:SAMPLE])
    return trees.fit(
        rows[chosen],
        np.concatenate([one.within for one in found])[chosen],
        np.concatenate([one.weights for one in found])[chosen],
        settings=trees.BREAKS,
        rounds=ROUNDS,
        seed=SEED,
    )[0]


def save(fitted: Trees, path: Path, about: dict[str, Any]) -> None:
    """Write the trees to a `.npz` file, and the names and facts to a `.json` file beside it."""
    arrays = {part: getattr(fitted, part) for part in PARTS}
    store.save(path, arrays, {"break": line_breaks.NAMES}, about)
