"""`cleanarticle explain PATH|URL|-…`: print what was kept, what was removed, and why."""

import json
from collections.abc import Iterator, Sequence
from typing import IO, Any

from cleanarticle.cli import arguments as shared
from cleanarticle.cli import pages
from cleanarticle.options import Options
from cleanarticle.report import Report

_DESCRIPTION = "Print every block of web pages with the decision on it: kept, or removed and why."
_EXAMPLES = """\
examples:
  cleanarticle explain page.html
  cleanarticle explain page.html --format json | jq '.blocks[] | select(.kind == "related")'
"""


def run(argv: Sequence[str]) -> int:
    """Run the subcommand; returns the exit code."""
    parser = shared.parser("cleanarticle explain", _DESCRIPTION, _EXAMPLES)
    parser.add_argument(
        "--format", choices=("text", "json", "jsonl"), default="text", help="(default: %(default)s)"
    )
    return write(*shared.parse(parser, argv))


def write(arguments: Any, options: Options) -> int:
    """Write the reports; returns the exit code."""
    return pages.run(arguments, options, lambda out, found: _write(out, found, arguments))


def _write(out: IO[str], found: Iterator[tuple[str, Report]], arguments: Any) -> bool:
    any_article = False
    for position, (name, report) in enumerate(found):
        any_article = any_article or bool(report.article.body)
        if arguments.format in ("json", "jsonl"):
            indent = 2 if arguments.format == "json" else None
            out.write(
                json.dumps({"input": name} | report.to_dict(), ensure_ascii=False, indent=indent)
                + "\n"
            )
            continue
        if len(arguments.inputs) > 1:
            out.write(("\n" if position else "") + f"==> {name} <==\n")
        out.write(report.to_text() + "\n")
    return any_article
