"""Menus, breadcrumbs, pagination, skip links, tag lists, buttons."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from cleanarticle.clues import Clues, trails
from cleanarticle.records import Block, Document, Kind, Metadata, Removal, Role
from cleanarticle.strippers import _around, _evidence
from cleanarticle.strippers._evidence import removal

ELEMENT, ELEMENT_PROSE = 0.97, 0.5
CONTROL, MAX_CONTROL_WORDS = 0.9, 6
MENU = 0.95
MIN_MENU_ITEMS = 4
MENU_LINK_DENSITY = 0.9
MAX_ITEM_WORDS = 8
_TAGS = frozenset(("nav", "menu"))
_ROLES = frozenset(("navigation", "menu", "menubar", "search", "toolbar", "tablist", "breadcrumb"))


def find(document: Document, clues: Clues, metadata: Metadata) -> Iterator[Removal]:
    """Blocks that lead elsewhere instead of telling something."""
    del metadata
    yield from _evidence.usual(document, clues, Kind.NAVIGATION)
    if document.containers:
        yield from _in_elements(document)
    crumbs = trails(document.blocks)
    runs = Counter([block.run for block in document.blocks]) if crumbs else Counter[int]()
    for block in crumbs:
        if runs[block.run] == 1:
            yield removal(block.index, Kind.NAVIGATION, "is a row of links or crumbs", MENU)
    for blocks in clues.lists:
        yield from _menus(blocks)


def _in_elements(document: Document) -> Iterator[Removal]:
    """Blocks in elements that are there to lead elsewhere, and controls."""
    menus = _around.nearest(document.containers, _TAGS, _ROLES)
    for block in document.blocks:
        markup = block.markup
        if markup is None:
            continue
        if container := menus[markup.container]:
            strength = ELEMENT if block.words < _evidence.NAMED_PROSE_WORDS else ELEMENT_PROSE
            yield removal(block.index, Kind.NAVIGATION, f"stands in <{container.tag}>", strength)
        if markup.control and block.words <= MAX_CONTROL_WORDS:
            yield removal(block.index, Kind.NAVIGATION, "is a button or another control", CONTROL)


def _menus(blocks: Sequence[Block]) -> Iterator[Removal]:
    """Neighbours in a list that are short links."""
    for is_menu, group in groupby(blocks, _is_menu_item):
        items = list(group) if is_menu else ()
        if len(items) >= MIN_MENU_ITEMS:
            because = f"is one of {len(items)} short links in a list"
            yield from (removal(b.index, Kind.NAVIGATION, because, MENU) for b in items)


def _is_menu_item(block: Block) -> bool:
    return (
        block.role is Role.LIST_ITEM
        and block.words <= MAX_ITEM_WORDS
        and block.link_density >= MENU_LINK_DENSITY
    )
