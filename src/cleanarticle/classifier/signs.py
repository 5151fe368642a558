"""What sort of sign a character is, looked up for a whole page at once."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

# What a sign counts as: bits, so that several sorts can be asked for at once; letters have none.
UPPER, DIGIT, COMMA, STOP, SPACE, QUOTE, OTHER = (1 << bit for bit in range(7))
# What some of them are besides: how a sentence ends, how a text is cut off, and so on.
END, COLON, QUESTION, CUT, RIGHTS, MONEY, BORDER = (1 << bit for bit in range(7, 14))
# A later row is right where several are.
_CLASSES = ((0, str.isalnum), (SPACE, str.isspace), (DIGIT, str.isdigit), (UPPER, str.isupper))
_OWN = (
    (0, "_\uff00"),
    (COMMA, ",،、，;؛；"),
    (STOP, ".!?…。।؟．！？｡"),
    (QUOTE, "\"“”„«»'’‘「」＂＇｢｣"),
)
_SIGNS = (
    (END, ".!?…。！？।؟:\"”»'’)」"),
    (COLON, ":："),
    (QUESTION, "?？"),
    (CUT, "…]"),
    (RIGHTS, "©®™"),
    (MONEY, "$€£¥₹"),
    (BORDER, "|›»•·→"),
)
_KANA_END = 0x3100  # the signs below are looked up one by one, and so is the block of wide forms
_WIDE, _WIDE_END = 0xFF00, 0x10000


def sorts_of(text: str, table: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """The sorts of each character; beyond the kana all but the wide forms count as letters."""
    if text.isascii():
        return table.take(np.frombuffer(text.encode(), np.uint8))
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
    if codes.max() < _KANA_END:
        return table.take(codes, mode="clip")
    is_wide = (codes >= _WIDE) & (codes < _WIDE_END)
    places = np.where(is_wide, codes - np.uint32(_WIDE - _KANA_END), np.minimum(codes, _KANA_END))
    return table.take(places, mode="clip")


@cache
def table() -> NDArray[np.uint16]:
    """The sorts of the signs up to the kana, then those of the wide forms, the first a letter."""
    signs = [*map(chr, range(_KANA_END)), *map(chr, range(_WIDE, _WIDE_END))]
    found = np.full(len(signs), OTHER, np.uint16)
    for sort, is_one in _CLASSES:
        found[np.fromiter(map(is_one, signs), np.bool_, len(signs))] = sort
    for sort, those in _OWN:
        found[[_place(sign) for sign in those]] = sort
    for sort, those in _SIGNS:
        found[[_place(sign) for sign in those]] |= sort
    return found


def _place(sign: str) -> int:
    return ord(sign) if ord(sign) < _KANA_END else ord(sign) - _WIDE + _KANA_END
