"""Blocks as Markdown, HTML or JSON. Knows nothing of how they were found.

Output is safe to show: all text is escaped, and of links only those with a web, mail or relative
address are kept.
"""

import json
import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Any
from urllib.parse import urljoin, urlsplit

from cleanarticle.readers.lines import CODE_INDENT
from cleanarticle.records import CELL_BORDER, ArticleBlock, Role, Span, Style

_WEB = frozenset(("http", "https"))
_SAFE_SCHEMES = _WEB | {"mailto"}
_MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]<>#|~&])")
# What opens a list, or is a rule, an underline of a heading or the border of a table's head.
_LINE_START = re.compile(r"^([-+=](?=\s)|[-+=:](?=[-=:\s]*$))|^(\d+)([.)])(?=\s|$)")
_ITEM_START = re.compile(r"(?:-|\d{1,3}[.)]) (?=\S)")
_LINE_END = re.compile(r"\r\n?|\n")
_TICKS = re.compile(r"`+")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_URL_BREAKERS = {sign: f"%{ord(sign):02X}" for sign in " ()<>\"'\\`{}|^"}
_TAGS = {Style.STRONG: "strong", Style.EMPHASIS: "em", Style.CODE: "code"}
_MARKS = {Style.STRONG: "**", Style.EMPHASIS: "*"}

Marks = Callable[[Span], tuple[str, str]]  # what is put before and behind a span
Quote = Callable[[str, bool, bool], str]  # (piece, is it code, does text follow) → what is written


def json_text(data: Any, indent: int | None = None) -> str:
    """JSON with the letters of all scripts as they are."""
    return json.dumps(data, ensure_ascii=False, indent=indent)


def safe_url(href: str, base: str | None) -> str | None:
    """The address of a link, absolute where `base` is known; None where it could run something."""
    try:
        address = urljoin(_bare(base or ""), _bare(href))
        parts = urlsplit(address)
        scheme, _port = parts.scheme.lower(), parts.port
    except ValueError:  # such as an unclosed bracket around the host, or a port of letters
        return None
    if scheme in _WEB and not parts.hostname:
        return None
    if not address or (scheme and scheme not in _SAFE_SCHEMES):
        return None
    if not scheme and ":" in re.split(r"[/?#]", address, maxsplit=1)[0]:
        return None
    return "".join(_URL_BREAKERS.get(sign, sign) for sign in address)


def _bare(address: str) -> str:
    return _CONTROLS.sub("", address).strip()


def markdown(
    title: str | None, byline: str, blocks: Sequence[ArticleBlock], base: str | None = None
) -> str:
    """CommonMark, with tables as GitHub has them: title, byline, then the blocks."""
    head = [f"# {_markdown_text(title)}"] if title else []
    if byline:
        head.append(f"*{_markdown_text(byline)}*")
    return "\n\n".join((*head, *(_markdown_run(run, base) for run in _runs(blocks))))


def markdown_of_text(body: str) -> str:
    """The plain text of a body as CommonMark that shows its lines as they are.

    Items of lists stay items and indented code is fenced; nothing else of the text is a mark.
    """
    return "\n\n".join(
        _fenced("\n".join(line.removeprefix(CODE_INDENT) for line in lines))
        if lines[0].startswith(CODE_INDENT)
        else _markdown_lines(lines)
        for lines in _stretches(body)
    )


def html(
    title: str | None, byline: str, blocks: Sequence[ArticleBlock], base: str | None = None
) -> str:
    """An `<article>` of plain elements without any attribute but the `href` of safe links."""
    head = [f"<h1>{escape(title)}</h1>"] if title else []
    if byline:
        head.append(f"<p>{escape(byline)}</p>")
    body = (_html_run(run, base) for run in _runs(blocks))
    return "\n".join(("<article>", *head, *body, "</article>"))


def _runs(blocks: Sequence[ArticleBlock]) -> Iterator[list[ArticleBlock]]:
    """Neighbouring blocks of one run and role."""
    for _key, run in groupby(blocks, lambda block: (block.run, block.role, block.marker == "-")):
        yield list(run)


