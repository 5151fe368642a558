"""What the command line names: files, URLs, standard input."""

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from cleanarticle.errors import UnreadableInput

STDIN = "-"
_OTHER_URL = re.compile(r"[a-z][a-z0-9+.-]+://", re.I)
_URL = re.compile(r"https?://", re.I)


def open_input(name: str) -> Any:
    """A page that `extract` takes: standard input, a path, or a fetched response.

    Raises:
        UnreadableInput: the file is missing, or the URL cannot be fetched.
    """
    if name == STDIN:
        return sys.stdin.buffer
    if _URL.match(name):
        from cleanarticle.batch.sources.web import fetch  # with it come the parts of a batch

        return fetch(name)
    if _OTHER_URL.match(name):
        raise UnreadableInput(name, "only http and https addresses are fetched")
    path = Path(name)
    if path.is_dir():
        raise UnreadableInput(name, "is a directory")
    return path


def named(names: Sequence[str]) -> Iterator[str]:
    """The inputs to read: standard input where none is named."""
    return iter(names or (STDIN,))
