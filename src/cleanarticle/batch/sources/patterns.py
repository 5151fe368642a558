"""Patterns of glob, of which "**" is no way round in circles."""

import glob
import os
from collections import deque
from collections.abc import Iterator
from pathlib import Path

_ANY = "**"


def matching(pattern: str) -> list[str]:
    """The files and folders that match, by name; hidden ones only where the pattern says so.

    A part of "**" stands for any folders below; links to folders are followed, but no real folder
    is gone through twice. A pattern with such a part gives files alone: a folder that it gave too
    would be read once more.
    """
    parts = pattern.replace(os.sep, "/").split("/")
    if _ANY not in parts:
        # Path.glob takes hidden files as well, and no pattern that begins with a slash
        return sorted(glob.iglob(pattern))  # noqa: PTH207
    found = (str(Path(name)) for name in _expanded(parts))
    # Path's own questions raise where a folder may not be looked into
    return sorted({name for name in found if not os.path.isdir(name)})  # noqa: PTH112


def _expanded(parts: list[str]) -> Iterator[str]:
    if _ANY not in parts:
        yield from glob.iglob("/".join(parts))  # noqa: PTH207
        return
    place = parts.index(_ANY)
    rest = parts[place + 1 :] or ["*"]
    for top in _tops(parts[:place]):
        for folder in _folders(top):
            yield from _expanded([glob.escape(folder.rstrip("/")), *rest])


def _tops(parts: list[str]) -> list[str]:
    if not parts:
        return [os.curdir]
    return sorted(glob.iglob("/".join(parts) + "/"))  # noqa: PTH207


def _folders(top: str) -> Iterator[str]:
    """The folder and those below, each once, by its own name rather than by a link's."""
    waiting, seen = deque([top]), set[str]()
    while waiting:
        for folder, names, _files in os.walk(waiting.popleft()):
            real = os.path.realpath(folder)
            names[:] = sorted(name for name in names if not name.startswith("."))
            if real in seen:
                names.clear()
                continue
            seen.add(real)
            yield folder
            inner = (str(Path(folder, name)) for name in names)
            waiting.extend(path for path in inner if os.path.islink(path))  # noqa: PTH114
