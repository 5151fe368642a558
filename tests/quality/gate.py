"""Quality on labelled pages against floors that may rise and never fall.

    python tests/quality/gate.py CORPUS             check against floors.json
    python tests/quality/gate.py CORPUS --update    raise the floors to what is reached now

CORPUS holds `SET.jsonl` files of labelled pages, as `cleanarticle.training.corpus` reads them, with
title, date and authors where known. All is scored out of fold: each page with the weights in
`folds/` that were fitted without any page of its domain. Word F1 is that of the WCXB benchmark:
overlap of the multisets of words, averaged over pages. As raw text, a page is given in the forms of
`cleanarticle.training.forms`; for title, date and authors it is what BeautifulSoup's
`get_text("\\n", strip=True)` leaves of it. Every article is also checked for idempotence: its body
extracted again is the same.

The F1 of a set's bodies must reach its floor. Any new fit moves what few pages decide by chance, so
pages of one type, shares of snippets and of right page types may miss a floor by one standard error
of their mean, titles, dates and authors by `FIELD_NOISE` of one, and calibration by
`CALIBRATION_NOISE`.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from statistics import mean, stdev

import cleanarticle
from cleanarticle import PageType, clues, readers
from cleanarticle.classifier.model import EFFORTS
from cleanarticle.metadata.ranking import Ranker
from cleanarticle.pipeline import describe
from cleanarticle.readers import PageKind
from cleanarticle.readers.decode import decode
from cleanarticle.records import Metadata
from cleanarticle.training import corpus, evaluate, fields, forms
from cleanarticle.training.corpus import LabelledPage
from cleanarticle.training.fit import FOLDS, fold_path

FOLDER = Path(__file__).parent
FLOORS = FOLDER / "floors.json"
WEIGHTS = {
    form: [fold_path(FOLDER / "folds", fold, form) for fold in range(FOLDS)] for form in EFFORTS
}
BODY_SETS = ("news424", "fundus_a", "wcxb_dev", "snippets_a")
THOROUGH_SETS = ("news424", "wcxb_dev")
SETS = ("news424", "fundus_a", "wcxb_dev")
TEXT_SETS = ("news424", "fundus_a")
TEXT_FORMS = {
    "news424": forms.FORMS,
    "fundus_a": (forms.LINES, forms.NODES),
    "wcxb_dev": (forms.LINES, forms.NODES),
}
UNTYPED_SETS = ("snippets_a",)  # every page is called an article, unchecked
FIELD_NOISE = 1 / 3  # of a standard error
CALIBRATION_NOISE = 0.3  # by the root of the number of pages: F1 is 0.15 to 0.17 off each, twice
SLACK = 0.002  # floors are set so far below what is reached: dependencies differ a little
Scores = dict[str, dict[str, float]]
Row = tuple[str, dict[str, float], bool]


def scores(found: Metadata, page: LabelledPage) -> dict[str, float]:
    """What is right about a page's metadata, for the fields that its label has."""
    outcome = fields.judge(page, "", found, complete=())
    right = {"title": outcome.title, "date": outcome.date, "authors": outcome.authors}
    return {name: value for name, value in right.items() if value is not None}


def judge(job: tuple[str, LabelledPage, bool]) -> Row:
    name, page, as_text = job
    raw = page.data()
    data: str | bytes = raw
    if as_text:
        from bs4 import BeautifulSoup

        soup = BeautifulSoup(decode(raw), "lxml")
        for element in soup(["script", "style", "noscript", "template", "svg"]):
            element.decompose()
        data = soup.get_text("\n", strip=True)
    kind: PageKind = "text" if as_text else "auto"
    article = cleanarticle.extract(data, url=page.url, kind=kind)
    again = cleanarticle.extract(article.body)
    opened = readers.open_page(data)
    document = readers.read(opened, url=page.url, kind=kind)
    ranker = ranker_of(page.fold(fields.FOLDS))
    found = scores(describe(opened, document, clues.gather(document), ranker), page)
    return name, found, again.body == article.body


@cache
def ranker_of(fold: int) -> Ranker:
    return fields.load(fields.fold_path(FOLDER / "folds", fold))


def jobs(root: Path) -> Iterator[tuple[str, LabelledPage, bool]]:
    for page in corpus.read(root, SETS):
        if page.body is None or page.page_type is not PageType.ARTICLE:
            continue
        yield page.set, page, False
        if page.set in TEXT_SETS:
            yield f"{page.set} as text", page, True


