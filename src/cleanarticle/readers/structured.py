"""What a page says of itself to machines: JSON-LD, OpenGraph, meta names, microdata, `<time>`.

Sources: schema.org (Article, Person), the Open Graph protocol, Dublin Core, and the names that the
metadata of news systems uses (parsely, sailthru, citation).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from lxml import etree

from cleanarticle.accelerator import accelerated
from cleanarticle.options import DEFAULT_LIMITS, Limits
from cleanarticle.readers import jsonld
from cleanarticle.readers.attributes import INLINE, SKIPPED, is_hidden
from cleanarticle.readers.lines import printable
from cleanarticle.records import Candidate, Field

MAX_VALUE_CHARS = 2000
MAX_HEADING_PARTS = 6  # elements within a heading: a kicker, the headline proper
MAX_ELEMENTS = 40  # of one sort that are looked at; pages with more are lists
SORTS = (  # tag, attribute that it needs, what that holds in lower case; empty where all do
    ("script", "type", "ld+json"),
    ("meta", "content", ""),
    ("link", "rel", "canonical"),
    ("title", "", ""),
    ("h1", "", ""),
    ("time", "", ""),
)

_META = {
    "og:title": (Field.TITLE, "opengraph"),
    "twitter:title": (Field.TITLE, "twitter"),
    "parsely-title": (Field.TITLE, "meta"),
    "sailthru.title": (Field.TITLE, "meta"),
    "citation_title": (Field.TITLE, "meta"),
    "dc.title": (Field.TITLE, "meta"),
    "dcterms.title": (Field.TITLE, "meta"),
    "article:published_time": (Field.DATE, "opengraph"),
    "og:published_time": (Field.DATE, "opengraph"),
    "datepublished": (Field.DATE, "meta"),
    "parsely-pub-date": (Field.DATE, "meta"),
    "sailthru.date": (Field.DATE, "meta"),
    "citation_publication_date": (Field.DATE, "meta"),
    "citation_date": (Field.DATE, "meta"),
    "dc.date": (Field.DATE, "meta"),
    "dc.date.issued": (Field.DATE, "meta"),
    "dcterms.date": (Field.DATE, "meta"),
    "dcterms.created": (Field.DATE, "meta"),
    "pubdate": (Field.DATE, "meta"),
    "publishdate": (Field.DATE, "meta"),
    "publish_date": (Field.DATE, "meta"),
    "publish-date": (Field.DATE, "meta"),
    "date": (Field.DATE, "meta"),
    "article:modified_time": (Field.MODIFIED, "opengraph"),
    "og:updated_time": (Field.MODIFIED, "opengraph"),
    "datemodified": (Field.MODIFIED, "meta"),
    "dcterms.modified": (Field.MODIFIED, "meta"),
    "dc.date.modified": (Field.MODIFIED, "meta"),
    "last-modified": (Field.MODIFIED, "meta"),
    "lastmod": (Field.MODIFIED, "meta"),
    "author": (Field.AUTHOR, "meta"),
    "article:author": (Field.AUTHOR, "opengraph"),
    "article:author_name": (Field.AUTHOR, "opengraph"),
    "parsely-author": (Field.AUTHOR, "meta"),
    "sailthru.author": (Field.AUTHOR, "meta"),
    "citation_author": (Field.AUTHOR, "meta"),
    "dc.creator": (Field.AUTHOR, "meta"),
    "dcterms.creator": (Field.AUTHOR, "meta"),
    "byl": (Field.AUTHOR, "meta"),
    "og:description": (Field.DESCRIPTION, "opengraph"),
    "description": (Field.DESCRIPTION, "meta"),
    "twitter:description": (Field.DESCRIPTION, "twitter"),
    "og:site_name": (Field.SITE_NAME, "opengraph"),
    "application-name": (Field.SITE_NAME, "meta"),
    "og:locale": (Field.LANGUAGE, "opengraph"),
    "content-language": (Field.LANGUAGE, "meta"),
    "dc.language": (Field.LANGUAGE, "meta"),
    "og:url": (Field.URL, "opengraph"),
    "og:type": (Field.TYPE, "opengraph"),
}
_ITEMPROPS = {
    "headline": Field.TITLE,
    "datepublished": Field.DATE,
    "datemodified": Field.MODIFIED,
    "author": Field.AUTHOR,
}
_BYLINE_NAME = re.compile(
    r"(?:^|[\s_-])(?:byline|author)(?:[\s_-]?(?:name|link|list))?(?:$|[\s_-])", re.I
)


def read_candidates(
    root: Any, limits: Limits = DEFAULT_LIMITS
) -> tuple[tuple[Candidate, ...], tuple[str, ...]]:
    """Everything the tree declares about the page, in the order of the sources.

    Returns:
        The candidates, and notes on what the limits left out.
    """
    found = telling_elements(root, SORTS, MAX_ELEMENTS, _BYLINE_NAME.search)
    scripts, metas, links, titles, headings, times, items, authors, bylines = found
    notes: dict[str, None] = {}
    sources: tuple[Iterable[Candidate], ...] = (
        jsonld.read((script.text for script in scripts if script.text), limits, notes),
        _meta(metas),
        _links(root, links),
        _itemprops(items),
        _titles(titles),
        _headings(headings),
        _times(times),
        _authors(authors, bylines),
    )
    given = (_printable(candidate) for source in sources for candidate in source)
    return tuple(candidate for candidate in given if candidate.value), tuple(notes)


def _printable(candidate: Candidate) -> Candidate:
    """A candidate without the control characters that JSON and entities may spell out."""
    value = printable(candidate.value)
    return candidate if value == candidate.value else replace(candidate, value=value)


@accelerated("declared")
def telling_elements(
    root: Any,
    sorts: Sequence[tuple[str, str, str]],
    most: int,
    names_byline: Callable[[str], object],
) -> list[list[Any]]:
    """The elements that may tell something about the page, by sort and in page order.

    Args:
        root: the root of the tree.
        sorts: tag, attribute and part of its value, as in `SORTS`; no tag twice.
        most: elements that are looked at of each sort that is told by an attribute alone.
        names_byline: whether a class is that of a byline; asked where it may be one.

    Returns:
        Those of each sort; below the root also properties of items, links to authors, bylines.
    """
    needs = {tag: (attribute, part) for tag, attribute, part in sorts}
    tagged: dict[str, list[Any]] = {tag: [] for tag in (*needs, "a")}
    for element in root.iter(*tagged):
        attribute, part = needs.get(element.tag, ("rel", ""))
        value = element.get(attribute) if attribute else ""
        if value is not None and (not part or part in value.lower()):
            tagged[element.tag].append(element)
    links = [link for link in tagged.pop("a") if link is not root][:most]
    authors = [link for link in links if "author" in link.get("rel").lower()]
    items, bylines = list[Any](), list[Any]()
    known: dict[str, bool] = {}  # the same classes stand all over a page
    for element in root.iterdescendants("*"):
        if classes := element.get("class"):
            is_byline = known.get(classes)
            if is_byline is None:
                lower = classes.lower()
                may_be = "author" in lower or "byl" in lower
                is_byline = known[classes] = may_be and bool(names_byline(classes))
            if is_byline:
                bylines.append(element)
        if element.get("itemprop") is not None:
            items.append(element)
    return [*tagged.values(), items[:most], authors, bylines[:most]]


def _value(text: str | None) -> str:
    return " ".join((text or "")[: MAX_VALUE_CHARS * 2].split())[:MAX_VALUE_CHARS]


def _text(element: Any) -> str:
    """What a reader sees of an element, up to `MAX_VALUE_CHARS`; parts are never glued together."""
    if not len(element):
        return _value(f"{'' if element.tag in INLINE else ' '}{element.text or ''}")
    parts, length = list[str](), 0
    walker = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, node in walker:
        is_tag = isinstance(node.tag, str)
        if is_tag and node.tag not in INLINE:
            parts.append(" ")
        text = node.tail if event != "start" and node is not element else None
        if event == "start" and is_tag:
            unseen = node is not element and (node.tag in SKIPPED or is_hidden(node, node.tag))
            if unseen:
                walker.skip_subtree()
            else:
                text = node.text
        if text:
            parts.append(text)
            length += len(text)
        if length > MAX_VALUE_CHARS:
            break
    return _value("".join(parts))


def _meta(metas: Iterable[Any]) -> Iterator[Candidate]:
    for meta in metas:
        content = meta.get("content")
        if not content:
            continue
        for attribute in ("property", "name", "http-equiv", "itemprop"):
            known = _META.get((meta.get(attribute) or "").strip().lower())
            if known:
                yield Candidate(known[0], _value(content), known[1])
                break


def _links(root: Any, links: Iterable[Any]) -> Iterator[Candidate]:
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    if language:
        yield Candidate(Field.LANGUAGE, _value(language), "html lang")
    for link in links:
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            yield Candidate(Field.URL, _value(link.get("href")), "canonical")


def _itemprops(items: Iterable[Any]) -> Iterator[Candidate]:
    for element in items:
        for name in element.get("itemprop").lower().split():
            field = _ITEMPROPS.get(name)
            if field is None or _in_other_item(element):
                continue
            if field is Field.AUTHOR:
                yield Candidate(field, _item_name(element), "itemprop")
            else:
                given = element.get("content") or element.get("datetime")
                yield Candidate(field, _value(given) or _text(element), "itemprop")


def _in_other_item(element: Any) -> bool:
    """Whether the property belongs to a comment or a listed item, not to the article."""
    scope = next((a for a in element.iterancestors() if a.get("itemtype")), None)
    kind = (scope.get("itemtype") or "").lower() if scope is not None else ""
    return kind.endswith(("comment", "itemlist", "listitem", "organization", "imageobject"))


def _item_name(element: Any) -> str:
    """Name of an author given as an item with a name, or as text."""
    for part in element.iterfind(".//*[@itemprop]"):
        if part.get("itemprop").lower() == "name":
            return _value(part.get("content")) or _text(part)
    return _value(element.get("content")) or _text(element)


def _titles(titles: Iterable[Any]) -> Iterator[Candidate]:
    of_page = (t for t in titles if next(t.iterancestors("svg"), None) is None)
    for title in islice(of_page, 1):
        yield Candidate(Field.TITLE, _text(title), "title element")


def _headings(headings: Sequence[Any]) -> Iterator[Candidate]:
    for heading in headings[:MAX_ELEMENTS]:
        yield Candidate(Field.TITLE, _text(heading), "h1")
        for part in islice(heading.iterdescendants(), MAX_HEADING_PARTS):
            if isinstance(part.tag, str):
                yield Candidate(Field.TITLE, _text(part), "h1 part")


def _times(times: Sequence[Any]) -> Iterator[Candidate]:
    for time in times[:MAX_ELEMENTS]:
        stamp = time.get("datetime") or ""
        names = f"{time.get('class') or ''} {time.get('itemprop') or ''}".lower()
        changed = "updated" in names or "modified" in names
        field = Field.MODIFIED if changed else Field.DATE
        yield Candidate(field, _value(stamp) or _text(time), "time element")


def _authors(links: Iterable[Any], bylines: Iterable[Any]) -> Iterator[Candidate]:
    for link in links:
        if "author" in link.get("rel").lower().split():
            yield Candidate(Field.AUTHOR, _text(link), "rel=author")
    for element in bylines:
        yield Candidate(Field.AUTHOR, _text(element), "byline element")
