"""Fetching: private addresses, false certificates, answers that mean ill. On loopback alone."""

import gzip
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from cleanarticle.batch.sources import peers, read, web
from cleanarticle.batch.sources.payload import Larger
from cleanarticle.errors import UnreadableInput
from hardening import misdeeds, packed, places, servers
from hardening.servers import PUBLIC, Internet, Server, endless, redirect, status

LIMIT = 100_000
BUFFERS = (
    24 << 20
)  # bytes that a loopback connection may hold, and the limit of all that is no page
PAGE = b"<html><p>The ferry left the old harbour at six.</html>"


@pytest.fixture
def net() -> Iterator[Internet]:
    with Internet() as net:
        net.names |= places.NAMED
        yield net


def fetched(answer: servers.Sent, path: str = "/") -> tuple[web.Answer, Server]:
    with Server({path: answer}) as server, Internet(server):
        return web.answer_of(server.url(path), LIMIT), server


def reason(answer: servers.Sent) -> str:
    with pytest.raises(UnreadableInput) as raised:
        fetched(answer)
    return raised.value.reason


# addresses -------------------------------------------------------------


def test_the_check_of_addresses_knows_all_blocks() -> None:
    assert places.misjudged() == []


@pytest.mark.parametrize("url", [*places.urls(), *places.OTHER_SCHEMES])
def test_a_private_address_is_not_even_connected_to(net: Internet, url: str) -> None:
    with pytest.raises(UnreadableInput):
        web.fetch(url)
    assert net.connected == []


def test_a_name_is_resolved_once_and_what_was_looked_at_is_connected_to(net: Internet) -> None:
    net.names["rebinding.test"] = [[PUBLIC], ["127.0.0.1"]]
    with pytest.raises(UnreadableInput, match="cannot be fetched"):
        web.fetch("http://rebinding.test/")
    assert (net.resolved, net.connected) == (["rebinding.test"], [(PUBLIC, 80)])
    with pytest.raises(UnreadableInput, match=r"127\.0\.0\.1 is no public address"):
        web.fetch("http://rebinding.test/")
    assert net.connected == [(PUBLIC, 80)]


def test_no_more_than_a_few_addresses_of_a_host_are_tried(net: Internet) -> None:
    net.names["many.test"] = [[f"8.8.8.{i}" for i in range(200)]]
    with pytest.raises(UnreadableInput):
        web.fetch("http://many.test/")
    assert len(net.connected) == 4


@pytest.mark.parametrize("name", ["http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"])
def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "http://127.0.0.1:1")
    answer, server = fetched(status(200, body=PAGE))
    assert (answer.data, server.asked) == (PAGE, ["GET / HTTP/1.1"])


