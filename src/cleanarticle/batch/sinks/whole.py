"""Files that are there whole or not at all, and text that can be written to them."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

_MOST_NAME_BYTES = 200  # of the 255 that file systems allow


@contextlib.contextmanager
def written(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes the name `path` once all is on the disk; nothing is left if it fails.

    Raises:
        OSError: it cannot be written.
    """
    target = path.resolve()  # a link stays a link, and what it names is replaced
    kept = target.name.encode("utf-8", "surrogateescape")[:_MOST_NAME_BYTES]
    part = target.with_name(f".{kept.decode('utf-8', 'ignore')}.part")
    part.unlink(missing_ok=True)  # of a run that was killed
    try:
        with part.open("xb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def writable(text: str) -> str:
    """The text without halves of surrogate pairs, which no encoding has: U+FFFD in their place."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
