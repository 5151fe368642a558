"""Is it HTML, or raw page text?"""

import re

_SAMPLE = 200_000  # characters looked at
_HEAD_BYTES = 4096  # the start of a document stands in them; the rest need not be decoded to see it

_DOCUMENT = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.I)
_SPACE = re.compile(r"[\ufeff\s]*")
_OPENING = re.compile(r"<[a-z][\w:-]*[\s/>]", re.I)
_ASIDES = (("<!--", "-->"), ("<?xml", "?>"))  # what may stand before a document
_TAG = re.compile(
    r"</?(?:a|article|b|blockquote|body|br|button|center|div|em|font|footer|form|h[1-6]|head|header|html|i|img"
    r"|input|li|link|main|meta|nav|ol|p|pre|script|section|small|span|strong|style|svg|table|tbody|td|th|title|tr|u|ul)"
    r"(?:\s[^<>]{0,3000})?/?>",
    re.I,
)
MARKUP_SHARE = 0.15  # of the characters; text about HTML that quotes tags stays below
TAGGED_LINES = 0.4  # of the lines hold a tag; text around quoted code has more lines without
MAX_EDGE = 500  # characters without a tag at either end
MIN_FRAGMENT_TAGS = 2
MIN_UNCLOSED_TAGS = 8  # of a fragment that closes none
MIN_CLOSED_TAGS = 4  # of a fragment that starts with text and ends with a tag


def is_html(page: str | bytes) -> bool:
    """Whether a text, or one in UTF-8, is markup rather than text whose tags are gone.

    A document says so at its start. A fragment starts with a tag and ends with one, or consists of
    tags to a good part, in most of its lines; text that quotes tags does neither.
    """
    if isinstance(page, bytes):
        head = page[:_HEAD_BYTES].decode("utf-8", "ignore")
        match = _DOCUMENT.match(head, _start(head))
        return bool(match and match.end() < len(head)) or _is_html(page.decode("utf-8"))
    return _is_html(page)


def _is_html(text: str) -> bool:
    start = _start(text)
    if start and text.strip() and not text[start:].strip():
        return True  # nothing but comments
    if _DOCUMENT.match(text, start):
        return True
    if _OPENING.match(text, start) and text.rstrip().endswith(">"):
        return True
    return _is_fragment(text[:_SAMPLE].strip(), whole=len(text) <= _SAMPLE)


def _is_fragment(sample: str, *, whole: bool) -> bool:
    tags = [match.span() for match in _TAG.finditer(sample)]
    closed = "</" in sample or len(tags) >= MIN_UNCLOSED_TAGS  # text about tags names a few
    if len(tags) < MIN_FRAGMENT_TAGS or not closed or tags[0][0] > MAX_EDGE:
        return False
    if len(tags) >= MIN_CLOSED_TAGS and tags[-1][1] == len(sample):
        return True
    ends_late = whole and tags[-1][1] < len(sample) - MAX_EDGE
    if ends_late or sum(end - begin for begin, end in tags) < MARKUP_SHARE * len(sample):
        return False
    lines = [line for line in sample.splitlines() if line.strip()]
    return sum(1 for line in lines if _TAG.search(line)) >= TAGGED_LINES * len(lines)


def _start(text: str) -> int:
    """Where the text starts behind white space, comments and an XML declaration."""
    position = 0
    while True:
        position = _SPACE.match(text, position).end()  # type: ignore[union-attr]  # matches nothing too
        for opening, closing in _ASIDES:
            end = text.find(closing, position) if text.startswith(opening, position) else -1
            if end >= 0:
                position = end + len(closing)
                break
        else:
            return position
