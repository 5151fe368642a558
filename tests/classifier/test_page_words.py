"""What the words of a page tell of its type."""

import zlib

import numpy as np
import pytest

from cleanarticle import clues, metadata, readers
from cleanarticle.classifier.page_words import PageWords, keys
from cleanarticle.records import PageType
from cleanarticle.training import page_words

KINDS = list(PageType)
SHOP, ROAD, BOAT = 10, 20, 30  # words


def page(*words: int) -> "np.ndarray[tuple[int], np.dtype[np.uint32]]":
    return np.array(sorted(words), np.uint32)


def likeliest(fitted: PageWords, *words: int) -> PageType:
    return KINDS[int(fitted.log_probabilities(page(*words)).argmax())]


def test_the_words_of_a_page_say_where_they_stand() -> None:
    html = """<html><head><title>Late boats</title>
    <script type="application/ld+json">{"@type": "NewsArticle"}</script></head><body>
    <div class="buy-box"><p>Rye bread and butter for everybody</p></div></body></html>"""
    opened = readers.open_page(html)
    document = readers.read(opened, url="https://pier.example/shop/9", kind="html")
    found = keys(document, metadata.choose(document, clues.gather(document)))
    known = ("/pier", "/shop", "#late", "#boats", "@newsarticle", ".buy", ".box", "rye", "butter")
    assert {zlib.crc32(word.encode()) for word in known} <= set(found.tolist())
    unknown = ("/9", "shop", "for", "everybody", "newsarticle")
    assert not {zlib.crc32(word.encode()) for word in unknown} & set(found.tolist())
    assert found.tolist() == sorted(found.tolist())


def test_words_raise_the_types_whose_pages_hold_them() -> None:
    pages = [page(SHOP, BOAT), page(ROAD, BOAT)] * 24
    types = [PageType.PRODUCT, PageType.ARTICLE] * 24
    fitted = page_words.fit(pages, [f"site{n}.example" for n in range(48)], types)
    assert likeliest(fitted, SHOP) is PageType.PRODUCT
    assert likeliest(fitted, ROAD, BOAT) is PageType.ARTICLE
    evens = np.exp(fitted.log_probabilities(page(BOAT)))
    assert evens[KINDS.index(PageType.PRODUCT)] == pytest.approx(0.5, abs=0.01)
    assert evens.sum() == pytest.approx(1, abs=0.01)


def test_a_word_of_few_domains_is_not_looked_at() -> None:
    domains = [f"site{n}.example" for n in range(page_words.MIN_DOMAINS)]
    pages = [page(SHOP, ROAD) for _domain in domains]
    few = [page(SHOP), *pages[1:]]
    types = [PageType.PRODUCT] * len(domains)
    assert page_words.fit(pages, domains, types).keys.tolist() == [SHOP, ROAD]
    assert page_words.fit(few, domains, types).keys.tolist() == [SHOP]
    assert page_words.fit(pages, domains[:1] * len(domains), types).keys.tolist() == []


def test_without_pages_of_a_known_type_all_types_are_as_likely() -> None:
    fitted = page_words.fit([], [], [])
    found = np.exp(fitted.log_probabilities(page(SHOP)))
    assert found.tolist() == pytest.approx([1 / len(KINDS)] * len(KINDS), abs=1e-3)


def test_the_same_pages_give_the_same_weights() -> None:
    pages = [page(SHOP, BOAT), page(ROAD), page(BOAT, ROAD)] * 20
    types = [PageType.PRODUCT, PageType.ARTICLE, PageType.FORUM] * 20
    domains = [f"site{n}.example" for n in range(60)]
    first, second = (page_words.fit(pages, domains, types) for _time in range(2))
    assert first.weights.tobytes() == second.weights.tobytes()
