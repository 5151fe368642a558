"""Days of other calendars: known pairs, and days that those calendars do not have."""

import datetime as dt

import pytest

from cleanarticle.language import calendars
from cleanarticle.language.dates import find_days

JALALI = [
    ((1369, 1, 1), "1990-03-21"),
    ((1375, 1, 1), "1996-03-20"),
    ((1379, 12, 30), "2001-03-20"),
    ((1399, 12, 30), "2021-03-20"),
    ((1400, 1, 1), "2021-03-21"),
    ((1402, 12, 29), "2024-03-19"),
    ((1403, 1, 1), "2024-03-20"),
    ((1403, 2, 14), "2024-05-03"),
    ((1403, 6, 31), "2024-09-21"),
    ((1403, 7, 1), "2024-09-22"),
    ((1403, 12, 30), "2025-03-20"),
    ((1404, 1, 1), "2025-03-21"),
]


@pytest.mark.parametrize(("written", "wanted"), JALALI)
def test_a_day_of_the_iranian_year_is_converted(written: tuple[int, int, int], wanted: str) -> None:
    assert calendars.from_jalali(*written) == dt.date.fromisoformat(wanted)


@pytest.mark.parametrize(
    "written",
    [
        (1402, 12, 30),
        (1404, 12, 30),
        (1403, 7, 31),
        (1403, 1, 32),
        (1403, 0, 1),
        (1403, 13, 1),
        (1403, 1, 0),
    ],
)
def test_a_day_that_the_iranian_year_does_not_have_is_none(written: tuple[int, int, int]) -> None:
    assert calendars.from_jalali(*written) is None


def test_the_iranian_days_follow_each_other_without_gap_and_overlap() -> None:
    days = [
        day
        for year in calendars.JALALI_YEARS
        for month in range(1, 13)
        for number in range(1, 32)
        if (day := calendars.from_jalali(year, month, number))
    ]
    assert [day.toordinal() - days[0].toordinal() for day in days] == list(range(len(days)))
    assert days[-1] == dt.date(2052, 3, 19)


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("元", 1),
        ("6", 6),
        ("０６", 6),
        ("三", 3),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("三十一", 31),
        ("廿一", 21),
        ("卅", 30),
        ("二〇二四", 2024),
        ("二零二四", 2024),
        ("一百一十三", 113),
        ("一百〇五", 105),
    ],
)
def test_numbers_are_read_in_figures_and_in_chinese_numerals(written: str, wanted: int) -> None:
    assert calendars.number(written) == wanted


SHOWN = [
    # text,                            language, wanted
    ("3 พฤษภาคม 2567", None, "2024-05-03"),
    ("๓ พฤษภาคม ๒๕๖๗", None, "2024-05-03"),
    ("3 พฤษภาคม พ.ศ. 2567", "th", "2024-05-03"),
    ("3 พ.ค. 2567", None, "2024-05-03"),
    ("31 ธ.ค. 2566", None, "2023-12-31"),
    ("3 พฤษภาคม 2024", "th", "2024-05-03"),
    ("3 พฤษภาคม ค.ศ. 2024", "th", "2024-05-03"),
    ("03/05/2567", "th", "2024-05-03"),
    ("03/05/2024", "th", "2024-05-03"),
    ("2567-05-03", "th", "2024-05-03"),
    ("۱۴ اردیبهشت ۱۴۰۳", None, "2024-05-03"),
    ("14 اردیبهشت 1403", None, "2024-05-03"),
    ("۱۴ اردیبهشت ماه ۱۴۰۳", "fa", "2024-05-03"),
    ("۱۴ ثور ۱۴۰۳", "fa", "2024-05-03"),
    ("۳۰ اسفند ۱۳۹۹", None, "2021-03-20"),
    ("1403/02/14", "fa", "2024-05-03"),
    ("۱۴۰۳/۰۲/۱۴", None, "2024-05-03"),
    ("۱۴۰۳-۰۲-۳۱", None, "2024-05-20"),
    ("14/02/1403", "fa", "2024-05-03"),
    ("۱۴ مه ۲۰۲۱", "fa", "2021-05-14"),
    ("2024-05-03", "fa", "2024-05-03"),
    ("令和6年5月3日", None, "2024-05-03"),
    ("令和６年５月３日", None, "2024-05-03"),
    ("令和六年五月三日", None, "2024-05-03"),
    ("令和元年5月3日", None, "2019-05-03"),
    ("平成31年4月30日", None, "2019-04-30"),
    ("2024年（令和6年）5月3日", None, "2024-05-03"),
    ("2024（令和6）年5月3日", None, "2024-05-03"),
    ("令和6年（2024年）5月3日", None, "2024-05-03"),
    ("２０２４年５月３日", None, "2024-05-03"),
    ("２０２４/０５/０３", None, "2024-05-03"),
    ("二〇二四年五月三日", None, "2024-05-03"),
    ("二○二四年十二月三十一日", None, "2024-12-31"),
    ("2024年5月3號", None, "2024-05-03"),
    ("民國113年5月3日", None, "2024-05-03"),
    ("民国一百一十三年五月三日", None, "2024-05-03"),
]


@pytest.mark.parametrize(("text", "language", "wanted"), SHOWN)
def test_a_day_of_another_calendar_is_found_whole(
    text: str, language: str | None, wanted: str
) -> None:
    for around in (text, f"({text})", f"x – {text}, 10:15"):
        found = find_days(around, language)
        assert [(str(day.day), around[day.start : day.end]) for day in found] == [(wanted, text)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("R6.5.3", "ja"),
        ("6年5月3日", "ja"),
        ("昭和64年1月7日", "ja"),
        ("令和6年13月3日", "ja"),
        ("113年5月3日", "zh"),
        ("二四年五月三日", "zh"),
        ("五月三日", "zh"),
        ("去年5月3日", "zh"),
        ("03/05/2567", "en"),
        ("03/05/2567", None),
        ("3 May 2567", "th"),
        ("3 พ.ค. 67", "th"),
        ("3 พฤษภาคม 2700", "th"),
        ("1403/02/14", None),
        ("1403/02/14", "en"),
        ("۱۴۴۵/۱۰/۲۴", "ur"),  # of the lunar year
        ("1445/10/24", "fa"),
        ("۳۰ اسفند ۱۴۰۲", "fa"),
        ("14 اردیبهشت 2024", "fa"),
        ("14 اردیبهشت 1303", "fa"),
    ],
)
def test_a_year_that_is_not_told_apart_gives_no_day(text: str, language: str | None) -> None:
    assert find_days(text, language) == ()
