"""The compiled twins of what finds phrases give what the functions in Python give."""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from cases import pages, report
from cleanarticle.accelerator import REFERENCES
from cleanarticle.clues import Words, phrases
from cleanarticle.language.words import tokens
from cleanarticle.records import Block, Kind

twin = pytest.importorskip("cleanarticle.accelerator._words")
BEHIND = ((), ("boat",), ("7",), ("the", "boat"), ("1957", "²", "٣", "a1"), ("x",) * 40)


class Text(str):
    """A str of another class, as lxml has them."""


def assert_alike(words: Sequence[str]) -> None:
    found = twin.find(words)
    assert found == REFERENCES["words.find"](words)
    assert type(found) is tuple


def assert_spoken_alike(blocks: Sequence[Block], known: Words) -> None:
    found = twin.spoken(blocks, known)
    assert found == REFERENCES["words.spoken"](blocks, known)
    words, hits = found
    assert [type(own) for own in (words, hits, *words, *hits)] == [list] * 2 + [tuple] * (
        len(words) + len(hits)
    )


def assert_named_alike(names: Sequence[str]) -> None:
    found = twin.names_in(names)
    assert found == REFERENCES["words.names_in"](names)
    assert type(found) is tuple


def entries() -> list[tuple[str, ...]]:
    """The words of all phrases."""
    at_start, _inside = phrases.indices()
    every = {
        entry.words
        for first in at_start
        for own in phrases.seconds(at_start, first).values()
        for entry in own
    }
    return sorted(every)


def names() -> list[tuple[str, ...]]:
    return sorted({tuple(name.split("-")) for kind in Kind for name in phrases.name_list(kind)})


def test_phrases_are_filed_under_their_first_word_and_none_is_lost() -> None:
    at_start, inside = phrases.indices()
    for index in (at_start, inside):
        for first in index:
            for own in phrases.seconds(index, first).values():
                assert {entry.words[0] for entry in own} == {first}
    written = {
        phrases._words(phrase)
        for kind in Kind
        for table in phrases.phrase_table(kind).values()
        for how in phrases.How
        for phrase in table.get(how.value, ())
    }
    assert entries() == sorted(written)


@pytest.mark.parametrize("behind", BEHIND, ids=len)
def test_every_phrase_is_found_alike_wherever_it_stands(behind: tuple[str, ...]) -> None:
    for words in entries():
        numbered = tuple(word.replace("#", "12") for word in words)
        for block in (words, words[:-1], (*numbered, *behind), (*behind, *numbered)):
            assert_alike(block)


@pytest.mark.parametrize("seed", range(10))
def test_mixed_phrases_are_found_alike(seed: int) -> None:
    chance = random.Random(seed)
    every = entries()
    some = sorted({word for words in every for word in words})
    for _block in range(1500):
        words = [word for phrase in chance.choices(every, k=3) for word in phrase]
        words[:0] = chance.choices(some, k=chance.randrange(3))
        words.insert(chance.randrange(len(words)), chance.choice(("3", "boat", "#", "२", "İ")))
        assert_alike(words)
        assert_alike(tuple(words * chance.randrange(9)))


@pytest.mark.parametrize(
    "words",
    [(), ("boat",) * phrases.MAX_WORDS, ("share",) * (phrases.MAX_WORDS + 1), ("x",) * 70, ("#",)],
    ids=len,
)
def test_blocks_of_any_length_are_alike(words: tuple[str, ...]) -> None:
    assert_alike(words)
    assert_alike(list(words))


@pytest.mark.parametrize("odd", [(1, "a"), ("a", None)])
def test_what_is_no_word_raises_the_same(odd: Any) -> None:
    with pytest.raises((AttributeError, TypeError)) as wanted:
        REFERENCES["words.find"](odd)
    with pytest.raises(wanted.type):
        twin.find(odd)


@pytest.mark.parametrize("seed", range(10))
def test_names_are_found_alike(seed: int) -> None:
    chance = random.Random(seed)
    every = names()
    for pieces in every:
        assert_named_alike((*chance.choice(every), *pieces))
        assert_named_alike(("boat", *pieces[:-1]))
    for pieces in ((), ("",), ("boat",) * 99, ("share", None), (1, "nav")):
        assert_named_alike(pieces)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(10))
def test_blocks_say_the_same(seed: int) -> None:
    chance = random.Random(seed)
    every = entries()
    odd = ("", " ", "İstanbul 7", "ﬁn ß " * 40, "漢" * 99, "\ud800", Text("Share this"), "x" * 999)
    texts = [*odd, "share " * 170, "a" * 5000, "word " * 201, "12 comments " * 90]
    texts += [" ".join(w for p in chance.choices(every, k=4) for w in p) for _ in range(200)]
    chance.shuffle(texts)
    words = [chance.choice((1, 5, 60, 61)) for _text in texts]
    blocks = [Block(n, text, words[n], n) for n, text in enumerate(texts)]
    assert_spoken_alike(blocks, {})
    assert_spoken_alike([*blocks[::2], *blocks], {})
    twin.tokens(blocks[0].text)
    assert_spoken_alike(blocks[:1], {})
    known = {(b.text, b.words): (("other",), ()) for b in blocks[::3]}
    assert_spoken_alike(blocks, known)


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.parent.name)
def test_a_page_says_the_same(path: Path) -> None:
    blocks = [verdict.block for verdict in report(path.parent, path.name).verdicts]
    assert_spoken_alike(blocks, {})
    for verdict in report(path.parent, path.name).verdicts:
        words = tokens(verdict.block.text)
        assert_alike(words)
        assert_named_alike(words)
