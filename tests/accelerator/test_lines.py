"""The compiled twins of what reads raw text give what the functions in Python give."""

import gc
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from cases import pages
from cleanarticle.accelerator import REFERENCES
from cleanarticle.readers import break_tables, layout, line_breaks
from cleanarticle.readers.layout import Line
from cleanarticle.records import Block

twin = pytest.importorskip("cleanarticle.accelerator._lines")
breaking = pytest.importorskip("cleanarticle.accelerator._breaks")
echoing = pytest.importorskip("cleanarticle.accelerator._echoes")

WORDS = (
    *("ferry", "Ferry", "late", "the", "Ähre", "İstanbul", "ıssız", "ǅep", "ﬀ", "паром", "Паром"),
    *(
        "渡し船",
        "港",
        "여객선",
        "ब्रिज",
        "ferry's",
        "12",
        "2021-12-15",
        "٣",
        "e\u0301",
        "𝔽",
        "😀",
        "a",
    ),
    *("I", "川", "Ö", "x_1", "ｱｲｳ", "ＡＢ", "עיר", "ﷺ", "ไทย"),
)
SIGNS = (
    *(
        ".",
        "!",
        "…",
        "。",
        "！",
        "？",
        "،",
        "؟",
        ",",
        "，",
        "、",
        "；",
        ";",
        ":",
        "：",
        "(",
        "「",
        "»",
    ),
    *(
        "„",
        '"',
        "'",
        "-",
        "–",
        "•",
        "*",
        "* * *",
        "●",
        "1.",
        "12)",
        "123. May 2021",
        "|",
        " | ",
        "©",
    ),
)
SPACES = (" ", " ", " ", " ", "  ", "   ", "\t", "\u00a0", "\u3000", "\u2003", "\x1f", "")
ENDS = ("\n", "\n", "\n", "\n\n", "\r\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\n \n")
OPENINGS = ("", "", "", "  ", "    ", "\t", "• ", "- ", "7. ", ", ", "、", "published 2021-12-15 ")
UNSEEN = ("\u200b", "\u00ad", "\ufeff", "\x00", "\x07", "\ud800", "\ufffe")


def invented(seed: int) -> str:
    """A text of many sorts of lines."""
    choose = random.Random(seed)
    pieces = (*WORDS, *SIGNS, *(UNSEEN if seed % 3 == 0 else ()))
    spaces = (" ",) if seed % 2 else SPACES
    parts = []
    for _line in range(choose.randint(0, 40)):
        parts.append(choose.choice(OPENINGS) if choose.random() < 0.3 else "")
        for _word in range(choose.randint(0, 20)):
            parts += (choose.choice(pieces), choose.choice(spaces))
        parts.append(choose.choice(ENDS))
    return "".join(parts)


def texts() -> Iterator[str]:
    yield from (
        "",
        "\n",
        " ",
        "a",
        "\r",
        "\r\n\r\n",
        "\u2028",
        "a\x00",
        "\u200b",
        "İ\nǅ\n¿",
        "\t\ta",
    )
    yield from (end.join(WORDS) + end for end in ENDS)
    yield "\n".join(f"{chr(code)} ferry {chr(code + 0xD800)}" for code in range(0x100))
    yield from map(invented, range(400))


TEXTS = list(texts())


def cut(function: Callable[..., list[Line]], text: str) -> list[Line]:
    unseen = "".join(sign for sign in sorted(set(text)) if layout._shown(sign) != sign)
    return function(text, unseen, layout._shown, Line)


def split(text: str) -> list[Line]:
    lines = cut(REFERENCES["lines.split_lines"], text)
    found = cut(twin.split_lines, text)
    assert found == lines == layout.split(text)
    assert {type(line) for line in found} <= {Line}
    assert [list(map(type, line)) for line in found] == [list(map(type, line)) for line in lines]
    return lines


def typed(block: Block) -> list[tuple[object, type]]:
    return [(getattr(block, name), type(getattr(block, name))) for name in Block.__slots__]


def assert_read_alike(text: str) -> None:
    lines = split(text)
    assert twin.neighbours(lines) == REFERENCES["lines.neighbours"](lines)
    if lines:
        assert_numbered_alike([line.text for line in lines])
        assert_joined_alike(lines, len(text))
    for in_one, own_runs in ((False, False), (False, True), (True, True)):
        found = twin.blocks_of(lines, text, in_one, own_runs)
        wanted = REFERENCES["lines.blocks_of"](lines, text, in_one, own_runs)
        assert list(map(typed, found)) == list(map(typed, wanted))


def assert_numbered_alike(lines: list[str]) -> None:
    found, wanted = breaking.numbers(lines), REFERENCES["breaks.numbers"](lines)
    assert found.dtype == np.float32
    np.testing.assert_array_equal(found, wanted)
    arguments = line_breaks._shipped(), wanted, *line_breaks.of_all(lines, wanted)
    total = breaking.total(*arguments)
    assert total.dtype == np.float32
    assert total == pytest.approx(REFERENCES["breaks.total"](*arguments), abs=1e-5)


