"""The compiled tests for single signs in a line say what those in Python say."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from cases import pages, report
from cleanarticle.accelerator import REFERENCES
from cleanarticle.clues import credits, rawness
from cleanarticle.records import Block

twin = pytest.importorskip("cleanarticle.accelerator._rawness")
PIECES = (
    *("Home", "World", "7", "a7", "²", "boat", "a.", "?", "!", " ", " ", " ", "\n", "\u00a0", "."),
    *sorted(rawness.BORDERS),
    *(" › ", " | ", " · ", " / "),
    *("fot.", "Fot.", "FOT.", "t.", "ot.", "Photo:", "photo ©", "foto：", "İmage:", "圖", "写真："),
    *("(提供)", "=撮影", "提", "供图", "供", "漢", "é", "😀", "\ud800", "x" * 30, "x" * 61),
)


class Text(str):
    """A str of another class, as lxml has them."""


def block(text: str) -> Block:
    return Block(index=0, text=text, words=len(text.split()), run=0)


def assert_alike(text: str) -> None:
    assert twin.is_trail(block(text)) is REFERENCES["rawness.is_trail"](block(text))
    assert_found_alike([block(text)])


def assert_found_alike(blocks: Sequence[Block]) -> None:
    assert twin.trails(blocks) == REFERENCES["rawness.trails"](blocks)
    assert twin.may_have_credits(blocks) == REFERENCES["rawness.may_have_credits"](blocks)


def mixed(chance: random.Random, most: int) -> str:
    return "".join(chance.choices(PIECES, k=chance.randrange(1, most)))


@pytest.mark.parametrize("most", [3, 8, 20, 80])
def test_mixed_lines_are_told_alike(most: int) -> None:
    chance = random.Random(most)
    for _line in range(60_000 // most):
        assert_alike(mixed(chance, most))


@pytest.mark.parametrize("behind", range(60, 70))
@pytest.mark.parametrize("sign", [*credits.SIGNS, credits.SHORT, "FOT.", "ot."])
def test_a_sign_of_a_credit_is_seen_as_far_from_the_end(sign: str, behind: int) -> None:
    assert_alike(f"The gate. Photo{sign} {'x' * behind}")


@pytest.mark.parametrize("line", ["a" * 300_000, "› " * 100_000, "漢" * 100_000, "|", ". | |"])
def test_long_and_short_lines_are_told_alike(line: str) -> None:
    assert_alike(line)


@pytest.mark.parametrize("most", [3, 20])
def test_blocks_are_found_alike(most: int) -> None:
    chance = random.Random(most)
    lines = [mixed(chance, most) for _line in range(500)]
    assert_found_alike([block(line) for line in lines])
    assert_found_alike([block(chance.choice((str, Text))(line)) for line in lines])
    assert_found_alike([])


@pytest.mark.parametrize("most", [3, 8, 20])
def test_no_credit_is_passed_over_for_want_of_a_sign(most: int) -> None:
    chance = random.Random(most)
    pattern, _longest = credits._credits()
    for _line in range(20_000 // most):
        text = mixed(chance, most)
        match = pattern.search(text)
        assert credits.photo_credit(block(text)) == (match[0] if match else "")


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.parent.name)
def test_lines_of_a_page_are_told_alike(path: Path) -> None:
    blocks = [verdict.block for verdict in report(path.parent, path.name).verdicts]
    assert_found_alike(blocks)
    for one in blocks:
        assert_alike(one.text)
