"""Worker processes: what hangs, dies or eats is told, and the other pages come out."""

import multiprocessing
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from batch import faults
from cleanarticle import Options
from cleanarticle.batch import workers
from cleanarticle.batch.item import Item
from cleanarticle.batch.journal import Entry
from cleanarticle.batch.worker import Task
from cleanarticle.batch.workers import Workers
from cleanarticle.errors import CleanArticleError, MissingExtra, WeightsError

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="signals are of POSIX")
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
LONG = 60.0  # seconds; what takes as long has failed


@pytest.fixture(autouse=True)
def obeying(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Workers do what pages say; when a test is over, none is left."""
    monkeypatch.setattr(workers, "serve", faults.serve)
    yield
    assert multiprocessing.active_children() == []


def task(*, seconds: float = LONG, megabytes: int = 1_000, **choices: Any) -> Task:
    return Task(choices.get("options", Options()), choices.get("marks", False), megabytes, seconds)


def numbered(pages: Iterable[str | bytes]) -> Iterator[tuple[int, Item]]:
    for number, page in enumerate(pages):
        yield number, Item(source="s", position=number, id=str(number), page=page, url="http://u")


def entries_of(
    pages: Iterable[str | bytes], *, jobs: int = 2, ordered: bool = False, **limits: Any
) -> list[Entry]:
    """The entries of pages; by their numbers if they are not ordered."""
    with Workers(jobs, task(**limits)) as started:
        found = list(started.entries(numbered(pages), ordered=ordered))
    return found if ordered else sorted(found, key=lambda entry: entry.number)


def outcomes(entries: Iterable[Entry]) -> list[tuple[str, str | None]]:
    return [(entry.row["status"], entry.row["reason"]) for entry in entries]


OK = ("ok", None)


def test_a_page_that_hangs_is_a_timeout_and_the_others_come_out() -> None:
    entries = entries_of(["a", "hang", "b", "c", "d"], seconds=3.0)
    assert outcomes(entries) == [OK, ("timeout", "took more than 3 seconds"), OK, OK, OK]
    assert [entry.row["body"] for entry in entries] == ["a", "", "b", "c", "d"]
    late = entries[1]
    assert (late.seconds, late.input_bytes) == (3.0, 4)
    assert (late.row["id"], late.row["source"], late.row["position"]) == ("1", "s", 1)
    assert late.row["url"] == "http://u"


def test_a_page_whose_worker_dies_twice_has_failed_and_says_how(tmp_path: Path) -> None:
    count = tmp_path / "count"
    pages = ["a", "exit 7", "die SIGSEGV", "b", "die SIGKILL", f"count {count}", "c"]
    assert outcomes(entries_of(pages)) == [
        OK,
        ("failed", "its worker ended 2 times, the last with exit code 7"),
        ("failed", "its worker ended 2 times, the last by SIGSEGV"),
        OK,
        ("failed", "its worker ended 2 times, the last by SIGKILL"),
        ("failed", "its worker ended 2 times, the last with exit code 1"),
        OK,
    ]
    assert count.read_text() == "xx"


def test_a_page_whose_worker_dies_once_comes_out(tmp_path: Path) -> None:
    entries = entries_of(["a", f"once SIGKILL {tmp_path / 'died'}", "b"], ordered=True)
    assert outcomes(entries) == [OK, OK, OK]
    assert [entry.row["body"] for entry in entries] == ["a", "alive", "b"]


@on_linux
def test_a_page_that_eats_memory_has_failed_and_its_worker_is_replaced() -> None:
    entries = entries_of(["pid", "pid", "eat 400", "pid"], jobs=1, megabytes=200)
    reason = "the page takes more than 200 MB of memory"
    assert outcomes(entries) == [OK, OK, ("failed", reason), OK]
    first, second, _, last = (entry.row["body"] for entry in entries)
    assert first == second != last


@on_linux
def test_a_page_that_does_not_fit_in_the_memory_of_a_worker_has_failed(capfd: Any) -> None:
    entries = entries_of(["a", "b" * 50 * faults.MEGABYTE, "c"], jobs=1, megabytes=20)
    reason = "its worker ended 2 times, the last with exit code 1"
    assert outcomes(entries) == [OK, ("failed", reason), OK]
    assert capfd.readouterr() == ("", "")


@on_linux
def test_a_limit_that_is_there_already_is_not_raised() -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    room = (1 << 40, before[1])  # more than a worker takes, less than it would be given
    resource.setrlimit(resource.RLIMIT_AS, room)
    try:
        (entry,) = entries_of(["limit"], megabytes=10_000_000)
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
    assert entry.row["body"] == str(room[0])


def test_an_idle_worker_that_is_killed_takes_no_try_from_the_next_page(tmp_path: Path) -> None:
    bodies = []
    pages = ["pid", f"once SIGKILL {tmp_path / 'died'}", "pid"]
    with Workers(1, task()) as started:
        for entry in started.entries(numbered(pages), ordered=False):
            bodies.append(entry.row["body"])
            (child,) = multiprocessing.active_children()
            child.kill()
            child.join()
    assert bodies[1] == "alive"
    assert bodies[0] != bodies[2]


@pytest.mark.parametrize(
    ("serve", "message"),
    [
        (
            faults.leave,
            "a worker process ended with exit code 3 before it was ready; a script that runs a "
            'batch does so below `if __name__ == "__main__":`',
        ),
        (faults.die, "a worker process ended by SIGKILL before it was ready"),
        (faults.dream, "a worker was not ready after 1 seconds"),
    ],
)
def test_a_worker_that_does_not_get_ready_is_an_error(
    serve: Any, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "serve", serve)
    monkeypatch.setattr(workers, "START_SECONDS", 1.0 if serve is faults.dream else LONG)
    with pytest.raises(CleanArticleError) as raised:
        entries_of(["a", "b", "c"])
    assert str(raised.value) == message


def test_a_process_that_cannot_be_made_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def start(_process: Any) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(multiprocessing.context.SpawnProcess, "start", start)
    with pytest.raises(CleanArticleError, match=r"^a worker process cannot be started: .*tempo"):
        entries_of(["a"])


def test_errors_of_a_worker_that_gets_ready_keep_their_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "serve", faults.serve_without_datasketch)
    with pytest.raises(MissingExtra, match="marking duplicates needs datasketch"):
        entries_of(["a"], marks=True)
    missing = tmp_path / "weights.npz"
    with pytest.raises(WeightsError, match=r"weights\.npz"):
        entries_of(["a"], options=Options(weights=missing))


def test_no_process_remains_when_the_reader_leaves() -> None:
    with Workers(2, task()) as started:
        found = started.entries(numbered(["a", "hang", "b", "c"]), ordered=False)
        assert next(found).row["status"] == "ok"
        children = multiprocessing.active_children()
        assert len(children) == 2
    assert not any(child.is_alive() for child in children)


def test_no_process_remains_when_the_source_fails() -> None:
    def pages() -> Iterator[str]:
        yield from "abc"
        raise RuntimeError("the source is broken")

    with pytest.raises(RuntimeError, match="the source is broken"):
        entries_of(pages())


def test_no_process_is_started_without_pages_and_no_more_than_there_are_pages() -> None:
    assert entries_of([]) == []
    with Workers(8, task()) as started:
        next(started.entries(numbered(["a"]), ordered=False))
        assert len(multiprocessing.active_children()) == 1


def test_order_is_kept_and_few_pages_are_read_ahead_of_one_that_takes_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workers, "AHEAD", 5)
    asked = 0

    def pages() -> Iterator[str]:
        nonlocal asked
        for number in range(100):
            asked += 1
            yield str(number) if number else "hang"

    with Workers(2, task(seconds=3.0)) as started:
        found = started.entries(numbered(pages()), ordered=True)
        first = next(found)
        assert first.row["status"] == "timeout"
        assert 10 <= asked <= 12  # 5 a worker are inside, as many as there are workers wait
        assert [entry.row["body"] for entry in found] == [str(n) for n in range(1, 100)]


@pytest.mark.parametrize("jobs", [1, 3])
def test_the_source_is_read_no_further_than_workers_are_free(jobs: int) -> None:
    asked, most = 0, 0

    def pages() -> Iterator[str]:
        nonlocal asked
        for _number in range(60):
            asked += 1
            yield "a"

    with Workers(jobs, task()) as started:
        done = 0
        for _entry in started.entries(numbered(pages()), ordered=False):
            done += 1
            most = max(most, asked - done)
    assert done == 60
    assert most < 2 * jobs


@pytest.mark.parametrize("last", [0, 10])
def test_a_source_is_not_read_on_once_it_is_told_to_stop(last: int) -> None:
    asked = 0

    def pages() -> Iterator[str]:
        nonlocal asked
        for number in range(60):
            asked += 1
            if number == last:
                started.stop()
            yield str(number)

    with Workers(3, task()) as started:
        bodies = [e.row["body"] for e in started.entries(numbered(pages()), ordered=False)]
    assert asked == last + 1
    assert set(bodies) <= {str(number) for number in range(last)}
    assert len(bodies) >= last - 2 * 3  # of what had been given out, nothing is lost


def test_workers_have_one_thread_each_and_the_environment_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    before = dict(os.environ)
    entries = entries_of(["environ OMP_NUM_THREADS", "environ OPENBLAS_NUM_THREADS"])
    assert [entry.row["body"] for entry in entries] == ["1", "1"]
    assert dict(os.environ) == before


def test_large_pages_and_large_rows_pass_through() -> None:
    pages = [str(number) * 10 * faults.MEGABYTE for number in range(4)]
    entries = entries_of(pages)
    assert [entry.row["body"] for entry in entries] == pages
    assert [entry.input_bytes for entry in entries] == [len(page) for page in pages]


def test_ctrl_c_does_not_reach_workers_while_they_start() -> None:
    code = """
from batch import test_workers as here
here.workers.serve = here.faults.serve
print([entry.row["body"] for entry in here.entries_of(["blocked"], jobs=1)])
print("blocked here" if here.signal.pthread_sigmask(0, ()) else "as before")
"""
    tests = Path(__file__).parent.parent  # a new process: the first start differs from all others
    paths = os.pathsep.join([str(tests), str(tests.parent / "src")])
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "['True']\nas before\n"


def _reader(path: Path) -> int:
    """The reading end of a new named pipe."""
    os.mkfifo(path)
    return os.open(path, os.O_RDONLY | os.O_NONBLOCK)


def _read(pipe: int) -> bytes:
    """What comes next; nothing once its writer has ended."""
    ready, _, _ = select.select([pipe], [], [], LONG)
    assert ready
    return os.read(pipe, 100)


def _hang_alone(path: Path) -> None:
    """A batch of a page that hangs, to be killed."""
    workers.serve = faults.serve_without_grace
    list(Workers(1, task(seconds=2.0)).entries(numbered([f"tell {path}"]), ordered=False))


def test_a_page_that_hangs_does_not_outlive_a_batch_that_is_killed(tmp_path: Path) -> None:
    pipe = _reader(tmp_path / "pipe")
    batch = multiprocessing.get_context("spawn").Process(
        target=_hang_alone, args=(tmp_path / "pipe",)
    )
    batch.start()
    worker = int(_read(pipe))
    batch.kill()
    batch.join()
    os.kill(worker, 0)  # it is still there
    assert _read(pipe) == b""
    os.close(pipe)


def test_a_page_that_hangs_while_the_source_is_slow_is_a_timeout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "serve", faults.serve_without_grace)
    pipe = _reader(tmp_path / "pipe")

    def pages() -> Iterator[str]:
        yield f"tell {tmp_path / 'pipe'}"
        assert int(_read(pipe))
        assert _read(pipe) == b""  # the worker has ended itself
        yield "a"

    entries = entries_of(pages(), jobs=1, seconds=2.0)
    assert outcomes(entries) == [("timeout", "took more than 2 seconds"), OK]
    os.close(pipe)
