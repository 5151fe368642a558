"""What a caller may choose."""

from dataclasses import dataclass

from cleanarticle.errors import OptionError


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Choices for one or many extractions. Frozen, so one object serves every worker.

    Raises:
        OptionError: at birth, for a value out of its range.
    """

    min_score: float = 0.5
    """Probability of content, 0 to 1, below which a block is removed. Higher: shorter, cleaner."""

    def __post_init__(self) -> None:
        """Check the ranges once, so that no room checks again."""
        if isinstance(self.min_score, bool) or not isinstance(self.min_score, int | float):
            raise OptionError(f"min_score is a number, got {self.min_score!r}")
        if not 0.0 <= self.min_score <= 1.0:
            raise OptionError(f"min_score is a probability from 0 to 1, got {self.min_score}")
