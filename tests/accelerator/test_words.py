"""The compiled twins of what finds words give what the functions in Python give."""

import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from cases import pages, report
from cleanarticle.accelerator import REFERENCES
from cleanarticle.language import detect
from cleanarticle.language.words import SHORT_CHARS

twin = pytest.importorskip("cleanarticle.accelerator._words")
# All that are letters or digits anywhere, and some of those that are nothing yet.
ALL = "".join(map(chr, (*range(0x3_4000), *range(0x3_4000, sys.maxunicode + 1, 97))))
PIECES = (
    *("a", "B", "harbour", "don't", "rock'n'roll", "_", "x_1", "1", "2", "1957", "²", "Ⅷ", "½"),
    *("é", "É", "ß", "ẞ", "ﬁ", "ŉ", "ΐ", "Σς", "K", "ſ", "İ", "I", "ı", "i\u0307", "\u0307"),
    *("'", "’", "''", "‘", "“", "”", "–", "—", "…", "•", "·", "-", " ", "  ", "\n", "\u00a0"),
    *("ก", "๑", "ຂ", "漢", "か", "ｱ", "々", "〇", "မ", "ខ", "𠀀", "क", "ि", "्", "१", "\u0965"),
    *("Ж", "ا", "ُ", "٣", "ש", "ְ", "한", "\u0301", "ͅ", "Ⓐ", "€", "．", "😀", "\ud800", "\udfff"),
)
LINES = (
    *("", " ", "'", "’", "a", "İstanbul'a gidiyor", "ISPARTA ışık", "the cat's’ 3rd 12km_run"),
    *("o''clock 'tis ’tis rock'", "1'a a'1 a'१ १'a", "๑1 1๑2 ก๑", "क१ १क ि्", "i\u0307'\u0307a"),
    *("Straße ﬁn " * 9, "東京は漢字 tokyo 2024年" * 3, "x" * SHORT_CHARS, "y" * (SHORT_CHARS + 1)),
    *("word " * 50_000, "w" * 300_000, "漢" * 50_000, "ß" * 50_000, "'" * 50_000, "a'" * 50_000),
)


class Text(str):
    """A str of another class, as lxml has them."""


def assert_alike(text: str) -> None:
    tokens, count = twin.tokens(text), twin.count(text)
    assert tokens == REFERENCES["words.tokens"](text)
    assert count == REFERENCES["words.count"](text)
    assert type(tokens) is tuple
    assert type(count) is int
    assert {type(token) for token in tokens} <= {str}


def mixed(chance: random.Random, most: int) -> str:
    return "".join(chance.choices(PIECES, k=chance.randrange(most)))


@pytest.mark.parametrize(
    "pattern", ["{}", "{0}{0} ", "a{}1", "1{}a", "a'{}", "{}'a", "๑{}2 ", "क{}"]
)
def test_a_character_is_to_words_what_it_is_in_python(pattern: str) -> None:
    assert_alike("".join(map(pattern.format, ALL)))


@pytest.mark.parametrize("text", LINES, ids=lambda text: text[:12])
def test_a_text_has_the_same_words(text: str) -> None:
    assert_alike(text)
    assert_alike(Text(text))


@pytest.mark.parametrize("most", [4, 12, 60, 400])
def test_mixed_texts_have_the_same_words(most: int) -> None:
    chance = random.Random(most)
    for _text in range(60_000 // most):
        assert_alike(mixed(chance, most))


def test_words_are_the_same_when_others_have_come_between() -> None:
    texts = [f"{n} boat{n} {chr(0x4E00 + n)}" for n in range(20_000)]
    for text in (*texts, *texts):
        assert twin.tokens(text) == REFERENCES["words.tokens"](text)


@pytest.mark.parametrize("number", [-1, 0, 1, 2, 3, 7, 5000, 10**9])
@pytest.mark.parametrize("chars", [-1, 0, 1, 9, 400, 20_000])
def test_a_sample_of_lines_is_alike(number: int, chars: int) -> None:
    chance = random.Random(number + chars)
    known = sorted(detect.languages_by_word())
    assert_sampled_alike(LINES, chars, number)
    for _text in range(30):
        lines = [mixed(chance, 90) for _line in range(chance.randrange(9))]
        lines += [" ".join(chance.choices(known, k=9)), "漢 𠀀x \ud800", Text("La mer et la nuit")]
        chance.shuffle(lines)
        assert_sampled_alike(lines, chars, number)


def assert_sampled_alike(lines: Sequence[str], chars: int, number: int) -> None:
    found, wanted = (f(lines, chars, number) for f in (twin.sample, REFERENCES["words.sample"]))
    assert found == wanted
    assert [type(one) for one in found] == [int, str, dict]


@pytest.mark.parametrize("odd", [(1,), ("a", None), None])
def test_what_is_no_line_raises_the_same(odd: Any) -> None:
    with pytest.raises(TypeError):
        REFERENCES["words.sample"](odd, 9, 9)
    with pytest.raises(TypeError):
        twin.sample(odd, 9, 9)


@pytest.mark.parametrize("odd", [None, 1, b"bytes"])
def test_only_a_text_has_words(odd: Any) -> None:
    for function in (twin.tokens, twin.count):
        with pytest.raises(TypeError):
            function(odd)


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.parent.name)
def test_a_page_has_the_same_words(path: Path) -> None:
    texts = [verdict.block.text for verdict in report(path.parent, path.name).verdicts]
    for text in (*texts, "\n".join(texts)):
        assert_alike(text)
    assert_sampled_alike(texts, 20_000, 2000)
    assert_sampled_alike(["\n".join(texts)], 20_000, 2000)
