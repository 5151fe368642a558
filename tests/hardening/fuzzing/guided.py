"""The targets for a fuzzer that is guided by coverage, and how they are run."""

import importlib.util
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cases
from cleanarticle.accelerator import SWITCH
from hardening.findings import Finding

FOLDER = Path(__file__).parent.parent / "targets"
TARGETS = {"html_bytes": ".html", "raw_text": ".txt"}  # and the pages of test cases to start from
MAX_BYTES = 2_000
LONGEST = f"-max_len={MAX_BYTES}"
RUNS = 30_000  # of each target
TAIL = 400  # characters of what it says when it fails
TRIED = "guided by coverage: {}"
MISSING = "not run: pip install atheris"


def findings(jobs: int, runs: int = RUNS) -> Iterator[Finding]:
    """A row a target."""
    if importlib.util.find_spec("atheris") is None:
        yield from (Finding(TRIED.format(name), 0, MISSING, holds=False) for name in TARGETS)
        return
    with ThreadPoolExecutor(jobs) as pool:
        ended = pool.map(lambda name: _run(name, runs), TARGETS)
        for name, (code, said) in zip(TARGETS, ended, strict=True):
            failed = " ".join(f"ended with {code}: {said[-TAIL:]}".split()).replace("|", "¦")
            happened = failed if code else "0 × exception, 0 × broken promise, 0 × crash"
            yield Finding(TRIED.format(name), runs, happened, not code)


def _run(name: str, runs: int) -> tuple[int, str]:
    path = os.pathsep.join(filter(None, sys.path))
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        seeds = Path(folder, "seeds")
        seeds.mkdir()
        for number, page in enumerate(cases.pages()):
            data = page.read_bytes()
            if len(data) <= MAX_BYTES and page.suffix == TARGETS[name]:
                (seeds / str(number)).write_bytes(data)
        done = subprocess.run(
            [
                sys.executable,
                str(FOLDER / f"{name}.py"),
                str(seeds),
                f"-runs={runs}",
                "-seed=1",
                LONGEST,
            ],
            cwd=folder,  # where it leaves an input that it failed with
            env={**os.environ, "PYTHONPATH": path, SWITCH: "1"},
            capture_output=True,
            check=False,
            text=True,
            errors="replace",
        )
    return done.returncode, done.stdout + done.stderr
