"""Which inputs have been read: a set that takes little memory."""

import hashlib

import numpy as np

_START = 1 << 12
_FULL = 0.5  # share of the table that may be taken before it grows


class Seen:
    """A set of (source, position), of at most 32 bytes each, and 60 while it grows.

    It holds 64 bits of a hash in their place. Among ten million inputs, the chance that any two
    are taken for one is about three in a million.
    """

    def __init__(self) -> None:
        self._table = np.zeros(_START, np.uint64)  # open addressing; 0 is a free place
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def __contains__(self, key: object) -> bool:
        number = _number(key)
        return bool(self._table[_place(self._table, number)] == number)

    def add(self, key: tuple[str, int]) -> bool:
        """Put it in; False where it was in already."""
        number = _number(key)
        place = _place(self._table, number)
        if self._table[place] == number:
            return False
        self._table[place] = number
        self._count += 1
        if self._count > _FULL * len(self._table):
            self._grow()
        return True

    def _grow(self) -> None:
        old = self._table
        self._table = np.zeros(2 * len(old), np.uint64)
        for number in map(int, old[old != 0]):  # one by one: a list takes far more
            self._table[_place(self._table, number)] = number


def _number(key: object) -> int:
    """64 bits of a hash, which are not all 0."""
    text = repr(key).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "little") or 1


def _place(table: "np.ndarray[tuple[int], np.dtype[np.uint64]]", number: int) -> int:
    """Where a number stands, or the free place for it."""
    mask = len(table) - 1
    place = number & mask
    while table[place] not in (0, number):
        place = (place + 1) & mask
    return place
