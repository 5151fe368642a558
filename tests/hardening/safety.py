"""What safe output is, told without a browser."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from hardening.findings import Unavailable

# Without "img": output shows no pictures.
ELEMENTS = frozenset(
    "article h1 h2 h3 h4 h5 h6 p br ul ol li blockquote pre code strong em a "
    "table thead tbody tr th td".split()
)
ATTRIBUTES = frozenset([("a", "href"), ("li", "value"), ("ol", "start")])
SCHEMES = frozenset(("http", "https", "mailto"))
_SKIPPED = re.compile("[\x00-\x20\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_SCHEME = re.compile(r"([^/?#:]*):")
_NUMBER = re.compile(r"[0-9]{1,9}")


def rendered(markdown: str) -> str:
    """Markdown as HTML, as by a renderer that lets raw HTML and any address through."""
    try:
        from markdown_it import MarkdownIt
    except ImportError as error:
        raise Unavailable("needs markdown-it-py: pip install markdown-it-py") from error
    renderer = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    renderer.validateLink = lambda _address: True
    return str(renderer.render(markdown))


def dangers(html: str) -> list[str]:
    """All in a piece of HTML that is not allowed in output, by two parsers that differ."""
    return [*_of_tree(html), *_of_tags(html)]


def shown(html: str) -> str:
    """The text that a reader sees, without white space."""
    from lxml.html import document_fromstring

    return "".join("".join(document_fromstring(f"<body>{html}").itertext()).split())


def _of_tree(html: str) -> Iterator[str]:
    from lxml.html import document_fromstring

    for element in document_fromstring(f"<html><body>{html}</body></html>").iter():
        tag = element.tag if isinstance(element.tag, str) else "comment"
        if tag not in ("html", "body"):
            yield from _of_element(tag, dict(element.attrib))


def _of_tags(html: str) -> Iterator[str]:
    reader = _Tags(convert_charrefs=True)
    reader.feed(html)
    reader.close()
    yield from reader.found


class _Tags(HTMLParser):
    """Takes every tag for itself, wherever it stands."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += _of_element(tag, {name: value or "" for name, value in attrs})

    def handle_comment(self, data: str) -> None:
        self.found.append(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self.found.append(f"declaration {decl}")

    def handle_pi(self, data: str) -> None:
        self.found.append(f"instruction {data}")


def _of_element(tag: str, attributes: dict[str, str]) -> Iterator[str]:
    if tag not in ELEMENTS:
        yield f"<{tag}>"
    for name, value in attributes.items():
        if (tag, name) not in ATTRIBUTES:
            yield f"<{tag} {name}={value!r}>"
        elif name == "href" and not _is_safe(value):
            yield f"address {value!r}"
        elif name != "href" and not _NUMBER.fullmatch(value):
            yield f"<{tag} {name}={value!r}>"


def _is_safe(address: str) -> bool:
    """Whether the scheme is allowed, read as loosely as any browser ever read it."""
    scheme = _SCHEME.match(_SKIPPED.sub("", address))
    return scheme is None or scheme[1].lower() in SCHEMES
