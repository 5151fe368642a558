"""JSON-LD blocks to data, broken ones as far as what they mean can be told for certain.

Mended are wrappers, comments, stray commas and escapes, quotation marks inside a text, and blocks
that end too early. Where two readings are possible a block is given up, and a few fields are picked
from its text by pattern. All of it takes time in proportion to the length of the block.
"""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

MAX_REPAIRED_CHARS = 200_000  # longer blocks are data dumps, hardly ever written by hand
MAX_PICKED_CHARS = 500  # of one value that is picked by pattern

_OPENINGS = ("\ufeff", "<!--", "//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "<![CDATA[")
_CLOSINGS = (";", "-->", "//]]>", "// ]]>", "/*]]>*/", "]]>")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_ENTITY_QUOTES = re.compile(r"[{\[\s]*&(?:quot|#34|#x22);", re.I)

_SPACE = re.compile(r"[\s\ufeff]*")
_WRAPPER = re.compile(r"(?://\s?)?<!\[CDATA\[|<!--[^{}\[\]]{0,200}?-->|<!--|-->|\]\]>")
_STOP = re.compile(r'\\.|"', re.S)
_ESCAPE = re.compile(r'\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)|"', re.S)
_LITERAL = re.compile(r"[-+.\w]+")
_KEY = re.compile(r'"((?:[^"\\]|\\.){0,200})"', re.S)
_COLON = re.compile(r"\s*:")
_COMMENT = re.compile(r"\s*/[/*]")
_CLOSER = re.compile(r"\s*[,}\]]")

_NEXT_KEY = r'"[^"\\]{1,100}"\s*:\s*["{\[\-\dtfn,}]'
_BEHIND_CLOSER = rf'\s*(?:,\s*(?:["{{}}\[\],/]|\Z)|[;}}\]{{\[/<-]|{_NEXT_KEY}|\Z)'
# what may stand behind the quotation mark that ends a text, within an object and within a list;
# the group is there where the block ends with the text
_IN_OBJECT = re.compile(rf"\s*(?:(?:,\s*)?(?:\}}{_BEHIND_CLOSER}|(\Z))|,\s*(?:[,/]|{_NEXT_KEY}))")
_IN_LIST = re.compile(rf'\s*(?:(?:,\s*)?(?:\]{_BEHIND_CLOSER}|(\Z))|,\s*["{{\[\-\dtfn,/])')

_TEXT = rf'"((?:[^"\\]|\\.){{1,{MAX_PICKED_CHARS}}})"(?=\s*(?:[,}}\]"/;]|\Z))'
_FIELD = re.compile(rf'"(headline|datePublished|dateModified)"\s*:\s*{_TEXT}')
_NAME = re.compile(rf'"name"\s*:\s*{_TEXT}')
_AUTHOR = re.compile(r'"author"\s*:\s*(\{[^{}]{0,1000}|\[[^\[\]]{0,3000})?')
_NESTED = re.compile(r"\{[^{}]*\{")
_ORGANIZATION = re.compile(r'"@type"\s*:\s*"\w{0,40}Organization"')
# things with authors of their own, whose names must not be taken for the page's
_OTHER_WORKS = re.compile(r'"(?:comment|review|itemListElement|hasPart|mentions)"\s*:')


class _Ambiguous(Exception):
    """The text can be read in more than one way, or in none."""


class _Cut(Exception):
    """The text ends within a value; what stands before is whole."""


def load(block: str) -> tuple[list[Any], str | None]:
    """The values of a block, and the text that could not be read.

    Returns:
        The text is None where the block was read whole, as it stands or repaired; empty where it
        ends too early; and all of the block where it cannot be repaired: then without values.
    """
    text = block.strip()
    for opening in _OPENINGS:
        text = text.removeprefix(opening).lstrip()
    for closing in _CLOSINGS:
        text = text.removesuffix(closing).rstrip()
    is_long = len(text) > MAX_REPAIRED_CHARS
    attempts = (text, _TRAILING_COMMA.sub(r"\1", text)) if is_long else (text,)
    for attempt in attempts:
        try:
            return [json.loads(attempt, strict=False)], None
        except (ValueError, RecursionError):
            continue
    if is_long:
        return [], block
    return _repair(unescape(text) if _ENTITY_QUOTES.match(text) else text)


def unescape(text: str) -> str:
    """The text without entities; as it is where one stands for an absurd number."""
    try:
        return html.unescape(text)
    except ValueError:  # more digits than Python turns into a number
        return text


def pick(text: str) -> Iterator[tuple[str, Any]]:
    """(property, value) of headline, days and authors in a text that cannot be read as a whole."""
    fields = [(match[1], _decoded(match[2])) for match in _FIELD.finditer(text)]
    changes = {value for name, value in fields if name == "dateModified"}
    for name, value in fields:
        if name != "dateModified" or len(changes) == 1:  # further ones are those of comments
            yield name, value
    found = [_authors(match[1] or "") for match in _AUTHOR.finditer(text)]
    if found and all(authors == found[0] for authors in found) and not _OTHER_WORKS.search(text):
        for author in found[0]:
            yield "author", author


def _authors(text: str) -> list[dict[str, str]]:
    """The authors in the text of an object, or of a list of objects that hold no others."""
    if _NESTED.search(text):
        return []
    authors = []
    for part in text.split("}"):
        names = _NAME.findall(part)
        if len(names) == 1:
            kind = "Organization" if _ORGANIZATION.search(part) else "Person"
            authors.append({"@type": kind, "name": _decoded(names[0])})
    return authors


def _repair(text: str) -> tuple[list[Any], str | None]:
    reader, is_cut = _Reader(text), False
    try:
        reader.read()
    except _Ambiguous:
        return [], text
    except _Cut:
        is_cut = True
    if not reader.values:
        return [], text
    rest = text[reader.at :]
    return reader.values, rest if is_cut or rest else None


def _decoded(text: str) -> str:
    """What stands between quotation marks, its escapes resolved as a browser would."""
    return str(json.loads(f'"{_ESCAPE.sub(_json_escape, text)}"', strict=False))


def _json_escape(match: re.Match[str]) -> str:
    """An escape as JSON knows it; one that it does not know stands for the sign itself."""
    sign = match[1]
    if sign is None:
        return '\\"'
    if len(sign) == 5 or sign in '"\\/bfnrt':
        return match[0]
    return f"\\u00{sign[1:]}" if len(sign) == 3 else str(sign)


class _Reader:
    """Reads values one behind the other; what is open is kept on a stack, not on Python's own."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.values: list[Any] = []
        self._open: list[Any] = []
        self._key = ""
        self._has_inner_quotes = False
        self._may_begin = True  # a comma or an opening bracket stands before
        self._last_quote = text.rfind('"')

    def read(self) -> None:
        """Read up to the end, or to text that belongs to no value.

        Raises:
            _Ambiguous: the text has no certain reading.
            _Cut: it ends within a value; `values` holds what is whole.
        """
        while True:
            self._skip()
            sign = self.text[self.at : self.at + 1]
            if not self._open:
                if sign in ("{", "["):
                    self._enter(sign)
                elif sign in (",", ";"):
                    self.at += 1
                elif sign and self._has_inner_quotes:
                    raise _Ambiguous  # one of them may have ended a text too early
                else:
                    return
            elif not sign:
                raise _Cut
            elif sign == ",":
                self.at, self._may_begin = self.at + 1, True
            elif sign == ("}" if self._in_object else "]"):
                self._leave()
            else:
                self._add(sign)

    @property
    def _in_object(self) -> bool:
        return isinstance(self._open[-1], dict)

    def _skip(self) -> None:
        """Go behind spaces and comments; between values behind their wrappers too."""
        text = self.text
        while True:
            match = _SPACE.match(text, self.at)
            self.at = match.end() if match else self.at
            wrapper = None if self._open else _WRAPPER.match(text, self.at)
            if wrapper:
                self.at = wrapper.end()
                continue
            opening = text[self.at : self.at + 2]
            if opening not in ("//", "/*"):
                return
            closing = "\n" if opening == "//" else "*/"
            end = text.find(closing, self.at + 2)
            if end < 0:  # perhaps no comment at all: its text is left to be looked at
                raise _Cut
            self.at = end + len(closing)

    def _enter(self, sign: str) -> None:
        inner: Any = {} if sign == "{" else []
        self._keep(inner)
        self._open.append(inner)
        self.at, self._may_begin = self.at + 1, True

    def _leave(self) -> None:
        self._open.pop()
        self.at, self._may_begin = self.at + 1, True  # behind a bracket a comma is not missed

    def _keep(self, value: Any) -> None:
        if not self._open:
            self.values.append(value)
        elif self._in_object:
            self._open[-1][self._key] = value
        else:
            self._open[-1].append(value)

    def _add(self, sign: str) -> None:
        """Add the member or item that begins here."""
        if not self._may_begin:
            raise _Ambiguous
        if self._in_object:
            self._key = self._read_key()
            sign = self.text[self.at : self.at + 1]
        self._may_begin = False
        if sign in ("{", "["):
            self._enter(sign)
        elif sign == '"':
            self._keep(self._read_text())
        elif self._in_object and sign in (",", "}"):
            self._keep(None)  # a template that had nothing to fill in
        else:
            self._keep(self._read_literal())

    def _read_key(self) -> str:
        """The key that begins here; goes to what stands behind its colon."""
        match = _KEY.match(self.text, self.at)
        if match is None:
            raise _Ambiguous if self._last_quote > self.at else _Cut
        self.at = match.end()
        self._skip()
        if self.text[self.at : self.at + 1] != ":":
            raise _Ambiguous if self.at < len(self.text) else _Cut
        self.at += 1
        self._skip()
        if self.at == len(self.text):
            raise _Cut
        return _decoded(match[1])

    def _read_text(self) -> str:
        """The text that begins here, up to the first quotation mark that can be its end."""
        begin, inner = self.at + 1, 0
        for stop in _STOP.finditer(self.text, begin):
            if stop[0] != '"':
                continue
            if self._ends_text(stop.end(), inner):
                self.at = stop.end()
                self._has_inner_quotes |= inner > 0
                return _decoded(self.text[begin : stop.start()])
            if _COLON.match(self.text, stop.end()):
                raise _Ambiguous  # the end of a key: the text must have ended before
            inner += 1
        raise _Ambiguous if inner else _Cut

    def _ends_text(self, end: int, inner: int) -> bool:
        """Whether the quotation mark before `end` ends a text with so many of them inside.

        Raises:
            _Ambiguous: it looks so, but may as well be one that opens or closes a quotation.
        """
        text = self.text
        if not inner and _COMMENT.match(text, end):
            return True
        if not inner and end > self._last_quote and _CLOSER.match(text, end):
            return True  # whatever may stand behind the last bracket
        match = (_IN_OBJECT if self._in_object else _IN_LIST).match(text, end)
        if match and inner and (match.lastindex or (inner % 2 and not self._in_object)):
            raise _Ambiguous
        return match is not None

    def _read_literal(self) -> Any:
        match = _LITERAL.match(self.text, self.at)
        if match is None:
            raise _Ambiguous
        if match.end() == len(self.text):
            raise _Cut  # half a number may stand there
        try:
            value = json.loads(match[0])
        except ValueError as error:
            raise _Ambiguous from error
        self.at = match.end()
        return value
