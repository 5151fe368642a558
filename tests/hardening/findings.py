"""What a part of the hardening suite has to say: rows of one table."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Finding:
    """One row: what was tried, how many times, and what happened."""

    tried: str
    count: int
    happened: str
    """In words and figures, with the bound where there is one."""
    holds: bool
    """Whether that is what was promised."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How a part is run."""

    corpus: Path | None
    """A folder of labelled pages; None: the pages of the test cases alone."""
    long: bool
    """The form that the published table is of: hours. The other takes minutes."""
    jobs: int
    """Processes at once."""


class Unavailable(Exception):
    """A part cannot be run here; the message says what to install or to give."""
