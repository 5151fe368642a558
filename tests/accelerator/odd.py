"""Odd texts, records and pages for all who compare a compiled function with its reference."""

import random
from collections.abc import Iterator

from cases import MODES, PAGES, case, folders
from cleanarticle import clues, metadata, readers, strippers
from cleanarticle.clues import Clues
from cleanarticle.records import (
    Block,
    Container,
    Document,
    Markup,
    Metadata,
    Removal,
    Role,
    Span,
    Style,
)

PIECES = (
    *("a", "Z", "the", "of", "snake_case", "it's", "o’clock", "3rd", "1999", "٣", "½", "²"),
    *(" ", "  ", "\n", "\t", "\u00a0", "\u3000", ".", "...", "…", "?", "？", "!", ":", "：", "]"),
    *("http", "www.", "ww", "@", "htt", "©", "$", "₹", "|", "»", "›", "·", "«", "'", "''", "-"),
    *(
        "é",
        "İ",
        "ı",
        "ß",
        "ﬁ",
        "ñ",
        "Ω",
        "ς",
        "Ж",
        "ж",
        "ש",
        "ا",
        "।",
        "؟",
        "क्षि",
        "ไทย",
        "漢",
        "カ",
    ),
    *(
        "ｱ",
        "ＡＢｃ",
        "１",
        "．",
        "＊",
        "\uff00",
        "\ud800",
        "\udfff",
        "\U00010400",
        "\U00010428",
        "😀",
    ),
    *("e\u0301", "\u0301", "\u200b", "\ufeff", "\x00", "K", "ꜣ", "ꭰ", "_", "__", "x" * 70),
)
TEXTS = (
    "",
    " ",
    "a",
    ".",
    "..",
    "...",
    "\ud800",
    "www.",
    "ww.",
    "@",
    "İ",
    "_",
    "x'y'",
    "'",
    "12'3",
)


def texts(seed: int, count: int = 400) -> list[str]:
    """Texts of tricky pieces."""
    chance = random.Random(seed)
    found = ["".join(chance.choices(PIECES, k=chance.randrange(30))) for _text in range(count)]
    return [*TEXTS, *found, "word " * 5000]


def containers(seed: int, count: int = 300) -> tuple[Container, ...]:
    """A tree of elements, some of them alike."""
    chance = random.Random(seed)
    tags = ("div", "p", "ul", "li", "article", "nav", "td", "", "x-é")
    words = ("body", "comment", "commentlist", "side", "ad", "ﬁn", "\ud800", "x" * 50, "")

    def some() -> tuple[str, ...]:
        return tuple(chance.choices(words, k=chance.randrange(4)))

    deep = [Container(n - 1, "div") for n in range(40)]
    return (
        *deep,
        *(
            Container(
                chance.randrange(max(n - 30, 0), n),
                chance.choice(tags),
                some(),
                some(),
                chance.choice(("", "", "navigation", "list")),
                hidden=chance.random() < 0.1,
                noscript=chance.random() < 0.1,
            )
            for n in range(40, 40 + count)
        ),
    )


def blocks(seed: int, count: int = 300) -> tuple[Block, ...]:
    """Blocks with all that they may have."""
    chance = random.Random(seed)

    def spans() -> tuple[Span, ...]:
        return tuple(
            Span(n, n + chance.randrange(5), chance.choice(list(Style)))
            for n in range(chance.randrange(4))
        )

    return tuple(
        Block(
            n,
            text,
            chance.randrange(200),
            chance.randrange(n + 1),
            chance.choice(list(Role)),
            level=chance.randrange(7),
            marker=chance.choice(("", "-", "12.")),
            spans=spans(),
            markup=Markup("p", chance.randrange(300), chance.randrange(9), chance.random() < 0.5)
            if chance.random() < 0.8
            else None,
            place=(n, n + 9) if chance.random() < 0.5 else None,
            goes_on=chance.random() < 0.5,
        )
        for n, text in enumerate(texts(seed, count))
    )


def known_pages() -> Iterator[tuple[Document, Clues, Metadata, list[Removal]]]:
    """All pages of the fixtures as the classifier gets them."""
    for folder in folders():
        for page in PAGES:
            if (folder / page).exists():
                opened = readers.open_page(folder / page)
                url = case(folder).get("url")
                document = readers.read(opened, url=url, kind=MODES[page])  # type: ignore[arg-type]
                evidence = clues.gather(document)
                about = metadata.choose(document, evidence)
                yield document, evidence, about, list(strippers.vote(document, evidence, about))
