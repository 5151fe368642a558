"""The record of a page, and the host of its address."""

import datetime as dt
from typing import Any

import pytest

import cleanarticle
from cleanarticle import OptionError, Page
from cleanarticle.sites.page import host


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://www.example.org/a", "example.org"),
        ("http://Example.ORG:8080/b?c", "example.org"),
        ("https://example.org./a", "example.org"),
        ("https://news.example.org/a", "news.example.org"),
        ("https://www.news.example.org/a", "news.example.org"),
        ("//example.org/a", "example.org"),
        ("/a/b.html", None),
        ("example.org/a", None),
        ("https://", None),
        ("https://www./", "www"),
        ("http://[example.org/a", None),
        ("", None),
        (None, None),
    ],
)
def test_the_host_of_an_address(url: str | None, wanted: str | None) -> None:
    assert host(url) == wanted


def test_only_the_page_must_be_given() -> None:
    page = Page("text")
    assert (page.page, page.url, page.crawled_at) == ("text", None, None)
    assert cleanarticle.Page is Page


@pytest.mark.parametrize(
    "given", [{"url": b"https://example.org"}, {"url": 5}, {"crawled_at": "2024-05-03"}]
)
def test_a_wrong_field_is_refused_where_the_record_is_made(given: dict[str, Any]) -> None:
    (name,) = given
    with pytest.raises(OptionError, match=f"^{name} is a "):
        Page("text", **given)


def test_a_page_with_all_fields() -> None:
    fetched = dt.datetime(2024, 5, 3, tzinfo=dt.UTC)
    assert Page("text", "https://example.org", fetched).crawled_at == fetched
