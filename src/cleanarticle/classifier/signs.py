"""What sort of sign a character is, looked up for a whole page at once."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

# What a sign counts as: bits, so that several sorts can be asked for at once; letters have none.
UPPER, DIGIT, COMMA, STOP, SPACE, QUOTE, OTHER = (1 << bit for bit in range(7))
_KANA_END = 0x3100  # the signs below are looked up one by one, and so is the block of wide forms
_WIDE, _WIDE_END = 0xFF00, 0x10000


def sorts_of(text: str) -> NDArray[np.uint8]:
    """The sorts of each character; beyond the kana all but the wide forms count as letters."""
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
    is_wide = (codes >= _WIDE) & (codes < _WIDE_END)
    places = np.where(is_wide, codes - np.uint32(_WIDE - _KANA_END), np.minimum(codes, _KANA_END))
    return np.asarray(_table()[places])


@cache
def _table() -> NDArray[np.uint8]:
    """The sorts of the signs up to the kana, then those of the wide forms, the first a letter."""
    signs = [*map(chr, range(_KANA_END)), *map(chr, range(_WIDE, _WIDE_END))]
    known = dict.fromkeys(",،、，;؛；", COMMA)
    known |= dict.fromkeys(".!?…。।؟．！？｡", STOP)
    known |= dict.fromkeys("\"“”„«»'’‘「」＂＇｢｣", QUOTE)
    return np.array([known.get(sign, _sort(sign)) for sign in signs], np.uint8)


def _sort(sign: str) -> int:
    if sign.isupper():
        return UPPER
    if sign.isdigit():
        return DIGIT
    if sign.isspace():
        return SPACE
    return 0 if sign.isalnum() or sign in "_\uff00" else OTHER
