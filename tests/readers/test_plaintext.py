"""Raw page text to blocks, in both layouts."""

import pytest

from cleanarticle.readers.lines import split_marker
from cleanarticle.readers.plaintext import read_text

LONG = "The ferry left the harbour at six and came back with nobody aboard that morning."
OTHER = "Nobody on the quay could say why, and the office stayed closed until the noon bell."


def texts(text: str) -> list[str]:
    return [block.text for block in read_text(text)]


def roles(text: str) -> list[tuple[str, str]]:
    return [(str(block.role), block.text) for block in read_text(text)]


def runs(text: str) -> list[list[str]]:
    together: dict[int, list[str]] = {}
    for block in read_text(text):
        together.setdefault(block.run, []).append(block.text)
    return list(together.values())


@pytest.mark.parametrize("text", ["", "\n\n", " \t\r\n ", "\ufeff\u200b", "\x00"])
def test_text_without_words_has_no_blocks(text: str) -> None:
    assert texts(text) == []


def test_one_line_a_block_gives_each_line_a_run_of_its_own() -> None:
    assert runs("Home\nFerry late\nBy Ann Lee\nIt left at six.\nIt came back.") == [
        ["Home"],
        ["Ferry late"],
        ["By Ann Lee"],
        ["It left at six."],
        ["It came back."],
    ]


def test_blank_lines_part_runs_and_neighbouring_short_lines_share_one() -> None:
    text = "Ferry late\n\nOne line\nand another\n\nA third\n\nA fourth"
    assert runs(text) == [["Ferry late"], ["One line", "and another"], ["A third"], ["A fourth"]]


def test_neighbouring_long_lines_are_paragraphs_in_both_layouts() -> None:
    assert runs(f"Title\n\n{LONG}\n{OTHER}\n\nEnd") == [["Title"], [LONG], [OTHER], ["End"]]
    assert runs(f"{LONG}\n{OTHER}") == [[LONG], [OTHER]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0c\n", "\u2028"])
def test_every_line_end_parts_lines(end: str) -> None:
    assert texts(end.join(["one", "two", "", "three"])) == ["one", "two", "three"]


def test_line_ends_do_not_change_the_layout() -> None:
    unix = "Ferry late\n\nOne line\nand another\n\nA third"
    assert runs(unix.replace("\n", "\r\n")) == runs(unix) == runs(unix.replace("\n", "\r"))


def test_white_space_and_unseen_signs_inside_a_line_are_tidied() -> None:
    assert texts("one\t two\u00a0\u00a0three \n so\u00adft\u200bly\x00") == [
        "one two three",
        "softly",
    ]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("• one", ("-", "one")),
        ("* one", ("-", "one")),
        ("- one", ("-", "one")),
        ("►  one", ("-", "one")),
        ("1. one", ("1.", "one")),
        ("12) one", ("12)", "one")),
        ("-one", ("", "-one")),
        ("*", ("", "*")),
        ("– Who is there?", ("", "– Who is there?")),
        ("— Who is there?", ("", "— Who is there?")),
        ("1.5 metres", ("", "1.5 metres")),
        ("2021. one", ("", "2021. one")),
        ("3 ferries", ("", "3 ferries")),
        ("14. Mai 2021", ("", "14. Mai 2021")),
        ("3. Juni, 2019 | Lokales", ("", "3. Juni, 2019 | Lokales")),
        ("1. května 2020", ("", "1. května 2020")),
        ("14. Mai war es kalt", ("14.", "Mai war es kalt")),
        ("14. Maibaum 2021", ("14.", "Maibaum 2021")),
    ],
)
def test_a_list_item_is_told_from_a_line_that_only_looks_like_one(
    line: str, wanted: tuple[str, str]
) -> None:
    assert split_marker(line) == wanted


def test_items_stand_in_one_run_and_keep_their_markers() -> None:
    blocks = read_text(f"{LONG}\n\n- one\n- two\n\n{OTHER}\n\n1. three\n2. four\n")
    seen = [(str(block.role), block.marker, block.run) for block in blocks]
    assert seen == [
        ("paragraph", "", 1),
        ("list_item", "-", 2),
        ("list_item", "-", 2),
        ("paragraph", "", 3),
        ("list_item", "1.", 4),
        ("list_item", "2.", 4),
    ]


def test_lines_with_cell_borders_are_rows_of_one_table() -> None:
    text = f"{LONG}\n\nMon | 6\nTue | 7\n\n{OTHER}\n\na|b"
    assert roles(text)[1:3] == [("table_row", "Mon | 6"), ("table_row", "Tue | 7")]
    assert runs(text)[1] == ["Mon | 6", "Tue | 7"]
    assert roles(text)[-1] == ("paragraph", "a|b")


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("    x = 1\n    y = 2", "x = 1\ny = 2"),
        ("    if x:\n        y()\n\n    z()", "if x:\n    y()\n\nz()"),
        ("    x = 1\n\n\n    y = 2", "x = 1\n\n\ny = 2"),
        ("\tx = 1", "x = 1"),
        ("    - not an item", "- not an item"),
    ],
)
def test_indented_lines_between_blank_lines_are_code(code: str, wanted: str) -> None:
    text = f"{LONG}\n\n{code}\n\n{OTHER}"
    assert roles(text) == [("paragraph", LONG), ("code", wanted), ("paragraph", OTHER)]


def test_code_at_the_end_is_kept_and_three_blanks_are_no_code() -> None:
    assert roles(f"{LONG}\n\n{OTHER}\n\n    x = 1")[-1] == ("code", "x = 1")
    assert roles(f"{LONG}\n\n{OTHER}\n\n   x = 1")[-1] == ("paragraph", "x = 1")


def test_an_indented_item_below_an_item_is_no_code() -> None:
    text = f"{LONG}\n\n- one\n    - two\n\n{OTHER}"
    assert roles(text)[1:3] == [("list_item", "one"), ("list_item", "two")]


def test_an_indented_line_is_a_paragraph_where_each_line_is_a_block() -> None:
    lines = ["Home", "    Sport", *"ABCDEFGH"]
    assert roles("\n".join(lines)) == [("paragraph", line.strip()) for line in lines]


@pytest.mark.parametrize(
    ("first", "wanted"),
    [
        ("date 2021-12-15 Ferry late again", ["date 2021-12-15", "Ferry late again"]),
        ("Date: 2021-12-15", ["Date: 2021-12-15"]),
        ("Datum: 2021-12-15 Fähre fällt aus", ["Datum: 2021-12-15", "Fähre fällt aus"]),
        ("update 2021-12-15 Ferry late", ["update 2021-12-15 Ferry late"]),
        ("date 2021-13-15 Ferry late", ["date 2021-13-15 Ferry late"]),
        ("date 2021-12-151 Ferry late", ["date 2021-12-151 Ferry late"]),
        ("candidate 2021-12-15 wins", ["candidate 2021-12-15 wins"]),
        ("2021-12-15 Ferry late", ["2021-12-15 Ferry late"]),
    ],
)
def test_a_labelled_day_in_front_of_the_first_line_is_a_block_of_its_own(
    first: str, wanted: list[str]
) -> None:
    assert texts(f"{first}\n{LONG}") == [*wanted, LONG]


def test_a_labelled_day_further_down_stays_in_its_line() -> None:
    line = "date 2021-12-15 Ferry late"
    assert texts(f"{LONG}\n{line}") == [LONG, line]