@pytest.mark.parametrize("number", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed(number: int) -> None:
    answers = {"/": status(number, "Location: /ça?a b".encode().decode("latin-1"))}
    answers["/%C3%A7a?a%20b"] = status(200, "X-A: 1", "X-A: 2", body=PAGE)
    with Server(answers) as server, Internet(server):
        answer = web.fetch(server.url("/"))
    assert (answer.data, answer.status, answer.headers["x-a"]) == (PAGE, 200, "1")
    assert server.asked == ["GET / HTTP/1.1", "GET /%C3%A7a?a%20b HTTP/1.1"]


@pytest.mark.parametrize("hops", [1, 3])
def test_a_redirect_to_a_private_address_is_not_followed(hops: int) -> None:
    targets = [*places.urls(), *places.OTHER_SCHEMES, "//127.0.0.1/", "///etc/passwd", "http://["]
    answers = {f"/{i}/1": redirect(to.encode().decode("latin-1")) for i, to in enumerate(targets)}
    answers |= {f"/{i}/{n}": redirect(f"{n - 1}") for i in range(len(targets)) for n in (2, 3)}
    with Server(answers) as server, Internet(server) as net:
        net.names |= places.NAMED
        for i, target in enumerate(targets):
            with pytest.raises(UnreadableInput):
                web.fetch(server.url(f"/{i}/{hops}"))
            assert set(net.connected) == {(PUBLIC, server.port)}, target
            net.connected.clear()


def test_redirects_without_end_are_given_up() -> None:
    answers: dict[str, servers.Sent] = {f"/{i}": redirect(f"/{i + 1}") for i in range(10_000)}
    answers["/loop"] = redirect("/loop")
    with Server(answers) as server, Internet(server):
        for path in ("/0", "/loop"):
            with pytest.raises(UnreadableInput, match="more than 5 redirects"):
                web.fetch(server.url(path))
    assert len(server.asked) == 12


def test_what_is_refused_of_a_batch_is_told_in_its_item(net: Internet) -> None:
    (found,) = read(["http://2130706433/page"])
    assert found.problem is not None
    assert found.problem.reason == "robots.txt of its host cannot be fetched"
    assert net.connected == []


# certificates ----------------------------------------------------------


def test_a_certificate_that_nobody_vouches_for_is_refused_once_and_for_all() -> None:
    with Server({"/": status(200, body=PAGE)}, tls=True) as server, Internet(server) as net:
        with pytest.raises(UnreadableInput, match="certificate verify failed"):
            web.fetch(server.url())
        assert len(net.connected) == 1
    assert server.asked == []


def test_a_certificate_counts_for_its_own_name_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    trusted = ssl.create_default_context(cafile=str(servers.CERTIFICATE))
    monkeypatch.setattr(peers, "trusted", lambda: trusted)
    with Server({"/": status(200, body=PAGE)}, tls=True) as server, Internet(server) as net:
        net.names["localhost"] = net.names["localhost."] = [[PUBLIC]]
        assert web.fetch(server.url(host="localhost")).data == PAGE
        assert web.fetch(server.url(host="localhost.")).data == PAGE
        with pytest.raises(UnreadableInput, match="certificate verify failed"):
            web.fetch(server.url())
    assert len(server.asked) == 2


def test_a_server_without_tls_is_no_https(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "MAX_SECONDS", 0.3)  # it waits for a line that does not come
    with (
        Server({"/": status(200, body=PAGE)}) as server,
        Internet(server),
        pytest.raises(UnreadableInput, match="cannot be fetched"),
    ):
        web.fetch(server.url().replace("http:", "https:"))
    assert not [line for line in server.asked if line.startswith("GET")]


# bombs -----------------------------------------------------------------


@pytest.mark.parametrize("name", packed.BODIES)
def test_a_packed_body_is_not_unpacked_beyond_the_limit(name: str) -> None:
    if name in ("brotli", "zstd"):
        pytest.importorskip("fastwarc")
    if name == "zstd":
        pytest.importorskip("zstandard")
    coding, make = packed.BODIES[name]
    with pytest.raises(Larger):
        fetched(servers.packed(coding, make(20)))


def test_a_packed_page_is_unpacked() -> None:
    for coding, data in [("gzip", gzip.compress(PAGE)), ("x-gzip", PAGE), ("deflate", PAGE)]:
        body = packed.zlib.compress(data) if coding == "deflate" else data
        assert fetched(servers.packed(coding, body))[0].data == PAGE


def test_codings_without_end_are_refused() -> None:
    answer = servers.packed(", ".join(["gzip"] * 1000), gzip.compress(PAGE))
    assert reason(answer) == "1000 content encodings"


@pytest.mark.parametrize("name", misdeeds.ENDLESS)
def test_an_answer_without_end_is_read_up_to_the_limit(name: str) -> None:
    with (
        Server({"/": endless(*misdeeds.ENDLESS[name])}) as server,
        Internet(server),
        pytest.raises((Larger, UnreadableInput)) as raised,
    ):
        web.answer_of(server.url(), LIMIT)
    assert "within" not in str(raised.value)
    assert server.sent <= BUFFERS


def test_an_endless_body_of_a_redirect_is_not_read() -> None:
    body = endless(misdeeds.HEAD.replace(b"200", b"302") + b"Location: /page\r\n\r\n", b"x")
    with Server({"/": body, "/page": status(200, body=PAGE)}) as server, Internet(server):
        assert web.fetch(server.url()).data == PAGE
    assert server.sent <= BUFFERS


def test_ten_megabytes_of_headers_are_not_read() -> None:
    headers = [f"X-{i}: {'b' * 60_000}" for i in range(170)]
    with pytest.raises(Larger):
        fetched(status(200, *headers, body=PAGE))
    assert reason(status(200, *["X: b"] * 200)) == "cannot be fetched: got more than 100 headers"


@pytest.mark.parametrize("tls", [False, True])
@pytest.mark.parametrize("name", misdeeds.SLOW)
def test_a_slow_answer_ends_with_its_time(
    monkeypatch: pytest.MonkeyPatch, name: str, tls: bool
) -> None:
    monkeypatch.setattr(web, "MAX_SECONDS", 0.2)
    trusted = ssl.create_default_context(cafile=str(servers.CERTIFICATE))
    monkeypatch.setattr(peers, "trusted", lambda: trusted)

    def answer() -> Iterator[bytes]:
        yield from server.slowly(bytes([byte]) for byte in misdeeds.SLOW[name])
        server.gone.wait(10)

    with Server({"/": answer}, tls=tls) as server, Internet(server) as net:
        net.names["localhost"] = [[PUBLIC]]
        with pytest.raises(UnreadableInput, match=r"cannot be fetched within 0\.2 s"):
            web.fetch(server.url(host="localhost"))


def test_the_time_of_all_redirects_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "MAX_SECONDS", 0.3)

    def answer() -> Iterator[bytes]:
        yield from server.slowly([b""] * 5 + [redirect("/")])

    with (
        Server({"/": answer}) as server,
        Internet(server),
        pytest.raises(UnreadableInput, match="cannot be fetched within"),
    ):
        web.fetch(server.url())
    assert len(server.asked) < 6


