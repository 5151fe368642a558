"""Pages fetched from the web, politely and one at a time."""

import datetime as dt
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import islice
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from cleanarticle.batch.item import Item
from cleanarticle.batch.sources.download import AGENT, Answer, download, host_of
from cleanarticle.batch.sources.payload import Larger, Unusable, refuse_type
from cleanarticle.batch.sources.peers import Refused
from cleanarticle.batch.sources.reading import Reading, clean_text, failed, reason_of, too_large
from cleanarticle.errors import UnreadableInput
from cleanarticle.options import DEFAULT_LIMITS

DELAY = 5.0  # seconds between two pages of a host
MAX_DELAY = 60.0  # seconds; a host that asks for more gets no more
MAX_SECONDS = 120.0  # of a fetch in all, its redirects among it
MAX_BYTES = DEFAULT_LIMITS.page_bytes  # of what is no page of a batch, whose limit is in `Reading`
WINDOW = 1000  # addresses ahead, of which those wait whose hosts were asked just now
_MAX_HOSTS = 10_000  # whose rules are kept; the others' are fetched again when needed
_MAX_NUMBER = 20  # characters, in which a robots.txt says how long to wait
_MAX_RULES = 500_000  # bytes of a robots.txt that are read; RFC 9309 asks for at least these

clock, sleep = time.monotonic, time.sleep


def now() -> dt.datetime:
    """The time of a fetch."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a page is, and where that was said."""

    source: str
    position: int
    url: str


def fetch(url: str, *, max_bytes: int = MAX_BYTES) -> Answer:
    """The answer for a URL; private addresses are refused, and certificates are asked for.

    Args:
        url: with http or https.
        max_bytes: of the page, packed or unpacked.

    Raises:
        UnreadableInput: it cannot be fetched, or the status is not 200.
    """
    try:
        return _page(url, max_bytes)
    except Larger as error:
        raise UnreadableInput(url, f"more than {max_bytes} bytes") from error


def read_addresses(addresses: Iterable[Address], reading: Reading) -> Iterator[Item]:
    """An item for each address, as soon as its host may be asked; so they change their order.

    robots.txt is kept to, and the pauses that it asks for. trafilatura's UrlStore is not used for
    this: it drops what it takes for a duplicate, and rewrites addresses, so rows would be lost.
    """
    hosts = _Hosts()
    waiting = iter(addresses)
    while window := list(islice(waiting, WINDOW)):
        yield from _read_window(window, hosts, reading)


@dataclass(slots=True)
class _Host:
    """What is known of a host."""

    rules: RobotFileParser | None  # None where they cannot be fetched: then no page may be
    free_at: float = 0.0  # on the clock

    @property
    def delay(self) -> float:
        """Seconds between two pages."""
        asked = self.rules.crawl_delay(AGENT) if self.rules is not None else None
        return DELAY if asked is None else min(float(asked), MAX_DELAY)


@dataclass(slots=True)
class _Hosts:
    """What the hosts allow, and when each may be asked again."""

    known: dict[str, _Host] = field(default_factory=dict)

    def free_at(self, origin: str) -> float:
        """When the host may be asked, on the clock."""
        return self.known[origin].free_at if origin in self.known else 0.0

    def host(self, origin: str) -> _Host:
        """The host with its rules, which are fetched when it is first met."""
        if origin not in self.known:
            while len(self.known) >= _MAX_HOSTS:
                del self.known[next(iter(self.known))]  # met longest ago
            self.known[origin] = _Host(_rules(origin))
        return self.known[origin]


def _read_window(window: list[Address], hosts: _Hosts, reading: Reading) -> Iterator[Item]:
    queues: dict[str, deque[Address]] = {}
    for address in window:
        if (address.source, address.position) in reading.fetched:
            continue
        if origin := _origin(address.url):
            queues.setdefault(origin, deque()).append(address)
        else:
            yield _failed(address, "only http and https addresses are fetched")
    while queues:
        origin = min(queues, key=hosts.free_at)
        address = queues[origin].popleft()
        if not queues[origin]:
            del queues[origin]
        yield _visit(address, hosts.host(origin), reading)


