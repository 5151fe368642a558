"""Threads, processes and the state of the process: the library leaves all as it was."""

import copy
import decimal
import gc
import json
import locale
import logging
import os
import pickle
import random
import signal
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import cases
import cleanarticle
from cleanarticle import accelerator, errors, readers
from cleanarticle.options import Options
from hardening.pages import digest
from hardening.threads import START_METHODS, SWITCH_SECONDS, in_threads

PAGES = cases.pages()[::9]
CHILD_SECONDS = 120


def child(code: str, pure: str = "", *options: str) -> str:
    """What a fresh process prints."""
    done = subprocess.run(
        [sys.executable, *options, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        timeout=CHILD_SECONDS,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(sys.path),
            accelerator.SWITCH: pure,
        },
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("pure", ["", "1"])
def test_first_use_by_many_threads_at_once(pure: str) -> None:
    code = (
        "import cases\nfrom hardening.threads import in_threads\n"
        "print(in_threads([page.read_bytes() for page in cases.pages()[::25]], 0.0))"
    )
    assert child(code, pure).strip() == "(16, 0, 0)"


def test_many_threads_give_what_one_gives() -> None:
    made, others, failed = in_threads([page.read_bytes() for page in PAGES[:8]], 0.5)
    assert made >= 16
    assert (others, failed) == (0, 0)


@pytest.mark.parametrize("method", START_METHODS)
def test_pools_give_what_one_process_gives(method: str) -> None:
    code = (
        "import json, multiprocessing, cases\n"
        "from hardening.pages import digest\n"
        "from hardening.threads import in_threads\n"
        "pages = [page.read_bytes() for page in cases.pages()[::40]]\n"
        "in_threads(pages, 0.0)\n"  # a pool made after threads have run
        f"with multiprocessing.get_context({method!r}).Pool(2) as pool:\n"
        "    print(json.dumps([pool.map(digest, pages), list(map(digest, pages))]))"
    )
    found, right = json.loads(child(code))
    assert found == right
    assert len(right) > 1


def state() -> dict[str, Any]:
    """What a library may change for the whole process."""
    import numpy as np

    loggers = {
        name: (logger.level, logger.disabled, logger.propagate, *map(repr, shown(logger)))
        for name, logger in sorted(logging.root.manager.loggerDict.items())
        if isinstance(logger, logging.Logger)
    }
    return {
        "random": random.getstate(),
        "numpy": pickle.dumps(np.random.get_state()),
        "numpy errors": np.geterr(),
        "locale": locale.setlocale(locale.LC_ALL),
        "recursion": sys.getrecursionlimit(),
        "switch": sys.getswitchinterval(),
        "signals": [signal.getsignal(n) for n in signal.valid_signals()],
        "root logger": (logging.root.level, list(logging.root.handlers), logging.raiseExceptions),
        "disabled": logging.root.manager.disable,
        "loggers": loggers,
        "warnings": copy.copy(warnings.filters),
        "collector": (gc.isenabled(), gc.get_threshold(), gc.get_debug(), list(gc.callbacks)),
        "decimals": repr(decimal.getcontext()),
        "folder": Path.cwd(),
        "environment": dict(os.environ),
        "path": list(sys.path),
        "hooks": (sys.excepthook, sys.displayhook, threading.excepthook, sys.unraisablehook),
        "traces": (sys.gettrace(), sys.getprofile()),
        "streams": (sys.stdin, sys.stdout, sys.stderr),
        "threads": threading.active_count(),
        "mask": mask(),
        "files": len(list(Path("/proc/self/fd").iterdir()))
        if Path("/proc/self/fd").exists()
        else 0,
    }


def shown(logger: logging.Logger) -> list[logging.Handler]:
    """Handlers that write something."""
    return [one for one in logger.handlers if not isinstance(one, logging.NullHandler)]


def mask() -> int:
    now = os.umask(0o22)
    os.umask(now)
    return now


def use_all_of_it() -> None:
    thorough = Options(effort="thorough")
    for page in PAGES[::3]:
        cleanarticle.extract(page)
        cleanarticle.explain(page, url="https://www.example.com/2024/05/06/a", options=thorough)
    assert len(list(cleanarticle.extract_many(PAGES[::3], site="one"))) == len(PAGES[::3])


def test_nothing_of_the_process_is_changed() -> None:
    use_all_of_it()  # loads what is loaded when it is first needed
    before = state()
    use_all_of_it()
    after = state()
    assert after.keys() == before.keys()
    assert {key for key in before if before[key] != after[key]} == set()


def test_nor_by_the_import_and_the_first_use() -> None:
    code = (
        "import importlib, numpy, sys\n"
        "from hardening import test_threads\n"
        "test_threads.print_first_changes()"
    )
    assert json.loads(child(code)) == []


def print_first_changes() -> None:
    """Run in a fresh process: what the first use changes, loggers of others included."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "cleanarticle"]:
        del sys.modules[name]
    before = state()
    import cleanarticle as fresh

    for page in PAGES[::8]:
        fresh.extract(page)
        fresh.extract(page, options=fresh.Options(effort="thorough"))
    after = state()
    for found in (before, after):
        known = before["loggers"].keys()
        found["loggers"] = {name: found["loggers"].get(name) for name in known}
    print(json.dumps(sorted(key for key in before if before[key] != after[key])))


def exceptions() -> Iterator[Exception]:
    yield errors.PageTypeError("int")
    yield errors.UnreadableInput("page.html", "it is a folder")
    for kind in (errors.OptionError, errors.WeightsError, errors.CorpusError, errors.MissingExtra):
        yield kind("what is wrong, and what to do")


@pytest.mark.parametrize("error", list(exceptions()), ids=lambda error: type(error).__name__)
def test_exceptions_travel_between_processes(error: Exception) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert (str(again), again.args, vars(again)) == (str(error), error.args, vars(error))
    assert str(copy.copy(error)) == str(error)


class Stopped(Exception):
    """Raised in the middle of a page."""


def stopped_at(call: int, run: Callable[[], object]) -> bool:
    """Whether a run was stopped at a call of a function, counted from its beginning."""
    count = 0

    def tick(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")
        if count == call:
            sys.setprofile(None)
            raise Stopped

    sys.setprofile(tick)
    try:
        run()
    except Stopped:
        return True
    finally:
        sys.setprofile(None)
    return False


# Stopped as it is let go, a generator has nobody to tell.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("page", PAGES[:4], ids=lambda page: page.parent.name)
def test_who_stops_it_in_the_middle_finds_all_as_it_was(page: Path) -> None:
    data = page.read_bytes()
    right = digest(data)
    enabled = gc.isenabled()
    stopped = 0
    for call in (*range(1, 60), *range(60, 6_000, 113)):
        stopped += stopped_at(call, lambda: cleanarticle.extract(data))
        assert gc.isenabled() == enabled
    assert stopped > 60
    found: list[str] = []
    other = threading.Thread(target=lambda: found.append(digest(data)), daemon=True)
    other.start()
    other.join(60)  # where a lock was left locked, only the thread that did it goes on
    assert found == [right]


@pytest.mark.parametrize("enabled", [True, False])
def test_threads_leave_the_collector_as_it_was(enabled: bool) -> None:
    pages = [page.read_bytes() for page in PAGES[:6]]
    was = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        in_threads(pages, 0.3)
        assert gc.isenabled() == enabled
    finally:
        (gc.enable if was else gc.disable)()


def test_the_collector_works_in_a_child_forked_beside_a_busy_thread() -> None:
    """The thread that paused it is not there to start it again."""
    if not hasattr(os, "fork"):
        pytest.skip("no fork here")
    code = (
        f"import sys, warnings; sys.setswitchinterval({SWITCH_SECONDS})\n"
        "warnings.simplefilter('ignore')\n"
        "from hardening import test_threads\n"
        "print(test_threads.forks_without_collector(80))"
    )
    assert child(code).strip() == "0"


def forks_without_collector(number: int) -> int:
    """How many of so many children, forked while threads read pages, have no collector."""
    opened = [readers.open_page(page.read_bytes()) for page in cases.pages()]
    going = True

    def read() -> None:
        while going:
            for one in opened:
                readers.read(one)

    thread = threading.Thread(target=read)
    thread.start()
    lost = 0
    for _ in range(number):
        process = os.fork()
        if not process:
            os._exit(0 if gc.isenabled() else 1)
        lost += os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    going = False
    thread.join()
    return lost
