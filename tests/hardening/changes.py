"""Markup rewritten so that a browser shows the same page.

Nothing is parsed and written out again: the source is cut into tags and what stands between them,
by the rules of the HTML standard, and only the tags are written anew.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random

Rewrite = Callable[[str, Random], str]

_ATTRIBUTE = re.compile(
    r"""[\s/]*(?P<name>[^\s/>][^\s/>=]*)"""
    r"""(?:\s*(?P<equals>=)\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s>"'][^\s>]*))?)?"""
)
_TAG_NAME = re.compile(r"<(?P<slash>/?)(?P<name>[a-zA-Z][^\s/>]*)")
_TAG_END = re.compile(r"\s*(?P<slash>/?)\s*>")
_MARK = re.compile(r"<(?=[a-zA-Z/!?])")
_RAW = frozenset(
    "script style textarea title xmp iframe noembed noframes template svg math".split()
)
_HEAD_TAGS = frozenset("meta link title script style base".split())
_BARE_VALUE = re.compile(r"[\w.:-]+", re.A)
BLOCKS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 ul ol dl table section article blockquote header footer nav main aside"
    " form figure pre hr".split()
)
# Elements beside which white space shows nothing.
_APART = BLOCKS | frozenset(
    "html head body li dt dd tr td th thead tbody tfoot caption br figcaption title meta link"
    " script style option".split()
)
_KEEPS_SPACE = frozenset(("pre", "textarea"))
_MAY_BE_LEFT_OUT = {  # the end tag, and the tags before which it may be left out
    "p": frozenset("p div ul ol dl h1 h2 h3 h4 h5 h6 table pre hr /div /td /li /body".split()),
    "li": frozenset(("li", "/ul", "/ol")),
    "dt": frozenset(("dt", "dd")),
    "dd": frozenset(("dt", "dd", "/dl")),
    "tr": frozenset(("tr", "/tbody", "/table")),
    "td": frozenset(("td", "th", "/tr")),
    "th": frozenset(("td", "th", "/tr")),
    "option": frozenset(("option", "/select")),
}


@dataclass(frozen=True, slots=True)
class Attribute:
    name: str
    value: str | None = None  # None where there is no "="
    quote: str = '"'

    def __str__(self) -> str:
        if self.value is None:
            return self.name
        return f"{self.name}={self.quote}{self.value}{self.quote}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A tag, or what stands between two tags. `text` is the source of it."""

    text: str
    name: str = ""  # of a tag, in small letters; that of an end tag starts with "/"
    attributes: tuple[Attribute, ...] = ()
    closed: bool = False  # with a slash at the end
    raw: bool = False  # a comment, a script, a title …: no markup is looked for inside

    def written(self) -> "Piece":
        """The tag with the source that its attributes ask for."""
        inside = " ".join((_TAG_NAME.match(self.text)[0], *map(str, self.attributes)))  # type: ignore[index]
        return replace(self, text=f"{inside}{' /' if self.closed else ''}>")


def pieces(page: str) -> Iterator[Piece]:
    """The page cut up; the sources of all pieces, joined, are the page."""
    at = 0
    while match := _MARK.search(page, at):
        if at < match.start():
            yield Piece(page[at : match.start()])
        piece = _tag(page, match.start()) or Piece(_other(page, match.start()), raw=True)
        yield piece
        at = match.start() + len(piece.text)
        if piece.name in _RAW and not piece.closed:
            end = re.compile(rf"</{piece.name}(?=[\s/>])", re.I).search(page, at)
            inside = page[at : end.start() if end else len(page)]
            if inside:
                yield Piece(inside, raw=True)
            at += len(inside)
    if at < len(page):
        yield Piece(page[at:])


def _tag(page: str, start: int) -> Piece | None:
    opening = _TAG_NAME.match(page, start)
    if opening is None:
        return None
    attributes, at = [], opening.end()
    while not (end := _TAG_END.match(page, at)):
        match = _ATTRIBUTE.match(page, at)
        if match is None:
            return None  # the page ends inside the tag
        quote = '"' if match["double"] is not None else "'" if match["single"] is not None else ""
        value = next((match[k] for k in ("double", "single", "bare") if match[k] is not None), "")
        attributes.append(Attribute(match["name"], value if match["equals"] else None, quote))
        at = match.end()
    name = opening["slash"] + opening["name"].lower()
    return Piece(page[start : end.end()], name, tuple(attributes), bool(end["slash"]))


def _other(page: str, start: int) -> str:
    """A comment, a declaration, or a "<" that opens nothing."""
    if page.startswith("<!--", start):
        end = re.compile(r"--!?>|(?<=<!--)-?>").search(page, start + 4)
    else:
        end = re.compile(">").search(page, start)
    return page[start : end.end() if end else len(page)]


