"""Fits and measures what ranks the values of title, date and authors."""

import multiprocessing
import os
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from cleanarticle import clues, metadata, readers
from cleanarticle.classifier.columns import Floats
from cleanarticle.metadata import author, day, fitted, text_title, title
from cleanarticle.metadata.ranking import Ranker, measure
from cleanarticle.metadata.view import key
from cleanarticle.pipeline import describe
from cleanarticle.records import Document, Metadata
from cleanarticle.training import store, trees
from cleanarticle.training.corpus import LabelledPage
from cleanarticle.training.evaluate import ALL, average
from cleanarticle.trees import Trees

FOLDS, SEED, ROUNDS = 4, 1, 120
_BY = re.compile(r"^\s*(?:by|von|par|por|di|af|av|door)\s+", re.I)  # is left in some labels


@dataclass(frozen=True, eq=False)
class Candidates:
    """The candidates of one page for one field, and which are right."""

    name: str
    fold: int
    rows: Floats
    right: Floats


def read(pages: Sequence[LabelledPage], complete: Collection[str]) -> list[Candidates]:
    """The candidates of all pages: as HTML, as lines of text, and as these without an address.

    Args:
        pages: labelled pages.
        complete: sets where a page that has no label for a field has no such value.
    """
    run = partial(_of_page, complete=complete)
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        return [one for found in pool.imap(run, pages, chunksize=8) for one in found]


def _of_page(page: LabelledPage, complete: Collection[str]) -> list[Candidates]:
    document = readers.read(readers.open_page(page.data()), url=page.url, kind="html")
    if not document.blocks:
        return []
    found = []
    for one in (document, as_lines(document, page.url), as_lines(document, None)):
        for name, values, right in _judged(page, one):
            known = any(right) or (not _wanted(page, name) and page.set in complete)
            if values and known:
                rows = measure(values, fitted.TABLES[name])
                found.append(Candidates(name, page.fold(FOLDS), rows, np.array(right, np.float32)))
    return found


def as_lines(document: Document, url: str | None) -> Document:
    """The page as raw text, a line a block."""
    lines = "\n".join(block.text for block in document.blocks)
    return readers.read(readers.open_page(lines), url=url, kind="text")


def _judged(
    page: LabelledPage, document: Document
) -> Iterator[tuple[str, Sequence[object], list[bool]]]:
    """(field, candidates, which of them are right)."""
    view = metadata.view_of(document)
    if document.containers:
        titles = title.candidates(view)
        right = [one.key == key(page.title or "") for one in titles]
        yield title.NAME, titles, right
        block = title.block_of(titles[right.index(True)]) if any(right) else None
    else:
        lines = text_title.candidates(view, clues.gather(document))
        right = [key(one.block.text) == key(page.title or "") for one in lines]
        yield text_title.NAME, lines, right
        block = lines[right.index(True)].block.index if any(right) else None
    days = day.candidates(view, block)
    yield day.NAME, days, [one.day.isoformat() == page.date for one in days]
    names, wanted = author.candidates(view, block), author_keys(page.authors)
    yield author.NAME, names, [name.key in wanted for name in names]


def _wanted(page: LabelledPage, name: str) -> object:
    return {day.NAME: page.date, author.NAME: page.authors}.get(name, page.title)


def author_keys(names: Sequence[str]) -> frozenset[str]:
    """Names as they are compared."""
    return frozenset(key(_BY.sub("", name)) for name in names) - {""}


def fit(candidates: Sequence[Candidates], fold: int | None) -> Mapping[str, Trees]:
    """Trees for each field, fitted on the pages outside a fold."""
    found = {}
    for name in fitted.TABLES:
        chosen = [c for c in candidates if c.name == name and c.fold != fold]
        found[name] = trees.fit(
            np.concatenate([c.rows for c in chosen]),
            np.concatenate([c.right for c in chosen]),
            None,
            settings=trees.FIELDS,
            rounds=ROUNDS,
            seed=SEED,
        )[0]
    return found


def save(found: Mapping[str, Trees], path: Path, about: Mapping[str, object]) -> None:
    """Write the weights to a `.npz` file, and the names and facts to a `.json` file beside it."""
    store.save(path, fitted.to_arrays(found), fitted.feature_names(), about)


