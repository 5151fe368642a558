"""Candidates and blocks to one value each. Unknown is None or empty: nothing is invented."""

from collections.abc import Iterator

from cleanarticle.clues import Clues
from cleanarticle.language import detect
from cleanarticle.metadata import author, day, text_title, title
from cleanarticle.metadata.author import Name
from cleanarticle.metadata.day import Day
from cleanarticle.metadata.ranking import Ranker
from cleanarticle.metadata.title import Title
from cleanarticle.metadata.view import View
from cleanarticle.records import Author, Document, Field, FieldSource, Metadata

__all__ = ["choose", "view_of"]


def choose(document: Document, clues: Clues, ranker: Ranker | None = None) -> Metadata:
    """The title, date, authors and the rest for a document; by the shipped weights if none."""
    ranker = ranker or _shipped()
    view = view_of(document, clues)
    shown: Title | None = None
    if document.containers or document.candidates:
        shown = title.choose(view, ranker)
        text, block = (shown.text, title.block_of(shown)) if shown else (None, None)
    else:
        text, block = text_title.choose(view, clues, ranker)
    description = _first(document, Field.DESCRIPTION)
    deck_block = text_title.deck(document, clues, block)
    if description is None and deck_block is not None:
        description = document.blocks[deck_block].text
    published = day.choose(view, block, ranker)
    is_page = bool(document.containers or document.candidates or clues.raw)
    names = author.choose(view, block, ranker, told_only=not is_page)
    return Metadata(
        title=text,
        date=published.day if published else None,
        published=day.time_of(published) if published else None,
        modified=day.modified(view),
        authors=tuple(name.text for name in names),
        author_details=tuple(Author(name.text, name.kind, name.source) for name in names),
        sources=tuple(_sources(text, shown, published, names)),
        description=description,
        language=detect.code(_first(document, Field.LANGUAGE)) or document.language,
        site_name=_first(document, Field.SITE_NAME),
        url=view.address,
        title_block=block,
        deck_block=deck_block,
    )


def _shipped() -> Ranker:
    from cleanarticle.metadata import fitted  # loads numpy

    return fitted.shipped()


def view_of(document: Document, clues: Clues | None = None) -> View:
    """The document as the fields look at it; with its clues, no block is looked at again."""
    found = (c.value for c in document.candidates if c.field is Field.URL)
    own = next((url for url in found if url.startswith(("http://", "https://"))), None)
    return View(document, document.url or own, clues)


def _sources(
    text: str | None, shown: Title | None, published: Day | None, names: list[Name]
) -> Iterator[tuple[str, FieldSource]]:
    if shown:
        yield "title", FieldSource(shown.source, shown.text)
    elif text:
        yield "title", FieldSource("line", text)
    if published:
        yield "date", FieldSource(published.source, published.texts[published.source])
    if names:
        yield "authors", FieldSource(names[0].source, names[0].text)


def _first(document: Document, field: Field) -> str | None:
    return next((c.value for c in document.candidates if c.field is field), None)
