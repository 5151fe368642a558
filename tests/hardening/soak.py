"""Very many extractions in one process: memory, objects, files and threads stay level."""

import ctypes
import gc
import json
import math
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from hardening.findings import Finding, Setting
from hardening.pages import digest, sample

EXTRACTIONS, EXTRACTIONS_LONG = 3_000, 100_000
PAGES, PAGES_LONG = 100, 500
PASSES_TO_WARM = 0.25  # of all: caches fill, and the allocator finds its size
MOST_BYTES = 1_000_000  # in all: less than one page takes while it is read
ERRORS = 2.0  # standard errors of the slope that count as level
MOST_OBJECTS = 0.001  # a page: one object in a thousand pages


@dataclass(frozen=True, slots=True)
class Level:
    """A process at the end of a pass over all pages."""

    pages: int
    """So far."""
    plain: int
    """Bytes resident, after a collection."""
    trimmed: int
    """The same once the allocator has handed back what it keeps; as `plain` where it cannot."""
    objects: int
    files: int
    threads: int
    digest: str
    """Of all articles of the pass."""


@dataclass(frozen=True, slots=True)
class Slope:
    """By how much a value grows a page."""

    value: float
    error: float


def findings(setting: Setting) -> Iterator[Finding]:
    """Two processes, each with its own half of the pages' extractions."""
    if not Path("/proc/self/statm").exists():
        from hardening.findings import Unavailable

        raise Unavailable("memory is read from /proc: run it on Linux")
    runs = [_start(setting, half) for half in range(2)]
    for half, run in enumerate(runs):
        out, _nothing = run.communicate()
        name = f"process {half + 1} of 2, the same pages over and over"
        if run.returncode:
            yield Finding(name, 0, f"ended with exit code {run.returncode}", holds=False)
            continue
        yield told(name, [Level(**json.loads(line)) for line in out.splitlines()])


def told(name: str, levels: Sequence[Level]) -> Finding:
    """The finding on one process."""
    warm = levels[max(1, int(len(levels) * PASSES_TO_WARM)) :]
    plain = slope([(level.pages, level.plain) for level in warm])
    trimmed = slope([(level.pages, level.trimmed) for level in warm])
    objects = slope([(level.pages, level.objects) for level in warm])
    same = len({level.digest for level in levels}) == 1
    open_now = {(level.files, level.threads) for level in warm}
    happened = (
        f"{trimmed.value:+.1f} ± {trimmed.error:.1f} bytes a page "
        f"({plain.value:+.1f} ± {plain.error:.1f} untrimmed), "
        f"{levels[-1].plain / 2**20:.0f} MB at the end; "
        f"{objects.value:+.5f} objects a page, "
        f"{'as many' if len(open_now) == 1 else 'not as many'} files and threads, "
        f"{'the same' if same else 'OTHER'} articles in each of {len(levels)} passes"
    )
    grown = trimmed.value * (warm[-1].pages - warm[0].pages)
    is_level = trimmed.value <= ERRORS * trimmed.error or grown <= MOST_BYTES
    level = is_level and objects.value <= max(ERRORS * objects.error, MOST_OBJECTS)
    return Finding(name, levels[-1].pages, happened, holds=level and same and len(open_now) == 1)


def slope(points: Sequence[tuple[float, float]]) -> Slope:
    """The line of least squares through points, and the standard error of its slope."""
    count = len(points)
    if count < 3:
        return Slope(0.0, math.inf)
    middle = sum(x for x, _y in points) / count
    height = sum(y for _x, y in points) / count
    width = sum((x - middle) ** 2 for x, _y in points)
    value = sum((x - middle) * (y - height) for x, y in points) / width
    rest = sum((y - height - value * (x - middle)) ** 2 for x, y in points)
    return Slope(value, math.sqrt(rest / (count - 2) / width))


def _start(setting: Setting, half: int) -> subprocess.Popen[str]:
    command = [sys.executable, __file__, str(int(setting.long)), str(half)]
    return subprocess.Popen(
        command + [str(setting.corpus)] * (setting.corpus is not None),
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "OMP_NUM_THREADS": "1"},
    )


def main(long: bool, half: int, corpus: Path | None) -> None:
    """Print the level after each pass, as a line of JSON."""
    pages = sample(Setting(corpus, long, 1), PAGES_LONG if long else PAGES)[half::2]
    number = (EXTRACTIONS_LONG if long else EXTRACTIONS) // 2
    for done in range(1, max(8, number // len(pages)) + 1):
        combined = "".join(map(digest, pages))
        level = asdict(level_now(done * len(pages), digest_of(combined)))
        print(json.dumps(level), flush=True)  # not kept: it would be memory that grows
        del level, combined


def digest_of(text: str) -> str:
    import hashlib

    return hashlib.sha256(text.encode()).hexdigest()


def level_now(pages: int, digest: str) -> Level:
    """What this process holds now."""
    gc.collect()
    plain = _resident()
    _trim()
    return Level(
        pages=pages,
        plain=plain,
        trimmed=_resident(),
        objects=len(gc.get_objects()),
        files=len(list(Path("/proc/self/fd").iterdir())),
        threads=threading.active_count(),
        digest=digest,
    )


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _trim() -> None:
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


if __name__ == "__main__":
    main(sys.argv[1] == "1", int(sys.argv[2]), Path(sys.argv[3]) if sys.argv[3:] else None)
