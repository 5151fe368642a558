"""Which days of a page may be that of publication."""

import datetime as dt

import pytest

from cleanarticle import metadata, readers
from cleanarticle.metadata import day
from cleanarticle.metadata.day import Day
from cleanarticle.metadata.view import View

URL = "https://www.quay.example/2024/03/05/ferry-late"
FIFTH, SIXTH = dt.date(2024, 3, 5), dt.date(2024, 3, 6)
DECLARED = '<meta property="article:published_time" content="2024-03-05T06:10:00+01:00">'


def view(body: str, head: str = "", language: str = "en", url: str | None = None) -> View:
    page = f'<html lang="{language}"><head>{head}</head><body>{body}</body></html>'
    return metadata.view_of(readers.read(readers.open_page(page), url=url, kind="html"))


def found(page: View) -> dict[dt.date, Day]:
    return {candidate.day: candidate for candidate in day.candidates(page, None)}


def test_a_day_that_is_declared_and_shown_and_in_the_address_is_one_candidate() -> None:
    time = '<time datetime="2024-03-05">5 March</time>'
    (only,) = found(view(f"<p>Posted on 5 March 2024, 06:10</p>{time}", DECLARED, url=URL)).values()
    assert only.day == FIFTH
    wanted = ("opengraph", "stamp", "time element", "line", "published", "time", "address")
    assert [only.counts[name] for name in wanted] == [1] * len(wanted)
    assert [only.counts[name] for name in ("utc", "updated", "json-ld", "modified")] == [0] * 4
    assert only.texts["line"] == "Posted on 5 March 2024, 06:10"
    assert only.texts["address"] == "/2024/03/05/ferry-late"
    assert only.source == "opengraph"


def test_each_day_of_the_page_is_a_candidate() -> None:
    page = view("<p>6 March 2024</p><p>12 May 2021 – 6 March 2024</p>", DECLARED)
    days = found(page)
    assert list(days) == [FIFTH, SIXTH, dt.date(2021, 5, 12)]
    assert days[SIXTH].counts["line"] == 2


@pytest.mark.parametrize(
    "line", ["© 5 March 2024 The Quay", f"5 March 2024 {'and on ' * 60}", "March 2024", "5 March"]
)
def test_lines_of_rights_prose_and_parts_of_a_day_give_no_day(line: str) -> None:
    assert found(view(f"<p>{line}</p>")) == {}


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/2024/03/05/ferry", [FIFTH]),
        ("/news/2024/3/5", [FIFTH]),
        ("/2024/03/ferry", []),
        ("/2024/13/45/ferry", []),
        ("/12024/03/05/ferry", []),
    ],
)
def test_an_address_gives_a_whole_day_or_none(path: str, wanted: list[dt.date]) -> None:
    assert list(found(view("<p>x</p>", url=f"https://quay.example{path}"))) == wanted


@pytest.mark.parametrize("value", ["20240305", "20240305061000", "5 March 2024", "2024-03-05T06Z"])
def test_declared_values_of_several_forms_are_read(value: str) -> None:
    assert day.parse(value, "en") == FIFTH


@pytest.mark.parametrize("value", ["2024", "99990305", "0240305", "soon", ""])
def test_other_values_are_no_days(value: str) -> None:
    assert day.parse(value, "en") is None


@pytest.mark.parametrize(
    ("language", "declared", "wanted"),
    [
        ("de", "2024-04-03", dt.date(2024, 4, 3)),
        ("de", "2024-03-04", dt.date(2024, 3, 4)),
        ("en", "2024-04-03", dt.date(2024, 4, 3)),
        ("en", "2024-03-04", dt.date(2024, 3, 4)),
    ],
)
def test_figures_in_either_order_follow_the_declared_day(
    language: str, declared: str, wanted: dt.date
) -> None:
    head = f'<meta name="date" content="{declared}">'
    days = found(view("<p>03/04/2024</p>", head, language))
    assert list(days) == [wanted]
    assert days[wanted].texts == {"meta": declared, "line": "03/04/2024"}


@pytest.mark.parametrize(
    ("language", "wanted"), [("de", dt.date(2024, 4, 3)), ("en", dt.date(2024, 3, 4))]
)
def test_figures_without_a_declared_day_follow_the_language(language: str, wanted: dt.date) -> None:
    assert list(found(view("<p>03/04/2024</p>", language=language))) == [wanted]
    other = '<meta name="date" content="2024-09-09">'
    assert list(found(view("<p>03/04/2024</p>", other, language)))[1:] == [wanted]


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ("<p>Aktualisiert 03.04.2024</p><p>Veröffentlicht 04.03.2024</p>", ""),
        ("<p>Veröffentlicht 04.03.2024</p>", '<meta name="lastmod" content="2024-04-03">'),
    ],
)
def test_figures_do_not_follow_a_day_of_modification(body: str, head: str) -> None:
    days = found(view(body, head, "de"))
    assert days.keys() == {dt.date(2024, 3, 4), dt.date(2024, 4, 3)}
