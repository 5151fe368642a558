"""The records that travel between rooms. All are frozen, slotted and picklable.

    page ──readers──> Document ──metadata──> Metadata
                         ├──classifier──> Assessment
                         └──strippers───> Removals ──decide──> Verdicts ──> Article, Report

Nothing here knows lxml, and nothing after the readers asks whether the page was HTML:
it may only ask whether a block has `Markup`.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

Record = TypeVar("Record")
CELL_BORDER = " | "  # between the cells of a table row in its text

Scores = Sequence[float]  # one probability of content a block, in page order


def _made_at_once(record: type[Record]) -> type[Record]:
    """The frozen record, of which a page needs thousands, made in a third of the time.

    A frozen dataclass sets each of its fields past its own lock, which takes a call a field. Here a
    record starts as one of an open class with the same slots, and takes its own class at the end.
    """
    slow: Any = record.__init__
    names = slow.__code__.co_varnames[1 : slow.__code__.co_argcount]
    lines = [
        f"def __init__({', '.join(('self', *names))}):",
        " unlock(self, '__class__', Open)",
        *(f" self.{name} = {name}" for name in names),
        " self.__class__ = Record",
    ]
    known: dict[str, Any] = {
        "unlock": object.__setattr__,
        "Open": type(record.__name__, (), {"__slots__": names}),
        "Record": record,
    }
    exec("\n".join(lines), known)
    quick = known["__init__"]
    quick.__defaults__, quick.__annotations__ = slow.__defaults__, slow.__annotations__
    quick.__qualname__ = slow.__qualname__
    record.__init__ = quick  # type: ignore[method-assign]
    return record


class Kind(StrEnum):
    """What a piece of boilerplate is."""

    HIDDEN = "hidden"
    NAVIGATION = "navigation"
    COOKIE = "cookie"
    NEWSLETTER = "newsletter"
    SHARE = "share"
    RELATED = "related"
    TEASER = "teaser"
    COMMENTS = "comments"
    CAPTION = "caption"
    BYLINE = "byline"
    AUTHOR_BIO = "author_bio"
    ADVERTISEMENT = "advertisement"
    PAYWALL = "paywall"
    PLAYER = "player"
    LEGAL = "legal"
    REPEATED = "repeated"
    OTHER = "other"  # removed by its score alone


class PageType(StrEnum):
    """What sort of page it is: the classes of the WCXB benchmark."""

    ARTICLE = "article"
    FORUM = "forum"
    PRODUCT = "product"
    COLLECTION = "collection"
    LISTING = "listing"
    DOCUMENTATION = "documentation"
    SERVICE = "service"


class Role(StrEnum):
    """What a block is within the text."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    QUOTE = "quote"
    CODE = "code"
    TABLE_ROW = "table_row"


class Style(StrEnum):
    """How a stretch of a block's text is marked."""

    LINK = "link"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"


class Field(StrEnum):
    """What a candidate is a candidate for."""

    TITLE = "title"
    DATE = "date"
    MODIFIED = "modified"
    AUTHOR = "author"
    DESCRIPTION = "description"
    LANGUAGE = "language"
    SITE_NAME = "site_name"
    URL = "url"
    TYPE = "type"  # what the page says it is: "article", "Product" …
    BODY = "body"  # the text, where the page gives it to machines


class AuthorKind(StrEnum):
    """What an author's name is the name of."""

    PERSON = "person"
    ORGANIZATION = "organization"  # a desk, an agency, the site itself


@dataclass(frozen=True, slots=True)
class Author:
    """An author and where the name was found."""

    name: str
    kind: AuthorKind
    source: str  # "json-ld", "byline" …


@dataclass(frozen=True, slots=True)
class FieldSource:
    """Where the value of a field was found, and the text as it stands there."""

    source: str
    text: str


@_made_at_once
@dataclass(frozen=True, slots=True)
class Span:
    """A styled stretch of a block's text, from character `start` to before `end`."""

    start: int
    end: int
    style: Style
    href: str = ""  # the target of a link as written on the page


@_made_at_once
@dataclass(frozen=True, slots=True)
class Container:
    """A block-level element around blocks."""

    parent: int  # position in Document.containers, -1 at the root; always below its own position
    tag: str
    names: tuple[str, ...] = ()  # words of class and id, casefolded, split at - _ and camelCase
    labels: tuple[str, ...] = ()  # words of itemprop, itemtype, aria-label and the like, likewise
    aria: str = ""  # the role attribute
    hidden: bool = False  # not displayed, by itself or by an element around it
    noscript: bool = False  # inside <noscript>


@_made_at_once
@dataclass(frozen=True, slots=True)
class Markup:
    """What the tree said about a block; absent for raw page text."""

    tag: str  # the block-level element that holds the text
    container: int  # position of the innermost container in Document.containers
    link_chars: int  # characters of the text inside links
    control: bool = False  # a button, option, label or other part of a form


