"""Labelled pages as the raw text that scrapers leave behind when they throw the tags away."""

import random
import textwrap
import zlib
from collections.abc import Iterator, Mapping, Sequence

from bs4 import BeautifulSoup, NavigableString, Tag

from cleanarticle import readers
from cleanarticle.errors import MissingExtra
from cleanarticle.training.corpus import LabelledPage

# What browsers show as blocks, and what they do not show.
_BLOCKS = frozenset(
    """address article aside blockquote body br button caption center dd details dialog div dl dt
    fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html label legend li
    main menu nav ol option p pre section select summary table tbody td textarea tfoot th thead
    title tr ul""".split()
)
_UNSEEN = frozenset("style script noscript template svg iframe object canvas head".split())
WIDTHS = (65, 70, 72, 76, 80)  # columns at which lines are wrapped
LINES, NODES, SPACED, LAYOUT, WRAPPED, PARTED, ONE = FORMS = (
    *("lines", "nodes", "spaced", "layout", "wrapped", "wrapped parted", "one line"),
)


def texts(page: LabelledPage) -> Mapping[str, str]:
    r"""Form → the page in it.

    `lines` is a line a block, as in WET files; `nodes` a line a text node, as `get_text("\n")`
    gives it; `spaced` has blank lines between blocks; `layout` is that of Inscriptis; `wrapped` and
    `wrapped parted` are `lines` and `spaced` broken at a column; `one line` is all in one.

    Raises:
        MissingExtra: Inscriptis is not installed.
    """
    markup = readers.open_page(page.data()).text or ""
    found = blocks(markup)
    whole = [(tag, text_of(nodes)) for tag, nodes in found]
    wrapped = ["\n".join(textwrap.wrap(text, width(page))) for _tag, text in whole]
    return {
        LINES: "\n".join(text for _tag, text in whole),
        NODES: "\n".join(node.strip() for _tag, nodes in found for node in nodes if node.strip()),
        SPACED: "\n\n".join(f"{'  • ' * (tag == 'li')}{text}" for tag, text in whole),
        LAYOUT: _layout(markup),
        WRAPPED: "\n".join(wrapped),
        PARTED: "\n\n".join(wrapped),
        ONE: " ".join(text for _tag, text in whole),
    }


def text_of(nodes: Sequence[str]) -> str:
    """The text of a block, with single spaces."""
    return " ".join("".join(nodes).split())


def width(page: LabelledPage) -> int:
    """The column at which its lines are wrapped."""
    return WIDTHS[zlib.crc32(page.id.encode()) % len(WIDTHS)]


def some(page: LabelledPage, number: int) -> list[str]:
    """Forms of a page: lines and nodes, and so many others, chosen by its name."""
    others = [form for form in FORMS if form not in (LINES, NODES)]
    return [LINES, NODES, *random.Random(page.id).sample(others, number)]


def _layout(markup: str) -> str:
    try:
        from inscriptis import get_text
    except ImportError as error:
        message = "text in columns needs Inscriptis: pip install 'cleanarticle[train]'"
        raise MissingExtra(message) from error
    return str(get_text(markup)) if markup.strip() else ""


def blocks(markup: str) -> list[tuple[str, list[str]]]:
    """(element, text nodes) of each block that holds a sign, in page order."""
    soup = BeautifulSoup(markup, "lxml")
    found: list[tuple[str, list[str]]] = []
    nodes: list[str] = []
    last = "body"
    for tag, node in (*_walk(soup), ("", None)):
        if node is None:
            if "".join(nodes).strip():
                found.append((last, nodes))
            nodes, last = [], tag
        else:
            nodes.append(node)
    return found


def _walk(soup: BeautifulSoup) -> Iterator[tuple[str, str | None]]:
    """(element, text) of each text node, and (element, None) where a block begins or goes on."""
    root = soup.body or soup
    stack: list[Tag | NavigableString | str] = [root]
    open_tags: list[str] = []
    while stack:
        item = stack.pop()
        if isinstance(item, NavigableString):
            if type(item) is NavigableString:  # no comment
                yield "", str(item)
        elif isinstance(item, Tag):
            if item.name in _UNSEEN:
                continue
            if item.name in _BLOCKS:
                yield item.name, None
                open_tags.append(item.name)
                stack.append("")
            stack.extend(reversed(list(item.children)))  # type: ignore[arg-type]  # only these two
        else:  # the end of a block: what follows belongs to the one around it
            open_tags.pop()
            yield (open_tags or ["body"])[-1], None
