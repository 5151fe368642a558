"""Boilerplate and prose put into a page, in the page's language where that is one of the table."""

import textwrap
import tomllib
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from html import escape, unescape
from pathlib import Path
from typing import Any

from cleanarticle.readers import layout
from cleanarticle.readers.layout import Shape
from hardening.changes import Piece, pieces

Words = dict[str, Any]
Addition = Callable[[str, Words], str]

_TABLE = Path(__file__).with_name("boilerplate.toml")
FEW_PARAGRAPHS = 3  # a text of fewer has no middle
WIDTH = 72  # columns at which added text is wrapped where the page's own is
_INDENT = "   "


@cache
def _table() -> dict[str, Words]:
    return tomllib.loads(_TABLE.read_text("utf-8"))


def words_for(language: str | None) -> Words:
    """The boilerplate of a language; English for all that are not in the table."""
    table = _table()
    return table.get(language or "", table["en"])


def _links(texts: list[str]) -> str:
    return "".join(f'<li><a href="/s/{i}">{escape(t)}</a></li>' for i, t in enumerate(texts))


def nav(page: str, words: Words) -> str:
    block = f'<nav class="main-nav"><ul>{_links(words["nav"])}</ul></nav>'
    return _at_start(page, block)


def footer(page: str, words: Words) -> str:
    line, *links = words["footer"]
    block = f'<footer class="site-footer"><p>{line}</p><ul>{_links(links)}</ul></footer>'
    return _at_end(page, block)


def cookie_box(page: str, words: Words) -> str:
    line, *buttons = words["cookie"]
    inside = "".join(f"<button>{button}</button>" for button in buttons)
    block = f'<div id="cookie-banner" class="cookie-consent"><p>{line}</p>{inside}</div>'
    return _at_end(page, block)


def comments(page: str, words: Words) -> str:
    title, reply, prompt = words["comments"]
    posts = "".join(
        f'<li class="comment"><cite>{name}</cite><p>{text}</p><a href="#r">{reply}</a></li>'
        for name, text in words["remarks"]
    )
    block = (
        f'<section id="comments" class="comments"><h3>{title}</h3><ol>{posts}</ol>'
        f"<h4>{prompt}</h4><form><textarea></textarea><button>OK</button></form></section>"
    )
    return _behind_the_article(page, block)


def related(page: str, words: Words) -> str:
    title, *links = words["related"]
    block = f'<aside class="related-posts"><h3>{title}</h3><ul>{_links(links)}</ul></aside>'
    return _behind_the_article(page, block)


def _at_start(page: str, block: str) -> str:
    """The block at the start of the body."""
    found = list(pieces(page))
    return _joined(found, _start_of_body(found), block)


def _at_end(page: str, block: str) -> str:
    """The block at the end of the body."""
    found = list(pieces(page))
    return _joined(found, _end_of_body(found), block)


def _behind_the_article(page: str, block: str) -> str:
    """The block behind the only article of the page, or at the end of the body."""
    found = list(pieces(page))
    for name in ("article", "main"):
        if (ends := _places(found, f"/{name}")) and len(ends) == len(_places(found, name)) == 1:
            return _joined(found, ends[0] + 1, block)
    return _joined(found, _end_of_body(found), block)


def wrapped(page: str, depth: int) -> str:
    """What is in the only article, main part or body of the page, in so many more elements."""
    found = list(pieces(page))
    for name in ("article", "main"):
        starts, ends = _places(found, name), _places(found, f"/{name}")
        if len(starts) == len(ends) == 1 and starts[0] < ends[0]:
            return _between(found, starts[0] + 1, ends[0], depth)
    return _between(found, _start_of_body(found), _end_of_body(found), depth)


def _between(found: list[Piece], start: int, end: int, depth: int) -> str:
    texts = [piece.text for piece in found]
    inside = ("<div>" * depth, *texts[start:end], "</div>" * depth)
    return "".join((*texts[:start], *inside, *texts[end:]))