def test_a_resolver_that_does_not_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "MAX_SECONDS", 0.05)
    gone = peers.threading.Event()
    monkeypatch.setattr("socket.getaddrinfo", lambda *_asked, **_more: gone.wait(10))
    with pytest.raises(UnreadableInput, match=r"cannot be fetched within 0\.05 s"):
        web.fetch("http://site.test/")
    gone.set()


# answers that are not as they should be --------------------------------


def test_a_length_that_is_too_long_is_an_answer_cut_off() -> None:
    answer = misdeeds.HEAD + b"Content-Length: 1000\r\n\r\n" + PAGE
    assert reason(answer).startswith("cannot be fetched: IncompleteRead")
    assert reason(misdeeds.CHUNKED + b"ff\r\nx").startswith("cannot be fetched: IncompleteRead")
    assert reason(servers.packed("gzip", gzip.compress(PAGE)[:-9])).endswith("gzip is broken")


def test_no_more_is_read_than_a_length_says() -> None:
    assert fetched(misdeeds.HEAD + b"Content-Length: 6\r\n\r\n" + PAGE)[0].data == PAGE[:6]


@pytest.mark.parametrize("length", ["x", "-5", "1" * 5000, "1e3", ""])
def test_a_length_that_is_no_number_is_passed_over(length: str) -> None:
    answer = misdeeds.HEAD + f"Content-Length: {length}\r\n\r\n".encode() + PAGE
    assert fetched(answer)[0].data == PAGE


@pytest.mark.parametrize("number", [101, 103, 201, 204, 206, 300, 304, 404, 429, 500, 503, 999])
def test_another_status_than_200_is_no_page(number: int) -> None:
    with (
        Server({"/": status(number, body=PAGE)}) as server,
        Internet(server),
        pytest.raises(UnreadableInput, match=f"the server answered with status {number}"),
    ):
        web.fetch(server.url())
    assert len(server.asked) == 1


