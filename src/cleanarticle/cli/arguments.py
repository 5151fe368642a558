"""Arguments that the subcommands share."""

import argparse
import datetime as dt
import sys
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from cleanarticle import accelerator
from cleanarticle.cli import inputs
from cleanarticle.errors import OptionError, WeightsError
from cleanarticle.options import Limits, Options
from cleanarticle.version import __version__


def parser(name: str, description: str, examples: str) -> argparse.ArgumentParser:
    """A parser with the inputs and the choices that all subcommands take."""
    made = bare(name, description, examples)
    made.add_argument(
        "inputs",
        nargs="*",
        metavar="PATH|URL|-",
        help="pages: files (gzipped or not), http addresses, - for standard input (the default)",
    )
    add_choices(made)
    made.add_argument("--url", help="where the page came from; resolves its links")
    made.add_argument(
        "--crawled-at",
        type=_time,
        metavar="TIME",
        help="when the pages were fetched, such as 2024-05-03T12:00:00+02:00: no day after it is "
        'taken, and "3 hours ago" is read against it',
    )
    made.add_argument("-o", "--output", metavar="FILE", help="write there, not to standard output")
    return made


def bare(name: str, description: str, examples: str) -> argparse.ArgumentParser:
    """A parser without arguments, which shows the examples as they are written."""
    return argparse.ArgumentParser(
        prog=name,
        description=description,
        epilog=examples,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def add_choices(made: argparse.ArgumentParser) -> None:
    """Add how pages are read and extracted, which batches take as well."""
    made.add_argument(
        "--kind",
        choices=("auto", "html", "text"),
        default="auto",
        help="markup, or raw page text whose tags are gone (default: told by the page)",
    )
    made.add_argument(
        "--min-score",
        type=float,
        metavar="P",
        help="probability of content below which a block is removed (default: one for each page)",
    )
    made.add_argument(
        "--effort",
        choices=("normal", "thorough"),
        default="normal",
        help="thorough: ask trafilatura too, and weigh what it keeps (default: %(default)s)",
    )
    made.add_argument(
        "--weights",
        type=Path,
        metavar="FILE",
        help="weights of your own in place of the shipped ones",
    )
    made.add_argument(
        "--limits",
        type=_limits,
        default=Limits(),
        metavar="NAME=N,…",
        help="how much of a page is looked at, such as seconds=2,blocks=5000; of the names "
        + ", ".join(one.name for one in fields(Limits)),
    )
    how = "with compiled parts" if accelerator.COMPILED else "in Python alone"
    made.add_argument("--version", action="version", version=f"cleanarticle {__version__}, {how}")


def parse(made: argparse.ArgumentParser, argv: Sequence[str]) -> tuple[Any, Options]:
    """The arguments and the options they make; exits with 2 where they do not fit together."""
    arguments = made.parse_args(argv)
    if not arguments.inputs and sys.stdin.isatty():
        made.error("name a page: a file, an address, or - for standard input")
    if "" in arguments.inputs:
        made.error("the name of an input is empty")
    if arguments.inputs.count(inputs.STDIN) > 1:
        made.error("standard input can be read once")
    if arguments.url and len(arguments.inputs) > 1:
        made.error("--url goes with one page")
    try:
        return arguments, options_of(arguments)
    except (OptionError, WeightsError) as error:
        made.error(str(error))


def options_of(arguments: Any) -> Options:
    """The options that the arguments of `add_choices` make.

    Raises:
        OptionError: a value is out of its range.
        WeightsError: the weights cannot be used; told before any page is read.
    """
    options = Options(
        min_score=arguments.min_score,
        effort=arguments.effort,
        weights=arguments.weights,
        limits=arguments.limits,
    )
    if options.weights is not None:
        _check(options.weights)
    return options


def _limits(written: str) -> Limits:
    known = {one.name for one in fields(Limits)}
    found: dict[str, Any] = {}
    for pair in filter(None, map(str.strip, written.split(","))):
        name, _sign, number = pair.partition("=")
        if name not in known:
            reason = f"no such limit: {name!r}; there are {', '.join(sorted(known))}"
            raise argparse.ArgumentTypeError(reason)
        try:
            found[name] = float(number) if name == "seconds" else int(number)
        except ValueError:
            raise argparse.ArgumentTypeError(f"not a number: {pair!r}") from None
    try:
        return Limits(**found)
    except OptionError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _time(written: str) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(written)
    except ValueError:
        reason = f"not a time of ISO 8601, such as 2024-05-03T12:00:00+02:00: {written!r}"
        raise argparse.ArgumentTypeError(reason) from None


def _check(weights: Path) -> None:
    """Refuse weights that cannot be used before any page is read."""
    from cleanarticle.classifier import model

    model.load(weights)
