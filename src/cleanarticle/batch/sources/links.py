"""The addresses of pages that feeds and sitemaps hold.

trafilatura tells which of them are pages of a site. It does not fetch them, as its downloader is
not used (see `download`), and does not read feeds, as it looks for links with expressions that
take hours on a feed that was made for that.
"""

import contextlib
import json
from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from lxml import etree, html
from trafilatura.feeds import FEED_TYPES, LINK_VALIDATION_RE, FeedParameters, handle_link_list
from trafilatura.sitemaps import GUESSES, SitemapObject, extract_robots_sitemaps

from cleanarticle.batch.sources import web
from cleanarticle.batch.sources.compressed import without_gzip
from cleanarticle.errors import UnreadableInput
from cleanarticle.readers.decode import decode

PAUSE = 2.0  # seconds between two files of a site
MAX_FEEDS = 10  # of a page
MAX_SITEMAPS = 1000  # of a site; one may list 50,000 others, which may list themselves
MAX_LINKS = 1_000_000  # that are kept of one source
_MAX_URL = 8192  # characters
_MAX_PAGE = 1_000_000  # characters of a page that is searched for feeds


def of_feed(address: str) -> list[str]:
    """The pages that a feed links to, or the feeds that a page names.

    Raises:
        UnreadableInput: the address cannot be fetched.
        ValueError: it is none.
    """
    site = FeedParameters(*_site(address)[::-1], address)
    text = _text(address)
    if found := _pages(text, site):
        return found
    for feed in _feeds_named(text, address)[:MAX_FEEDS]:
        web.sleep(PAUSE)
        try:
            found += _pages(_text(feed), site)
        except UnreadableInput:
            continue
    return found


def of_sitemap(address: str) -> list[str]:
    """The pages that a sitemap lists, and those that it names, or the sitemaps of a site.

    Raises:
        UnreadableInput: not one sitemap can be fetched.
        ValueError: the address is none.
    """
    domain, base = _site(address)
    if address.endswith((".gz", "sitemap", ".xml")):
        return _walked(_Site(base, domain, [address]))
    site = _Site(base, domain, _sitemaps_of(base))
    below = address if len(address) > len(base) + 2 else ""
    return [url for url in _walked(site) if url.startswith(below)]


class _Site(SitemapObject):
    """The sitemaps of a site, and the pages that they list."""

    def fetch(self) -> None:
        """Fetch the sitemap at hand."""
        self.seen.add(self.current_url)
        self.content = ""
        self.content = _text(self.current_url)

    def handle_link(self, link: str) -> None:
        """Keep a link, if it is one of the site."""
        if len(link) <= _MAX_URL and len(self.urls) + len(self.sitemap_urls) < MAX_LINKS:
            with contextlib.suppress(ValueError):  # such as an open bracket
                super().handle_link(link)


def _walked(site: _Site) -> list[str]:
    fault: UnreadableInput | None = None
    while site.sitemap_urls and len(site.seen) < MAX_SITEMAPS:
        site.current_url = site.sitemap_urls.pop()
        if site.current_url in site.seen:
            continue
        if site.seen:
            web.sleep(PAUSE)
        try:
            site.fetch()
        except UnreadableInput as error:
            fault = fault or error
        site.process()
    if fault is not None and not site.urls:
        raise fault
    return site.urls


def _sitemaps_of(base: str) -> list[str]:
    """What robots.txt names, or where sitemaps usually are; the last one is read first."""
    try:
        named = extract_robots_sitemaps(_text(f"{base}/robots.txt"), base)
    except UnreadableInput:
        named = []
    return named or [f"{base}/{name}" for name in reversed(GUESSES)]


def _site(address: str) -> tuple[str, str]:
    """Its domain, and where it begins."""
    from courlan import get_hostinfo

    domain, base = get_hostinfo(address)
    if domain is None or base is None:
        raise ValueError("it is no address")
    return domain, base


def _text(url: str) -> str:
    answer = web.fetch(url)
    page = without_gzip(answer.data, web.MAX_BYTES)[: web.MAX_BYTES]
    return decode(page, answer.headers.get("content-type", "")).strip()


def _pages(text: str, site: FeedParameters) -> list[str]:
    """The pages of a site that a feed links to."""
    found = _of_json(text) if text.startswith("{") else _of_xml(text)
    kept: list[str] = []
    for link in dict.fromkeys(map(str.strip, islice(found, MAX_LINKS))):
        if link and len(link) <= _MAX_URL:
            with contextlib.suppress(ValueError):  # such as an open bracket
                kept += handle_link_list([link], site)
    return [link for link in kept if link != site.ref and link.count("/") > 2]


def _of_xml(text: str) -> Iterator[str]:
    """The links of RSS and Atom. No entity is resolved, and nothing else is read."""
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, load_dtd=False, no_network=True, recover=True
    )
    root = etree.fromstring(text.encode("utf-8", "replace"), parser) if text else None
    if root is None:
        return
    for entry in root.iter("{*}item", "{*}entry"):
        for link in entry.iterchildren("{*}link"):
            if link.get("href") is None:
                yield link.text or ""
            elif link.get("rel", "alternate") == "alternate":
                yield str(link.get("href"))


def _of_json(text: str) -> Iterator[str]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    items: Any = data.get("items")
    for item in items if isinstance(items, list) else []:
        named = [item.get(key) for key in ("url", "id")] if isinstance(item, dict) else []
        yield from [url for url in named if isinstance(url, str) and url][:1]


def _feeds_named(text: str, address: str) -> list[str]:
    """The feeds that a page names, or links to where it names none."""
    try:
        tree: Any = html.document_fromstring(text[:_MAX_PAGE].encode("utf-8", "replace"))
    except (etree.ParserError, ValueError):
        return []
    links = [
        link.get("href", "")
        for link in tree.iter("link")
        if link.get("rel") == "alternate" and (_has_feed_type(link) or _looks_like_feed(link))
    ]
    links = links or [link.get("href", "") for link in tree.iter("a") if _looks_like_feed(link)]
    found = dict.fromkeys(_joined(address, link) for link in links if link)
    return [url for url in found if url not in ("", address)]


def _has_feed_type(link: Any) -> bool:
    return link.get("type", "").partition(";")[0].strip().lower() in FEED_TYPES


def _looks_like_feed(link: Any) -> bool:
    url = link.get("href", "")
    return len(url) <= _MAX_URL and LINK_VALIDATION_RE.search(url) is not None


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link)
    except ValueError:  # such as an open bracket
        return ""
