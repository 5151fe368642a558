"""Which blocks belong to a gold text."""

from collections import Counter

import pytest

from cleanarticle.language.words import count
from cleanarticle.records import Block
from cleanarticle.training.labels import INSIDE_REACH, LINE_REACH, align, f1, of_snippets, words

MILL = "The old mill by the river was sold on Monday to a baker from the next valley."
WHEEL = "Its wheel has not turned since the flood, and the new owner means to mend it before May."
FLOUR = "He will grind rye for himself first, and then for anybody who brings a full sack along."
MENU = ("Home", "Harbour", "Tides", "Weather", "Archive", "Contact", "Imprint", "Help")
BOX = "Sign up here to get all our letters about boats, tides and timetables every single week."


def align_texts(texts: tuple[str, ...], gold: str) -> list[bool]:
    blocks = [Block(n, text, count(text), run=n) for n, text in enumerate(texts)]
    return align(blocks, gold)


def labelled(texts: tuple[str, ...], gold: str) -> list[str]:
    """The texts of the blocks that are labelled as content."""
    found = align_texts(texts, gold)
    return [text for text, label in zip(texts, found, strict=True) if label]


def test_paragraphs_of_the_gold_are_content_and_boilerplate_is_not() -> None:
    page = (*MENU, MILL, BOX, WHEEL, FLOUR, "© Valley Courier")
    assert labelled(page, "\n\n".join((MILL, WHEEL, FLOUR))) == [MILL, WHEEL, FLOUR]


def test_case_signs_and_unseen_marks_do_not_matter() -> None:
    page = (*MENU, MILL.upper(), WHEEL.replace(",", " –"), FLOUR.replace("grind", "gr\u00adind"))
    assert labelled(page, "\n".join((MILL, WHEEL, FLOUR))) == list(page[-3:])


def test_gold_in_another_order_labels_the_same() -> None:
    page = (*MENU, MILL, WHEEL, FLOUR, BOX)
    assert labelled(page, "\n".join((FLOUR, MILL, WHEEL))) == [MILL, WHEEL, FLOUR]


def test_a_paragraph_that_the_gold_holds_for_the_most_part_is_content() -> None:
    begun = MILL.rsplit(" ", 3)[0]
    assert labelled((*MENU, MILL, WHEEL), f"{begun}\n{WHEEL}") == [MILL, WHEEL]


def test_a_paragraph_of_which_the_gold_holds_a_piece_is_none() -> None:
    page = (*MENU, MILL, f"{BOX} The new owner means it.", WHEEL)
    assert labelled(page, f"{MILL}\n{WHEEL}") == [MILL, WHEEL]


def test_a_short_heading_beside_content_is_content() -> None:
    page = (*MENU, "A sale", MILL, "The wheel", WHEEL)
    gold = "\n".join(("A sale", MILL, "The wheel", WHEEL))
    assert labelled(page, gold) == ["A sale", MILL, "The wheel", WHEEL]


def test_the_same_words_far_from_content_are_none() -> None:
    page = ("The wheel", *MENU, MILL, "The wheel", WHEEL)
    found = align_texts(page, "\n".join((MILL, "The wheel", WHEEL)))
    assert found == [*[False] * 9, True, True, True]


@pytest.mark.parametrize(("between", "is_content"), [(LINE_REACH - 1, True), (LINE_REACH, False)])
def test_a_line_of_the_gold_reaches_some_blocks(between: int, is_content: bool) -> None:
    page = ("The sale", *MENU[:between], MILL, WHEEL)
    found = align_texts(page, "\n".join(("The sale", MILL, WHEEL)))
    assert found == [is_content, *[False] * between, True, True]


@pytest.mark.parametrize(
    ("between", "is_content"), [(INSIDE_REACH - 1, True), (INSIDE_REACH, False)]
)
def test_a_piece_of_a_line_reaches_fewer(between: int, is_content: bool) -> None:
    page = ("The sale", *MENU[:between], MILL, WHEEL)
    found = align_texts(page, "\n".join((f"{MILL} The sale is final.", WHEEL)))
    assert found == [is_content, *[False] * between, True, True]