def _visit(address: Address, host: _Host, reading: Reading) -> Item:
    """The page at an address, as soon as its host may be asked for it."""
    if host.rules is None:
        return _failed(address, "robots.txt of its host cannot be fetched")
    if not host.rules.can_fetch(AGENT, _behind(address.url)):
        return _failed(address, "robots.txt does not allow it")
    if (pause := host.free_at - clock()) > 0:
        sleep(pause)
    try:
        answer = _page(address.url, reading.max_bytes)
    except UnreadableInput as error:
        return _failed(address, error.reason)
    except Larger:
        url = clean_text(address.url)
        return too_large(address.source, address.position, reading, id=url, url=url)
    finally:
        host.free_at = clock() + host.delay
    return _item(address, answer, reading)


def _item(address: Address, answer: Answer, reading: Reading) -> Item:
    content_type = clean_text(answer.headers.get("content-type", ""))
    known: dict[str, Any] = {
        "id": clean_text(address.url),
        "url": clean_text(answer.url),
        "content_type": content_type,
        "crawled_at": now(),
    }
    try:
        refuse_type(content_type)
    except Unusable as problem:
        return failed(address.source, address.position, str(problem), **known)
    known |= {"page": answer.data, "kind": reading.kind}
    return Item(source=address.source, position=address.position, **known)


def _failed(address: Address, reason: str) -> Item:
    url = clean_text(address.url)
    return failed(address.source, address.position, reason, id=url, url=url)


def _origin(url: str) -> str:
    """Scheme and host; empty where it is no address of the web."""
    try:
        parts = urlsplit(url)
        there = parts.scheme in ("http", "https") and host_of(parts)
    except (ValueError, Refused):  # such as an open bracket
        return ""
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}" if there else ""


def _behind(url: str) -> str:
    """The address with another host, as only what is behind it counts for robots.txt."""
    parts = urlsplit(url)
    return urlunsplit(("http", "host", parts.path, parts.query, ""))


def _rules(origin: str) -> RobotFileParser | None:
    """What robots.txt allows, by RFC 9309: all where there is none, nothing where it fails."""
    try:
        answer = answer_of(f"{origin}/robots.txt", MAX_BYTES)
    except (UnreadableInput, Larger):
        return None
    if answer.status >= 500:
        return None
    rules = RobotFileParser()
    text = answer.data[:_MAX_RULES].decode("utf-8", "replace") if answer.status == 200 else ""
    rules.parse([line for line in text.removeprefix("\ufeff").splitlines() if _is_rule(line)])
    return rules


def _is_rule(line: str) -> bool:
    """Whether a line of robots.txt can be read; at others the parser of Python fails."""
    name, _colon, value = line.partition("#")[0].partition(":")
    if name.strip().lower() in ("crawl-delay", "request-rate"):
        return value.isascii() and len(value) <= _MAX_NUMBER
    try:
        urlsplit(unquote(value.strip()))
    except ValueError:
        return False
    return True


def _page(url: str, max_bytes: int) -> Answer:
    answer = answer_of(url, max_bytes)
    if answer.status != 200:
        raise UnreadableInput(url, f"the server answered with status {answer.status}")
    return answer


def answer_of(url: str, max_bytes: int) -> Answer:
    """What a server says.

    Raises:
        UnreadableInput: it says nothing that can be read.
        Larger: it says more than `max_bytes` bytes.
    """
    try:
        return download(url, max_bytes, MAX_SECONDS)
    except Refused as refusal:
        raise UnreadableInput(url, f"refused: {refusal}") from refusal
    except TimeoutError as error:
        raise UnreadableInput(url, f"cannot be fetched within {MAX_SECONDS:g} s") from error
    except (OSError, HTTPException) as error:
        raise UnreadableInput(url, f"cannot be fetched: {reason_of(error)}") from error
    except Unusable as problem:
        raise UnreadableInput(url, str(problem)) from problem
