"""Raw page text, whose tags are gone, to blocks.

Two layouts are told apart: one line a block, as Common Crawl's WET files have it, and blocks parted by
blank lines, as a copy from a browser has it, where neighbouring lines belong to one run.
"""

import re

from cleanarticle.language import dates, words
from cleanarticle.readers.lines import breaks_paragraph, split_marker
from cleanarticle.records import Block, Role

_CODE_INDENT = "    "
_CELL_BORDER = " | "
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]")
LINE_FORM_SHARE = 0.8  # of plain lines that stand directly below another plain line


def read_text(text: str) -> tuple[Block, ...]:
    """Blocks of raw page text, in its order; empty for text without any word."""
    lines = _UNSEEN.sub("", text).splitlines()
    paragraphs = is_line_form(lines)
    reader = _LineReader()
    for line in lines:
        if not line.strip():
            reader.blank()
        elif not paragraphs and _is_code(line):
            reader.code(line)
        else:
            reader.line(" ".join(line.split()), own_run=paragraphs, first=not reader.blocks)
    reader.end_code()
    return tuple(reader.blocks)


def is_line_form(lines: list[str]) -> bool:
    """Whether each line is a block of its own, rather than blank lines parting the blocks."""
    plain = [bool(line.strip()) and not _in_list_table_or_code(line) for line in lines]
    pairs = sum(1 for above, below in zip(plain, plain[1:], strict=False) if above and below)
    return pairs > LINE_FORM_SHARE * (sum(plain) - 1)


def _in_list_table_or_code(line: str) -> bool:
    return _CELL_BORDER in line or _is_code(line) or bool(split_marker(line.strip())[0])


def _is_code(line: str) -> bool:
    return line.startswith((_CODE_INDENT, "\t")) and not split_marker(line.strip())[0]


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

    def code(self, line: str) -> None:
        self._code.append(line.expandtabs(len(_CODE_INDENT)))
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
        role = Role.LIST_ITEM if marker else Role.TABLE_ROW if _CELL_BORDER in text else Role.PARAGRAPH
        self._add(text, role, marker, follows=self._follows(text, role, own_run=own_run))
        self._gap = False

    def end_code(self) -> None:
        """Make a block of the indented lines so far."""
        while self._code and not self._code[-1]:
            self._code.pop()
        if self._code:
            common = min(len(line) - len(line.lstrip(" ")) for line in self._code if line)
            text = "\n".join(line[common:].rstrip() for line in self._code)
            self._add(text, Role.CODE, "", follows=False)
            self._gap = True
        self._code = []

    def _follows(self, text: str, role: Role, *, own_run: bool) -> bool:
        """Whether a line goes on in the run of the line above."""
        if self._gap or not self.blocks:
            return False
        above = self.blocks[-1]
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
