"""About the author."""

from collections.abc import Iterator
from functools import cache

from cleanarticle.clues import Clues
from cleanarticle.language import bylines
from cleanarticle.language.words import tokens
from cleanarticle.records import Document, Kind, Metadata, Removal
from cleanarticle.strippers import _evidence
from cleanarticle.strippers._evidence import removal

MAX_BLOCKS = 5
BIO = 0.98
MAX_NAME_WORDS, ROLE_REACH = 4, 8
MAX_WORDS = 80
TAIL_SHARE = 0.5  # of the blocks stand above: a bio comes behind the article
_IS = frozenset(
    (
        "is was has writes covers ist schreibt war es escribe est écrit è scrive é escreve jest "
        "pisze är skriver er on kirjoittaa je píše este scrie є пише является пишет yazıyor"
    ).split()
)


def find(document: Document, clues: Clues, metadata: Metadata) -> Iterator[Removal]:
    """Blocks that introduce the author of the article."""
    yield from _evidence.usual(document, clues, Kind.AUTHOR_BIO, section_blocks=MAX_BLOCKS)
    authors, language = metadata.authors, document.language
    verbs = _verbs()
    for block in document.blocks[int(len(document.blocks) * TAIL_SHARE) :]:
        if block.words > MAX_WORDS or verbs.isdisjoint(clues.all_tokens(block)):
            continue
        if _introduces(block.text, authors, language):
            because = "introduces the author behind the article"
            yield removal(block.index, Kind.AUTHOR_BIO, because, BIO)


@cache
def _verbs() -> frozenset[str]:
    return frozenset(word for verb in _IS for word in tokens(verb))


def _introduces(text: str, authors: tuple[str, ...], language: str | None) -> bool:
    """Whether a text begins like "Ann Lee is …": with an author, or with a name and a role."""
    words = text.split(maxsplit=MAX_NAME_WORDS + ROLE_REACH)
    for size in range(1, MAX_NAME_WORDS + 1):
        if len(words) <= size or words[size].casefold() not in _IS:
            continue
        name = " ".join(words[:size])
        if name in authors:
            return True
        said = " ".join(words[size + 1 : size + 1 + ROLE_REACH])
        return size > 1 and bylines.looks_like_name(name) and bylines.names_a_role(said, language)
    return False
