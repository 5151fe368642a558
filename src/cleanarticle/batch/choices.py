"""What the caller of a batch may choose."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field

from cleanarticle.batch import selection
from cleanarticle.batch.sinks import FORMATS, Format, columns_of
from cleanarticle.batch.sources.reading import Reading
from cleanarticle.errors import OptionError
from cleanarticle.options import Options

_DAY = 86_400.0  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """Choices for a batch.

    Raises:
        OptionError: at birth, for a value that cannot be used.
    """

    options: Options = field(default_factory=Options)
    """How each page is extracted."""

    reading: Reading = field(default_factory=Reading)
    """How sources are read."""

    jobs: int | None = None
    """Worker processes; None: one for each processor that this process may use."""

    timeout: float = 60.0
    """Seconds that a page may take, at most a day; its worker is ended then, and its status is
    "timeout"."""

    max_memory: int = 2000
    """Megabytes that a page may take on top of what a worker takes. Held on Linux only."""

    ordered: bool = False
    """`rows` gives them in the order of the sources, not as they are done. Files are written in
    that order always."""

    dedup: bool = False
    """Whether near-duplicates are marked in `duplicate_of`."""

    filter: str | None = None
    """Which rows are written, such as `page_type == "article" and confidence > 0.8`."""

    min_words: int = 0
    """Rows whose body has fewer words are not written."""

    language: str | None = None
    """Rows in another language than of this two-letter code are not written."""

    fields: Sequence[str] | None = None
    """Columns that are written, in this order; None: all."""

    format: Format | None = None
    """Of the output; None: told by its name."""

    def __post_init__(self) -> None:
        """Check once, before any page is read."""
        for name, least in (("jobs", 1), ("max_memory", 1), ("min_words", 0)):
            value = getattr(self, name)
            if value is not None and (not _is_int(value) or value < least):
                raise OptionError(f"{name} is a whole number from {least}, got {value!r}")
        if not isinstance(self.timeout, int | float) or not 0 < self.timeout <= _DAY:
            raise OptionError(
                f"timeout is a number of seconds above 0 and at most a day, got {self.timeout!r}"
            )
        if self.format is not None and self.format not in FORMATS:
            raise OptionError(f"format is one of {', '.join(FORMATS)}, got {self.format!r}")
        columns_of(self.fields)
        self.selects()

    @property
    def processes(self) -> int:
        """The number of worker processes."""
        if self.jobs is not None:
            return self.jobs
        usable = getattr(os, "sched_getaffinity", None)  # a container may not use all that is there
        return len(usable(0)) if usable else os.cpu_count() or 1

    def selects(self) -> selection.Test | None:
        """The test of which rows are written; None where all are.

        Raises:
            OptionError: `filter` is no expression that is understood.
        """
        tests = [selection.parse(self.filter)] if self.filter is not None else []
        if self.min_words:
            tests.append(lambda row: row["words"] >= self.min_words)
        if self.language is not None:
            tests.append(lambda row: row["language"] == self.language)
        return (lambda row: all(test(row) for test in tests)) if tests else None


def _is_int(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
