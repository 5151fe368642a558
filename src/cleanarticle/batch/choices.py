"""What the caller of a batch may choose."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from cleanarticle.batch import selection
from cleanarticle.batch.sinks import FORMATS, Format, columns_of
from cleanarticle.batch.sources.reading import Reading
from cleanarticle.errors import OptionError
from cleanarticle.options import Options

_DAY = 86_400.0  # seconds
_CODE = re.compile(r"[a-z]{2,3}(?:[-_]\w++)*+")


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
    """Rows in other languages than of this code, such as "en", are not written. Several are parted
    by commas; a region behind a code has no say."""

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
            OptionError: `filter` is no expression that is understood, or `language` no code.
        """
        tests = [selection.parse(self.filter)] if self.filter is not None else []
        if self.min_words:
            tests.append(lambda row: row["words"] >= self.min_words)
        if self.language is not None:
            codes = _codes(self.language)
            tests.append(lambda row: row["language"] in codes)
        return (lambda row: all(test(row) for test in tests)) if tests else None


def _is_int(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _codes(language: str) -> frozenset[str]:
    """Codes of languages in small letters, without regions."""
    given = [code.strip().lower() for code in language.split(",")]
    wrong = [code for code in given if not _CODE.fullmatch(code)]
    if wrong:
        raise OptionError(f"language is a code such as en, or several (en,de), got {wrong[0]!r}")
    return frozenset(code[:3].rstrip("-_") for code in given)
