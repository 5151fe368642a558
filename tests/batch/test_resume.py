"""A run that is killed can be gone on with, and nothing is lost or written twice."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from batch import kills
from batch.stories import write_stories

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="signals are of POSIX")
TESTS = Path(__file__).parent.parent
PATHS = os.pathsep.join([str(TESTS), str(TESTS.parent / "src")])
LONG = 300  # seconds; what takes as long has failed


def test_fifty_kills_at_random_moments_change_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "batch.kills", str(tmp_path)],
        # one thread, since it forks
        env={
            **os.environ,
            "PYTHONPATH": PATHS,
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
        },
        capture_output=True,
        text=True,
        timeout=LONG,
        check=False,
    )
    assert done.stderr == ""
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["kills"] == kills.KILLS
    assert found["lines"] >= 10  # it was killed at many places
    assert found["same"]
    assert all(found["same"])
    assert found["left"] == ["pages", "whole.jsonl"]
    assert len((tmp_path / "whole.jsonl").read_text("utf-8").splitlines()) == kills.PAGES + 1


def test_the_command_that_is_killed_goes_on_with_resume(tmp_path: Path) -> None:
    write_stories(tmp_path / "pages", range(30))

    def batch(out: str, *more: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "cleanarticle", "batch", "pages", "-o", out, "--jobs=2", *more],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": PATHS},
            stderr=subprocess.PIPE,
            text=True,
        )

    with batch("whole.jsonl") as process:
        assert process.wait(LONG) == 0
    journal = tmp_path / "out.jsonl.partial"
    for wanted in (0, 2, 9, 20):
        with batch("out.jsonl", "--resume") as process:
            wait_for_lines(journal, wanted + 1, process)
            process.kill()
        assert process.returncode == -signal.SIGKILL
    kept = journal.read_bytes().count(b"\n") - 1
    assert 20 <= kept < 30
    with batch("out.jsonl", "--resume") as process:
        _, told = process.communicate(timeout=LONG)
    assert process.returncode == 0
    assert f"done before {kept} " in " ".join(told.split())
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
    assert not journal.exists()


def wait_for_lines(path: Path, number: int, process: subprocess.Popen[str]) -> None:
    """Wait until a file has so many lines; the process must not end before."""
    for _time in range(100 * LONG):
        if path.exists() and path.read_bytes().count(b"\n") >= number:
            return
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.01)
    pytest.fail(f"{path} did not get {number} lines")
