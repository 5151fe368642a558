"""A tree to blocks of text, in one iterative pass.

A block is a run of inline text inside one block-level element. Two line breaks in a row end it, and
so does one: lines split by `<br>` are blocks of one run. The cells of a table row that hold one
block each make one block.
"""

from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from cleanarticle.language import words
from cleanarticle.readers.attributes import (
    INLINE,
    LABELS,
    SKIPPED,
    first_number,
    is_hidden,
    name_words,
)
from cleanarticle.readers.lines import breaks_paragraph, split_marker
from cleanarticle.readers.pieces import STYLES, dedent, row, shifted, span, trimmed
from cleanarticle.records import Block, Container, Markup, Role, Span

_CONTROLS = frozenset(["button", "option", "select", "textarea", "label"])
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_ITEMS = frozenset(("li", "dt", "dd"))
_LISTS = frozenset(("ul", "ol", "dl"))

# Soft hyphen, zero-width marks, and control characters that came as entities.
_UNSEEN = dict.fromkeys(
    [0xAD, 0x200B, 0x2060, 0xFEFF, *range(1, 9), *range(14, 32), *range(127, 160)]
)
MAX_DEPTH = 250  # containers deeper than this count as their parent


def read_blocks(root: Any) -> tuple[tuple[Block, ...], tuple[Container, ...]]:
    """Blocks and containers of a tree, in page order. The tree is only read."""
    reader = _BlockReader()
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        tag = element.tag
        if event == "start" and isinstance(tag, str):
            if tag in SKIPPED:
                walker.skip_subtree()
            else:
                reader.open(element, tag)
                if element.text:
                    reader.text(element.text)
            continue
        if event == "end" and isinstance(tag, str) and tag not in SKIPPED:
            reader.close(tag)
        if element.tail and element is not root:
            reader.text(element.tail)
    reader.flush()
    return tuple(reader.blocks), tuple(reader.containers)


@dataclass(slots=True)
class _Level:
    """What an open block-level element changed, to be put back at its end."""

    container: int
    tag: str
    role: Role
    control: bool
    rows: tuple[int, list[int]] | None  # of an open table row: first block, ends of its cells


