"""Raw page text, whose tags are gone, to blocks.

Two layouts are told apart: one line a block, as Common Crawl's WET files have it, and blocks parted
by blank lines, as a copy from a browser has it, where neighbouring lines belong to one run.
"""

from cleanarticle.language import dates, words
from cleanarticle.readers.lines import (
    CODE_INDENT,
    breaks_paragraph,
    is_line_form,
    printable,
    split_marker,
)
from cleanarticle.readers.pieces import dedent
from cleanarticle.records import CELL_BORDER, Block, Role

_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))  # as in markup


def read_text(text: str) -> tuple[Block, ...]:
    """Blocks of raw page text, in its order; empty for text without any word."""
    lines = printable(text).translate(_UNSEEN).splitlines()
    paragraphs = is_line_form(lines)
    reader = _LineReader()
    for line in lines:
        if not line.strip():
            reader.blank()
        elif not paragraphs and reader.is_code(line):
            reader.code(line)
        else:
            reader.line(" ".join(line.split()), own_run=paragraphs, first=not reader.blocks)
    reader.end_code()
    return tuple(reader.blocks)


class _LineReader:
    """Collects blocks line by line."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._run = 0
        self._gap = True  # a blank line stands above
        self._code: list[str] = []

    def blank(self) -> None:
        self._gap = True
        if self._code:
            self._code.append("")

    def is_code(self, line: str) -> bool:
        """Whether an indented line is code: a list item is, where it does not follow other text."""
        if not line.startswith((CODE_INDENT, "\t")):
            return False
        return self._gap or bool(self._code) or not split_marker(line.strip())[0]

    def code(self, line: str) -> None:
        self._code.append(line.expandtabs(len(CODE_INDENT)))
        self._gap = False

    def line(self, line: str, *, own_run: bool, first: bool) -> None:
        self.end_code()
        if first and (label := dates.leading_label(line)):
            self._add(label, Role.PARAGRAPH, "", follows=False)
            line = line[len(label) :].strip()
            self._gap = True
            if not line:
                return
        marker, text = split_marker(line)
        role = (
            Role.LIST_ITEM if marker else Role.TABLE_ROW if CELL_BORDER in text else Role.PARAGRAPH
        )
        self._add(text, role, marker, follows=self._follows(text, role, own_run=own_run))
        self._gap = False

    def end_code(self) -> None:
        """Make a block of the indented lines so far."""
        while self._code and not self._code[-1]:
            self._code.pop()
        if self._code:
            self._add(dedent("\n".join(self._code)), Role.CODE, "", follows=False)
            self._gap = True
        self._code = []

    def _follows(self, text: str, role: Role, *, own_run: bool) -> bool:
        """Whether a line goes on in the run of the line above."""
        if self._gap or not self.blocks:
            return False
        above = self.blocks[-1]
        if role is Role.LIST_ITEM and not own_run:
            return True
        in_one = role is not Role.PARAGRAPH and role is above.role
        return in_one or (not own_run and not breaks_paragraph(above.text, text))

    def _add(self, text: str, role: Role, marker: str, *, follows: bool) -> None:
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
            )
        )
