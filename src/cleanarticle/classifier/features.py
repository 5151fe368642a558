"""Numbers of a block that tell running text from the rest of a page.

Sources: the shallow text features of Kohlschütter, Fankhauser & Nejdl, "Boilerplate Detection using
Shallow Text Features" (WSDM 2010), the neighbours of jusText (Pomikálek 2011), and the candidate
container of Arc90's Readability.
"""

import math
from collections.abc import Sequence
from itertools import pairwise

from cleanarticle.clues import Clues
from cleanarticle.clues.gather import is_prose
from cleanarticle.language import facts
from cleanarticle.language.words import tokens
from cleanarticle.records import Block, Document, Role

_SENTENCE_END = tuple(".!?…。！？।؟:\"”»'’)")
_ASIDE = frozenset(("nav", "footer", "aside", "form", "menu", "dialog"))
_ASIDE_ROLES = frozenset(
    ("navigation", "contentinfo", "complementary", "search", "dialog", "banner")
)
_MAIN = frozenset(("article", "main"))
_BODY_NAMES = frozenset(
    (
        "article-body",
        "articlebody",
        "body-content",
        "content-body",
        "entry-content",
        "post-body",
        "post-content",
        "story-body",
        "story-content",
        "article-content",
        "article-text",
        "post-text",
        "richtext",
        "rich-text",
        "main-content",
        "article-copy",
        "storybody",
        "page-content",
    )
)
MAX_WORDS = 60  # longer blocks count as so long
WINDOW = 4  # neighbours on each side

FEATURES = (
    "length",  # log of words over log of MAX_WORDS, 0 to 1
    "sentence",  # ends like a sentence
    "stop_words",  # share of words that are function words of the page's language
    "link_density",
    "heading",
    "list_item",
    "table_row",
    "quote_or_code",
    "paragraph_tag",
    "candidate",  # stands in the container that holds most paragraphs
    "share",  # of the candidate's paragraph words that stand in this block's parent
    "aside",  # stands in nav, footer, aside or a form
    "main",  # stands in article or main
    "body_name",  # stands in an element whose class or id names the article's body
    "container_links",  # link density of the parent
    "near",  # how much prose the next neighbours hold, 0 to 1
    "around",  # how much prose the neighbours within WINDOW hold, 0 to 1
    "before",  # stands before the first prose of the page
    "after",  # stands behind the last
    "capitals",  # share of words that begin with a capital
)
Row = tuple[float, ...]


def measure(document: Document, clues: Clues) -> list[Row]:
    """Features of every block in the order of `FEATURES`; those of the tree are 0 without it."""
    blocks = document.blocks
    if not blocks:
        return []
    stops = facts.stop_words(document.language or "en")
    places = _Places(document, clues)
    prose = [min(b.words, MAX_WORDS) / MAX_WORDS if is_prose(b) else 0.0 for b in blocks]
    sums = [0.0]
    for amount in prose:
        sums.append(sums[-1] + amount)
    with_prose = [i for i, amount in enumerate(prose) if amount]
    first, last = (with_prose[0], with_prose[-1]) if with_prose else (0, len(blocks))
    rows = []
    for i, block in enumerate(blocks):
        near = _mean(sums, i, 1)
        around = _mean(sums, i, WINDOW)
        edges = (near, around, float(i < first), float(i > last))
        rows.append((*_shape(block, stops), *places.of(block), *edges, _capitals(block)))
    return rows


def _mean(sums: Sequence[float], i: int, window: int) -> float:
    """Mean prose of the neighbours within the window, the block itself left out."""
    low, high = max(i - window, 0), min(i + window + 1, len(sums) - 1)
    count = high - low - 1
    return (sums[high] - sums[low] - (sums[i + 1] - sums[i])) / count if count else 0.0


def _shape(block: Block, stops: frozenset[str]) -> Row:
    words = tokens(block.text[:1000])
    stop_share = sum(1 for word in words if word in stops) / len(words) if words else 0.0
    tag = block.markup.tag if block.markup else ""
    return (
        math.log1p(min(block.words, MAX_WORDS)) / math.log1p(MAX_WORDS),
        float(block.text.endswith(_SENTENCE_END)),
        stop_share,
        block.link_density,
        float(block.role is Role.HEADING),
        float(block.role is Role.LIST_ITEM),
        float(block.role is Role.TABLE_ROW),
        float(block.role in (Role.QUOTE, Role.CODE)),
        float(tag == "p"),
    )


def _capitals(block: Block) -> float:
    words = block.text[:500].split()
    return sum(1 for word in words if word[0].isupper()) / len(words) if words else 0.0


class _Places:
    """Where in the tree a block stands."""

    def __init__(self, document: Document, clues: Clues) -> None:
        self._clues = clues
        containers = document.containers
        self._parents = [c.parent for c in containers]
        self._paragraphs = self._paragraph_words(document)
        best = max(range(len(containers)), key=lambda i: self._paragraphs[i], default=-1)
        self._most = max(self._paragraphs[best], 1.0) if containers else 1.0
        self._inside: list[Row] = []  # by container: candidate, aside, main, body_name
        for position, container in enumerate(containers):
            above = self._inside[container.parent] if position else (0.0,) * 4
            own = (
                position == best,
                container.tag in _ASIDE or container.aria in _ASIDE_ROLES,
                container.tag in _MAIN or container.aria == "main",
                _names_body(container.names),
            )
            self._inside.append(tuple(max(a, float(o)) for a, o in zip(above, own, strict=True)))

    def _paragraph_words(self, document: Document) -> list[float]:
        """Words of the prose directly inside each container, and half of that one level down."""
        found = [0.0] * len(document.containers)
        for block in document.blocks:
            if not block.markup or not is_prose(block) or document.is_hidden(block):
                continue
            parent = self._holder(block)
            found[parent] += block.words
            if parent > 0:
                found[self._parents[parent]] += block.words / 2
        return found

    def _holder(self, block: Block) -> int:
        """The container around the block's own element; for text directly in a div, the div."""
        assert block.markup is not None
        own = block.markup.container
        return (
            own
            if block.markup.tag in ("div", "td", "section", "article", "body")
            else max(self._parents[own], 0)
        )

    def of(self, block: Block) -> Row:
        """(candidate, share, aside, main, body_name, container_links)."""
        if block.markup is None:
            return (0.0,) * 6
        holder = self._holder(block)
        candidate, aside, main, body = self._inside[block.markup.container]
        links = self._clues.links[holder] / max(self._clues.chars[holder], 1)
        share = min(self._paragraphs[holder] / self._most, 1.0)
        return (candidate, share, aside, main, body, links)


def _names_body(names: Sequence[str]) -> bool:
    pairs = pairwise(names)
    return any(name in _BODY_NAMES for name in names) or any(
        f"{a}-{b}" in _BODY_NAMES for a, b in pairs
    )
