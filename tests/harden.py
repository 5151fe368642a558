"""The hardening suite: what was tried to break the library, how many times, and what happened.

    python tests/harden.py [CORPUS] [--long] [--only PART …]

prints a Markdown table, and ends with 1 where something does not hold. The parts are the modules
of `tests/hardening` that have a function `findings`; what they say on the way goes to stderr.
"""

import argparse
import importlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from hardening.findings import Finding, Setting, Unavailable

PARTS = ("fuzz", "bombs", "relations", "patterns", "threads", "soak", "fetching", "browser")


def main(arguments: list[str] | None = None) -> int:
    """Run the parts asked for; 0 where all that was promised holds."""
    given = _parser().parse_args(arguments)
    setting = Setting(corpus=given.corpus, long=given.long, jobs=given.jobs)
    print("| part | tried | how many | what happened | |\n| --- | --- | ---: | --- | --- |")
    holds = True
    for part in given.only or PARTS:
        begun = time.monotonic()
        for finding in _findings(part, setting):
            holds &= finding.holds
            _print(part, finding)
        print(f"{part}: {time.monotonic() - begun:.0f} s", file=sys.stderr)
    return 0 if holds else 1


def _findings(part: str, setting: Setting) -> Iterator[Finding]:
    try:
        yield from importlib.import_module(f"hardening.{part}").findings(setting)
    except Unavailable as reason:
        yield Finding("all of it", 0, f"not run: {reason}", holds=False)


def _print(part: str, finding: Finding) -> None:
    verdict = "holds" if finding.holds else "**does not hold**"
    cells = (part, finding.tried, f"{finding.count:,}", finding.happened, verdict)
    print(f"| {' | '.join(cells)} |", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpus", nargs="?", type=Path, help="a folder of labelled pages")
    parser.add_argument("--long", action="store_true", help="the form of the published table")
    parser.add_argument("--only", nargs="+", choices=PARTS, metavar="PART")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
