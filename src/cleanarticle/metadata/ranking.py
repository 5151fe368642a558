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

    @property
    def names(self) -> list[str]:
        """The names of the rows."""
        return [name for name, _meaning in self.named]


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
        found += part.names if isinstance(part, Rows) else [part[0]]
    return found


def measure(values: Sequence[Any], table: Table) -> "NDArray[np.float32]":
    """The numbers of values, values × rows of the table."""
    import numpy as np

    parts = [part.numbers if isinstance(part, Rows) else _alone(part) for part in table]
    width = sum(len(part.named) if isinstance(part, Rows) else 1 for part in table)
    found: list[float] = []
    for value in values:
        for numbers in parts:
            found += numbers(value)
    return np.array(array("f", found), np.float32).reshape(len(values), width)


def _alone(row: Row) -> Callable[[Any], Sequence[float]]:
    return lambda value: (row[2](value),)
