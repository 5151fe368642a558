"""Runs the library over the inputs and writes what comes out."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import cleanarticle
from cleanarticle.cli import exits, inputs
from cleanarticle.errors import CleanArticleError
from cleanarticle.options import Options, names_limit
from cleanarticle.report import Report


def reports(arguments: Any, options: Options, failures: list[str]) -> Iterator[tuple[str, Report]]:
    """(name, report) of each input that can be read; the others' names go to `failures`."""
    for name in inputs.named(arguments.inputs):
        try:
            page = inputs.open_input(name)
            report = cleanarticle.explain(
                page,
                url=arguments.url,
                kind=arguments.kind,
                options=options,
                crawled_at=arguments.crawled_at,
            )
            yield name, report
        except CleanArticleError as error:
            failures.append(name)
            complain(_one_line(name, str(error)))


def run(
    arguments: Any,
    options: Options,
    write: Callable[[IO[str], Iterator[tuple[str, Report]]], bool],
) -> int:
    """Write all inputs' results; `write` says whether any article came out."""
    failures: list[str] = []
    try:
        with _opened(arguments.output) as out:
            any_article = write(out, reports(arguments, options, failures))
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        complain(f"{arguments.output or 'standard output'}: {error.strerror or error}")
        return exits.SOME_FAILED
    if failures:
        return exits.SOME_FAILED
    return exits.GOOD if any_article else exits.NOTHING


def complain(message: str) -> None:
    """Write a line to standard error."""
    print(f"cleanarticle: {message}", file=sys.stderr)


def complain_of_lack(name: str, report: Report) -> None:
    """Say why an input gave no body, or which limits left out some of it."""
    notes = report.article.notes
    told = notes if not report.article.body else [note for note in notes if names_limit(note)]
    if told:
        complain(_one_line(name, "; ".join(told)))


def _one_line(name: str, reason: str) -> str:
    text = " ".join(reason.split())
    return text if text.startswith(f"{name}:") else f"{name}: {text}"


@contextlib.contextmanager
def _opened(path: str | None) -> Iterator[IO[str]]:
    """Standard output, or a file that takes its name once all is written.

    So a file of that name stays as it is until then, even where it is one of the inputs.
    """
    if path is None:
        yield sys.stdout
        return
    target = Path(path)
    part = target.with_name(f".{target.name}.part")
    try:
        with part.open("w", encoding="utf-8") as out:
            yield out
            written = out.tell() > 0
        if written or not target.exists():
            part.replace(target)
    finally:
        part.unlink(missing_ok=True)
