"""About the author."""

from collections.abc import Iterator

from cleanarticle.clues import Clues
from cleanarticle.records import Document, Kind, Metadata, Removal
from cleanarticle.strippers import _evidence

MAX_BLOCKS = 5
BIO = 0.97
MAX_WORDS = 80
TAIL_SHARE = 0.5  # of the blocks stand above: a bio comes behind the article
_IS = frozenset("is was has writes covers ist schreibt war es escribe est écrit è scrive é escreve jest pisze är skriver er on kirjoittaa je píše este scrie є пише является пишет yazıyor".split())


def find(document: Document, clues: Clues, metadata: Metadata) -> Iterator[Removal]:
    """Blocks that introduce the author of the article."""
    yield from _evidence.usual(document, clues, Kind.AUTHOR_BIO, section_blocks=MAX_BLOCKS)
    for block in document.blocks[int(len(document.blocks) * TAIL_SHARE) :]:
        if block.words > MAX_WORDS:
            continue
        for author in metadata.authors:
            behind = block.text.removeprefix(author).split(maxsplit=1) if block.text.startswith(author) else []
            if behind and behind[0].casefold() in _IS:
                because = "introduces the author behind the article"
                yield Removal(block.index, Kind.AUTHOR_BIO, because, BIO)