def _inline(text: str, spans: Sequence[Span], marks: Marks, quote: Quote) -> str:
    """A text with its spans marked.

    Spans of broken markup are left out: those that cross another, and links within a link.
    """
    opened: list[Span] = []
    parts: list[str] = []
    position = 0

    def advance(to: int) -> None:
        nonlocal position
        in_code = any(span.style is Style.CODE for span in opened)
        parts.append(quote(text[position:to], in_code, to < len(text)))
        position = max(position, to)

    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        while opened and opened[-1].end <= span.start:
            advance(opened[-1].end)
            parts.append(marks(opened.pop())[1])
        within_link = any(around.style is Style.LINK for around in opened)
        if (opened and span.end > opened[-1].end) or (within_link and span.style is Style.LINK):
            continue
        advance(span.start)
        parts.append(marks(span)[0])
        opened.append(span)
    while opened:
        advance(opened[-1].end)
        parts.append(marks(opened.pop())[1])
    advance(len(text))
    return "".join(parts)


# Markdown --------------------------------------------------------------


def _markdown_text(text: str) -> str:
    return _MARKDOWN_SIGNS.sub(r"\\\1", text)


def _markdown_piece(piece: str, in_code: bool, goes_on: bool) -> str:
    """A piece between two marks; a "!" at its end would make an image of a link behind it."""
    if in_code:
        return piece
    quoted = _markdown_text(piece)
    return rf"{quoted[:-1]}\!" if goes_on and quoted.endswith("!") else quoted


def _markdown_line(block: ArticleBlock, base: str | None) -> str:
    def marks(span: Span) -> tuple[str, str]:
        if span.style is Style.LINK:
            address = (safe_url(span.href, base) or "").replace("&", "&amp;")
            return ("[", f"]({address})") if address else ("", "")
        if span.style is Style.CODE:
            return _code_marks(block.text[span.start : span.end])
        return (_MARKS[span.style],) * 2

    line = _inline(block.text, _markdown_spans(block), marks, _markdown_piece)
    return _LINE_START.sub(_escaped_start, line)


def _markdown_spans(block: ArticleBlock) -> list[Span]:
    """The spans that Markdown can hold.

    None within code, no code beside a tick of the text, and no stars that would be read as such.
    """
    text = block.text
    code = sorted(
        (s for s in block.spans if s.style is Style.CODE and not _touches_tick(text, s)),
        key=lambda span: span.start,
    )
    starts = [span.start for span in code]
    others = [s for s in block.spans if s.style is not Style.CODE]
    held = [s for s in others if s.start >= _end_of_code(code, bisect_right(starts, s.start))]
    return code + _marked(text, held, code)


def _end_of_code(code: Sequence[Span], number: int) -> int:
    return code[number - 1].end if number else 0


def _marked(text: str, spans: Sequence[Span], code: Sequence[Span]) -> list[Span]:
    """Spans without those whose stars would not be read as marks.

    Stars beside stars are not, nor those between a letter outside and a sign within: CommonMark
    has no other way to tell where marks begin and where they end.
    """
    starts = Counter(span.start for span in (*spans, *code))
    ends = Counter(span.end for span in (*spans, *code))
    closed = {span.end for span in spans if span.style in _MARKS}

    def is_read(span: Span) -> bool:
        sign_first = _is_sign(text[span.start]) or starts[span.start] > 1
        sign_last = _is_sign(text[span.end - 1]) or ends[span.end] > 1
        before, behind = text[span.start - 1 : span.start], text[span.end : span.end + 1]
        return (
            span.start not in closed
            and not (sign_first and _is_letter(before))
            and not (sign_last and _is_letter(behind))
        )

    return [span for span in spans if span.style not in _MARKS or is_read(span)]


