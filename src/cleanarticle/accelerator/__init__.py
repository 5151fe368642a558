"""The one place that chooses between the Python of this library and its compiled parts.

Every function that has a compiled twin is written in Python first. That one is the reference: it
says what is right, runs where nothing is compiled, and is what the twin is tested against. The
twins are Cython modules beside this file, built where a compiler is there when the library is
installed. With `CLEANARTICLE_PURE_PYTHON=1` in the environment they are left alone.
"""

import os
from collections.abc import Callable
from importlib import import_module
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])

SWITCH = "CLEANARTICLE_PURE_PYTHON"
_OFF = ("", "0")
# What a module that is not there raises, and one that was compiled for another lxml: its records
# have another size, its functions another signature, or are gone.
_UNFIT = (ImportError, AttributeError, TypeError, ValueError)
REFERENCES: dict[str, Callable[..., Any]] = {}  # "part.name" → the function in Python
COMPILED: dict[str, Callable[..., Any]] = {}  # the same for those whose twin is in use


def accelerated(part: str) -> Callable[[Function], Function]:
    """A decorator that puts the compiled twin of a function in its place, where there is one.

    Args:
        part: the module in this folder, without its underscore, that holds a function of the name.
    """

    def choose(reference: Function) -> Function:
        name = f"{part}.{reference.__name__}"
        REFERENCES[name] = reference
        twin: Any = getattr(_module(part), reference.__name__, None)
        if twin is None:
            return reference
        COMPILED[name] = twin
        chosen: Function = twin
        return chosen

    return choose


def _module(part: str) -> object:
    """The compiled module; None where it is switched off, was not built, or fits another lxml."""
    if os.environ.get(SWITCH, "") not in _OFF:
        return None
    try:
        return import_module(f"{__name__}._{part}")
    except _UNFIT:
        return None
