"""Data files of the package, each read at most once a process.

An installed package has its TOML files as JSON as well, which is read thirteen times as quickly;
`setup.py` writes them.
"""

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def toml(path: str) -> dict[str, Any]:
    """The contents of a packaged TOML file; `path` is relative to the package."""
    folder = files("cleanarticle")
    try:
        found: dict[str, Any] = json.loads(folder.joinpath(f"{path}.json").read_bytes())
    except FileNotFoundError:  # run from its sources
        import tomllib

        found = tomllib.loads(folder.joinpath(path).read_text("utf-8"))
    return found


@cache
def names(folder: str, ending: str) -> tuple[str, ...]:
    """Sorted stems of the packaged files in `folder` that end in `ending`."""
    found = files("cleanarticle").joinpath(folder).iterdir()
    return tuple(sorted(f.name.removesuffix(ending) for f in found if f.name.endswith(ending)))


def data(path: str) -> bytes:
    """The bytes of a packaged file."""
    return files("cleanarticle").joinpath(path).read_bytes()
