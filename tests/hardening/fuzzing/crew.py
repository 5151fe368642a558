"""Worker processes that try inputs: replaced where they die, and the input noted."""

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from cleanarticle.accelerator import SWITCH
from hardening.fuzzing import promises
from hardening.fuzzing.trial import NOWHERE, PLACE

STACK_CHARS = 3_000
MATRIX_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Task:
    """A row of seeds of a family."""

    family: str
    first: int
    count: int
    compared: bool = False
    """Whether they are tried in Python as well, and the answers compared."""


@dataclass(frozen=True, slots=True)
class Fault:
    """An input that did what it must not."""

    family: str
    seed: int
    what: str  # "exception", "broken promise", "over its bound", "crash", "difference"
    how: str
    pure: bool = False  # in Python, without the compiled parts


@dataclass(slots=True)
class Outcome:
    """What came of a task."""

    task: Task
    tried: int = 0
    in_python: int = 0
    compared: int = 0
    faults: list[Fault] = field(default_factory=list)
    slowest: tuple[float, int] = (0.0, 0)


class Worker:
    """One process at a time that answers tasks."""

    def __init__(self, corpus: Path | None, *, pure: bool, command: Sequence[str] = ()) -> None:
        self.pure = pure
        module = (sys.executable, "-m", "hardening.fuzzing.trial")
        self._folder = tempfile.TemporaryDirectory(prefix="fuzz-")
        self._place = Path(self._folder.name, "place")
        self._stack = Path(self._folder.name, "stack")
        self._place.write_bytes(NOWHERE)
        self._command = [*(command or module), str(self._place), *([str(corpus)] if corpus else [])]
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop()
        self._folder.cleanup()

    def answers(self, task: Task) -> Iterator[dict[str, Any] | Fault]:
        """Replies to a task; where the process dies of an input, a Fault, and the rest anew."""
        left = [(task.first, task.count)]
        while left:
            first, count = left.pop()
            if not count:
                continue
            reply = self._ask(
                {"family": task.family, "first": first, "count": count, "answers": task.compared}
            )
            if reply is not None:
                yield reply
                continue
            how, (seed,) = self._death(), PLACE.unpack(self._place.read_bytes())
            self._place.write_bytes(NOWHERE)
            if not first <= seed < first + count:
                raise RuntimeError(f"a worker ended before it tried an input: {how}")
            yield Fault(task.family, seed, "crash", how, self.pure)
            left += [(seed + 1, first + count - seed - 1), (first, seed - first)]

    def _ask(self, request: dict[str, Any]) -> dict[str, Any] | None:
        process = self._process or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps(request) + "\n")
            process.stdin.flush()
        except BrokenPipeError:
            return None
        line = process.stdout.readline()
        return json.loads(line) if line.endswith("\n") else None

    def _start(self) -> subprocess.Popen[str]:
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "PYTHONFAULTHANDLER": "1",
            SWITCH: "1" if self.pure else "",
            **dict.fromkeys(MATRIX_THREADS, "1"),  # they get in the way of the other workers
        }
        with self._stack.open("w") as stack:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stack,
                text=True,
                env=environment,
            )
        return self._process

    def _death(self) -> str:
        """How the process ended, and its stack."""
        code = self._stop()
        stack = self._stack.read_text("utf-8", "replace")
        return f"ended with {code}: {stack[-STACK_CHARS:]}"

    def _stop(self) -> int | None:
        process, self._process = self._process, None
        if process is None:
            return None
        with process:
            if process.stdin is not None:
                process.stdin.close()
        return process.returncode


def work(tasks: Iterable[Task], corpus: Path | None, jobs: int) -> Iterator[Outcome]:
    """What comes of tasks, as it comes."""
    waiting: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
    done: queue.SimpleQueue[Outcome | BaseException | None] = queue.SimpleQueue()
    for task in (*tasks, *(None,) * jobs):
        waiting.put(task)

    def serve() -> None:
        try:
            with Worker(corpus, pure=False) as compiled, Worker(corpus, pure=True) as pure:
                while (task := waiting.get()) is not None:
                    done.put(outcome(task, compiled, pure))
        except BaseException as error:  # it is raised again where it is waited for
            done.put(error)
        done.put(None)

    for _job in range(jobs):
        threading.Thread(target=serve, daemon=True).start()
    running = jobs
    while running:
        found = done.get()
        if isinstance(found, BaseException):
            raise found
        if found is None:
            running -= 1
        else:
            yield found


def outcome(task: Task, compiled: Worker, pure: Worker) -> Outcome:
    """What comes of one task, with the compiled parts and where asked for without."""
    made = Outcome(task)
    answers: list[dict[str, Any]] = []
    for worker in (compiled, pure) if task.compared else (compiled,):
        answers.append({})
        for reply in worker.answers(task):
            if isinstance(reply, Fault):
                made.faults.append(reply)
                tried = 1
            else:
                tried = reply["count"]
                faults = (Fault(task.family, *fault, worker.pure) for fault in reply["faults"])
                made.faults += faults
                answers[-1] |= reply["answers"]
                if worker is compiled:
                    made.slowest = max(made.slowest, (*reply["slowest"],))
            made.tried += tried * (worker is compiled)
            made.in_python += tried * (worker is pure)
    if task.compared:
        _compare(made, *answers)
    return made


def _compare(made: Outcome, compiled: dict[str, Any], pure: dict[str, Any]) -> None:
    for seed in compiled.keys() & pure.keys():
        made.compared += 1
        names = promises.differences(compiled[seed], pure[seed])
        if names:
            how = "; ".join(f"{n}: {compiled[seed][n]!r} / {pure[seed][n]!r}"[:300] for n in names)
            made.faults.append(Fault(made.task.family, int(seed), "difference", how))
