"""`python -m cleanarticle.training`: fits weights on labelled pages, and measures them."""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import mean

# A fixed number of threads, before numpy is loaded: sums have one order then, weights one value.
for _library in ("OMP", "OPENBLAS", "MKL"):
    os.environ[f"{_library}_NUM_THREADS"] = "2"

from cleanarticle.errors import CleanArticleError, CorpusError
from cleanarticle.training import corpus, evaluate, examples, fields, fit, forms, line_breaks, sites

SETS = ("wcxb_dev", "news424", "fundus_a", "portals_a", "snippets_a")
TAUGHT_SETS = (*SETS, "dates_a")  # with pages whose bodies no person has marked
FIELD_SETS = ("wcxb_dev", "news424", "fundus_a", "snippets_a", "dates_a")
BREAK_SETS = ("snippets_a", "dates_a")  # whose bodies no figure is taken of
# Sets where a page without a date or an author in its label has none.
COMPLETE = ("wcxb_dev", "news424", "fundus_a", "dates_a")
# What the licences of the shipped weights' pages ask to be said.
SOURCES = {
    "wcxb_dev": "WCXB v1.0, development split (CC-BY-4.0)",
    "news424": "AndyTheFactory/article-extraction-dataset (Apache-2.0)",
    "fundus_a": "test data of flairNLP/fundus (MIT)",
    "portals_a": "ppke-nlpg/CleanPortalEval",
    "dates_a": "adbar/htmldate evaluation data (Apache-2.0)",
    "snippets_a": "markusmobius/content-extractor-benchmark (Apache-2.0)",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a subcommand; 0, or 2 for a folder or file that cannot be used."""
    given = _parser().parse_args(arguments)
    try:
        RUN[given.command](given)
    except (CleanArticleError, OSError) as error:
        print(f"cleanarticle.training: {error}", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m cleanarticle.training", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    fitting = commands.add_parser("fit", help="fit weights on labelled pages")
    fitting.add_argument("-o", "--output", type=Path, required=True, help="WEIGHTS.npz")
    fitting.add_argument("--folds", type=Path, help="folder for the weights of each fold")
    fitting.add_argument(
        "--teachers",
        type=Path,
        metavar="FOLDS",
        help="folder of the folds' weights for HTML: learn from the bodies that these find, too",
    )
    scoring = commands.add_parser("evaluate", help="print the out-of-fold scores by set and type")
    scoring.add_argument("--folds", type=Path, required=True, help="folder of the folds' weights")
    scoring.add_argument("--effort", choices=("normal", "thorough"), default="normal")
    of_fields = commands.add_parser("fit-fields", help="fit what ranks titles, dates and authors")
    of_fields.add_argument("-o", "--output", type=Path, required=True, help="WEIGHTS.npz")
    of_fields.add_argument("--folds", type=Path, help="folder for the weights of each fold")
    of_breaks = commands.add_parser("fit-breaks", help="fit what puts lines of raw text together")
    of_breaks.add_argument("-o", "--output", type=Path, required=True, help="WEIGHTS.npz")
    scored = commands.add_parser("evaluate-fields", help="print their out-of-fold scores by set")
    scored.add_argument("--folds", type=Path, required=True, help="folder of the folds' weights")
    of_sites = commands.add_parser("evaluate-sites", help="print what pages of a host are worth")
    of_sites.add_argument("--folds", type=Path, required=True, help="folder of the folds' weights")
    for command in (fitting, scoring, of_sites):
        command.add_argument(
            "--form", choices=("html", "text"), default="html", help="of the pages"
        )
    for command in (fitting, scoring, of_sites, of_fields, of_breaks, scored):
        command.add_argument("--corpus", type=Path, required=True, help="folder of SET.jsonl files")
        command.add_argument("--sets", nargs="+", help=f"instead of {' '.join(SETS)} where there")
    return parser


def _sets(given: argparse.Namespace, usual: Sequence[str] = SETS) -> Sequence[str]:
    known = [name for name in usual if (given.corpus / f"{name}.jsonl").exists()]
    return given.sets or known or sorted(path.stem for path in given.corpus.glob("*.jsonl"))


def _fit(given: argparse.Namespace) -> None:
    _make_folders(given)
    sets = _sets(given, TAUGHT_SETS if given.teachers else SETS)
    pages = corpus.read(given.corpus, sets)
    found = examples.read(pages, fit.FOLDS, given.form, _teachers(given.teachers))
    print(f"{len(found)} pages, {sum(len(e.labels) for e in found)} blocks", flush=True)
    fitted = fit.fit(found)
    about = {
        "sets": {name: SOURCES.get(name, "") for name in sets},
        "corpus": corpus.digest(given.corpus, sets),
        "pages": len(found),
        "seed": fit.SEED,
        "f1_out_of_fold": {name: _means(found, reached) for name, reached in fitted.f1.items()},
    }
    fit.save(fitted.model, given.output, about)
    for number, model in enumerate(fitted.folds if given.folds else ()):
        path = fit.fold_path(given.folds, number, given.form)
        fit.save(model, path, {**about, "without_fold": number})
    print(about["f1_out_of_fold"])


def _teachers(folder: Path | None) -> Mapping[int | None, Path | None]:
    """Weights for HTML by the fold that they have not seen; the shipped ones have seen all."""
    if folder is None:
        return {}
    return {None: None} | {n: fit.fold_path(folder, n) for n in range(fit.FOLDS)}


def _make_folders(given: argparse.Namespace) -> None:
    if given.output.suffix != ".npz":
        raise CorpusError(f"{given.output}: weights are written to a file that ends in .npz")
    for folder in (given.output.parent, getattr(given, "folds", None)):
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)


def _fit_fields(given: argparse.Namespace) -> None:
    _make_folders(given)
    sets = _sets(given, FIELD_SETS)
    found = fields.read(corpus.read(given.corpus, sets), COMPLETE)
    print(f"{len(found)} lists of candidates", flush=True)
    about = {
        "sets": {name: SOURCES.get(name, "") for name in sets},
        "corpus": corpus.digest(given.corpus, sets),
        "seed": fields.SEED,
    }
    fields.save(fields.fit(found, None), given.output, about)
    for number in range(fields.FOLDS if given.folds else 0):
        path = fields.fold_path(given.folds, number)
        fields.save(fields.fit(found, number), path, {**about, "without_fold": number})


def _fit_breaks(given: argparse.Namespace) -> None:
    _make_folders(given)
    sets = _sets(given, BREAK_SETS)
    found = line_breaks.read(corpus.read(given.corpus, sets))
    about = {
        "sets": {name: SOURCES.get(name, "") for name in sets},
        "corpus": corpus.digest(given.corpus, sets),
        "seed": line_breaks.SEED,
    }
    line_breaks.save(line_breaks.fit(found), given.output, about)
    print(f"{sum(len(one.rows) for one in found)} line breaks")


def _evaluate_fields(given: argparse.Namespace) -> None:
    pages = corpus.read(given.corpus, _sets(given, FIELD_SETS))
    print("\n".join(fields.table(fields.outcomes(pages, given.folds, COMPLETE))))


def _means(found: Sequence[examples.Example], reached: Sequence[float | None]) -> dict[str, float]:
    """Mean F1 of each set that has pages with a body."""
    by_set: dict[str, list[float]] = {}
    for example, value in zip(found, reached, strict=True):
        if value is not None:
            by_set.setdefault(example.set, []).append(value)
    return {name: round(mean(values), 4) for name, values in by_set.items()}


def _evaluate_sites(given: argparse.Namespace) -> None:
    folds = [fit.fold_path(given.folds, number, given.form) for number in range(fit.FOLDS)]
    pages = corpus.read(given.corpus, _sets(given, TAUGHT_SETS))
    print("\n".join(sites.table(sites.outcomes(pages, folds, given.form))))


def _evaluate(given: argparse.Namespace) -> None:
    folds = [fit.fold_path(given.folds, number, given.form) for number in range(fit.FOLDS)]
    pages = corpus.read(given.corpus, _sets(given))
    texts = forms.FORMS if given.form == "text" else ()
    rows = evaluate.outcomes(pages, folds, given.effort, texts)
    print("\n".join(evaluate.table(rows)))
    print("\nconfidence  F1      pages")
    for count, confidence, reached in evaluate.reliability(rows):
        print(f"{confidence:.3f}       {reached:.3f}  {count:>6}")


RUN = {
    "fit": _fit,
    "evaluate": _evaluate,
    "evaluate-sites": _evaluate_sites,
    "fit-fields": _fit_fields,
    "fit-breaks": _fit_breaks,
    "evaluate-fields": _evaluate_fields,
}

if __name__ == "__main__":
    sys.exit(main())
