"""Builds WARC files for tests, true and false ones."""

import gzip
from collections.abc import Iterable

DATE = "2024-03-05T06:07:08Z"
HTML = "text/html; charset=utf-8"


def page(name: str, words: int = 40) -> bytes:
    """A page of invented prose, which says its name."""
    prose = f"The ferry {name} left the old harbour and came back empty before noon. "
    body = prose * (words // 13 + 1)
    return f"<html><title>{name}</title><body><p>{body}</p></body></html>".encode()


def record(
    kind: str,
    name: str,
    block: bytes,
    *,
    length: object = None,
    content_type: str = "application/http; msgtype=response",
    more: Iterable[str] = (),
    url: str | None = None,
    date: str = DATE,
) -> bytes:
    """A record with its two line ends; `length` is a false one, or "" for none."""
    fields = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: <urn:uuid:{name}>",
        f"WARC-Date: {date}",
        f"WARC-Target-URI: {url or address(name)}",
        f"Content-Type: {content_type}",
        *more,
    ]
    if length != "":
        fields.append(f"Content-Length: {len(block) if length is None else length}")
    return "\r\n".join((*fields, "", "")).encode() + block + b"\r\n\r\n"


def address(name: str) -> str:
    return f"https://example.org/{name}"


def http(
    body: bytes, *, status: str = "200 OK", content_type: str = HTML, more: Iterable[str] = ()
) -> bytes:
    """An answer of a server; no type where it is empty."""
    fields = [f"HTTP/1.1 {status}", *([f"Content-Type: {content_type}"] if content_type else [])]
    return "\r\n".join((*fields, *more, "", "")).encode() + body


def response(name: str, body: bytes | None = None, *, length: object = None) -> bytes:
    """A record of an answer with a page, that of its name if none is given."""
    return record("response", name, http(page(name) if body is None else body), length=length)


def request(name: str) -> bytes:
    """A record of a question for a page."""
    block = f"GET /{name} HTTP/1.1\r\nHost: example.org\r\n\r\n".encode()
    return record("request", name, block, content_type="application/http; msgtype=request")


def info(name: str = "info") -> bytes:
    """The record that a file begins with."""
    return record("warcinfo", name, b"software: none\r\n", content_type="application/warc-fields")


def conversion(name: str, text: str) -> bytes:
    """A record of WET."""
    return record("conversion", name, text.encode(), content_type="text/plain")


def members(*records: bytes) -> bytes:
    """The records, each packed by itself, as a crawler writes them."""
    return b"".join(member(one) for one in records)


def member(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def spoilt(data: bytes, at: int, size: int = 10) -> bytes:
    """The data with bytes overwritten."""
    return data[:at] + b"\xff" * size + data[at + size :]
