"""The title or deck said again, and blocks that stand on the page twice."""

from collections.abc import Iterator

from cleanarticle.clues import Clues
from cleanarticle.language.words import tokens
from cleanarticle.records import Document, Kind, Metadata, Removal
from cleanarticle.strippers._evidence import removal

TWICE = 0.9
MIN_WORDS = 15  # shorter blocks may stand twice on purpose


def find(document: Document, clues: Clues, metadata: Metadata) -> Iterator[Removal]:
    """Blocks whose words the metadata or an earlier block has already."""
    title = tokens(metadata.title or "")
    seen: dict[str, int] = {}
    for block in document.blocks:
        if block.index < clues.front_matter:
            yield removal(block.index, Kind.REPEATED, "is front matter, which is metadata")
        elif block.index == metadata.title_block:
            yield removal(block.index, Kind.REPEATED, "is the title")
        elif block.index == metadata.deck_block:
            yield removal(block.index, Kind.REPEATED, "is the deck, which is the description")
        elif title and block.words <= 2 * len(title) and clues.all_tokens(block) == title:
            yield removal(block.index, Kind.REPEATED, "says the title again")
        elif block.words >= MIN_WORDS and not document.is_hidden(block):
            first = seen.setdefault(block.text, block.index)
            if first != block.index:
                because = f"stands on the page before, as block {first}"
                yield removal(block.index, Kind.REPEATED, because, TWICE)
