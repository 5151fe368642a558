"""Which texts of a page with markup may be its title, and which one is taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from cleanarticle import metadata, readers
from cleanarticle.metadata import title
from cleanarticle.metadata.ranking import Table, measure, names
from cleanarticle.metadata.title import MAX_KICKER_WORDS, MAX_WORDS, MIN_PROBABILITY, Title
from cleanarticle.metadata.view import View

URL = "https://www.quay.example/harbour/ferry-late-again"


@dataclass
class Told:
    """A ranker whose probabilities are given by key."""

    likely: dict[str, float]

    def probabilities(self, name: str, values: Sequence[Any], table: Table) -> list[float]:
        assert (name, table) == (title.NAME, title.TABLE)
        return [self.likely.get(value.key, 0.0) for value in values]


def view(body: str, head: str = "") -> View:
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    return metadata.view_of(readers.read(readers.open_page(page), url=URL, kind="html"))


def found(body: str, head: str = "") -> dict[str, Title]:
    return {candidate.key: candidate for candidate in title.candidates(view(body, head))}


def og(text: str) -> str:
    return f'<meta property="og:title" content="{text}">'


def test_a_heading_is_a_candidate_as_a_source_and_as_a_block() -> None:
    (only,) = found("<h1>Ferry late</h1>").values()
    assert only.texts == {"h1": "Ferry late", "heading 1": "Ferry late"}
    assert only.counts == {"h1 whole": 1, "heading 1 whole": 1}


@pytest.mark.parametrize("border", [" | ", " - ", " – ", " · ", " » ", "|", " :: ", "_"])
def test_a_declared_title_is_a_candidate_whole_and_on_both_sides_of_a_border(border: str) -> None:
    titles = found("<p>x</p>", f"<title>Ferry late{border}The Quay</title>")
    counts = {key: dict(candidate.counts) for key, candidate in titles.items()}
    assert counts.pop("ferry late") == {"title element head": 1}
    assert counts.pop("the quay") == {"title element tail": 1}
    assert list(counts.values()) == [{"title element whole": 1}]


def test_each_border_parts_a_title_anew() -> None:
    titles = found("<p>x</p>", "<title>Ferry late | Harbour | The Quay</title>")
    heads = [k for k, t in titles.items() if t.counts["title element head"]]
    tails = [k for k, t in titles.items() if t.counts["title element tail"]]
    assert heads == ["ferry late", "ferry late harbour"]
    assert tails == ["harbour the quay", "the quay"]


@pytest.mark.parametrize("text", ["Harbour: the ferry is late", "Semi-dry docks", "9:30 ferry"])
def test_a_colon_or_a_hyphen_within_a_word_is_no_border(text: str) -> None:
    titles = found("<p>x</p>", f"<title>{text}</title>")
    assert [candidate.text for candidate in titles.values()] == [text]


def test_unseen_marks_and_odd_spaces_are_cleaned() -> None:
    titles = found("<h1>The&nbsp; fer&shy;ry\n is\u200b late\ufeff –</h1>")
    assert titles["the ferry is late"].text == "The ferry is late"


def test_a_title_of_several_sources_is_one_candidate() -> None:
    head = og("FERRY late!") + "<title>Ferry, late | The Quay</title>"
    same = found("<h1>Ferry Late</h1>", head)["ferry late"]
    assert same.texts["h1"] == "Ferry Late"
    assert same.texts["opengraph"] == "FERRY late!"
    assert same.texts["title element"] == "Ferry, late"
    assert (same.source, same.text) == ("h1", "Ferry Late")
    row = dict(zip(names(title.TABLE), measure([same], title.TABLE)[0], strict=True))
    assert (row["sources whole"], row["title element head"], row["sources"]) == (2, 1, 3)


def test_a_shown_heading_goes_before_what_is_declared() -> None:
    same = found("<h2>Ferry late</h2>", og("Ferry: late"))["ferry late"]
    assert (same.source, same.text) == ("heading 2", "Ferry late")


def test_a_kicker_in_a_heading_leaves_the_headline_as_a_part() -> None:
    titles = found("<h1><span>Harbour</span> <span>Ferry late again</span></h1>")
    assert titles["harbour ferry late again"].counts["h1 whole"] == 1
    assert titles["harbour"].counts == {"h1 part whole": 1}
    assert (titles["ferry late again"].source, titles["ferry late again"].text) == (
        "h1 part",
        "Ferry late again",
    )


def test_a_title_has_a_limit_of_words() -> None:
    longest = " ".join(["tide"] * MAX_WORDS)
    assert list(found(f"<h1>{longest}</h1><h2>{longest} tide</h2>")) == [longest]


def test_lower_headings_and_signs_alone_are_no_candidates() -> None:
    assert list(found("<h1>***</h1><h3>Ferry late</h3><h4>Tides</h4>")) == ["ferry late"]


# the block that shows it -------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "shows"),
    [
        ("Ferry late", True),
        ("FERRY, LATE!", True),
        ("Harbour news: Ferry late", True),
        ("Ferry late – read by us", True),
        (f"{'Harbour ' * MAX_KICKER_WORDS}Ferry late", True),
        (f"{'Harbour ' * (MAX_KICKER_WORDS + 1)}Ferry late", False),
        ("Harbour Ferry late again", False),
        ("Another ferry", False),
    ],
)
def test_the_block_of_a_title_shows_it_with_at_most_a_kicker(heading: str, shows: bool) -> None:
    titles = found(f"<p>The Quay</p><h1>{heading}</h1>", og("Ferry late"))
    assert title.block_of(titles["ferry late"]) == (1 if shows else None)


def test_an_exact_heading_goes_before_one_with_a_kicker() -> None:
    titles = found("<h2>Harbour: Ferry late</h2><h2>Ferry late</h2>", og("Ferry late"))
    assert title.block_of(titles["ferry late"]) == 1


def test_a_title_that_no_heading_shows_has_no_block() -> None:
    assert title.block_of(found("<p>Ferry late</p>", og("Ferry late"))["ferry late"]) is None


# choosing ----------------------------------------------------------------


def test_the_likeliest_title_is_taken() -> None:
    page = view("<h1>The Quay</h1>", og("Ferry late"))
    chosen = title.choose(page, Told({"the quay": 0.4, "ferry late": 0.6}))
    assert chosen is not None
    assert (chosen.text, chosen.source) == ("Ferry late", "opengraph")


def test_of_titles_as_likely_the_first_source_wins() -> None:
    page = view("<h1>The Quay</h1>", og("Ferry late"))
    chosen = title.choose(page, Told({"the quay": 0.5, "ferry late": 0.5}))
    assert chosen is not None
    assert chosen.text == "The Quay"


@pytest.mark.parametrize(
    ("probability", "text"), [(MIN_PROBABILITY, "Ferry late"), (MIN_PROBABILITY - 0.001, None)]
)
def test_an_unlikely_title_is_none(probability: float, text: str | None) -> None:
    chosen = title.choose(view("<h1>Ferry late</h1>"), Told({"ferry late": probability}))
    assert (chosen.text if chosen else None) == text


def test_a_page_without_candidates_has_no_title() -> None:
    assert title.choose(view("<p>x</p>"), Told({})) is None
