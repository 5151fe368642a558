"""Addresses, lists of them, feeds and sitemaps: manners, and what is told of each."""

import datetime as dt
import gzip
import threading
from http.client import BadStatusLine
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from batch.warcs import page
from cleanarticle.batch.item import Item, Problem, Status
from cleanarticle.batch.sources import Reading, download, links, read, read_urls, web
from cleanarticle.batch.sources.payload import Larger, Unusable
from cleanarticle.batch.sources.peers import Refused
from cleanarticle.errors import UnreadableInput

NOW = dt.datetime(2024, 3, 5, 6, 7, 8, tzinfo=dt.UTC)
A, B, C = (f"https://{host}.org/page" for host in "abc")


def Answer(
    data: bytes = b"", status: int = 200, url: str = "", content_type: str = "text/html"
) -> download.Answer:
    headers = {"content-type": content_type} if content_type else {}
    return download.Answer(data, status, url, headers)


class Web:
    """A web of a few answers, and a clock that goes on only where one sleeps."""

    def __init__(self) -> None:
        self.answers: dict[str, download.Answer | Exception] = {}
        self.asked: list[tuple[float, str]] = []
        self.limits: list[int] = []
        self.time = 1000.0

    def download(self, url: str, max_bytes: int, seconds: float) -> download.Answer:
        assert seconds == web.MAX_SECONDS
        self.asked.append((self.time - 1000, url))
        self.limits.append(max_bytes)
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
    monkeypatch.setattr(web, "download", net.download)
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
        (OSError("nobody is there"), "cannot be fetched: nobody is there"),
        (Refused("10.0.0.1 is no public address"), "refused: 10.0.0.1 is no public address"),
        (TimeoutError(), "cannot be fetched within 120 s"),
        (BadStatusLine("?"), "cannot be fetched: ?"),
        (Unusable("content encoding x"), "content encoding x"),
        (Answer(status=404), "the server answered with status 404"),
        (Answer(status=304), "the server answered with status 304"),
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


def test_a_page_above_the_limit_says_so(net: Web) -> None:
    net.answers[A] = Larger()
    problem = Problem(Status.TOO_LARGE, "more than 100 bytes")
    wanted = Item(source=A, position=0, id=A, url=A, problem=problem)
    assert list(read([A], Reading(max_bytes=100))) == [wanted]
    assert net.limits == [web.MAX_BYTES, 100]
    with pytest.raises(UnreadableInput, match="more than 100 bytes"):
        web.fetch(A, max_bytes=100)


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


def test_a_fault_of_the_downloader_is_not_hidden(net: Web) -> None:
    net.answers[A] = RuntimeError("not foreseen")
    with pytest.raises(RuntimeError, match="not foreseen"):
        web.fetch(A)


def test_fetch_raises_where_there_is_no_page(net: Web) -> None:
    net.answers[A] = Refused("its host is no name")
    with pytest.raises(UnreadableInput) as raised:
        web.fetch(A)
    assert str(raised.value) == f"{A}: refused: its host is no name"


# robots.txt ------------------------------------------------------------


