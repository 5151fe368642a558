"""Features of raw text: none that only markup has, and the flow of prose on a small page."""

import math
from collections.abc import Sequence

import numpy as np
import pytest

from cleanarticle import clues, metadata, readers, strippers
from cleanarticle.classifier import features, model, page
from cleanarticle.classifier.columns import Columns, form_of
from cleanarticle.classifier.names import group_names
from cleanarticle.language import words
from cleanarticle.records import Block, Document, Metadata, PageType, Role

FERRY = (
    "The ferry left the harbour at dusk with eleven passengers, two bicycles and a crate of "
    "apples for the school on the island."
)
BRIDGE = (
    "Those who came late waited for the bridge, which opens in spring, while the ferry stayed at "
    "the far pier."
)
APPLES = (
    "A day later the apples reached the school somewhat bruised, and the teacher let every child "
    "choose two of them, as the keeper had wished."
)
# Five lines part the second stretch of prose from the first: more than 3, fewer than 8.
SHORT = ("Most read", "Tides", "Weather", "Boats", "Contact")
TEXTS = ("Home", "Tides and weather today", FERRY, "Advertisement", BRIDGE, *SHORT, APPLES, "Home")
PROSE = (2, 4, 10)
FIRST, SECOND, THIRD = (words.count(TEXTS[place]) for place in PROSE)
NO_PROSE = ("Home", "Tides", "Weather")
# Of a page in one container, these give its words and its place among them once more.
SAID_TWICE = {"plain_words", "own_share", "half_before", "half_after", "parent_before"}
NONE_AHEAD = math.log(201)  # blocks: as if it were so far off


def blocks(texts: Sequence[str]) -> tuple[Block, ...]:
    return tuple(Block(n, text, words.count(text), run=n) for n, text in enumerate(texts))


def measured(*given: Block) -> dict[str, list[float]]:
    """The features of blocks of raw text by name, one value a block."""
    document = Document(blocks=given, language="en")
    matrix = features.measure(Columns(document, clues.gather(document), Metadata(), ()))
    rows = features.table("text")
    return {row.name: matrix[:, place].tolist() for place, row in enumerate(rows)}


PAGE = measured(*blocks(TEXTS))


def log(*values: float) -> list[float]:
    return [math.log1p(value) for value in values]


# the table ---------------------------------------------------------------


def test_names_are_unique() -> None:
    names = [row.name for row in features.table("text")]
    assert len(names) == len(set(names)) > 80
    of_page = page.names("text")
    assert len(of_page) == len(set(of_page)) > 30


def test_each_row_has_a_unit_and_a_meaning() -> None:
    rows = features.table("text")
    assert [row.name for row in rows if not (row.name and row.unit and row.meaning)] == []


@pytest.mark.parametrize("form", ["html", "text"])
def test_what_the_words_of_the_page_tell_stands_last(form: str) -> None:
    names = [row.name for row in features.table(form)]  # type: ignore[arg-type]
    assert names[-len(PageType) :] == [f"page_words_{kind}" for kind in PageType]


def test_those_of_the_page_stand_behind_those_of_blocks() -> None:
    names = [row.name for row in features.table("text")]
    first = names.index("page_words")
    assert all(name.startswith("page_") for name in names[first:])
    assert not any(name.startswith("page_") for name in names[:first])


def test_the_flow_of_prose_is_measured_for_raw_text_alone() -> None:
    text, html = ({row.name for row in features.table(form)} for form in ("text", "html"))
    assert sorted(text - html) == sorted(
        """gap joined last4_words last3_words next3_words next4_words words_1 words_3 words_10
        words_30 sentences_3 sentences_10 stop_words_3 stop_words_10 capitals_3 capitals_10
        last_prose next_prose stretch_3_words stretch_3_share stretch_3_best stretch_3_before
        stretch_8_words stretch_8_share stretch_8_best stretch_8_before known_words
        rare_words""".split()
    )


@pytest.mark.parametrize(
    "name",
    [
        *("link_density", "links", "bold", "italic", "is_heading", "level", "is_control"),
        *("is_hidden", "vote_hidden", "title_steps", "links_5", "next1_heading", "last2_alike"),
        *("near_tag_nav", "near_comment", "up1_words", "in_candidate", "inner_units", "in_80"),
        *("outer_steps", "page_links", "page_h1", "page_articles", "page_type_article"),
    ],
)
def test_what_only_markup_tells_is_measured_for_markup_alone(name: str) -> None:
    text, html = ({row.name for row in features.table(form)} for form in ("text", "html"))
    assert name in html
    assert name not in text


