"""How likely a value of a field is right, by trees fitted on labelled pages.

Each field has a table of numbers that speak for and against a value: its source, position, form,
and what else of the page agrees with it.
"""

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # numpy is loaded with the first page, so that importing the package stays light
    import numpy as np
    from numpy.typing import NDArray

    from cleanarticle.trees import Trees

Row = tuple[str, str, Callable[[Any], float]]  # name, meaning, number of a value


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a table whose numbers are found together."""

    named: tuple[tuple[str, str], ...]  # name and meaning of each
    numbers: Callable[[Any], Sequence[float]]  # of a value


Table = tuple[Row | Rows, ...]


@dataclass(frozen=True, slots=True)
class Ranker:
    """Trees for each sort of candidates, by its name."""

    trees: "Mapping[str, Trees]"

    def probabilities(self, name: str, values: Sequence[Any], table: Table) -> list[float]:
        """How likely each value is right, 0 to 1."""
        import numpy as np

        log_odds = self.trees[name].total(measure(values, table))
        limited = np.minimum(np.maximum(log_odds, -30), 30)
        probabilities: list[float] = (1 / (1 + np.exp(-limited))).tolist()
        return probabilities


def names(table: Table) -> list[str]:
    """The names of the rows of a table."""
    found = []
    for part in table:
        found += [name for name, _meaning in part.named] if isinstance(part, Rows) else [part[0]]
    return found


def measure(values: Sequence[Any], table: Table) -> "NDArray[np.float32]":
    """The numbers of values, values × rows of the table."""
    import numpy as np

    numbers = array("f")
    for value in values:
        for part in table:
            if isinstance(part, Rows):
                numbers.extend(part.numbers(value))
            else:
                numbers.append(part[2](value))
    width = sum(len(part.named) if isinstance(part, Rows) else 1 for part in table)
    return np.array(numbers, np.float32).reshape(len(values), width)
