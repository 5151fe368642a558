"""Quality on labelled pages against floors that may rise and never fall.

    python tests/quality/gate.py CORPUS             check against floors.json
    python tests/quality/gate.py CORPUS --update    raise the floors to what is reached now

CORPUS holds `SET.jsonl` files of labelled pages, as `cleanarticle.training.corpus` reads them, with
title, date and authors where known. Titles, dates and authors, and bodies of HTML pages are scored
out of fold: each page with the weights in `folds/` that were fitted without any page of its domain.
Word F1 is that of the WCXB benchmark: overlap of the multisets of words, averaged over pages. As
raw text, a page is what BeautifulSoup's `get_text("\\n", strip=True)` leaves of it. Every article
is also checked for idempotence: its body extracted again is the same.

A set must reach its floors. The pages of one type are few, and any new fit moves them by chance:
they may miss a floor by one standard error of their mean, and calibration by `CALIBRATION_NOISE`.
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
from cleanarticle.metadata.ranking import Ranker
from cleanarticle.pipeline import describe
from cleanarticle.readers import PageKind
from cleanarticle.readers.decode import decode
from cleanarticle.records import Metadata
from cleanarticle.training import corpus, evaluate, fields
from cleanarticle.training.corpus import LabelledPage
from cleanarticle.training.fit import FOLDS, fold_path

FOLDER = Path(__file__).parent
FLOORS = FOLDER / "floors.json"
FOLD_WEIGHTS = [fold_path(FOLDER / "folds", fold) for fold in range(FOLDS)]
BODY_SETS = ("news424", "fundus_a", "wcxb_dev", "snippets_a")
THOROUGH_SETS = ("news424", "wcxb_dev")
SETS = ("news424", "fundus_a", "wcxb_dev")
TEXT_SETS = ("news424", "fundus_a")
UNTYPED_SETS = ("snippets_a",)  # every page is called an article, unchecked
CALIBRATION_NOISE = 0.15  # by the root of the number of pages
SLACK = 0.002  # floors are set so far below what is reached: dependencies differ a little
Row = tuple[str, dict[str, float], bool]


def scores(found: Metadata, page: LabelledPage) -> dict[str, float]:
    """What is right about a page's metadata, for the fields that its label has."""
    outcome = fields.judge(page, "", found, complete=())
    right = {"title": outcome.title, "date": outcome.date, "authors": outcome.authors}
    return {name: value for name, value in right.items() if value is not None}


def judge(job: tuple[str, LabelledPage, bool]) -> Row:
    name, page, as_text = job
    data: str | bytes = page.data()
    if as_text:
        from bs4 import BeautifulSoup

        soup = BeautifulSoup(decode(page.data()), "lxml")
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
    if as_text:
        found["body"] = evaluate.word_f1(article.body, page.body or "")
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


def measure(root: Path) -> tuple[dict[str, dict[str, float]], int]:
    """(scores by set, pages that are not idempotent)."""
    by_set: dict[str, list[dict[str, float]]] = defaultdict(list)
    unstable = 0
    with ProcessPoolExecutor() as pool:
        for name, found, stable in pool.map(judge, jobs(root), chunksize=16):
            by_set[name].append(found)
            unstable += not stable
    means = {
        name: {
            key: round(mean(row[key] for row in rows if key in row), 4)
            for key in ("body", "title", "date", "authors")
            if any(key in row for row in rows)
        }
        for name, rows in by_set.items()
    }
    return means, unstable


def bodies(root: Path) -> tuple[dict[str, dict[str, float]], dict[str, dict[str, float]]]:
    """Scores of bodies out of fold, by set and page type, each the better the higher; their noise.

    The noise is by how much a score may miss its floor.
    """
    found: dict[str, dict[str, float]] = {}
    noise: dict[str, dict[str, float]] = {}
    for effort, sets in (("normal", BODY_SETS), ("thorough", THOROUGH_SETS)):
        there = [name for name in sets if (root / f"{name}.jsonl").exists()]
        pages = corpus.read(root, there)
        if effort == "thorough":
            pages = tuple(page for page in pages if page.page_type == "article")
        rows = evaluate.outcomes(pages, FOLD_WEIGHTS, effort)
        for (name, group), members in evaluate.groups(rows).items():
            values = dict(of_bodies(members, typed=name not in UNTYPED_SETS))
            found[f"{effort} {name} {group}"] = {
                key: round(mean(each), 4) for key, each in values.items()
            }
            noise[f"{effort} {name} {group}"] = {
                key: 0.0 if group == evaluate.ALL else stdev(each) / len(each) ** 0.5
                for key, each in values.items()
                if len(each) > 1
            }
            error = evaluate.calibration_error(members)
            if error is not None:
                found[f"{effort} {name} {group}"]["calibrated"] = round(1 - error, 4)
                chance = CALIBRATION_NOISE / len(members) ** 0.5
                noise[f"{effort} {name} {group}"]["calibrated"] = chance
    return found, noise


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
    reached, unstable = measure(arguments.corpus)
    of_body, noise = bodies(arguments.corpus)
    reached |= of_body
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
