"""Many pages: order, windows, groups, bad pages, and that the evidence reaches the verdicts."""

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import bs4
import lxml.html
import pytest

import cleanarticle
from cleanarticle import Article, OptionError, Options, Page, WeightsError, classifier, extract_many
from cleanarticle.deadline import Deadline
from cleanarticle.pipeline import decide_document
from cleanarticle.readers import Opened, open_page, read
from cleanarticle.records import Assessment, Document, Kind, Removal
from cleanarticle.sites import many

SHARED = "Every Friday our editors choose the best stories of the week for you to read"
BY_NAME = {
    "ferry": "The ferry left the old harbour at six in the morning and came back empty before "
    "noon, and nobody on the quay could say what had become of its passengers.",
    "bridge": "Engineers closed the railway bridge on Monday after a diver found two cracks in the "
    "third pillar, and trains will go round the lake until the end of March.",
    "school": "The village school gets a new roof next summer, the council decided on Tuesday "
    "night, although the money for the windows has to wait for another year.",
}


def markup(name: str, shared: str = SHARED) -> str:
    last = f"Those who live near the {name} had heard of it the day before, and were not surprised."
    text = f"<h1>News of the {name}</h1><p>{BY_NAME[name]}</p><p>{shared}</p><p>{last}</p>"
    return (
        f"<html><head><title>News of the {name}</title></head><body><article>{text}</article>"
        "<footer>All stories</footer></body></html>"
    )


def address(name: str, site: str = "example.org") -> str:
    return f"https://{site}/{name}"


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, set[int]]]:
    """Filled with each page's first block and its repeated blocks; nothing is decided."""
    found: list[tuple[str, set[int]]] = []

    def decide(
        opened: Opened,
        document: Document,
        options: Options,
        repeated: tuple[Removal, ...],
        *,
        deadline: Deadline,
    ) -> Any:
        assert opened.text is not None
        assert deadline.ends is None
        assert isinstance(options, Options)
        first = document.blocks[0].text if document.blocks else ""
        found.append((first, {vote.block for vote in repeated}))
        return SimpleNamespace(article=Article(title=first, url=document.url))

    monkeypatch.setattr(many, "decide_document", decide)
    return found


def lines(name: str) -> str:
    """A page of raw text: two lines of its own and one of the site."""
    return f"{name.title()}\n\n{BY_NAME[name]}\n\n{SHARED}"


# order and windows -----------------------------------------------------


def test_there_is_an_article_a_page_in_the_order_given(seen: list[Any]) -> None:
    names = ["school", "ferry", "bridge", "ferry"]
    sites = ["one.org", "two.org", "one.org", "two.org"]
    pages = [Page(lines(n), url=address(n, s)) for n, s in zip(names, sites, strict=True)]
    found = list(extract_many(pages))
    assert [article.title for article in found] == ["School", "Ferry", "Bridge", "Ferry"]
    assert [article.url for article in found] == [page.url for page in pages]


def numbered(number: int, taken: list[int]) -> Iterator[Page]:
    for i in range(number):
        taken.append(i)
        yield Page(f"Page {'x' * i}\n\n{SHARED}", url=address(str(i)))


def test_no_more_than_a_window_is_read_ahead(
    seen: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many, "WINDOW", 3)
    taken: list[int] = []
    articles = extract_many(numbered(8, taken))
    assert taken == []
    heads = []
    for article in articles:
        heads.append((article.title, len(taken)))
    assert [ahead for _title, ahead in heads] == [3, 3, 3, 6, 6, 6, 8, 8]
    assert [title for title, _ahead in heads] == [f"Page {'x' * i}".strip() for i in range(8)]


def test_only_pages_of_one_window_are_compared(
    seen: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many, "WINDOW", 2)
    list(extract_many([Page(lines(n), url=address(n)) for n in BY_NAME]))
    assert [blocks for _title, blocks in seen] == [{2}, {2}, set()]


def test_with_site_off_pages_are_read_one_by_one(seen: list[Any]) -> None:
    taken: list[int] = []
    articles = extract_many(numbered(5, taken), site="off")
    next(articles)
    assert taken == [0]
    next(articles)
    assert taken == [0, 1]


def test_no_page_gives_no_article() -> None:
    assert list(extract_many([])) == []


