"""Threads and pools of processes over pages: the same articles, and no crash."""

import faulthandler
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from hardening.findings import Finding, Setting
from hardening.pages import digest, sample

THREADS = 16
SECONDS, SECONDS_LONG = 20.0, 600.0
PAGES, PAGES_LONG = 60, 300
START_METHODS = ("fork", "spawn", "forkserver")
SWITCH_SECONDS = 1e-5  # between two threads: as often as may be
END_SECONDS = 300.0  # that a child may take beyond its time


def findings(setting: Setting) -> Iterator[Finding]:
    """Each in a child process, so that its crash is a finding and not the end."""
    for pure in ("", "1"):
        yield _child(setting, "threads", pure)
    for method in START_METHODS:
        yield _child(setting, method, "")


def _child(setting: Setting, what: str, pure: str) -> Finding:
    seconds = (SECONDS_LONG if setting.long else SECONDS) / (2 if what == "threads" else 1)
    tried = f"{THREADS} threads for {seconds:.0f} s{', pure Python' if pure else ''}"
    if what != "threads":
        seconds, tried = 0.0, f"a pool by {what}, after threads"
    with tempfile.TemporaryFile("w+") as said:
        command = [sys.executable, __file__, what, str(seconds), str(int(setting.long))]
        try:
            done = subprocess.run(
                command + [str(setting.corpus)] * (setting.corpus is not None),
                env={
                    **os.environ,
                    "PYTHONPATH": os.pathsep.join(sys.path),
                    "CLEANARTICLE_PURE_PYTHON": pure,
                },
                stdout=subprocess.PIPE,
                stderr=said,
                text=True,
                timeout=seconds + END_SECONDS * (4 if setting.long else 1),
            )
        except subprocess.TimeoutExpired:
            return Finding(tried, 0, "did not come to an end", holds=False)
        said.seek(0)
        sys.stderr.write(said.read())
    if done.returncode:
        return Finding(tried, 0, f"ended with exit code {done.returncode}", holds=False)
    count, other, errors = json.loads(done.stdout.splitlines()[-1])
    happened = f"{other} other articles than one thread gives, {errors} errors"
    return Finding(tried, count, happened, holds=not other and not errors)


def main(what: str, seconds: float, long: bool, corpus: Path | None) -> None:
    """Print as JSON how many articles were made, how many were others, how many errors came."""
    faulthandler.enable()
    pages = sample(Setting(corpus, long, 1), PAGES_LONG if long else PAGES)
    if what == "threads":
        print(json.dumps(in_threads(pages, seconds)))
        return
    right = [digest(page) for page in pages]
    in_threads(pages[: THREADS * 2], 0.0)
    with multiprocessing.get_context(what).Pool(2) as pool:
        found = pool.map(digest, pages, chunksize=4)
    print(json.dumps([len(found), sum(a != b for a, b in zip(right, found, strict=True)), 0]))


def in_threads(pages: list[bytes], seconds: float) -> tuple[int, int, int]:
    """Articles, those that differ from what one thread makes afterwards, and errors.

    All threads begin with the first use of the library at one time.
    """
    made: list[list[tuple[int, str]]] = [[] for _ in range(THREADS)]
    errors: list[BaseException] = []
    gate = threading.Barrier(THREADS)
    end = time.monotonic() + seconds

    def work(number: int) -> None:
        gate.wait()
        n = number if seconds else 0
        while not made[number] or time.monotonic() < end:
            try:
                made[number].append((n % len(pages), digest(pages[n % len(pages)])))
            except Exception as error:  # of whatever type: it is what is looked for
                errors.append(error)
                print(f"threads: {error!r}", file=sys.stderr)
                return
            n += 7

    _run_all(work)
    right = [digest(page) for page in pages]
    results = [result for each in made for result in each]
    return len(results), sum(right[n] != found for n, found in results), len(errors)


def _run_all(work: Callable[[int], None]) -> None:
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_SECONDS)
    try:
        threads = [threading.Thread(target=work, args=(n,)) for n in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(before)


if __name__ == "__main__":
    main(
        sys.argv[1],
        float(sys.argv[2]),
        sys.argv[3] == "1",
        Path(sys.argv[4]) if sys.argv[4:] else None,
    )
