"""Fetching and reading: private addresses, false certificates, bombs, input that never ends."""

import json
import os
import resource
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from unittest import mock

from cleanarticle.batch.item import Status
from cleanarticle.batch.sources import Reading, links, peers, read, web
from cleanarticle.batch.sources.payload import Larger
from cleanarticle.errors import UnreadableInput
from hardening import archives, misdeeds, packed, places, servers
from hardening.findings import Finding, Setting
from hardening.servers import HOST, PUBLIC, Internet, Server, redirect, status

PAGE = b"<html><p>The ferry left the old harbour at six.</html>"
LIMIT = Reading().max_bytes
PEAK = 5 * LIMIT // 10**6 + 40  # megabytes: packed, unpacked, twice so, and blocks of zstd
UNPACKED = 200  # megabytes of a bomb
SECONDS = 0.5  # that a fetch is given here


def findings(setting: Setting) -> Iterator[Finding]:
    """What was tried, on loopback alone: the servers seem to have a public address."""
    yield _addresses("addresses that are not public", places.PRIVATE)
    yield _addresses("other ways to write them", [*places.SPELLINGS, *places.NAMES])
    yield _addresses("other schemes", places.OTHER_SCHEMES)
    yield _redirects()
    yield _rebinding()
    yield _certificates()
    yield _bombs("packed bodies", "body", packed.BODIES)
    yield _bombs("answers without end", "endless", misdeeds.ENDLESS)
    yield _slow()
    yield _entities()
    yield _costly(20_000_000 if setting.long else 2_000_000)
    yield _bombs("packed sources of a batch", "source", archives.BOMBS)
    yield _bombs("sources that claim what is not so", "source", archives.FALSE)
    yield _pipes()


def _addresses(tried: str, names: Iterable[str]) -> Finding:
    urls = [name if "/" in name or "//" in name else _url(name) for name in names]
    refused, connected = 0, 0
    with Internet() as net:
        net.names |= places.NAMED
        for url in urls:
            refused += _fault(url) is not None
        connected = len(net.connected)
    happened = f"{refused} of {len(urls)} refused, {connected} connected to"
    return Finding(tried, len(urls), happened, refused == len(urls) and not connected)


def _url(name: str) -> str:
    return (
        f"http://[{name}]/" if name.count(":") > 1 else name if ":" in name else f"http://{name}/"
    )


def _redirects() -> Finding:
    targets = [*places.urls(), *places.OTHER_SCHEMES]
    answers = {f"/{i}": redirect(to.encode().decode("latin-1")) for i, to in enumerate(targets)}
    answers |= {f"/loop/{i}": redirect(f"/loop/{i + 1}") for i in range(10_000)}
    with Server(answers) as server, Internet(server) as net:
        net.names |= places.NAMED
        refused = sum(_fault(server.url(f"/{i}")) is not None for i in range(len(targets)))
        elsewhere = len(set(net.connected) - {(PUBLIC, server.port)})
        before = len(server.asked)
        endless = _fault(server.url("/loop/0"))
        hops = len(server.asked) - before
    happened = (
        f"{refused} of {len(targets)} refused, {elsewhere} connected to; "
        f"of 10,000 in a row {hops} were followed"
    )
    holds = refused == len(targets) and not elsewhere and endless is not None and hops < 20
    return Finding("redirects to all of these", len(targets), happened, holds)


def _rebinding() -> Finding:
    with Internet() as net:
        net.names["rebinding.test"] = [[PUBLIC], ["127.0.0.1"]]
        faults = [_fault("http://rebinding.test/") for _turn in range(2)]
    holds = None not in faults and net.connected == [(PUBLIC, 80)]
    happened = "what was looked at was connected to, and nothing else" if holds else "connected to"
    return Finding("a name that is public first, then private", 2, happened, holds)


def _certificates() -> Finding:
    trusted = ssl.create_default_context(cafile=str(servers.CERTIFICATE))
    asked = {"/": status(200, body=PAGE)}
    refused = 0
    with Server(asked, tls=True) as server, Internet(server):
        refused += _fault(server.url()) is not None  # nobody vouches for it
        with mock.patch.object(peers, "trusted", return_value=trusted):
            refused += _fault(server.url()) is not None  # it is of another name
    with Server(asked) as plain, Internet(plain), mock.patch.object(web, "MAX_SECONDS", SECONDS):
        refused += _fault(plain.url().replace("http:", "https:")) is not None
    holds = refused == 3 and not server.asked
    happened = f"{refused} of 3 refused, asked for a page: {len(server.asked)}"
    return Finding("a false certificate, one of another name, no TLS", 3, happened, holds)


def _slow() -> Finding:
    longest, ended = 0.0, 0
    for data in misdeeds.SLOW.values():

        def answer(data: bytes = data) -> Iterator[bytes]:
            yield from server.slowly(bytes([byte]) for byte in data)
            server.gone.wait(60)

        begun = time.monotonic()
        with (
            Server({"/": answer}) as server,
            Internet(server),
            mock.patch.object(web, "MAX_SECONDS", SECONDS),
        ):
            ended += "within" in (_fault(server.url()) or "")
            longest = max(longest, time.monotonic() - begun)
    count = len(misdeeds.SLOW)
    happened = f"{ended} of {count} ended, the last after {longest:.1f} s of {SECONDS:g} s"
    return Finding("answers of a byte now and then", count, happened, ended == count)


