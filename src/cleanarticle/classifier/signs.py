"""What sort of sign a character is, looked up for a whole page at once."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

# What a sign counts as: bits, so that several sorts can be asked for at once; letters have none.
UPPER, DIGIT, COMMA, STOP, SPACE, QUOTE, OTHER = (1 << bit for bit in range(7))
TABLE_SIZE = 0x3100


@cache
def sign_table() -> NDArray[np.uint8]:
    """The sorts of each sign up to the kana; the last entry stands for all beyond."""
    table = np.zeros(TABLE_SIZE, np.uint8)
    for code in range(TABLE_SIZE - 1):
        sign = chr(code)
        if sign.isupper():
            table[code] = UPPER
        elif sign.isdigit():
            table[code] = DIGIT
        elif sign.isspace():
            table[code] = SPACE
        elif not sign.isalnum():
            table[code] = OTHER
    for signs, sort in ((",،、;؛", COMMA), (".!?…。।؟", STOP), ("\"“”„«»'’‘「」", QUOTE)):
        for sign in signs:
            table[ord(sign)] = sort
    return table