def _is_sign(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "PS"


def _is_letter(letter: str) -> bool:
    return bool(letter) and not letter.isspace() and not _is_sign(letter)


def _touches_tick(text: str, span: Span) -> bool:
    return "`" in (text[max(span.start - 1, 0) : span.start], text[span.end : span.end + 1])


def _escaped_start(match: re.Match[str]) -> str:
    return rf"\{match[1]}" if match[1] else rf"{match[2]}\{match[3]}"


def _code_marks(code: str) -> tuple[str, str]:
    """Marks around a stretch of code: more ticks than it has in a row, and air beside its own."""
    ticks = _ticks(code, least=1)
    air = " " if code.startswith("`") or code.endswith("`") else ""
    return ticks + air, air + ticks


def _ticks(code: str, least: int) -> str:
    return "`" * max(least, 1 + max(map(len, _TICKS.findall(code)), default=0))


def _fenced(code: str) -> str:
    fence = _ticks(code, least=3)
    return f"{fence}\n{code}\n{fence}"


def _markdown_run(blocks: Sequence[ArticleBlock], base: str | None) -> str:
    first = blocks[0]
    if first.role is Role.CODE:
        return _fenced(first.text)
    lines = [_markdown_line(block, base) for block in blocks]
    if first.role is Role.HEADING:
        return "\n\n".join(
            f"{'#' * max(b.level, 2)} {line}" for b, line in zip(blocks, lines, strict=True)
        )
    if first.role is Role.LIST_ITEM:
        return "\n".join(f"{b.marker} {line}" for b, line in zip(blocks, lines, strict=True))
    if first.role is Role.TABLE_ROW:
        return _markdown_table(blocks)
    start = "> " if first.role is Role.QUOTE else ""
    return "  \n".join(start + line for line in lines)


def _stretches(body: str) -> Iterator[list[str]]:
    """Lines of a paragraph or a list, or of code with the empty lines in it."""
    lines: list[str] = []
    empty = 0
    for line in _LINE_END.split(body):
        if not line.strip():
            empty += 1
            continue
        is_code = line.startswith(CODE_INDENT)
        if lines and (is_code != lines[0].startswith(CODE_INDENT) or (empty and not is_code)):
            yield lines
            lines = []
        lines += [*([""] * empty if lines else ()), line]
        empty = 0
    if lines:
        yield lines


def _markdown_lines(lines: Sequence[str]) -> str:
    """Lines that stay lines: items of a list, or with a break at the end of each but the last."""
    items = [_ITEM_START.match(line) for line in lines]
    written = (_markdown_plain(line, item) for line, item in zip(lines, items, strict=True))
    return ("\n" if all(items) else "  \n").join(written)


def _markdown_plain(line: str, item: re.Match[str] | None) -> str:
    mark = item[0] if item else ""
    text = _markdown_text(line.removeprefix(mark).strip())
    return mark + _LINE_START.sub(_escaped_start, text)


def _markdown_table(blocks: Sequence[ArticleBlock]) -> str:
    rows = [[_markdown_text(cell) for cell in b.text.split(CELL_BORDER)] for b in blocks]
    width = max(map(len, rows))
    lines = [f"| {' | '.join((*row, *[''] * (width - len(row))))} |" for row in rows]
    lines.insert(1, f"|{' --- |' * width}")
    return "\n".join(lines)


# HTML ------------------------------------------------------------------


def _html_line(block: ArticleBlock, base: str | None) -> str:
    def marks(span: Span) -> tuple[str, str]:
        if span.style is Style.LINK:
            address = safe_url(span.href, base)
            return (f'<a href="{escape(address)}">', "</a>") if address else ("", "")
        tag = _TAGS[span.style]
        return (f"<{tag}>", f"</{tag}>")

    return _inline(block.text, block.spans, marks, lambda piece, _in_code, _goes_on: escape(piece))


def _html_run(blocks: Sequence[ArticleBlock], base: str | None) -> str:
    first = blocks[0]
    if first.role is Role.CODE:
        return f"<pre><code>{escape(first.text)}</code></pre>"
    if first.role is Role.TABLE_ROW:
        return f"<table>\n{chr(10).join(map(_html_row, blocks))}\n</table>"
    lines = [_html_line(block, base) for block in blocks]
    if first.role is Role.HEADING:
        levels = [max(block.level, 2) for block in blocks]
        return "\n".join(f"<h{n}>{line}</h{n}>" for n, line in zip(levels, lines, strict=True))
    if first.role is Role.LIST_ITEM:
        return _html_list(blocks, lines)
    paragraph = f"<p>{'<br>'.join(lines)}</p>"
    return f"<blockquote>{paragraph}</blockquote>" if first.role is Role.QUOTE else paragraph


def _html_list(blocks: Sequence[ArticleBlock], lines: Sequence[str]) -> str:
    tag = "ul" if blocks[0].marker == "-" else "ol"
    items, expected = [], 1
    for block, line in zip(blocks, lines, strict=True):
        number = int(block.marker[:-1]) if block.marker[:-1].isdigit() else expected
        items.append(f'<li value="{number}">' if number != expected and tag == "ol" else "<li>")
        items[-1] += f"{line}</li>"
        expected = number + 1
    return "\n".join((f"<{tag}>", *items, f"</{tag}>"))


def _html_row(block: ArticleBlock) -> str:
    cells = "".join(f"<td>{escape(cell)}</td>" for cell in block.text.split(CELL_BORDER))
    return f"<tr>{cells}</tr>"
