"""Raw page text, whose tags are gone, to blocks.

All shapes are read that such text comes in: a line a block, as Common Crawl's WET files have it; a
line a text node, as `get_text()` gives it; blocks parted by blank lines, as a copy from a browser
has it; lines wrapped at a column; indented, with columns, as a text browser shows it; all in one
line. Each block knows where it stands in the text that was handed over.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import or_

from cleanarticle.accelerator import accelerated
from cleanarticle.language import dates, words
from cleanarticle.readers import layout, line_breaks
from cleanarticle.readers.layout import TAB, Line, Shape
from cleanarticle.readers.lines import PROSE_LINE_WORDS, split_marker
from cleanarticle.readers.pieces import dedent
from cleanarticle.records import CELL_BORDER, Block, Role

MIN_LINES = 3  # a shorter text shows no shape
MIN_ROWS = 2
LINK_SIGNS = 8
LONG_STRETCH = 120  # characters without the end of a sentence, in a page that is one line
_PARAGRAPH, _ITEM, _ROW = Role.PARAGRAPH, Role.LIST_ITEM, Role.TABLE_ROW
_NO_SPACE_BEFORE = frozenset(",.;:!?)]}»”’…%、。，．！？：；）」』】》，،؛؟।")
_NO_SPACE_BEHIND = frozenset("([{«“„¿¡‘（「『【《-‐")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uff00-\uff65]"
)
_LINE_ENDS = frozenset('.!?…:。！？：」』）”"')
_COMMAS = frozenset(",;、，；。،؛")
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
    whole = _whole_lines(lines, shape, text)
    own_runs = shape in (Shape.LINES, Shape.ONE_LINE, Shape.LAYOUT)
    return tuple(blocks_of(whole, text, shape is Shape.ONE_LINE, own_runs))


@accelerated("lines")
def blocks_of(lines: Sequence[Line], text: str, in_one: bool, own_runs: bool) -> list[Block]:
    """The blocks of lines that are one each, but for code.

    Args:
        lines: of the page.
        text: the page.
        in_one: whether it is all in one line.
        own_runs: whether lines stand below each other that have nothing to do with each other.
    """
    reader = _LineReader(text, in_one, own_runs)
    for line in lines:
        reader.read(line)
    reader.end_code()
    return reader.blocks


def _whole_lines(lines: Sequence[Line], shape: Shape, text: str) -> Sequence[Line]:
    """Lines, put together and taken apart so that each is a block."""
    if shape is Shape.ONE_LINE:
        return [piece for line in lines for piece in _sentences(line, text)]
    if shape is Shape.PARAGRAPHS or len(lines) < MIN_LINES:
        return lines
    return _rejoined(_with_rows(lines) if shape is Shape.LAYOUT else lines, shape)


def _rejoined(lines: Sequence[Line], shape: Shape) -> list[Line]:
    """Lines, with those put together whose break stands within a block."""
    parted = _in_code(lines) if shape is Shape.WRAPPED else [False] * len(lines)
    within = line_breaks.within([line.text for line in lines]).tolist()
    if shape is Shape.WRAPPED:
        width = layout.width_of(lines)
        full = (layout.is_full(a.raw, b.text, width) for a, b in pairwise(lines))
        within = list(map(or_, within, full))
    return joined(lines, within, parted)


def _in_code(lines: Sequence[Line]) -> list[bool]:
    """For each line: whether it is one of code, which a gap parts from what is above."""
    found: list[bool] = []
    for line in lines:
        found.append(line.is_code and (line.gap or found[-1]))
    return found


@accelerated("lines")
def joined(lines: Sequence[Line], within: Sequence[bool], parted: Sequence[bool]) -> list[Line]:
    """Lines, with those put together that go on the line above.

    Args:
        lines: at least one.
        within: for each break between two lines, whether it is known to stand within a block.
        parted: for each line, whether it may not go on the one above.
    """
    found: list[Line] = []
    first, has_commas = 0, False
    spaced = not any(has_wide_comma(line.text) for line in lines)
    for number in range(1, len(lines)):
        above, line = lines[number - 1], lines[number]
        has_commas = not spaced and (has_commas or has_wide_comma(above.text))
        goes_on = (
            within[number - 1]
            or opens_with_comma(above.text, line.text)
            or (
                has_commas and _is_unfinished(above.text, line.text, lines[number + 1 : number + 2])
            )
        )
        if not goes_on or parted[number] or _is_apart(above, line):
            found.append(as_one(lines[first:number]))
            first, has_commas = number, False
    found.append(as_one(lines[first:]))
    return found


def _is_apart(above: Line, line: Line) -> bool:
    """Whether a line opens a block by its form, or one of two is a row."""
    return line.gap or line.is_item or CELL_BORDER in line.text or CELL_BORDER in above.text


def as_one(lines: Sequence[Line]) -> Line:
    """One line of several."""
    first = lines[0]
    text = first.text
    if len(lines) > 1:
        goes_on = (between(a.text, b.text) + b.text for a, b in pairwise(lines))
        text = "".join((text, *goes_on))
    return Line(text, first.raw, first.start, lines[-1].end, first.gap)


def has_wide_comma(text: str) -> bool:
    """Whether a text holds a comma or a stop of a script without spaces."""
    return not text.isascii() and bool(_WIDE_COMMA.search(text))


def opens_with_comma(above: str, below: str) -> bool:
    """Whether a line begins with a comma, as no block does."""
    return below[0] in _COMMAS and len(below) > 1 and above[-1] not in _LINE_ENDS


def _is_unfinished(above: str, below: str, then: Sequence[Line]) -> bool:
    """Whether a sentence with commas goes on, in scripts without spaces.

    They are rare on the pages that were learned, and no capitals tell. Such a line, where it does
    not end as a sentence does, goes on in one that has commas, too, or in a few words, as of a
    link, before one.
    """
    if above[-1] in _LINE_ENDS or not _UNSPACED.match(above[-1]):
        return False
    other = below if len(below) > LINK_SIGNS else then[0].text if then else ""
    return has_wide_comma(other)


def between(above: str, below: str) -> str:
    """A space, where the line break stood for one."""
    last, first = above[-1], below[0]
    if first in _NO_SPACE_BEFORE or last in _NO_SPACE_BEHIND:
        return ""
    return "" if _UNSPACED.match(last) and _UNSPACED.match(first) else " "


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
    places = _places(line.text, text[line.start : line.end])
    position = 0
    for end in _cuts(line.text):
        stretch = line.text[position:end]
        if piece := stretch.strip():
            first = position + len(stretch) - len(stretch.lstrip())
            last = first + len(piece) - 1
            start, behind = line.start + places[first], line.start + places[last] + 1
            yield Line(piece, piece, start, behind, gap=position == 0)
        position = end


def _places(tidy: str, standing: str) -> Sequence[int]:
    """Where each sign of a line stands in the text that was handed over; of spaces, no matter."""
    if tidy == standing:
        return range(len(tidy))
    found = iter(layout.signs(standing))
    return [0 if sign == " " else next(found, 0) for sign in tidy]  # borders of rows are added


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

    def __init__(self, text: str, in_one: bool, own_runs: bool) -> None:
        self.blocks: list[Block] = []
        self._text = text
        self._in_one = in_one
        self._own_runs = own_runs
        self._run = 0
        self._gap = True  # nothing goes on the block above
        self._code: list[Line] = []

    def read(self, line: Line) -> None:
        """Make a block of a line, or keep it as one of code."""
        self._gap = self._gap or line.gap
        if not self._own_runs and self._is_code(line):
            self._code.append(line)
            self._gap = False
            return
        if self._code:
            self.end_code()
        if self.blocks or not (label := dates.leading_label(line.text)):
            self._line(line)
        elif rest := self._label(label, line):
            self._line(rest)

    def _is_code(self, line: Line) -> bool:
        """Whether an indented line is code: a list item is, where it does not follow other text."""
        return line.is_code and (self._gap or bool(self._code) or not line.is_item)

    def _label(self, label: str, line: Line) -> Line | None:
        """Make a block of a labelled day that opens the page; the rest of its line."""
        places = _places(line.text, self._text[line.start : line.end])
        behind = line.start + places[len(label) - 1] + 1
        self._add(label, _PARAGRAPH, "", (line.start, behind))
        self._gap = True
        rest = line.text[len(label) :].strip()
        start = places[len(line.text) - len(rest)] if rest else 0
        return line._replace(text=rest, start=line.start + start) if rest else None

    def _line(self, line: Line) -> None:
        goes_on = self._in_one and not line.gap and bool(self.blocks)
        marker, text = ("", line.text) if goes_on else split_marker(line.text)
        role = _ITEM if marker else _ROW if CELL_BORDER in text else _PARAGRAPH
        self._add(text, role, marker, (line.start, line.end), goes_on=goes_on)
        self._gap = False

    def end_code(self) -> None:
        """Make a block of the indented lines so far."""
        if self._code:
            lines = [f"{chr(10) * line.blank}{line.raw.expandtabs(TAB)}" for line in self._code]
            place = self._code[0].start, self._code[-1].end
            self._gap = True
            self._add(dedent("\n".join(lines)), Role.CODE, "", place)
            self._code = []

    def _follows(self, role: Role, length: int) -> bool:
        """Whether a line of so many words goes on in the run of the line above."""
        if self._gap or not self.blocks:
            return False
        above = self.blocks[-1]
        if role is _PARAGRAPH or role is not above.role:
            prose = above.words >= PROSE_LINE_WORDS and length >= PROSE_LINE_WORDS
            return not self._own_runs and (role is _ITEM or not prose)
        return True

    def _add(
        self, text: str, role: Role, marker: str, place: tuple[int, int], goes_on: bool = False
    ) -> None:
        length = words.count(text)
        if not self._follows(role, length):
            self._run += 1
        index = len(self.blocks)
        self.blocks.append(
            Block(index, text, length, self._run, role, 0, marker, (), None, place, goes_on)
        )
