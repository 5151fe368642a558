"""Markup to an lxml tree, whatever its state; soups and foreign trees too."""

import re
from collections.abc import Sequence
from itertools import islice
from typing import Any, cast

from lxml import etree

from cleanarticle.options import DEFAULT_LIMITS, Limits, limit_note
from cleanarticle.readers.lines import printable
from cleanarticle.readers.tidy import encoded, lightened, tidied
from cleanarticle.records import Container

_Tree = tuple[etree._Element | None, tuple[str, ...]]
_OPENING = re.compile(rb"<[a-zA-Z]")
_COUNT = etree.XPath("count(descendant-or-self::*)")
_RESOURCE_LIMIT = "ERR_RESOURCE_LIMIT"
_XHTML = "{http://www.w3.org/1999/xhtml}"


def parse(page: str | bytes, limits: Limits = DEFAULT_LIMITS) -> _Tree:
    """The root element of a page, bytes in UTF-8, and notes on what had to be worked round.

    libxml2 gives up on a page whose elements nest deeper than a limit and hands back nothing of it.
    Its event interface has no such limit, so a page over the limit is read by events, by `flat`.

    Never raises on page content; None where the page has no element.
    """
    data, notes = _prepared(page, limits)
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, collect_ids=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        root = None
    if all(error.type_name != _RESOURCE_LIMIT for error in parser.error_log):
        return root, notes
    return _flat(data, notes, limits)


def flat(page: str | bytes, limits: Limits) -> _Tree:
    """The same, by events into a tree of limited depth: tags are lost beyond it, text is not."""
    return _flat(*_prepared(page, limits), limits)


def is_deep(containers: Sequence[Container], limits: Limits) -> bool:
    """Whether containers stand deeper than the limit."""
    if len(containers) <= limits.depth:
        return False
    depths = [0]
    for container in containers[1:]:
        depths.append(depths[container.parent] + 1)
    return max(depths) > limits.depth


def _prepared(page: str | bytes, limits: Limits) -> tuple[bytes, tuple[str, ...]]:
    """The markup for libxml2, as far as the limits go, and notes."""
    given = page if isinstance(page, bytes) else encoded(page)
    data = tidied(given, limits.tag_chars, lightened)
    if data.count(b"<") <= limits.elements:
        return data, ()
    beyond = next(islice(_OPENING.finditer(data), limits.elements, None), None)
    return (data, ()) if beyond is None else (data[: beyond.start()], (_too_many(limits),))


def _too_many(limits: Limits) -> str:
    return limit_note(f"the page was cut off after {limits.elements} elements", "elements")


def _flat(data: bytes, notes: tuple[str, ...], limits: Limits) -> _Tree:
    builder = _ShallowBuilder(limits.depth)
    etree.fromstring(data, etree.HTMLParser(encoding="utf-8", huge_tree=True, target=builder))  # type: ignore[arg-type]
    note = f"elements nested deeper than {limits.depth} were flattened"
    return builder.root, (*notes, note)


def from_lxml(node: Any, limits: Limits) -> _Tree:
    """The root of a caller's tree; one of XHTML, and one over a limit, is read again as HTML."""
    root = node.getroot() if isinstance(node, etree._ElementTree) else node
    if root is None:
        return None, ()
    is_xhtml = isinstance(root.tag, str) and root.tag.startswith(_XHTML)
    if is_xhtml or cast(float, _COUNT(root)) > limits.elements:
        return parse(to_text(root), limits)
    return root, ()


def to_text(node: Any) -> str:
    """The markup of a caller's tree."""
    return etree.tostring(node, method="html", encoding="unicode", with_tail=False)


def from_soup(soup: Any, limits: Limits) -> _Tree:
    """A tree of a BeautifulSoup object or tag, which is only read."""
    from bs4.element import NavigableString, PreformattedString

    builder, elements = _ShallowBuilder(limits.depth), 0
    stack: list[Any] = [soup]
    while stack and elements <= limits.elements:
        node = stack.pop()
        if isinstance(node, str) and not isinstance(node, NavigableString):
            builder.end(node)
        elif isinstance(node, NavigableString):
            if not isinstance(node, PreformattedString):
                builder.data(printable(node))
        else:
            elements += 1
            builder.start(node.name, _attributes(node.attrs))
            stack.append(str(node.name))
            stack.extend(reversed(node.contents))
    return builder.root, (_too_many(limits),) if elements > limits.elements else ()


def _attributes(attrs: dict[str, Any]) -> dict[str, str]:
    """Attributes of a soup's tag as plain text."""
    plain = {}
    for name, value in attrs.items():
        text = " ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
        plain[str(name)] = printable(text)
    return plain


class _ShallowBuilder:
    """Builds a tree from parse events; what nests deeper than `depth` is put side by side."""

    def __init__(self, depth: int) -> None:
        self._most = depth
        self.root: etree._Element | None = None
        self._open: list[etree._Element] = []
        self._depth = 0  # of open elements, flattened ones counted
        self._flat: etree._Element | None = None  # the flattened element that takes text now
        self._closed: etree._Element | None = None  # text now belongs behind this element
        self._text: list[str] = []  # joined once an element: pieces may be many

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self.root is not None and not self._open:
            return
        self._flush()
        element = _element(tag, attributes)
        if self._open:
            self._open[-1].append(element)
        else:
            self.root = element
        self._closed = None
        if self._depth <= self._most:
            self._open.append(element)
        else:
            self._flat = element

    def end(self, _tag: str) -> None:
        if self._depth > self._most and self._flat is None:
            self._depth -= (
                1  # closes nothing that took text; what comes now goes on behind the last
            )
            return
        self._flush()
        if self._depth > self._most:
            self._closed = self._closed if self._flat is None else self._flat
            self._flat = None
        elif self._open:
            self._closed = self._open.pop()
        self._depth -= 1

    def data(self, text: str) -> None:
        self._text.append(text)

    def comment(self, text: str) -> None:
        """Comments carry nothing that is read."""

    def close(self) -> None:
        """The tree is taken from `root`."""

    def _flush(self) -> None:
        text = "".join(self._text)
        self._text.clear()
        if not text or not self._open:
            return
        if self._closed is not None:
            self._closed.tail = (self._closed.tail or "") + text
        else:
            target = self._open[-1] if self._flat is None else self._flat
            target.text = text


def _element(tag: str, attributes: dict[str, str]) -> etree._Element:
    """An element; names that XML does not allow are replaced or left out."""
    try:
        element = etree.Element(tag)
    except ValueError:
        element = etree.Element("span" if ":" in tag else "div")
    for name, value in attributes.items():
        try:
            element.set(name, value)
        except ValueError:  # a name such as "@click": nothing that is read here
            continue
    return element
