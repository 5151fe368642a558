"""`python tests/benchmarks/speed.py CORPUS`: how long a page takes, and where the time goes.

Times are of the processor, on one thread. On the same pages, in turns: this library with its
compiled parts and without, on HTML and on the page's text; lxml's parser alone; resiliparse's main
text; trafilatura in its `fast` mode, with metadata as ours, and as it is by default. Then: the
stages of a page, time against size, pages made to be slow, the start, and memory.
"""

import argparse
import json
import math
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parent))

import made_pages
import stages

SWITCH = "CLEANARTICLE_PURE_PYTHON"
SETS = ("news424", "wcxb_dev")
ROUNDS, SEED = 2, 7
OURS, PURE, TEXT, PURE_TEXT = "cleanarticle", "… in Python", "… on raw text", "… both"
PARSE, RESILIPARSE = "lxml's parser alone", "resiliparse, main text"
FAST, FULL = "trafilatura fast, metadata", "trafilatura, metadata"
# (ours, theirs, bar): of the sums over all pages.
BARS = (
    (PURE, FAST, 0.40),
    (OURS, FAST, 0.12),
    (OURS, RESILIPARSE, 1.5),
    (OURS, PARSE, 2.5),
    (TEXT, OURS, 0.35),
)
GROWTH_BAR, MEMORY_BAR = 1.05, 1.5
IMPORT_BAR, FIRST_BAR = 0.15, 0.1  # seconds
SLACK = 3  # what a check lets pass: machines differ, and are busy
CHECKED, CHECK_ROUNDS = 40, 5  # pages of a check; the quickest of the rounds counts
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Page:
    """A page in both its forms."""

    data: bytes
    url: str | None
    text: str


