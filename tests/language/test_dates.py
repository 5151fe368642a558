"""Days in words and figures of many languages; near misses give no day."""

import datetime as dt
import random
import re

import pytest

from cleanarticle.language import dates, facts
from cleanarticle.language.dates import MAX_CHARS, either, find_days, leading_label


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


MONTHS = [
    # language, a day of May, one of another month and its number
    ("af", "3 Mei 2024", "3 Februarie 2024", 2),
    ("az", "3 may 2024", "3 sentyabr 2024", 9),
    ("be", "3 траўня 2024", "3 лістапада 2024", 11),
    ("bg", "3 май 2024 г.", "3 януари 2024 г.", 1),
    ("bn", "৩ মে ২০২৪", "৩ জানুয়ারি, ২০২৪", 1),
    ("bn", "মে ৩, ২০২৪", "ফেব্রুয়ারি ৩, ২০২৪", 2),
    ("ca", "3 de maig de 2024", "3 d'agost de 2024", 8),
    ("ca", "3 maig 2024", "3 d’octubre de 2024", 10),
    ("cy", "3 Mai 2024", "3 Tachwedd 2024", 11),
    ("et", "3. mai 2024", "3. detsember 2024", 12),
    ("eu", "2024ko maiatzaren 3a", "2024ko abenduaren 3a", 12),
    ("ga", "3 Bealtaine 2024", "3 Meán Fómhair 2024", 9),
    ("gl", "3 de maio de 2024", "3 de xullo de 2024", 7),
    ("gu", "3 મે 2024", "3 નવેમ્બર 2024", 11),
    ("hr", "3. svibnja 2024.", "3. listopada 2024.", 10),
    ("hy", "3 մայիսի, 2024", "3 դեկտեմբերի, 2024", 12),
    ("is", "3. maí 2024", "3. ágúst 2024", 8),
    ("ka", "3 მაისი, 2024", "3 ოქტომბერი, 2024", 10),
    ("kk", "2024 жылғы 3 мамыр", "3 қараша 2024", 11),
    ("km", "៣ ឧសភា ២០២៤", "ថ្ងៃទី៣ ខែធ្នូ ឆ្នាំ២០២៤", 12),
    ("kn", "3 ಮೇ 2024", "3 ಡಿಸೆಂಬರ್ 2024", 12),
    ("lt", "2024 m. gegužės 3 d.", "2024 m. rugsėjo 3 d.", 9),
    ("lv", "2024. gada 3. maijs", "2024. gada 3. jūnijā", 6),
    ("mk", "3 мај 2024", "3 октомври 2024", 10),
    ("ml", "2024 മേയ് 3", "2024 ഓഗസ്റ്റ് 3", 8),
    ("mr", "३ मे २०२४", "३ जुलै २०२४", 7),
    ("ms", "3 Mei 2024", "3 Ogos 2024", 8),
    ("my", "မေ ၃၊ ၂၀၂၄", "ဒီဇင်ဘာ ၃၊ ၂၀၂၄", 12),
    ("pa", "3 ਮਈ 2024", "3 ਅਕਤੂਬਰ 2024", 10),
    ("sk", "3. mája 2024", "3. októbra 2024", 10),
    ("sl", "3. maja 2024", "3. avgusta 2024", 8),
    ("sq", "3 Maj 2024", "3 Gusht 2024", 8),
    ("sr", "3. мај 2024.", "3. фебруара 2024.", 2),
    ("sr", "3. maj 2024.", "3. oktobar 2024.", 10),
    ("sw", "3 Mei 2024", "3 Agosti 2024", 8),
    ("ta", "3 மே 2024", "ஆகஸ்ட் 3, 2024", 8),
    ("te", "3 మే 2024", "3 ఫిబ్రవరి 2024", 2),
    ("th", "3 พฤษภาคม 2567", "3 กุมภาพันธ์ 2567", 2),
    ("tl", "Mayo 3, 2024", "Hunyo 3, 2024", 6),
    ("ur", "3 مئی 2024", "3 جولائی، 2024", 7),
    ("uz", "3-may, 2024", "3-oktabr, 2024", 10),
]


@pytest.mark.parametrize(("language", "may", "other", "number"), MONTHS)
def test_months_of_further_languages_are_read(
    language: str, may: str, other: str, number: int
) -> None:
    for known in (language, "en") if language != "hr" else (language,):
        assert [found.day for found in find_days(may, known)] == [dt.date(2024, 5, 3)]
        assert [found.day for found in find_days(other, known)] == [dt.date(2024, number, 3)]


@pytest.mark.parametrize(
    ("language", "wanted"), [("hr", 10), ("pl", 11), ("cs", 11), ("en", 11), (None, 11)]
)
def test_a_name_of_two_months_is_read_in_the_language_of_the_page(
    language: str | None, wanted: int
) -> None:
    assert [day.day.month for day in find_days("3 listopada 2024", language)] == [wanted]


def test_a_letter_that_unicode_takes_apart_is_known_in_both_forms() -> None:
    apart, composed = "৩ জানুয\u09bcারি ২০২৪", "৩ জানু\u09dfারি ২০২৪"
    assert [str(day.day) for text in (apart, composed) for day in find_days(text)] == [
        "2024-01-03",
        "2024-01-03",
    ]


