"""Inputs by their name: a family of generators and a seed."""

import datetime as dt
import gzip
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random

import cases
from cleanarticle.readers import PageKind, decode
from hardening.fuzzing import mutations, pages, texts
from hardening.fuzzing.vocabulary import ODD_SIGNS, URLS
from markups import LETTERS, PIECES

SAME_PAGE = 50  # seeds in a row take windows of one page: unpacking it costs more than they do
WINDOWS = (200, 500, 1_000, 2_000, 6_000)
SMALL = 4_000  # characters of a page of a test case that is taken whole
CRAWLED = (None, None, None, dt.datetime(2024, 5, 13), dt.datetime(1, 1, 1), dt.datetime.max)
HTML: tuple[PageKind, ...] = ("auto", "html", "html", "html", "text")
TEXT: tuple[PageKind, ...] = ("text", "text", "text", "auto")


@dataclass(frozen=True, slots=True)
class Given:
    """What one call is given."""

    page: str | bytes
    kind: PageKind
    url: str | None = None
    crawled_at: dt.datetime | None = None


class Shelf:
    """The pages that inputs are made from: those of the test cases, and of a corpus."""

    def __init__(self, corpus: Path | None) -> None:
        self.small = [path.read_bytes() for path in cases.pages()]
        self.small = [data for data in self.small if len(data) <= SMALL]
        self.large = sorted(corpus.rglob("*.html.gz")) if corpus else []

    def some(self, seed: int, chance: Random) -> bytes:
        """A small page, or a window of a large one."""
        if not self.large or chance.random() < 0.4:
            return chance.choice(self.small)
        data = _unpacked(self.large[seed // SAME_PAGE % len(self.large)])
        length = chance.choice(WINDOWS)
        start = chance.randrange(max(1, len(data) - length))
        return data[start : start + length]

    def whole(self, seed: int) -> bytes:
        """A page of the corpus, else of a test case."""
        if not self.large:
            return self.small[seed % len(self.small)]
        return _unpacked(self.large[seed % len(self.large)])


@lru_cache(maxsize=4)
def _unpacked(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes())


def given(family: str, seed: int, shelf: Shelf) -> Given:
    """The input of that name."""
    chance = Random(f"{family} {seed}")
    page = FAMILIES[family](seed, chance, shelf)
    kind = chance.choice(TEXT if family in OF_TEXT else HTML)
    return Given(page, kind, chance.choice(URLS), chance.choice(CRAWLED))


def _grammar(_seed: int, chance: Random, _shelf: Shelf) -> str | bytes:
    page = pages.page(chance)
    return page if chance.random() < 0.7 else page.encode("utf-8", "surrogatepass")


def _pieces(_seed: int, chance: Random, _shelf: Shelf) -> str:
    few = chance.sample(PIECES, 12)  # else no piece would meet itself
    return "".join(chance.choices(chance.choice((few, PIECES)), k=chance.randrange(1, 60)))


def _damaged_grammar(_seed: int, chance: Random, _shelf: Shelf) -> str:
    return _damage(chance, pages.page(chance), mutations.TAG_DAMAGE)


def _tags(seed: int, chance: Random, shelf: Shelf) -> str:
    return _damage(chance, decode.decode(shelf.some(seed, chance)), mutations.TAG_DAMAGE)


def _cut(seed: int, chance: Random, shelf: Shelf) -> str:
    """Small pages at each bound of their tags in turn; of the large ones, windows."""
    if chance.random() < 0.5:
        lap, place = divmod(seed, len(shelf.small))
        page, number = shelf.small[place], lap + place
    else:
        page, number = shelf.some(seed, chance), chance.randrange(10**6)
    return mutations.truncate(decode.decode(page), number)


def _bytes(seed: int, chance: Random, shelf: Shelf) -> bytes:
    data = shelf.some(seed, chance)
    for _ in range(chance.choice((1, 1, 3))):
        data = chance.choice(mutations.BYTE_DAMAGE)(chance, data)
    if chance.random() < 0.03:
        packed = gzip.compress(data, 1, mtime=0)
        data = chance.choice(
            (packed, mutations.flip(chance, packed), packed[: chance.randrange(99)])
        )
    return data


def _spliced(seed: int, chance: Random, shelf: Shelf) -> str:
    one, other = shelf.some(seed, chance), chance.choice(shelf.small)
    return mutations.splice(chance, decode.decode(one), decode.decode(other))


def _signs(seed: int, chance: Random, shelf: Shelf) -> str:
    page = decode.decode(shelf.some(seed, chance))
    for _ in range(chance.choice((1, 3))):
        page = mutations.sprinkle(chance, page)
    return mutations.flood(chance, page) if chance.random() < 0.3 else page


def _encodings(seed: int, chance: Random, shelf: Shelf) -> bytes:
    return mutations.encoded(chance, decode.decode(shelf.some(seed, chance)))


def _noise(_seed: int, chance: Random, _shelf: Shelf) -> str | bytes:
    if chance.random() < 0.5:
        return chance.randbytes(chance.choice((0, 1, 7, 100, 900)))
    signs = (*LETTERS, *ODD_SIGNS, "a", " ", "\n", "<", ">", ".", ",", "1", "<p>", "港")
    return "".join(chance.choices(signs, k=chance.choice((1, 5, 40, 300))))


def _whole(seed: int, chance: Random, shelf: Shelf) -> bytes:
    data = shelf.whole(seed)
    return data if chance.random() < 0.3 else chance.choice(mutations.BYTE_DAMAGE)(chance, data)


def _layouts(_seed: int, chance: Random, _shelf: Shelf) -> str | bytes:
    text = texts.text(chance)
    return text if chance.random() < 0.8 else text.encode("utf-8", "surrogatepass")


def _page_text(seed: int, chance: Random, shelf: Shelf) -> str:
    text = mutations.without_tags(decode.decode(shelf.some(seed, chance)))
    return _damage(chance, text, mutations.TEXT_DAMAGE)


def _damaged_layouts(_seed: int, chance: Random, _shelf: Shelf) -> str:
    return _damage(chance, texts.text(chance), mutations.TEXT_DAMAGE)


def _text_bytes(seed: int, chance: Random, shelf: Shelf) -> bytes:
    text = mutations.without_tags(decode.decode(shelf.some(seed, chance)))
    data = text.encode(chance.choice(mutations.CODECS), "ignore")
    return chance.choice(mutations.BYTE_DAMAGE)(chance, data)


def _damage(chance: Random, page: str, ways: tuple[Callable[[Random, str], str], ...]) -> str:
    for _ in range(chance.choice((1, 1, 2, 4))):
        page = chance.choice(ways)(chance, page)
    return page


Family = Callable[[int, Random, Shelf], str | bytes]
FAMILIES: dict[str, Family] = {
    "HTML after a grammar": _grammar,
    "HTML after a grammar, damaged": _damaged_grammar,
    "pieces of markup": _pieces,
    "pages, tags damaged": _tags,
    "pages, cut at each tag": _cut,
    "pages, bytes damaged": _bytes,
    "pages, spliced": _spliced,
    "pages, odd signs": _signs,
    "pages, other encodings": _encodings,
    "noise": _noise,
    "whole pages": _whole,
    "text of many layouts": _layouts,
    "text of many layouts, damaged": _damaged_layouts,
    "text of pages, damaged": _page_text,
    "text of pages, bytes damaged": _text_bytes,
}
SHARES = {
    "HTML after a grammar": 140,
    "HTML after a grammar, damaged": 90,
    "pieces of markup": 150,
    "pages, tags damaged": 60,
    "pages, cut at each tag": 90,
    "pages, bytes damaged": 60,
    "pages, spliced": 30,
    "pages, odd signs": 40,
    "pages, other encodings": 30,
    "noise": 37,
    "whole pages": 3,
    "text of many layouts": 120,
    "text of many layouts, damaged": 60,
    "text of pages, damaged": 60,
    "text of pages, bytes damaged": 30,
}
"""Of a thousand inputs."""
OF_TEXT = frozenset(family for family in FAMILIES if family.startswith("text "))
