"""Runs a batch: sources to workers to journal to output."""

import contextlib
import os
import signal
import stat
import threading
import time
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from cleanarticle.batch import journal as journals
from cleanarticle.batch import sinks, sources
from cleanarticle.batch.choices import Choices
from cleanarticle.batch.duplicates import Duplicates, signature
from cleanarticle.batch.item import Item, Status
from cleanarticle.batch.journal import Journal
from cleanarticle.batch.progress import Progress
from cleanarticle.batch.row import Row
from cleanarticle.batch.seen import Seen
from cleanarticle.batch.sinks.markdown import INDEX
from cleanarticle.batch.summary import Summary, Tally
from cleanarticle.batch.worker import Task
from cleanarticle.batch.workers import Workers
from cleanarticle.classifier import model
from cleanarticle.errors import CleanArticleError, OptionError

Name = str | os.PathLike[str]

GOOD = frozenset({Status.OK, Status.EMPTY})


class Interrupted(CleanArticleError):
    """A batch was ended by Ctrl-C; what was done is kept, so that `run` can go on with it."""

    def __init__(self, journal: str, pages: int) -> None:
        super().__init__(journal, pages)
        self.journal, self.pages = journal, pages

    def __str__(self) -> str:
        """Say how to go on."""
        return f"interrupted: {self.pages} rows are kept in {self.journal}; resume to go on"


def rows(names: Sequence[Name], choices: Choices | None = None) -> Iterator[Row]:
    """The row of each input, as worker processes get them done.

    Args:
        names: files, folders, globs, addresses … as in `run`.
        choices: see `Choices`; `fields`, `format` and `dedup` are of no use here.

    Returns:
        An iterator; when it is closed, the processes end.

    Raises:
        OptionError: `dedup` is chosen: only a whole run can tell; or `names` is a single name.
        MissingExtra: a source needs an optional package.
        WeightsError: `options.weights` cannot be used.
        CleanArticleError: a worker process cannot be started.
    """
    choices, names = _checked(choices), _named(names)
    if choices.dedup:
        raise OptionError("duplicates are marked by run() alone, which sees all rows before any")
    return _rows(names, choices, _workers(choices))


def _rows(names: Sequence[str], choices: Choices, workers: Workers) -> Iterator[Row]:
    selects = choices.selects() or (lambda _row: True)
    with workers:
        items = _numbered(sources.read(names, choices.reading), Seen(), _Fetched(()))
        for entry in workers.entries(items, ordered=choices.ordered):
            if selects(entry.row):
                yield entry.row


