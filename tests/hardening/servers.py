"""Servers on loopback that play the public internet, and one that means ill."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from unittest import mock

CERTIFICATE = Path(__file__).with_name("self_signed.pem")  # of "localhost", with its key
PUBLIC = "93.184.215.14"  # that servers of a test seem to have; nothing is ever sent there
HOST = "site.test"

Sent = bytes | Callable[[], Iterable[bytes]]  # what is answered, whole or bit by bit

_getaddrinfo, _connect = socket.getaddrinfo, socket.socket.connect


@dataclass
class Server:
    """Answers each path with bytes of our choice, as long as the client takes them."""

    answers: Mapping[str, Sent]
    tls: bool = False
    asked: list[str] = field(default_factory=list)  # first lines of what was asked
    sent: int = 0  # bytes
    port: int = 0
    gone: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._threads = [threading.Thread(target=self._serve, daemon=True)]
        self._threads[0].start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.gone.set()
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for thread in self._threads:
            thread.join(10)

    def url(self, path: str = "/", host: str = HOST) -> str:
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}{path}"

    def slowly(self, data: Iterable[bytes]) -> Iterator[bytes]:
        """The data with a pause before each bit."""
        for bit in data:
            if self.gone.wait(0.02):
                return
            yield bit

    def _serve(self) -> None:
        while not self.gone.is_set():
            with contextlib.suppress(OSError):
                client, _place = self._socket.accept()
                thread = threading.Thread(target=self._answer, args=(client,), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _answer(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError), contextlib.closing(client):
            client.settimeout(10)
            if self.tls:
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(CERTIFICATE)
                client = context.wrap_socket(client, server_side=True)
            with contextlib.closing(client), client.makefile("rb") as request:
                first = request.readline().decode("latin-1").strip()
                while request.readline().strip():
                    pass
                self.asked.append(first)
                path = first.partition(" ")[2].partition(" ")[0]  # a greeting of TLS has none
                answer = self.answers.get(path, status(404))
                for bit in [answer] if isinstance(answer, bytes) else answer():
                    client.sendall(bit)
                    self.sent += len(bit)


class Internet:
    """All names and addresses there are: those of the servers, and what a test adds.

    The check of addresses stays as it is: a server seems to have a public one. Nothing is
    connected to but the servers, which are on loopback.
    """

    def __init__(self, *servers: Server) -> None:
        self.names: dict[str, list[list[str]]] = {HOST: [[PUBLIC]]}  # what is answered in turn
        self.ports = {server.port for server in servers}
        self.resolved: list[str] = []
        self.connected: list[tuple[str, int]] = []

    def __enter__(self) -> Self:
        self._patches = contextlib.ExitStack()
        self._patches.enter_context(mock.patch("socket.getaddrinfo", self._resolve))
        internet = self

        def connect(peer: socket.socket, place: Any) -> None:
            internet.connected.append(place[:2])
            if place[0] != PUBLIC or place[1] not in internet.ports:
                raise ConnectionRefusedError("nothing but a server of the test is connected to")
            _connect(peer, ("127.0.0.1", place[1]))

        self._patches.enter_context(mock.patch.object(socket.socket, "connect", connect))
        return self

    def __exit__(self, *_error: object) -> None:
        self._patches.close()

    def _resolve(self, host: str, port: int, *_kinds: Any, **choices: Any) -> list[Any]:
        self.resolved.append(host)
        if host in self.names:
            turns = self.names[host]
            found = turns.pop(0) if len(turns) > 1 else turns[0]
        else:
            found = [host]
        known = {"type": socket.SOCK_STREAM, "flags": socket.AI_NUMERICHOST}
        return [one for name in found for one in _getaddrinfo(name, port, **choices | known)]


def status(number: int, *headers: str, body: bytes = b"") -> bytes:
    """An answer whose length is told."""
    lines = [f"HTTP/1.1 {number} So", *headers, f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


def packed(coding: str, body: bytes) -> bytes:
    """An answer in a content encoding."""
    return status(200, "Content-Type: text/html", f"Content-Encoding: {coding}", body=body)


def redirect(place: str, body: bytes = b"") -> bytes:
    """An answer that leads elsewhere."""
    return status(302, f"Location: {place}", body=body)


def endless(start: bytes, bit: bytes) -> Callable[[], Iterator[bytes]]:
    """An answer that goes on for ever, in large bits."""

    def answer() -> Iterator[bytes]:
        yield start
        many = bit * max(1, (1 << 16) // len(bit))
        while True:
            yield many

    return answer
