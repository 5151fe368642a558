"""Which lines of raw text may be its title, and which one is taken."""

import gc
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

import cleanarticle
from cleanarticle import clues, metadata, readers
from cleanarticle.clues import Clues
from cleanarticle.metadata import text_title
from cleanarticle.metadata.ranking import Table
from cleanarticle.metadata.text_title import MAX_TITLE_WORDS, MIN_PROBABILITY, Line
from cleanarticle.metadata.view import View

MILL = (
    "The old mill by the river was sold on Monday to a baker from the next valley, who has "
    "looked for such a place for years and means to grind rye there again before the winter."
)
WHEEL = "Its wheel has not turned since the flood, and the new owner means to mend it before May."
FLOUR = "He will grind rye for himself first, and then for anybody who brings a full sack along."
BODY = (MILL, WHEEL, FLOUR)
RAW = ("Home | News | Sport | Contact", "Sign in")  # lines that show that the text is a page


@dataclass
class Told:
    """A ranker whose probabilities are given by the text of a line."""

    likely: dict[str, float]
    asked: list[str] = field(default_factory=list)

    def probabilities(self, name: str, values: Sequence[Any], table: Table) -> list[float]:
        assert (name, table) == (text_title.NAME, text_title.TABLE)
        self.asked += [value.block.text for value in values]
        return [self.likely.get(value.block.text, 0.0) for value in values]


def opened(*lines: str) -> tuple[View, Clues]:
    document = readers.read(readers.open_page("\n\n".join(lines)), kind="text")
    return metadata.view_of(document), clues.gather(document)


def found(*lines: str) -> dict[str, Line]:
    return {line.block.text: line for line in text_title.candidates(*opened(*lines))}


def test_lines_above_the_body_are_candidates() -> None:
    assert list(found(*RAW, "A mill is sold", *BODY, "More news today")) == [
        RAW[0],
        "A mill is sold",
    ]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("By Ann Lee", id="byline"),
        pytest.param("Ann Lee, Staff writer", id="name with a role"),
        pytest.param("5 March 2024", id="day"),
        pytest.param("Published on 5 March 2024 at 10:30", id="labelled day"),
        pytest.param("The mayor at the gate. Photo: A. Berg", id="photo credit"),
        pytest.param("    mill = sell(rye)\n    return mill", id="code"),
        pytest.param("Sign in", id="boilerplate"),
        pytest.param("Mill", id="one word"),
    ],
)
def test_lines_of_another_sort_are_no_candidates(line: str) -> None:
    assert list(found("A mill is sold", line, *BODY)) == ["A mill is sold"]


def test_a_line_that_goes_on_a_byline_is_no_candidate() -> None:
    lines = ("A mill is sold", "By Ann Lee", "and Bo Ek, Data editor", *BODY)
    assert list(found(*lines)) == ["A mill is sold"]
    assert "and Bo Ek, Data editor" in found("A mill is sold", "and Bo Ek, Data editor", *BODY)


def test_the_top_goes_on_behind_a_long_paragraph_without_prose_below() -> None:
    longest = "rye " * (MAX_TITLE_WORDS - 1) + "bread"
    lines = (longest, f"{longest} again", "A mill is sold", "Tides and boats")
    assert list(found(*lines)) == [longest, "A mill is sold", "Tides and boats"]


# choosing ----------------------------------------------------------------


def test_the_likeliest_line_and_its_position_are_taken() -> None:
    ranker = Told({RAW[0]: 0.2, "A mill is sold": 0.7})
    assert text_title.choose(*opened(*RAW, "A mill is sold", *BODY), ranker) == (
        "A mill is sold",
        2,
    )


@pytest.mark.parametrize(
    ("probability", "chosen"),
    [(MIN_PROBABILITY, ("A mill is sold", 2)), (MIN_PROBABILITY / 2, (None, None))],
)
def test_an_unlikely_line_is_no_title(
    probability: float, chosen: tuple[str | None, int | None]
) -> None:
    ranker = Told({"A mill is sold": probability})
    assert text_title.choose(*opened(*RAW, "A mill is sold", *BODY), ranker) == chosen


@pytest.mark.parametrize("label", ["Title", "HEADLINE", "Subject"])
def test_a_labelled_title_is_taken_whatever_the_ranker_says(label: str) -> None:
    ranker = Told({RAW[0]: 0.9})
    page = opened(*RAW, f"{label}: A mill: sold", *BODY)
    assert text_title.choose(*page, ranker) == ("A mill: sold", 2)
    assert ranker.asked == []


def test_a_labelled_sentence_is_no_labelled_title() -> None:
    ranker = Told({RAW[0]: 0.9})
    page = opened(*RAW, "Title: this is a sentence about a mill.", *BODY)
    assert text_title.choose(*page, ranker) == (RAW[0], 0)


def test_cleaned_text_has_no_title() -> None:
    ranker = Told({"A mill is sold": 1.0})
    assert text_title.choose(*opened("A mill is sold", *BODY), ranker) == (None, None)
    assert ranker.asked == []


def test_a_page_without_candidates_has_no_title() -> None:
    view, hints = opened("By Ann Lee", *BODY)
    assert hints.raw
    assert text_title.choose(view, hints, Told({})) == (None, None)


# the deck ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("deck", "below", "position"),
    [
        ("A baker from the next valley buys it at last.", "Advertisement", 3),
        ("A baker from the next valley buys it at last.", WHEEL, None),
        ("A baker from the next valley buys it", "Advertisement", None),
        ("A baker buys it.", "Advertisement", None),
    ],
)
def test_a_deck_is_a_sentence_below_the_title_and_apart_from_the_body(
    deck: str, below: str, position: int | None
) -> None:
    view, hints = opened(*RAW, "A mill is sold", deck, below, *BODY)
    assert text_title.deck(view.document, hints, 2) == position
    assert text_title.deck(view.document, hints, None) is None


def test_a_page_is_not_kept_once_its_title_is_chosen() -> None:
    prose = "The ferry was late again, and nobody on the pier was told why it was late. " * 3
    page = f"Home\n\nThe last ferry\n\nBy Ann Lee\n\n{prose}\n\n{prose}\n\nLeave a comment"

    def alive() -> int:
        gc.collect()
        return sum(isinstance(one, text_title.Lines) for one in gc.get_objects())

    before = alive()
    assert cleanarticle.extract(page, kind="text").title == "The last ferry"
    assert alive() == before
