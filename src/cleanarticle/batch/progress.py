"""How far a batch is, told while it runs."""

import contextlib
import threading
import time
from collections.abc import Callable
from typing import IO, Any, Self

SECONDS_BETWEEN_LINES = 60.0


class Progress:
    """A bar where a person looks, a line a minute where a log is written, or nothing.

    A stream that breaks is left alone: the batch goes on.
    """

    def __init__(
        self,
        stream: IO[str],
        quiet: bool = False,
        total: int | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Tell nothing yet.

        Args:
            stream: the only thing that is written to.
            quiet: write nothing at all.
            total: number of pages, where it is known; the time left is told then.
            clock: seconds, never going back.
        """
        self._stream, self._quiet, self._total, self._clock = stream, quiet, total, clock
        self._pages = self._failures = 0
        self._bar: Any = None
        self._start = self._due = 0.0

    def __enter__(self) -> Self:
        """Start the clock, and show the bar on a terminal."""
        self._start = self._clock()
        self._due = self._start + SECONDS_BETWEEN_LINES
        if not self._quiet and self._stream.isatty():
            with contextlib.suppress(OSError):
                self._bar = _bar(self._stream, self._total)
        return self

    def __exit__(self, *_error: object) -> None:
        """Leave the bar as it is and go to the next line."""
        if self._bar is not None:
            with contextlib.suppress(OSError):
                self._bar.close()

    def advance(self, failed: bool = False) -> None:
        """One more page is done."""
        self._pages += 1
        self._failures += failed
        if self._quiet:
            return
        with contextlib.suppress(OSError):
            if self._bar is not None:
                self._advance_bar(failed)
            elif (now := self._clock()) >= self._due:
                self._due = now + SECONDS_BETWEEN_LINES
                self._stream.write(f"{self._line(now - self._start)}\n")
                self._stream.flush()

    def _advance_bar(self, failed: bool) -> None:
        if failed:
            self._bar.set_postfix_str(f"{self._failures:,} failed", refresh=False)
        self._bar.update()

    def _line(self, seconds: float) -> str:
        of_total = f" of {self._total:,}" if self._total is not None else ""
        rate = self._pages / seconds
        parts = [f"{self._pages:,}{of_total} pages", f"{rate:,.1f} pages/s"]
        parts += [f"{self._failures:,} failed"]
        if self._total is not None and self._total > self._pages:
            minutes = (self._total - self._pages) / rate / 60
            parts += [f"{minutes:,.0f} minutes left"]
        return ", ".join(parts)


def _bar(stream: IO[str], total: int | None) -> Any:
    from tqdm import tqdm  # only where there is a terminal, and imports stay light

    # Without its thread and its lock between processes: workers are started while the bar is there,
    # and to fork a process that has threads is not safe.
    bar: Any = type("Bar", (tqdm,), {"monitor_interval": 0})
    bar.set_lock(threading.RLock())
    return bar(total=total, unit=" pages", file=stream, dynamic_ncols=True)
