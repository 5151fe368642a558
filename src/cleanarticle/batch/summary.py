"""What a batch did: counts, speed, the slowest pages."""

import heapq
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from cleanarticle.batch.item import Status

MOST_SLOW = 10
MOST_REASONS = 5  # that are told; of so many different ones as below they are counted
_KEPT_REASONS, _REASON_CHARS = 1000, 100
_MOST_ID = 60  # characters of an id in the table


@dataclass(frozen=True, slots=True)
class SlowPage:
    """A page that took long."""

    id: str
    seconds: float
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The figures of a whole batch."""

    counts: Mapping[str, int]
    """Rows by status; every status of `Status` is there."""

    seconds: float
    """That this run took, by the clock on the wall."""

    input_bytes: int
    body_bytes: int
    """Of the pages as they came, and of the bodies found in them."""

    slowest: tuple[SlowPage, ...] = ()
    """At most `MOST_SLOW`, the slowest first."""

    reasons: tuple[tuple[str, int], ...] = ()
    """The most frequent reasons of rows that are not "ok", each with the number of its rows."""

    resumed: int = 0
    """Rows that earlier runs had done, which this one went on from."""

    duplicates: int | None = None
    """Rows that are marked as near-duplicates; None where they were not looked for."""

    selected: int | None = None
    """Rows that were written; None where all of them were."""

    @property
    def pages(self) -> int:
        """All rows, whatever their status."""
        return sum(self.counts.values())

    @property
    def pages_a_second(self) -> float:
        """Of this run; zero where no time passed."""
        return (self.pages - self.resumed) / self.seconds if self.seconds > 0 else 0.0

    @property
    def kept_share(self) -> float | None:
        """Bytes of bodies over bytes of input, markup among them; None without input."""
        return self.body_bytes / self.input_bytes if self.input_bytes else None

    def to_dict(self) -> dict[str, Any]:
        """All figures as plain JSON types."""
        return {
            "pages": self.pages,
            "counts": dict(self.counts),
            "resumed": self.resumed,
            "seconds": self.seconds,
            "pages_a_second": self.pages_a_second,
            "input_bytes": self.input_bytes,
            "body_bytes": self.body_bytes,
            "kept_share": self.kept_share,
            "duplicates": self.duplicates,
            "selected": self.selected,
            "reasons": [{"reason": reason, "pages": number} for reason, number in self.reasons],
            "slowest": [asdict(page) for page in self.slowest],
        }

    def to_text(self) -> str:
        """A table for a terminal: a figure a line, then the slowest pages."""
        figures = [("pages", f"{self.pages:,}")]
        figures += [(f"  {status}", f"{number:,}") for status, number in self.counts.items()]
        if self.resumed:
            figures += [("done before", f"{self.resumed:,}")]
        figures += [("seconds", f"{self.seconds:,.1f}")]
        figures += [("pages a second", f"{self.pages_a_second:,.1f}")]
        if self.kept_share is not None:
            figures += [("text kept", f"{self.kept_share:.1%}")]
        if self.duplicates is not None:
            figures += [("duplicates", f"{self.duplicates:,}")]
        if self.selected is not None:
            figures += [("selected", f"{self.selected:,}")]
        width = max(len(figure) for _name, figure in figures)
        lines = [f"{name:<14}  {figure:>{width}}" for name, figure in figures]
        if self.reasons:
            lines += ["", "why pages gave no article"]
        lines += [
            f"{number:>8,}  {_shown(reason, _REASON_CHARS)}" for reason, number in self.reasons
        ]
        if self.slowest:
            lines += ["", "slowest pages, in seconds"]
        lines += [
            f"{page.seconds:8.2f}  {page.status:<9}  {_shown(page.id)}" for page in self.slowest
        ]
        return "\n".join(lines)


class Tally:
    """Counts rows as they come; memory does not grow with their number."""

    def __init__(self) -> None:
        self._counts = Counter[str]({str(status): 0 for status in Status})
        self._input_bytes = self._body_bytes = 0
        self._reasons = Counter[str]()
        self._slowest: list[tuple[float, int, SlowPage]] = []  # a heap, the quickest on top

    def add(
        self, row_status: str, id: str, seconds: float, input_bytes: int, body_bytes: int
    ) -> None:
        """Count a row.

        Args:
            row_status: a value of `Status`.
            id: of the row.
            seconds: that its page took.
            input_bytes: of the page as it came.
            body_bytes: of the body found in it.
        """
        self._counts[str(row_status)] += 1
        self._input_bytes += input_bytes
        self._body_bytes += body_bytes
        # Of pages that took the same time the first stay, so that equal runs report the same.
        entry = (seconds, -self._counts.total(), SlowPage(id, seconds, str(row_status)))
        if len(self._slowest) < MOST_SLOW:
            heapq.heappush(self._slowest, entry)
        else:
            heapq.heappushpop(self._slowest, entry)

    def tell(self, reason: str) -> None:
        """Count why a row is not "ok"; of very many different reasons, the first ones."""
        reason = reason[:_REASON_CHARS]
        if reason in self._reasons or len(self._reasons) < _KEPT_REASONS:
            self._reasons[reason] += 1

    def summary(
        self,
        seconds: float,
        *,
        resumed: int = 0,
        duplicates: int | None = None,
        selected: int | None = None,
    ) -> Summary:
        """The figures up to now; for the arguments see `Summary`."""
        return Summary(
            counts=dict(self._counts),
            seconds=seconds,
            input_bytes=self._input_bytes,
            body_bytes=self._body_bytes,
            slowest=tuple(page for *_order, page in sorted(self._slowest, reverse=True)),
            reasons=tuple(self._reasons.most_common(MOST_REASONS)),
            resumed=resumed,
            duplicates=duplicates,
            selected=selected,
        )


def _shown(text: str, most: int = _MOST_ID) -> str:
    """A text in one line of visible characters, the middle left out where it is long."""
    line = "".join(c if c.isprintable() else "?" for c in text)
    if len(line) <= most:
        return line
    half = most // 2
    return f"{line[: half - 1]}…{line[-half:]}"
