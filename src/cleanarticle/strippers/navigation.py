"""Menus, breadcrumbs, pagination, skip links, tag lists, buttons."""

from collections import Counter
from collections.abc import Iterator

from cleanarticle.clues import Clues, is_trail
from cleanarticle.records import Block, Document, Kind, Metadata, Removal, Role
from cleanarticle.strippers import _around, _evidence

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
    runs = Counter([block.run for block in document.blocks])
    menus = _around.nearest(document, _TAGS, _ROLES)
    for block in document.blocks:
        if block.markup and (container := menus[block.markup.container]):
            strength = ELEMENT if block.words < _evidence.NAMED_PROSE_WORDS else ELEMENT_PROSE
            yield Removal(block.index, Kind.NAVIGATION, f"stands in <{container.tag}>", strength)
        if block.markup and block.markup.control and block.words <= MAX_CONTROL_WORDS:
            yield Removal(block.index, Kind.NAVIGATION, "is a button or another control", CONTROL)
        if runs[block.run] == 1 and is_trail(block):
            yield Removal(block.index, Kind.NAVIGATION, "is a row of links or crumbs", MENU)
    yield from _menus(document)


def _menus(document: Document) -> Iterator[Removal]:
    """Lists whose items are short links."""
    run: list[Block] = []
    for block in (*document.blocks, None):
        item = block if block is not None and _is_menu_item(block) else None
        if item and (not run or run[-1].run == item.run):
            run.append(item)
            continue
        if len(run) >= MIN_MENU_ITEMS:
            because = f"is one of {len(run)} short links in a list"
            yield from (Removal(b.index, Kind.NAVIGATION, because, MENU) for b in run)
        run = [item] if item else []


def _is_menu_item(block: Block) -> bool:
    return (
        block.role is Role.LIST_ITEM
        and block.words <= MAX_ITEM_WORDS
        and block.link_density >= MENU_LINK_DENSITY
    )
