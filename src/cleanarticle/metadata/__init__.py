"""Candidates and blocks to one value each. Unknown is None or empty: nothing is invented."""

from cleanarticle.clues import Clues
from cleanarticle.language import detect
from cleanarticle.metadata import author, day, title
from cleanarticle.records import Document, Field, Metadata

__all__ = ["choose"]


def choose(document: Document, clues: Clues) -> Metadata:
    """The title, date, authors and the rest for a document."""
    chosen, title_block = title.choose(document, clues)
    description = _first(document, Field.DESCRIPTION)
    deck_block = title.deck(document, clues, title_block)
    if description is None and deck_block is not None:
        description = document.blocks[deck_block].text
    date, published = day.choose(document, title_block)
    return Metadata(
        title=chosen,
        date=date,
        published=published,
        authors=author.choose(document, title_block),
        description=description,
        language=detect.code(_first(document, Field.LANGUAGE)) or document.language,
        site_name=_first(document, Field.SITE_NAME),
        url=document.url or _address(document),
        title_block=title_block,
        deck_block=deck_block,
    )


def _address(document: Document) -> str | None:
    """The page's own word on where it stands, where nobody else told."""
    found = (c.value for c in document.candidates if c.field is Field.URL)
    return next((url for url in found if url.startswith(("http://", "https://"))), None)


def _first(document: Document, field: Field) -> str | None:
    return next((c.value for c in document.candidates if c.field is field), None)
