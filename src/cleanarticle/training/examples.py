"""Labelled pages to rows of numbers."""

import multiprocessing
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cleanarticle import clues, opinion, readers, strippers
from cleanarticle.classifier import features, page, page_words
from cleanarticle.classifier.columns import Columns, Floats, Form, form_of
from cleanarticle.classifier.page_words import Keys
from cleanarticle.options import Options
from cleanarticle.pipeline import describe, extract
from cleanarticle.readers import Opened
from cleanarticle.records import PageType
from cleanarticle.training import forms, labels
from cleanarticle.training.corpus import LabelledPage

OTHER_FORMS = 1
MAX_BLOCK_WORDS = 150  # a longer block weighs as much
MIN_TAUGHT = 0.85  # confidence below which a body that a model finds is not learnt from
GOLD_WORDS = 150  # are added to those of the gold text, so that short pages do not weigh too much


@dataclass(frozen=True, eq=False)
class Example:
    """A labelled page as the models see it."""

    set: str
    domain: str
    fold: int
    page_type: PageType | None
    columns: Columns
    keys: Keys  # its words
    blocks: Floats  # blocks × features, those of the second opinion last, if any
    labels: NDArray[np.bool_]
    known: NDArray[np.bool_]  # blocks whose label is known; all where the page has a gold text
    gold: Counter[str] | None  # words of the gold text; None for a page labelled by snippets
    counts: tuple[Counter[str], ...] = field(repr=False)  # words of each block
    # Where no person has marked the body: the blocks of the body that a model finds which has not
    # seen the fold, by fold; under None that of a model which has seen all.
    taught: Mapping[int | None, NDArray[np.bool_]] = field(default_factory=dict)

    def without(self, fold: int | None) -> "Example | None":
        """The example as weights without a fold may learn from it; None where it tells nothing."""
        if self.fold == fold:
            return None
        labels = self.taught.get(fold)
        if labels is None:
            return self if self.known.any() else None
        labels = np.where(self.known, self.labels, labels)
        known, gold = np.ones_like(self.known), self._words_of(labels)
        return replace(self, labels=labels, known=known, gold=gold)

    def rows(self, by_words: Floats, *, with_opinion: bool) -> Floats:
        """The features of the blocks, with or without those of the second opinion.

        Args:
            by_words: what the words of the page tell of its type, by weights that have not seen it.
            with_opinion: whether to have those of the second opinion.
        """
        last = len(features.table(self.columns.form))
        found = self.blocks.copy() if with_opinion else self.blocks[:, :last].copy()
        found[:, last - len(PageType) : last] = by_words
        return found

    @property
    def weights(self) -> Floats:
        """What an error on each block costs, about in parts of the page's F1."""
        words = np.minimum(self.columns.words, MAX_BLOCK_WORDS) + 3
        gold = self.gold.total() if self.gold else 0
        return np.asarray(words * self.known / (gold + GOLD_WORDS), np.float32)

    def f1(self, scores: Floats) -> float:
        """Word F1 of the body that the scores make, cut where they expect the highest."""
        limit, _expected = page.cut(scores, self.columns.runs_of_letters)
        return labels.f1(self._words_of(scores >= limit), self.gold or Counter())

    def _words_of(self, kept: NDArray[np.bool_]) -> Counter[str]:
        found: Counter[str] = Counter()
        for position in np.flatnonzero(kept):
            found.update(self.counts[position])
        return found


def read(
    pages: Sequence[LabelledPage],
    folds: int,
    form: Form = "html",
    teachers: Mapping[int | None, Path | None] | None = None,
) -> list[Example]:
    """The examples of all pages that have a gold text or snippets, and hold any text.

    As raw text, each page is several examples: a line a block, a line a text node, and in
    `OTHER_FORMS` further forms, every second one without its address.

    Args:
        pages: labelled pages.
        folds: number of folds.
        form: the form to read the pages in.
        teachers: weights for HTML by the fold that they have not seen, None for the shipped ones.
            Pages without a gold text are labelled by the bodies that these find with confidence.
    """
    wanted = [
        one for one in pages if teachers or one.body is not None or one.wanted or one.unwanted
    ]
    run = partial(_of_page, folds=folds, form=form, teachers=teachers or {})
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        return [example for found in pool.imap(run, wanted, chunksize=8) for example in found]


def _of_page(
    one: LabelledPage, folds: int, form: Form, teachers: Mapping[int | None, Path | None]
) -> list[Example]:
    bodies = _taught(one, teachers) if one.body is None else {}
    if form == "html":
        given = [(readers.open_page(one.data()), one.url)]
    else:
        texts = forms.texts(one)
        given = [
            (readers.open_page(texts[name]), one.url if n % 2 else None)
            for n, name in enumerate(forms.some(one, OTHER_FORMS))
        ]
    found = [_example(one, *page, folds, form) for page in given]
    return [_with_bodies(example, bodies) for example in found if example is not None]


def _taught(one: LabelledPage, teachers: Mapping[int | None, Path | None]) -> dict[int | None, str]:
    """The body that each teacher finds in a page, where it is sure enough."""
    found = {}
    for fold, weights in teachers.items():
        article = extract(one.data(), url=one.url, options=Options(weights=weights))
        if (article.confidence or 0) >= MIN_TAUGHT:
            found[fold] = article.body
    return found


def _with_bodies(example: Example, bodies: Mapping[int | None, str]) -> Example:
    blocks = example.columns.blocks
    taught = {fold: np.array(labels.align(blocks, body)) for fold, body in bodies.items()}
    return replace(example, taught=taught)


def _example(
    one: LabelledPage, opened: Opened, url: str | None, folds: int, form: Form
) -> Example | None:
    document = readers.read(opened, url=url, kind=form)
    if not document.blocks or form_of(document) != form:
        return None
    evidence = clues.gather(document)
    found = describe(opened, document, evidence)
    votes = strippers.vote(document, evidence, found)
    second = None
    if form == "html":
        second = opinion.shares(document.blocks, opinion.ask(opened.text or "", url) or "")
    columns = Columns(document, evidence, found, votes, second)
    told: Sequence[bool | None]
    if one.body is None:
        told = labels.of_snippets(document.blocks, one.wanted, one.unwanted)
    else:
        told = labels.align(document.blocks, one.body)
    return Example(
        set=one.set,
        domain=one.domain,
        fold=one.fold(folds),
        page_type=one.page_type,
        columns=columns,
        keys=page_words.keys(document, found),
        blocks=features.measure(columns),
        labels=np.array([label is True for label in told]),
        known=np.array([label is not None for label in told]),
        gold=None if one.body is None else Counter(labels.words(one.body)),
        counts=tuple(Counter(labels.words(block.text)) for block in document.blocks),
    )
