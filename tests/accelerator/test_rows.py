"""What the compiled classifier reads off a page is what the one in Python reads."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest

from accelerator import odd
from cleanarticle.accelerator import COMPILED, REFERENCES
from cleanarticle.classifier import counts, elements, features, overlap, page_words, signs
from cleanarticle.classifier import sums as classifier_sums
from cleanarticle.classifier.columns import FAR, Columns
from cleanarticle.classifier.features import flow, place, repeats, tree
from cleanarticle.classifier.names import group_names, sorts_of
from cleanarticle.language import facts
from cleanarticle.language.words import tokens
from cleanarticle.records import Block, Container, Kind, Markup, Removal

rows = pytest.importorskip("cleanarticle.accelerator._rows")
texts = pytest.importorskip("cleanarticle.accelerator._texts")
words = pytest.importorskip("cleanarticle.accelerator._page_words")
sums = pytest.importorskip("cleanarticle.accelerator._sums")
HOLDERS = elements._TEXT_HOLDERS
SEEDS = range(5)


def same(part: str, twin: Callable[..., Any], *given: Any) -> None:
    """The twin gives what its reference gives, types included."""
    wanted, found = REFERENCES[f"{part}.{twin.__name__}"](*given), twin(*given)
    pairs = zip(wanted, found, strict=True) if isinstance(wanted, tuple) else [(wanted, found)]
    for one, other in pairs:
        assert one.dtype == other.dtype
        assert one.shape == other.shape
        np.testing.assert_array_equal(one, other)


# blocks ------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_numbers_of_blocks(seed: int) -> None:
    same("rows", rows.of_blocks, odd.blocks(seed))
    same("rows", rows.of_blocks, list(odd.blocks(seed)))
    same("rows", rows.of_blocks, ())


@dataclass(frozen=True)
class OtherMarkup:
    """What has the names of a record but is none."""

    link_chars: int
    container: int
    control: bool


def test_records_of_other_sorts_are_left_to_the_reference() -> None:
    plain = Block(0, "Tides", 1, 0, markup=Markup("p", 3, 2))
    other = OtherMarkup(link_chars=2, container=1, control=True)
    same("rows", rows.of_blocks, (plain, replace(plain, markup=other)))  # type: ignore[arg-type]
    same("rows", rows.of_blocks, (plain, replace(plain, spans=[])))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes", [{"words": None}, {"text": None}, {"role": "heading"}, {"place": (1,)}, {"spans": 5}]
)
def test_broken_blocks_fail_as_they_do_in_the_reference(changes: dict[str, Any]) -> None:
    broken = replace(Block(0, "Tides", 1, 0), **changes)
    with pytest.raises((TypeError, ValueError, KeyError)) as wanted:
        REFERENCES["rows.of_blocks"]((broken,))
    with pytest.raises(wanted.type):
        rows.of_blocks((broken,))


# texts -------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_signs_of_texts(seed: int) -> None:
    same("texts", texts.of_texts, odd.texts(seed), signs.table())


@pytest.mark.parametrize("text", odd.TEXTS)
def test_signs_of_a_single_text(text: str) -> None:
    same("texts", texts.of_texts, [text], signs.table())


def test_no_texts_have_no_signs() -> None:
    same("texts", texts.of_texts, [], signs.table())


def test_signs_of_all_characters() -> None:
    every = [chr(code) for code in (*range(0x3400), *range(0xD700, 0x10500))]
    same("texts", texts.of_texts, [f"a{sign}b {sign}" for sign in every], signs.table())


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(TypeError):
        texts.of_texts([None], signs.table())
    with pytest.raises(IndexError):
        texts.of_texts(["a"], signs.table()[:9])


@pytest.mark.parametrize("seed", SEEDS)
def test_texts_that_repeat(seed: int) -> None:
    given = odd.texts(seed, 60)
    same("texts", texts.repeats, random.Random(seed).choices(given, k=300))
    same("texts", texts.repeats, given)
    same("texts", texts.repeats, [])


MONTHS = ("may", "août", "12月", "x", "sept.", "أيار", "", "İ")
LINES = (
    "5 May.",
    "5 ..May,,",
    "5 mayo",
    "5 .,",
    "5",
    "AOÛT 5",
    "5 12月",
    "sept. 5",
    "X 5 İ",
    "5 May" * 40,
)


@pytest.mark.parametrize("seed", SEEDS)
def test_names_of_months(seed: int) -> None:
    pieces = (*MONTHS, *odd.PIECES, " ", " ", ".", ",")
    chance = random.Random(seed)
    given = ["".join(chance.choices(pieces, k=chance.randrange(40))) for _text in range(300)]
    digits = np.array([chance.randrange(2) for _text in given], np.float32)
    for names in (facts.months(), dict.fromkeys(MONTHS), {}):
        same("texts", texts.months, given, digits, names)
        same("texts", texts.months, LINES, np.ones(len(LINES), np.float32), names)


# words -------------------------------------------------------------------


def known_words(seed: int) -> list[tuple[str, ...]]:
    return [tokens(text[:1000]) for text in odd.texts(seed)]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("title", ["", "The snake_case of a Z 1999", "漢 カ ไทย it's"])
def test_shares_of_words(seed: int, title: str) -> None:
    known, description = frozenset(tokens(title)), frozenset(tokens("the of the 3rd é x"))
    for stops in (facts.stop_words("en"), facts.stop_words("tr"), frozenset[str]()):
        same("texts", texts.of_words, known_words(seed), stops, known, description)
        same("texts", texts.of_words, known_words(seed), stops, frozenset(), frozenset())
    same("texts", texts.of_words, [], facts.stop_words("en"), known, description)


@pytest.mark.parametrize("seed", SEEDS)
def test_telling_words(seed: int) -> None:
    own = known_words(seed)
    prose = np.random.default_rng(seed).random(len(own)) < 0.4
    same("texts", texts.of_telling, own, facts.stop_words("en"), prose)
    same("texts", texts.of_telling, own, frozenset(), ~prose)
    same("texts", texts.of_telling, [(), ()], frozenset(), prose[:2])
    same("texts", texts.of_telling, [], frozenset(), prose[:0])


@pytest.mark.parametrize("seed", SEEDS)
def test_checksums(seed: int) -> None:
    given = odd.texts(seed)
    same("page_words", words.checksums, set(given), odd.containers(seed), given, tokens)
    same("page_words", words.checksums, (), (), [], tokens)


@pytest.mark.parametrize(
    "text", [*odd.TEXTS, *odd.PIECES, "Ann's tide_table 3rd x 'y z's", "a'" * 40]
)
def test_the_first_words_of_a_text(text: str) -> None:
    for cut in (text, f"{'x' * 56} {text}", f"{text} " * 9):
        same("page_words", words.checksums, (), (), [cut], tokens)


def test_a_word_that_is_none_is_refused() -> None:
    for given in (([None], (), []), ((), (), [None]), ((), (Container(-1, "p", (None,)),), [])):  # type: ignore[arg-type]
        with pytest.raises(TypeError):
            words.checksums(*given, tokens)


# containers --------------------------------------------------------------


def steps(given: Sequence[Container], seed: int) -> None:
    *_arrays, bits = REFERENCES["rows.read"](given, HOLDERS, sorts_of)
    at = np.random.default_rng(seed).integers(0, len(given), 200)
    above = elements.ancestors(_arrays[0], at, FAR)
    same("rows", rows.steps, bits, above, len(group_names()))
    same("rows", rows.steps, bits, above[:, :0], len(group_names()))
    same("rows", rows.steps, bits, above[:3], 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_containers(seed: int) -> None:
    given = odd.containers(seed)
    same("rows", rows.read, given, HOLDERS, sorts_of)
    same("rows", rows.read, given[:1], HOLDERS, sorts_of)
    steps(given, seed)


@pytest.mark.parametrize("shape", ["deep", "wide", "in one sort each"])
def test_many_containers(shape: str) -> None:
    count = 20_000
    parents = {"deep": range(-1, count - 1)}.get(shape, [-1] + [0] * (count - 1))
    names = (f"n{n}" if shape == "in one sort each" else "same" for n in range(count))
    given = [Container(p, "div", (name,)) for p, name in zip(parents, names, strict=True)]
    same("rows", rows.read, given, HOLDERS, sorts_of)


def test_containers_out_of_order_are_left_to_the_reference() -> None:
    given = [Container(-1, "a"), Container(2, "b"), Container(0, "c")]
    with pytest.raises(IndexError):
        REFERENCES["rows.read"](given, HOLDERS, sorts_of)
    with pytest.raises(IndexError):
        rows.read(given, HOLDERS, sorts_of)


def test_steps_beyond_the_page_are_refused() -> None:
    with pytest.raises(IndexError):
        rows.steps(np.zeros((2, 1), np.uint64), np.array([[2]]), 3)


# votes -------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_votes(seed: int) -> None:
    chance = random.Random(seed)
    votes = [
        Removal(chance.randrange(20), chance.choice(list(Kind)), "so", chance.random())
        for _vote in range(chance.randrange(90))
    ]
    same("rows", rows.of_votes, votes, 20)
    same("rows", rows.of_votes, (), 20)
    same("rows", rows.of_votes, [Removal(3, Kind.SHARE, "so", 1)], 4)


def test_a_vote_against_no_block_is_refused() -> None:
    with pytest.raises(IndexError):
        rows.of_votes([Removal(3, Kind.SHARE, "so")], 3)


# sums --------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("count", [1, 2, 5, 80])
def test_sums(seed: int, count: int) -> None:
    chance = np.random.default_rng(seed)
    values = chance.integers(0, 300, (3, count)).astype(np.float32)
    same("sums", sums.means_around, values, (1, 2, 12))
    parents, ends, *_others = REFERENCES["rows.read"](odd.containers(seed), HOLDERS, sorts_of)
    at = chance.integers(0, len(parents), count)
    same("sums", sums.sums_inside, tuple(values), at, ends)
    same("sums", sums.before_in, at, values[0])
    same("sums", sums.pairs, at, chance.integers(0, 3, count))
    above = elements.ancestors(parents, at, FAR)
    for share in (0.0, 0.1, 0.6, 1.0):
        same("sums", sums.nearest, chance.random(len(parents)) < share, above)


def test_sums_over_places_that_are_none_are_refused() -> None:
    one, ends = np.ones(1, np.float32), np.array([1])
    with pytest.raises(IndexError):
        sums.sums_inside((one,), np.array([1]), ends)
    with pytest.raises(IndexError):
        sums.sums_inside((one,), np.array([0]), ends + 1)
    with pytest.raises(IndexError):
        sums.before_in(np.array([-1]), one)
    with pytest.raises(IndexError):
        sums.nearest(np.ones(1, bool), np.array([[1]]))


# pages -------------------------------------------------------------------


def test_all_pages_of_the_fixtures() -> None:
    for document, evidence, about, votes in odd.known_pages():
        if not document.blocks:
            continue
        own = [block.text for block in document.blocks]
        stops = facts.stop_words(document.language or "en")
        title, more = (frozenset(tokens(t or "")) for t in (about.title, about.description))
        same("rows", rows.of_blocks, document.blocks)
        same("rows", rows.of_votes, votes, len(own))
        same("texts", texts.repeats, own)
        same("texts", texts.months, own, np.ones(len(own), np.float32), facts.months())
        same("texts", texts.of_texts, own, signs.table())
        same("texts", texts.of_words, evidence.tokens, stops, title, more)
        c = Columns(document, evidence, about, votes)
        same("texts", texts.of_telling, evidence.tokens, stops, c.prose > 0)
        told = set(page_words._told(document, about))
        same("page_words", words.checksums, told, document.containers, own, tokens)
        if document.containers:
            same("rows", rows.read, document.containers, HOLDERS, sorts_of)
            steps(document.containers, 1)


def test_whole_rows_of_features_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    for page in odd.known_pages():
        found = features.measure(Columns(*page))
        with monkeypatch.context() as patch:
            for module in (counts, elements, overlap, classifier_sums, flow, place, repeats, tree):
                for name, reference in REFERENCES.items():
                    function = name.partition(".")[2]
                    if getattr(module, function, None) is COMPILED.get(name, reference):
                        patch.setattr(module, function, reference)
            wanted = features.measure(Columns(*page))
        np.testing.assert_array_equal(found, wanted)