def main() -> int:
    """Print the figures; with `--check`, 1 if the ratio to the parser is beyond all noise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, help="folder of SET.jsonl files")
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--check", action="store_true", help="only the ratio to the parser")
    given = parser.parse_args()
    if given.check:
        return check(given.corpus)
    pages = read(given.corpus, given.pages)
    sizes = [len(page.data) for page in pages]
    print(f"{len(pages)} pages, {statistics.mean(sizes) / 1000:,.0f} kB on average")
    ratios(pages)
    print("\nstages, ms a page on average")
    with worker(pure=False) as compiled, worker(pure=True) as python:
        print_stages({OURS: compiled, PURE: python}, pages)
        growth(compiled)
        shapes(compiled)
    start()
    memory()
    return 0


def read(folder: Path, number: int) -> list[Page]:
    """Pages of the sets in equal parts, chosen by chance but always the same."""
    from cleanarticle.training import corpus

    chosen = []
    for name in SETS:
        found = [page for page in corpus.read(folder, [name]) if page.html.exists()]
        random.Random(SEED).shuffle(found)
        chosen += found[: number // len(SETS)]
    return [Page(page.data(), page.url, text_of(page.data())) for page in chosen]


def text_of(data: bytes) -> str:
    """A page as raw text, a line a block."""
    from cleanarticle import readers
    from cleanarticle.training import forms

    blocks = forms.blocks(readers.open_page(data).text or "")
    return "\n".join(forms.text_of(nodes) for _tag, nodes in blocks)


# ratios -----------------------------------------------------------------


def ratios(pages: Sequence[Page]) -> None:
    """All systems on all pages in turns; the lower of two rounds counts."""
    times: dict[str, list[float]] = {}
    with worker(pure=False) as compiled, worker(pure=True) as python:
        systems = {**peers(), **ours(compiled, python)}
        for page in pages[:5]:  # what is loaded with the first page is measured elsewhere
            for run in systems.values():
                run(page)
        for _round in range(ROUNDS):
            for position, page in enumerate(pages):
                for name, run in systems.items():
                    spent = run(page)
                    known = times.setdefault(name, [math.inf] * len(pages))
                    known[position] = min(known[position], spent)
    for name, values in times.items():
        mean, median = statistics.mean(values), statistics.median(values)
        print(f"{name:<28}{mean * 1000:8.2f} ms on average,{median * 1000:8.2f} at the median")
    for one, other, bar in BARS:
        if one in times and other in times:
            of_sums = sum(times[one]) / sum(times[other])
            pairs = zip(times[one], times[other], strict=True)
            of_pages = statistics.median(a / b for a, b in pairs)
            what = f"{one} ÷ {other}"
            print(f"{what:<58}{of_sums:6.3f}   bar {bar:.2f}   median of pages {of_pages:.3f}")


def peers() -> dict[str, Callable[[Page], float]]:
    """Seconds that others need for a page; those that are not installed are left out."""
    import trafilatura
    from lxml import etree

    def parse(page: Page) -> Any:
        return etree.fromstring(page.data, etree.HTMLParser(encoding="utf-8", huge_tree=True))

    def fast(page: Page) -> Any:
        return trafilatura.bare_extraction(page.data, url=page.url, fast=True, with_metadata=True)

    def full(page: Page) -> Any:
        return trafilatura.bare_extraction(page.data, url=page.url, with_metadata=True)

    found: dict[str, Callable[[Page], Any]] = {PARSE: parse, FAST: fast, FULL: full}
    try:
        from resiliparse.extract.html2text import extract_plain_text
        from resiliparse.parse.encoding import detect_encoding
        from resiliparse.parse.html import HTMLTree
    except ImportError:
        print("resiliparse is not installed: left out")
    else:

        def lexbor(page: Page) -> Any:
            tree = HTMLTree.parse_from_bytes(page.data, detect_encoding(page.data))
            return extract_plain_text(tree, main_content=True)

        found[RESILIPARSE] = lexbor
    return {name: _timed(run) for name, run in found.items()}


def _timed(run: Callable[[Page], Any]) -> Callable[[Page], float]:
    def spent(page: Page) -> float:
        begun = time.process_time()
        run(page)
        return time.process_time() - begun

    return spent


def ours(compiled: Any, python: Any) -> dict[str, Callable[[Page], float]]:
    """Seconds that this library needs for a page, asked of the two workers."""
    return {
        OURS: lambda p: compiled.apply(stages.seconds, (p.data, p.url, "auto")),
        PURE: lambda p: python.apply(stages.seconds, (p.data, p.url, "auto")),
        TEXT: lambda p: compiled.apply(stages.seconds, (p.text, p.url, "text")),
        PURE_TEXT: lambda p: python.apply(stages.seconds, (p.text, p.url, "text")),
    }


def worker(*, pure: bool) -> Any:
    """A process that has the compiled parts, or has them switched off."""
    os.environ[SWITCH] = "1" if pure else "0"
    try:
        return get_context("spawn").Pool(1)
    finally:
        del os.environ[SWITCH]


def check(folder: Path) -> int:
    """Whether the ratio to the bare parse is within the bar, with slack; for CI."""
    pages = read(folder, CHECKED)
    parse = peers()[PARSE]
    bar = next(bar for one, other, bar in BARS if (one, other) == (OURS, PARSE)) * SLACK
    with worker(pure=False) as compiled:
        compiled.apply(stages.seconds, (pages[0].data, None, "auto"))
        own = theirs = 0.0
        for page in pages:
            arguments = (page.data, page.url, "auto")
            rounds = [
                (parse(page), compiled.apply(stages.seconds, arguments))
                for _round in range(CHECK_ROUNDS)
            ]
            theirs += min(seconds for seconds, _own in rounds)
            own += min(seconds for _theirs, seconds in rounds)
        parts = compiled.apply(stages.compiled_parts)
    print(f"{OURS} ÷ {PARSE}: {own / theirs:.2f}, must be below {bar:.1f} ({len(pages)} pages)")
    if not parts:
        print("the compiled parts are not built here: the ratio is not held against the bar")
    return int(bool(parts) and own / theirs > bar)


# stages, size, shapes ---------------------------------------------------


def print_stages(workers: dict[str, Any], pages: Sequence[Page]) -> None:
    """The time of each stage, of HTML and of raw text."""
    tables: dict[str, dict[str, float]] = {}
    for name, pool in workers.items():
        for form in ("HTML", "text"):
            given = [(p.data if form == "HTML" else p.text, p.url) for p in pages]
            runs = [pool.apply(stages.table, (given, form)) for _round in range(ROUNDS)]
            tables[f"{name}, {form}"] = {s: min(run[s] for run in runs) for s in runs[0]}
    print(" " * 24 + "".join(f"{name:>22}" for name in tables))
    for stage in next(iter(tables.values())):
        figures = (f"{table[stage] / len(pages) * 1000:22.2f}" for table in tables.values())
        print(f"{stage:<24}{''.join(figures)}")
    sums = (f"{sum(table.values()) / len(pages) * 1000:22.2f}" for table in tables.values())
    print(f"{'sum':<24}{''.join(sums)}")


def growth(pool: Any) -> None:
    """Time against size, from 1 KB to 20 MB, and the exponent from 10 KB to 10 MB."""
    print("\ntime against size")
    found = []
    for size in (10**3, 10**4, 10**5, 10**6, 10**7, 2 * 10**7):
        data = made_pages.of_size(size)
        rounds = 1 if size > MEGABYTE else 5
        seconds = min(pool.apply(stages.seconds, (data, None, "html")) for _r in range(rounds))
        found.append((len(data), seconds))
        print(
            f"{len(data):>12,} bytes {seconds * 1000:12.1f} ms "
            f"{seconds / len(data) * 1e9:8.1f} ms/MB"
        )
    exponent = _slope([(math.log(n), math.log(s)) for n, s in found[1:-1]])
    print(f"growth exponent, 10 KB to 10 MB: {exponent:.3f}   bar {GROWTH_BAR}")


def _slope(points: Sequence[tuple[float, float]]) -> float:
    x, y = (statistics.mean(values) for values in zip(*points, strict=True))
    return sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _b in points)


def shapes(pool: Any) -> None:
    """Pages made to be slow, at two sizes: twice the page should take twice the time."""
    print("\npages made to be slow: half, whole, growth")
    for name, make in made_pages.SHAPES.items():
        both = [
            min(pool.apply(stages.seconds, (make(part), None, "html")) for _round in range(2))
            for part in (0.5, 1.0)
        ]
        print(
            f"{name:<40}{both[0] * 1000:10.0f} ms{both[1] * 1000:10.0f} ms{both[1] / both[0]:8.2f}"
        )


# start and memory -------------------------------------------------------


def start() -> None:
    """Import time, and what the first page takes beyond the second."""
    code = """
