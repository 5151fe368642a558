"""What the fields of a page are judged by: where its prose begins, its names, its address."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from cleanarticle.clues import Clues
from cleanarticle.clues.gather import PROSE_LINK_DENSITY, TOKEN_CHARS
from cleanarticle.language import bylines, dates
from cleanarticle.language.dates import Day
from cleanarticle.language.words import tokens
from cleanarticle.once import once
from cleanarticle.records import Block, Candidate, Document, Field

LONG_WORDS = 25  # of a paragraph that is surely prose
SHORT_WORDS = 40  # a longer block is no line of its own
SHOWN_BLOCKS = 400
PROSE_BLOCKS = 25  # of the first prose, whose words are looked at
_SECOND_LEVEL = frozenset(
    ("co", "com", "org", "net", "gov", "gob", "gouv", "ac", "edu", "or", "ne")
)
NONE = 999.0  # a distance, where there is nothing


def key(text: str) -> str:
    """A text as it is compared with others: its words in small letters, parted by spaces."""
    return " ".join(tokens(text))


@dataclass(frozen=True, eq=False)
class View:
    """A page, as all fields look at it."""

    document: Document
    address: str | None  # where the page stands, given or by its own word
    clues: Clues | None = None  # of the document, where they are known

    @once
    def blocks(self) -> tuple[Block, ...]:
        """All blocks."""
        return self.document.blocks

    @once
    def texts(self) -> list[str]:
        """The text of each block."""
        return [block.text for block in self.blocks]

    @once
    def words(self) -> list[tuple[str, ...]]:
        """The words of each block."""
        if self.clues is None:
            return list(map(tokens, self.texts))
        words = list(self.clues.tokens)  # of the beginning, where a text is long
        for n in [n for n, text in enumerate(self.texts) if len(text) > TOKEN_CHARS]:
            words[n] = tokens(self.texts[n])
        return words

    @once
    def signs(self) -> Sequence[int]:
        """What each block may be as a line, as `bylines` tells at a glance."""
        if self.clues is None:
            return bylines.signs(self.texts, self.words, self.document.language)
        return self.clues.looks

    @once
    def days(self) -> Mapping[int, tuple[Day, ...]]:
        """Position of each line that names days → those days."""
        language = self.document.language
        dated = [n for n, sign in enumerate(self.signs) if sign & bylines.DATED]
        found = {n: dates.find_days(self.texts[n], language) for n in dated}
        return {n: days for n, days in found.items() if days}

    def values(self, field: Field, *sources: str) -> list[str]:
        """What the page declares of a field, in one of the sources or in any."""
        if len(sources) == 1:
            return self._by_source.get((field, *sources), [])
        found = self._declared.get(field, ())
        return [c.value for c in found if not sources or c.source in sources]

    @once
    def _declared(self) -> Mapping[Field, Sequence[Candidate]]:
        found: dict[Field, list[Candidate]] = {}
        for candidate in self.document.candidates:
            found.setdefault(candidate.field, []).append(candidate)
        return found

    @once
    def _by_source(self) -> Mapping[tuple[Field, str], list[str]]:
        found: dict[tuple[Field, str], list[str]] = {}
        for candidate in self.document.candidates:
            found.setdefault((candidate.field, candidate.source), []).append(candidate.value)
        return found

    @once
    def sites(self) -> frozenset[str]:
        """Keys of the names of the site."""
        return frozenset(map(key, self.values(Field.SITE_NAME))) - {""}

    @once
    def host(self) -> str:
        """The telling part of the host's name: "courier" of www.courier.co.example."""
        try:
            name = (urlsplit(self.address or "").hostname or "").removeprefix("www.")
        except ValueError:  # such as an unclosed bracket around the host
            return ""
        parts = [part for part in name.split(".") if part not in _SECOND_LEVEL]
        if name.replace(".", "").isdigit():  # an address of four numbers
            return ""
        return parts[-2] if len(parts) > 1 else name

    @once
    def path(self) -> str:
        """The path of the address."""
        try:
            return urlsplit(self.address or "").path
        except ValueError:
            return ""

    @once
    def slug(self) -> frozenset[str]:
        """Words of the part of the path that has most of them."""
        parts = unquote(self.path).split("/")
        return max((frozenset(tokens(re.sub(r"[-_+.]", " ", p))) for p in parts), key=len)

    @once
    def long(self) -> list[int]:
        """Positions of the long paragraphs."""
        return [
            block.index
            for block in self.blocks
            if block.words >= LONG_WORDS and block.link_density < PROSE_LINK_DENSITY
        ]

    @once
    def first_prose(self) -> int:
        """Position of the first long paragraph; the number of blocks where there is none."""
        return self.long[0] if self.long else len(self.blocks)

    @once
    def last_prose(self) -> int:
        """Position of the last long paragraph; 0 where there is none."""
        return self.long[-1] if self.long else 0

    @once
    def said(self) -> frozenset[str]:
        """Words of the first prose."""
        first = self.blocks[max(self.first_prose - 1, 0) : self.first_prose + PROSE_BLOCKS]
        long = (self.words[block.index] for block in first if block.words >= LONG_WORDS // 2)
        return frozenset().union(*long)

    @once
    def shown(self) -> Mapping[tuple[str, ...], int]:
        """Words of each short block near the top → its first position."""
        near = range(min(SHOWN_BLOCKS, len(self.blocks)))
        blocks, words = self.blocks, self.words
        return {words[n]: n for n in reversed(near) if blocks[n].words <= SHORT_WORDS}


def likeness(first: frozenset[str], second: frozenset[str]) -> float:
    """Share of the words of two texts that both have, 0 to 1."""
    return 2 * len(first & second) / (len(first) + len(second) or 1)


def share(words: frozenset[str], of: frozenset[str]) -> float:
    """Share of the words of a text that others hold, 0 to 1."""
    return len(words & of) / (len(of) or 1)