# groups ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("urls", "site", "wanted"),
    [
        pytest.param(["//a.org/1", "//a.org/2"], "auto", [{2}, {2}], id="one host"),
        pytest.param(["//www.a.org/1", "//a.org/2"], "auto", [{2}, {2}], id="with and without www"),
        pytest.param(["//a.org/1", "//b.org/2"], "auto", [set(), set()], id="two hosts"),
        pytest.param([None, None], "auto", [set(), set()], id="no address"),
        pytest.param(["//a.org/1", None], "auto", [set(), set()], id="one without address"),
        pytest.param(["//a.org/1", "//b.org/2"], "one", [{2}, {2}], id="said to be one site"),
        pytest.param([None, None], "one", [{2}, {2}], id="one site without addresses"),
        pytest.param(["//a.org/1", "//a.org/2"], "off", [set(), set()], id="off"),
    ],
)
def test_pages_of_a_site(
    seen: list[Any], urls: list[str | None], site: Any, wanted: list[set[int]]
) -> None:
    pages = [Page(lines(n), url=url) for n, url in zip(("ferry", "bridge"), urls, strict=True)]
    list(extract_many(pages, site=site))
    assert [blocks for _title, blocks in seen] == wanted


class Response:
    """As requests has it."""

    def __init__(self, name: str) -> None:
        self.url, self.content = address(name), lines(name).encode()
        self.headers = {"Content-Type": "text/plain; charset=utf-8"}


def test_the_address_of_a_response_counts(seen: list[Any]) -> None:
    pages = [Response("ferry"), Page(Response("school")), Page(lines("bridge"), address("b"))]
    found = list(extract_many(pages))
    assert [blocks for _title, blocks in seen] == [{2}, {2}, {2}]
    assert found[0].url == address("ferry")


def test_a_given_address_goes_before_that_of_the_response(seen: list[Any]) -> None:
    pages = [Page(Response("ferry"), url="https://other.org/"), Response("bridge")]
    assert [article.url for article in extract_many(pages)] == [
        "https://other.org/",
        address("bridge"),
    ]
    assert [blocks for _title, blocks in seen] == [set(), set()]


# bad pages and mistakes ------------------------------------------------


def test_a_bad_page_in_the_middle_ends_nothing(seen: list[Any], tmp_path: Path) -> None:
    missing = tmp_path / "missing.html"
    pages = [
        Page(lines("ferry"), url=address("ferry")),
        Page(17, url=address("number")),
        None,
        missing,
        Page(lines("bridge"), url=address("bridge")),
    ]
    first, number, nothing, path, last = extract_many(pages)
    assert (first.title, last.title) == ("Ferry", "Bridge")
    assert [blocks for _title, blocks in seen] == [{2}, {2}]
    assert number.notes[0].startswith("cannot read a page from int: give str, bytes")
    assert number.url == address("number")
    assert nothing.notes[0].startswith("cannot read a page from NoneType")
    assert path.notes == (f"{missing}: No such file or directory",)
    assert {article.body for article in (number, nothing, path)} == {""}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"site": "host"}, 'site is "auto", "one" or "off", got \'host\''),
        ({"kind": "pdf"}, 'kind is "auto", "html" or "text", got \'pdf\''),
        ({"options": {"min_score": 0.5}}, "options is an Options object, got dict"),
    ],
)
def test_wrong_arguments_are_refused_at_once(given: dict[str, Any], message: str) -> None:
    with pytest.raises(OptionError) as raised:
        extract_many([], **given)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    "page", ["<p>text</p>", b"text", Path("page.html"), Page("text"), None, 5], ids=repr
)
def test_a_single_page_is_refused_at_once(page: Any) -> None:
    with pytest.raises(OptionError, match=r"^pages is an iterable of pages, got "):
        extract_many(page)


def test_weights_that_cannot_be_used_are_no_fault_of_a_page(tmp_path: Path) -> None:
    articles = extract_many([markup("ferry")], options=Options(weights=tmp_path / "none.npz"))
    with pytest.raises(WeightsError):
        next(articles)


# the whole way ---------------------------------------------------------


def batch(tmp_path: Path) -> list[Any]:
    path = tmp_path / "school.html"
    path.write_text(markup("school"), "utf-8")
    return [
        markup("ferry"),
        Page(markup("bridge").encode(), url=address("bridge")),
        path,
        lxml.html.fromstring(markup("ferry")),
        Page(bs4.BeautifulSoup(markup("school"), "lxml"), url=address("school")),
        "",
    ]


