"""Names in bylines, and lines that are none."""

import pytest

from cleanarticle.language import bylines, dates


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("By Ann Lee", "en", ("Ann Lee",)),
        ("by Ann Lee and Bo Ek", "en", ("Ann Lee", "Bo Ek")),
        ("By Ann Lee, Bo Ek & Cy Day", "en", ("Ann Lee", "Bo Ek", "Cy Day")),
        ("BY ANN LEE", "en", ("ANN LEE",)),
        ("Written by Ann Lee", "en", ("Ann Lee",)),
        ("By Ann Lee, Staff Writer", "en", ("Ann Lee",)),
        ("By Ann Lee, PhD", "en", ("Ann Lee",)),
        ("By Ann Lee | May 14, 2021", "en", ("Ann Lee",)),
        ("By Ann Lee Published May 14, 2021", "en", ("Ann Lee",)),
        ("By Ann Lee (ann@example.com)", "en", ("Ann Lee",)),
        ("By Ann Lee @annlee", "en", ("Ann Lee",)),
        ("By Jean-Luc O'Neil", "en", ("Jean-Luc O'Neil",)),
        ("By Ludwig van Mill", "en", ("Ludwig van Mill",)),
        ("By Ann Lee, Ann Lee", "en", ("Ann Lee",)),
        ("Author: Ann Lee", "en", ("Ann Lee",)),
        ("By Ann Lee", "de", ("Ann Lee",)),
        ("Von Karla Ek und Jan Ott", "de", ("Karla Ek", "Jan Ott")),
        ("Text: Karla Ek", "de", ("Karla Ek",)),
        ("Par Anne Leroux et Jean Dupuis", "fr", ("Anne Leroux", "Jean Dupuis")),
        ("Por Ana López y Luis Gil", "es", ("Ana López", "Luis Gil")),
        ("Di Anna Bianchi", "it", ("Anna Bianchi",)),
        ("Door Jan de Boer", "nl", ("Jan de Boer",)),
        ("Autor: Jan Kowalski i Anna Nowak", "pl", ("Jan Kowalski", "Anna Nowak")),
        ("Автор: Анна Петрова", "ru", ("Анна Петрова",)),
        ("Yazar: Ayşe Kaya", "tr", ("Ayşe Kaya",)),
        ("作者：王小明", "zh", ("王小明",)),
        ("김도윤 기자", "ko", ("김도윤",)),
    ],
)
def test_names_of_a_byline_come_in_order_without_roles_and_addresses(
    text: str, language: str, names: tuple[str, ...]
) -> None:
    assert bylines.people(text, language) == names


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", "en"),
        ("by", "en"),
        ("Ann Lee", "en"),
        ("Author Ann Lee", "en"),
        ("Bye Ann Lee", "en"),
        ("With Ann Lee", "en"),
        ("By the river the mill stood", "en"),
        ("By Monday it was over.", "en"),
        ("By 2021", "en"),
        ("By ann lee", "en"),
        ("By Ann\nLee", "en"),
        ("By " + "A" * 200, "en"),
        ("Por Ana López", "en"),
        ("Par Anne Leroux", "de"),
        ("De gauche à droite", "fr"),
        ("Di lunedì si riposa", "it"),
        ("Von Montag an", "de"),
    ],
)
def test_lines_that_only_look_like_bylines_name_nobody(text: str, language: str) -> None:
    assert bylines.people(text, language) == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("18 April 2021 · Karla Ek", ("Karla Ek",)),
        ("Karla Ek, 18 April 2021", ("Karla Ek",)),
        ("Karla Ek published 18 April 2021", ("Karla Ek",)),
        ("18 April 2021", ()),
        ("18 April 2021 · Karla", ()),
        ("18 April 2021 · karla ek", ()),
        ("18 April 2021 · Karla Ek · Bo Ek", ()),
        ("Karla Ek", ()),
        ("Published 18 April 2021", ()),
        ("Last Updated 18 April 2021", ()),
        ("18 April 2021 · Karla Ek · 19 April 2021", ()),
    ],
)
def test_one_name_beside_one_day_is_a_byline(text: str, names: tuple[str, ...]) -> None:
    assert bylines.beside_date(text, "en") == names


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("and Bo Ek", "en", ("Bo Ek",)),
        ("und Karla Ek", "de", ("Karla Ek",)),
        ("& Bo Ek", "de", ("Bo Ek",)),
        ("Bo Ek", "en", ()),
        ("und Karla Ek", "en", ()),
        ("and then the rain came", "en", ()),
        ("and", "en", ()),
    ],
)
def test_a_byline_goes_on_after_a_word_for_and(
    text: str, language: str, names: tuple[str, ...]
) -> None:
    assert bylines.continued(text, language) == names


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Ann Lee", ("Ann Lee",)),
        ("By Ann Lee;Bo Ek", ("Ann Lee", "Bo Ek")),
        ("Ann Lee, Senior Editor, and Bo Ek, reporter", ("Ann Lee", "Bo Ek")),
        ("Ann Lee https://example.com/ann", ("Ann Lee",)),
        ("Anderson Handel", ("Anderson Handel",)),
        (" , ", ()),
    ],
)
def test_a_declared_value_is_split_into_people(value: str, names: tuple[str, ...]) -> None:
    assert bylines.split_names(value, "en") == names


@pytest.mark.parametrize(
    ("name", "is_name"),
    [
        ("Ann Lee", True),
        ("Ann", True),
        ("Maria de la Cruz", True),
        ("王小明", True),
        ("ann lee", False),
        ("Ann lee", False),
        ("Ann Lee 2", False),
        ("https://example.com", False),
        ("Ann_Lee", False),
        ("Who is Ann Lee?", False),
        ("A B C D E F", False),
        ("", False),
    ],
)
def test_a_name_is_told_by_its_form(name: str, is_name: bool) -> None:
    assert bylines.looks_like_name(name) is is_name


def test_a_role_is_known_in_the_pages_language_and_english() -> None:
    assert bylines.names_a_role("Ann Lee is a staff writer here", "en") is True
    assert bylines.names_a_role("Redakteurin in Köln", "de") is True
    assert bylines.names_a_role("Staff writer in Köln", "de") is True
    assert bylines.names_a_role("Redakteurin in Köln", "en") is False
    assert bylines.names_a_role("Ann Lee is a baker", "en") is False


@pytest.mark.parametrize(
    ("text", "is_date_line"),
    [
        ("May 14, 2021", True),
        ("Published: May 14, 2021 at 6:10 pm", True),
        ("Friday, May 14, 2021 | London", True),
        ("May 14, 2021.", False),
        ("On May 14, 2021, the ferry left the old harbour at six", False),
    ],
)
def test_a_date_line_holds_a_day_and_hardly_a_word_more(text: str, is_date_line: bool) -> None:
    (day,) = dates.find_days(text, "en")
    assert bylines.only_a_date(text, day) is is_date_line


WITH_ROLES = [
    ("Ann Lee, Staff Writer", ("Ann Lee",)),
    ("Ann Lee, Political Correspondent", ("Ann Lee",)),
    ("Posted on May 14, 2021 by Ann Lee", ("Ann Lee",)),
]


@pytest.mark.parametrize(("line", "wanted"), WITH_ROLES)
def test_a_role_or_a_day_beside_the_name_is_left_out(line: str, wanted: tuple[str, ...]) -> None:
    assert bylines.people(line, "en") == wanted


def test_a_byline_goes_on_below() -> None:
    assert bylines.continued("and Joss Merriden, Data editor", "en") == ("Joss Merriden",)
