"""The page in an HTTP response of an archive: status, type, codings."""

import io
import re
import zlib
from dataclasses import dataclass

from cleanarticle.batch.sources.compressed import (
    GZIP_MAGIC,
    is_zstd,
    read_up_to,
    without_gzip,
)
from cleanarticle.batch.sources.records import (
    BLANK_LINE,
    MAX_HEAD,
    Headers,
    headers_of,
    value_of,
)

PAGE_TYPES = frozenset(
    (
        "text/html",
        "text/plain",
        "text/xhtml",
        "application/html",
        "application/xhtml",
        "application/xhtml+xml",
        "application/vnd.wap.xhtml+xml",
    )
)
_STATUS = re.compile(rb"HTTP(?:/[\d.]+)?[ \t]+(\d{3})\b")
_CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
_MAX_CODINGS = 5  # of one body; no server means more, and each may cost as much as the page
_PIECE = 1 << 16  # bytes unpacked at once
_NO_CODINGS = frozenset(("", "identity", "none", "8bit", "binary", "utf-8", "utf8", "text/html"))


class Unusable(Exception):
    """Why a response holds no page that can be read."""


class Larger(Exception):
    """The page is larger than it may be."""


@dataclass(frozen=True, slots=True)
class Response:
    """What was answered, its body packed as it was sent."""

    status: int | None  # None where it cannot be read
    headers: Headers
    body: bytes

    @property
    def content_type(self) -> str:
        """The header of that name; empty where there is none."""
        return value_of(self.headers, "content-type")


def response_of(content: bytes) -> Response | None:
    """The HTTP response that a record holds; None where it holds none."""
    if not content.startswith(b"HTTP"):
        return None
    end = BLANK_LINE.search(content, 0, MAX_HEAD)
    if end is None and len(content) > MAX_HEAD:
        raise Unusable("the HTTP header has no end, or is too long")
    head, body = (content[: end.end()], content[end.end() :]) if end else (content, b"")
    status = _STATUS.match(head)
    return Response(int(status[1]) if status else None, headers_of(head), body)


def refuse_status(status: int | None) -> None:
    """Pass answers that bring a page.

    Raises:
        Unusable: the status is none of 200 to 299; None is passed.
    """
    if status is not None and not 200 <= status <= 299:
        raise Unusable(f"status {status}")


def refuse_type(content_type: str) -> None:
    """Pass types of pages, and what is no type at all.

    Raises:
        Unusable: the type is neither HTML nor plain text.
    """
    name = content_type.partition(";")[0].strip().lower()
    if "/" in name and name not in PAGE_TYPES:
        raise Unusable(f"content type {name}")


def page_of(response: Response, limit: int, *, cut_off: bool = False) -> bytes:
    """The body unpacked.

    Args:
        response: whose headers name the codings. A body that plainly is not in the coding named
            is taken as it is: many crawlers unpack it and leave the header.
        limit: bytes of the page, and of every stage on the way.
        cut_off: the crawler ended the record early, and said so: what can be unpacked is enough.

    Raises:
        Larger: the page has more than `limit` bytes. It is not unpacked any further.
        Unusable: a coding is unknown, or the body is broken.
    """
    body = response.body
    if "chunked" in _codings(response.headers, "transfer-encoding"):
        body = _unchunked(body, cut_off=cut_off)
    codings = _codings(response.headers, "content-encoding")
    if len(codings) > _MAX_CODINGS:
        raise Unusable(f"{len(codings)} content encodings")
    for coding in reversed(codings):
        body = _bounded(_unpacked(body, coding, limit, cut_off=cut_off), limit)
    return _bounded(without_gzip(_bounded(body, limit), limit), limit)


def _bounded(body: bytes, limit: int) -> bytes:
    if len(body) > limit:
        raise Larger
    return body


def _codings(headers: Headers, name: str) -> list[str]:
    values = ",".join(headers.get(name, [])).lower().split(",")
    return [value.strip() for value in values if value.strip() not in _NO_CODINGS]


def _unchunked(body: bytes, *, cut_off: bool) -> bytes:
    out, at = bytearray(), 0
    while chunk := _CHUNK.match(body, at):
        size, start = int(chunk[1], 16), chunk.end()
        if at == 0 and size and body[start + size : start + size + 1] not in (b"\r", b"\n", b""):
            return body  # it only looks like a chunk
        out += body[start : start + size]
        if size == 0:
            return bytes(out)
        at = start + size
        at += len(body[at : at + 2]) - len(body[at : at + 2].lstrip(b"\r\n"))
    if at == 0:
        return body
    if cut_off:
        return bytes(out)
    raise Unusable("the transfer encoding chunked is broken")


def _unpacked(body: bytes, coding: str, limit: int, *, cut_off: bool) -> bytes:
    """The body without one coding, of no more than `limit` + 1 bytes."""
    if not body:
        return body
    try:
        if coding in ("gzip", "x-gzip"):
            return _inflated(body, 31, limit, cut_off) if body.startswith(GZIP_MAGIC) else body
        if coding == "deflate":
            return _deflated(body, limit, cut_off)
        if coding == "br":
            return _read_by("BrotliReader", body, limit)
        if coding == "zstd":
            return _read_by("ZstdReader", body, limit) if is_zstd(body) else body
    except (OSError, zlib.error) as error:
        if body.lstrip()[:1] == b"<":
            return body
        raise Unusable(f"the content encoding {coding} is broken") from error
    raise Unusable(f"content encoding {coding}")


def _read_by(name: str, body: bytes, limit: int) -> bytes:
    """What a reader of FastWARC unpacks: a record was read with it, a page of the web was not."""
    try:
        from fastwarc import stream_io
    except ImportError as error:
        raise Unusable("the content encoding needs FastWARC") from error
    return read_up_to(getattr(stream_io, name)(io.BytesIO(body)), limit + 1)


def _deflated(body: bytes, limit: int, cut_off: bool) -> bytes:
    """Of "deflate", which means two things: with the frame of zlib and without."""
    try:
        return _inflated(body, 15, limit, cut_off)
    except zlib.error:
        return _inflated(body, -15, limit, cut_off)


def _inflated(body: bytes, bits: int, limit: int, cut_off: bool) -> bytes:
    """The body unpacked piece by piece, as zlib copies what is behind each member of gzip."""
    whole, at, out = memoryview(body), 0, bytearray()
    stream = zlib.decompressobj(bits)
    while at < len(body) and len(out) <= limit:
        piece = whole[at : at + _PIECE]
        out += stream.decompress(piece, limit + 1 - len(out))
        at += len(piece) - len(stream.unused_data)
        if stream.eof:
            if not body.startswith(GZIP_MAGIC, at):
                break
            stream = zlib.decompressobj(bits)
    if not stream.eof and len(out) <= limit and not cut_off:
        raise zlib.error("cut off")
    return bytes(out)
