"""Which line breaks stand within a block: trees fitted on pages whose blocks are known.

`get_text()` of an HTML parser breaks sentences at links and bold words, mail and terminals wrap
them at a column. What tells is how the line above ends and the next one begins, how long both are,
and how often lines of the page break off.
"""

import json
from collections.abc import Sequence
from functools import cache, lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from cleanarticle import resources
from cleanarticle.errors import WeightsError

if TYPE_CHECKING:  # numpy is loaded with the first page, so that importing the package stays light
    import numpy as np
    from numpy.typing import NDArray

    from cleanarticle.trees import Trees

SHIPPED = "readers/weights/line_breaks"
SIGNS_KEPT = 4096
WITHIN = 0.5  # probability from which a break is within a block
MAX_CHARS, MAX_WORDS, MAX_LETTERS, HEAD_WORDS, MAX_OVER = 400, 60, 15, 12, 100
_OPENING, _CLOSING = "([{«“„¿¡‘（「『【", ",.;:!?)]}»”’…%、。，．！？：；）」』】،؛؟।"
_ENDS, _COMMAS, _COLONS = ".!?…。！？।؟", ",;،、，；", ":："
_QUOTES, _DASHES = "\"'", "-–—•*·"
_LOWER_OR_CLOSING = (1, 5)  # how a line begins that goes on the one above
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

    log_odds = _shipped().total(measure(lines))
    return np.asarray(log_odds > np.log(WITHIN / (1 - WITHIN)))


@cache
def _shipped() -> "Trees":
    return load(resources.data(f"{SHIPPED}.npz"), resources.data(f"{SHIPPED}.json"))


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

    of_lines = np.array([_of_line(line) for line in lines], np.float32)
    count = len(lines)

    def at(step: int) -> "NDArray[np.float32]":
        """Numbers of the line so many below the one above the break; -1 beyond the page."""
        found = np.full((count - 1, len(OF_A_LINE)), -1, np.float32)
        first, last = max(-step, 0), min(count - 1, count - step)
        found[first:last] = of_lines[first + step : last + step]
        return found

    lengths = np.array([len(line) for line in lines], np.float32)
    width = min(float(lengths.max()), MAX_CHARS)
    begins, ends, first_word = of_lines[:, 2], of_lines[:, 3], of_lines[:, 5]
    over = lengths[:-1] + 1 + first_word[1:] - width
    page = (
        float(np.isin(begins, _LOWER_OR_CLOSING).mean()),
        float(np.median(of_lines[:, 1])),
        width,
        float((lengths > width - HEAD_WORDS).mean()),
        float(np.log1p(count)),
        float((ends == 1).mean()),
    )
    parts = (
        *(at(step) for step in (0, 1, -1, 2)),
        np.clip(over, -MAX_OVER, MAX_OVER)[:, None],
        np.tile(np.array(page, np.float32), (count - 1, 1)),
    )
    return np.concatenate(parts, axis=1).astype(np.float32)


def _of_line(line: str) -> tuple[float, ...]:
    parts = line.split()
    head = parts[:HEAD_WORDS]
    return (
        min(len(line), MAX_CHARS),
        min(len(parts), MAX_WORDS),
        _begins(line[0]),
        _ends(line[-1]),
        min(len(parts[-1]), MAX_LETTERS),
        min(len(parts[0]), MAX_LETTERS),
        parts[-1].islower(),
        sum(word[0].isupper() for word in head) / len(head),
        any(sign in line for sign in _ENDS),
        len(parts[0]) == 1 and parts[0].isalpha(),
    )


@lru_cache(maxsize=SIGNS_KEPT)
def _begins(sign: str) -> int:
    """A number for each way in which a line begins."""
    ways = (
        *(sign.islower(), sign.isupper(), sign.isdigit(), sign.isalpha()),
        *(sign in _CLOSING, sign in _OPENING, sign in _QUOTES, sign in _DASHES),
    )
    return 1 + (ways.index(True) if True in ways else len(ways))


@lru_cache(maxsize=SIGNS_KEPT)
def _ends(sign: str) -> int:
    """A number for each way in which a line ends."""
    ways = (
        *(sign in _ENDS, sign in _COMMAS, sign in _COLONS),
        *(sign.islower(), sign.isupper(), sign.isdigit(), sign in _OPENING),
        *(sign in _CLOSING or sign in _QUOTES, sign in _DASHES, sign.isalpha()),
    )
    return 1 + (ways.index(True) if True in ways else len(ways))
