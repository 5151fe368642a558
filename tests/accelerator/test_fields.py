"""The compiled twins of what looks at all lines of a page for its title, day and authors."""

import random
from collections.abc import Iterator
from typing import Any

import pytest

from cases import MODES, pages
from cleanarticle import accelerator, readers
from cleanarticle.language import bylines, dates, facts
from cleanarticle.language.words import tokens
from cleanarticle.metadata import author, places
from cleanarticle.records import Block, Container, Document, Markup

twins = pytest.importorskip("cleanarticle.accelerator._fields")

LIMIT = dates.MAX_CHARS
FIRST, LAST = bylines._first_words("en"), bylines._last_words("en")
ODD = (
    *("", " ", "By Ann Lee", "BY: Bo Ek", "Ann Lee, Staff Writer", "Ann Lee (editor)", "[editor]"),
    *(
        "5 March 2024",
        "12345",
        "١٢٣٤",
        "123٤",
        "２０２４年3月5日",
        "2024년",
        "年",
        "𝟐𝟎𝟐𝟒",
        "1 2 3 4",
    ),
    *("a@b.example", "WwW.quay.example", "ww.", "w.", "http://quay.example", ":/", "//", "www．"),
    *("i\u0307", "İSTANBUL", "ıI", "ſtaff", "e\u0301ditor", "\u0301", "editor\u0301", "\ud800by"),
    *(
        "\ud83d",
        "😀 2024",
        "記者",
        "文・写真",
        "โดย แอน",
        "김도윤 기자",
        "ⓒ",
        "ª",
        "\x00",
        "\x85",
        "\u2028",
    ),
    *(
        "word\u00a0word",
        "word\u3000word",
        "tab\ttab",
        "line\nline",
        "a" * 301,
        "1234" * 80,
        "x" * 5000,
    ),
)
PIECES = (
    *("by", "By", "editor", "ann", "lee", "Ann Lee", "ann lee ann", "i\u0307", "ß", "İ", "é", "年"),
    *(
        "2024",
        "20",
        "٢",
        "@",
        "(",
        ")",
        "[",
        ".",
        "/",
        ":",
        "//",
        "://",
        "ww.",
        "W",
        "w",
        "www.",
        "'",
    ),
    *(
        " ",
        "  ",
        "\u00a0",
        "\u3000",
        "\n",
        "\x1c",
        "記",
        "者",
        "ก",
        "😀",
        "\ud800",
        "-",
        "ⓒ",
        "the",
        "of",
    ),
)


def mixtures() -> Iterator[str]:
    rng = random.Random(20)
    for _n in range(3000):
        yield "".join(rng.choices(PIECES, k=rng.randint(0, 12)))


def documents() -> Iterator[Document]:
    for path in pages():
        opened = readers.open_page(path.read_bytes())
        yield readers.read(opened, kind=MODES[path.name])


def same(name: str, *arguments: Any) -> None:
    wanted = accelerator.REFERENCES[f"fields.{name}"](*arguments)
    got = getattr(twins, name)(*arguments)
    assert (got, type(got)) == (wanted, type(wanted))


def same_signs(texts: list[str], language: str = "en") -> None:
    opening, ending = bylines._first_words(language), bylines._last_words(language)
    same("line_signs", texts, list(map(tokens, texts)), opening, ending, LIMIT)


def same_places(texts: list[str], names: list[str]) -> None:
    words = list(map(tokens, texts))
    parts = [own for own in dict.fromkeys(map(tokens, names)) if own]
    same("mentions", parts, words, [len(own) for own in words], 3)
    same("written", texts, frozenset(word for name in names for word in name.split()))


@pytest.mark.parametrize("language", ["en", "de", "tr", "ja", "zh", "th", "ko", "ar", "hi", "xx"])
def test_signs_of_odd_lines_are_those_of_the_reference(language: str) -> None:
    openings = [text for key in ("by", "author_labels") for text in facts.fact(language, key)]
    roles = facts.fact(language, "roles")
    same_signs([*ODD, *openings, *roles, *mixtures()], language)
    same_signs([])