def measure(root: Path) -> tuple[Scores, Scores, int]:
    """(scores by set, their noise, pages that are not idempotent)."""
    by_set: dict[str, list[dict[str, float]]] = defaultdict(list)
    unstable = 0
    with ProcessPoolExecutor() as pool:
        for name, found, stable in pool.map(judge, jobs(root), chunksize=16):
            by_set[name].append(found)
            unstable += not stable
    means: Scores = defaultdict(dict)
    noise: Scores = defaultdict(dict)
    for name, rows in by_set.items():
        for key in ("title", "date", "authors"):
            values = [row[key] for row in rows if key in row]
            if values:
                means[name][key] = round(mean(values), 4)
                noise[name][key] = FIELD_NOISE * error_of(values)
    return means, noise, unstable


def error_of(values: list[float]) -> float:
    """Standard error of a mean of values from 0 to 1.

    Two values of each end are added, as where all but a few are 1, their spread tells too little
    (Agresti & Coull, "Approximate is better than 'exact' for interval estimation", 1998).
    """
    return stdev([*values, 0.0, 0.0, 1.0, 1.0]) / (len(values) + 4) ** 0.5


def bodies(root: Path) -> tuple[Scores, Scores]:
    """Scores of bodies by set and page type, each the better the higher; their noise.

    The noise is by how much a score may miss its floor.
    """
    found: Scores = {}
    noise: Scores = {}
    for effort, rows in of_all(root):
        for (name, group), members in evaluate.groups(rows).items():
            values = dict(of_bodies(members, typed=name not in UNTYPED_SETS))
            where = f"{effort} {name} {group}"
            found[where] = {key: round(mean(each), 4) for key, each in values.items()}
            is_set = group == evaluate.ALL
            noise[where] = {
                key: 0.0 if is_set and key == "f1" else error_of(each)
                for key, each in values.items()
            }
            error = evaluate.calibration_error(members)
            if error is not None:
                found[where]["calibrated"] = round(1 - error, 4)
                noise[where]["calibrated"] = CALIBRATION_NOISE / len(members) ** 0.5
    return found, noise


def of_all(root: Path) -> Iterator[tuple[str, tuple[evaluate.Outcome, ...]]]:
    """(effort, or "text" for raw text; what came of the pages)."""
    for effort, sets in (("normal", BODY_SETS), ("thorough", THOROUGH_SETS)):
        there = [name for name in sets if (root / f"{name}.jsonl").exists()]
        pages = corpus.read(root, there)
        if effort == "thorough":
            pages = articles(pages)
        yield effort, evaluate.outcomes(pages, WEIGHTS["html"], effort)
    for name, texts in TEXT_FORMS.items():
        if (root / f"{name}.jsonl").exists():
            pages = articles(corpus.read(root, [name]))
            yield "text", evaluate.outcomes(pages, WEIGHTS["text"], "normal", texts)


def articles(pages: tuple[LabelledPage, ...]) -> tuple[LabelledPage, ...]:
    return tuple(page for page in pages if page.page_type is PageType.ARTICLE)


def of_bodies(rows: list[evaluate.Outcome], *, typed: bool) -> Iterator[tuple[str, list[float]]]:
    """The values of each score that any of the pages has."""
    for key, values in (
        ("f1", [row.f1 for row in rows]),
        ("wanted", [row.found for row in rows]),
        ("clean", [None if row.boilerplate is None else 1 - row.boilerplate for row in rows]),
        ("type", [row.type_right for row in rows] if typed else []),
    ):
        known = [value for value in values if value is not None]
        if known:
            yield key, known


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--update", action="store_true")
    arguments = parser.parse_args()
    floors = json.loads(FLOORS.read_text("utf-8"))
    reached, noise, unstable = measure(arguments.corpus)
    of_body, of_body_noise = bodies(arguments.corpus)
    reached |= of_body
    noise |= of_body_noise
    low = False
    for name, values in reached.items():
        for key, value in values.items():
            floor = floors["floors"].get(name, {}).get(key, 0.0)
            is_low = value < floor - noise.get(name, {}).get(key, 0.0)
            low = low or is_low
            print(f"{name:32} {key:10} {value:.4f}  floor {floor:.4f}{'  BELOW' * is_low}")
            if arguments.update:
                raised = max(floor, round(value - SLACK, 3))
                floors["floors"].setdefault(name, {})[key] = raised
    print(f"not idempotent: {unstable}")
    if arguments.update:
        floors["corpus"] = corpus.digest(arguments.corpus, SETS)[:16]
        FLOORS.write_text(json.dumps(floors, indent=2) + "\n", "utf-8")
    return int(low or unstable > 0)


if __name__ == "__main__":
    sys.exit(main())
