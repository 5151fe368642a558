"""A tree to blocks of text, in one iterative pass.

A block is a run of inline text inside one block-level element. Two line breaks in a row end it, and
so does one: lines split by `<br>` are blocks of one run. The cells of a table row that hold one
block each make one block.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from cleanarticle.accelerator import accelerated
from cleanarticle.language import words
from cleanarticle.options import MAX_DEPTH
from cleanarticle.readers.attributes import (
    INLINE,
    NAMES_KEPT,
    SKIPPED,
    first_number,
    hides,
    label_words,
    name_words,
    read_attributes,
)
from cleanarticle.readers.lines import PROSE_LINE_WORDS, split_marker
from cleanarticle.readers.pieces import STYLES, dedent, is_row, row, shifted, span, trimmed
from cleanarticle.records import Block, Container, Markup, Role, Span

# What a tag does to the run of text that it stands in; all others end it.
_SKIP, _BREAK, _FLOW, _STYLE, _BLOCK = range(5)
EFFECTS = {
    **dict.fromkeys(INLINE, _FLOW),
    **dict.fromkeys((*STYLES, "a"), _STYLE),
    **dict.fromkeys(SKIPPED, _SKIP),
    "br": _BREAK,
}
HEADINGS = {f"h{level}": level for level in range(1, 7)}
ROLES = {
    **dict.fromkeys(HEADINGS, Role.HEADING),
    **dict.fromkeys(("pre", "listing", "xmp"), Role.CODE),
    "blockquote": Role.QUOTE,
}
CONTROLS = frozenset(["button", "option", "select", "textarea", "label"])
ITEMS = frozenset(("li", "dt", "dd"))
LISTS = frozenset(("ul", "ol", "dl"))
CELLS = frozenset(("td", "th"))
_COUNTED = LISTS | ITEMS | CELLS  # what they open is put back at their end
_TELLING = _COUNTED | CONTROLS | ROLES.keys() | {"tr"}  # more than where a container begins

# Soft hyphen, zero-width marks, and control characters that came as entities.
UNSEEN = "".join(
    map(chr, (0xAD, 0x200B, 0x2060, 0xFEFF, *range(1, 9), *range(14, 32), *range(127, 160)))
)
_UNSEEN = re.compile(f"[{UNSEEN}]")


@accelerated("tree")
def read_blocks(root: Any) -> tuple[tuple[Block, ...], tuple[Container, ...]]:
    """Blocks and containers of a tree, in page order. The tree is only read."""
    reader = _BlockReader()
    begin, end, read = reader.open, reader.close, reader.text
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        tag = element.tag
        effect = EFFECTS.get(tag, _BLOCK) if isinstance(tag, str) else _SKIP
        if event == "start":
            if effect == _SKIP:
                walker.skip_subtree()
                continue
            begin(element, tag, effect)
            text = element.text
        else:
            if effect != _SKIP:
                end(tag, effect)
            text = element.tail if element is not root else None
        if text:
            read(text)
    reader.flush()
    return tuple(reader.blocks), tuple(reader.containers)


@dataclass(slots=True)
class _Row:
    """The blocks of an open table row."""

    first: int
    end: int  # of its last closed cell
    cells: int = 0
    plain: bool = True  # no cell holds more than one block


@dataclass(slots=True)
class _Level:
    """What an open block-level element changed, to be put back at its end."""

    container: int
    tag: str
    role: Role
    is_code: bool
    control: bool
    row: _Row | None


@dataclass(slots=True)
class _Text:
    """The block being read."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    space: bool = False  # white space is owed before the next word
    link_chars: int = 0
    spans: list[Span] = field(default_factory=list)


_Said = tuple[tuple[str, ...], tuple[str, ...], str, bool]  # names, labels, role, whether it hides


