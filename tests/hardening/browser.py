"""A real browser shows the output of hostile pages: nothing runs, and nothing is fetched."""

import json
import shutil
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import cleanarticle
from hardening import hostile, safety, spreadsheet
from hardening.findings import Finding, Setting, Unavailable

_SHORT_PAGES = 60
_MOST_SECONDS = 10  # for a page to load
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-popup-blocking",
    "--no-first-run",
    "--autoplay-policy=no-user-gesture-required",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)
# Before anything of the page runs: what an attack would call sets the canary as well.
_WATCH = """
for (const name of ["alert", "confirm", "prompt", "open", "print"])
  window[name] = () => { window.__hit = 1; return null; };
"""
# What a reader may do. Links of the web are not followed, nor those that are no address (":");
# those that run something may.
_ACT = """
window.addEventListener("click", event => {
  const link = event.target.closest && event.target.closest("a[href]");
  if (link && /^(https?|mailto|):$/.test(link.protocol)) event.preventDefault();
}, true);
for (const element of [...document.querySelectorAll("*")].slice(0, 400)) {
  for (const kind of ["pointerover", "pointerenter", "mouseover", "mouseenter", "mousemove"])
    element.dispatchEvent(new MouseEvent(kind, {bubbles: !kind.endsWith("enter")}));
  if (element.focus) element.focus();
  if (element.tagName !== "INPUT" && element.click) element.click();
}
"""
_REPORT = """
return [window.__hit ? 1 : 0, [...document.querySelectorAll("*")].flatMap(element =>
  [...element.attributes].filter(a => a.name.startsWith("on") || a.name === "style")
    .map(a => element.tagName + " " + a.name)),
  [...document.links].map(link => link.protocol)];
"""


def findings(setting: Setting) -> Iterator[Finding]:
    """HTML, rendered Markdown and, to see that the check can see, the pages themselves."""
    safety.rendered("")
    yield from spreadsheet.findings()
    with _served() as (server, address), _browser() as driver:
        pages = hostile.pages(f"{address}/canary")
        pages = pages if setting.long else pages[:: len(pages) // _SHORT_PAGES]
        articles = [cleanarticle.extract(p.page, url=p.url, kind=p.kind) for p in pages]
        seen = sum(_survives(*pair) for pair in zip(pages, articles, strict=True))
        yield Finding(
            "hostile pages whose article is extracted",
            len(pages),
            f"in {seen:,} of them the hostile text, or the text of the hostile link, is kept",
            holds=seen > len(pages) * 0.75,
        )
        show = _Shows(driver, server, address)
        yield _unharmed("HTML of hostile pages in Chromium", show, [a.to_html() for a in articles])
        texts = [safety.rendered(a.to_markdown()) for a in articles]
        yield _unharmed("Markdown of hostile pages, rendered, in Chromium", show, texts)
        yield _control(show, [p.page for p in pages if p.name.startswith(("live", "link"))])


def _survives(page: hostile.Hostile, article: Any) -> bool:
    fields = (article.title, article.author, article.description, article.site_name, article.body)
    return page.survivor in " ".join(" ".join(field or "" for field in fields).split())


def _unharmed(tried: str, show: Callable[[str], set[str]], outputs: list[str]) -> Finding:
    harm: Counter[str] = Counter()
    for output in outputs:
        harm.update(show(output))
    told = ", ".join(f"{number} {what}" for what, number in sorted(harm.items()))
    return Finding(tried, len(outputs), told or "nothing ran, nothing was fetched", not harm)


def _control(show: Callable[[str], set[str]], pages: list[str]) -> Finding:
    harm: Counter[str] = Counter()
    hit = 0
    for page in pages:
        found = show(page)
        harm.update(found)
        hit += bool(found & {"ran", "asked the server", "tried to fetch"})
    told = ", ".join(f"{number} {what}" for what, number in sorted(harm.items()))
    happened = f"control: {hit:,} of them ran or fetched something ({told})"
    tried = "the hostile pages themselves, but for those that only show code"
    return Finding(tried, len(pages), happened, holds=hit > len(pages) / 4)


class _Shows:
    """Loads a page in the browser, does what a reader may do, and says what happened."""

    def __init__(self, driver: Any, server: "_Server", address: str) -> None:
        self._driver, self._server, self._address = driver, server, address
        self._number = 0

    def __call__(self, html: str) -> set[str]:
        from selenium.common.exceptions import WebDriverException

        self._number += 1
        if self._number % 200 == 0:
            print(f"browser: {self._number} pages", file=sys.stderr)
        own = f"{self._address}/page/{self._number}"
        self._server.page, self._server.asked = html.encode("utf-8", "replace"), []
        self._driver.get_log("performance")  # what the last page left
        try:
            self._driver.get(own)
            self._driver.execute_script(_ACT)
            ran, attributes, protocols = self._driver.execute_script(_REPORT)
        except WebDriverException:  # a dialog, or the page went elsewhere by itself
            ran, attributes, protocols = 1, [], []
        happened = {"asked the server"} if self._server.asked else set()
        if ran or self._driver.current_url.partition("#")[0] != own:
            happened.add("ran")
        if attributes:
            happened.add("have handlers or styles")
        if set(protocols) - {"http:", "https:", "mailto:", ":"}:
            happened.add("have links that are not of the web")
        if any(url.partition("#")[0] != own for url in self._requests()):
            happened.add("tried to fetch")
        return happened

    def _requests(self) -> Iterator[str]:
        for entry in self._driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                url = message["params"]["request"]["url"]
                if not url.endswith("/favicon.ico"):
                    yield url


class _Server(ThreadingHTTPServer):
    """Gives one page at each address of pages, and keeps what else was asked for."""

    daemon_threads = True
    page = b""
    asked: list[str]


class _Answers(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        is_page = self.path.removeprefix("/page/").isdigit()
        if not is_page and self.path != "/favicon.ico":
            self.server.asked.append(self.path)
        body = b"<!DOCTYPE html><meta charset=utf-8>" + self.server.page if is_page else b""
        self.send_response(200 if is_page else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Requests are counted, not told."""


@contextmanager
def _served() -> Iterator[tuple[_Server, str]]:
    with _Server(("127.0.0.1", 0), _Answers) as server:
        server.asked = []
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server, f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def _browser() -> Iterator[Any]:
    try:
        from selenium import webdriver
    except ImportError as error:
        raise Unavailable("needs selenium: pip install selenium") from error
    binary = shutil.which("chromium") or shutil.which("google-chrome")
    service = shutil.which("chromedriver")
    if not binary or not service:
        raise Unavailable("needs chromium and chromedriver")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for flag in _FLAGS:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    options.set_capability("unhandledPromptBehavior", "dismiss")
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(service))
    try:
        driver.set_page_load_timeout(_MOST_SECONDS)
        driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": _WATCH})
        yield driver
    finally:
        driver.quit()
