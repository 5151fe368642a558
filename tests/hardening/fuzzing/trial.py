"""The worker of the fuzz suite: a process that tries inputs, and may die of one.

It reads tasks from stdin and writes replies to stdout, JSON lines both. Before each call it writes
the seed into a small file that others see, so that a crash names its input; an input that takes
many times its bound ends the process, with the stack on stderr.

    python -m hardening.fuzzing.trial PLACE [CORPUS]
"""

import faulthandler
import json
import mmap
import signal
import struct
import sys
import time
import traceback
import warnings
from pathlib import Path
from typing import Any

from hardening.fuzzing import families, promises
from hardening.fuzzing.families import Given, Shelf

PLACE = struct.Struct("<q")
NOWHERE = PLACE.pack(-1)
SECONDS, SECONDS_A_MEGABYTE = 2.0, 1.0
HANGS, WAITS = 5, 60  # times its bound of processor time, and of waiting, end the process
LOOKED_UP = 20  # one input in so many is looked up in its page and tried twice


def bound(given: Given) -> float:
    """Seconds of processor time that an input may take."""
    page = given.page
    size = len(page) if isinstance(page, bytes) else len(page.encode("utf-8", "surrogatepass"))
    return SECONDS + SECONDS_A_MEGABYTE * size / 1e6


class Trial:
    """Tries inputs one by one and keeps count."""

    def __init__(self, place: mmap.mmap, shelf: Shelf) -> None:
        self.place = place
        self.shelf = shelf

    def task(self, family: str, first: int, count: int, answers: bool) -> dict[str, Any]:
        """What happened with a row of seeds."""
        reply: dict[str, Any] = {
            "count": count,
            "faults": [],
            "slowest": [0.0, first],
            "answers": {},
        }
        for seed in range(first, first + count):
            given = families.given(family, seed, self.shelf)
            self.place[:] = PLACE.pack(seed)
            seconds, what, answer = self.one(given, seed, answers)
            self.place[:] = NOWHERE
            reply["slowest"] = max(reply["slowest"], [seconds, seed])
            if what:
                reply["faults"].append([seed, *what])
            if answer is not None:
                reply["answers"][seed] = answer
        return reply

    def one(
        self, given: Given, seed: int, answers: bool
    ) -> tuple[float, tuple[str, str] | None, dict[str, Any] | None]:
        """Seconds, what was wrong, and the answer where it is asked for."""
        limit = bound(given)
        signal.setitimer(signal.ITIMER_PROF, HANGS * limit)
        signal.setitimer(signal.ITIMER_REAL, WAITS * limit)
        begun = time.process_time()
        try:
            report = promises.explain(given)
            seconds = time.process_time() - begun
            broken = promises.broken(report)
            if not broken and seed % LOOKED_UP == 0:
                broken = promises.broken_by_reading(given, report)
        except Exception:
            return time.process_time() - begun, ("exception", traceback.format_exc()), None
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.setitimer(signal.ITIMER_REAL, 0)
        answer = promises.answer(report) if answers else None
        if broken:
            return seconds, ("broken promise", broken), answer
        if seconds > limit:
            return seconds, ("over its bound", f"{seconds:.1f} s, bound {limit:.1f} s"), answer
        return seconds, None, answer


def main(place: str, corpus: str = "") -> None:
    """Answer tasks until there are no more."""
    for number in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
        faulthandler.register(number, chain=True)
    shelf = Shelf(Path(corpus) if corpus else None)
    promises.explain(Given("<p>It loads what is loaded when it is needed.</p>", "html"))
    warnings.simplefilter("error")
    with Path(place).open("r+b") as file, mmap.mmap(file.fileno(), PLACE.size) as shared:
        trial = Trial(shared, shelf)
        for line in sys.stdin:
            print(json.dumps(trial.task(**json.loads(line))), flush=True)


if __name__ == "__main__":
    faulthandler.enable()
    main(*sys.argv[1:])
