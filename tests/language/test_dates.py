"""Days in words and figures of many languages; near misses give no day."""

import datetime as dt

import pytest

from cleanarticle.language.dates import MAX_CHARS, find_days, leading_label


def days(text: str, language: str | None = None) -> list[tuple[str, str]]:
    """Each day, with the part of the text that names it."""
    found = find_days(text, language)
    return [(day.day.isoformat(), text[day.start : day.end]) for day in found]


@pytest.mark.parametrize(
    "text",
    [
        "May 14, 2021",
        "may 14 2021",
        "May 14th, 2021",
        "14 May 2021",
        "14th May, 2021",
        "14-May-2021",
        "MAY 14, 2021",
        "14. Mai 2021",
        "14 mai 2021",
        "14 de mayo de 2021",
        "14 de maio de 2021",
        "14 maggio 2021",
        "14 mei 2021",
        "14. maj 2021",
        "14 maj 2021",
        "14 maja 2021",
        "14. května 2021",
        "14. toukokuuta 2021",
        "14 мая 2021",
        "14 травня 2021",
        "14 Mayıs 2021",
        "14 Mei 2021",
        "14 tháng 5, 2021",
        "14 במאי 2021",
        "14 مايو 2021",
        "١٤ مايو ٢٠٢١",
        "۱۴ مه ۲۰۲۱",
        "14 मई 2021",
        "१४ मई २०२१",
        "2021年5月14日",
        "2021 年 5 月 14 日",
        "2021년 5월 14일",
        "2021-05-14",
        "2021/5/14",
        "2021. 05. 14",
        "14.05.2021",
        "14. 5. 2021",
        "14-05-2021",
    ],
)
def test_a_day_is_found_whole_in_any_language(text: str) -> None:
    assert days(text) == [("2021-05-14", text)]
    assert days(f"({text})") == [("2021-05-14", text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1er avril 2021", "2021-04-01"),
        ("1º de abril de 2021", "2021-04-01"),
        ("3 Sept. 2021", "2021-09-03"),
        ("Sept. 3, 2021", "2021-09-03"),
        ("22nd March 2021", "2021-03-22"),
        ("29 February 2024", "2024-02-29"),
        ("31/12/1999", "1999-12-31"),
    ],
)
def test_ordinals_and_short_months_are_read(text: str, wanted: str) -> None:
    assert days(text) == [(wanted, text)]


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("05/06/2024", "en", "2024-05-06"),
        ("05/06/2024", "de", "2024-06-05"),
        ("05/06/2024", None, "2024-06-05"),
        ("05.06.2024", "en", "2024-06-05"),
        ("05-06-2024", "en", "2024-06-05"),
        ("13/06/2024", "en", "2024-06-13"),
        ("06/13/2024", "de", "2024-06-13"),
        ("2024/05/06", "en", "2024-05-06"),
    ],
)
def test_figures_are_month_first_with_slashes_in_english_and_day_first_elsewhere(
    text: str, language: str | None, wanted: str
) -> None:
    assert days(text, language) == [(wanted, text)]


@pytest.mark.parametrize(
    "text",
    [
        "2023-02-29",
        "31/02/2024",
        "February 30, 2024",
        "31. April 2024",
        "2024-13-01",
        "2024-00-10",
        "0/1/2024",
        "99/99/2024",
        "2024年13月1日",
        "1989-12-31",
        "1234-05-06",
    ],
)
def test_impossible_and_far_days_are_none(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "May 2021",
        "May 14",
        "14.05.21",
        "May 14, 21",
        "14 May 21",
        "12/05",
        "Mayor 14, 2021",
        "14 Maybe 2021",
        "dismay 14, 2021",
        "12345-05-06",
        "2021-05-141",
        "114.05.2021",
        "14 May 20211",
        "5/14-2021",
        "192.168.2021",
        "1 000 2021",
        "room 14, May ward, bed 2021",
        "20210514",
    ],
)
def test_near_misses_are_no_days(text: str) -> None:
    assert days(text, "en") == []


def test_days_come_in_the_order_of_the_text() -> None:
    text = "2024-03-07, 5 March 2024 and 03/06/2024"
    assert [day for day, _part in days(text, "en")] == ["2024-03-07", "2024-03-05", "2024-03-06"]


def test_days_stand_among_words_times_and_marks() -> None:
    assert days("Tuesday, 5 March 2024 06:10 | The Quay") == [("2024-03-05", "5 March 2024")]
    assert days("2024-03-05T06:10:00Z") == [("2024-03-05", "2024-03-05")]
    assert days("14 мая 2021 года, 10:15") == [("2021-05-14", "14 мая 2021")]


def test_a_long_line_is_prose_and_has_no_days() -> None:
    day = " 2021-05-14"
    assert days("x" * (MAX_CHARS - len(day)) + day) == [("2021-05-14", day.strip())]
    assert days("x" * (MAX_CHARS - len(day) + 1) + day) == []


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("date 2021-12-15 Ferry late", "date 2021-12-15"),
        ("Date: 2021-12-15", "Date: 2021-12-15"),
        ("Published on 2021-12-15 | By Ann", "Published on 2021-12-15"),
        ("fecha – 2021-12-15 hoy", "fecha – 2021-12-15"),
        ("date 2021-13-15 Ferry", ""),
        ("date 2021-12-155", ""),
        ("2021-12-15 Ferry late", ""),
        ("updated 2021-12-15 Ferry late", ""),
        ("The date 2021-12-15", ""),
        ("date 15 December 2021", ""),
    ],
)
def test_a_leading_label_is_a_word_for_the_date_and_an_iso_day(line: str, wanted: str) -> None:
    assert leading_label(line) == wanted


MORE = [
    ("14 Μαΐου 2021", (2021, 5, 14)),
    ("14 Ιανουάριος 2021", (2021, 1, 14)),
    ("İstanbul, 14 Mayıs 2021", (2021, 5, 14)),
    ("2021. május 14.", (2021, 5, 14)),
    ("ngày 14 tháng 5 năm 2021", (2021, 5, 14)),
    ("14th of May 2021", (2021, 5, 14)),
]


@pytest.mark.parametrize(("text", "wanted"), MORE)
def test_a_day_is_read_in_the_order_of_its_language(text: str, wanted: tuple[int, ...]) -> None:
    assert [found.day for found in find_days(text)] == [dt.date(*wanted)]


def test_a_year_of_another_calendar_is_no_year() -> None:
    assert find_days("2567-05-14") == ()
