"""Raw page text, whose tags are gone, to blocks.

All shapes are read that such text comes in: a line a block, as Common Crawl's WET files have it; a
line a text node, as `get_text()` gives it; blocks parted by blank lines, as a copy from a browser
has it; lines wrapped at a column; indented, with columns, as a text browser shows it; all in one
line. Each block knows where it stands in the text that was handed over.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from operator import or_

from cleanarticle.language import dates, words
from cleanarticle.readers import layout, line_breaks
from cleanarticle.readers.layout import TAB, Line, Shape
from cleanarticle.readers.lines import breaks_paragraph, split_marker
from cleanarticle.readers.pieces import dedent
from cleanarticle.records import CELL_BORDER, Block, Role

MIN_LINES = 3  # a shorter text shows no shape
MIN_ROWS = 2
LINK_SIGNS = 8
LONG_STRETCH = 120  # characters without the end of a sentence, in a page that is one line
_NO_SPACE_BEFORE = tuple(",.;:!?)]}»”’…%、。，．！？：；）」』】》，،؛؟।")
_NO_SPACE_BEHIND = tuple("([{«“„¿¡‘（「『【《-‐")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uff00-\uff65]"
)
_LINE_ENDS = tuple('.!?…:。！？：」』）”"')
_COMMAS = tuple(",;、，；。،؛")
_WIDE_COMMA = re.compile("[，、；。]")
_BY = re.compile(r"(?<=\s)(?:By|Von|Par|Por|Di|Door|Av|Af|Autor:|Автор:|Text:)\s(?=[^\W\d_a-z])")
# Behind the end of a sentence, before a sign that is no small letter; or around a border.
_SENTENCE = re.compile(
    r"(?<=[^\s.][^\s.][.!?…])[\"'”’»)\]]*\s+(?=[^\sa-zà-ÿа-я,;.])"
    r"|(?<=[。！？])(?=[^」』”）])"
    r"|\s+(?=[•·»›|©►▶]\s)"
)


def read_text(text: str) -> tuple[Block, ...]:
    """Blocks of raw page text, in its order; empty for text without any word."""
    lines = layout.split(text)
    shape = layout.shape_of(lines)
    reader = _LineReader(shape, text)
    for line in _blocks_of(lines, shape, text):
        reader.read(line)
    reader.end_code()
    return tuple(reader.blocks)


def _blocks_of(lines: Sequence[Line], shape: Shape, text: str) -> Iterator[Line]:
    """Lines, put together and taken apart so that each is a block."""
    if shape is Shape.ONE_LINE:
        for line in lines:
            yield from _sentences(line, text)
    elif shape is Shape.PARAGRAPHS or len(lines) < MIN_LINES:
        yield from lines
    else:
        yield from _rejoined(_with_rows(lines) if shape is Shape.LAYOUT else lines, shape)


def _rejoined(lines: Sequence[Line], shape: Shape) -> Iterator[Line]:
    """Lines, with those put together whose break stands within a block."""
    within = line_breaks.within([line.text for line in lines])
    width = layout.width_of(lines) if shape is Shape.WRAPPED else sys.maxsize
    parts = [lines[0]]
    in_code = shape is Shape.WRAPPED and lines[0].is_code
    has_commas = False
    ahead = (*lines[2:], None)
    for above, line, told, then in zip(lines, lines[1:], within.tolist(), ahead, strict=False):
        has_commas = has_commas or bool(_WIDE_COMMA.search(above.text))
        goes_on = (
            told
            or layout.is_full(above.raw, line.text, width)
            or _opens_with_comma(above.text, line.text)
            or (has_commas and _is_unfinished(above.text, line.text, then))
        )
        in_code = shape is Shape.WRAPPED and line.is_code and (line.gap or in_code)
        parted = line.gap or line.is_item or in_code
        if not goes_on or parted or CELL_BORDER in line.text or CELL_BORDER in above.text:
            yield _as_one(parts)
            parts, has_commas = [], False
        parts.append(line)
    yield _as_one(parts)


def _as_one(lines: Sequence[Line]) -> Line:
    """One line of several."""
    first = lines[0]
    joined = (between(a.text, b.text) + b.text for a, b in pairwise(lines))
    return Line("".join((first.text, *joined)), first.raw, first.start, lines[-1].end, first.gap)


def _opens_with_comma(above: str, below: str) -> bool:
    """Whether a line begins with a comma, as no block does."""
    return below.startswith(_COMMAS) and len(below) > 1 and not above.endswith(_LINE_ENDS)


def _is_unfinished(above: str, below: str, then: Line | None) -> bool:
    """Whether a sentence with commas goes on, in scripts without spaces.

    They are rare on the pages that were learned, and no capitals tell. Such a line, where it does
    not end as a sentence does, goes on in one that has commas, too, or in a few words, as of a
    link, before one.
    """
    if above.endswith(_LINE_ENDS) or not _UNSPACED.match(above[-1]):
        return False
    other = below if len(below) > LINK_SIGNS else then.text if then else ""
    return bool(_WIDE_COMMA.search(other))


def between(above: str, below: str) -> str:
    """A space, where the line break stood for one."""
    if below.startswith(_NO_SPACE_BEFORE) or above.endswith(_NO_SPACE_BEHIND):
        return ""
    return "" if _UNSPACED.match(above[-1]) and _UNSPACED.match(below[0]) else " "


def _with_rows(lines: Sequence[Line]) -> list[Line]:
    """Lines, with borders between the cells of those that stand in columns, several below."""
    parts = [layout.cells(line) for line in lines]
    is_row = [len(part) >= MIN_ROWS for part in parts]
    tight = [row and not line.gap for row, line in zip(is_row, lines, strict=True)]
    above = (row and below for row, below in zip((False, *is_row), tight, strict=False))
    beside = map(or_, above, (*tight[1:], False))
    return [
        layout.as_row(line, part) if row and near else line
        for line, part, row, near in zip(lines, parts, is_row, beside, strict=True)
    ]


def _sentences(line: Line, text: str) -> Iterator[Line]:
    """The sentences of a line, and what borders part, each with its place in the text."""
    places = [line.start + place for place in layout.signs(text[line.start : line.end])]
    position = first = 0
    for end in _cuts(line.text):
        piece = line.text[position:end].strip()
        last = first + len(piece.replace(" ", ""))
        if piece:
            yield Line(piece, piece, places[first], places[last - 1] + 1, gap=position == 0)
        position, first = end, last


def _cuts(text: str) -> Iterator[int]:
    """Where a line is cut: behind sentences, at borders, and at bylines and days behind a menu."""
    begin = 0
    for end in (*(match.end() for match in _SENTENCE.finditer(text)), len(text)):
        stretch = text[begin:end]
        if len(stretch) > LONG_STRETCH:
            cuts = {match.start() for match in _BY.finditer(stretch)}
            for start in range(0, len(stretch), dates.MAX_CHARS // 2):
                for day in dates.find_days(stretch[start : start + dates.MAX_CHARS]):
                    if day.start or not start:  # else its first figure may stand in the last piece
                        cuts |= {start + day.start, start + day.end}
            yield from (begin + cut for cut in sorted(cuts) if _is_menu(stretch[:cut]))
        yield end
        begin = end


def _is_menu(text: str) -> bool:
    """Whether most words begin with a capital, as in menus and headlines."""
    parts = text.split()
    return sum(word[0].isupper() or word[0].isdigit() for word in parts) > len(parts) / 2


class _LineReader:
    """Collects blocks line by line."""

    def __init__(self, shape: Shape, text: str) -> None:
        self.blocks: list[Block] = []
        self._text = text
        self._shape = shape
        self._own_runs = shape in (Shape.LINES, Shape.ONE_LINE, Shape.LAYOUT)
        self._run = 0
        self._gap = True  # nothing goes on the block above
        self._code: list[Line] = []

    def read(self, line: Line) -> None:
        """Make a block of a line, or keep it as one of code."""
        self._gap = self._gap or line.gap
        if not self._own_runs and self._is_code(line):
            self._code.append(line)
            self._gap = False
        else:
            self.end_code()
            self._line(line)

    def _is_code(self, line: Line) -> bool:
        """Whether an indented line is code: a list item is, where it does not follow other text."""
        return line.is_code and (self._gap or bool(self._code) or not line.is_item)

    def _line(self, line: Line) -> None:
        text, start = line.text, line.start
        if not self.blocks and (label := dates.leading_label(text)):
            places = [start + place for place in layout.signs(self._text[start : line.end])]
            own = len(label.replace(" ", ""))
            place = (start, places[own - 1] + 1)
            self._add(label, Role.PARAGRAPH, "", place, follows=False)
            text = text[len(label) :].strip()
            start = places[own] if text else line.end
            self._gap = True
            if not text:
                return
        marker, text = ("", text) if self._goes_on(line) else split_marker(text)
        role = (
            Role.LIST_ITEM if marker else Role.TABLE_ROW if CELL_BORDER in text else Role.PARAGRAPH
        )
        follows = self._follows(text, role)
        self._add(text, role, marker, (start, line.end), follows=follows)
        if self._goes_on(line):
            self.blocks[-1] = replace(self.blocks[-1], goes_on=True)
        self._gap = False

    def _goes_on(self, line: Line) -> bool:
        """Whether it is a further piece of a page in one line."""
        return self._shape is Shape.ONE_LINE and not line.gap and bool(self.blocks)

    def end_code(self) -> None:
        """Make a block of the indented lines so far."""
        if self._code:
            lines = [f"{chr(10) * line.blank}{line.raw.expandtabs(TAB)}" for line in self._code]
            place = self._code[0].start, self._code[-1].end
            self._add(dedent("\n".join(lines)), Role.CODE, "", place, follows=False)
            self._gap = True
        self._code = []

    def _follows(self, text: str, role: Role) -> bool:
        """Whether a line goes on in the run of the line above."""
        if self._gap or not self.blocks:
            return False
        above = self.blocks[-1]
        if role is Role.LIST_ITEM and not self._own_runs:
            return True
        in_one = role is not Role.PARAGRAPH and role is above.role
        return in_one or (not self._own_runs and not breaks_paragraph(above.text, text))

    def _add(
        self, text: str, role: Role, marker: str, place: tuple[int, int], *, follows: bool
    ) -> None:
        if not follows:
            self._run += 1
        self.blocks.append(
            Block(
                index=len(self.blocks),
                text=text,
                words=words.count(text),
                run=self._run,
                role=role,
                marker=marker,
                place=place,
            )
        )