def with_paragraph(page: str, words: Words, body: Sequence[str]) -> str | None:
    """The page with a new paragraph behind the middle one of its body.

    Args:
        page: the markup.
        words: of the page's language.
        body: the paragraphs that are kept.
    """
    known, found = set(body), list(pieces(page))
    places = [(start, end) for start, end in _paragraphs(found) if _text(found[start:end]) in known]
    if len(places) < FEW_PARAGRAPHS:
        return None
    start, end = places[(len(places) - 1) // 2]
    return _joined(found, end + 1, f"{found[start].text}{words['paragraph']}</p>")


def _paragraphs(found: list[Piece]) -> Iterator[tuple[int, int]]:
    start = -1
    for i, piece in enumerate(found):
        if piece.name == "p":
            start = i
        elif piece.name == "/p" and start >= 0:
            yield start, i
            start = -1


def _text(inside: list[Piece]) -> str:
    shown = "".join(piece.text for piece in inside if not piece.name and not piece.raw)
    return " ".join(unescape(shown).split())


def _places(found: list[Piece], name: str) -> list[int]:
    return [i for i, piece in enumerate(found) if piece.name == name]


def _start_of_body(found: list[Piece]) -> int:
    """The place behind the tag that opens the body, or behind what stands before it."""
    for name in ("body", "/head", "html"):
        if places := _places(found, name):
            return places[0] + 1
    return int(bool(found) and found[0].text.lower().startswith("<!doctype"))


def _end_of_body(found: list[Piece]) -> int:
    places = _places(found, "/body") or _places(found, "/html")
    return places[-1] if places else len(found)


def _joined(found: list[Piece], place: int, block: str) -> str:
    texts = [piece.text for piece in found]
    return "".join((*texts[:place], block, *texts[place:]))


BLOCKS: dict[str, Addition] = {
    "a navigation block": nav,
    "a footer": footer,
    "a cookie box": cookie_box,
    "a section of comments": comments,
    "a list of related links": related,
}


def lines_of(words: Words) -> dict[str, tuple[list[str], bool]]:
    """The same boilerplate as lines of raw text, and whether they stand at the start."""
    title, reply, prompt = words["comments"]
    posts = [line for name, text in words["remarks"] for line in (name, text, reply)]
    return {
        "a navigation block": (words["nav"], True),
        "a footer": (words["footer"], False),
        "a cookie box": (words["cookie"], False),
        "a section of comments": ([title, *posts, prompt], False),
        "a list of related links": (words["related"], False),
    }


def lines_added(page: str, lines: Sequence[str], *, at_start: bool) -> str | None:
    """Raw text with lines before or behind it, laid out as its own are; None for a single line."""
    shape = shape_of(page)
    if shape is Shape.ONE_LINE:
        return None
    joint = "\n" if shape is Shape.LINES else "\n\n"
    block = joint.join(_laid_out(line, shape) for line in lines)
    if at_start:
        return f"{block}{joint}{page}"
    return f"{page.rstrip()}{joint}{block}\n"


def shape_of(page: str) -> Shape:
    """How the page is laid out; added lines in another layout would make it another page."""
    return layout.shape_of(layout.split(page))


def _laid_out(line: str, shape: Shape) -> str:
    if shape not in (Shape.WRAPPED, Shape.LAYOUT):
        return line
    indent = _INDENT if shape is Shape.LAYOUT else ""
    width = WIDTH if line.isascii() or " " in line else WIDTH // 2  # signs are two columns wide
    return textwrap.fill(line, width, initial_indent=indent, subsequent_indent=indent)


def with_line(page: str, words: Words, body: Sequence[str]) -> str | None:
    """Raw text, of which a line is a block, with a new one behind the middle one of its body."""
    shape, known, lines = shape_of(page), set(body), page.split("\n")
    places = [i for i, line in enumerate(lines) if " ".join(line.split()) in known]
    if shape not in (Shape.LINES, Shape.PARAGRAPHS) or len(places) < FEW_PARAGRAPHS:
        return None
    place = places[(len(places) - 1) // 2] + 1
    gap = [""] if shape is Shape.PARAGRAPHS else []
    return "\n".join((*lines[:place], *gap, words["paragraph"], *lines[place:]))
