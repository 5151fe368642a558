"""Whatever a caller hands over, opened: text, bytes, files, trees, soups, responses."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from cleanarticle.errors import PageTypeError, UnreadableInput
from cleanarticle.options import DEFAULT_LIMITS, Limits, limit_note
from cleanarticle.readers.decode import GZIP_MAGIC, decode, gunzip, is_binary, is_utf8

LEADS = b"\xc0"  # the first byte of a sign of several bytes is at least this
BINARY = "the bytes are no text: a picture, a PDF, an archive or noise"


@dataclass(frozen=True, slots=True)
class Opened:
    """A page that can be read: text or a tree, never both."""

    source: str | bytes | None = None  # text; as it came where that is UTF-8
    tree: Any = None  # an lxml element or tree
    soup: Any = None  # a BeautifulSoup object or tag
    url: str | None = None
    content_type: str = ""
    note: str = ""

    @property
    def text(self) -> str | None:
        """The text, decoded anew where it came as bytes: it may take four times their memory."""
        return self.source.decode("utf-8") if isinstance(self.source, bytes) else self.source


def open_page(page: Any, limits: Limits = DEFAULT_LIMITS) -> Opened:
    """What is in the caller's object, up to `limits.page_bytes`.

    Raises:
        PageTypeError: the object is of no type that is accepted.
        UnreadableInput: a path cannot be read, or its gzip data is broken.
    """
    most = limits.page_bytes
    if isinstance(page, str):
        return Opened(page) if len(page) <= most else Opened(page[:most], note=_cut_off(most))
    if isinstance(page, (bytes, bytearray, memoryview)):
        return _opened_bytes(bytes(page), most)
    if isinstance(page, Path):
        return _opened_bytes(_file(page, most), most, strict=True)
    if isinstance(page, etree._Element) and not isinstance(page.tag, str):
        raise PageTypeError(f"an lxml {type(page).__name__.strip('_')}")
    if isinstance(page, (etree._Element, etree._ElementTree)):
        return Opened(tree=page)
    bs4 = sys.modules.get("bs4")  # a soup exists only where bs4 has been imported
    if bs4 is not None and isinstance(page, bs4.Tag):
        return Opened(soup=page)
    return _response(page, most)


def _opened_bytes(
    data: bytes, most: int, url: str | None = None, content_type: str = "", *, strict: bool = False
) -> Opened:
    if data.startswith(GZIP_MAGIC):
        try:
            data = gunzip(data, most + 1)
        except UnreadableInput as error:  # of a path it is raised, of bytes it is page content
            if strict:
                raise
            return Opened("", url=url, note=str(error))
    if is_binary(data):
        return Opened("", url=url, note=BINARY)
    note = ""
    if len(data) > most:
        data, note = _whole_signs(data[:most]), _cut_off(most)
    source = data if is_utf8(data) else decode(data, content_type)
    return Opened(source, url=url, content_type=content_type, note=note)


def _cut_off(most: int) -> str:
    return limit_note(f"the page was cut off after {most} bytes", "page_bytes")


def _whole_signs(data: bytes) -> bytes:
    """Data without the start of a sign of UTF-8 at its end, which would spoil all of it."""
    start = next((n for n in range(1, 4) if data[-n:][:1] >= LEADS), 0)
    return data[: len(data) - start] if start and not is_utf8(data[-start:]) else data


def _file(path: Path, most: int) -> bytes:
    """The bytes of a file, and one more than `most` where there are more."""
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except (OSError, ValueError) as error:  # a name with a NUL is a ValueError
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableInput(os.fspath(path), reason) from error


def _response(page: Any, most: int) -> Opened:
    """A response of requests, httpx, Scrapy, urllib3 or urllib, told by what it offers."""
    body = next(
        (b for b in map(_attribute(page), ("body", "content", "data")) if isinstance(b, bytes)),
        None,
    )
    if body is None and callable(getattr(page, "read", None)):
        try:
            body = _read_up_to(page.read, most + 1)
        except OSError as error:
            raise UnreadableInput(_url(page) or "response", str(error)) from error
    if not isinstance(body, (bytes, bytearray)):
        raise PageTypeError(type(page).__name__)
    content_type = _header(page)
    return _opened_bytes(bytes(body), most, _url(page), content_type)


def _read_up_to(read: Callable[[int], Any], most: int) -> Any:
    """What a stream gives, which may be less at a time than was asked for."""
    body = first = read(most)
    while isinstance(first, bytes) and first and len(body) < most:
        first = read(most - len(body))
        body += first
    return body


def _attribute(page: Any) -> Any:
    return lambda name: getattr(page, name, None)


def _header(page: Any) -> str:
    headers = getattr(page, "headers", None)
    if headers is None or not hasattr(headers, "get"):
        return ""
    value = headers.get("Content-Type") or headers.get(b"Content-Type") or ""
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _url(page: Any) -> str | None:
    url = getattr(page, "url", None) or (page.geturl() if hasattr(page, "geturl") else None)
    return str(url) if url else None