ROBOTS = "https://a.org/robots.txt"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(b"User-agent: *\nDisallow: /pa"), "robots.txt does not allow it"),
        (Answer(b"User-agent: *\nDisallow: /x"), None),
        (Answer(b"User-agent: cleanarticle\nDisallow: /"), "robots.txt does not allow it"),
        (Answer(b"User-agent: other\nDisallow: /"), None),
        (Answer(b"\xef\xbb\xbfUser-agent: *\nDisallow: /"), "robots.txt does not allow it"),
        (Answer(b"<html>no rules</html>"), None),
        (Answer(b"\xff\xfe\x00"), None),
        (Answer(b""), None),
        (Answer(status=404), None),
        (Answer(b"User-agent: *\nDisallow: /", status=403), None),
        (Answer(status=503), "robots.txt of its host cannot be fetched"),
        (OSError(), "robots.txt of its host cannot be fetched"),
        (Larger(), "robots.txt of its host cannot be fetched"),
        # at these lines Python's parser fails; the others count
        (
            Answer("User-agent: *\nDisallow: /p\nCrawl-delay: ²".encode()),
            "robots.txt does not allow it",
        ),
        (
            Answer("User-agent: *\nRequest-rate: ²/3\nDisallow: /p".encode()),
            "robots.txt does not allow it",
        ),
        (Answer(b"User-agent: *\nDisallow: //[\nDisallow: /p"), "robots.txt does not allow it"),
        (Answer(b"User-agent: *\nCrawl-delay: " + b"9" * 400), None),
        (Answer(b"User-agent: *\nCrawl-delay: " + b"9" * 5000), None),
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
    net.answers["https://a.org/1"] = OSError()
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
    "line",
    [
        "page.html",
        "ftp://a.org/",
        "https://",
        "http://[a",
        "mailto:a@a.org",
        "https:a.org",
        "http://a%5B/",
    ],
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


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><link>https://a.org/</link>
<item><link> https://a.org/news/2 </link></item>
<item><link>https://a.org/news/1</link></item><item><link>http://[</link></item>
<item><link>https://a.org/news/2</link></item><item><link>https://other.net/x</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://a.org/feed"/>
<entry><link rel="self" href="https://a.org/s.atom"/><link href="/news/2"/></entry>
<entry><link rel="alternate" href="https://a.org/news/1"/></entry></feed>"""
JSON = """{"items": [{"url": "https://a.org/news/2"}, 1, {"id": "https://a.org/news/1"}, {}]}"""
FEED, MAP = "https://a.org/feed.xml", "https://a.org/sitemap.xml"
NEWS = ["https://a.org/news/2", "https://a.org/news/1"]


def listing(tag: str, *urls: str) -> bytes:
    locs = "".join(f"<x><loc>{url}</loc></x>" for url in urls)
    return f'<?xml version="1.0"?><{tag}>{locs}</{tag}>'.encode()


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("text", [RSS, ATOM, JSON])
def test_the_pages_of_a_feed_are_fetched(net: Web, text: str, pack: Any) -> None:
    net.answers[FEED] = Answer(pack(text.encode()), url=FEED)
    assert list(read([f"feed:{FEED}"])) == [item(url) for url in NEWS]
    assert list(read([f"feed:{FEED}"], Reading(fetched={(NEWS[0], 0)}))) == [item(NEWS[1])]


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="alternate" type="application/rss+xml; x" href="/feed.xml">',
        '<link rel="alternate" href="feed.xml"><link rel="alternate" href="http://[">',
        '<a href="https://a.org/feed.xml">all</a><a href="/more">more</a>',
    ],
)
def test_the_feeds_that_a_page_names_are_read(net: Web, link: str) -> None:
    net.answers["https://a.org/"] = Answer(f"<html><body>{link}".encode())
    net.answers[FEED] = Answer(RSS.encode())
    assert [i.id for i in read(["feed:https://a.org/"])] == NEWS


@pytest.mark.parametrize("prefix", ["feed", "sitemap"])
@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(b""), "no address of a page can be found"),
        (Answer(b"<html></html>"), "no address of a page can be found"),
        (Answer(b"{" * 100_000), "no address of a page can be found"),
        (Larger(), "cannot be read: more than 20000000 bytes"),
        (Answer(status=503), "cannot be read: the server answered with status 503"),
    ],
)
def test_a_feed_or_sitemap_without_pages_says_so(
    net: Web, prefix: str, answer: Any, reason: str
) -> None:
    net.answers[MAP] = answer
    (found,) = read([f"{prefix}:{MAP}"])
    assert (found.source, found.position) == (f"{prefix}:{MAP}", 0)
    assert found.problem == Problem(Status.FAILED, reason)


@pytest.mark.parametrize("prefix", ["feed", "sitemap"])
def test_what_is_no_address_is_no_feed(net: Web, prefix: str) -> None:
    (found,) = read([f"{prefix}:no address"])
    assert found.problem == Problem(Status.FAILED, "cannot be read: it is no address")
    assert net.asked == []


def test_the_sitemaps_of_a_sitemap_are_read_once_each(net: Web) -> None:
    more = "https://a.org/more.xml"
    net.answers[MAP] = Answer(listing("sitemapindex", more, MAP, more, "http://[", A))
    net.answers[more] = Answer(
        gzip.compress(listing("urlset", NEWS[1], MAP, more, "https://o.net/x"))
    )
    assert [i.id for i in read([f"sitemap:{MAP}"])] == [A, NEWS[1]]
    assert [url for _when, url in net.pages()] == [MAP, more, A, NEWS[1]]


def test_the_sitemaps_of_a_site_are_those_of_its_robots_txt(net: Web) -> None:
    net.answers[ROBOTS] = Answer(b"Sitemap: https://a.org/s.xml\nUser-agent: *\nDisallow: /p")
    net.answers["https://a.org/s.xml"] = Answer(listing("urlset", *NEWS, "https://a.org/sport/1"))
    assert [i.id for i in read(["sitemap:https://a.org/news/"])] == NEWS


def test_the_usual_places_of_sitemaps_are_tried(net: Web) -> None:
    net.answers["https://a.org/sitemap_news.xml"] = Answer(listing("urlset", *NEWS))
    assert [i.id for i in read(["sitemap:https://a.org/"])] == NEWS


def test_sitemaps_without_end_are_given_up(net: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "MAX_SITEMAPS", 20)
    usual = net.download

    def endless(url: str, *limits: Any) -> download.Answer:
        answer = usual(url, *limits)
        more = (f"https://a.org/{len(net.asked)}-{i}.xml" for i in (1, 2))
        return Answer(listing("sitemapindex", *more)) if url.endswith(".xml") else answer

    monkeypatch.setattr(web, "download", endless)
    (found,) = read([f"sitemap:{MAP}"])
    assert found.problem == Problem(Status.FAILED, "no address of a page can be found")
    assert len(net.asked) == 20


def test_no_more_links_are_kept_than_a_limit(net: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "MAX_LINKS", 5)
    urls = [f"https://a.org/news/{i}" for i in range(9)]
    net.answers[MAP] = Answer(listing("urlset", *urls))
    net.answers[FEED] = Answer(
        RSS.replace(NEWS[0], "</link></item><item><link>".join(urls)).encode()
    )
    assert links.of_sitemap(MAP) == urls[:5]
    assert links.of_feed(FEED) == urls[:5]
