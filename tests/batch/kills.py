"""Kills a batch at random moments, again and again, and goes on with it each time.

A program of its own: it forks, which is quick once all is loaded, and safe where no thread runs.
"""

import contextlib
import json
import multiprocessing
import os
import random
import select
import signal
import sys
import time
from pathlib import Path
from typing import Any

from batch.stories import story, write_stories
from cleanarticle.batch import Choices, Item, clean, run
from cleanarticle.batch import journal as journal_of

KILLS, PAGES = 50, 30
CHOICES = Choices(jobs=2)


def main(folder: Path) -> dict[str, Any]:
    """Figures of the kills."""
    fork = multiprocessing.get_context("fork")
    multiprocessing.get_context = lambda _method=None: fork  # type: ignore[assignment]
    journal_of._lock = lambda _file, _path: (
        None
    )  # which forked workers hold on to, spawned ones not
    os.chdir(folder)
    write_stories(Path("pages"), range(PAGES))
    clean(Item(source="", position=0, id="", page=story(0)))  # forked workers need not load it then
    begun = time.monotonic()
    run(["pages", "missing"], Path("whole.jsonl"), CHOICES)
    longest = time.monotonic() - begun
    whole, out, journal = Path("whole.jsonl"), Path("out.jsonl"), Path("out.jsonl.partial")
    chance = random.Random(6)
    kills, lines, same = 0, set(), []
    while kills < KILLS or journal.exists():
        kills += _killed(out, chance.uniform(0, longest) if kills < KILLS else 600.0)
        if out.exists() and not journal.exists():
            same.append(out.read_bytes() == whole.read_bytes())
            out.unlink()
        elif journal.exists():
            lines.add(journal.read_bytes().count(b"\n"))
    return {
        "kills": kills,
        "lines": len(lines),
        "same": same,
        "left": sorted(map(str, Path().iterdir())),
    }


def _killed(out: Path, seconds: float) -> bool:
    """Go on with the batch, and kill it after so many seconds if it still runs then."""
    ended, its_end = os.pipe()
    child = os.fork()
    if not child:
        os.close(ended)
        os.setpgid(0, 0)
        run(["pages", "missing"], out, CHOICES, resume=True)
        os._exit(0)
    os.close(its_end)
    ready, _, _ = select.select([ended], [], [], seconds)
    if not ready:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    with contextlib.suppress(ProcessLookupError):  # forked workers do not hear that it has gone
        os.killpg(child, signal.SIGKILL)
    os.close(ended)
    assert status in (0, signal.SIGKILL)
    return status == signal.SIGKILL


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
