"""Many pages to Articles, one after the other."""

import os
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal, get_args

from cleanarticle import readers
from cleanarticle.article import Article
from cleanarticle.deadline import Deadline
from cleanarticle.errors import OptionError, PageTypeError, UnreadableInput
from cleanarticle.options import Limits, Options
from cleanarticle.pipeline import checked, decide_document
from cleanarticle.readers import Opened, PageKind
from cleanarticle.records import Document, Removal
from cleanarticle.sites import repetition
from cleanarticle.sites.page import Page, host

SiteMode = Literal["auto", "one", "off"]

WINDOW = 256  # pages in memory at once, of about 1 MB each; the more, the more of a site is seen
_ONE_SITE = ""  # no host is named so
_SINGLE_PAGES = (str, bytes, bytearray, memoryview, os.PathLike, Page)


@dataclass(frozen=True, slots=True)
class _Read:
    """A page that was read."""

    opened: Opened
    document: Document
    seconds: float  # that it took


def extract_many(
    pages: Iterable[Any],
    *,
    site: SiteMode = "auto",
    kind: PageKind = "auto",
    options: Options | None = None,
) -> Iterator[Article]:
    """The article of each page, in the order given; pages of one site help each other.

    A block that stands on other pages of the site as well is rarely part of an article, so its
    score is lowered. Copies and updates of a page do not count as other pages. Pages are read in
    windows of `WINDOW`, and only those of one window are compared: the memory taken does not grow
    with their number, and pages of a site should stand near to one another.

    Args:
        pages: `Page` records or whatever `extract` takes, mixed as you like. An iterator is read
            no further than to the end of the window that the next article comes from.
        site: "auto" compares pages whose addresses have the same host, "www." aside, and leaves
            pages without an address alone; "one" compares all; "off" compares none.
        kind: "html", "text" or "auto", for all pages.
        options: choices for all pages; see `Options`.

    Returns:
        An iterator with one Article a page. A page of a wrong type or a path that cannot be read
        gives an empty Article whose `notes` say why, and the pages behind it follow.

    Raises:
        OptionError: an argument has none of the values named, or `pages` is a single page.
        WeightsError: at the first page, if `options.weights` cannot be used.
    """
    if site not in get_args(SiteMode):
        raise OptionError(f'site is "auto", "one" or "off", got {site!r}')
    if kind not in get_args(PageKind):
        raise OptionError(f'kind is "auto", "html" or "text", got {kind!r}')
    if isinstance(pages, _SINGLE_PAGES) or not isinstance(pages, Iterable):
        raise OptionError(f"pages is an iterable of pages, got {type(pages).__name__}")
    chosen = checked(options)
    read = (_read(page, kind, chosen.limits) for page in pages)
    return _articles(read, site, chosen)


def _read(page: Any, kind: PageKind, limits: Limits) -> _Read | Article:
    """The page, read at once so that it need not be kept; an empty Article where it cannot be."""
    page = page if isinstance(page, Page) else Page(page)
    begun = Deadline.after(None)
    try:
        opened = readers.open_page(page.page, limits)
    except (PageTypeError, UnreadableInput) as error:
        return Article(url=page.url, notes=(str(error),))
    document = readers.read(
        opened, url=page.url, kind=kind, crawled_at=page.crawled_at, limits=limits
    )
    return _Read(opened, document, begun.spent)


def _articles(
    pages: Iterator[_Read | Article], site: SiteMode, options: Options
) -> Iterator[Article]:
    size = 1 if site == "off" else WINDOW
    while window := deque(islice(pages, size)):
        repeated = _repeated(window, site)
        for position in range(len(window)):
            page = window.popleft()  # let go before the next window is read
            if isinstance(page, Article):
                yield page
                continue
            found = repeated.get(position, ())
            deadline = Deadline.after(options.limits.seconds, page.seconds)
            report = decide_document(page.opened, page.document, options, found, deadline=deadline)
            yield report.article


def _repeated(window: Iterable[_Read | Article], site: SiteMode) -> dict[int, tuple[Removal, ...]]:
    """Position in the window → votes against the blocks that other pages of the site have."""
    groups: dict[str, list[tuple[int, Document]]] = defaultdict(list)
    for position, page in enumerate(window):
        if isinstance(page, Article):
            continue
        name = _ONE_SITE if site == "one" else host(page.document.url)
        if name is not None:
            groups[name].append((position, page.document))
    return {position: found for group in groups.values() for position, found in _votes_in(group)}


def _votes_in(
    group: Sequence[tuple[int, Document]],
) -> Iterator[tuple[int, tuple[Removal, ...]]]:
    if len(group) > 1:
        lines = [repetition.lines_of(document) for _position, document in group]
        positions = (position for position, _document in group)
        yield from zip(positions, repetition.votes(lines), strict=True)
