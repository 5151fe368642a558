"""Worker processes: started, fed, timed, ended and replaced.

Processes, not threads: libxml2 is not safe among threads, and only a process can be ended while it
is deep in a page. Each has one item at a time, so it is known which one it ended with.
"""

import contextlib
import multiprocessing
import os
import signal
import time
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Self

from cleanarticle.batch.item import Item, Status
from cleanarticle.batch.journal import Entry
from cleanarticle.batch.row import without_page
from cleanarticle.batch.worker import Done, Task, serve
from cleanarticle.errors import CleanArticleError

MOST_ENDS = 2  # of workers with one item, before it counts as failed
START_SECONDS = 120.0  # that a worker may take until it is ready
END_SECONDS = 5.0  # that a worker whose connection is closed may take until it is gone
AHEAD = 64  # items a worker that may be given before an earlier one is done, if order is kept
# One thread a process: the matrices of a page are small, and other processes want the cores.
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_HINT = '; a script that runs a batch does so below `if __name__ == "__main__":`'

Given = tuple[int, Item]  # an item and its number


@dataclass(eq=False, slots=True)
class _Worker:
    process: BaseProcess
    connection: Connection
    since: float  # when it was started, or was given what it works on
    given: Given | None = None
    ready: bool = False

    def end(self, patience: float = 0.0) -> str:
        """End it, if it does not end by itself within so many seconds; returns how it did."""
        self.process.join(patience)
        self.process.kill()
        self.process.join()
        self.connection.close()
        code = self.process.exitcode or 0
        try:
            return f"by {signal.Signals(-code).name}" if code < 0 else f"with exit code {code}"
        except ValueError:
            return f"by signal {-code}"


@dataclass(slots=True)
class _Queue:
    """Items that wait for a worker: those whose worker ended come first."""

    items: Iterator[Given]
    waiting: deque[Given] = field(default_factory=deque)
    ended: bool = False  # no item comes any more

    def fill(self, number: int) -> int:
        """Read until so many wait, or none come any more; returns how many wait."""
        while len(self.waiting) < number and not self.ended:
            try:
                self.waiting.append(next(self.items))
            except StopIteration:
                self.ended = True
        return len(self.waiting)

    def stop(self) -> None:
        """Let go what waits: it is as if it had not been read."""
        self.waiting.clear()
        self.ended = True


@dataclass(slots=True)
class _Line:
    """Entries on their way out: in the order in which their items went in, if order is kept."""

    ordered: bool
    inside: deque[int] = field(default_factory=deque)  # numbers
    done: dict[int, Entry] = field(default_factory=dict)

    def enter(self, number: int) -> None:
        if self.ordered:
            self.inside.append(number)

    def leave(self, entry: Entry) -> Iterator[Entry]:
        if not self.ordered:
            yield entry
            return
        self.done[entry.number] = entry
        while self.inside and self.inside[0] in self.done:
            yield self.done.pop(self.inside.popleft())


