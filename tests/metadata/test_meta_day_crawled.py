"""Days where it is known when the page was fetched."""

import datetime as dt

import pytest

from cleanarticle import metadata, readers
from cleanarticle.metadata import day
from cleanarticle.metadata.day import TABLE, Day
from cleanarticle.metadata.ranking import measure
from cleanarticle.metadata.view import View
from cleanarticle.records import Document

CRAWLED = dt.datetime(2024, 3, 6, 12, 0)
FOURTH, FIFTH, SIXTH, SEVENTH, EIGHTH = (dt.date(2024, 3, n) for n in (4, 5, 6, 7, 8))


def view(
    body: str, head: str = "", language: str = "en", crawled_at: dt.datetime | None = CRAWLED
) -> View:
    page = f'<html lang="{language}"><head>{head}</head><body>{body}</body></html>'
    opened = readers.open_page(page)
    return metadata.view_of(readers.read(opened, kind="html", crawled_at=crawled_at))


def found(page: View) -> dict[dt.date, Day]:
    return {candidate.day: candidate for candidate in day.candidates(page, None)}


@pytest.mark.parametrize(
    ("line", "twin", "language"),
    [
        ("Published yesterday at 14:30", "Published 5 March 2024 at 14:30", "en"),
        ("By Ann Lee, 1 day ago", "By Ann Lee, 5 March 2024", "en"),
        ("Updated (13 hours ago)", "Updated (5 March 2024)", "en"),
        ("发布于昨天 10:20", "发布于2024年3月5日 10:20", "zh"),
        ("昨天10:20", "2024年3月5日10:20", "zh"),
    ],
)
def test_a_relative_day_counts_like_one_that_is_written_out(
    line: str, twin: str, language: str
) -> None:
    (ago,) = found(view(f"<p>{line}</p>", language=language)).values()
    (shown,) = found(view(f"<p>{twin}</p>", language=language)).values()
    assert (ago.day, ago.source) == (shown.day, shown.source) == (FIFTH, "line")
    assert ago.counts == shown.counts
    assert measure([ago], TABLE).tolist() == measure([shown], TABLE).tolist()
    assert ago.texts == {"line": line}


@pytest.mark.parametrize(
    "body", ["3 hours ago", "Published yesterday at 14:30", "2 days ago", "<time>1 day ago</time>"]
)
def test_without_the_time_of_the_fetch_relative_days_are_none(body: str) -> None:
    assert found(view(f"<p>{body}</p>", crawled_at=None)) == {}
    assert len(found(view(f"<p>{body}</p>"))) == 1


def test_a_relative_day_and_the_same_written_out_are_one_candidate() -> None:
    page = view("<p>5 March 2024</p><p>By Ann Lee, 1 day ago</p>")
    (only,) = found(page).values()
    assert (only.day, only.counts["line"], only.counts["byline"]) == (FIFTH, 2, 1)


def test_a_line_that_writes_its_day_out_is_not_read_relatively() -> None:
    assert list(found(view("<p>4 March 2024, 2 hours ago</p>"))) == [FOURTH]


def test_a_day_of_modification_may_be_relative() -> None:
    days = found(view("<p>Published 2 days ago</p><p>Updated 2 hours ago</p>"))
    assert days[FOURTH].is_published
    assert days[SIXTH].is_modification


def test_a_declared_value_that_readers_see_may_be_relative() -> None:
    days = found(view('<p><span itemprop="datePublished">vor 1 Tag</span></p>', language="de"))
    assert days[FIFTH].counts["itemprop"] == 1


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ("<p>{}</p>", ""),
        ("<p>Published {}</p>", ""),
        ("<p>x</p>", '<meta name="date" content="{}">'),
        ("<p>x</p>", '<meta name="lastmod" content="{}">'),
        ('<time datetime="{}">soon</time>', ""),
    ],
)
def test_days_after_the_fetch_are_no_candidates_but_for_the_next_one(body: str, head: str) -> None:
    def days(crawled_at: dt.datetime | None, *shown: dt.date) -> list[dt.date]:
        bodies, heads = ("".join(part.format(d) for d in shown) for part in (body, head))
        return list(found(view(bodies, heads, crawled_at=crawled_at)))

    assert days(CRAWLED, SIXTH, SEVENTH, EIGHTH) == [SIXTH, SEVENTH]
    assert days(None, SIXTH, SEVENTH, EIGHTH) == [SIXTH, SEVENTH, EIGHTH]


def test_a_day_in_the_address_after_the_fetch_is_no_candidate() -> None:
    def days(last: int) -> list[dt.date]:
        document = Document(
            blocks=(), url=f"https://quay.example/2024/03/0{last}/ferry", crawled_at=CRAWLED
        )
        return list(found(metadata.view_of(document)))

    assert (days(7), days(8)) == ([SEVENTH], [])


def test_days_after_the_fetch_are_not_counted_among_those_of_the_page() -> None:
    (only,) = found(view("<p>5 March 2024</p><p>Coming up: 9 May 2031</p>")).values()
    (alone,) = found(view("<p>5 March 2024</p><p>Coming up: in May</p>")).values()
    assert measure([only], TABLE).tolist() == measure([alone], TABLE).tolist()


def test_figures_in_either_order_are_read_so_that_they_are_past() -> None:
    assert list(found(view("<p>05/03/2024</p>"))) == [FIFTH]
    assert list(found(view("<p>04/05/2024</p>", language="de"))) == []
    assert list(found(view("<p>05/03/2024</p>", crawled_at=None))) == [dt.date(2024, 5, 3)]


def test_iranian_figures_are_not_turned_round() -> None:
    later = dt.datetime(2025, 1, 1)
    declared = '<meta name="date" content="2024-03-05">'  # what 2024-05-03 is turned round
    days = found(view("<p>14/02/1403</p>", declared, "fa", crawled_at=later))
    assert list(days) == [FIFTH, dt.date(2024, 5, 3)]


@pytest.mark.parametrize(
    ("crawled_at", "wanted"),
    [
        (None, None),
        (CRAWLED, SEVENTH),
        (dt.datetime(2024, 3, 6, 23, 30, tzinfo=dt.timezone(dt.timedelta(hours=-8))), SEVENTH),
        (dt.datetime(2024, 3, 6, 0, 30, tzinfo=dt.timezone(dt.timedelta(hours=9))), SEVENTH),
        (dt.datetime.max, dt.date.max),
    ],
)
def test_the_last_day_is_that_after_the_fetch_in_its_own_zone(
    crawled_at: dt.datetime | None, wanted: dt.date | None
) -> None:
    assert Document(blocks=(), crawled_at=crawled_at).last_day == wanted
