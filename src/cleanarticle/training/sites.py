"""What pages of a site are worth to each other: bodies alone, and with the others at hand."""

import multiprocessing
import os
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import mean
from typing import Any

from cleanarticle.classifier.columns import Form
from cleanarticle.options import Options
from cleanarticle.sites import Page, extract_many
from cleanarticle.sites.page import host
from cleanarticle.training import forms
from cleanarticle.training.corpus import LabelledPage
from cleanarticle.training.evaluate import word_f1

MANY = 4  # other pages of the host


@dataclass(frozen=True, slots=True)
class Outcome:
    """Word F1 of a page's body without and with the other pages of its host."""

    set: str
    others: int  # pages of its host
    alone: float
    together: float


def outcomes(
    pages: Sequence[LabelledPage], folds: Sequence[Path], form: Form
) -> tuple[Outcome, ...]:
    """The outcome of each page with a gold text whose host has more pages than it.

    Pages of a host are of one fold, so each is scored by weights that have seen none of them.

    Args:
        pages: labelled pages; those without a gold text are evidence all the same.
        folds: files of weights, one a fold.
        form: whether pages are given as markup or as raw text, a line a block.
    """
    known: dict[tuple[int, str], list[LabelledPage]] = defaultdict(list)
    for page in pages:
        name = host(page.url)
        if name is not None:
            known[page.fold(len(folds)), name].append(page)
    groups = [group for group in known.values() if len(group) > 1 and any(p.body for p in group)]
    run = partial(_of_host, folds=tuple(folds), form=form)
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        return tuple(one for found in pool.imap(run, groups) for one in found)


def _of_host(group: Sequence[LabelledPage], folds: tuple[Path, ...], form: Form) -> list[Outcome]:
    options = Options(weights=folds[group[0].fold(len(folds))])
    given = [Page(_contents(page, form), page.url) for page in group]
    alone = extract_many(given, site="off", kind=form, options=options)
    together = extract_many(given, site="auto", kind=form, options=options)
    return [
        Outcome(
            page.set, len(group) - 1, word_f1(one.body, page.body), word_f1(other.body, page.body)
        )
        for page, one, other in zip(group, alone, together, strict=True)
        if page.body is not None
    ]


def _contents(page: LabelledPage, form: Form) -> Any:
    return page.data() if form == "html" else forms.texts(page)[forms.LINES]


def table(found: Sequence[Outcome]) -> Iterator[str]:
    """Lines of a table: pages whose host has few or many others, in all sets and in each."""
    yield f"{'set':<12}{'others':<10}{'n':>6}{'alone':>9}{'together':>10}"
    for name in ("all", *sorted(Counter(one.set for one in found))):
        for label, many in (("1 to 3", False), ("4 or more", True)):
            some = [
                one for one in found if (one.others >= MANY) is many and name in ("all", one.set)
            ]
            if some:
                alone, both = mean(o.alone for o in some), mean(o.together for o in some)
                yield f"{name:<12}{label:<10}{len(some):>6}{alone:>9.4f}{both:>10.4f}"
