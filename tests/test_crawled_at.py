"""`crawled_at` of the library: relative dates are read, and no day after it is taken."""

import datetime as dt
from typing import Any

import pytest

import cleanarticle
from cleanarticle import Article, OptionError

PROSE = (
    "The ferry left the old harbour at six in the morning and came back empty before noon, and "
    "nobody on the quay could say what had happened to the forty passengers it was meant to fetch."
)
CRAWLED = dt.datetime(2024, 5, 3, 12, 0, tzinfo=dt.UTC)


def page(when: str, head: str = "", language: str = "en") -> str:
    return (
        f'<html lang="{language}"><head><title>Ferry comes back empty</title>{head}</head><body>'
        f"<article><h1>Ferry comes back empty</h1><p>{when}</p><p>{PROSE}</p><p>{PROSE[:150]}</p>"
        "</article></body></html>"
    )


def day(text: str, crawled_at: dt.datetime | None) -> str | None:
    article = cleanarticle.extract(text, crawled_at=crawled_at)
    return article.date.isoformat() if article.date else None


@pytest.mark.parametrize(
    ("when", "language", "wanted"),
    [
        ("13 hours ago", "en", "2024-05-02"),
        ("Published 2 days ago", "en", "2024-05-01"),
        ("vor 3 Stunden", "de", "2024-05-03"),
        ("hace 3 días", "es", "2024-04-30"),
        ("2 дня назад", "ru", "2024-05-01"),
        ("昨天 14:30", "zh", "2024-05-02"),
    ],
)
def test_a_relative_date_is_read_against_the_fetch(when: str, language: str, wanted: str) -> None:
    assert day(page(when, language=language), CRAWLED) == wanted
    assert day(page(when, language=language), None) is None


def test_the_source_is_the_line_that_tells_the_day() -> None:
    article = cleanarticle.extract(page("13 hours ago"), crawled_at=CRAWLED)
    assert article.sources["date"].source == "line"
    assert article.sources["date"].text == "13 hours ago"


def test_raw_text_is_read_against_the_fetch_as_well() -> None:
    text = (
        f"Home\nSports\nFerry comes back empty\nBy Ann Lee, 13 hours ago\n{PROSE}\n{PROSE[:150]}\n"
    )
    assert day(text, CRAWLED) == "2024-05-02"
    assert day(text, None) is None


@pytest.mark.parametrize("when", ["5 May 2024", "Published on 5 May 2024", "9 July 2031"])
def test_a_day_after_the_fetch_is_not_taken(when: str) -> None:
    assert day(page(when), CRAWLED) is None
    assert day(page(when), None) is not None


def test_a_declared_day_after_the_fetch_is_not_taken_by_any_way() -> None:
    head = '<meta property="article:published_time" content="2024-07-05T06:10:00Z">'
    assert day(page("x", head), CRAWLED) is None  # htmldate would find it, too
    assert day(page("x", head), dt.datetime(2024, 7, 4, 1, 0)) == "2024-07-05"
    assert day(page("x", head), None) == "2024-07-05"


def test_the_zone_of_the_fetch_decides_which_day_it_was() -> None:
    tokyo = CRAWLED.replace(hour=18).astimezone(dt.timezone(dt.timedelta(hours=9)))
    assert day(page("Published yesterday"), CRAWLED) == "2024-05-02"
    assert day(page("Published yesterday"), tokyo) == "2024-05-03"
    assert day(page("Published yesterday"), tokyo.replace(tzinfo=None)) == "2024-05-03"


def test_a_report_takes_the_time_of_the_fetch_as_well() -> None:
    report = cleanarticle.explain(page("13 hours ago"), crawled_at=CRAWLED)
    assert report.article == cleanarticle.extract(page("13 hours ago"), crawled_at=CRAWLED)
    assert report.article.date == dt.date(2024, 5, 2)


@pytest.mark.parametrize("wrong", ["2024-05-03", 1714737600, dt.date(2024, 5, 3), True])
def test_what_is_no_datetime_is_refused(wrong: Any) -> None:
    message = f"crawled_at is a datetime.datetime, got {type(wrong).__name__}"
    with pytest.raises(OptionError, match=message):
        cleanarticle.extract(page("x"), crawled_at=wrong)


@pytest.mark.parametrize("crawled_at", [dt.datetime.min, dt.datetime.max])
def test_the_first_and_last_times_do_no_harm(crawled_at: dt.datetime) -> None:
    article: Article = cleanarticle.extract(page("99 weeks ago"), crawled_at=crawled_at)
    assert (article.title, article.date) == ("Ferry comes back empty", None)
