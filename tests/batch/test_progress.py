"""What is told while a batch runs."""

import io
import os
import pty
import subprocess
import sys
import termios
import threading
from typing import Any

import pytest

from cleanarticle.batch import progress
from cleanarticle.batch.progress import Progress


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


class Broken(Terminal):
    """A stream whose reader is gone."""

    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal

    def write(self, text: str) -> int:
        raise BrokenPipeError("nobody reads")


def told(seconds_a_page: float, pages: int, **own: Any) -> str:
    stream, clock = io.StringIO(), Clock()
    with Progress(stream, clock=clock, **own) as shown:
        for number in range(pages):
            clock.now += seconds_a_page
            shown.advance(failed=number % 10 == 0)
    return stream.getvalue()


def test_a_log_gets_a_line_a_minute() -> None:
    assert told(0.5, 600).splitlines() == [
        f"{n * 120} pages, 2.0 pages/s, {n * 12} failed" for n in range(1, 6)
    ]


def test_a_log_tells_the_time_left_where_the_total_is_known() -> None:
    assert told(1 / 32, 1_920, total=7_680) == (
        "1,920 of 7,680 pages, 32.0 pages/s, 192 failed, 3 minutes left\n"
    )
    for total in (1_920, 0):  # the last page, and a total that was too low
        line = f"1,920 of {total:,} pages, 32.0 pages/s, 192 failed\n"
        assert told(1 / 32, 1_920, total=total) == line


def test_a_short_batch_writes_no_line() -> None:
    assert told(0.1, 599) == ""


def test_a_pause_is_one_line_and_not_one_for_each_minute() -> None:
    assert told(3_600.0, 2).count("\n") == 2


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()])
def test_quiet_is_quiet(stream: io.StringIO, capfd: Any) -> None:
    clock = Clock()
    with Progress(stream, True, 5, clock=clock) as shown:
        for _ in range(5):
            clock.now += 100
            shown.advance(failed=True)
    assert stream.getvalue() == ""
    assert capfd.readouterr() == ("", "")


def test_a_terminal_sees_a_bar_with_pages_failures_and_time(capfd: Any) -> None:
    stream = Terminal()
    with Progress(stream, total=20) as shown:
        for number in range(20):
            shown.advance(failed=number < 3)
    last = stream.getvalue().split("\r")[-1]
    assert "20/20" in last
    assert "pages/s" in last
    assert "3 failed" in last
    assert last.endswith("\n")
    assert capfd.readouterr() == ("", "")


def test_a_terminal_sees_a_count_where_the_total_is_not_known() -> None:
    stream = Terminal()
    with Progress(stream) as shown:
        for _ in range(7):
            shown.advance()
    last = stream.getvalue().split("\r")[-1]
    assert last.startswith("7 pages")
    assert "failed" not in last


@pytest.mark.parametrize("terminal", [True, False])
def test_a_stream_that_breaks_does_not_end_the_batch(terminal: bool) -> None:
    clock = Clock()
    with Progress(Broken(terminal), total=5, clock=clock) as shown:
        for _ in range(5):
            clock.now += 100
            shown.advance()
    assert clock.now == 1_500.0


def test_an_error_of_the_batch_passes_through() -> None:
    def batch() -> None:
        with Progress(Terminal()) as shown:
            shown.advance()
            raise RuntimeError("torn")

    with pytest.raises(RuntimeError, match="torn"):
        batch()


def test_the_bar_starts_no_thread() -> None:
    before = threading.active_count()
    with Progress(Terminal(), total=3) as shown:
        shown.advance()
        assert threading.active_count() == before


ON_A_TERMINAL = """
import sys
from cleanarticle.batch.progress import Progress
with Progress(sys.stderr, total=3) as shown:
    for _ in range(3):
        shown.advance()
"""


def test_the_bar_shows_on_a_real_terminal() -> None:
    leader, follower = pty.openpty()
    termios.tcsetwinsize(follower, (24, 80))
    environment = {**os.environ, "PYTHONPATH": str(progress.__file__).split("/cleanarticle/")[0]}
    command = [sys.executable, "-W", "error", "-c", ON_A_TERMINAL]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=follower, env=environment)
    os.close(follower)
    shown = os.read(leader, 100_000).decode("utf-8")
    os.close(leader)
    assert (done.returncode, done.stdout) == (0, b"")
    assert "3/3" in shown


def test_tqdm_is_loaded_for_a_bar_alone() -> None:
    code = (
        "import io, sys; from cleanarticle.batch.progress import Progress\n"
        "with Progress(io.StringIO()) as shown: shown.advance()\n"
        "assert 'tqdm' not in sys.modules"
    )
    environment = {**os.environ, "PYTHONPATH": str(progress.__file__).split("/cleanarticle/")[0]}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