def _with_attributes(page: str, change: Callable[[tuple[Attribute, ...]], list[Attribute]]) -> str:
    return "".join(
        replace(piece, attributes=tuple(change(piece.attributes))).written().text
        if piece.attributes and _are_plain(piece)
        else piece.text
        for piece in pieces(page)
    )


def _are_plain(piece: Piece) -> bool:
    """Whether attributes may be written anew: of two of one name, the first counts."""
    names = [attribute.name.lower() for attribute in piece.attributes]
    return len(names) == len(set(names)) and not any("=" in name or '"' in name for name in names)


def attributes_shuffled(page: str, chance: Random) -> str:
    return _with_attributes(page, lambda given: chance.sample(given, len(given)))


def quotes_changed(page: str, chance: Random) -> str:
    """Double quotation marks to single ones and back, or to none where the value allows it."""

    def changed(given: Attribute) -> Attribute:
        value = given.value
        if value is None:
            return given
        if _BARE_VALUE.fullmatch(value) and chance.random() < 0.5:
            return replace(given, quote="")
        other = "'" if given.quote == '"' else '"'
        return given if other in value else replace(given, quote=other)

    return _with_attributes(page, lambda attributes: list(map(changed, attributes)))


def case_changed(page: str, _chance: Random) -> str:
    """Names of tags and attributes in capitals."""
    made = []
    for piece in pieces(page):
        if not piece.name:
            made.append(piece.text)
            continue
        names = tuple(replace(a, name=_capitals(a.name)) for a in piece.attributes)
        new = replace(piece, attributes=names).written() if _are_plain(piece) else piece
        made.append(_TAG_NAME.sub(lambda m: _capitals(m[0]), new.text, count=1))
    return "".join(made)


def _capitals(name: str) -> str:
    """The name in capitals; of letters beyond ASCII, case tells names apart."""
    return name.upper() if name.isascii() else name


def crlf(page: str, _chance: Random) -> str:
    return page.replace("\n", "\r\n")


def cr(page: str, _chance: Random) -> str:
    return page.replace("\n", "\r")


def lf(page: str) -> str:
    return page.replace("\r\n", "\n").replace("\r", "\n")


def head_spaced(page: str, _chance: Random) -> str:
    """White space before each tag of the head."""
    made, inside = [], False
    for piece in pieces(page):
        inside = piece.name == "head" or (
            inside and piece.name not in ("/head", "body", "noscript")
        )
        made.append(f"\n \t\n{piece.text}" if inside and piece.name in _HEAD_TAGS else piece.text)
    return "".join(made)


def commented(page: str, chance: Random) -> str:
    """Comments before blocks."""
    return "".join(
        f"<!-- {chance.choice(_NOTES)} -->{piece.text}" if piece.name in BLOCKS else piece.text
        for piece in pieces(page)
    )


_NOTES = ("/block", "wp:paragraph", " 0.3 ms ", "By Ann Lee", "<p>Old text.</p>", "2001-02-03")


def minified(page: str, _chance: Random) -> str:
    """White space that shows nothing, quotation marks and end tags left out where they may be."""
    kept = [p for p in pieces(page) if not (p.raw and p.text.startswith("<!--"))]
    kept = list(_without_space(kept))
    return "".join(
        _short(piece)
        for piece, following in zip(kept, (*kept[1:], Piece("")), strict=True)
        if following.name not in _MAY_BE_LEFT_OUT.get(piece.name.removeprefix("/"), ())
        or not piece.name.startswith("/")
    )


def _without_space(kept: list[Piece]) -> Iterator[Piece]:
    depth = 0  # of elements that keep their white space
    for before, piece, behind in zip(
        (Piece("", "html"), *kept), kept, (*kept[1:], Piece("", "html")), strict=False
    ):
        if piece.name.removeprefix("/") in _KEEPS_SPACE:
            depth += -1 if piece.name.startswith("/") else 1
        if piece.name or piece.raw or depth > 0:
            yield piece
            continue
        text = re.sub(r"[ \t\n\r\f]+", " ", piece.text)
        if before.name.removeprefix("/") in _APART:
            text = text.removeprefix(" ")
        if behind.name.removeprefix("/") in _APART:
            text = text.removesuffix(" ")
        if text:
            yield replace(piece, text=text)


def _short(piece: Piece) -> str:
    if not piece.attributes or not _are_plain(piece):
        return piece.text
    attributes = tuple(
        replace(a, quote="") if a.value and _BARE_VALUE.fullmatch(a.value) else a
        for a in piece.attributes
    )
    return replace(piece, attributes=attributes).written().text


SAME: dict[str, Rewrite] = {
    "attributes in another order": attributes_shuffled,
    "attributes quoted otherwise": quotes_changed,
    "names of tags and attributes in capitals": case_changed,
    "white space between tags of the head": head_spaced,
    "comments between blocks": commented,
}
LINE_ENDS: dict[str, Rewrite] = {"CRLF at line ends": crlf, "CR at line ends": cr}