@pytest.mark.parametrize(
    "text",
    [
        f"Ferry late\nBy Ann Lee\n14 May 2021\n{FERRY}\n- One\n- Two\n\n{BRIDGE}\nComments\nNo",
        f"Home\n|\nTides?\n{APPLES}\nRead more…\n{APPLES}\n© 2024: €5\nMost read\nwhy not\nNo.",
    ],
)
def test_what_is_left_out_is_the_same_for_all_blocks_of_a_page(text: str) -> None:
    """But for those at both ends, which have no neighbour, and for what `SAID_TWICE` holds."""
    document = readers.read_plain(text)
    evidence = clues.gather(document)
    about = metadata.choose(document, evidence)
    c = Columns(document, evidence, about, strippers.vote(document, evidence, about))
    kept = {row.name for row in features.table("text")}
    varied = set()
    for group in features.groups("html"):
        values = np.empty((len(group.features), c.count))
        for place, row in enumerate(group.measure(c)):
            values[place:] = row  # a single row stands for all that follow, too
        varied |= {
            feature.name
            for feature, row in zip(group.features, values, strict=True)
            if len(set(row[2:-2].tolist())) > 1
        }
    assert varied - kept == SAID_TWICE


def test_page_features_of_raw_text_have_no_sorts_of_elements() -> None:
    text, html = page.names("text"), page.names("html")
    groups = [f"share_{name}" for name in group_names()]
    assert set(groups) <= set(html)
    assert not set(groups) & set(text)
    assert {f"share_role_{role}" for role in Role} <= set(text)
    own = [name for name in html if name not in text]
    assert set(own) == {
        *groups,
        *(name for name in html if name.startswith("page_type_")),
        *("page_links", "page_h1", "page_headings", "page_articles"),
    }


def test_the_names_that_weights_are_fitted_for_are_those_of_the_form() -> None:
    names = model.feature_names("text")
    assert names["block"] == [row.name for row in features.table("text")]
    assert names["page"] == list(page.names("text"))
    assert names["block"] != model.feature_names("html")["block"]


@pytest.mark.parametrize(("html", "form"), [(f"<p>{FERRY}</p>", "html"), (FERRY, "text")])
def test_a_page_is_of_the_form_that_it_was_read_as(html: str, form: str) -> None:
    document = readers.read(readers.open_page(html), kind=form)  # type: ignore[arg-type]
    assert form_of(document) == form
    c = Columns(document, clues.gather(document), Metadata(), ())
    assert features.measure(c).shape == (1, len(features.table(form)))  # type: ignore[arg-type]


# how blocks stand in the text --------------------------------------------


def test_the_gap_is_counted_in_characters_and_ends_at_a_thousand() -> None:
    places = ((0, 4), (5, 20), (23, 30), (30, 40), (5040, 5050))
    given = [
        Block(n, "Tides", 1, run=n, place=place, goes_on=n == 3) for n, place in enumerate(places)
    ]
    assert measured(*given)["gap"] == pytest.approx(log(0, 1, 3, 0, 1000))
    assert measured(*given)["joined"] == [0.0, 0.0, 0.0, 1.0, 0.0]


def test_blocks_without_a_place_have_no_gap() -> None:
    assert PAGE["gap"] == [0.0] * len(TEXTS)


# what stands around ------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "place", "wanted"),
    [
        ("next3_words", 0, math.log(2)),  # "Advertisement"
        ("next4_words", 0, math.log1p(SECOND)),
        ("next3_words", 9, -1.0),  # beyond the page
        ("next4_words", 7, math.log(2)),
        ("last3_words", 2, -1.0),
        ("last3_words", 4, math.log1p(4)),
        ("last4_words", 8, math.log1p(SECOND)),
        ("last4_words", 3, -1.0),
    ],
)
def test_words_of_the_blocks_three_and_four_off(name: str, place: int, wanted: float) -> None:
    assert PAGE[name][place] == pytest.approx(wanted)


def test_a_page_too_short_for_a_neighbour_has_none() -> None:
    found = measured(*blocks(NO_PROSE))
    assert found["next3_words"] == found["last4_words"] == [-1.0] * 3


def test_words_around_leave_out_the_block_itself_and_are_bounded() -> None:
    assert PAGE["words_1"][0] == pytest.approx(math.log1p(4))
    assert PAGE["words_1"][2] == pytest.approx(math.log1p((4 + 1) / 2))
    assert PAGE["words_3"][0] == pytest.approx(math.log1p((4 + FIRST + 1) / 3))
    long = measured(*blocks(("Home", "tide " * 500, "Home")))
    assert long["words_1"] == pytest.approx(log(100, 1, 100))


def test_words_in_sentences_around() -> None:
    found = PAGE["sentences_3"]
    assert found[0] == pytest.approx(FIRST / (4 + FIRST + 1))
    assert found[2] == pytest.approx(SECOND / (1 + 4 + 1 + SECOND + 2))
    assert found[10] == 0.0
    assert PAGE["sentences_10"][11] == pytest.approx(
        (FIRST + SECOND + THIRD) / (4 + FIRST + 1 + SECOND + 2 + 1 + 1 + 1 + 1 + THIRD)
    )


