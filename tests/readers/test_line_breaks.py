"""What tells a line break within a block: its numbers, and clear cases."""

import json
from io import BytesIO
from typing import Any

import numpy as np
import pytest

from cleanarticle import resources
from cleanarticle.errors import WeightsError
from cleanarticle.readers import break_tables, line_breaks
from cleanarticle.readers.line_breaks import NAMES, OF_A_LINE
from cleanarticle.trees import PARTS

LINES = ["Home", "Der Rat sah, dass die", "alte Brücke", "(gebaut 1911) fiel. I", "Ö 3"]
MENU = ["Home", "Tides", "Weather", "Boats", "Contact", "Imprint", "Log in"]
FERRY = [
    "The ferry left the harbour at six and came back with nobody aboard",
    "that morning, and the keeper of the pier wrote so into the book that",
    "he had kept since the war, although nobody had asked him to keep it",
    "nor to write into it.",
]
TITLES = ["Ferry late again", "By Ann Lee", "14 May 2021", "Fähre fällt aus", "Von Jana Brück"]


def numbers(lines: list[str]) -> dict[str, list[float]]:
    return dict(zip(NAMES, line_breaks.measure(lines).T.tolist(), strict=True))


# the numbers ----------------------------------------------------------------


def test_names_are_unique() -> None:
    assert len(NAMES) == len(set(NAMES)) == 4 * len(OF_A_LINE) + 7


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_there_is_a_row_for_each_break_and_a_column_for_each_name(count: int) -> None:
    found = line_breaks.measure(LINES[:count])
    assert found.shape == (count - 1, len(NAMES))
    assert found.dtype == np.float32
    assert np.isfinite(found).all()


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("letters", [4, 21, 11, 21, 3]),
        ("words", [1, 5, 2, 4, 2]),
        ("begins with", [2, 2, 1, 6, 2]),  # capital, capital, small, bracket, capital
        ("ends with", [4, 4, 4, 5, 6]),  # small three times, capital, digit
        ("last word", [4, 3, 6, 1, 1]),
        ("first word", [4, 3, 4, 7, 1]),
        ("small last word", [0, 1, 0, 0, 0]),
        ("capital words", [1, 2 / 5, 1 / 2, 1 / 4, 1 / 2]),
        ("sentence inside", [0, 0, 0, 1, 0]),
        ("one letter first", [0, 0, 0, 0, 1]),
    ],
)
def test_the_numbers_of_the_lines_around_a_break(name: str, wanted: list[float]) -> None:
    found = numbers(LINES)
    assert found[f"{name} above"] == pytest.approx(wanted[:-1])
    assert found[f"{name} below"] == pytest.approx(wanted[1:])
    assert found[f"{name} before"] == pytest.approx([-1, *wanted[:-2]])
    assert found[f"{name} next"] == pytest.approx([*wanted[2:], -1])


def test_what_the_first_word_below_would_take_over_the_width() -> None:
    # 21 columns: 4 + 1 + 3, 21 + 1 + 4, 11 + 1 + 7, 21 + 1 + 1
    assert numbers(LINES)["over the width"] == [-13, 5, -2, 2]
    assert numbers(["a" * 300, "b", "c"])["over the width"] == [2, -100]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("broken", 1 / 5),  # "alte Brücke" begins small
        ("median words", 2),
        ("width", 21),
        ("near width", 3 / 5),  # of more than 21 - 12 letters
        ("lines", np.log1p(5)),
        ("sentences", 0),
    ],
)
def test_the_numbers_of_the_page_are_those_of_all_breaks(name: str, wanted: float) -> None:
    assert numbers(LINES)[name] == pytest.approx([wanted] * 4)


def test_sentences_and_broken_lines_are_shares_of_all_lines() -> None:
    found = numbers(["It left.", "which?", ", and", "橋。", "Home"])
    assert found["sentences"] == pytest.approx([3 / 5] * 4)
    assert found["broken"] == pytest.approx([2 / 5] * 4)  # a small letter, a comma


def test_long_lines_are_measured_up_to_a_bound() -> None:
    found = numbers([f"{'boat' * 30} " * 80, "End"])
    assert found["letters above"] == [400]
    assert found["words above"] == [60]
    assert found["last word above"] == found["first word above"] == [15]
    assert found["width"] == [400]


