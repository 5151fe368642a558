"""Raw page text in lines: where each stands, and which shape the page as a whole has."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from cleanarticle.accelerator import accelerated
from cleanarticle.language import words
from cleanarticle.readers.lines import CODE_INDENT, printable, split_marker
from cleanarticle.records import CELL_BORDER

_UNSEEN_SIGNS = "\u00ad\u200b\u2060\ufeff"  # as in markup
MANY_UNSEEN = 16  # different ones: lines are not looked through for each
TAB = 4
LINE_FORM_SHARE = 0.8  # of plain lines that stand directly below another plain line
SHALLOW_SHARE, LAYOUT_LINES = 0.1, 5  # of the lines are indented by less than code is
INDENTED_SHARE, LAYOUT_PROSE, PROSE_WORDS = 0.6, 3, 8  # are indented, and so many are prose
PROSE_SHARE = 0.9  # of the lines of prose are indented, as beside code they are not
ONE_LINE_SHARE, ONE_LINE_WORDS = 0.6, 200  # of the page's words, in its longest line
ONE_LINE_LINES = 3  # at most: a title, a menu or a footer beside it
MIN_WIDTH, MAX_WIDTH = 60, 100  # columns at which lines are wrapped
MIN_WRAPPED, WRAPPED_SHARE = 3, 0.5  # lines that end since the next word does not fit
LONG_WORD = 10  # signs, with the space behind it
_CODE_SIGNS = frozenset("{}=;<>[]_\\")
_CELLS = re.compile(r" {3,}|\t+")
_CRLF = re.compile("\r\n")
# Kana, ideographs, Hangul and full-width Latin are wide; below Hangul's letters, no sign is.
_WIDE = re.compile("[\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fef\uac00-\ud7a3\uff01-\uff60]+")
_PERHAPS_WIDE = re.compile("[\u1100-\U0010ffff]")


class Shape(StrEnum):
    """How the blocks of a page are laid out in lines."""

    LINES = "lines"  # a line a block, or a line a text node: nearly no blank lines
    PARAGRAPHS = "paragraphs"  # blank lines part the blocks
    WRAPPED = "wrapped"  # the same, and long lines are broken at a column
    LAYOUT = "layout"  # indented and in columns, as a text browser shows it
    ONE_LINE = "one line"  # nearly all in one line


class Line(NamedTuple):
    """A line that holds a sign, or several that are one."""

    text: str  # single spaces
    raw: str  # as it stands, without unseen signs
    start: int  # in the text that was handed over, white space at the ends left out
    end: int
    gap: bool  # a blank line stands above, or it is the first
    blank: int = 0  # blank lines above

    @property
    def indent(self) -> int:
        """Columns before its first sign."""
        space = self.raw[: len(self.raw) - len(self.raw.lstrip())]
        return len(space.expandtabs(TAB))

    @property
    def is_code(self) -> bool:
        """Whether it is indented as code is."""
        return self.raw.startswith((CODE_INDENT, "\t"))

    @property
    def is_item(self) -> bool:
        """Whether it begins with a bullet or a number."""
        return bool(split_marker(self.text)[0])

    @property
    def is_plain(self) -> bool:
        """Whether it is of no list, table or code."""
        return not (CELL_BORDER in self.raw or self.is_code or self.is_item)


def split(text: str) -> list[Line]:
    """The lines that hold a sign. All line ends part lines: those of old systems, form feeds."""
    return split_lines(text, _unseen(text), _shown, Line)


def returns(text: str) -> tuple[int, ...]:
    """Where a carriage return stands that makes one line end with the line feed behind it."""
    return tuple(match.start() for match in _CRLF.finditer(text)) if "\r" in text else ()


def _unseen(text: str) -> str:
    """The signs of a text that nobody sees."""
    if _shown(text) == text:
        return ""
    signs = set(text)
    return "".join(signs - set(_shown("".join(signs))))


@accelerated("lines")
def split_lines(
    text: str, unseen: str, shown: Callable[[str], str], line_type: type[Line]
) -> list[Line]:
    """The lines of a text that hold a sign.

    Args:
        text: the text.
        unseen: signs of the text that nobody sees.
        shown: leaves them out of a line.
        line_type: what is made of each line.
    """
    found: list[Line] = []
    position, blank = 0, 0
    for whole in text.splitlines(keepends=True):
        raw = standing = whole.rstrip()
        if len(unseen) > MANY_UNSEEN or any(sign in standing for sign in unseen):
            raw = shown(standing).rstrip()
        if raw:
            start = position + len(standing) - len(standing.lstrip())
            end = position + len(standing)
            gap = blank > 0 or not found
            found.append(line_type(" ".join(raw.split()), raw, start, end, gap, blank))
            blank = 0
        else:
            blank += 1
        position += len(whole)
    return found


def _shown(text: str) -> str:
    """The text without signs that nobody sees."""
    text = printable(text)
    for sign in _UNSEEN_SIGNS:
        text = text.replace(sign, "")
    return text


def signs(text: str) -> list[int]:
    """Positions of the signs that lines keep, white space left out."""
    left_out = {sign for sign in set(text) if sign.isspace() or not _shown(sign)}
    return [place for place, sign in enumerate(text) if sign not in left_out]


def shape_of(lines: Sequence[Line]) -> Shape:
    """The shape of a page, by all its lines."""
    if is_one_line(lines):
        return Shape.ONE_LINE
    if is_layout(lines):
        return Shape.LAYOUT
    if is_line_form(lines):
        return Shape.LINES
    return Shape.WRAPPED if is_wrapped(lines) else Shape.PARAGRAPHS


def is_one_line(lines: Sequence[Line]) -> bool:
    """Whether the longest line is nearly the whole page, and too long for a paragraph."""
    if len(lines) > ONE_LINE_LINES or any(line.blank for line in lines[1:]):
        return False
    longest = max((line.text for line in lines), key=len, default="")
    if len(longest) <= ONE_LINE_SHARE * sum(len(line.text) for line in lines):
        return False
    return _has_words(longest, ONE_LINE_WORDS)


def is_layout(lines: Sequence[Line]) -> bool:
    """Whether indentation is that of a text browser, not that of code."""
    indented = [line for line in lines if line.raw[0].isspace()]
    shallow = sum(1 for line in indented if line.indent < len(CODE_INDENT) and not line.is_item)
    if shallow >= max(LAYOUT_LINES, SHALLOW_SHARE * len(lines)):
        return True
    if len(indented) <= INDENTED_SHARE * len(lines):
        return False
    beside = sum(1 for line in lines if not line.raw[0].isspace() and _is_prose(line.text))
    prose = 0
    for line in indented:
        prose += _is_prose(line.text)
        if prose >= LAYOUT_PROSE and prose > PROSE_SHARE * (prose + beside):
            return True
    return False


def _is_prose(text: str) -> bool:
    """Whether a line is of words rather than of code."""
    return _has_words(text, PROSE_WORDS) and _CODE_SIGNS.isdisjoint(text)


def _has_words(text: str, number: int) -> bool:
    """Whether a text has so many words; mostly, its beginning has them."""
    beginning = text[: number * LONG_WORD]
    return words.count(beginning) >= number or (
        len(beginning) < len(text) and words.count(text) >= number
    )


def is_line_form(lines: Sequence[Line]) -> bool:
    """Whether each line is a block of its own, rather than blank lines parting the blocks."""
    plain, pairs = neighbours(lines)
    return plain >= 2 and pairs > LINE_FORM_SHARE * (plain - 1)


@accelerated("lines")
def neighbours(lines: Sequence[Line]) -> tuple[int, int]:
    """(lines of no list, table or code, how many of them stand right below another)."""
    plain = [line.is_plain for line in lines]
    pairs = zip(plain, plain[1:], lines[1:], strict=False)
    return sum(plain), sum(above and here and not line.gap for above, here, line in pairs)


def is_wrapped(lines: Sequence[Line]) -> bool:
    """Whether lines end since the next word would not have fitted into a column."""
    if not lines or max(len(line.raw) for line in lines) > MAX_WIDTH:
        return False
    width = width_of(lines)
    if not MIN_WIDTH <= width <= MAX_WIDTH:
        return False
    pairs = [
        (above, below)
        for above, below in pairwise(lines)
        if not (below.gap or below.is_item or below.is_code or above.is_code)
    ]
    full = sum(1 for above, below in pairs if is_full(above.raw, below.text, width))
    return full >= max(MIN_WRAPPED, WRAPPED_SHARE * len(pairs))


def is_full(above: str, below: str, width: int) -> bool:
    """Whether the first word of the line below would not fit behind the line above."""
    return columns(above) + 1 + columns(below.partition(" ")[0]) > width


def width_of(lines: Sequence[Line]) -> int:
    """Columns of the longest line."""
    return max((columns(line.raw) for line in lines), default=0)


def columns(text: str) -> int:
    """Columns of a text in a terminal, where wide signs take two."""
    if text.isascii():
        return len(text)
    others = _WIDE.sub("", text)
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in _PERHAPS_WIDE.findall(others))
    return 2 * len(text) - len(others) + wide


def cells(line: Line) -> list[str]:
    """What wide gaps part within a line."""
    body = line.raw.strip()
    if "   " not in body and "\t" not in body:
        return [line.text]
    return [" ".join(cell.split()) for cell in _CELLS.split(body) if cell.strip()]


def as_row(line: Line, parts: Sequence[str]) -> Line:
    """The line with borders between its cells."""
    return Line(CELL_BORDER.join(parts), line.raw, line.start, line.end, line.gap)