def test_names_and_words_stand_in_the_same_odd_texts() -> None:
    names = [
        "ann lee",
        "ann",
        "lee ann lee",
        "of the",
        "記者",
        "i\u0307",
        "ⓒ",
        "\ud800",
        "the",
        "ß",
    ]
    same_places([*ODD, *mixtures()], names)
    same_places([], names)
    same_places([*ODD], [])


@pytest.mark.parametrize(
    "repeated", ["ann ann ann ann", "ann lee ann lee ann lee", "a b a b a a b"]
)
def test_names_that_share_a_word_count_once(repeated: str) -> None:
    same_places(
        [repeated, f"x {repeated}", repeated * 2], ["ann", "ann ann", "ann lee ann", "a b a"]
    )


def test_random_texts_hold_the_same_random_names() -> None:
    rng = random.Random(21)
    for _n in range(300):
        texts = [
            " ".join(rng.choices("aAbß'İé記 \u3000.2", k=rng.randint(0, 30))) for _t in range(8)
        ]
        same_places(
            texts, ["".join(rng.choices("aAb ß記", k=rng.randint(0, 5))) for _t in range(8)]
        )


def test_elements_are_named_alike() -> None:
    known = frozenset(("author", "byline", "", "écrit"))
    names = [
        (),
        ("author",),
        ("main", "byline"),
        ("",),
        ("écrit",),
        ("authors", "biline"),
        ("é" * 9,),
    ]
    rng = random.Random(22)
    containers = tuple(
        Container(n - 1 if n < 3 else rng.randrange(n), "p", rng.choice(names), rng.choice(names))
        for n in range(200)
    )
    places_of = [None, *(Markup("p", n, 0) for n in range(200))]
    blocks = tuple(Block(n, "x", 1, n, markup=markup) for n, markup in enumerate(places_of))
    same("blocks_in", blocks, containers, known)
    same("blocks_in", blocks[:1], (), known)
    same("blocks_in", blocks, containers, frozenset())


def test_all_pages_are_seen_alike() -> None:
    for document in documents():
        texts = [block.text for block in document.blocks]
        words, lengths = list(map(tokens, texts)), [block.words for block in document.blocks]
        names = [own for own in dict.fromkeys(words[::7]) if 0 < len(own) < 8]
        same("line_signs", texts, words, FIRST, LAST, LIMIT)
        same("mentions", names, words, lengths, 30)
        same("written", texts, frozenset(word for text in texts[::5] for word in text.split()))
        same("blocks_in", document.blocks, document.containers, author._NAMED)


def test_lists_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="line"):
        twins.line_signs(["By Ann Lee"], [], FIRST, LAST, LIMIT)
    with pytest.raises(ValueError, match="block"):
        twins.mentions([("ann",)], [("ann",)], [], 3)


def test_the_twins_are_in_use_where_they_are_built() -> None:
    for function in (bylines.line_signs, places.mentions, places.written, places.blocks_in):
        name = f"fields.{function.__name__}"
        if accelerator.COMPILED:
            assert accelerator.COMPILED[name] is function


# The look at a glance: what has no sign, names nobody and no day.


@pytest.mark.parametrize("language", ["en", "de", "tr", "ja", "zh", "th", "ko", "ar", "hi", None])
def test_lines_without_a_sign_give_neither_names_nor_days(language: str | None) -> None:
    keys = ("by", "author_labels", "roles")
    known = [text for key in keys for text in facts.fact(language or "en", key)]
    texts = [*ODD, *mixtures(), *known, *(f"{text}: Ann Lee" for text in known)]
    texts += [f"{text} Ann Lee" for text in known] + [f"Ann Lee, {text.upper()}" for text in known]
    found = bylines.signs(texts, list(map(tokens, texts)), language)
    for text, sign in zip(texts, found, strict=True):
        if not sign & bylines.DATED:
            assert dates.find_days(text, language) == ()
        if not sign & bylines.ENDS:
            assert bylines.with_role(text, language) == ()
        if not sign & bylines.OPENS:
            assert not bylines.is_byline_word(text, language)
            assert not bylines._opening(language).match(text)
        if not sign:
            assert bylines.people(text, language) == ()