@dataclass(slots=True)
class _Text:
    """The block being read."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    space: bool = False  # white space is owed before the next word
    link_chars: int = 0
    spans: list[Span] = field(default_factory=list)


class _BlockReader:
    """Turns the events of a tree into blocks."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.containers: list[Container] = [Container(parent=-1, tag="")]
        self._stack: list[_Level] = []
        self._level = _Level(0, "", Role.PARAGRAPH, control=False, rows=None)
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

    # events ------------------------------------------------------------

    def open(self, element: Any, tag: str) -> None:
        if self._unseen_depth and tag not in INLINE:
            self._unseen.append(" ")
        if self._unseen_depth or (tag in INLINE and is_hidden(element, tag)):
            self._unseen_depth += 1
        elif tag == "br":
            self._break()
        elif tag in INLINE:
            if tag in STYLES or tag == "a":
                self._open_style(tag, element.get("href", ""))
        else:
            self.flush()
            self._breaks = 0
            self._stack.append(self._level)
            self._level = self._entered(element, tag)

    def close(self, tag: str) -> None:
        if self._unseen_depth:
            self._unseen_depth -= 1
            return
        if tag == "br":
            return
        if tag in INLINE:
            if tag in STYLES or tag == "a":
                self._close_style()
            return
        self.flush()
        self._breaks = 0
        self._leave(tag)
        self._level = self._stack.pop()

    def text(self, text: str) -> None:
        if self._unseen_depth:
            self._unseen.append(text)
            return
        if self._level.role is Role.CODE:
            self._add(text.translate(_UNSEEN))
            return
        if not text.isascii() or "\x7f" in text:
            text = text.translate(_UNSEEN)
        joined = " ".join(text.split())
        if not joined:
            self._now.space = self._now.space or bool(text)
            return
        if text[0].isspace():
            self._now.space = True
        if self._now.space and self._now.parts:
            self._now.parts.append(" ")
            self._now.length += 1
        self._add(joined)
        self._now.space = text[-1].isspace()

    def flush(self) -> None:
        """End the current block, if any text has come."""
        now, self._now = self._now, _Text()
        text = "".join(now.parts)
        if self._level.role is Role.CODE:
            text = dedent(text)
            now.spans.clear()
        if not text or text.isspace():
            self._flush_unseen()
            return
        for tag, start, href in self._inline:  # styles that go on into the next block
            now.spans += span(tag, start, now.length, href)
        self._inline = [(tag, 0, href) for tag, _start, href in self._inline]
        self.blocks.append(self._block(text, now))
        self._breaks = 0
        self._flush_unseen()

    def _flush_unseen(self) -> None:
        """Make a hidden block of the hidden inline text, behind the block around it."""
        text = " ".join("".join(self._unseen).translate(_UNSEEN).split())
        self._unseen = []
        if not text:
            return
        level, position = self._level, len(self.containers)
        self.containers.append(Container(parent=level.container, tag="span", hidden=True))
        self._run += 1
        self._run_key = None
        markup = Markup(tag="span", container=position, link_chars=0)
        self.blocks.append(
            Block(
                index=len(self.blocks),
                text=text,
                words=words.count(text),
                run=self._run,
                markup=markup,
            )
        )

    # parts of it -------------------------------------------------------

    def _add(self, text: str) -> None:
        now = self._now
        now.parts.append(text)
        now.length += len(text)
        if self._href_depth:
            now.link_chars += len(text)
        now.space = False

    def _break(self) -> None:
        if self._level.role is Role.CODE:
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

    def _entered(self, element: Any, tag: str) -> _Level:
        above = self._level
        role, control = above.role, above.control or tag in _CONTROLS
        if tag in _HEADINGS:
            role = Role.HEADING
        elif tag in ("pre", "listing", "xmp"):
            role = Role.CODE
        elif tag == "blockquote":
            role = Role.QUOTE
        elif tag in _LISTS:
            self._counters.append(first_number(element) if tag == "ol" else None)
        elif tag in _ITEMS:
            self._marker = self._next_marker()
        elif tag in ("td", "th") and role is Role.HEADING:
            role = Role.PARAGRAPH
        rows: tuple[int, list[int]] | None = (len(self.blocks), []) if tag == "tr" else None
        return _Level(self._container(element, tag), tag, role, control, rows)

    def _leave(self, tag: str) -> None:
        if tag in _LISTS and self._counters:
            self._counters.pop()
        elif tag in _ITEMS:
            self._marker = ""
        elif tag in ("td", "th") and self._stack[-1].rows is not None:
            self._stack[-1].rows[1].append(len(self.blocks))
        elif tag == "tr" and self._level.rows is not None:
            self._merge_row(*self._level.rows)

    def _next_marker(self) -> str:
        if not self._counters or self._counters[-1] is None:
            return "-"
        number = self._counters[-1]
        self._counters[-1] = number + 1
        return f"{number}."

    def _container(self, element: Any, tag: str) -> int:
        above = self.containers[self._level.container]
        if len(self._stack) > MAX_DEPTH:
            return self._level.container
        names = f"{element.get('class', '')} {element.get('id', '')}"
        labels = " ".join(filter(None, map(element.get, LABELS)))
        noscript = above.noscript or tag == "noscript"
        self.containers.append(
            Container(
                parent=self._level.container,
                tag=tag,
                names=name_words(names) if len(names) > 1 else (),
                labels=name_words(labels) if labels else (),
                aria=element.get("role", "").lower(),
                hidden=above.hidden or noscript or is_hidden(element, tag),
                noscript=noscript,
            )
        )
        return len(self.containers) - 1

    def _block(self, text: str, now: _Text) -> Block:
        level, role, marker = self._level, self._level.role, ""
        spans = trimmed(now.spans, text)
        if role in (Role.PARAGRAPH, Role.QUOTE) and self._marker:
            role, marker, self._marker = Role.LIST_ITEM, self._marker, ""
        bullet, rest = split_marker(text) if role is not Role.CODE else ("", text)
        if bullet == "-" and not (role is Role.HEADING and text.startswith("-")):
            spans = shifted(spans, len(rest) - len(text))
            text = rest
            if role is not Role.HEADING:
                role, marker = Role.LIST_ITEM, marker or bullet
        return Block(
            index=len(self.blocks),
            text=text,
            words=words.count(text),
            run=self._next_run(text, role),
            role=role,
            level=_HEADINGS.get(level.tag, 2) if role is Role.HEADING else 0,
            marker=marker,
            spans=spans,
            markup=Markup(
                tag=level.tag,
                container=level.container,
                link_chars=min(now.link_chars, len(text)),
                control=level.control,
            ),
        )

    def _next_run(self, text: str, role: Role) -> int:
        """The run of a new block: the last one's within a list, or after a single line break."""
        last = self.blocks[-1] if self.blocks else None
        key = len(self._counters) if role is Role.LIST_ITEM and self._counters else None
        same = key is not None and key == self._run_key and last is not None
        if not same and self._breaks == 1 and last is not None and role is not Role.CODE:
            in_item = last.role is Role.LIST_ITEM and role is Role.PARAGRAPH
            same = last.role is role or in_item
            same = same and not breaks_paragraph(last.text, text)
            key = self._run_key if same and in_item else key
        self._run_key = key
        if not same:
            self._run += 1
        return self._run

    def _is_hidden(self, block: Block) -> bool:
        return block.markup is not None and self.containers[block.markup.container].hidden

    def _merge_row(self, first: int, ends: list[int]) -> None:
        """Make one block of the cells of a table row, where each holds at most one."""
        cells = self.blocks[first:]
        starts = [first, *ends[:-1]] if ends else []
        if (
            len(cells) < 2
            or not ends
            or ends[-1] != len(self.blocks)
            or any(end - start > 1 for start, end in zip(starts, ends, strict=True))
        ):
            return
        if any(cell.role not in (Role.PARAGRAPH, Role.HEADING) for cell in cells):
            return
        if len({self._is_hidden(cell) for cell in cells}) > 1:
            return
        del self.blocks[first:]
        follows = bool(self.blocks) and self.blocks[-1].role is Role.TABLE_ROW
        self.blocks.append(row(cells, run=self.blocks[-1].run if follows else cells[0].run))
        self._run_key = None