import json, sys, time
a = time.perf_counter(); import cleanarticle; b = time.perf_counter()
page = sys.stdin.read(); c = time.perf_counter()
cleanarticle.extract(page); d = time.perf_counter()
cleanarticle.extract(page); e = time.perf_counter()
print(json.dumps([b - a, (d - c) - (e - d)]))
"""
    page = made_pages.of_size(20_000)
    runs = [
        json.loads(
            subprocess.run(
                [sys.executable, "-c", code], input=page, capture_output=True, check=True
            ).stdout
        )
        for _round in range(5)
    ]
    imported, first = (min(values) for values in zip(*runs, strict=True))
    print(
        f"\nimport {imported:.3f} s, bar {IMPORT_BAR}; "
        f"first page {first:.3f} s more, bar {FIRST_BAR}"
    )


def memory() -> None:
    """Peak memory of a page of 10 MB, beside that of the parse alone."""
    page = made_pages.of_size(10 * MEGABYTE)
    small = made_pages.of_size(10_000)
    peaks = dict(_peaks(page, small))
    ratio = peaks["extract"] / peaks["parse"]
    print(
        f"peak memory, 10 MB page: parse {peaks['parse'] / MEGABYTE:.0f} MB, "
        f"extract {peaks['extract'] / MEGABYTE:.0f} MB, {ratio:.2f} times, bar {MEMORY_BAR}"
    )


def _peaks(page: bytes, small: bytes) -> Iterator[tuple[str, int]]:
    """Bytes at the peak above what stood there before; the weights are loaded by a small page."""
    code = """
import sys
import cleanarticle
from lxml import etree
def parse(data):
    return etree.fromstring(data, etree.HTMLParser(encoding="utf-8", huge_tree=True))
def now(what):
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith(what))
size = int(sys.argv[1])
data = sys.stdin.buffer.read()
small, page = data[:size], data[size:]
del data
cleanarticle.extract(small)
before = now("VmRSS")
result = cleanarticle.extract(page) if sys.argv[2] == "extract" else parse(page)
print(max(now("VmHWM") - before, 0))
"""
    for what in ("parse", "extract"):
        run = subprocess.run(
            [sys.executable, "-c", code, str(len(small)), what],
            input=small + page,
            capture_output=True,
            check=True,
        )
        yield what, int(run.stdout)


if __name__ == "__main__":
    sys.exit(main())
