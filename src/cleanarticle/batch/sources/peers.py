"""Connections to servers of the public internet, and to no others.

A name is resolved once, each address that it has is looked at, and one of these very addresses is
connected to: so neither another spelling of a private address nor a name that changes its mind
leads inside. Proxies of the environment are not used, as they would connect for us.
"""

import functools
import ipaddress
import socket
import ssl
import threading
import time
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

_UNICAST = ipaddress.ip_network("2000::/3")  # all that is given out of IPv6
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # IPv4 as networks without it show it
_TRIES = 4  # addresses of a host that are connected to in turn
_MAX_WAIT = 15.0  # seconds for one of them
# Public by Python's tables, or by those of some versions, and still no place of web pages.
_NOT_PUBLIC = tuple(
    ipaddress.ip_network(block)
    for block in (
        "168.63.129.16/32",  # the metadata of a cloud
        "192.0.0.0/24",  # protocols, and the metadata of another
        "192.88.99.0/24",  # relays of 6to4
        "2001::/23",  # Teredo among others
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: any IPv4
        "3fff::/20",  # documentation
    )
)


class Refused(Exception):
    """Why an address is not fetched."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a fetch has to be done."""

    seconds: float
    _ends_at: float = field(init=False)

    def __post_init__(self) -> None:
        """Begin to count."""
        object.__setattr__(self, "_ends_at", time.monotonic() + self.seconds)

    def left(self) -> float:
        """Seconds that are left, more than none.

        Raises:
            TimeoutError: there are none.
        """
        left = self._ends_at - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, where pages may be fetched from."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:  # such as one with a zone
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if inner := ip.ipv4_mapped or (_inner_of(ip) if ip in _NAT64 else None):
            return is_public(str(inner))
        if ip not in _UNICAST:
            return False
    blocked = any(ip.version == block.version and ip in block for block in _NOT_PUBLIC)
    return ip.is_global and not ip.is_multicast and not blocked


def _inner_of(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address:
    return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)


def connect(host: str, port: int, deadline: Deadline) -> socket.socket:
    """A connection to a host.

    Raises:
        Refused: one of its addresses is not public; nothing has been connected to.
        OSError: there is no such host, or it cannot be reached; also for time that is up.
    """
    found = _resolved(host, port, deadline)
    for *_how, place in found:
        if not is_public(place[0]):
            raise Refused(f"{place[0]} is no public address")
    fault = OSError(f"{host} has no address")
    for family, kind, protocol, _name, place in found[:_TRIES]:
        peer = socket.socket(family, kind, protocol)
        try:
            peer.settimeout(min(deadline.left(), _MAX_WAIT))
            peer.connect(place)
        except OSError as error:
            peer.close()
            fault = error
        else:
            return peer
    raise fault


def secured(peer: socket.socket, host: str) -> ssl.SSLSocket:
    """The connection with TLS; what has no certificate for the host is no answer.

    Raises:
        OSError: there is no valid certificate, or no TLS.
    """
    return trusted().wrap_socket(peer, server_hostname=host.rstrip("."))


@functools.cache
def trusted() -> ssl.SSLContext:
    """Who is trusted: those whom the system trusts, and those whom browsers do."""
    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _resolved(host: str, port: int, deadline: Deadline) -> list[Any]:
    """The addresses of a host. A resolver that takes longer is left alone with its question."""
    outcome: Future[list[Any]] = Future()

    def ask() -> None:
        try:
            outcome.set_result(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except Exception as error:
            outcome.set_exception(error)

    threading.Thread(target=ask, daemon=True).start()
    return outcome.result(deadline.left())
