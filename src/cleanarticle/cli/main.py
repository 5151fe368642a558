"""Arguments to a subcommand, and its end to an exit code."""

import os
import sys
from collections.abc import Sequence

from cleanarticle.cli import explain, extract
from cleanarticle.cli.exits import BROKEN_PIPE, INTERRUPTED


def _batch(argv: Sequence[str]) -> int:
    from cleanarticle.cli import batch  # the other subcommands need nothing of it

    return batch.run_batch(argv)


_SUBCOMMANDS = {"batch": _batch, "explain": explain.run, "extract": extract.run}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; see `exits`.

    The first word may name a subcommand; without one, it is `extract`. A file that bears the
    name of a subcommand is given as `./explain`.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    run = _SUBCOMMANDS.get(arguments[0]) if arguments else None
    if hasattr(sys.stdout, "reconfigure"):  # a letter that cannot be shown is written as its number
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        code = run(arguments[1:]) if run else extract.run(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone; what is left in the buffer has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    return code