class Workers:
    """Some processes that make entries of items. A context manager, to be used once."""

    def __init__(self, jobs: int, task: Task) -> None:
        """Start nothing yet.

        Args:
            jobs: number of processes.
            task: what is done with each item.
        """
        self._jobs, self._task = jobs, task
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker] = []
        self._ends = Counter[int]()  # of workers, by the number of the item
        self._stopped = False

    def __enter__(self) -> Self:
        """Start nothing yet."""
        return self

    def __exit__(self, *_error: object) -> None:
        """End all processes."""
        while self._workers:
            self._drop(self._workers[-1])

    def stop(self) -> None:
        """Take no further item: what is in flight is finished."""
        self._stopped = True

    def entries(self, items: Iterator[Given], *, ordered: bool) -> Iterator[Entry]:
        """The entry of each item, as they are done or in the order given.

        Args:
            items: (number, item); read no further than workers are free.
            ordered: keep the order. Few items are taken ahead of one that takes long.

        Raises:
            CleanArticleError: a worker cannot be started.
        """
        queue, line = _Queue(self._until_stopped(items)), _Line(ordered)
        while True:
            self._feed(queue, line)
            if not queue.waiting and queue.ended and not any(w.given for w in self._workers):
                return
            for entry in self._collect(queue):
                yield from line.leave(entry)

    def _until_stopped(self, items: Iterator[Given]) -> Iterator[Given]:
        for given in items:
            if self._stopped:  # while it was waited for
                return
            yield given

    def _feed(self, queue: _Queue, line: _Line) -> None:
        """Give each free worker an item, and start workers for the items that are left."""
        if self._stopped:
            queue.stop()
        for worker in [w for w in self._workers if w.ready and w.given is None]:
            if not queue.fill(1):
                break
            tried = self._ends[queue.waiting[0][0]] > 0
            if not tried and len(line.inside) >= AHEAD * self._jobs:
                break
            self._give(worker, queue, line)
        starting = sum(not w.ready for w in self._workers)
        wanted = queue.fill(self._jobs) - starting
        for _worker in range(min(wanted, self._jobs - len(self._workers))):
            self._start()

    def _give(self, worker: _Worker, queue: _Queue, line: _Line) -> None:
        if not worker.process.is_alive():  # it ended while it had nothing to do
            self._drop(worker)
            return
        number, item = queue.waiting.popleft()
        if not self._ends[number]:
            line.enter(number)
        worker.given, worker.since = (number, item), time.monotonic()
        with contextlib.suppress(OSError):  # it ended now: that is heard as any other end
            worker.connection.send((number, item))

    def _start(self) -> None:
        connection, its_end = self._context.Pipe()
        process = self._context.Process(target=serve, args=(its_end, self._task), daemon=True)
        with its_end:  # closed here, so that the worker's end is told by the end of what it sends
            try:
                with _single_threads(), _interrupts_blocked():
                    process.start()
            except OSError as error:
                connection.close()
                raise CleanArticleError(f"a worker process cannot be started: {error}") from error
        self._workers.append(_Worker(process, connection, time.monotonic()))

    def _drop(self, worker: _Worker, patience: float = 0.0) -> str:
        self._workers.remove(worker)
        return worker.end(patience)

    def _collect(self, queue: _Queue) -> Iterator[Entry]:
        """Wait for an answer or the end of somebody's time."""
        open_still = [w for w in self._workers if w.given or not w.ready]
        now = time.monotonic()
        first = min((self._deadline(w) for w in open_still), default=now)
        answered = wait([w.connection for w in open_still], max(first - now, 0.0))
        now = time.monotonic()
        for worker in open_still:
            if worker.connection in answered:
                yield from self._hear(worker, queue)
            elif now >= self._deadline(worker):
                yield self._late(worker)

    def _deadline(self, worker: _Worker) -> float:
        return worker.since + (self._task.seconds if worker.ready else START_SECONDS)

    def _hear(self, worker: _Worker, queue: _Queue) -> Iterator[Entry]:
        try:
            answer = worker.connection.recv()
        except (EOFError, OSError):
            if time.monotonic() >= self._deadline(worker):  # it has seen to that itself
                yield self._late(worker)
            else:
                yield from self._ended(worker, queue)
            return
        if isinstance(answer, CleanArticleError):
            raise answer
        if answer is None:
            worker.ready = True
            return
        done: Done = answer
        worker.given = None
        if done.last:
            self._drop(worker)
        yield done.entry

    def _ended(self, worker: _Worker, queue: _Queue) -> Iterator[Entry]:
        """The worker is gone: its item has another try, or has failed."""
        how = self._drop(worker, END_SECONDS)
        if worker.given is None:
            hint = "" if how.startswith("by") else _HINT
            raise CleanArticleError(f"a worker process ended {how} before it was ready{hint}")
        number, item = worker.given
        self._ends[number] += 1
        if self._ends[number] < MOST_ENDS:
            queue.waiting.appendleft(worker.given)
            return
        reason = f"its worker ended {self._ends[number]} times, the last {how}"
        yield _without_page(number, item, Status.FAILED, reason, time.monotonic() - worker.since)

    def _late(self, worker: _Worker) -> Entry:
        self._drop(worker)
        if worker.given is None:
            raise CleanArticleError(f"a worker was not ready after {START_SECONDS:g} seconds")
        seconds = self._task.seconds
        reason = f"took more than {seconds:g} seconds"
        return _without_page(*worker.given, Status.TIMEOUT, reason, seconds)


def _without_page(number: int, item: Item, status: Status, reason: str, seconds: float) -> Entry:
    row = without_page(item, status, reason)
    return Entry(number=number, row=row, seconds=round(seconds, 6), input_bytes=item.size)


@contextlib.contextmanager
def _single_threads() -> Iterator[None]:
    """Processes that are started inside have numpy use one thread each."""
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextlib.contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Processes that are started inside are not ended by Ctrl-C, not even while they start."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # which is started with the first process, and unblocks it
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
