"""Author lines, date lines and labels, which the metadata has already."""

import re
from collections.abc import Iterator

from cleanarticle.clues import Clues
from cleanarticle.clues.gather import is_prose
from cleanarticle.language import bylines
from cleanarticle.language.words import tokens
from cleanarticle.records import Block, Document, Kind, Metadata, Removal
from cleanarticle.strippers import _evidence
from cleanarticle.strippers._evidence import removal

LINE = 0.98
LINE_IN_BODY = 0.5  # a line with a day below prose may be part of a list or a chronicle
MAX_WORDS, MAX_CHARS = 20, 300
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w")
MAX_ADDRESS_WORDS = 8  # an address alone counts several


def find(document: Document, clues: Clues, metadata: Metadata) -> Iterator[Removal]:
    """Blocks that say who wrote the article and when."""
    yield from _evidence.usual(document, clues, Kind.BYLINE)
    authors = {tokens(author) for author in metadata.authors} - {()}
    first_prose = next((b.index for b in document.blocks if is_prose(b)), len(document.blocks))
    beginnings = {words[0] for words in authors}
    for block, look, words in zip(document.blocks, clues.looks, clues.tokens, strict=True):
        named = look or (words and words[0] in beginnings)
        if not named and "@" not in block.text:
            continue
        is_long = block.words > MAX_WORDS or len(block.text) > MAX_CHARS
        if is_long or block.index == metadata.title_block:
            continue
        if words in authors:
            yield removal(block.index, Kind.BYLINE, "is the author's name", LINE)
        elif because := _because(block, document.language):
            yield removal(block.index, Kind.BYLINE, because, LINE)
        elif because := _day(block.text, document.language):
            below_prose = block.index >= first_prose
            yield removal(block.index, Kind.BYLINE, because, LINE_IN_BODY if below_prose else LINE)


def _because(block: Block, language: str | None) -> str:
    if bylines.people(block.text, language):
        return "names the author"
    if "@" in block.text and block.words <= MAX_ADDRESS_WORDS and _ADDRESS.search(block.text):
        return "gives an address to write to"
    return ""


def _day(text: str, language: str | None) -> str:
    dated = bylines.date_line(text, language)
    return f"says the day, {dated.day.isoformat()}" if dated else ""
