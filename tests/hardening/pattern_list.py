"""Every pattern that the package compiles, and by which methods it is used.

Run as a program, it prints them as JSON lines. It is a process of its own because the hook on `re`
has to be there before the first module of the package is.
"""

import datetime as dt
import importlib
import json
import os
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

PACKAGE = "cleanarticle"
CRAWLED = dt.datetime(2024, 6, 1)
SWITCH = "CLEANARTICLE_PURE_PYTHON"
METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")
_re: Any = re


@dataclass(frozen=True, slots=True)
class Used:
    """A pattern of the package."""

    module: str
    pattern: str
    flags: int
    binary: bool
    methods: frozenset[str]
    """Of those seen at work and those that the module's text names; all where none is known."""

    @property
    def compiled(self) -> re.Pattern[Any]:
        text: Any = self.pattern.encode("latin-1") if self.binary else self.pattern
        return re.compile(text, self.flags & ~(0 if self.binary else re.UNICODE))


@cache
def collect() -> tuple[Used, ...]:
    """The patterns, as fresh processes find them, one with the compiled twins and one without."""
    methods: dict[tuple[str, str, int, bool], set[str]] = {}
    for pure in ("", "1"):
        found = subprocess.run(
            [sys.executable, __file__],
            capture_output=True,
            check=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), SWITCH: pure},
        )
        for line in found.stdout.splitlines():
            module, pattern, flags, binary, used = json.loads(line)
            methods.setdefault((module, pattern, flags, binary), set()).update(used)
    return tuple(Used(*key, frozenset(used or METHODS[:4])) for key, used in methods.items())


class _Recorded:
    """Stands in for a pattern, and notes which of its methods are asked for."""

    def __init__(self, pattern: re.Pattern[Any], methods: set[str]) -> None:
        self._pattern, self._methods = pattern, methods

    def __getattr__(self, name: str) -> Any:
        if name in METHODS:
            self._methods.add(name)
        return getattr(self._pattern, name)


_found: dict[tuple[str, re.Pattern[Any]], set[str]] = {}
_compile = _re._compile


def _hooked(pattern: Any, flags: Any) -> Any:
    made = _compile(pattern, flags)
    owner = _owner()
    if owner is None or isinstance(made, _Recorded):
        return made
    return _Recorded(made, _found.setdefault((owner, made), set()))


def _owner() -> str | None:
    """The module that asks for a pattern; None where it is none of the package."""
    frame: Any = sys._getframe(2)
    while frame is not None:
        name = frame.f_globals.get("__name__", "")
        if name not in ("re", "functools") and not name.startswith("importlib."):
            return name if name.partition(".")[0] == PACKAGE else None
        frame = frame.f_back
    return None


def _import_all() -> None:
    package = importlib.import_module(PACKAGE)
    for module in pkgutil.walk_packages(package.__path__, f"{PACKAGE}."):
        if not module.name.endswith("__main__"):
            try:
                importlib.import_module(module.name)
            except ImportError:  # of an optional package
                print(f"{module.name} cannot be imported here", file=sys.stderr)


def _use_all() -> None:
    """Run what makes patterns when it is first needed."""
    import cases
    import cleanarticle
    from cleanarticle import render
    from cleanarticle.language import bylines, dates, facts, relative

    for page in cases.pages():
        address = "https://www.example.com/2024/05/06/a-page.html"
        article = cleanarticle.extract(page, url=address, crawled_at=CRAWLED)
        for text in (article.to_markdown(), article.to_html(), article.to_json()):
            assert isinstance(text, str)
    assert render
    for module in (bylines, dates, relative):
        for made in vars(module).values():
            if callable(getattr(made, "cache_info", None)):
                _for_each_language(made, facts.languages())


def _for_each_language(made: Any, codes: Any) -> None:
    names = made.__wrapped__.__code__.co_varnames[: made.__wrapped__.__code__.co_argcount]
    if names == ("code",) or names == ("language",):
        for code in codes:
            made(code)


def _named(module: str, pattern: re.Pattern[Any]) -> Iterator[str]:
    """The methods that the texts of the package name of a pattern that has a name."""
    loaded = sys.modules[module]
    names = [
        name
        for name, value in vars(loaded).items()
        if isinstance(value, _Recorded) and value._pattern == pattern
    ]
    text = Path(loaded.__file__ or "").read_text("utf-8") if names else ""
    for name in names:
        for line in re.finditer(rf"\b{name}\.({'|'.join(METHODS)})\b", text):
            yield line[1]


def _main() -> None:
    _re._compile = _hooked
    _import_all()
    _use_all()
    _re._compile = _compile
    for (module, pattern), methods in sorted(_found.items(), key=lambda pair: str(pair[0])):
        methods.update(_named(module, pattern))
        binary = isinstance(pattern.pattern, bytes)
        text = pattern.pattern.decode("latin-1") if binary else pattern.pattern
        print(json.dumps([module, text, pattern.flags, binary, sorted(methods)]))


if __name__ == "__main__":
    _main()
