"""Addresses, lists of them, feeds and sitemaps: manners, and what is told of each."""

import datetime as dt
import gzip
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from trafilatura import downloads, feeds, sitemaps

from batch.warcs import page
from cleanarticle.batch.item import Item, Problem, Status
from cleanarticle.batch.sources import Reading, read, read_urls, web
from cleanarticle.errors import UnreadableInput

NOW = dt.datetime(2024, 3, 5, 6, 7, 8, tzinfo=dt.UTC)
A, B, C = (f"https://{host}.org/page" for host in "abc")


class Answer:
    """A response as trafilatura hands it out."""

    def __init__(
        self, data: bytes = b"", status: int = 200, url: str = "", content_type: str = "text/html"
    ) -> None:
        self.data, self.status, self.url = data, status, url
        self.headers = {"content-type": content_type} if content_type else None


class Web:
    """A web of a few answers, and a clock that goes on only where one sleeps."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer | Exception | None] = {}
        self.asked: list[tuple[float, str]] = []
        self.configs: list[Any] = []
        self.time = 1000.0

    def fetch(self, url: str, *, decode: bool, config: Any) -> Answer | None:
        assert not decode
        self.asked.append((self.time - 1000, url))
        self.configs.append(config)
        if url.endswith("/robots.txt"):
            answer = self.answers.get(url, Answer(status=404))
        else:
            answer = self.answers.get(url, Answer(page(url), url=url))
        if isinstance(answer, Exception):
            raise answer
        return answer

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.time += seconds

    def pages(self) -> list[tuple[float, str]]:
        return [(when, url) for when, url in self.asked if not url.endswith("/robots.txt")]


@pytest.fixture
def net(monkeypatch: pytest.MonkeyPatch) -> Web:
    net = Web()
    monkeypatch.setattr(downloads, "fetch_response", net.fetch)
    monkeypatch.setattr(web, "clock", lambda: net.time)
    monkeypatch.setattr(web, "sleep", net.sleep)
    monkeypatch.setattr(web, "now", lambda: NOW)
    return net


def item(url: str, /, source: str | None = None, position: int = 0, **fields: Any) -> Item:
    known = {"page": page(url), "content_type": "text/html", "crawled_at": NOW, "url": url}
    return Item(source=source or url, position=position, id=url, **(known | fields))


def failed(url: str, reason: str, source: str | None = None, position: int = 0) -> Item:
    problem = Problem(Status.FAILED, reason)
    return Item(source=source or url, position=position, id=url, url=url, problem=problem)


def listed(tmp_path: Path, text: str, data: bytes | None = None) -> str:
    path = tmp_path / "list.urls"
    path.write_bytes(text.encode() if data is None else data)
    return path.as_posix()


# one address -----------------------------------------------------------


@pytest.mark.parametrize("url", [A, "http://a.org/", "HTTPS://a.org/?a=*&b=[1]"])
def test_an_address_is_a_page(net: Web, url: str) -> None:
    assert list(read([url])) == [item(url)]
    assert list(read([url], Reading(kind="text"))) == [item(url, kind="text")]


def test_the_final_address_is_that_of_the_page(net: Web) -> None:
    net.answers[A] = Answer(page(A), url=B, content_type="")
    assert list(read([A])) == [item(A, url=B, content_type="")]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (None, "cannot be fetched: refused, unreachable or too large"),
        (Answer(status=404), "the server answered with status 404"),
        (Answer(status=301), "the server answered with status 301"),
    ],
)
def test_an_address_without_a_page_fails(net: Web, answer: Any, reason: str) -> None:
    net.answers[A] = answer
    assert list(read([A])) == [failed(A, reason)]


def test_a_type_that_is_no_page_fails(net: Web) -> None:
    net.answers[A] = Answer(b"%PDF-", url=A, content_type="application/pdf")
    problem = Problem(Status.FAILED, "content type application/pdf")
    wanted = item(A, page=None, content_type="application/pdf", problem=problem)
    assert list(read([A])) == [wanted]


@pytest.mark.parametrize("data", [b"x" * 101, gzip.compress(b"x" * 101)])
def test_the_limit_is_that_of_the_download_and_of_the_unpacked_page(net: Web, data: bytes) -> None:
    net.answers[A] = Answer(data, url=A)
    problem = Problem(Status.TOO_LARGE, "more than 100 bytes")
    assert list(read([A], Reading(max_bytes=100))) == [item(A, page=None, problem=problem)]
    assert net.configs[-1]["DEFAULT"]["MAX_FILE_SIZE"] == "100"


def test_the_guard_of_private_addresses_is_on_whatever_the_settings(
    net: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    from trafilatura.settings import DEFAULT_CONFIG

    monkeypatch.setitem(DEFAULT_CONFIG["DEFAULT"], "SSRF_PROTECTION", "off")
    list(read([A]))
    assert {config["DEFAULT"]["SSRF_PROTECTION"] for config in net.configs} == {"on"}
    assert DEFAULT_CONFIG["DEFAULT"]["SSRF_PROTECTION"] == "off"


def test_a_private_address_is_refused_and_asked_for_nothing() -> None:
    asked: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def handle_one_request(self) -> None:
            asked.append(self.rfile.readline())

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{server.server_port}/page"
        (found,) = read([url])
        server.shutdown()
        thread.join()
    assert found == failed(url, "robots.txt of its host cannot be fetched")
    assert not any(asked)


def test_a_fetch_that_does_not_end_is_given_up(net: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()
    usual = net.fetch

    def fetch(url: str, **choices: Any) -> Any:
        if url == A:
            go_on.wait(60)
        return usual(url, **choices)

    monkeypatch.setattr(downloads, "fetch_response", fetch)
    monkeypatch.setattr(web, "MAX_SECONDS", 0.05)
    assert list(read([A])) == [failed(A, "cannot be fetched within 0.05 s")]
    go_on.set()


def test_a_fault_of_the_downloader_is_not_hidden(net: Web) -> None:
    net.answers[A] = RuntimeError("not foreseen")
    with pytest.raises(RuntimeError, match="not foreseen"):
        web.fetch(A)


def test_fetch_raises_where_there_is_no_page(net: Web) -> None:
    net.answers[A] = None
    with pytest.raises(UnreadableInput) as raised:
        web.fetch(A)
    assert str(raised.value) == f"{A}: cannot be fetched: refused, unreachable or too large"


# robots.txt ------------------------------------------------------------


ROBOTS = "https://a.org/robots.txt"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(b"User-agent: *\nDisallow: /pa"), "robots.txt does not allow it"),
        (Answer(b"User-agent: *\nDisallow: /x"), None),
        (Answer(b"User-agent: trafilatura\nDisallow: /"), "robots.txt does not allow it"),
        (Answer(b"User-agent: other\nDisallow: /"), None),
        (Answer(b"\xef\xbb\xbfUser-agent: *\nDisallow: /"), "robots.txt does not allow it"),
        (Answer(b"<html>no rules</html>"), None),
        (Answer(b"\xff\xfe\x00"), None),
        (Answer(b""), None),
        (Answer(status=404), None),
        (Answer(b"User-agent: *\nDisallow: /", status=403), None),
        (Answer(status=503), "robots.txt of its host cannot be fetched"),
        (None, "robots.txt of its host cannot be fetched"),
    ],
)
def test_robots_txt_is_kept_to(net: Web, answer: Any, reason: str | None) -> None:
    net.answers[ROBOTS] = answer
    assert list(read([A])) == [item(A) if reason is None else failed(A, reason)]
    assert [url for _when, url in net.asked] == [ROBOTS, *([A] if reason is None else [])]


def test_robots_txt_is_fetched_once_a_host(net: Web, tmp_path: Path) -> None:
    urls = [f"https://a.org/{i}" for i in range(4)] + ["https://A.org/5", "http://a.org/6"]
    assert len(list(read_urls(listed(tmp_path, "\n".join(urls))))) == 6
    robots = [url for _when, url in net.asked if url.endswith("robots.txt")]
    assert robots == ["https://a.org/robots.txt", "http://a.org/robots.txt"]


# lists -----------------------------------------------------------------


def test_a_list_is_read_with_pauses_for_each_host(net: Web, tmp_path: Path) -> None:
    urls = ["https://a.org/1", "https://a.org/2", "https://b.org/1", "https://a.org/3"]
    name = listed(tmp_path, "\n".join(urls))
    found = list(read([f"urls:{name}"]))
    assert found == [item(urls[i], name, i) for i in (0, 2, 1, 3)]
    assert net.pages() == [(0, urls[0]), (0, urls[2]), (5, urls[1]), (10, urls[3])]


@pytest.mark.parametrize(("asked", "pause"), [("1", 1), ("20", 20), ("86400", 60), ("soon", 5)])
def test_the_pause_is_what_robots_txt_asks_for(
    net: Web, tmp_path: Path, asked: str, pause: int
) -> None:
    net.answers[ROBOTS] = Answer(f"User-agent: *\nCrawl-delay: {asked}\nDisallow: /x".encode())
    list(read_urls(listed(tmp_path, "https://a.org/1\nhttps://a.org/2")))
    assert [when for when, _url in net.pages()] == [0, pause]


def test_a_page_that_fails_costs_a_pause_as_well(net: Web, tmp_path: Path) -> None:
    net.answers["https://a.org/1"] = None
    list(read_urls(listed(tmp_path, "https://a.org/1\nhttps://a.org/2")))
    assert [when for when, _url in net.pages()] == [0, 5]


def test_pauses_are_kept_between_windows(
    net: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "WINDOW", 2)
    urls = [f"https://a.org/{i}" for i in range(5)]
    found = list(read_urls(listed(tmp_path, "\n".join(urls))))
    assert [i.position for i in found] == [0, 1, 2, 3, 4]
    assert [when for when, _url in net.pages()] == [0, 5, 10, 15, 20]


def test_no_more_of_a_list_is_read_than_a_window(net: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "WINDOW", 3)
    taken: list[int] = []

    def addresses() -> Any:
        for i in range(9):
            taken.append(i)
            yield web.Address("list", i, f"https://h{i}.org/")

    items = web.read_addresses(addresses(), Reading())
    next(items)
    assert taken == [0, 1, 2]


def test_few_hosts_are_kept_in_mind(net: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "_MAX_HOSTS", 2)
    monkeypatch.setattr(web, "WINDOW", 1)
    urls = [A, B, C, A]
    list(web.read_addresses([web.Address(u, 0, u) for u in urls], Reading()))
    robots = [url for _when, url in net.asked if url.endswith("robots.txt")]
    assert robots == [f"https://{host}.org/robots.txt" for host in "abca"]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_blank_lines_and_remarks_are_passed_over(net: Web, tmp_path: Path, pack: Any) -> None:
    data = pack(f"\ufeff# pages\n\n  {A}  \r\n#{C}\n{B}".encode())
    name = listed(tmp_path, "", data)
    assert list(read_urls(name)) == [item(A, name, 0), item(B, name, 1)]


def test_an_address_is_fetched_as_often_as_it_is_listed(net: Web, tmp_path: Path) -> None:
    name = listed(tmp_path, f"{A}\n{A}\n")
    assert list(read_urls(name)) == [item(A, name, 0), item(A, name, 1)]


@pytest.mark.parametrize(
    "line", ["page.html", "ftp://a.org/", "https://", "http://[a", "mailto:a@a.org", "https:a.org"]
)
def test_a_line_that_is_no_address_fails_alone(net: Web, tmp_path: Path, line: str) -> None:
    name = listed(tmp_path, f"{line}\n{A}\n")
    reason = "only http and https addresses are fetched"
    assert list(read_urls(name)) == [failed(line, reason, name, 0), item(A, name, 1)]


def test_addresses_fetched_before_are_not_fetched_again(net: Web, tmp_path: Path) -> None:
    name = listed(tmp_path, f"{A}\n{B}\n{C}\n")
    done = Reading(fetched={(name, 0), (name, 2)})
    assert list(read_urls(name, done)) == [item(B, name, 1)]
    assert [url for _when, url in net.pages()] == [B]
    every = Reading(fetched={(name, i) for i in range(3)} | {(A, 0)})
    assert list(read([f"urls:{name}", A], every)) == []


@pytest.mark.parametrize("text", ["", "\n# nothing\n"])
def test_a_list_without_addresses_says_so(net: Web, tmp_path: Path, text: str) -> None:
    name = listed(tmp_path, text)
    (found,) = read_urls(name)
    assert found.source == name
    assert found.problem == Problem(Status.FAILED, "the list holds no address")


def test_a_list_that_is_missing_or_breaks_says_so(net: Web, tmp_path: Path) -> None:
    missing = (tmp_path / "missing.urls").as_posix()
    (found,) = read([f"urls:{missing}"])
    assert (found.source, found.position) == (missing, 0)
    assert found.problem == Problem(Status.FAILED, "No such file or directory")
    name = listed(tmp_path, "", gzip.compress(f"{A}\n{B}\n".encode())[:-4])
    first, second, last = read_urls(name)
    assert (first, second) == (item(A, name, 0), item(B, name, 1))
    assert last.position == 2
    assert last.problem is not None
    assert last.problem.reason.startswith("Compressed file ended before")


# feeds and sitemaps ----------------------------------------------------


FINDERS = pytest.mark.parametrize(
    ("prefix", "room", "finder"),
    [("feed", feeds, "find_feed_urls"), ("sitemap", sitemaps, "sitemap_search")],
)


@FINDERS
def test_the_pages_of_a_feed_or_sitemap_are_fetched(
    net: Web, monkeypatch: pytest.MonkeyPatch, prefix: str, room: Any, finder: str
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(room, finder, lambda url: asked.append(url) or [A, B, A])
    assert list(read([f"{prefix}:https://a.org/all.xml"])) == [item(A), item(B)]
    assert asked == ["https://a.org/all.xml"]
    assert list(read([f"{prefix}:https://a.org/"], Reading(fetched={(A, 0)}))) == [item(B)]


@FINDERS
@pytest.mark.parametrize(
    ("outcome", "reason"),
    [([], "no address of a page can be found"), (ValueError("odd"), "cannot be read: odd")],
)
def test_a_feed_or_sitemap_without_pages_says_so(
    net: Web,
    monkeypatch: pytest.MonkeyPatch,
    prefix: str,
    room: Any,
    finder: str,
    outcome: Any,
    reason: str,
) -> None:
    def find(_url: str) -> list[str]:
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    monkeypatch.setattr(room, finder, find)
    name = f"{prefix}:https://a.org/"
    (found,) = read([name])
    assert (found.source, found.position) == (name, 0)
    assert found.problem == Problem(Status.FAILED, reason)


def test_a_real_feed_is_found_by_trafilatura(net: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    links = "".join(f"<item><link>https://a.org/news/{i}</link></item>" for i in (1, 2))
    rss = f'<?xml version="1.0"?><rss version="2.0"><channel>{links}</channel></rss>'
    monkeypatch.setattr(feeds, "fetch_url", lambda _url, **_choices: rss)
    urls = [i.id for i in read(["feed:https://a.org/feed.xml"])]
    assert urls == ["https://a.org/news/1", "https://a.org/news/2"]
