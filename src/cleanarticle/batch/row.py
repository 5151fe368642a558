"""What a batch writes of each input: one row."""

from typing import Any, Literal, TypedDict, cast

from cleanarticle.article import Article
from cleanarticle.batch.item import Item, Status
from cleanarticle.errors import OptionError, WeightsError
from cleanarticle.language.words import count
from cleanarticle.options import Options
from cleanarticle.pipeline import extract


class Row(TypedDict):
    """One input with what came out of it, in plain JSON types. `None` and empty mean unknown."""

    id: str
    source: str
    position: int
    url: str | None
    status: str  # a value of Status
    reason: str | None  # why the status is not "ok"
    title: str | None
    date: str | None  # YYYY-MM-DD
    authors: list[str]
    body: str
    language: str | None
    page_type: str | None
    confidence: float | None
    words: int  # of the body
    description: str | None
    site_name: str | None
    published: str | None  # ISO 8601 with a zone
    modified: str | None  # YYYY-MM-DD
    crawled_at: str | None
    duplicate_of: str | None  # id of the first article of which this is a copy or an update


ColumnType = Literal["text", "number", "integer", "date", "texts"]
COLUMNS: dict[str, ColumnType] = {
    "id": "text",
    "source": "text",
    "position": "integer",
    "url": "text",
    "status": "text",
    "reason": "text",
    "title": "text",
    "date": "date",
    "authors": "texts",
    "body": "text",
    "language": "text",
    "page_type": "text",
    "confidence": "number",
    "words": "integer",
    "description": "text",
    "site_name": "text",
    "published": "text",
    "modified": "date",
    "crawled_at": "text",
    "duplicate_of": "text",
}


class _Response:
    """A page with its address and header, as `extract` takes responses."""

    def __init__(self, item: Item) -> None:
        self.body, self.url = item.page, item.url
        self.headers = {"Content-Type": item.content_type}


def clean(item: Item, options: Options | None = None) -> Row:
    """The row of an item. Nothing that a page holds makes it raise.

    Raises:
        OptionError: `item` is no `Item`, or `options` no `Options`.
        WeightsError: `options.weights` cannot be used.
    """
    if not isinstance(item, Item):
        raise OptionError(f"item is an Item, got {type(item).__name__}")
    if item.problem is not None:
        return without_page(item, item.problem.status, item.problem.reason)
    page: Any = _Response(item) if isinstance(item.page, bytes) else item.page
    try:
        article = extract(
            page, url=item.url, kind=item.kind, options=options, crawled_at=item.crawled_at
        )
    except (OptionError, WeightsError, MemoryError):
        raise
    except Exception as error:  # a fault of ours costs this page, and no other
        reason = f"{type(error).__name__}: {error}"
        return without_page(item, Status.FAILED, reason)
    status = Status.OK if article.body else Status.EMPTY
    return row_of(item, article, status, "; ".join(article.notes) or None)


def without_page(item: Item, status: Status, reason: str) -> Row:
    """The row of an item that no article can be had of."""
    return row_of(item, Article(url=item.url), status, reason)


def row_of(item: Item, article: Article, status: Status, reason: str | None) -> Row:
    """The row of an item that ended so."""
    found = article.to_dict()
    own = {
        "id": item.id,
        "source": item.source,
        "position": item.position,
        "status": str(status),
        "reason": reason,
        "words": count(article.body),
        "crawled_at": item.crawled_at.isoformat() if item.crawled_at else None,
        "duplicate_of": None,
    }
    return cast("Row", {name: own[name] if name in own else found[name] for name in COLUMNS})
