"""When the time for a page is over, and how much of the page it allows."""

import time
from dataclasses import dataclass

# What comes after reading takes up to so many times as long as reading: measured on pages of
# nothing but short paragraphs, links, lines and cells.
AFTER_READING = 8.0


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment on the monotonic clock, in seconds; None: never."""

    begun: float = 0.0
    ends: float | None = None

    @classmethod
    def after(cls, seconds: float | None, spent: float = 0.0) -> "Deadline":
        """So many seconds from now, less those that were spent on reading the page."""
        begun = time.monotonic() - spent
        return cls(begun, None if seconds is None else begun + seconds)

    @property
    def spent(self) -> float:
        """Seconds since it was set."""
        return time.monotonic() - self.begun

    @property
    def is_over(self) -> bool:
        """Whether the time is over."""
        return self.ends is not None and time.monotonic() >= self.ends

    def affordable(self, blocks: int) -> int:
        """How many of the blocks that have just been read there is time to judge."""
        if self.ends is None:
            return blocks
        now = time.monotonic()
        expected = (now - self.begun) * AFTER_READING
        left = max(self.ends - now, 0.0)
        return blocks if left >= expected else int(blocks * left / expected)


NEVER = Deadline()