def load(path: Path) -> Ranker:
    """The ranker in a `.npz` file with its `.json` beside it."""
    return fitted.from_bytes(path.read_bytes(), path.with_suffix(".json").read_bytes())


def fold_path(folder: Path, fold: int) -> Path:
    """Where the weights of a fold are kept."""
    return folder / f"fields{fold}.npz"


# measuring -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was right about one page in one form; None where its labels do not tell."""

    set: str
    group: str  # its page type
    form: str
    title: float | None
    date: float | None
    authors: float | None  # F1 of the two sets of names
    date_invented: float | None  # of pages without a date
    authors_invented: float | None


def outcomes(
    pages: Sequence[LabelledPage], folder: Path, complete: Collection[str]
) -> tuple[Outcome, ...]:
    """The outcome of each page and form, by the weights of its fold."""
    rankers = [load(fold_path(folder, number)) for number in range(FOLDS)]
    run = partial(_outcome, rankers=rankers, complete=complete)
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        return tuple(one for found in pool.imap(run, pages, chunksize=8) for one in found)


def _outcome(
    page: LabelledPage, rankers: Sequence[Ranker], complete: Collection[str]
) -> list[Outcome]:
    opened = readers.open_page(page.data())
    document = readers.read(opened, url=page.url, kind="html")
    ranker = rankers[page.fold(FOLDS)]
    lines = as_lines(document, page.url)
    shown = f" {' '.join(key(block.text) for block in lines.blocks)} "
    days = {one.day.isoformat() for one in day.candidates(metadata.view_of(lines), None)}
    html, text = (describe(opened, one, clues.gather(one), ranker) for one in (document, lines))
    return [
        judge(page, "html", html, complete),
        judge(_as_shown(page, shown, days), "text", text, complete),
    ]


def _as_shown(page: LabelledPage, shown: str, days: Collection[str]) -> LabelledPage:
    """The labels that the text of a page still shows; what it does not show is not asked for."""

    def is_there(text: str) -> bool:
        return f" {text} " in shown

    return replace(
        page,
        title=page.title if is_there(key(page.title or "")) else None,
        date=page.date if page.date in days else None,
        authors=page.authors if all(map(is_there, author_keys(page.authors))) else (),
    )


def judge(page: LabelledPage, form: str, got: Metadata, complete: Collection[str]) -> Outcome:
    """What is right about the metadata of a page in one form."""
    wanted, names = author_keys(page.authors), author_keys(got.authors)
    found = got.date.isoformat() if got.date else None
    is_complete = page.set in complete and form == "html"
    return Outcome(
        set=page.set,
        group=str(page.page_type or "unknown"),
        form=form,
        title=float(key(got.title or "") == key(page.title)) if page.title else None,
        date=float(found == page.date) if page.date else None,
        authors=2 * len(wanted & names) / (len(wanted) + len(names)) if wanted else None,
        date_invented=float(found is not None) if is_complete and not page.date else None,
        authors_invented=float(bool(names)) if is_complete and not wanted else None,
    )


HEADS = ("title", "date", "authors", "date_invented", "authors_invented")


def groups(rows: Sequence[Outcome]) -> Mapping[tuple[str, str, str], list[Outcome]]:
    """(form, set, "all" or page type) → its outcomes."""
    found: dict[tuple[str, str, str], list[Outcome]] = defaultdict(list)
    for row in rows:
        found[row.form, row.set, ALL].append(row)
        found[row.form, row.set, row.group].append(row)
    whole = {name[:2]: len(members) for name, members in found.items() if name[2] == ALL}
    return {
        name: members
        for name, members in sorted(found.items())
        if name[2] == ALL or len(members) < whole[name[:2]]
    }


def table(rows: Sequence[Outcome]) -> Iterator[str]:
    """Lines of a table: a line a form and set, and a line a page type of a set with several."""
    heads = "".join(f"{head:>18}" for head in HEADS)
    yield f"{'form':<6}{'set':<12}{'pages':<15}{'n':>6}{heads}"
    for (form, name, group), members in groups(rows).items():
        means = [average(getattr(row, head) for row in members) for head in HEADS]
        shown = "".join(f"{'' if mean is None else f'{mean:.4f}':>18}" for mean in means)
        yield f"{form:<6}{name:<12}{group:<15}{len(members):>6}{shown}"