def test_a_short_line_that_is_part_of_a_word_of_the_gold_is_none() -> None:
    assert labelled(("Mil", MILL, "Whee", WHEEL), f"{MILL}\n{WHEEL}") == [MILL, WHEEL]


def test_a_paragraph_that_stands_twice_is_content_once() -> None:
    page = (MILL, WHEEL, *MENU, MILL, WHEEL, FLOUR)
    found = align_texts(page, "\n".join((MILL, WHEEL, FLOUR)))
    assert sum(found) == 3
    assert sorted(labelled(page, "\n".join((MILL, WHEEL, FLOUR)))) == sorted((MILL, WHEEL, FLOUR))


def test_a_paragraph_that_the_gold_holds_twice_is_content_twice() -> None:
    page = (MILL, *MENU, WHEEL, MILL)
    assert labelled(page, "\n".join((MILL, WHEEL, MILL))) == [MILL, WHEEL, MILL]


def test_an_empty_gold_text_labels_nothing() -> None:
    assert align_texts((MILL, "Home"), "") == [False, False]


def test_a_block_of_signs_alone_is_none() -> None:
    assert labelled((MILL, "* * *", WHEEL), f"{MILL}\n* * *\n{WHEEL}") == [MILL, WHEEL]


def test_no_blocks_have_no_labels() -> None:
    assert align_texts((), MILL) == []


# words and F1 ------------------------------------------------------------


def test_words_are_runs_of_letters_and_digits_in_small_letters() -> None:
    found = words("The Mill's 2nd owner: grün\u00adlich, a_b \ufeff川は")
    assert found == ["the", "mill", "s", "2nd", "owner", "grünlich", "a_b", "川は"]


@pytest.mark.parametrize(
    ("found", "wanted", "score"),
    [
        ({"a": 2, "b": 1}, {"a": 2, "b": 1}, 1.0),
        ({"a": 2}, {"b": 2}, 0.0),
        ({"a": 1, "b": 1}, {"a": 1, "c": 3}, 2 * 1 / 6),
        ({"a": 3, "b": 1}, {"a": 1, "b": 1}, 2 * 2 / 6),
        ({}, {"a": 1}, 0.0),
        ({"a": 1}, {}, 0.0),
        ({}, {}, 1.0),
    ],
)
def test_f1_of_counted_words(found: dict[str, int], wanted: dict[str, int], score: float) -> None:
    assert f1(Counter(found), Counter(wanted)) == pytest.approx(score)


# labels of snippets ------------------------------------------------------


def by_snippets(
    texts: tuple[str, ...], wanted: tuple[str, ...] = (), unwanted: tuple[str, ...] = ()
) -> list[bool | None]:
    blocks = [Block(n, text, count(text), run=n) for n, text in enumerate(texts)]
    return of_snippets(blocks, wanted, unwanted)


def test_a_snippet_tells_of_the_block_that_holds_it_and_of_no_other() -> None:
    found = by_snippets((MILL, WHEEL, BOX), ("Sold on  MONDAY",), ("all our letters",))
    assert found == [True, None, False]


def test_a_wanted_snippet_that_stands_twice_tells_nothing() -> None:
    assert by_snippets((MILL, MILL, WHEEL), ("old mill", "mend it")) == [None, None, True]


def test_an_unwanted_word_that_the_text_holds_too_is_that_of_the_menu_and_its_copies() -> None:
    texts = ("Wheel", MILL, WHEEL, "wheel")
    assert by_snippets(texts, unwanted=("wheel",)) == [False, None, None, False]


def test_a_snippet_is_no_part_of_a_word() -> None:
    assert by_snippets((MILL, FLOUR), ("bake",), ("sac",)) == [None, None]
