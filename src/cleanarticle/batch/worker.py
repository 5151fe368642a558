"""The process that makes rows of items, one at a time."""

import contextlib
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from cleanarticle.batch.duplicates import signature
from cleanarticle.batch.item import Item, Status
from cleanarticle.batch.journal import Entry
from cleanarticle.batch.row import Row, clean, without_page
from cleanarticle.errors import CleanArticleError
from cleanarticle.options import Options

MEGABYTE = 1_000_000
NO_MEMORY = 1  # exit code
GRACE_SECONDS = 60.0  # over its time, in which the parent ends a worker if there is a parent still
_SIZE = Path("/proc/self/statm")  # of this process, in pages of memory; on Linux alone


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker does with each item."""

    options: Options
    signatures: bool  # whether each entry has that of its body
    megabytes: int  # of memory that a page may take
    seconds: float  # that a page may take


@dataclass(frozen=True, slots=True)
class Done:
    """The entry of an item, and whether its worker ends with it."""

    entry: Entry
    last: bool = False


def serve(connection: Connection, task: Task) -> None:
    """Answer each (number, item) with a `Done`, until the other end is closed.

    A first message says that the worker is ready: None, or the error why it cannot be.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent says when to end
    try:
        _warm_up(task)
    except CleanArticleError as error:
        connection.send(error)
        return
    _limit(task.megabytes)
    connection.send(None)
    last = False
    try:
        while not last:
            number, item = connection.recv()
            with _alarm(task.seconds + GRACE_SECONDS):
                done = _done(task, number, item)
            connection.send(done)
            last = done.last
    except (EOFError, OSError):  # the parent is gone
        return
    except MemoryError:  # for the page or its row on their way
        sys.exit(NO_MEMORY)


def _warm_up(task: Task) -> None:
    """Load what the first page would, so that its time is its own."""
    page = "<p>It rained in the valley, and nobody was surprised.</p>" * 3
    row = clean(Item(source="", position=0, id="", page=page, kind="html"), task.options)
    if task.signatures:
        signature(row["body"])


def _done(task: Task, number: int, item: Item) -> Done:
    begun = time.perf_counter()
    last, mark = False, None
    try:
        row = clean(item, task.options)
        mark = signature(row["body"]) if task.signatures else None
    except MemoryError:  # what was taken may not all be given back
        row, last = _too_much(item, task), True
    seconds = round(time.perf_counter() - begun, 6)
    entry = Entry(number=number, row=row, seconds=seconds, input_bytes=item.size, signature=mark)
    return Done(entry, last)


def _too_much(item: Item, task: Task) -> Row:
    reason = f"the page takes more than {task.megabytes} MB of memory"
    return without_page(item, Status.FAILED, reason)


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """End this process if it takes longer: a parent that was killed cannot do so."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)


def _limit(megabytes: int) -> None:
    """Let this process take so much more memory; where the system does not know how, all it has."""
    if not _SIZE.exists():
        return
    import resource

    now = int(_SIZE.read_text("ascii").split()[0]) * resource.getpagesize()
    before = resource.getrlimit(resource.RLIMIT_AS)  # by whoever started the batch
    known = [limit for limit in before if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min([now + megabytes * MEGABYTE, *known]),) * 2)
