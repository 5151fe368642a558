"""Bytes to text: BOM, HTTP header, meta declaration, then a detector.

Method: the order of the WHATWG Encoding and HTML standards ("determining the character
encoding"), with one deviation: bytes that are valid UTF-8 beyond ASCII are UTF-8 whatever was
declared, because text in another encoding is hardly ever valid UTF-8 by accident.
"""

import codecs
import gzip
import io
import re
import zlib

from cleanarticle.errors import UnreadableInput
from cleanarticle.language import detect
from cleanarticle.options import DEFAULT_LIMITS

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*+["']?\s*+([\w:.-]{2,40})""", re.I)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w:.-]{2,40})""", re.I)
_HEADER = re.compile(r"charset\s*=\s*+[\"']?\s*+([\w:.-]{2,40})", re.I)
_MAGIC = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"RIFF", b"\x7fELF")
_CONTROLS = re.compile(rb"[\x01-\x08\x0b\x0e-\x1a\x1c-\x1f]")
MAX_CONTROLS = 0.03  # of the first bytes; text has next to none
WIDE_SHARE = 0.5  # of every other byte is zero in UTF-16 with Latin letters
_PRESCAN_BYTES = 4096  # the standard scans 1024; real pages put longer scripts first

# Labels whose browser meaning is wider than the codec that Python knows under the name.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_ALIASES = {
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "windows-949": "cp949",
    "x-cp1251": "cp1251",
    "x-euc-jp": "euc_jp",
    "unicode": "utf-16-le",
    "utf-16": "utf-8",  # a page whose declaration could be read as ASCII is not UTF-16
    "utf-16le": "utf-8",
    "utf-16be": "utf-8",
    "utf-32": "utf-8",
    "utf-32le": "utf-8",
    "utf-32be": "utf-8",
}
# Codecs of Python that no page is written in, and that would rewrite one.
_NO_ENCODINGS = frozenset(
    ("", "idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "utf-7")
)
_LATIN = re.compile(
    r"cp125[0247]|iso8859_(?:1|2|3|4|9|10|13|14|15|16)|latin_1|mac_\w+|hp_\w+|cp(?:437|500|775|85[0278]|86[0135]|037|1140)"
)
_EASTERN = frozenset(("pl", "cs", "sk", "hu", "ro", "hr", "sl", "tr", "lt", "lv", "et"))
_SAMPLE_BYTES = 200_000
_SHIFTS = (b"\x1b", b"~")  # open other letters in ISO-2022-JP and in HZ
GZIP_MAGIC = b"\x1f\x8b"
CHUNK_BYTES = 1_000_000
PIECE_BYTES = 32_768  # that UTF-8 is looked at in; the memory for larger ones is got too slowly


def decode(data: bytes, content_type: str = "") -> str:
    """The text of a page's bytes; undecodable bytes become U+FFFD.

    Args:
        data: the body, possibly gzipped.
        content_type: the HTTP header of that name, or empty.

    Raises:
        UnreadableInput: for gzip data that is broken from its start.
    """
    if data.startswith(GZIP_MAGIC):
        data = gunzip(data, DEFAULT_LIMITS.page_bytes)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace")
    if wide := _wide(data):
        return data.decode(wide, "replace")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(_declared(data, content_type) or _guessed(data), "replace")
    declared = _declared(data, content_type)
    if declared in ("iso2022_jp", "hz") and text.isascii():  # written in 7 bits
        return data.decode(declared, "replace")
    return text


def is_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8 for certain, without a BOM: `decode` would read them as such.

    False does not mean that they are not: ASCII text with signs of 7-bit encodings may be both.
    """
    if data.startswith(codecs.BOM_UTF8) or _wide(data):
        return False
    if data.isascii():
        return not any(sign in data for sign in _SHIFTS)
    return _is_valid(data)


def _is_valid(data: bytes) -> bool:
    """Whether bytes are valid UTF-8; looked at in pieces, as all the text may take much memory."""
    whole, at = memoryview(data), 0
    try:
        while at < len(data):
            piece = whole[at : at + PIECE_BYTES]
            at += codecs.utf_8_decode(piece, "strict", at + PIECE_BYTES >= len(data))[1]
    except UnicodeDecodeError:
        return False
    return True


def _wide(data: bytes) -> str:
    """The UTF-16 that bytes without a BOM are in, told by their zeros; else empty."""
    head = data[: _PRESCAN_BYTES // 2 * 2]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < WIDE_SHARE * len(head) / 2 or min(even, odd) * 4 > max(even, odd):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def gunzip(data: bytes, most: int) -> bytes:
    """Unpacked bytes, up to `most`; what could be read of a stream that is cut off.

    Raises:
        UnreadableInput: nothing can be read.
    """
    out = bytearray()
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
        try:
            while len(out) < most and (chunk := stream.read1(min(CHUNK_BYTES, most - len(out)))):
                out += chunk
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            if not out:
                raise UnreadableInput("gzip data", str(error)) from error
    return bytes(out)


def _declared(data: bytes, content_type: str) -> str | None:
    """Codec named by the header or the page, as a browser would read the label."""
    head = data[:_PRESCAN_BYTES]
    found = [m[1] for m in [_HEADER.search(content_type)] if m]
    found += [m[1].decode("ascii") for m in (_XML.search(head), _META.search(head)) if m]
    for label in found:
        codec = _codec(_ALIASES.get(label.lower(), label))
        if codec not in _NO_ENCODINGS and codec != "utf-8":  # strict UTF-8 has failed by now
            return _WIDER.get(codec, codec)
    return None


def is_binary(data: bytes) -> bool:
    """Whether bytes are no text in any encoding: a picture, a PDF, an archive, noise."""
    head = data[:_PRESCAN_BYTES]
    if head.startswith(_MAGIC):
        return True
    if not head or _wide(head) or head.startswith(tuple(bom for bom, _name in _BOMS)):
        return False
    return len(_CONTROLS.findall(head)) > MAX_CONTROLS * len(head)


def _codec(name: str) -> str:
    """Python's name of a text encoding; empty where it knows none by that name."""
    try:
        "".encode(name)
        return codecs.lookup(name).name
    except (LookupError, UnicodeError):  # unknown, or known for something else than text
        return ""


def _guessed(data: bytes) -> str:
    """Codec by the statistics of the bytes."""
    if data.decode("utf-8", "ignore").isascii() is False and _mostly_utf8(data):
        return "utf-8"
    from charset_normalizer import from_bytes  # loads slowly, and few pages need it

    best = from_bytes(data[:_SAMPLE_BYTES]).best()
    if best is None:
        return "cp1252"
    if not _LATIN.fullmatch(best.encoding):
        return best.encoding
    # Latin encodings differ in a few letters: take another than the usual one only where the text
    # is in a language that is written in it.
    text = data[:_SAMPLE_BYTES].decode(best.encoding, "replace")
    return best.encoding if detect.detect(text) in _EASTERN else "cp1252"


def _mostly_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8 but for a few broken places."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    foreign = sum(1 for char in text if char > "\x7f") - broken
    return foreign > 10 * broken  # a page in another encoding has more broken than good signs
