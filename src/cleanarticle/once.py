"""Attributes that are found when they are first asked for."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")


class once(Generic[Value]):
    """As `functools.cached_property`, without the lock that it takes in Python 3.11.

    That lock is one for all objects of a class: threads wait for each other's pages, and one that
    is stopped by an exception in the wrong place, or a fork, leaves it locked for good. What is
    looked at here belongs to one page, and so to one thread, or may be found twice.
    """

    def __init__(self, find: Callable[[Any], Value]) -> None:
        self._find = find
        self.__doc__ = find.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, holder: Any, owner: type | None = None) -> Value:
        found: Value = self._find(holder)
        holder.__dict__[self._name] = found
        return found