def _entities() -> Finding:
    count, bad = 0, list[str]()
    with tempfile.TemporaryDirectory() as folder, mock.patch.object(web, "sleep"):
        secret = Path(folder, "secret")
        secret.write_text(f"http://{HOST}/secret")
        for name in misdeeds.ENTITIES:
            for prefix in misdeeds.XML:
                answers: dict[str, servers.Sent] = {}
                with Server(answers) as server, Internet(server) as net:
                    site = server.url("")
                    text = misdeeds.with_entities(name, prefix, site, secret.as_uri())
                    answers["/all.xml"] = status(200, body=text.encode())
                    find = links.of_feed if prefix == "feed" else links.of_sitemap
                    found = find(f"{site}/all.xml")
                count += 1
                told = any("secret" in url or "lol" in url or "xxx" in url for url in found)
                if told or server.asked != ["GET /all.xml HTTP/1.1"] or len(net.connected) != 1:
                    bad.append(f"{name} in a {prefix}")
    happened = f"nothing read, nothing fetched, nothing grown: {count - len(bad)} of {count}"
    return Finding("entities and DTDs of feeds and sitemaps", count, happened, not bad)


def _costly(size: int) -> Finding:
    longest, made, quiet = 0.0, misdeeds.costly(size), 0
    for text in made.values():
        answers = {"/all.xml": status(200, body=text.encode()[:LIMIT])}
        with Server(answers) as server, Internet(server):
            begun = time.monotonic()
            for find in (links.of_feed, links.of_sitemap):
                quiet += not find(server.url("/all.xml"))
            longest = max(longest, time.monotonic() - begun)
    happened = f"read to the end, the slowest of {size / 1e6:g} MB in {longest:.1f} s"
    holds = quiet == 2 * len(made) and longest < 60
    return Finding("feeds and sitemaps that are costly to read", 2 * len(made), happened, holds)


def _bombs(tried: str, kind: str, names: Iterable[str]) -> Finding:
    """Each in a process of its own, whose memory is measured."""
    results = []
    for name in names:
        code = "import sys; from hardening import fetching; fetching.measure(*sys.argv[1:])"
        command = [sys.executable, "-c", code, kind, name]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        results.append(json.loads(done.stdout) if done.returncode == 0 else None)
        print(f"{tried}: {name}: {results[-1] or done.stderr[-500:]}", file=sys.stderr)
    good = [result for result in results if result and result["outcome"]]
    peak = max((result["peak"] for result in good), default=0)
    seconds = max((result["seconds"] for result in good), default=0)
    of = "" if kind == "endless" else f" of {UNPACKED} MB each"
    happened = (
        f"{len(good)} of {len(results)}{of} ended at the limit of {LIMIT // 10**6} MB, at most "
        f"{peak} MB of memory and {seconds:.1f} s"
    )
    return Finding(tried, len(results), happened, len(good) == len(results) and peak <= PEAK)


def measure(kind: str, name: str) -> None:
    """Try one bomb, and print what it took."""
    act = {"body": _body, "endless": _endless, "source": _source}[kind](name)
    before, begun = _memory(anew=True), time.monotonic()
    outcome = act()
    seconds = time.monotonic() - begun
    print(json.dumps({"outcome": outcome, "peak": _memory() - before, "seconds": seconds}))


def _memory(*, anew: bool = False) -> int:
    """The most memory so far, in megabytes; on Linux since it was last counted anew."""
    own = Path("/proc/self/status")
    if not own.exists():
        unit = 20 if sys.platform == "darwin" else 10
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> unit
    if anew:
        Path("/proc/self/clear_refs").write_text("5")
    (line,) = (line for line in own.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) >> 10


def _body(name: str) -> Callable[[], bool]:
    coding, make = packed.BODIES[name]
    return _fetching(servers.packed(coding, make(UNPACKED)))


def _endless(name: str) -> Callable[[], bool]:
    return _fetching(servers.endless(*misdeeds.ENDLESS[name]))


def _fetching(answer: servers.Sent) -> Callable[[], bool]:
    def act() -> bool:
        with Server({"/": answer}) as server, Internet(server):
            return "within" not in (_fault(server.url()) or "within")

    return act


def _source(name: str) -> Callable[[], bool]:
    suffix, make = (archives.BOMBS | archives.FALSE)[name]
    folder = tempfile.TemporaryDirectory()
    path = Path(folder.name, f"a.{suffix}")
    path.write_bytes(make(UNPACKED))
    bad = {Status.TOO_LARGE, Status.FAILED}

    def act() -> bool:
        with folder:
            found = list(read([str(path)]))
        return len(found) == 1 and found[0].problem is not None and found[0].problem.status in bad

    return act


def _pipes() -> Finding:
    with tempfile.TemporaryDirectory() as folder:
        os.mkfifo(Path(folder, "pipe.html"))
        for name in ("zero.html", "zero.warc", "zero.jsonl"):
            Path(folder, name).symlink_to("/dev/zero")
        Path(folder, "round").symlink_to(".")
        Path(folder, "round.html").symlink_to("round.html")
        Path(folder, "a.html").write_bytes(PAGE)
        patterns = ("", "/*.html", "/z*", "/**", "/**/*.html")
        pages = [[i for i in read([folder + name]) if i.page is not None] for name in patterns]
    holds = [len(found) for found in pages] == [1, 1, 0, 1, 1]
    happened = "the one page is read, and nothing waited for" if holds else "not as promised"
    return Finding("pipes, devices and links in circles in a folder", 6, happened, holds)


def _fault(url: str) -> str | None:
    """Why an address is not fetched; None where it is."""
    try:
        web.fetch(url)
    except UnreadableInput as error:
        return error.reason
    except Larger:
        return "too large"
    return None
