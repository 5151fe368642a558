"""What the command line names: files, URLs, standard input."""

import logging
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from cleanarticle.errors import MissingExtra, UnreadableInput

STDIN = "-"
_OTHER_URL = re.compile(r"[a-z][a-z0-9+.-]+://", re.I)
_URL = re.compile(r"https?://", re.I)


def open_input(name: str) -> Any:
    """A page that `extract` takes: bytes of standard input, a path, or a fetched response.

    Raises:
        UnreadableInput: the file is missing or the URL cannot be fetched.
        MissingExtra: a URL is given and trafilatura cannot be imported.
    """
    if name == STDIN:
        return sys.stdin.buffer.read()
    if _URL.match(name):
        return _fetch(name)
    if _OTHER_URL.match(name):
        raise UnreadableInput(name, "only http and https addresses are fetched")
    path = Path(name)
    if path.is_dir():
        raise UnreadableInput(name, "is a directory")
    return path


def named(names: Sequence[str]) -> Iterator[str]:
    """The inputs to read: standard input where none is named."""
    return iter(names or (STDIN,))


def _fetch(url: str) -> Any:
    """The response for a URL, by trafilatura's downloader, which refuses private addresses."""
    try:
        from trafilatura.downloads import fetch_response
    except ImportError as error:
        message = f"fetching {url} needs trafilatura, which cannot be imported: {error}"
        raise MissingExtra(message) from error
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # the failure is told below
    response = fetch_response(url, decode=False, with_headers=True)
    if response is None:
        raise UnreadableInput(url, "cannot be fetched: refused, unreachable or too large")
    if response.status != 200:
        raise UnreadableInput(url, f"the server answered with status {response.status}")
    return response
