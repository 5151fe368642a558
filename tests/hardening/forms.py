"""A page in all the forms in which it may be handed over: encodings, objects, without tags."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from hardening.changes import BLOCKS, Piece, pieces

ENCODINGS = {  # the label on the page, and the codec by which browsers read it
    "utf-8": "utf-8",
    "iso-8859-1": "cp1252",
    "windows-1252": "cp1252",
    "iso-8859-2": "iso8859-2",
    "iso-8859-15": "iso8859-15",
    "windows-1250": "cp1250",
    "windows-1251": "cp1251",
    "windows-1253": "cp1253",
    "windows-1254": "cp1254",
    "windows-1255": "cp1255",
    "windows-1256": "cp1256",
    "windows-1258": "cp1258",
    "windows-874": "cp874",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "shift_jis": "cp932",
    "euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp",
    "gb18030": "gb18030",
    "gbk": "gbk",
    "big5": "big5hkscs",
    "euc-kr": "cp949",
}
SIGNED = ("utf-8-sig", "utf-16-le", "utf-16-be")  # encodings that a mark at the start tells
_MARKS = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
_SKIPPED = frozenset("script style noscript template svg head iframe object canvas".split())
_CELLS = frozenset("li dt dd tr figcaption caption option label button textarea br".split())


@dataclass(frozen=True, slots=True)
class Response:
    """What requests or httpx hand over, as far as it is looked at."""

    content: bytes
    url: str | None
    headers: dict[str, str] = field(default_factory=dict)


def held(page: str, codec: str) -> bytes | None:
    """The page in an encoding; None where it cannot hold all of it, or could be taken for UTF-8.

    Bytes that are UTF-8 beyond ASCII are read as such whatever is declared, as only text that has
    gone through a wrong encoding before is UTF-8 by accident ("Â°").
    """
    try:
        data = page.encode(codec)
        return data if data.decode(codec) == page and not _is_misleading(data, codec) else None
    except UnicodeError:
        return None


def _is_misleading(data: bytes, codec: str) -> bool:
    if codec == "utf-8" or data.isascii():
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def declaring(page: str, label: str) -> str:
    """The page with this encoding, and no other, in a meta element."""
    kept = [p for p in pieces(page) if not (p.text.startswith("<?xml") or _declares(p))]
    heads = [number for number, piece in enumerate(kept, start=1) if piece.name == "head"]
    doctypes = [n for n, p in enumerate(kept, start=1) if p.text.lower().startswith("<!doctype")]
    place = (*heads, *doctypes, 0)[0]
    texts = [piece.text for piece in kept]
    return "".join((*texts[:place], f'<meta charset="{label}">', *texts[place:]))


def _declares(piece: Piece) -> bool:
    return piece.name == "meta" and (
        any(a.name.lower() == "charset" for a in piece.attributes)
        or any((a.value or "").lower() == "content-type" for a in piece.attributes)
    )


def declared(page: str, label: str) -> bytes | None:
    """The page in an encoding that a meta element of it names."""
    return held(declaring(page, label), ENCODINGS[label])


def in_header(page: str, label: str, sort: str, url: str | None) -> Response | None:
    """The page in an encoding that the HTTP header names; `sort` is "html" or "plain"."""
    bare = _undeclared(page) if sort == "html" else page
    data = held(bare, ENCODINGS[label])
    return data and Response(data, url, {"Content-Type": f"text/{sort}; charset={label}"})


def _undeclared(page: str) -> str:
    return "".join(piece.text for piece in pieces(page) if not _declares(piece))


def signed(page: str, codec: str) -> bytes:
    return _MARKS.get(codec, b"") + page.encode(codec, "replace")


def as_references(page: str, _chance: Random) -> str:
    """Letters beyond ASCII as references; in scripts and comments those would be text."""
    return "".join(
        piece.text if piece.raw else "".join(map(_reference, piece.text)) for piece in pieces(page)
    )


def _reference(char: str) -> str:
    return char if char < "\xa0" or not char.isprintable() else f"&#{ord(char)};"


def without_tags(page: str, form: str) -> str:
    """Raw page text, as scrapers leave it behind.

    Args:
        page: the markup.
        form: "nodes", a line for each stretch between tags; "lines", one for each block;
            "paragraphs", blocks parted by blank lines, list items behind a bullet.
    """
    if form == "nodes":
        return "\n".join(text for _, text in _runs(page, every=True))
    joint, bullet = ("\n", "") if form == "lines" else ("\n\n", "  • ")
    return joint.join((bullet if tag == "li" else "") + text for tag, text in _runs(page))


def _runs(page: str, *, every: bool = False) -> Iterator[tuple[str, str]]:
    """The innermost block-level tag and the text of each block, or of `every` node."""
    root = tree(page)
    body = root if root is None else root.find("body")
    if body is None:
        return
    run: list[str] = []
    owner = "body"
    for tag, text, breaks in _walk(body):
        if breaks or every:
            if shown := " ".join("".join(run).split()):
                yield owner, shown
            run, owner = [], tag
        run.append(text)
    if shown := " ".join("".join(run).split()):
        yield owner, shown


def tree(page: str) -> Any:
    """The root element, as lxml makes it; None where the page has no element."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        return etree.fromstring(page.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None


def _walk(element: Any) -> Iterator[tuple[str, str, bool]]:
    """Innermost block-level tag, text, and whether a new block starts with it, in page order."""
    stack: list[Any] = [(element, "body", False)]
    while stack:
        node, around, tail = stack.pop()
        is_element = isinstance(node.tag, str)
        breaks = is_element and (node.tag in BLOCKS or node.tag in _CELLS or node.tag == "td")
        if tail:
            yield around, node.tail or "", breaks
            continue
        if node is not element:
            stack.append((node, around, True))
        if is_element and node.tag not in _SKIPPED:
            inner = node.tag if breaks else around
            yield inner, node.text or "", breaks
            stack.extend((child, inner, False) for child in reversed(node))