@_made_at_once
@dataclass(frozen=True, slots=True)
class Block:
    """The smallest run of text that is kept or removed as a whole."""

    index: int  # position in Document.blocks
    text: str  # single spaces; line breaks only in code; never empty
    words: int  # as counted by language.words, so that it holds for scripts without spaces
    run: int  # blocks of one run stand on consecutive lines: a list, a table, lines split by <br>
    role: Role = Role.PARAGRAPH
    level: int = 0  # of a heading, 1 to 6
    marker: str = ""  # of a list item: "-" or its number as written, "1."
    spans: tuple[Span, ...] = ()
    markup: Markup | None = None
    place: tuple[int, int] | None = None  # of raw text: first character and the one behind the last
    goes_on: bool = False  # in the line of the block above it, as where a page is one line

    @property
    def link_density(self) -> float:
        """Share of the characters that stand in links, 0 where there is no markup."""
        return self.markup.link_chars / len(self.text) if self.markup else 0.0

    @property
    def line(self) -> str:
        """The text as a line of plain text: list items carry their marker, code is indented."""
        if self.role is Role.CODE:
            lines = self.text.split("\n")
            return "\n".join(f"    {line}" if line else "" for line in lines)
        return f"{self.marker} {self.text}" if self.marker else self.text


@_made_at_once
@dataclass(frozen=True, slots=True)
class Candidate:
    """A value that may be the page's title, date, author …, with where it was found."""

    field: Field
    value: str
    source: str  # "json-ld", "opengraph", "meta name", "itemprop", "time", "h1" …


@dataclass(frozen=True, slots=True)
class Document:
    """A page as blocks in page order, with the candidates for its metadata."""

    blocks: tuple[Block, ...]
    containers: tuple[Container, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    language: str | None = None  # two-letter code, declared or recognised
    url: str | None = None
    notes: tuple[str, ...] = ()  # what the reader had to give up or work round
    crawled_at: dt.datetime | None = None  # when the page was fetched, where the caller knows
    returns: tuple[int, ...] = ()  # of raw text: where a "\r" makes one line end with a "\n"

    @property
    def last_day(self) -> dt.date | None:
        """The last day that can be the page's own: that after the fetch, which other zones had."""
        if self.crawled_at is None:
            return None
        day = self.crawled_at.date()
        return day + dt.timedelta(days=1) if day < dt.date.max else day

    def around(self, block: Block) -> Iterator[tuple[int, Container]]:
        """(position, container) from the innermost element around a block outwards."""
        position = block.markup.container if block.markup else -1
        while position >= 0:
            container = self.containers[position]
            yield position, container
            position = container.parent

    def parent(self, block: Block) -> int | None:
        """Position of the element around the block's own one; None without markup."""
        return self.containers[block.markup.container].parent if block.markup else None

    def is_hidden(self, block: Block) -> bool:
        """Whether the block stands in an element that is not displayed."""
        return block.markup is not None and self.containers[block.markup.container].hidden


@dataclass(frozen=True, slots=True)
class Metadata:
    """The values chosen for a page. `None` and empty mean unknown."""

    title: str | None = None
    date: dt.date | None = None
    published: dt.datetime | None = None  # aware; only where the page gives time and zone
    modified: dt.date | None = None
    authors: tuple[str, ...] = ()
    author_details: tuple[Author, ...] = ()  # of the same people, in the same order
    sources: tuple[tuple[str, FieldSource], ...] = ()  # of title, date and authors
    description: str | None = None
    language: str | None = None
    site_name: str | None = None
    url: str | None = None
    title_block: int | None = None  # position of the block that shows the title
    deck_block: int | None = None  # position of the block that shows the description


@_made_at_once
@dataclass(frozen=True, slots=True)
class Removal:
    """A stripper's vote against a block."""

    block: int
    kind: Kind
    because: str  # a sentence that a person can check on the page
    strength: float = 1.0  # how sure the stripper is, above 0 to 1


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the classifier makes of a page."""

    scores: Scores
    limit: float = 0.5  # the score below which a block is removed, chosen for this page
    page_type: PageType | None = None
    page_type_probability: float | None = None
    confidence: float | None = None  # expected word F1 of the body


@_made_at_once
@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision on one block."""

    block: Block
    kept: bool
    score: float  # probability of content, 0 to 1; it knows the votes
    kind: Kind | None = None  # of a removed block; None where the block is kept
    because: str = ""


@_made_at_once
@dataclass(frozen=True, slots=True)
class ArticleBlock:
    """A block of the body, with its role in it."""

    text: str
    role: Role
    level: int = 0  # of a heading, 1 to 6
    marker: str = ""  # of a list item: "-" or its number as written, "1."
    run: int = 0  # neighbours of one run stand on consecutive lines
    spans: tuple[Span, ...] = ()
