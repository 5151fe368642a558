"""How likely a value of a field is right, by trees fitted on labelled pages.

Each field has a table of numbers that speak for and against a value: its source, position, form,
and what else of the page agrees with it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # numpy is loaded with the first page, so that importing the package stays light
    import numpy as np
    from numpy.typing import NDArray

    from cleanarticle.trees import Trees

Row = tuple[str, str, Callable[[Any], float]]  # name, meaning, number of a value
Table = tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Ranker:
    """Trees for each sort of candidates, by its name."""

    trees: "Mapping[str, Trees]"

    def probabilities(self, name: str, values: Sequence[Any], table: Table) -> list[float]:
        """How likely each value is right, 0 to 1."""
        import numpy as np

        log_odds = self.trees[name].total(measure(values, table))
        return [float(p) for p in 1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))]


def measure(values: Sequence[Any], table: Table) -> "NDArray[np.float32]":
    """The numbers of values, values × rows of the table."""
    import numpy as np

    rows = [[float(number(value)) for _name, _meaning, number in table] for value in values]
    return np.array(rows, np.float32).reshape(len(values), len(table))
