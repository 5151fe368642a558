"""Days told from when a page was read, in lines that are stamps; prose and sections are none."""

import datetime as dt

import pytest

from cleanarticle.language.relative import MAX_CHARS, find_relative

NOW = dt.datetime(2024, 5, 3, 12, 0)


def days(text: str, language: str | None, now: dt.datetime = NOW) -> list[tuple[str, str]]:
    """Each day, with the part of the text that tells it."""
    found = find_relative(text, language, now)
    return [(day.day.isoformat(), text[day.start : day.end]) for day in found]


# The 2nd of May: yesterday, a day ago, 13 hours ago.
SECOND = [
    ("en", "yesterday", "a day ago", "13 hours ago", "13 hrs ago", "13h ago", "1d ago"),
    ("de", "gestern", "vor einem Tag", "vor 13 Stunden", "vor 13 Std.", "Vor 1 Tag"),
    ("fr", "hier", "il y a un jour", "il y a 13 heures", "Il y a 13 h", "il y a 1 jour"),
    ("es", "ayer", "hace un día", "hace 13 horas", "Hace 1 día"),
    ("it", "ieri", "un giorno fa", "13 ore fa", "1 giorno fa"),
    ("pt", "ontem", "há um dia", "há 13 horas", "13 horas atrás", "Há 1 dia"),
    ("nl", "gisteren", "een dag geleden", "13 uur geleden", "1 dag geleden"),
    ("sv", "igår", "i går", "för en dag sedan", "för 13 timmar sedan", "13 tim sedan"),
    ("no", "i går", "for en dag siden", "for 13 timer siden", "13 timer siden"),
    ("nb", "i går", "for 1 dag siden"),
    ("da", "i går", "for en dag siden", "for 13 timer siden", "13 timer siden"),
    ("fi", "eilen", "päivä sitten", "13 tuntia sitten", "1 päivä sitten"),
    ("pl", "wczoraj", "1 dzień temu", "13 godzin temu", "13 godz. temu"),
    ("cs", "včera", "před 1 dnem", "před 13 hodinami"),
    ("hu", "tegnap", "1 nappal ezelőtt", "13 órával ezelőtt", "13 órája", "1 napja"),
    ("el", "χθες", "ΧΘΕΣ", "πριν από 13 ώρες", "πριν 1 ημέρα", "1 μέρα πριν"),
    ("ru", "вчера", "день назад", "13 часов назад", "13 ч. назад", "1 день назад"),
    ("uk", "вчора", "1 день тому", "13 годин тому"),
    ("ro", "ieri", "acum o zi", "acum 13 ore", "1 zi în urmă"),
    ("tr", "dün", "DÜN", "1 gün önce", "13 saat önce"),
    ("ar", "أمس", "منذ يوم", "منذ 13 ساعة", "قبل ١٣ ساعة"),
    ("he", "אתמול", "לפני יום", "לפני 13 שעות"),
    ("fa", "دیروز", "۱۳ ساعت پیش", "1 روز قبل"),
    ("hi", "1 दिन पहले", "१३ घंटे पहले"),
    ("id", "kemarin", "sehari lalu", "13 jam yang lalu", "13 jam lalu"),
    ("ja", "昨日", "13時間前", "1日前", "１３時間前", "1日前に更新"),
    ("ko", "어제", "13시간 전", "1일 전", "1 일 전"),
    ("vi", "hôm qua", "13 giờ trước", "1 ngày trước", "cách đây 13 giờ"),
    ("zh", "昨天", "13小时前", "13個小時前", "1天前", "13 小時前"),
    ("th", "เมื่อวานนี้", "13 ชั่วโมงที่แล้ว", "1 วันก่อน"),
]


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language, *texts in SECOND for text in texts]
)
def test_the_day_before_is_told_in_many_ways(language: str, text: str) -> None:
    assert days(text, language) == [("2024-05-02", text)]


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("5 minutes ago", "en", "2024-05-03"),
        ("an hour ago", "en", "2024-05-03"),
        ("12 hours ago", "en", "2024-05-03"),
        ("2 weeks ago", "en", "2024-04-19"),
        ("1 hour 20 minutes ago", "en", "2024-05-03"),
        ("1 day and 13 hours ago", "en", "2024-05-01"),
        ("1 Tag und 13 Stunden", "de", None),
        ("vor 1 Tag und 13 Stunden", "de", "2024-05-01"),
        ("il y a 2 jours", "fr", "2024-05-01"),
        ("hace 3 días", "es", "2024-04-30"),
        ("2 дня назад", "ru", "2024-05-01"),
        ("3 часа назад", "ru", "2024-05-03"),
        ("for 2 dager siden", "no", "2024-05-01"),
        ("منذ 3 ساعات", "ar", "2024-05-03"),
        ("منذ يومين", "ar", "2024-05-01"),
        ("منذ أسبوعين", "ar", "2024-04-19"),
        ("לפני יומיים", "he", "2024-05-01"),
        ("3 일 전", "ko", "2024-04-30"),
        ("3天前", "zh", "2024-04-30"),
        ("2週間前", "ja", "2024-04-19"),
        ("acum 25 de minute", "ro", "2024-05-03"),
    ],
)
def test_amounts_are_counted_back(text: str, language: str, wanted: str | None) -> None:
    assert [day for day, _part in days(text, language)] == ([wanted] if wanted else [])


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("By Ann Lee, 13 hours ago", "en", "13 hours ago"),
        ("Updated yesterday at 14:30", "en", "yesterday"),
        ("Gestern, 18:30 Uhr | Ann Lee", "de", "Gestern"),
        ("Hier à 14h30", "fr", "Hier"),
        ("Mis à jour il y a 1 jour", "fr", "il y a 1 jour"),
        ("发布于13小时前", "zh", "13小时前"),
        ("发布于昨天 10:20", "zh", "昨天"),
        ("昨天10:20", "zh", "昨天"),
        ("เผยแพร่เมื่อวานนี้ 10:20", "th", "เมื่อวานนี้"),
        ("Thursday · yesterday", "en", "yesterday"),
        ("Lokales · 13 hours ago", "de", "13 hours ago"),
        ("13 hours ago", None, "13 hours ago"),
    ],
)
def test_labels_names_and_times_may_stand_beside(
    text: str, language: str | None, wanted: str
) -> None:
    assert days(text, language) == [("2024-05-02", wanted)]


