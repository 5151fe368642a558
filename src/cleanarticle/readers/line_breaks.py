"""Which line breaks stand within a block: trees fitted on pages whose blocks are known.

`get_text()` of an HTML parser breaks sentences at links and bold words, mail and terminals wrap
them at a column. What tells is how the line above ends and the next one begins, how long both are,
and how often lines of the page break off.
"""

import json
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from cleanarticle import resources
from cleanarticle.accelerator import accelerated
from cleanarticle.errors import WeightsError

if TYPE_CHECKING:  # numpy is loaded with the first page, so that importing the package stays light
    import numpy as np
    from numpy.typing import NDArray

    from cleanarticle.readers.break_tables import Tables
    from cleanarticle.trees import Trees

SHIPPED = "readers/weights/line_breaks"
SIGNS_KEPT = 4096
WITHIN = 0.5  # probability from which a break is within a block
MAX_CHARS, MAX_WORDS, MAX_LETTERS, HEAD_WORDS, MAX_OVER = 400, 60, 15, 12, 100
_OPENING, _CLOSING = "([{«“„¿¡‘（「『【", ",.;:!?)]}»”’…%、。，．！？：；）」』】،؛؟।"
ENDS, _COMMAS, _COLONS = ".!?…。！？।؟", ",;،、，；", ":："
_END = re.compile(f"[{ENDS}]")
_QUOTES, _DASHES = "\"'", "-–—•*·"
_LOWER, _CLOSED = 1, 5  # how a line begins that goes on the one above
WAYS = 12  # in which a line begins or ends, counted from 1, at most
STEPS = (0, 1, -1, 2)  # from the line above a break to the lines whose numbers are looked at
OF_A_LINE = (
    *("letters", "words", "begins with", "ends with", "last word", "first word"),
    *("small last word", "capital words", "sentence inside", "one letter first"),
)
OF_THE_PAGE = ("broken", "median words", "width", "near width", "lines", "sentences")
NAMES = (
    *(f"{name} above" for name in OF_A_LINE),
    *(f"{name} below" for name in OF_A_LINE),
    *(f"{name} before" for name in OF_A_LINE),
    *(f"{name} next" for name in OF_A_LINE),
    "over the width",
    *OF_THE_PAGE,
)


def within(lines: Sequence[str]) -> "NDArray[np.bool_]":
    """For each break between neighbouring lines: whether it stands within a block."""
    import numpy as np

    from cleanarticle.readers.break_tables import total

    of_lines = numbers(lines)
    log_odds = total(_shipped(), of_lines, *of_all(lines, of_lines))
    return np.asarray(log_odds > np.log(WITHIN / (1 - WITHIN)))


@cache
def _shipped() -> "Tables":
    from cleanarticle.readers.break_tables import tables

    return tables(load(resources.data(f"{SHIPPED}.npz"), resources.data(f"{SHIPPED}.json")))


def load(data: bytes, about: bytes) -> "Trees":
    """The trees of a `.npz` and a `.json` file.

    Raises:
        WeightsError: they were fitted for other numbers than those of this version.
    """
    import numpy as np

    from cleanarticle.trees import PARTS, Trees

    if json.loads(about).get("features") != {"break": list(NAMES)}:
        raise WeightsError("the weights of line breaks were fitted for another version")
    with np.load(BytesIO(data), allow_pickle=False) as arrays:
        return Trees(*(arrays[part] for part in PARTS))


def measure(lines: Sequence[str]) -> "NDArray[np.float32]":
    """The numbers of each break, (lines - 1) × `NAMES`; lines hold a sign each."""
    import numpy as np

    of_lines = numbers(lines)
    over, page = of_all(lines, of_lines)
    count = len(lines) - 1
    beyond = np.full((2, len(OF_A_LINE)), -1, np.float32)
    around = np.concatenate((beyond[:1], of_lines, beyond))
    parts = (
        *(around[step + 1 : step + 1 + count] for step in STEPS),
        over[:, None],
        np.tile(page, (count, 1)),
    )
    return np.concatenate(parts, axis=1)


def of_all(
    lines: Sequence[str], of_lines: "NDArray[np.float32]"
) -> "tuple[NDArray[np.float32], NDArray[np.float32]]":
    """(of each break, columns over the width; of the page, its numbers)."""
    import numpy as np

    count = len(lines)
    lengths = np.fromiter(map(len, lines), np.float32, count)
    width = min(float(lengths.max()), MAX_CHARS)
    begin, end, first_word = of_lines[:, 2], of_lines[:, 3], of_lines[:, 5]
    over = lengths[:-1] + 1 + first_word[1:] - np.float32(width)
    words = np.sort(of_lines[:, 1])
    page = (
        np.count_nonzero((begin == _LOWER) | (begin == _CLOSED)) / count,
        float(words[(count - 1) // 2] + words[count // 2]) / 2,  # the median
        width,
        np.count_nonzero(lengths > width - HEAD_WORDS) / count,
        np.log1p(count),
        np.count_nonzero(end == 1) / count,
    )
    limited = np.minimum(np.maximum(over, -MAX_OVER), MAX_OVER)
    return limited, np.array(page, np.float32)


@accelerated("breaks")
def numbers(lines: Sequence[str]) -> "NDArray[np.float32]":
    """The numbers of each line, lines × `OF_A_LINE`."""
    import numpy as np

    parts = [line.split() for line in lines]
    first = [words[0] for words in parts]
    last = [words[-1] for words in parts]
    heads = [[word[0].isupper() for word in words[:HEAD_WORDS]] for words in parts]
    columns: tuple[Sequence[float], ...] = (
        [min(len(line), MAX_CHARS) for line in lines],
        [min(len(words), MAX_WORDS) for words in parts],
        [begins(line[0]) for line in lines],
        [ends(line[-1]) for line in lines],
        [min(len(word), MAX_LETTERS) for word in last],
        [min(len(word), MAX_LETTERS) for word in first],
        [word.islower() for word in last],
        [sum(head) / len(head) for head in heads],
        [_holds_end(line) for line in lines],
        [len(word) == 1 and word.isalpha() for word in first],
    )
    return np.array([np.array(column, np.float32) for column in columns]).T


def _holds_end(line: str) -> bool:
    """Whether the line holds a sign that ends sentences."""
    if line.isascii():
        return "." in line or "!" in line or "?" in line
    return bool(_END.search(line))


@lru_cache(maxsize=SIGNS_KEPT)
def begins(sign: str) -> int:
    """A number for each way in which a line begins."""
    ways = (
        *(sign.islower(), sign.isupper(), sign.isdigit(), sign.isalpha()),
        *(sign in _CLOSING, sign in _OPENING, sign in _QUOTES, sign in _DASHES),
    )
    return 1 + (ways.index(True) if True in ways else len(ways))


@lru_cache(maxsize=SIGNS_KEPT)
def ends(sign: str) -> int:
    """A number for each way in which a line ends."""
    ways = (
        *(sign in ENDS, sign in _COMMAS, sign in _COLONS),
        *(sign.islower(), sign.isupper(), sign.isdigit(), sign in _OPENING),
        *(sign in _CLOSING or sign in _QUOTES, sign in _DASHES, sign.isalpha()),
    )
    return 1 + (ways.index(True) if True in ways else len(ways))