@pytest.mark.parametrize(
    "figures",
    (
        "०१२३४५६७८९ ০১২৩৪৫৬৭৮৯ ௦௧௨௩௪௫௬௭௮௯ ๐๑๒๓๔๕๖๗๘๙ ၀၁၂၃၄၅၆၇၈၉ ០១២៣៤៥៦៧៨៩ ໐໑໒໓໔໕໖໗໘໙ ٠١٢٣٤٥٦٧٨٩ "
        "۰۱۲۳۴۵۶۷۸۹ ０１２３４５６７８９ ౦౧౨౩౪౫౬౭౮౯ ૦૧૨૩૪૫૬૭૮૯"
    ).split(),
)
def test_figures_of_all_scripts_are_read_where_they_stand(figures: str) -> None:
    text = "x 2024-05-03, 14 May 2021".translate(str.maketrans("0123456789", figures))
    first, second = text[2:12], text[14:]
    assert days(text, "en") == [("2024-05-03", first), ("2021-05-14", second)]


@pytest.mark.parametrize("text", ["１４ May ２０２", "2²02-05-03", "٢٠٢٤", "二〇二四"])
def test_figures_that_make_no_year_or_day_are_none(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    ("names", "fitting", "others"),
    [
        ({"jan", "january"}, ["jan", "january"], ["janu", "ja", ""]),
        ({"mars", "mar", "mai"}, ["mars", "mar", "mai"], ["ma", "marsa"]),
        ({"a.b", "a+"}, ["a.b", "a+"], ["axb", "aa"]),
    ],
)
def test_a_pattern_for_either_of_names_fits_these_alone(
    names: set[str], fitting: list[str], others: list[str]
) -> None:
    assert all(re.fullmatch(either(names), name) for name in fitting)
    assert not any(re.fullmatch(either(names), name) for name in others)
    assert re.match(either({"jan", "january"}), "january")[0] == "january"  # type: ignore[index]
    assert either([]) == ""


SENTENCES = (
    *(
        "{0} 4, 2021",
        "4 {0} 2021",
        "4. {0}. 2021",
        "2021 {0} 4",
        "2021. gada 4. {0}",
        "4 d'{0} 2021",
    ),
    *(
        "{0}4 2021",
        "4{0}2021",
        "x{0} 4, 2021",
        "4 {0}x 2021",
        "4 \u0301{0}\u0301 2021",
        "4-{0}_2021",
    ),
    *(
        "4 ก{0} พ.ศ. 2564",
        "4 ខែ{0} ឆ្នាំ 2021",
        "4 {0}.{0} 2021",
        "4 {0} {0} 4 2021",
        "4 {0} may 2021",
    ),
    *("may {0} 4 2021", "4 {0}s 2021; 5 {0} 2021", "2021 {0} 4 mars 2022", "4 de {0} del 2021"),
)


def named_days(names: frozenset[str], text: str) -> list[list[tuple[tuple[int, int], str]]]:
    """What each pattern of some names of months finds in a text."""
    patterns = dates._patterns.__wrapped__(names) if names else ()
    found = [[(m.span(), m["month"]) for m in p.finditer(text)] for p in patterns]
    return [days for days in found if days]


def test_no_month_is_lost_where_only_those_are_looked_for_that_may_stand_in_a_text() -> None:
    everything = dates._all_months()
    assert everything == {*facts.months_in(None), *facts.jalali_months()}
    whole = dates._patterns(everything)
    shown = 0
    for place, name in enumerate(sorted(everything)):
        text = " | ".join(
            sentence.format(name) for sentence in SENTENCES[place % 3 :: 3] + SENTENCES[:4]
        )
        all_found = [[(m.span(), m["month"]) for m in p.finditer(text)] for p in whole]
        assert named_days(dates._months_of(text), text) == [days for days in all_found if days]
        shown += any(all_found)
    assert shown == len(everything)


def test_no_month_is_lost_among_others_and_odd_neighbours() -> None:
    chance = random.Random(7)
    known = sorted(dates._all_months())
    pieces = [
        *" .,-/_|",
        "4",
        "12",
        "2021",
        "2564",
        " 4 ",
        " 2021",
        "x",
        "\u0301",
        "ก",
        "ខែ",
        "'",
        "d’",
    ]
    whole = dates._patterns(dates._all_months())
    for _ in range(400):
        chosen = chance.choices(known, k=2)
        text = "".join(chance.choices([*pieces, *chosen, *chosen, *chosen], k=30))
        all_found = [[(m.span(), m["month"]) for m in p.finditer(text)] for p in whole]
        assert named_days(dates._months_of(text), text) == [days for days in all_found if days]


def test_many_sets_of_months_are_looked_for_with_one_pattern(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dates, "SETS_KEPT", -1)
    assert dates._worded(frozenset({"may"})) is dates._patterns(dates._all_months())
    dates._find_days.cache_clear()
    assert days("4 May 2021") == [("2021-05-04", "4 May 2021")]


def test_no_label_of_a_date_holds_a_figure() -> None:
    labels = facts.phrases("date_labels") | facts.phrases("published")
    assert not any(sign.isdigit() for label in labels for word in label for sign in word)