def assert_joined_alike(lines: list[Line], seed: int) -> None:
    choose = random.Random(seed)
    within = [choose.random() < 0.4 for _line in lines[1:]]
    parted = [choose.random() < 0.1 for _line in lines]
    assert twin.joined(lines, within, parted) == REFERENCES["lines.joined"](lines, within, parted)


@pytest.mark.parametrize("first", range(0, len(TEXTS), 20))
def test_texts_at_random_are_read_alike(first: int) -> None:
    for text in TEXTS[first : first + 20]:
        assert_read_alike(text)


@pytest.mark.parametrize("path", pages(), ids=lambda path: f"{path.parent.name}-{path.suffix}")
def test_a_page_is_read_alike(path: Path) -> None:
    assert_read_alike(path.read_bytes().decode("utf-8", "replace"))


@pytest.mark.parametrize("start", range(0, 0x110000, 0x10000))
def test_each_sign_is_read_alike(start: int) -> None:
    step = 7 if start == 0 else 251
    signs = [chr(code) for code in range(start, start + 0x10000, step)]
    lines = split("".join(f"{sign}a {sign}\n" for sign in signs))
    assert twin.neighbours(lines) == REFERENCES["lines.neighbours"](lines)
    known = [sign for sign in signs if not sign.isspace()]
    for texts in (known, [f"a {sign} B{sign}" for sign in known], [f"x{sign}" for sign in known]):
        np.testing.assert_array_equal(breaking.numbers(texts), REFERENCES["breaks.numbers"](texts))


@pytest.mark.parametrize(
    "piece", ["ferry ", "Ferry\n", "a\n\n", "渡", "x. ", "- a\n", "\u200b", "\n"]
)
def test_a_large_text_is_read_alike(piece: str) -> None:
    assert_read_alike(piece * 6_000)


class Text(str):
    """A kind of string of its own."""

    __slots__ = ()


def test_other_kinds_of_strings_are_read_alike() -> None:
    text = Text("The ferry\n\n  left  la\u200bte.\n")
    assert cut(twin.split_lines, text) == cut(REFERENCES["lines.split_lines"], text)


@pytest.mark.parametrize("line", [(), ("a",), (None, None, 0, 1, True, 0), "abcdef", None, [1] * 6])
def test_what_is_no_line_is_refused(line: object) -> None:
    for function in (
        lambda: twin.neighbours([line]),
        lambda: twin.joined([line, line], [False], [False, False]),
        lambda: twin.blocks_of([line], "", False, False),
    ):
        with pytest.raises(TypeError):
            function()


def test_numbers_that_do_not_fit_the_tables_are_refused() -> None:
    lines = ["The ferry", "left late", "again."]
    numbers = line_breaks.numbers(lines)
    over, page = line_breaks.of_all(lines, numbers)
    tables = line_breaks._shipped()
    for wrong in (numbers + 1000, numbers - 1000, numbers[:2]):
        with pytest.raises(ValueError, match="do not fit"):
            breaking.total(tables, wrong, over, page)
    with pytest.raises(ValueError, match="do not fit"):
        breaking.total(tables, numbers, over + 1000, page)


def test_lines_without_a_sign_have_no_numbers() -> None:
    for lines in ([""], [" "], ["a", "\t"]):
        for function in (breaking.numbers, REFERENCES["breaks.numbers"]):
            with pytest.raises(IndexError):
                function(lines)


def test_a_page_of_lines_alone_is_looked_up_in_parts() -> None:
    lines = [random.Random(n).choice(WORDS) * (n % 7 + 1) for n in range(5000)]
    numbers = line_breaks.numbers(lines)
    arguments = line_breaks._shipped(), numbers, *line_breaks.of_all(lines, numbers)
    whole = REFERENCES["breaks.total"](*arguments)
    assert len(lines) > break_tables.BREAKS_AT_ONCE
    assert breaking.total(*arguments) == pytest.approx(whole, abs=1e-5)


# likeness of lines ---------------------------------------------------------------


@pytest.mark.parametrize("seed", range(300))
def test_echoes_are_found_alike(seed: int) -> None:
    choose = random.Random(seed)
    known = choose.sample(WORDS, choose.randint(1, len(WORDS)))
    words = [
        tuple(choose.choices(known, k=choose.randint(0, 12)))
        for _line in range(choose.randint(0, 40))
    ]
    positions = sorted(choose.sample(range(len(words)), choose.randint(0, len(words))))
    found = echoing.echoes(words, positions)
    assert found == REFERENCES["echoes.echoes"](words, positions)
    assert all(type(value) is float for pair in found for value in pair)


@pytest.mark.parametrize("positions", [[2], [-1], [0, 5]])
def test_echoes_of_no_line_are_refused(positions: list[int]) -> None:
    with pytest.raises(IndexError):
        echoing.echoes([("a", "b"), ("b",)], positions)


def test_the_collector_is_left_as_it_was() -> None:
    def broken(_line: str) -> str:
        raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        twin.split_lines("a\u00adb", "\u00ad", broken, Line)
    assert gc.isenabled()
    gc.disable()
    try:
        lines = twin.split_lines("The ferry left.", "", str, Line)
        twin.blocks_of(lines, "The ferry left.", False, False)
        assert not gc.isenabled()
    finally:
        gc.enable()