@pytest.mark.parametrize(
    ("beside", "wanted"),
    [
        ("By Ann Lee in the", 1),
        ("By Ann Lee in the harbour", 0),
        ("Thursday By Ann Lee in the", 1),
        ("14:30 By Ann Lee in the", 1),
        ("By Ann Lee.", 0),
    ],
)
def test_more_than_five_words_beside_make_a_sentence(beside: str, wanted: int) -> None:
    assert len(days(f"13 hours ago {beside}", "en")) == wanted


def test_several_days_of_a_line_come_in_its_order() -> None:
    assert days("Published 2 days ago · Updated 13 hours ago", "en") == [
        ("2024-05-01", "2 days ago"),
        ("2024-05-02", "13 hours ago"),
    ]


@pytest.mark.parametrize(
    "text", ["Today, 10:15", "Published today", "today at 9.30 am", "TODAY 9am"]
)
def test_today_needs_a_time_or_a_label_beside(text: str) -> None:
    assert [day for day, _part in days(text, "en")] == ["2024-05-03"]
    assert days("Today", "en") == []
    assert days("Today in the harbour", "en") == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", "en"),
        ("Today's tides 10:15", "en"),
        ("Yesterday's papers", "en"),
        ("The ferry left yesterday.", "en"),
        ("He came home 3 days ago.", "en"),
        ("Yesterday the harbour office said that the ferry would not leave", "en"),
        ("hours ago", "en"),
        ("2024 days ago", "en"),
        ("1.5 hours ago", "en"),
        ("3 months ago", "en"),
        ("3 hours", "en"),
        ("gestern", "fr"),
        ("hier", "de"),  # here
        ("Vorgestern", "de"),
        ("5月13日前", "ja"),
        ("13日前後", "ja"),
        ("कल", "hi"),  # yesterday as well as tomorrow
        ("gestern", "xx"),
        ("İ" * 3 + "ß", "tr"),
    ],
)
def test_prose_sections_and_vague_words_tell_no_day(text: str, language: str) -> None:
    assert days(text, language) == []


def test_a_long_line_is_prose() -> None:
    stamp = " 13 hours ago"
    assert days("x" * (MAX_CHARS - len(stamp)) + stamp, "en") == [("2024-05-02", stamp.strip())]
    assert days("x" * (MAX_CHARS - len(stamp) + 1) + stamp, "en") == []


def test_days_are_those_of_the_zone_of_the_reading() -> None:
    east = dt.datetime(2024, 5, 3, 2, 0, tzinfo=dt.timezone(dt.timedelta(hours=9)))
    assert days("3 hours ago", "en", east) == [("2024-05-02", "3 hours ago")]
    assert days("3 hours ago", "en", east.astimezone(dt.UTC)) == [("2024-05-02", "3 hours ago")]
    assert days("yesterday", "en", east) == [("2024-05-02", "yesterday")]
    assert days("yesterday", "en", east.astimezone(dt.UTC)) == [("2024-05-01", "yesterday")]


@pytest.mark.parametrize("now", [dt.datetime.min, dt.datetime(1990, 1, 1)])
def test_days_before_the_first_year_are_none(now: dt.datetime) -> None:
    assert days("yesterday", "en", now) == []
    assert days("99 weeks ago", "en", now) == []