def run(
    names: Sequence[Name],
    output: Path | str,
    choices: Choices | None = None,
    *,
    resume: bool = False,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> Summary:
    """Write a row for each input, in the order of the sources.

    Rows that are done go to a journal, a file beside the output whose name ends in ".partial". Once
    the last one is done, the output is written from it in one go, and the journal goes.

    Args:
        names: files, folders, globs, addresses, archives, tables, "-" for standard input.
        output: the file to write, or the folder for Markdown.
        choices: see `Choices`.
        resume: go on with a journal that is there, if one is.
        overwrite: replace an output that is there, and begin a journal anew.
        progress: told of each row.

    Returns:
        Figures of the whole run, those of the runs that it went on from among them.

    Raises:
        OptionError: there is an output or a journal, and neither of `resume` and `overwrite` is
            given; or the journal is of a run with other sources or choices; or `names` is a
            single name, or `output` none that can be written.
        Interrupted: Ctrl-C; what was in flight has been finished.
        OSError: the output or the journal cannot be written.
        MissingExtra: a source, the output or `dedup` needs an optional package.
        WeightsError: `choices.options.weights` cannot be used.
        CleanArticleError: a worker process cannot be started.
    """
    choices, names, output = _checked(choices), _named(names), Path(output)
    output_format = sinks.format_of(output, choices.format)
    columns = sinks.columns_of(choices.fields)
    _require(output_format, choices)
    path = journals.path_for(output)
    _check_free(names, output, path, resume, overwrite)
    begun = time.monotonic()
    with Journal(path, _begun(names, choices), resume=resume) as journal:
        _fill(journal, names, output, choices, progress)
        resumed = journal.resumed
    finish = _Finish(path, choices)
    sinks.write(output, output_format, finish.rows(), columns)
    path.unlink()
    return finish.summary(time.monotonic() - begun, resumed)


def _require(output_format: sinks.Format, choices: Choices) -> None:
    """Meet a package that is missing before the run, not at its end."""
    sinks.require(output_format)
    if choices.dedup:
        signature("")


def _named(names: Sequence[Name]) -> list[str]:
    """The sources as text.

    Raises:
        OptionError: there is none, one is empty, or they are a single name, whose letters would be
            taken for names.
    """
    if isinstance(names, str | bytes | os.PathLike):
        raise OptionError(f"sources are a list of names, got {names!r}")
    found = [os.fspath(name) for name in names]
    if not found or not all(found):
        raise OptionError("name a source: a file, a folder, an address or - for standard input")
    return found


def _checked(choices: Choices | None) -> Choices:
    if choices is not None and not isinstance(choices, Choices):
        raise OptionError(f"choices is a Choices object, got {type(choices).__name__}")
    return choices or Choices()


def is_whole(output: Path) -> bool:
    """Whether an output is there: a file, or a folder with its index."""
    return (output / INDEX if output.is_dir() else output).exists()


def _check_free(
    names: Sequence[str], output: Path, journal: Path, resume: bool, overwrite: bool
) -> None:
    if resume and overwrite:
        raise OptionError("resume goes on with what is there, overwrite begins anew: choose one")
    if output.is_file() and any(Path(name).is_file() and output.samefile(name) for name in names):
        raise OptionError(f"{output} is one of the sources")
    if overwrite:
        return
    if journal.exists():
        if not resume:
            raise OptionError(
                f"{journal} is there, of a run that has not come to its end: go on with it "
                "(--resume), or begin anew (--overwrite)"
            )
    elif is_whole(output):
        what = "holds articles already" if output.is_dir() else "is there already"
        raise OptionError(f"{output} {what}: name another, or replace it (--overwrite)")


def _begun(names: Sequence[str], choices: Choices) -> dict[str, Any]:
    """What makes two runs give the same rows."""
    options, reading = choices.options, choices.reading
    return {
        "sources": list(names),
        "files": [_state(name) for name in names],
        "options": repr(options),
        "reading": repr(replace(reading, fetched=())),
        "dedup": choices.dedup,
    }


def _state(name: str) -> Sequence[int] | None:
    """Size and time of a file: positions in it hold only as long as it is the same."""
    try:
        found = Path(name).stat()
    except (OSError, ValueError):
        return None
    return [found.st_size, found.st_mtime_ns] if stat.S_ISREG(found.st_mode) else None


def _fill(
    journal: Journal,
    names: Sequence[str],
    output: Path,
    choices: Choices,
    progress: Progress | None,
) -> None:
    """Bring all items that are not in the journal there."""
    fetched = _Fetched(journal.seen)
    reading = replace(choices.reading, fetched=fetched)
    items = _numbered(_others(sources.read(names, reading), output), journal.seen, fetched)
    try:
        _append(journal, items, choices, progress)
    except Interrupted:
        raise
    except CleanArticleError:
        journal.discard_if_empty()
        raise


def _append(
    journal: Journal,
    items: Iterator[tuple[int, Item]],
    choices: Choices,
    progress: Progress | None,
) -> None:
    pages = journal.resumed
    with _workers(choices) as workers, _on_interrupt(workers.stop) as interrupted:
        for entry in workers.entries(items, ordered=False):
            journal.append(entry.to_line())
            pages += 1
            if progress is not None:
                progress.advance(failed=entry.row["status"] not in GOOD)
        if interrupted():
            raise Interrupted(str(journal.path), pages)


def _workers(choices: Choices) -> Workers:
    if choices.options.weights is not None:
        model.load(choices.options.weights)  # refused here, before any process is started
    task = Task(choices.options, choices.dedup, choices.max_memory, choices.timeout)
    return Workers(choices.processes, task)


def _others(items: Iterator[Item], output: Path) -> Iterator[Item]:
    """The items but for what is read of the output that this run replaces, as in a folder."""
    if not output.exists():
        return items
    own = output.resolve()
    return (item for item in items if not _is_within(item.source, own))


def _is_within(source: str, whole: Path) -> bool:
    path = Path(source)
    if not path.exists():  # an address, or the name of standard input
        return False
    found = path.resolve()
    return found == whole or whole in found.parents


class _Fetched:
    """The addresses that need not be fetched, counting those that are passed over for it."""

    def __init__(self, seen: Container[tuple[str, int]]) -> None:
        self._seen, self.passed_over = seen, 0

    def __contains__(self, key: object) -> bool:
        found = key in self._seen
        self.passed_over += found
        return found


def _numbered(items: Iterator[Item], seen: Seen, fetched: _Fetched) -> Iterator[tuple[int, Item]]:
    """The items that have not been seen, with their place among all, those passed over counted."""
    for number, item in enumerate(items):
        if seen.add((item.source, item.position)):
            yield number + fetched.passed_over, item


@contextlib.contextmanager
def _on_interrupt(stop: Callable[[], None]) -> Iterator[Callable[[], bool]]:
    """Ctrl-C calls `stop`, and a second one interrupts at once. Only the main thread hears it."""
    heard = False

    def hear(_number: int, _frame: object) -> None:
        nonlocal heard
        heard = True
        stop()
        signal.signal(signal.SIGINT, before)

    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    before = signal.signal(signal.SIGINT, hear)
    try:
        yield lambda: heard
    finally:
        signal.signal(signal.SIGINT, before)


class _Finish:
    """The rows of a journal as they are written, and their figures."""

    def __init__(self, path: Path, choices: Choices) -> None:
        self._path, self._selects, self._dedup = path, choices.selects(), choices.dedup
        self._tally = Tally()
        self._selected = self._duplicates = 0

    def rows(self) -> Iterator[Row]:
        """The rows that are selected, in the order of the sources."""
        originals = _originals(self._path) if self._dedup else {}
        wanted, ids = set(originals.values()), dict[int, str]()
        for place, entry in enumerate(journals.entries(self._path)):
            row = entry.row
            if place in wanted:
                ids[place] = row["id"]
            if place in originals:  # which stand behind what they repeat
                row["duplicate_of"] = ids[originals[place]]
                self._duplicates += 1
            size = len(row["body"].encode("utf-8", "replace"))
            self._tally.add(row["status"], row["id"], entry.seconds, entry.input_bytes, size)
            if row["status"] != Status.OK:
                self._tally.tell(row["reason"] or row["status"])
            if self._selects is None or self._selects(row):
                self._selected += 1
                yield row

    def summary(self, seconds: float, resumed: int) -> Summary:
        """The figures, once all rows have been read."""
        return self._tally.summary(
            seconds,
            resumed=resumed,
            duplicates=self._duplicates if self._dedup else None,
            selected=self._selected if self._selects is not None else None,
        )


def _originals(path: Path) -> dict[int, int]:
    """Place of each row that repeats another → place of that one."""
    with Duplicates(path.parent) as found:
        for place, entry in enumerate(journals.entries(path)):
            found.add(place, entry.signature)
        first = found.first()
    repeats = np.flatnonzero(first >= 0)
    return dict(zip(repeats.tolist(), first[repeats].tolist(), strict=True))