@pytest.mark.parametrize(
    ("sign", "begins", "ends"),
    [
        *(("a", 1, 4), ("ß", 1, 4), ("Я", 2, 5), ("7", 3, 6), ("川", 4, 10), ("ع", 4, 10)),
        *((",", 5, 2), ("、", 5, 2), ("。", 5, 1), (".", 5, 1), ("؟", 5, 1), (":", 5, 3)),
        *(("(", 6, 7), ("„", 6, 7), ("«", 6, 7), (")", 5, 8), ("»", 5, 8), ('"', 7, 8)),
        *(("-", 8, 9), ("–", 8, 9), ("•", 8, 9), ("©", 9, 11), ("€", 9, 11)),
    ],
)
def test_each_sort_of_sign_has_a_number(sign: str, begins: int, ends: int) -> None:
    found = numbers([sign, "Home"])
    assert found["begins with above"] == [begins]
    assert found["ends with above"] == [ends]


# clear cases ----------------------------------------------------------------


def test_menus_and_titles_are_parted() -> None:
    assert line_breaks.within([*MENU, *TITLES]).tolist() == [False] * 11


def test_a_wrapped_paragraph_is_one() -> None:
    found = line_breaks.within([*FERRY, *FERRY])
    assert found.dtype == np.bool_
    assert found.tolist() == [True, True, True, False, True, True, True]


def test_paragraphs_in_a_line_each_are_parted() -> None:
    lines = [" ".join(FERRY)] * 4
    assert line_breaks.within([*MENU, *lines, *MENU]).tolist() == [False] * 17


def test_it_is_within_where_the_trees_hold_it_for_likelier_than_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def total(_tables: Any, numbers: Any, *_others: Any) -> Any:
        return np.linspace(-0.01, 0.01, len(numbers) - 1)

    monkeypatch.setattr(break_tables, "total", total)
    assert line_breaks.within(MENU).tolist() == [False] * 3 + [True] * 3


ODD = ["İ", "ǅ x", "a" * 500, "word " * 99, "x. y", "渡し船。", "¿Qué?", "1", "-", "ﬀ", "٣ ק"]


@pytest.mark.parametrize("lines", [LINES, [*MENU, *TITLES], FERRY * 900, ODD, ODD[::-1], ODD[:2]])
def test_tables_say_what_the_trees_say(lines: list[str]) -> None:
    data, about = shipped()
    trees = line_breaks.load(data, json.dumps(about).encode())
    numbers = line_breaks.numbers(lines)
    found = break_tables.total(
        break_tables.tables(trees), numbers, *line_breaks.of_all(lines, numbers)
    )
    assert found.dtype == np.float32
    assert found == pytest.approx(trees.total(line_breaks.measure(lines)), abs=1e-5)


# weights --------------------------------------------------------------------


def shipped() -> tuple[bytes, dict[str, Any]]:
    data, about = (resources.data(f"{line_breaks.SHIPPED}.{end}") for end in ("npz", "json"))
    return data, json.loads(about)


def test_the_shipped_weights_say_what_they_were_fitted_for() -> None:
    data, about = shipped()
    assert about["features"] == {"break": list(NAMES)}
    fitted = line_breaks.load(data, json.dumps(about).encode())
    assert fitted.features.max() < len(NAMES)
    with np.load(BytesIO(data)) as arrays:
        assert set(arrays.files) == set(PARTS)


@pytest.mark.parametrize(
    "names",
    [
        {"break": list(NAMES[:-1])},
        {"break": [*NAMES, "shoe size"]},
        {"break": list(reversed(NAMES))},
        {"line": list(NAMES)},
        [],
        None,
    ],
)
def test_weights_for_other_numbers_are_refused(names: object) -> None:
    data, about = shipped()
    changed = json.dumps({**about, "features": names}).encode()
    with pytest.raises(WeightsError, match="line breaks were fitted for another version"):
        line_breaks.load(data, changed)


def test_weights_that_say_nothing_are_refused() -> None:
    with pytest.raises(WeightsError, match="another version"):
        line_breaks.load(shipped()[0], b"{}")
