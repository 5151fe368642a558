"""Which day is taken for that of publication, and its time."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from cleanarticle import metadata, readers
from cleanarticle.metadata import day
from cleanarticle.metadata.day import LIKELY, MIN_PROBABILITY, Day
from cleanarticle.metadata.ranking import Table
from cleanarticle.metadata.view import View

FIFTH, SIXTH, NINTH = (dt.date(2024, 3, n) for n in (5, 6, 9))
DECLARED = '<meta property="article:published_time" content="2024-03-05T06:10:00+01:00">'
CHANGED = '<meta property="article:modified_time" content="2024-03-09T20:00:00Z">'


@dataclass
class Told:
    """A ranker whose probabilities are given by day."""

    likely: dict[dt.date, float]

    def probabilities(self, name: str, values: Sequence[Any], table: Table) -> list[float]:
        assert (name, table) == (day.NAME, day.TABLE)
        return [self.likely.get(value.day, 0.0) for value in values]


def view(body: str, head: str = "") -> View:
    page = f'<html lang="en"><head>{head}</head><body>{body}</body></html>'
    return metadata.view_of(readers.read(readers.open_page(page), kind="html"))


def found(page: View) -> dict[dt.date, Day]:
    return {candidate.day: candidate for candidate in day.candidates(page, None)}


def chosen(page: View, likely: dict[dt.date, float]) -> dt.date | None:
    best = day.choose(page, None, Told(likely))
    return best.day if best else None


# modification ------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ("<p>x</p>", CHANGED),
        ("<p>Updated 9 March 2024</p>", ""),
        ("<p>Last modified on: 9 March 2024</p>", ""),
    ],
)
@pytest.mark.parametrize("published", [DECLARED, "<p>Published on 5 March 2024</p>"])
def test_a_modification_is_the_day_only_where_the_page_names_none(
    body: str, head: str, published: str
) -> None:
    likely = {NINTH: 0.9, FIFTH: 0.2}
    both = view(published + body, head) if "<p>" in published else view(body, head + published)
    assert found(both)[NINTH].is_modification
    assert chosen(both, likely) == FIFTH
    assert chosen(view(body, head), likely) == NINTH


def test_a_day_that_is_merely_shown_does_not_go_before_a_modification() -> None:
    page = view("<p>5 March 2024</p><p>Updated 9 March 2024</p>")
    assert not found(page)[FIFTH].is_published
    assert chosen(page, {NINTH: 0.9, FIFTH: 0.2}) == NINTH


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ("<p>9 March 2024</p>", CHANGED),
        ("<p>Published 9 March 2024</p><p>Updated 9 March 2024</p>", ""),
        ("<p>x</p>", CHANGED + '<meta name="date" content="2024-03-09">'),
    ],
)
def test_a_day_of_change_that_is_also_shown_or_published_is_no_modification(
    body: str, head: str
) -> None:
    page = view(body, DECLARED + head)
    assert not found(page)[NINTH].is_modification
    assert chosen(page, {NINTH: 0.9, FIFTH: 0.2}) == NINTH


def test_the_last_declared_change_is_the_day_of_modification() -> None:
    earlier = '<meta name="lastmod" content="2024-03-06"><meta name="last-modified" content="?">'
    assert day.modified(view("<p>Updated 12 March 2024</p>", CHANGED + earlier)) == NINTH
    assert day.modified(view("<p>Updated 12 March 2024</p>", DECLARED)) is None


# days that are merely shown ----------------------------------------------


@pytest.mark.parametrize(("p", "wanted"), [(MIN_PROBABILITY, FIFTH), (0.05, SIXTH)])
def test_a_labelled_day_goes_before_a_likelier_one_that_is_merely_shown(
    p: float, wanted: dt.date
) -> None:
    page = view("<p>6 March 2024</p><p>Published on 5 March 2024</p>")
    assert chosen(page, {SIXTH: 0.9, FIFTH: p}) == wanted


@pytest.mark.parametrize(
    ("shown", "p", "wanted"),
    [
        (NINTH, LIKELY, FIFTH),
        (NINTH, LIKELY - 0.01, NINTH),
        (SIXTH, LIKELY, SIXTH),  # the same hour in another zone
    ],
)
def test_a_likely_declared_day_goes_before_one_that_is_shown_more_than_a_day_apart(
    shown: dt.date, p: float, wanted: dt.date
) -> None:
    page = view(f"<p>{shown:%d.%m.%Y}</p>", DECLARED)
    assert chosen(page, {shown: 0.9, FIFTH: p}) == wanted


# choosing ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("likely", "wanted"),
    [
        ({FIFTH: 0.3, SIXTH: 0.6}, SIXTH),
        ({FIFTH: 0.6, SIXTH: 0.6}, FIFTH),
        ({SIXTH: MIN_PROBABILITY}, SIXTH),
        ({SIXTH: MIN_PROBABILITY - 0.01}, None),
    ],
)
def test_the_likeliest_day_is_taken_if_it_is_likely(
    likely: dict[dt.date, float], wanted: dt.date | None
) -> None:
    assert chosen(view("<p>6 March 2024</p>", DECLARED), likely) == wanted


def test_a_page_without_days_has_none() -> None:
    assert chosen(view("<p>x</p>"), {}) is None


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("2024-03-05T06:10:00+01:00", dt.timedelta(hours=1)),
        ("2024-03-05T06:10:00-05:00", dt.timedelta(hours=-5)),
        ("2024-03-05T06:10:00", None),
        ("2024-03-05", None),
        ("5 March 2024 2024-03-06T06:10:00+01:00", None),
        ("2024-03-05T06:10 in the morning", None),
    ],
)
def test_the_time_is_given_where_the_zone_is_told(value: str, wanted: dt.timedelta | None) -> None:
    only = found(view("<p>x</p>", f'<meta name="date" content="{value}">'))[FIFTH]
    time = dt.datetime(2024, 3, 5, 6, 10)
    assert day.time_of(only) == (
        time.replace(tzinfo=dt.timezone(wanted)) if wanted is not None else None
    )


def test_the_time_of_another_day_is_not_that_of_the_chosen_one() -> None:
    days = found(view("<p>6 March 2024</p>", DECLARED))
    assert day.time_of(days[FIFTH]) == dt.datetime.fromisoformat("2024-03-05T06:10:00+01:00")
    assert day.time_of(days[SIXTH]) is None
