"""Markup as UTF-8 bytes that libxml2 reads in linear time, and to their end as a browser would."""

import re
from collections.abc import Callable

from cleanarticle.accelerator import accelerated

# libxml2 compares each attribute of a tag with all before it, so a tag of 100,000 takes a minute.
# A tag longer than this keeps the attributes that are read here, and no others.
# Comments, scripts and styles are stepped over whole, and so are quoted values within a tag,
# without a way back: the search stays linear. A quotation mark that opens no value is a slip of
# the page's author, and the tag ends at the next ">"; an open one, before the next tag.
_ATTRIBUTES = r"""(?>[^"'<>=]++|=\s*+(?:"[^"]*+"|'[^']*+')|["'=]|<(?![a-z/!]))*+(?:>|(?=<)|\Z)"""
_TAG = re.compile(
    rf"<(?:!--(?>[^-]++|-(?!->))*+(?:-->)?+"
    rf"|(?P<inside>(?:(?P<raw>script|style|xmp|textarea)\b|[a-z][\w:-]{{0,40}}){_ATTRIBUTES})"
    rf"(?(raw)(?>[^<]++|<(?!/(?P=raw)))*+(?:</(?P=raw))?+))",
    re.I,
)
_TAG_NAME = re.compile(r"<[\w:-]+")
_READ_ATTRIBUTE = re.compile(
    r"""\s(aria-\w+|class|content|data-(?:component|testid|type)|datetime|hidden|href|id|itemprop"""
    r"""|itemtype|lang|name|property|rel|role|style|type)"""
    r"""\s*=\s*("[^"]{0,2000}"|'[^']{0,2000}'|[^\s"'<>]{1,2000})""",
    re.I,
)
_CONTROLS = bytes((*range(0x09), *range(0x0E, 0x20), 0x7F))
_WIDE_CONTROLS = (
    (b"\xc2", re.compile(rb"\xc2[\x80-\x84\x86-\x9f]")),
    (b"\xef", re.compile(rb"\xef\xbf[\xbe\xbf]")),  # U+FFFE and U+FFFF
)
_SURROGATES = re.compile("[\ud800-\udfff]")
# libxml2 drops what stands behind the end of the page; a browser puts it into the body.
_SPACE = (
    rb"[\t-\r\x1c-\x20]|\xc2[\x85\xa0]|\xe1\x9a\x80|\xe2\x80[\x80-\x8a\xa8\xa9\xaf]"
    rb"|\xe2\x81\x9f|\xe3\x80\x80"
)
_CLOSING = re.compile(rb"</(?:body|html)(?:" + _SPACE + rb")*+>", re.I)
_MARKS = (b'"', b"'")
_LOOK_BACK = 32  # bytes before a quotation mark in which the sign before it should be
_EQUALS = ord("=")
_EXCLAMATION, _TILDE = ord("!"), ord("~")  # the first and the last visible sign of ASCII


def encoded(text: str) -> bytes:
    """The text as UTF-8; lone surrogates become U+FFFD."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", text).encode("utf-8")


@accelerated("markup")
def tidied(data: bytes, longest: int, lightened: Callable[[str], str]) -> bytes:
    """Valid UTF-8 markup without control characters, overlong tags and ends of the page.

    Args:
        data: the markup.
        longest: characters of a tag that is left as it is.
        lightened: gives what stands in the place of a longer one.
    """
    data = _without_controls(data)
    if may_hold_long_tag(data, longest):
        text = data.decode("utf-8")
        light = with_light_tags(text, longest, lightened)
        data = data if light is text else light.encode("utf-8")
    return _CLOSING.sub(b"", data)


def _without_controls(data: bytes) -> bytes:
    data = data.translate(None, _CONTROLS)
    for first, pattern in _WIDE_CONTROLS:
        if first in data:
            data = pattern.sub(b"", data)
    return data


def may_hold_long_tag(data: bytes, longest: int) -> bool:
    """Whether a tag may be longer than `longest`; where the answer is no, none is.

    A longer tag covers one of the steps of half that length from its start to its end. A ">" in
    that step is in a quoted value then, and so is the last one before it that has no "<" behind it.
    """
    step = longest // 2
    opened = closed = -1  # the last "<" and ">" before the step
    quotes = _Quotes(data)
    for start in range(step, len(data) - step, step):
        opened = max(opened, data.rfind(b"<", start - step, start))
        closed = max(closed, data.rfind(b">", start - step, start))
        if opened <= closed and not quotes.may_be_open(max(closed, 0)):
            continue
        end = data.find(b">", start, start + step)
        if end < 0 or quotes.may_be_open(end):
            return True
    return False


class _Quotes:
    """The quotation marks before places that go forward only."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._last = [-1, -1]
        self._seen = 0

    def may_be_open(self, at: int) -> bool:
        """Whether a quoted value may go on at `at`: the last mark of its sort opens one."""
        for sort, mark in enumerate(_MARKS):
            self._last[sort] = max(self._last[sort], self._data.rfind(mark, self._seen, at))
        self._seen = at
        return any(map(self._may_open, self._last))

    def _may_open(self, at: int) -> bool:
        """Whether "=" stands before the mark; so it seems where the sign cannot be told."""
        before = self._data[max(at - _LOOK_BACK, 0) : max(at, 0)].rstrip()
        if not before:
            return at > 0
        return before[-1] == _EQUALS or not _EXCLAMATION <= before[-1] <= _TILDE


def with_light_tags(text: str, longest: int, lightened: Callable[[str], str]) -> str:
    """The text, its tags of more than `longest` characters replaced by what `lightened` gives."""
    parts, behind = list[str](), 0
    for match in _TAG.finditer(text):
        start, end = match.start(), match.end("inside")
        if end - start > longest:
            parts += text[behind:start], lightened(text[start:end])
            behind = end
    return "".join((*parts, text[behind:])) if parts else text


def lightened(tag: str) -> str:
    """A tag cut down to the attributes that are read here."""
    name = _TAG_NAME.match(tag)
    attributes = {m[1].lower(): m[0] for m in _READ_ATTRIBUTE.finditer(tag)}
    return f"{name[0] if name else '<div'}{''.join(attributes.values())}>"