def test_site_off_is_extract_page_by_page(tmp_path: Path) -> None:
    wanted = [
        cleanarticle.extract(page.page, url=page.url)
        if isinstance(page, Page)
        else cleanarticle.extract(page)
        for page in batch(tmp_path)
    ]
    assert list(extract_many(batch(tmp_path), site="off")) == wanted


def test_pages_of_different_sites_are_as_extract_has_them(tmp_path: Path) -> None:
    pages = [Page(page, url=f"https://{i}.org/") for i, page in enumerate((*BY_NAME,) * 2)]
    pages = [Page(markup(page.page), url=page.url) for page in pages]
    wanted = [cleanarticle.extract(page.page, url=page.url) for page in pages]
    assert list(extract_many(pages)) == wanted


def test_the_time_of_the_fetch_kind_and_options_are_handed_on() -> None:
    page = markup("ferry").replace("</h1>", "</h1><p>3 hours ago</p>")
    fetched = dt.datetime(2024, 5, 3, 12, tzinfo=dt.UTC)
    options = Options(min_score=0.3)
    (found,) = extract_many([Page(page, crawled_at=fetched)], kind="html", options=options)
    assert found == cleanarticle.extract(page, kind="html", options=options, crawled_at=fetched)
    assert found.date == dt.date(2024, 5, 3)


def scores(repeated: list[bool] | None) -> Assessment:
    """What the classifier makes of the page of the ferry."""
    from cleanarticle import clues, metadata, strippers

    document = read(open_page(markup("ferry")))
    evidence = clues.gather(document)
    found = metadata.choose(document, evidence)
    votes = strippers.vote(document, evidence, found)
    return classifier.assess(document, evidence, found, votes, repeated=repeated)


def test_the_score_of_a_repeated_block_is_weakened_and_no_other() -> None:
    plain = scores(None)
    weaker = scores([False, False, True, False, False])
    factors = [w / p for w, p in zip(weaker.scores, plain.scores, strict=True)]
    assert factors == pytest.approx([1.0, 1.0, 0.15, 1.0, 1.0])
    assert scores([False] * 5) == plain


def test_a_line_of_the_site_goes_and_the_report_says_why() -> None:
    opened = open_page(markup("ferry"))
    document = read(opened)
    because = "stands on 2 other pages of the site"
    site = [Removal(2, Kind.REPEATED, because, 0.85)]
    before = decide_document(opened, document, Options(min_score=0.5))
    after = decide_document(opened, document, Options(min_score=0.5), site)
    assert before.verdicts[2].kept
    assert (after.verdicts[2].kind, after.verdicts[2].because) == (Kind.REPEATED, because)
    assert SHARED in before.article.body
    assert SHARED not in after.article.body
    assert BY_NAME["ferry"] in after.article.body


def test_what_a_stripper_says_is_told_before_what_the_site_says() -> None:
    opened = open_page(markup("ferry", "Sign up for our newsletter"))
    document = read(opened)
    site = [Removal(2, Kind.REPEATED, "stands on 2 other pages of the site", 0.85)]
    verdict = decide_document(opened, document, Options(), site).verdicts[2]
    assert (verdict.kept, verdict.kind) == (False, Kind.NEWSLETTER)


def test_a_line_that_all_pages_of_a_site_show_goes_from_all() -> None:
    pages = [Page(markup(name), url=address(name)) for name in BY_NAME]
    options = Options(min_score=0.5)
    found = list(extract_many(pages, options=options))
    assert not [article for article in found if SHARED in article.body]
    assert all(text in a.body for text, a in zip(BY_NAME.values(), found, strict=True))
    alone = list(extract_many(pages, site="off", options=options))
    assert [SHARED in article.body for article in alone] == [True, True, True]


def test_two_copies_of_an_article_lose_nothing() -> None:
    pages = [Page(markup("ferry"), url=address(n)) for n in ("ferry", "ferry?print=1")]
    assert [article.body for article in extract_many(pages)] == [
        article.body for article in extract_many(pages, site="off")
    ]


def test_a_response_is_read_once() -> None:
    body = io.BytesIO(markup("ferry").encode())
    (found,) = extract_many([body])
    assert found == cleanarticle.extract(markup("ferry"))
