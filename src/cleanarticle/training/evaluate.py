"""Scores of whole extractions, each by weights that have not seen the page."""

import multiprocessing
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import mean

from cleanarticle.article import Article
from cleanarticle.options import Options
from cleanarticle.pipeline import extract
from cleanarticle.training import forms
from cleanarticle.training.corpus import LabelledPage
from cleanarticle.training.labels import f1, words

BINS = 10  # of confidence, for its calibration error
ALL = "all"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was right about one page; None where its labels do not tell."""

    set: str  # with the form of raw text behind it
    group: str  # its page type
    f1: float | None
    found: float | None  # share of the wanted snippets in the body
    boilerplate: float | None  # share of the unwanted ones
    type_right: float | None
    confidence: float | None


def outcomes(
    pages: Sequence[LabelledPage], folds: Sequence[Path], effort: str, texts: Sequence[str] = ()
) -> tuple[Outcome, ...]:
    """The outcome of each page, extracted with the weights of its fold.

    Args:
        pages: labelled pages.
        folds: files of weights, one a fold.
        effort: as in `Options`.
        texts: forms of raw text, as in `forms`, that each page is given in instead of its markup.
    """
    run = partial(_of_page, folds=tuple(folds), effort=effort, texts=texts)
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        return tuple(one for found in pool.imap(run, pages, chunksize=8) for one in found)


def _of_page(
    page: LabelledPage, folds: tuple[Path, ...], effort: str, texts: Sequence[str]
) -> list[Outcome]:
    options = Options(effort=effort, weights=folds[page.fold(len(folds))])  # type: ignore[arg-type]
    if not texts:
        article = extract(page.data(), url=page.url, kind="html", options=options)
        return [_outcome(page, page.set, article)]
    given = forms.texts(page)
    return [
        _outcome(
            page,
            f"{page.set} {form}",
            extract(given[form], url=page.url, kind="text", options=options),
        )
        for form in texts
    ]


def _outcome(page: LabelledPage, name: str, article: Article) -> Outcome:
    known = page.page_type
    return Outcome(
        set=name,
        group=str(known or "unknown"),
        f1=None if page.body is None else word_f1(article.body, page.body),
        found=_share(page.wanted, article.body),
        boilerplate=_share(page.unwanted, article.body),
        type_right=None if known is None else float(article.page_type is known),
        confidence=article.confidence,
    )


def word_f1(found: str, wanted: str) -> float:
    """Word F1 of a body against the gold text, as in the WCXB benchmark."""
    return f1(Counter(words(found)), Counter(words(wanted)))


def _share(snippets: Sequence[str], body: str) -> float | None:
    """Share of the snippets that stand in a body, white space and case aside."""
    flat = " ".join(body.lower().split())
    return mean(" ".join(s.lower().split()) in flat for s in snippets) if snippets else None


def table(rows: Sequence[Outcome]) -> Iterator[str]:
    """Lines of a table: a line a set, and a line a page type of a set that has several."""
    heads = "".join(f"{head:>8}" for head in ("F1", "wanted", "boiler", "type", "ECE"))
    yield f"{'set':<24}{'pages':<15}{'n':>6}{heads}"
    for (name, group), members in groups(rows).items():
        cells = (
            average(r.f1 for r in members),
            average(r.found for r in members),
            average(r.boilerplate for r in members),
            average(r.type_right for r in members),
            calibration_error(members),
        )
        shown = "".join(f"{'' if cell is None else f'{cell:.4f}':>8}" for cell in cells)
        yield f"{name:<24}{group:<15}{len(members):>6}{shown}"


def groups(rows: Sequence[Outcome]) -> Mapping[tuple[str, str], list[Outcome]]:
    """(set, "all") and, where a set has pages of several types, (set, type) → its outcomes."""
    found: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for row in rows:
        found[row.set, ALL].append(row)
    for row in rows:
        if len({r.group for r in found[row.set, ALL]}) > 1:
            found[row.set, row.group].append(row)
    return dict(sorted(found.items(), key=lambda item: (item[0][0], item[0][1] != ALL, item[0])))


def average(values: Iterable[float | None]) -> float | None:
    """Mean of the values that are known; None where none is."""
    known = [value for value in values if value is not None]
    return mean(known) if known else None


def reliability(rows: Sequence[Outcome]) -> list[tuple[int, float, float]]:
    """(pages, mean confidence, mean F1) of each bin of confidence that holds any page."""
    bins: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for row in rows:
        if row.confidence is not None and row.f1 is not None:
            place = min(int(row.confidence * BINS), BINS - 1)
            bins[place].append((row.confidence, row.f1))
    return [
        (len(pairs), mean(c for c, _f in pairs), mean(f for _c, f in pairs))
        for _place, pairs in sorted(bins.items())
    ]


def calibration_error(rows: Sequence[Outcome]) -> float | None:
    """Expected calibration error: mean distance of confidence and F1 by bins, weighted by pages.

    Source: Naeini, Cooper & Hauskrecht, "Obtaining Well Calibrated Probabilities Using Bayesian
    Binning" (AAAI 2015), with the word F1 of a page in the place of being right.
    """
    bins = reliability(rows)
    total = sum(n for n, _c, _f in bins)
    return sum(n * abs(c - f) for n, c, f in bins) / total if total else None
