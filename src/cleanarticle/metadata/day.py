"""The day of publication: never of modification, never converted to another zone.

Every day that the page declares or shows in a line is a candidate. Trees fitted on labelled pages
tell the right one by its sources, by where it is shown and what stands beside it, and by the other
days: what readers see goes before a time stamp of another zone.

Where it is known when the page was fetched, days told from then ("3 hours ago") are candidates like
those written out, and later days are none.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from cleanarticle.language import bylines, dates, facts, relative
from cleanarticle.language.words import tokens
from cleanarticle.metadata.day_numbers import SOURCES, TABLE
from cleanarticle.metadata.ranking import Ranker
from cleanarticle.metadata.view import NONE, View
from cleanarticle.once import once
from cleanarticle.records import Block, Field

NAME = "date"
MAX_DAYS_OF_LINE = 3
MAX_DAYS = 80  # of a page; later ones are those of a list or a table
MAX_LABEL_WORDS = 4
PROSE_LINE = 15  # words: a day in a longer line stands in running text
MIN_PROBABILITY = 0.1
LIKELY = 0.3  # a declared day, beside a likelier one that is shown more than a day apart
_URL_DAY = re.compile(r"/(\d{4})/(\d{1,2})/(\d{1,2})(?:/|$)")
_URL_MONTH = re.compile(r"/(20\d\d)(?:/(\d\d))?(?:/|$)")
_STAMP = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")
_UTC = re.compile(r"(?:Z|\+00:?00)$")
_EITHER_ORDER = re.compile(r"^\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]")
_TIME = re.compile(r"\d{1,2}:\d{2}")
_ONE = dt.timedelta(days=1)


@dataclass(eq=False)
class Day:
    """A day that may be that of publication, with all that gives it."""

    day: dt.date
    page: "Days"
    counts: Counter[str] = field(default_factory=Counter)  # what gives it
    order: dict[str, int] = field(default_factory=dict)  # source → its place among its values
    texts: dict[str, str] = field(default_factory=dict)  # source → as it stands there
    below_title: float = NONE  # blocks between the title and the line
    above_title: float = NONE
    from_prose: float = NONE  # blocks from the first prose to the line, the nearest one

    @property
    def is_declared(self) -> bool:
        """Whether the page tells machines that it is the day of publication."""
        return any(self.counts[source] for source in SOURCES[:4])

    @property
    def is_published(self) -> bool:
        """Whether the page says that it is the day of publication."""
        return self.is_declared or self.counts["published"] > 0

    @property
    def is_modification(self) -> bool:
        """Whether the page says that it was changed then, and does not show it as its day."""
        said = self.counts["modified"] or self.counts["updated"]
        is_shown = self.counts["line"] > self.counts["updated"]
        return bool(said) and not (self.is_published or is_shown)

    def goes_before(self, shown: "Day", probability: float) -> bool:
        """Whether it is to be taken in the place of a likelier day that is merely shown."""
        if shown.is_modification:
            return self.is_published
        if self.counts["published"]:
            return probability >= MIN_PROBABILITY
        is_declared = self.counts["json-ld"] or self.counts["opengraph"]
        is_far = abs(self.day - shown.day) > _ONE
        return bool(is_declared) and is_far and probability >= LIKELY

    @property
    def source(self) -> str:
        """The best source."""
        order = (*SOURCES, "line", "address", "modified")
        return min(self.texts, key=order.index)

    @property
    def beside(self) -> list["Day"]:
        """The day before and that behind, where they are candidates."""
        days = self.page.found
        return [days[day] for day in (self.day - _ONE, self.day + _ONE) if day in days]


@dataclass(eq=False)
class Days:
    """All candidates of a page, and what they are compared with."""

    view: View
    title_block: int | None
    found: dict[dt.date, Day] = field(default_factory=dict)
    lines: int = 0  # in which a day is found

    def of(self, day: dt.date) -> Day:
        """The candidate for a day, made where it is new."""
        return self.found.setdefault(day, Day(day, self))

    def is_late(self, day: dt.date) -> bool:
        """Whether the page was fetched before that day came anywhere."""
        last = self.view.document.last_day
        return last is not None and day > last

    def written_out(self, text: str) -> str:
        """A line with the days written out that it tells from when the page was fetched.

        So that they are read and counted like others. A line that writes a day out stays as it is.
        """
        document = self.view.document
        if document.crawled_at is None or dates.find_days(text, document.language):
            return text
        told = relative.find_relative(text, document.language, document.crawled_at)
        for found in reversed(told):
            text = f"{text[: found.start]} {found.day} {text[found.end :]}"
        return " ".join(text.split()) if told else text

    def declared_in(self, value: str) -> dt.date | None:
        """The day of a declared value, which may be what readers see as well."""
        return parse(self.written_out(value), self.view.document.language)

    @once
    def sorted(self) -> list[dt.date]:
        """All days, earliest first."""
        return sorted(self.found)

    @once
    def declared(self) -> list[dt.date]:
        """Declared days, earliest first."""
        return [day for day in self.sorted if self.found[day].is_declared]

    @once
    def given(self) -> frozenset[str]:
        """Everything that gives any day."""
        days = self.found.values()
        return frozenset(name for day in days for name, count in day.counts.items() if count)

    @once
    def nearest_below_title(self) -> float:
        """Fewest blocks between the title and a line with a day."""
        return min((day.below_title for day in self.found.values()), default=NONE)

    @once
    def month(self) -> tuple[int, int]:
        """Year and month in the address, 0 where there is none."""
        match = _URL_MONTH.search(self.view.path)
        return (int(match[1]), int(match[2] or 0)) if match else (0, 0)


def choose(view: View, title_block: int | None, ranker: Ranker) -> Day | None:
    """The likeliest day of publication.

    A day of modification is taken only where the page names no day of publication, and a day that
    is merely shown only where no other one is called that of publication and is likely, too.
    """
    found = candidates(view, title_block)
    if not found:
        return None
    probabilities = ranker.probabilities(NAME, found, TABLE)
    order = sorted(zip(probabilities, found, strict=True), key=lambda pair: -pair[0])
    likely, best = order[0]
    for probability, day in order[1:]:
        if not best.is_published and day.goes_before(best, probability):
            likely, best = probability, day
    return best if likely >= MIN_PROBABILITY else None


def candidates(view: View, title_block: int | None) -> list[Day]:
    """All days that the page declares, shows in a line, or has in its address."""
    days = Days(view, title_block)
    _declare(days)
    for position in _telling(view):
        if len(days.found) < MAX_DAYS:
            _show(days, view.blocks[position])
    day = _in_address(view.path)
    if day:
        days.of(day).counts["address"] += 1
        days.of(day).texts["address"] = view.path
    days.found = {day: found for day, found in days.found.items() if not days.is_late(day)}
    return list(days.found.values())


def _telling(view: View) -> Sequence[int]:
    """Positions of the lines that may tell days, written out or from the fetch."""
    return list(view.days) if view.document.crawled_at is None else range(len(view.blocks))


def _read(days: Days, found: dates.Day, text: str) -> Day:
    """The candidate for a day in figures, in the other order where only that is declared or past.

    Not in the calendar of Iran, whose months are not ours: its years are the lower ones.
    """
    day, written = found.day, text[found.start : found.end]
    if day in days.found or not _EITHER_ORDER.search(written) or int(written[-4:]) < day.year:
        return days.of(day)
    try:
        other = day.replace(month=day.day, day=day.month)
    except ValueError:
        return days.of(day)
    declared = other in days.found and days.found[other].is_declared
    is_other = declared or (days.is_late(day) and not days.is_late(other))
    return days.of(other if is_other else day)


def _declare(days: Days) -> None:
    for source in SOURCES:
        for place, value in enumerate(days.view.values(Field.DATE, source), start=1):
            day = days.declared_in(value)
            if day is None:
                continue
            found = days.of(day)
            found.counts[source] += 1
            found.order.setdefault(source, place)
            found.texts.setdefault(source, value)
            found.counts["stamp"] |= bool(_STAMP.search(value))
            found.counts["utc"] |= bool(_STAMP.search(value) and _UTC.search(value))
    for value in days.view.values(Field.MODIFIED):
        day = days.declared_in(value)
        if day:
            days.of(day).counts["modified"] += 1
            days.of(day).texts.setdefault("modified", value)


def _show(days: Days, block: Block) -> None:
    """Count the days in a line, with what stands beside them."""
    view, language = days.view, days.view.document.language
    if "©" in block.text:
        return
    text = days.written_out(block.text)
    for found in dates.find_days(text, language)[:MAX_DAYS_OF_LINE]:
        day = _read(days, found, text)
        day.texts.setdefault("line", block.text)
        days.lines += 1
        day.order.setdefault("line", days.lines)
        day.counts["line"] += 1
        day.counts["alone"] += bylines.only_a_date(text, found)
        label = tokens(text[: found.start].rpartition("\n")[2])[-MAX_LABEL_WORDS:]
        day.counts["published"] += _holds_label(label, "published", "date_labels")
        day.counts["updated"] += _holds_label(label, "updated")
        day.counts["byline"] += bool(bylines.people(text, language))
        day.counts["time"] += bool(_TIME.search(text[found.end : found.end + 20]))
        day.counts["behind"] += block.index > view.last_prose
        day.counts["hidden"] += view.document.is_hidden(block)
        day.counts["prose"] += block.words > PROSE_LINE
        if days.title_block is not None:
            below = block.index - days.title_block
            if below >= 0:
                day.below_title = min(day.below_title, below)
            else:
                day.above_title = min(day.above_title, -below)
        day.from_prose = min(day.from_prose, block.index - view.first_prose, key=abs)


def _holds_label(words: Sequence[str], *keys: str) -> bool:
    """Whether words end in a label, perhaps with a word or two behind it."""
    known = _labels(*keys)
    return any(words[-size:] in known for size in range(1, len(words) + 1))


@cache
def _labels(*keys: str) -> frozenset[facts.Phrase]:
    return frozenset[facts.Phrase]().union(*(facts.phrases(key) for key in keys))


def parse(value: str, language: str | None) -> dt.date | None:
    """The first day in a declared value."""
    days = dates.find_days(value, language)
    if not days and re.fullmatch(r"(19|20)\d{6}(?:\d{6})?", value):
        days = dates.find_days(f"{value[:4]}-{value[4:6]}-{value[6:8]}")
    return days[0].day if days else None


def time_of(day: Day) -> dt.datetime | None:
    """The aware time of publication, where the page gives time and zone."""
    for source in SOURCES:
        value = day.texts.get(source, "")
        match = _STAMP.search(value)
        try:
            stamp = dt.datetime.fromisoformat(value[match.start() :].strip()) if match else None
        except ValueError:
            continue
        if stamp and stamp.tzinfo is not None and stamp.date() == day.day:
            return stamp
    return None


def modified(view: View) -> dt.date | None:
    """The last day on which the page says that it was changed."""
    days = (parse(value, view.document.language) for value in view.values(Field.MODIFIED))
    return max((day for day in days if day), default=None)


def _in_address(path: str) -> dt.date | None:
    match = _URL_DAY.search(path)
    return parse("-".join(match.groups()), None) if match else None
