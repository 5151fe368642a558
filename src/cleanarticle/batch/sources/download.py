"""One page over HTTP: from public addresses alone, within limits of time and of bytes.

Not by trafilatura's downloader, which connects before it looks where to, takes many an address
for public that is not, asks again without a certificate where one is wrong, and has no limit of
time. Python's own http.client reads the answer, from a wire that ends at both limits.
"""

import http.client
import io
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from cleanarticle.batch.sources.payload import Larger, Response, page_of
from cleanarticle.batch.sources.peers import Deadline, Refused, connect, secured
from cleanarticle.version import __version__

AGENT = "cleanarticle"  # the name that robots.txt knows us by
MAX_REDIRECTS = 5
_MAX_HEAD = 1 << 20  # bytes of all that is no page: headers, the seams of chunks
_MAX_URL = 8192  # characters
_STEP = 1 << 16
_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(
    r"(?=.{1,253}$)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?|(?=[^:]*:)[0-9a-f:.]{2,45}"
)
_SAFE = "!#$%&'()*+,/:;=?@[]~"  # of an address; "%" as what is quoted stays so
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_ASKED = (
    f"User-Agent: {AGENT}/{__version__}\r\nAccept: text/html, */*;q=0.5\r\n"
    "Accept-Encoding: gzip, deflate\r\nConnection: close\r\n\r\n"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answers, unpacked."""

    data: bytes
    status: int
    url: str
    """Where it was found, after redirects."""
    headers: Mapping[str, str]
    """By their names in small letters."""


def download(url: str, max_bytes: int, seconds: float) -> Answer:
    """The answer for an address of http or https, after redirects.

    Raises:
        Refused: it, or what it redirects to, is not fetched; the message says why.
        Larger: the page has more than `max_bytes` bytes, packed or unpacked.
        Unusable: it is packed in a way that is not known, or broken.
        TimeoutError: it takes longer than `seconds` in all.
        OSError: the server cannot be reached or has no valid certificate.
        http.client.HTTPException: what it answers is no HTTP, or is cut off.
    """
    deadline = Deadline(seconds)
    for _hop in range(MAX_REDIRECTS + 1):
        answer, target = _ask(url, max_bytes, deadline)
        if answer is not None:
            return answer
        url = target
    raise Refused(f"more than {MAX_REDIRECTS} redirects")


def host_of(parts: SplitResult) -> str:
    """The host of an address in small letters of ASCII.

    Raises:
        Refused: it has none, or one with signs that are of no host.
    """
    name = parts.hostname or ""
    try:
        host = name if name.isascii() else name.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise Refused("its host is no name") from error
    if not _HOST.fullmatch(host):
        raise Refused("its host is no name")
    return host


def _ask(url: str, max_bytes: int, deadline: Deadline) -> tuple[Answer | None, str]:
    """The answer of one server, or the address that it redirects to."""
    parts, host, port = _place(url)
    peer = connect(host, port, deadline)
    try:
        if parts.scheme == "https":
            peer.settimeout(deadline.left())
            peer = secured(peer, host)
        peer.settimeout(deadline.left())
        peer.sendall(_request(parts, host, port))
        wire: Any = _Wire(peer, max_bytes + _MAX_HEAD, deadline)
        with http.client.HTTPResponse(wire, method="GET") as response:
            response.begin()
            location = response.headers.get("location", "")
            if response.status in _REDIRECTS and location:
                return None, _joined(url, location)
            return _answer(url, response, max_bytes), ""
    finally:
        peer.close()


def _place(url: str) -> tuple[SplitResult, str, int]:
    if len(url) > _MAX_URL:
        raise Refused("the address is too long")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:  # such as an open bracket
        raise Refused(str(error)) from error
    if parts.scheme not in _PORTS:
        raise Refused(f"only http and https are fetched, not {parts.scheme or 'a path'}")
    return parts, host_of(parts), _PORTS[parts.scheme] if port is None else port


def _request(parts: SplitResult, host: str, port: int) -> bytes:
    target = quote(parts.path or "/", _SAFE) + (
        f"?{quote(parts.query, _SAFE)}" if parts.query else ""
    )
    name = f"[{host}]" if ":" in host else host
    shown = name if port == _PORTS[parts.scheme] else f"{name}:{port}"
    return f"GET {target} HTTP/1.1\r\nHost: {shown}\r\n{_ASKED}".encode("ascii")


def _joined(url: str, location: str) -> str:
    """Where a redirect leads; bytes beyond ASCII are those of UTF-8."""
    target = location.encode("latin-1", "replace").decode("utf-8", "replace").strip()
    try:
        return urljoin(url, target)
    except ValueError as error:
        raise Refused(f"it redirects to no address: {error}") from error


def _answer(url: str, response: http.client.HTTPResponse, max_bytes: int) -> Answer:
    body = bytearray()
    while chunk := response.read(min(_STEP, max_bytes + 1 - len(body))):
        body += chunk
        if len(body) > max_bytes:
            raise Larger
    if response.length:
        raise http.client.IncompleteRead(b"", response.length)
    headers = {name.lower(): value for name, value in reversed(response.headers.items())}
    codings = [str(value) for value in response.headers.get_all("content-encoding", [])]
    packed = Response(response.status, {"content-encoding": codings}, bytes(body))
    data = page_of(packed, max_bytes) if response.status == 200 else bytes(body)
    return Answer(data, response.status, url, headers)


class _Wire(io.RawIOBase):
    """What a server sends, up to a number of bytes and to a point of time."""

    def __init__(self, peer: socket.socket, limit: int, deadline: Deadline) -> None:
        self._peer, self._left, self._deadline = peer, limit, deadline

    def makefile(self, _mode: str) -> io.BufferedReader:
        """As of a socket: http.client asks for it."""
        return io.BufferedReader(self, _STEP)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._peer.settimeout(self._deadline.left())
        size = self._peer.recv_into(buffer)
        self._left -= size
        if self._left < 0:
            raise Larger
        return size