@pytest.mark.parametrize("noise", [b"", b"\r\n", b"\0", b"SSH-2.0-x\r\n", b"HTTP/1.1 x\r\n\r\n"])
def test_what_is_no_http_is_no_page(noise: bytes) -> None:
    assert reason(noise).startswith("cannot be fetched: ")


@pytest.mark.parametrize("name", ["application/pdf", "image/png", "application/x-sh"])
def test_a_type_that_is_no_page_is_no_page(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    with Server({"/": status(200, f"Content-Type: {name}", body=PAGE)}) as server, Internet(server):
        (found,) = read([server.url()])
    assert found.problem is not None
    assert (found.page, found.problem.reason) == (None, f"content type {name}")


def test_no_line_of_ours_can_be_forged() -> None:
    path = "/a%0d%0aX:b"
    with Server({path: status(200, body=PAGE)}) as server, Internet(server):
        assert web.fetch(server.url("/a%0d%0aX:b")).data == PAGE
        with pytest.raises(UnreadableInput, match="status 404"):
            web.fetch(server.url("/a\r\nX-Y: b\r\n\r\nGET /c HTTP/1.1"))
    assert server.asked == [f"GET {path} HTTP/1.1", "GET /aX-Y:%20bGET%20/c%20HTTP/1.1 HTTP/1.1"]


# feeds, sitemaps, robots.txt -------------------------------------------


@pytest.mark.parametrize("prefix", ["feed", "sitemap"])
@pytest.mark.parametrize("name", misdeeds.ENTITIES)
def test_entities_read_nothing_and_grow_to_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, prefix: str, name: str
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("https://site.test/secret")
    monkeypatch.setattr(web, "sleep", lambda _seconds: None)
    answers: dict[str, servers.Sent] = {misdeeds.STORY: status(200, body=PAGE)}
    with Server(answers) as server, Internet(server) as net:
        text = misdeeds.with_entities(name, prefix, server.url(""), secret.as_uri())
        answers["/all.xml"] = status(200, body=text.encode())
        found = [item.url for item in read([f"{prefix}:{server.url('/all.xml')}"])]
        assert set(net.connected) == {(PUBLIC, server.port)}
    asked = {line.split(" ")[1] for line in server.asked}
    assert asked <= {"/all.xml", "/robots.txt", misdeeds.STORY, "/"}
    if name != "billion laughs":  # of which nothing is read
        assert server.url(misdeeds.STORY) in found
    assert not any(url and ("secret" in url or "lol" in url or "xxx" in url) for url in found)


@pytest.mark.parametrize("text", misdeeds.costly(1_000_000).values(), ids=misdeeds.costly(1))
@pytest.mark.parametrize("prefix", ["feed", "sitemap"])
def test_a_feed_that_means_ill_is_read_in_no_time(prefix: str, text: str) -> None:
    with Server({"/all.xml": status(200, body=text.encode())}) as server, Internet(server):
        (found,) = read([f"{prefix}:{server.url('/all.xml')}"])
    assert found.problem is not None
    assert found.problem.reason == "no address of a page can be found"


@pytest.mark.parametrize(
    "rules",
    [
        servers.packed("gzip", packed.members(30, 1)),
        endless(misdeeds.HEAD + b"\r\n", b"Disallow: /x\n"),
        redirect("/robots.txt"),
        redirect("http://169.254.169.254/"),
    ],
)
def test_where_robots_txt_is_a_bomb_nothing_is_fetched(rules: servers.Sent) -> None:
    with Server({"/robots.txt": rules, "/": PAGE}) as server, Internet(server):
        (found,) = read([server.url()])
    assert found.problem is not None
    assert found.problem.reason == "robots.txt of its host cannot be fetched"
    assert {line.split(" ")[1] for line in server.asked} == {"/robots.txt"}
