"""The Article: what `extract` hands out."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from cleanarticle import render
from cleanarticle.records import ArticleBlock, Author, FieldSource, PageType

AUTHOR_JOINT = ", "
BYLINE_JOINT = " · "


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """Title, date, authors and body of a page. `None` and empty mean unknown.

    Frozen and picklable. An empty body says in `notes` why it is empty.
    """

    title: str | None = None
    """The headline as the page shows it, without the site's name."""

    date: dt.date | None = None
    """The day of publication as written on the page, in the page's own zone."""

    authors: tuple[str, ...] = ()
    """Names of people in page order, without "By", roles and addresses."""

    body: str = ""
    """Plain text: paragraphs parted by a blank line, list items and table rows on own lines."""

    published: dt.datetime | None = None
    """Aware time of publication, where the page gives time and zone."""

    modified: dt.date | None = None
    """The last day on which the page says that it was changed."""

    author_details: tuple[Author, ...] = ()
    """The same authors, each with its kind, person or organization, and where it was found."""

    sources: Mapping[str, FieldSource] = field(default_factory=dict, hash=False)
    """Of "title", "date" and "authors": where the value was found, and the text there."""

    description: str | None = None
    """The deck or summary of the page."""

    language: str | None = None
    """Two-letter code, declared or recognised."""

    site_name: str | None = None
    url: str | None = None

    blocks: tuple[ArticleBlock, ...] = ()
    """The body block by block, with roles and styled spans."""

    confidence: float | None = None
    """Expected word F1 of the body, 0 to 1. None where there is nothing to estimate it by: for
    cleaned text, fragments, an empty body, and a limit set by the caller."""

    page_type: PageType | None = None
    """What sort of page it is; None for cleaned text and fragments."""

    page_type_probability: float | None = None
    """How likely the page is of that type, 0 to 1."""

    notes: tuple[str, ...] = ()
    """Why something is missing or partial."""

    @property
    def author(self) -> str | None:
        """The authors in one string, or None."""
        return AUTHOR_JOINT.join(self.authors) or None

    @property
    def day(self) -> str | None:
        """The date as YYYY-MM-DD, or None."""
        return self.date.isoformat() if self.date else None

    @property
    def byline(self) -> str:
        """Date and author in one line; empty where both are unknown."""
        return BYLINE_JOINT.join(part for part in (self.day, self.author) if part)

    def to_text(self) -> str:
        """Title, date and author in the first lines, a blank line, then the body."""
        head = (self.title, self.day, self.author)
        parts = ("\n".join(line for line in head if line), self.body)
        return "\n\n".join(part for part in parts if part)

    def to_markdown(self) -> str:
        """CommonMark with headings, lists, quotes, code, tables and safe links."""
        return render.markdown(self.title, self.byline, self.blocks, self.url)

    def to_html(self) -> str:
        """An `<article>` of plain elements: no script, handler, style or unsafe link."""
        return render.html(self.title, self.byline, self.blocks, self.url)

    def to_dict(self) -> dict[str, Any]:
        """All fields as plain JSON types; dates are ISO strings. `blocks` give role and text."""
        data: dict[str, Any] = {f.name: getattr(self, f.name) for f in fields(self)}
        data["date"] = self.day
        data["published"] = self.published.isoformat() if self.published else None
        data["modified"] = self.modified.isoformat() if self.modified else None
        data["author_details"] = [
            {"name": author.name, "kind": str(author.kind), "source": author.source}
            for author in self.author_details
        ]
        data["sources"] = {
            name: {"source": found.source, "text": found.text}
            for name, found in self.sources.items()
        }
        data["page_type"] = str(self.page_type) if self.page_type else None
        data["authors"], data["notes"] = list(self.authors), list(self.notes)
        data["author"] = self.author
        data["blocks"] = [{"role": str(block.role), "text": block.text} for block in self.blocks]
        return data

    def to_json(self, *, indent: int | None = None) -> str:
        r"""`to_dict` as JSON, letters of all scripts as they are.

        It is data, not HTML: within a `<script>`, write each `<` as `\u003c`, which JSON reads
        alike.
        """
        return render.json_text(self.to_dict(), indent)
