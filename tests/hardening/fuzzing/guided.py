"""The targets for a fuzzer that is guided by coverage, run one after the other."""

import importlib.util
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import cases
from cleanarticle.accelerator import SWITCH
from hardening.findings import Finding

FOLDER = Path(__file__).parent.parent / "targets"
TARGETS = {"html_bytes": ".html", "raw_text": ".txt"}  # and the pages of test cases to start from
MAX_BYTES = 2_000
LONGEST = f"-max_len={MAX_BYTES}"
RUNS = 40_000  # of each target
TAIL = 400  # characters of what it says when it fails
MISSING = "not run: pip install atheris"


def findings(runs: int = RUNS) -> Iterator[Finding]:
    """A row a target."""
    for name, suffix in TARGETS.items():
        tried = f"guided by coverage: {name}"
        if importlib.util.find_spec("atheris") is None:
            yield Finding(tried, 0, MISSING, holds=False)
            continue
        code, said = _run(FOLDER / f"{name}.py", suffix, runs)
        happened = "0 × exception, 0 × crash" if not code else f"ended with {code}: {said[-TAIL:]}"
        yield Finding(tried, runs, " ".join(happened.split()).replace("|", "¦"), not code)


def _run(target: Path, suffix: str, runs: int) -> tuple[int, str]:
    path = os.pathsep.join(filter(None, sys.path))
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        seeds = Path(folder, "seeds")
        seeds.mkdir()
        for number, page in enumerate(cases.pages()):
            data = page.read_bytes()
            if len(data) <= MAX_BYTES and page.suffix == suffix:
                (seeds / str(number)).write_bytes(data)
        done = subprocess.run(
            [sys.executable, str(target), str(seeds), f"-runs={runs}", "-seed=1", LONGEST],
            cwd=folder,  # where it leaves an input that it failed with
            env={**os.environ, "PYTHONPATH": path, SWITCH: "1"},
            capture_output=True,
            check=False,
            text=True,
            errors="replace",
        )
    return done.returncode, done.stdout + done.stderr
