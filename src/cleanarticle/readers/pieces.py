"""Pieces of blocks: styled spans, table rows, code."""

from collections.abc import Sequence
from dataclasses import replace

from cleanarticle.records import CELL_BORDER, Block, Container, Role, Span, Style

STYLES = {
    "b": Style.STRONG,
    "strong": Style.STRONG,
    "i": Style.EMPHASIS,
    "em": Style.EMPHASIS,
    "code": Style.CODE,
    "kbd": Style.CODE,
    "samp": Style.CODE,
    "tt": Style.CODE,
}


def span(tag: str, start: int, end: int, href: str) -> tuple[Span, ...]:
    """The span of a styled stretch; none where it is empty or an anchor without address."""
    return (Span(start, end, STYLES.get(tag, Style.LINK), href),) if end > start and tag else ()


def trimmed(spans: Sequence[Span], text: str) -> tuple[Span, ...]:
    """Spans without white space at their ends; those of one style that touch or overlap are one."""
    found: list[Span] = []
    ordered = sorted(spans, key=_by_style) if len(spans) > 1 else spans
    for one in ordered:
        inside = text[one.start : one.end]
        start = one.start + len(inside) - len(inside.lstrip())
        end = one.end - len(inside) + len(inside.rstrip())
        last = found[-1] if found else None
        if start >= end:
            continue
        if last and start <= last.end and (last.style, last.href) == (one.style, one.href):
            found[-1] = Span(last.start, max(last.end, end), one.style, one.href)
        else:
            found.append(Span(start, end, one.style, one.href))
    return tuple(sorted(found, key=_by_place) if len(found) > 1 else found)


def _by_style(one: Span) -> tuple[str, str, int]:
    return one.style, one.href, one.start


def _by_place(one: Span) -> tuple[int, int, str]:
    return one.start, -one.end, one.style


def shifted(spans: tuple[Span, ...], by: int) -> tuple[Span, ...]:
    """Spans moved along the text, cut at its start."""
    return tuple(
        Span(max(s.start + by, 0), s.end + by, s.style, s.href) for s in spans if s.end + by > 0
    )


def is_row(cells: Sequence[Block], containers: Sequence[Container]) -> bool:
    """Whether blocks are the cells of one row: plain ones, all displayed or all hidden."""
    hidden = {
        cell.markup is not None and containers[cell.markup.container].hidden for cell in cells
    }
    return (
        len(cells) > 1
        and len(hidden) == 1
        and all(cell.role in (Role.PARAGRAPH, Role.HEADING) for cell in cells)
    )


def row(cells: Sequence[Block], run: int) -> Block:
    """One block of the cells of a table row."""
    text, spans, length = "", list[Span](), 0
    for cell in cells:
        text += (CELL_BORDER if text else "") + cell.text
        offset = len(text) - len(cell.text)
        spans += shifted(cell.spans, offset)
        length += cell.words
    markups = [cell.markup for cell in cells if cell.markup]
    markup = replace(
        markups[0],
        link_chars=sum(m.link_chars for m in markups),
        tag="tr",
    )
    return replace(
        cells[0],
        text=text,
        words=length,
        run=run,
        role=Role.TABLE_ROW,
        level=0,
        marker="",
        spans=tuple(spans),
        markup=markup,
    )


def dedent(text: str) -> str:
    """Code without its common indentation, trailing blanks and empty lines around it."""
    lines = [line.rstrip() for line in text.expandtabs(8).splitlines()]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    indents = [len(line) - len(line.lstrip(" ")) for line in lines if line]
    common = min(indents, default=0)
    return "\n".join(line[common:] for line in lines)
