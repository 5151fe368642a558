"""What a caller may choose."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from cleanarticle.errors import OptionError


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Choices for one or many extractions. Frozen, so one object serves every worker.

    Raises:
        OptionError: at birth, for a value out of its range.
    """

    min_score: float | None = None
    """Probability of content, 0 to 1, below which a block is removed. Higher: shorter, cleaner.
    None: chosen for each page so that the expected F1 of its body is highest. Fragments of markup
    and cleaned text lose only what is boilerplate beyond doubt, whatever the score."""

    effort: Literal["normal", "thorough"] = "normal"
    """"thorough" also runs trafilatura on a page of markup and weighs what it keeps. Raw page text,
    pages of over 3 million characters and those it fails on get normal effort."""

    weights: Path | None = None
    """A file written by `python -m cleanarticle.training fit`, in place of the shipped weights for
    pages of the form that it was fitted on, HTML or raw text."""

    def __post_init__(self) -> None:
        """Check the ranges once, so that no room checks again."""
        if self.effort not in ("normal", "thorough"):
            raise OptionError(f'effort is "normal" or "thorough", got {self.effort!r}')
        if self.weights is not None and not isinstance(self.weights, Path):
            raise OptionError(f"weights is a pathlib.Path, got {self.weights!r}")
        if self.min_score is None:
            return
        if isinstance(self.min_score, bool) or not isinstance(self.min_score, int | float):
            raise OptionError(f"min_score is a number, got {self.min_score!r}")
        if not 0.0 <= self.min_score <= 1.0:
            raise OptionError(f"min_score is a probability from 0 to 1, got {self.min_score}")
