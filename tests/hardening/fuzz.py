"""A million inputs, made by generators from seeds, to both entry points.

    python tests/hardening/fuzz.py FAMILY SEED [CORPUS]

writes the input of that name to stdout: what a row of the table or a fault on stderr names.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))

from hardening.findings import Finding, Setting, Unavailable
from hardening.fuzzing import guided
from hardening.fuzzing.crew import Fault, Outcome, Task, work
from hardening.fuzzing.families import FAMILIES, SHARES, Shelf, given
from hardening.fuzzing.trial import SECONDS, SECONDS_A_MEGABYTE, bound

LONG, SHORT = 1_000_000, 20_000
ROW = 200  # seeds of a task
COMPARED = 20  # one task in so many is tried in Python too
BOUND = f"{SECONDS:g} s + {SECONDS_A_MEGABYTE:g} s a MB"
WRONG = ("exception", "broken promise", "crash", "over its bound")
NO_MACHINE = "Linux or another system with signals of timers"


def findings(setting: Setting) -> Iterator[Finding]:
    """A row a family of inputs, one on the compiled parts, and those of the guided targets."""
    if sys.platform == "win32":
        raise Unavailable(NO_MACHINE)
    corpus = setting.corpus if setting.corpus and setting.corpus.is_dir() else None
    made = tasks(LONG if setting.long else SHORT)
    found: dict[str, list[Outcome]] = {family: [] for family in FAMILIES}
    tried, total = 0, sum(task.count for task in made)
    for number, outcome in enumerate(work(made, corpus, setting.jobs)):
        found[outcome.task.family].append(outcome)
        tried += outcome.tried
        for fault in outcome.faults:
            _say(fault)
        if number % 100 == 99:
            print(f"fuzz: {tried:,} of {total:,}", file=sys.stderr, flush=True)
    shelf = Shelf(corpus)
    for family, outcomes in found.items():
        yield _row(family, outcomes, shelf)
    yield _in_python([outcome for outcomes in found.values() for outcome in outcomes])
    yield _compared([outcome for outcomes in found.values() for outcome in outcomes])
    if setting.long:
        yield from guided.findings(setting.jobs)


def tasks(count: int) -> list[Task]:
    """Rows of seeds of all families, in the shares that they have, mixed."""
    rows: list[tuple[float, Task]] = []
    for family, share in SHARES.items():
        seeds = count * share // sum(SHARES.values())
        starts = range(0, seeds, ROW)
        for number, first in enumerate(starts):
            task = Task(family, first, min(ROW, seeds - first), number % COMPARED == 0)
            rows.append((number / len(starts), task))
    return [task for _place, task in sorted(rows, key=lambda row: row[0])]


def _row(family: str, outcomes: list[Outcome], shelf: Shelf) -> Finding:
    faults = Counter(f.what for o in outcomes for f in o.faults if not f.pure)
    seconds, seed = max((outcome.slowest for outcome in outcomes), default=(0.0, 0))
    bounded = bound(given(family, seed, shelf))
    counted = ", ".join(f"{faults[what]} × {what}" for what in WRONG)
    slowest = f"slowest {seconds:.2f} s (seed {seed}, bound {bounded:.1f} s = {BOUND})"
    holds = not any(faults[what] for what in WRONG)
    return Finding(family, sum(o.tried for o in outcomes), f"{counted}; {slowest}", holds)


def _in_python(outcomes: list[Outcome]) -> Finding:
    faults = Counter(f.what for o in outcomes for f in o.faults if f.pure)
    counted = ", ".join(f"{faults[what]} × {what}" for what in WRONG)
    count = sum(o.in_python for o in outcomes)
    return Finding("some of all these, without the compiled parts", count, counted, not faults)


def _compared(outcomes: list[Outcome]) -> Finding:
    different = sum(f.what == "difference" for o in outcomes for f in o.faults)
    count = sum(o.compared for o in outcomes)
    happened = f"{different} differ with and without the compiled parts"
    return Finding("the same input twice, compared", count, happened, not different)


def _say(fault: Fault) -> None:
    where = " in Python" if fault.pure else ""
    print(f"fuzz: {fault.what}{where}: {fault.family!r} {fault.seed}: {fault.how}", file=sys.stderr)


def main(family: str, seed: str, corpus: str = "") -> None:
    """Write one input."""
    made = given(family, int(seed), Shelf(Path(corpus) if corpus else None))
    page = made.page
    data = page if isinstance(page, bytes) else page.encode("utf-8", "surrogatepass")
    print(f"kind={made.kind} url={made.url!r} crawled_at={made.crawled_at!r}", file=sys.stderr)
    sys.stdout.buffer.write(data)


if __name__ == "__main__":
    main(*sys.argv[1:])
