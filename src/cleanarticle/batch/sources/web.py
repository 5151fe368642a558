"""Pages fetched from the web, politely and one at a time, by trafilatura's downloader."""

import copy
import datetime as dt
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from cleanarticle.batch.item import Item
from cleanarticle.batch.sources.compressed import without_gzip
from cleanarticle.batch.sources.payload import Unusable, refuse_type
from cleanarticle.batch.sources.reading import Reading, clean_text, failed, too_large
from cleanarticle.errors import MissingExtra, UnreadableInput

AGENT = "trafilatura"  # the name that robots.txt knows the downloader by
DELAY = 5.0  # seconds between two pages of a host, as trafilatura has it
MAX_DELAY = 60.0  # seconds; a host that asks for more gets no more
MAX_SECONDS = 120.0  # of a fetch in all; trafilatura's own limit is for each wait
WINDOW = 1000  # addresses ahead, of which those wait whose hosts were asked just now
_MAX_HOSTS = 10_000  # whose rules are kept; the others' are fetched again when needed
_MAX_RULES = 500_000  # bytes of a robots.txt that are read; RFC 9309 asks for at least these
_UNREACHABLE = "cannot be fetched: refused, unreachable or too large"

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


def fetch(url: str, *, max_bytes: int | None = None) -> Any:
    """The response for a URL, by trafilatura's downloader, which refuses private addresses.

    Args:
        url: with http or https.
        max_bytes: of the unpacked page; None: what trafilatura allows.

    Raises:
        UnreadableInput: it cannot be fetched, or the status is not 200.
        MissingExtra: trafilatura cannot be imported.
    """
    response = _answer(url, max_bytes)
    if response is None:
        raise UnreadableInput(url, _UNREACHABLE)
    if response.status != 200:
        raise UnreadableInput(url, f"the server answered with status {response.status}")
    return response


def read_addresses(addresses: Iterable[Address], reading: Reading) -> Iterator[Item]:
    """An item for each address, as soon as its host may be asked; so they change their order.

    robots.txt is kept to, and the pauses that it asks for. trafilatura's UrlStore is not used for
    this: it drops what it takes for a duplicate, and rewrites addresses, so rows would be lost.

    Raises:
        MissingExtra: trafilatura cannot be imported.
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
    if not host.rules.can_fetch(AGENT, address.url):
        return _failed(address, "robots.txt does not allow it")
    if (pause := host.free_at - clock()) > 0:
        sleep(pause)
    try:
        response = fetch(address.url, max_bytes=reading.max_bytes)
    except UnreadableInput as error:
        return _failed(address, error.reason)
    finally:
        host.free_at = clock() + host.delay
    return _item(address, response, reading)


def _item(address: Address, response: Any, reading: Reading) -> Item:
    content_type = clean_text((response.headers or {}).get("content-type") or "")
    known: dict[str, Any] = {
        "id": clean_text(address.url),
        "url": clean_text(response.url or address.url),
        "content_type": content_type,
        "crawled_at": now(),
    }
    page = without_gzip(response.data, reading.max_bytes)
    if len(page) > reading.max_bytes:
        return too_large(address.source, address.position, reading, **known)
    try:
        refuse_type(content_type)
    except Unusable as problem:
        return failed(address.source, address.position, str(problem), **known)
    return Item(
        source=address.source, position=address.position, page=page, kind=reading.kind, **known
    )


def _failed(address: Address, reason: str) -> Item:
    url = clean_text(address.url)
    return failed(address.source, address.position, reason, id=url, url=url)


def _origin(url: str) -> str:
    """Scheme and host; empty where it is no address of the web."""
    try:
        parts = urlsplit(url)
        there = parts.scheme in ("http", "https") and parts.hostname
    except ValueError:  # such as an open bracket
        return ""
    return f"{parts.scheme}://{parts.netloc.lower()}" if there else ""


def _rules(origin: str) -> RobotFileParser | None:
    """What robots.txt allows, by RFC 9309: all where there is none, nothing where it fails."""
    try:
        answer = _answer(f"{origin}/robots.txt", None)
    except UnreadableInput:
        return None
    if answer is None or answer.status >= 500:
        return None
    rules = RobotFileParser()
    text = answer.data[:_MAX_RULES].decode("utf-8", "replace") if answer.status == 200 else ""
    rules.parse(text.removeprefix("\ufeff").splitlines())
    return rules


def _answer(url: str, max_bytes: int | None) -> Any:
    """What a server says; None where it says nothing, or too much."""
    try:
        from trafilatura.downloads import fetch_response
        from trafilatura.settings import DEFAULT_CONFIG
    except ImportError as error:
        message = f"fetching {url} needs trafilatura, which cannot be imported: {error}"
        raise MissingExtra(message) from error
    config = copy.deepcopy(DEFAULT_CONFIG)
    config["DEFAULT"]["SSRF_PROTECTION"] = "on"
    if max_bytes is not None:
        config["DEFAULT"]["MAX_FILE_SIZE"] = str(max_bytes)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # the failure is told by us
    return _within(MAX_SECONDS, url, lambda: fetch_response(url, decode=False, config=config))


def _within(seconds: float, url: str, call: Callable[[], Any]) -> Any:
    """What a call returns. One that takes longer goes on by itself, and ends with the process."""
    outcome: Future[Any] = Future()

    def run() -> None:
        try:
            outcome.set_result(call())
        except Exception as error:
            outcome.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    try:
        return outcome.result(seconds)
    except TimeoutError as error:
        raise UnreadableInput(url, f"cannot be fetched within {seconds:g} s") from error
