"""Author lines, date lines and labels, which the metadata has already."""

from collections.abc import Iterator

from cleanarticle.clues import Clues
from cleanarticle.language import bylines, dates
from cleanarticle.language.words import tokens
from cleanarticle.records import Block, Document, Kind, Metadata, Removal
from cleanarticle.strippers import _evidence

LINE = 0.97
MAX_WORDS = 20
MAX_OTHER_WORDS = 4  # beside the date


def find(document: Document, clues: Clues, metadata: Metadata) -> Iterator[Removal]:
    """Blocks that say who wrote the article and when."""
    yield from _evidence.usual(document, clues, Kind.BYLINE)
    for block in document.blocks:
        if block.words > MAX_WORDS or block.index == metadata.title_block:
            continue
        if because := _because(block, document.language, metadata):
            yield Removal(block.index, Kind.BYLINE, because, LINE)


def _because(block: Block, language: str | None, metadata: Metadata) -> str:
    words = tokens(block.text)
    for author in metadata.authors:
        if words and words == tokens(author):
            return "is the author's name"
    if bylines.people(block.text, language):
        return "names the author"
    days = dates.find_days(block.text, language)
    if days and bylines.only_a_date(block.text, days[0]):
        return f"says the day, {days[0].day.isoformat()}"
    return ""
