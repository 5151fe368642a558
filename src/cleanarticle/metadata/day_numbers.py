"""What a day that may be that of publication is judged by."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cleanarticle.metadata.ranking import Rows, Table
from cleanarticle.metadata.view import NONE

if TYPE_CHECKING:
    from cleanarticle.metadata.day import Day

SOURCES = ("json-ld", "opengraph", "itemprop", "meta", "time element")
MAX_TIMES = 4  # more say no more
_SAID = ("stamp", "utc", "modified")
_LINES = ("line", "alone", "published", "updated", "byline", "time", "behind", "hidden", "prose")
_COUNTED = (*_SAID, "address", *_LINES)
_BESIDE = ("stamp", "utc", "json-ld", "line", "time element")
_GIVEN = (*SOURCES, "published", "updated", "alone", "modified")


def _of_counts(day: "Day") -> list[float]:
    counts, order = day.counts.get, day.order.get
    return [
        *[min(counts(source, 0), MAX_TIMES) for source in SOURCES],
        *[order(source, NONE) for source in SOURCES],
        *[min(counts(name, 0), MAX_TIMES) for name in _COUNTED],
        order("line", NONE),
    ]


COUNTS = (
    *((source, "times that it is declared so") for source in SOURCES),
    *((f"{source} order", "its place among those") for source in SOURCES),
    *((name, "it is declared so") for name in _SAID),
    ("address", "it stands in the address"),
    *((f"{name} lines", "lines that show it so") for name in _LINES),
    ("line order", "its place among all days shown"),
)


def _of_place(day: "Day") -> Sequence[float]:
    return (
        day.below_title,
        day.above_title,
        day.from_prose,
        abs(day.from_prose),
        day.page.nearest_below_title < day.below_title,
    )


PLACE = (
    ("below title", "blocks from the title to its line"),
    ("above title", "blocks from its line to the title"),
    ("from prose", "blocks from the first prose to its line"),
    ("far from prose", "the same without its sign"),
    ("nearer", "another day stands nearer below the title"),
)


def _of_others(day: "Day") -> list[float]:
    page, own, beside = day.page, day.day, day.beside
    earlier = page.sorted.index(own)
    declared = page.declared or [own]
    return [
        len(page.found),
        earlier,
        len(page.found) - 1 - earlier,
        len(page.declared),
        (own - declared[0]).days,
        (own - declared[-1]).days,
        *[any(other.counts[name] > 0 for other in beside) for name in _BESIDE],
        *[name in page.given for name in _GIVEN],
    ]


OTHERS = (
    ("days", "of the page"),
    ("earlier", "days of the page"),
    ("later", "days of the page"),
    ("declared", "days of the page"),
    ("after first", "days behind the first declared one"),
    ("after last", "days behind the last declared one"),
    *((f"beside {name}", "the day before or behind has it") for name in _BESIDE),
    *((f"any {name}", "a day of the page has it") for name in _GIVEN),
)


def _of_page(day: "Day") -> Sequence[float]:
    own, (year, month) = day.day, day.page.month
    return (
        year == own.year,
        month == own.month,
        year > 0,
        day.page.title_block is not None,
        (own.month, own.day) == (1, 1),
    )


PAGE = (
    ("year of address", "it is in that year"),
    ("month of address", "it is in that month"),
    ("address has year", "it has one"),
    ("has title", "a block shows the title"),
    ("first of january", "it may be a year alone"),
)

TABLE: Table = (
    Rows(COUNTS, _of_counts),
    Rows(PLACE, _of_place),
    Rows(OTHERS, _of_others),
    Rows(PAGE, _of_page),
)
