"""Markup to an lxml tree, whatever its state; soups and foreign trees too."""

from typing import Any

from lxml import etree

from cleanarticle.readers.lines import printable
from cleanarticle.readers.tidy import MAX_TAG_CHARS, encoded, lightened, tidied

MAX_DEPTH = 200  # elements deeper than this are flattened into the one at this depth
_RESOURCE_LIMIT = "ERR_RESOURCE_LIMIT"
_XHTML = "{http://www.w3.org/1999/xhtml}"


def parse(page: str | bytes) -> tuple[etree._Element | None, tuple[str, ...]]:
    """The root element of a page, bytes in UTF-8, and notes on what had to be worked round.

    libxml2 gives up on a page whose elements nest deeper than a limit and hands back nothing of it.
    Its event interface has no such limit, so a page over the limit is read by events into a tree
    whose depth is capped at `MAX_DEPTH`: tags are lost beyond, text is not.

    Never raises on page content; None where the page has no element.
    """
    given = page if isinstance(page, bytes) else encoded(page)
    data = tidied(given, MAX_TAG_CHARS, lightened)
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, collect_ids=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        root = None
    if all(error.type_name != _RESOURCE_LIMIT for error in parser.error_log):
        return root, ()
    builder = _ShallowBuilder()
    etree.fromstring(data, etree.HTMLParser(encoding="utf-8", huge_tree=True, target=builder))  # type: ignore[arg-type]
    return builder.root, (f"elements nested deeper than {MAX_DEPTH} were flattened",)


def from_lxml(node: Any) -> tuple[etree._Element | None, tuple[str, ...]]:
    """The root of a caller's tree; an XHTML tree is read again as HTML."""
    root = node.getroot() if isinstance(node, etree._ElementTree) else node
    if root is not None and isinstance(root.tag, str) and root.tag.startswith(_XHTML):
        return parse(etree.tostring(root, method="html", encoding="unicode", with_tail=False))
    return root, ()


def to_text(node: Any) -> str:
    """The markup of a caller's tree."""
    return etree.tostring(node, method="html", encoding="unicode", with_tail=False)


def from_soup(soup: Any) -> etree._Element | None:
    """A tree of a BeautifulSoup object or tag, which is only read."""
    from bs4.element import NavigableString, PreformattedString

    builder = _ShallowBuilder()
    stack: list[Any] = [soup]
    while stack:
        node = stack.pop()
        if isinstance(node, str) and not isinstance(node, NavigableString):
            builder.end(node)
        elif isinstance(node, NavigableString):
            if not isinstance(node, PreformattedString):
                builder.data(printable(node))
        else:
            builder.start(node.name, _attributes(node.attrs))
            stack.append(str(node.name))
            stack.extend(reversed(node.contents))
    return builder.root


def _attributes(attrs: dict[str, Any]) -> dict[str, str]:
    """Attributes of a soup's tag as plain text."""
    plain = {}
    for name, value in attrs.items():
        text = " ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
        plain[str(name)] = printable(text)
    return plain


class _ShallowBuilder:
    """Builds a tree from parse events; what nests deeper than `MAX_DEPTH` is put side by side."""

    def __init__(self) -> None:
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
        if self._depth <= MAX_DEPTH:
            self._open.append(element)
        else:
            self._flat = element

    def end(self, _tag: str) -> None:
        if self._depth > MAX_DEPTH and self._flat is None:
            self._depth -= (
                1  # closes nothing that took text; what comes now goes on behind the last
            )
            return
        self._flush()
        if self._depth > MAX_DEPTH:
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