def test_stop_words_around() -> None:
    found = measured(*blocks(("Tides", "the ferry and the pier", "of the sea", "Boats")))
    # of 1 + 3 + 1 words around the second line, "of" and "the" are stop words
    assert found["stop_words_3"][1] == pytest.approx(2 / 5)
    assert found["stop_words_3"][0] == pytest.approx((3 + 2) / (5 + 3 + 1))


def test_capitals_around() -> None:
    found = measured(*blocks(("Ann LEE", "the old Pier", "BOATS", "low tide")))
    assert found["capitals_3"] == pytest.approx([2 / 6, 3 / 5, 3 / 7, 4 / 6])


# stretches of prose ------------------------------------------------------


def test_blocks_since_the_last_prose_and_to_the_next() -> None:
    since = [200, 200, 200, 1, 2, 1, 2, 3, 4, 5, 6, 1]
    ahead = [2, 1, 2, 1, 6, 5, 4, 3, 2, 1, 200, 200]
    assert PAGE["last_prose"] == pytest.approx(log(*since))
    assert PAGE["next_prose"] == pytest.approx(log(*ahead))


@pytest.mark.parametrize(
    ("lines", "stretches"),
    [
        (3, [FIRST + SECOND] * 10 + [THIRD] * 2),
        (8, [FIRST + SECOND + THIRD] * 12),
    ],
)
def test_a_stretch_of_prose_bears_gaps_of_so_many_lines(lines: int, stretches: list[int]) -> None:
    whole = FIRST + SECOND + THIRD
    assert PAGE[f"stretch_{lines}_words"] == pytest.approx(log(*stretches))
    assert PAGE[f"stretch_{lines}_share"] == pytest.approx([one / whole for one in stretches])


@pytest.mark.parametrize(("gap", "apart"), [(2, False), (3, False), (4, True)])
def test_a_gap_of_one_line_more_parts_stretches(gap: int, apart: bool) -> None:
    found = measured(*blocks((FERRY, *["Tides"] * gap, APPLES)))["stretch_3_share"]
    assert (found[0] < 1) is apart
    assert found[0] == pytest.approx(FIRST / (FIRST + THIRD) if apart else 1)


def test_the_share_of_its_stretch_before_a_block() -> None:
    first = FIRST / (FIRST + SECOND)
    wanted = [0, 0, 0, first, first, *[1] * 5, 0, 1]
    assert PAGE["stretch_3_before"] == pytest.approx(wanted)


def test_the_distance_to_the_longest_stretch_has_a_sign() -> None:
    ahead, behind = (-math.log(3), -math.log(2)), log(*range(1, 8))
    assert PAGE["stretch_3_best"] == pytest.approx([*ahead, 0, 0, 0, *behind])
    assert PAGE["stretch_8_best"] == pytest.approx([*ahead, *[0] * 9, math.log(2)])


def test_a_page_without_prose_has_one_empty_stretch() -> None:
    found = measured(*blocks(NO_PROSE))
    assert found["last_prose"] == found["next_prose"] == pytest.approx([NONE_AHEAD] * 3)
    for name in ("words", "share", "best", "before"):
        assert found[f"stretch_3_{name}"] == [0.0] * 3


# what it speaks of -------------------------------------------------------


def test_words_that_other_prose_says() -> None:
    found = PAGE["known_words"]
    assert found[0] == found[3] == 0.0  # "home" and "advertisement" are in no prose
    # of 11 telling words, "apples", "ferry" and "school"; of 11, "ferry"; of 12, two
    assert [found[place] for place in PROSE] == pytest.approx([3 / 11, 1 / 11, 2 / 12])


def test_a_line_that_repeats_prose_says_what_it_says() -> None:
    found = measured(*blocks((FERRY, "Ferry and apples, today", "The school at night")))
    assert found["known_words"][1:] == pytest.approx([2 / 3, 1 / 2])
    assert found["known_words"][0] == 0.0  # prose does not know its own words


def test_words_that_no_other_block_says() -> None:
    found = PAGE["rare_words"]
    assert found[0] == found[11] == 0.0  # "Home" twice
    assert found[3] == found[9] == 1.0
    assert found[1] == pytest.approx(1 / 3)  # tides and weather are said below, today is not
    assert [found[place] for place in PROSE] == pytest.approx([8 / 11, 10 / 11, 10 / 12])


@pytest.mark.parametrize("text", ["The two of us", "14 | 15", "was that all", "Bus 4 to go"])
def test_a_block_without_telling_words_knows_and_says_nothing(text: str) -> None:
    found = measured(*blocks((FERRY, text)))
    assert (found["known_words"][1], found["rare_words"][1]) == (0.0, 0.0)