class _BlockReader:
    """Turns the events of a tree into blocks."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.containers: list[Container] = [Container(parent=-1, tag="")]
        self._stack: list[_Level] = []
        self._level = _Level(0, "", Role.PARAGRAPH, is_code=False, control=False, row=None)
        self._now = _Text()
        self._inline: list[tuple[str, int, str]] = []  # open styles: tag, start, href
        self._href_depth = 0
        self._breaks = 0  # <br> since the last text
        self._run = 0
        self._run_key: int | None = None  # depth of the list that the run belongs to
        self._marker = ""  # of the list item whose first block is still to come
        self._counters: list[int | None] = []  # of open lists; None in unordered ones
        self._unseen: list[str] = []  # text of hidden inline elements in the current block
        self._unseen_depth = 0
        self._said: dict[tuple[str, ...], _Said] = {}  # the same ones stand all over a page

    # events ------------------------------------------------------------

    def open(self, element: Any, tag: str, effect: int) -> None:
        if self._unseen_depth:
            self._unseen_depth += 1
            if effect in (_BLOCK, _BREAK):
                self._unseen.append(" ")
        elif effect == _BLOCK:
            if self._now.parts or self._unseen:
                self.flush()
            self._now.space, self._breaks = False, 0
            self._stack.append(self._level)
            self._level = self._entered(read_attributes(element), tag)
        elif effect == _BREAK:
            self._break()
        else:
            attributes = read_attributes(element)
            if attributes is not None and hides(attributes, tag):
                self._unseen_depth = 1
            elif effect == _STYLE:
                self._open_style(tag, attributes.get("href", "") if attributes else "")

    def close(self, tag: str, effect: int) -> None:
        if self._unseen_depth:
            self._unseen_depth -= 1
        elif effect == _BLOCK:
            if self._now.parts or self._unseen:
                self.flush()
            self._now.space, self._breaks = False, 0
            self._leave(tag)
            self._level = self._stack.pop()
        elif effect == _STYLE:
            self._close_style()

    def text(self, text: str) -> None:
        if self._unseen_depth:
            self._unseen.append(text)
            return
        if self._level.is_code:
            self._add(_UNSEEN.sub("", text))
            return
        if not text.isprintable():  # no unseen sign is
            text = _UNSEEN.sub("", text)
        now, pieces = self._now, text.split()
        if not pieces:
            now.space = now.space or bool(text)
            return
        if now.parts and (now.space or text[0].isspace()):
            now.parts.append(" ")
            now.length += 1
        self._add(" ".join(pieces))
        now.space = text[-1].isspace()

    def flush(self) -> None:
        """End the current block, if any text has come."""
        now = self._now
        if now.parts:
            self._now = _Text()
            self._end(now)
        now.space = False
        if self._unseen:
            self._flush_unseen()

    def _end(self, now: _Text) -> None:
        text = "".join(now.parts)
        if self._level.is_code:
            text = dedent(text)
            now.spans.clear()
        if not text or text.isspace():
            return
        if self._inline:  # styles that go on into the next block
            for tag, start, href in self._inline:
                now.spans += span(tag, start, now.length, href)
            self._inline = [(tag, 0, href) for tag, _start, href in self._inline]
        self.blocks.append(self._block(text, now))
        self._breaks = 0

    def _flush_unseen(self) -> None:
        """Make a hidden block of the hidden inline text, behind the block around it."""
        text = " ".join(_UNSEEN.sub("", "".join(self._unseen)).split())
        self._unseen = []
        if not text:
            return
        markup = Markup(tag="span", container=len(self.containers), link_chars=0)
        above = self._level.container
        self.containers.append(Container(parent=above, tag="span", hidden=True))
        self._run += 1
        self._run_key = None
        index, count = len(self.blocks), words.count(text)
        self.blocks.append(Block(index, text, words=count, run=self._run, markup=markup))

    # parts of it -------------------------------------------------------

    def _add(self, text: str) -> None:
        now = self._now
        now.parts.append(text)
        now.length += len(text)
        if self._href_depth:
            now.link_chars += len(text)

    def _break(self) -> None:
        if self._level.is_code:
            self._now.parts.append("\n")
            return
        had_text = bool(self._now.parts)
        self.flush()
        self._breaks = 1 if had_text else self._breaks + 1

    def _open_style(self, tag: str, href: str) -> None:
        start = self._now.length + (1 if self._now.space and self._now.parts else 0)
        is_link = tag == "a" and bool(href)
        self._inline.append((tag if is_link or tag in STYLES else "", start, href))
        if is_link:
            self._href_depth += 1

    def _close_style(self) -> None:
        if not self._inline:
            return
        tag, start, href = self._inline.pop()
        if tag == "a":
            self._href_depth -= 1
        self._now.spans += span(tag, start, self._now.length, href)

    def _entered(self, attributes: dict[str, str] | None, tag: str) -> _Level:
        above, container = self._level, self._container(attributes, tag)
        if tag not in _TELLING:
            return _Level(container, tag, above.role, above.is_code, above.control, None)
        role = ROLES.get(tag, above.role)
        first = len(self.blocks)
        if tag in LISTS:
            start = attributes.get("start", "1") if attributes else "1"
            self._counters.append(first_number(start) if tag == "ol" else None)
        elif tag in ITEMS:
            self._marker = self._next_marker()
        elif tag in CELLS and role is Role.HEADING:
            role = Role.PARAGRAPH
        return _Level(
            container,
            tag,
            role,
            is_code=role is Role.CODE,
            control=above.control or tag in CONTROLS,
            row=_Row(first, first) if tag == "tr" else None,
        )

    def _leave(self, tag: str) -> None:
        if tag in _COUNTED:
            if tag in LISTS:
                self._counters.pop()
            elif tag in ITEMS:
                self._marker = ""
            else:
                self._leave_cell(self._stack[-1].row)
        elif self._level.row is not None:
            self._merge_row(self._level.row)

    def _next_marker(self) -> str:
        if not self._counters or self._counters[-1] is None:
            return "-"
        number = self._counters[-1]
        self._counters[-1] = number + 1
        return f"{number}."

    def _container(self, attributes: dict[str, str] | None, tag: str) -> int:
        parent = self._level.container
        if len(self._stack) > MAX_DEPTH:
            return parent
        above = self.containers[parent]
        noscript = above.noscript or tag == "noscript"
        hidden = above.hidden or noscript
        if attributes is None:
            made = Container(parent, tag, (), (), "", hidden, noscript)
        else:
            key = (tag, *attributes, *attributes.values())
            said = self._said.get(key) or self._hear(key, attributes, tag)
            names, labels, aria, hides_it = said
            made = Container(parent, tag, names, labels, aria, hidden or hides_it, noscript)
        self.containers.append(made)
        return len(self.containers) - 1

    def _hear(self, key: tuple[str, ...], attributes: dict[str, str], tag: str) -> _Said:
        """What attributes say that have not come yet on this page, or too long ago."""
        said = (
            name_words(f"{attributes.get('class', '')} {attributes.get('id', '')}"),
            label_words(attributes),
            attributes.get("role", "").lower(),
            hides(attributes, tag),
        )
        if len(self._said) >= NAMES_KEPT:
            self._said.clear()
        self._said[key] = said
        return said

    def _block(self, text: str, now: _Text) -> Block:
        level, role, marker = self._level, self._level.role, ""
        spans = trimmed(now.spans, text) if now.spans else ()
        if self._marker and role in (Role.PARAGRAPH, Role.QUOTE):
            role, marker, self._marker = Role.LIST_ITEM, self._marker, ""
        bullet, rest = split_marker(text) if not level.is_code else ("", text)
        if bullet == "-" and not (role is Role.HEADING and text.startswith("-")):
            spans = shifted(spans, len(rest) - len(text))
            text = rest
            if role is not Role.HEADING:
                role, marker = Role.LIST_ITEM, marker or bullet
        count, link_chars = words.count(text), min(now.link_chars, len(text))
        return Block(
            len(self.blocks),
            text,
            words=count,
            run=self._next_run(count, role),
            role=role,
            level=HEADINGS.get(level.tag, 2) if role is Role.HEADING else 0,
            marker=marker,
            spans=spans,
            markup=Markup(level.tag, level.container, link_chars, level.control),
        )

    def _next_run(self, count: int, role: Role) -> int:
        """The run of a new block: the last one's within a list, or after a single line break."""
        last = self.blocks[-1] if self.blocks else None
        key = len(self._counters) if role is Role.LIST_ITEM and self._counters else None
        same = key is not None and key == self._run_key and last is not None
        if not same and self._breaks == 1 and last is not None and role is not Role.CODE:
            in_item = last.role is Role.LIST_ITEM and role is Role.PARAGRAPH
            same = last.role is role or in_item
            same = same and min(last.words, count) < PROSE_LINE_WORDS
            key = self._run_key if same and in_item else key
        self._run_key = key
        if not same:
            self._run += 1
        return self._run

    def _leave_cell(self, around: _Row | None) -> None:
        if around is not None:
            end = len(self.blocks)
            around.plain = around.plain and end - around.end <= 1
            around.end = end
            around.cells += 1

    def _merge_row(self, last: _Row) -> None:
        """Make one block of the cells of a table row, where each holds at most one."""
        if last.cells and last.plain and last.end == len(self.blocks):
            cells = self.blocks[last.first :]
            if is_row(cells, self.containers):
                del self.blocks[last.first :]
                above = self.blocks[-1] if self.blocks else cells[0]
                run = (above if above.role is Role.TABLE_ROW else cells[0]).run
                self.blocks.append(row(cells, run))
                self._run_key = None
