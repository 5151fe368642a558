"""What a caller may choose."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal

from cleanarticle.errors import OptionError

_NAMED = "(Limits."
MAX_DEPTH = 250  # of elements, whatever is asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much of a page is looked at. What lies behind a limit is left out, and `notes` say so.

    Pages come from strangers: each limit bounds time or memory that a page could ask for without
    end. Articles stay far below all of them.

    Raises:
        OptionError: at birth, for a value out of its range.
    """

    page_bytes: int = 20_000_000
    """Bytes of a page, unpacked, and characters of a str; it is read up to here. Time and memory
    grow with them: 0.2 s and 15 MB for each MB of usual markup."""

    elements: int = 250_000
    """Tags of a page that open elements; each takes some 200 bytes, however short it is written."""

    depth: int = 200
    """Levels of elements; deeper ones are read as if they stood side by side, and no text is lost.
    250 at most: the parser gives up on deeper pages, and to go on costs time for each level."""

    tag_chars: int = 16_384
    """Characters of a tag; a longer one keeps the attributes that are read, if they have no more
    than 2,000 characters, and loses the others. The parser's time grows with the square of their
    number. Nothing that is in an Article is lost, so no note says so."""

    blocks: int = 60_000
    """Paragraphs, lines, items and rows that are judged; each takes some 2 kB."""

    json_chars: int = 2_000_000
    """Characters of one JSON-LD block; of a longer one, single fields are read."""

    json_depth: int = 100
    """Levels of objects and lists in a JSON-LD block that are looked into."""

    seconds: float | None = None
    """Time for a page; None: no limit. The page is read, and as many of its blocks are judged as
    the time is likely to allow; other extractors are not asked once it is over. Reading itself is
    not interrupted: `page_bytes` and `elements` bound it. Which blocks are judged depends on the
    machine: only without this limit is the Article a function of the page and the options alone."""

    def __post_init__(self) -> None:
        """Check the ranges once, so that no room checks again."""
        for one in fields(self):
            value, is_seconds = getattr(self, one.name), one.name == "seconds"
            if is_seconds and value is None:
                continue
            if isinstance(value, bool) or not isinstance(value, (int, float)[: 1 + is_seconds]):
                expected = "a number or None" if is_seconds else "an int"
                raise OptionError(f"{one.name} is {expected}, got {value!r}")
            if not value > 0:
                raise OptionError(f"{one.name} is above 0, got {value}")
        if self.depth > MAX_DEPTH:
            raise OptionError(f"depth is at most {MAX_DEPTH}, got {self.depth}")


DEFAULT_LIMITS = Limits()


def limit_note(message: str, name: str) -> str:
    """A note on a limit that was reached; it names the field of `Limits`."""
    return f"{message} {_NAMED}{name})"


def names_limit(note: str) -> bool:
    """Whether a note tells of a limit that was reached."""
    return _NAMED in note


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

    limits: Limits = DEFAULT_LIMITS
    """How much of a page is looked at; see `Limits`."""

    def __post_init__(self) -> None:
        """Check the ranges once, so that no room checks again."""
        if self.effort not in ("normal", "thorough"):
            raise OptionError(f'effort is "normal" or "thorough", got {self.effort!r}')
        if self.weights is not None and not isinstance(self.weights, Path):
            raise OptionError(f"weights is a pathlib.Path, got {self.weights!r}")
        if not isinstance(self.limits, Limits):
            raise OptionError(f"limits is a Limits object, got {self.limits!r}")
        if self.min_score is None:
            return
        if isinstance(self.min_score, bool) or not isinstance(self.min_score, int | float):
            raise OptionError(f"min_score is a number, got {self.min_score!r}")
        if not 0.0 <= self.min_score <= 1.0:
            raise OptionError(f"min_score is a probability from 0 to 1, got {self.min_score}")
