"""Features of blocks: well named, finite on any page, and right on a small one."""

import math
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from cleanarticle import clues, metadata, readers, strippers
from cleanarticle.classifier import features, page, signs
from cleanarticle.classifier.columns import FAR, Columns
from cleanarticle.records import Document

FERRY = (
    "The last ferry across the sound left on a grey evening in late autumn, with eleven "
    "passengers, two bicycles and a crate of apples for the school on the far side."
)
BRIDGE = (
    "Those who came late had to wait for the bridge, which was to be opened in spring, and "
    "until then the road around the bay took three hours in good weather, said"
)
KEEPER = "the keeper of the old pier"
APPLES = (
    "The apples arrived a day after the passengers did, somewhat bruised, and the teacher let "
    "every child choose two, which she later called the best lesson of that whole winter."
)
PAGE = f"""<html><head><title>The last ferry</title></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/tides">Tides</a></li></ul></nav>
<main><h1>The last ferry</h1>
<p>{FERRY}</p><p>{BRIDGE} <a href="/pier">{KEEPER}</a></p><p>{APPLES}</p></main>
<section class="comments"><h2>Comments</h2>
<div class="comment"><p>Anna</p><p>My aunt was on it.</p></div>
<div class="comment"><p>Bela</p><p>Mine was not.</p></div>
<div class="comment"><p>Cora</p><p>No, she swam.</p></div></section>
<footer><p>Home</p><p>© 2024 Sound Courier</p></footer>
</body></html>"""
TEXTS = (
    *("Home", "Tides", "The last ferry", FERRY, f"{BRIDGE} {KEEPER}", APPLES, "Comments"),
    *("Anna", "My aunt was on it.", "Bela", "Mine was not.", "Cora", "No, she swam."),
    *("Home", "© 2024 Sound Courier"),
)
PROSE, COMMENTS, FOOTER = range(3, 6), range(7, 13), range(13, 15)

RIVER = "川は一晩で増水し、古い橋は通行止めになった。町の人々は朝まで土手で水位を見守った。"
FINITE = {
    "one block": f"<p>{FERRY}</p>",
    "one short block": "<p>Hm</p>",
    "one sign": "<p>|</p>",
    "nothing hidden": PAGE,
    "all hidden": f"<div hidden><h1>The last ferry</h1><p>{FERRY}</p><p>{APPLES}</p></div>",
    "no prose": "<ul><li>One<li>Two<li>Three</ul>",
    "only links": "<p><a href='/a'>One</a></p><p><a href='/b'>Two</a></p>",
    "Japanese": f"<h1>古い橋</h1><p>{RIVER}</p><p>{RIVER}水は夕方に引いた。</p><p>広告</p>",
    "tiny blocks": "<div>a</div>" * 3000,
}


def columns(document: Document, opinion: float | None = None) -> Columns:
    evidence = clues.gather(document)
    found = metadata.choose(document, evidence)
    votes = strippers.vote(document, evidence, found)
    second = None if opinion is None else [opinion] * len(document.blocks)
    return Columns(document, evidence, found, votes, second)


def of_html(html: str, opinion: float | None = None) -> Columns:
    return columns(readers.read(readers.open_page(html), kind="html"), opinion)


@cache
def measured() -> dict[str, list[float]]:
    """The features of `PAGE` by name, one value a block."""
    matrix = features.measure(of_html(PAGE, opinion=0.25))
    rows = (*features.table(), *features.opinion_table())
    return {row.name: matrix[:, place].tolist() for place, row in enumerate(rows)}


def marks(*blocks: int) -> list[float]:
    """1 for the blocks given, 0 for the others of `PAGE`."""
    return [float(place in blocks) for place in range(len(TEXTS))]


def prose_words() -> list[int]:
    return [len(TEXTS[place].split()) for place in PROSE]


# the table ---------------------------------------------------------------


def test_names_are_unique() -> None:
    names = [row.name for row in (*features.table(), *features.opinion_table())]
    assert len(names) == len(set(names)) > 100


def test_names_of_page_features_are_unique() -> None:
    assert len(page.names()) == len(set(page.names()))


def test_each_row_has_a_unit_and_a_meaning() -> None:
    rows = (*features.table(), *features.opinion_table())
    assert [row.name for row in rows if not (row.name and row.unit and row.meaning)] == []


def test_those_of_the_page_stand_last_and_the_second_opinion_behind() -> None:
    names = [row.name for row in features.table()]
    first = names.index("page_words")
    assert all(name.startswith("page_") for name in names[first:])
    assert not any(name.startswith("page_") for name in names[:first])
    assert all(row.name.startswith("opinion") for row in features.opinion_table())


def test_the_second_opinion_has_columns_only_where_there_is_one() -> None:
    known = len(features.table())
    assert features.measure(of_html(PAGE)).shape == (len(TEXTS), known)
    more = features.measure(of_html(PAGE, opinion=0.0))
    assert more.shape == (len(TEXTS), known + len(features.opinion_table()))


# any page ----------------------------------------------------------------


def check(c: Columns) -> None:
    rows = features.table(c.form)
    if c.opinion is not None:
        rows += features.opinion_table()
    matrix = features.measure(c)
    assert matrix.shape == (c.count, len(rows))
    assert matrix.dtype == np.float32
    broken = {row.name for row, column in zip(rows, matrix.T, strict=True) if not finite(column)}
    assert broken == set()
    for score in (0.0, 0.5, 1.0):
        of_page = page.measure(c, np.full(c.count, score, np.float32), matrix)
        assert of_page.shape == (len(page.names(c.form)),)
        assert finite(of_page)


def finite(values: NDArray[np.float32]) -> bool:
    return bool(np.isfinite(values).all())


@pytest.mark.parametrize("html", FINITE.values(), ids=FINITE.keys())
def test_features_are_finite(html: str) -> None:
    c = of_html(html, opinion=0.5)
    assert c.count > 0
    check(c)


@pytest.mark.parametrize("text", [FERRY, f"Home\n{FERRY}\n\n{APPLES}\nComments\n", RIVER])
def test_features_of_raw_text_are_finite(text: str) -> None:
    c = columns(readers.read_plain(text))
    assert c.form == "text"
    check(c)


def test_a_page_of_tiny_blocks_has_a_row_each() -> None:
    assert features.measure(of_html(FINITE["tiny blocks"])).shape[0] == 3000


# a small page ------------------------------------------------------------


def test_the_page_is_read_as_it_was_meant() -> None:
    assert tuple(block.text for block in of_html(PAGE).blocks) == TEXTS


def test_the_candidate_is_the_element_of_the_paragraphs() -> None:
    assert measured()["in_candidate"] == marks(2, *PROSE)
    assert measured()["candidate_share"] == [1.0] * len(TEXTS)


def test_text_that_stands_right_in_a_div_counts_for_that_div() -> None:
    found = features.measure(of_html(f"<div>{FERRY} {BRIDGE} it.</div><div>{APPLES}</div>"))
    names = [row.name for row in features.table()]
    assert found[:, names.index("in_candidate")].tolist() == [1.0, 0.0]


def test_steps_to_the_next_nav_count_the_elements_between() -> None:
    far = [float(FAR)] * (len(TEXTS) - 2)
    assert measured()["near_tag_nav"] == [2.0, 2.0, *far]


def test_steps_to_an_element_of_a_name_count_likewise() -> None:
    found = measured()["near_comment"]
    assert [found[place] for place in (6, *COMMENTS)] == [1.0] * 7
    assert [found[place] for place in (2, *PROSE, *FOOTER)] == [float(FAR)] * 6


def test_link_density_is_the_share_of_characters_in_links() -> None:
    wanted = [0.0] * len(TEXTS)
    wanted[0] = wanted[1] = 1.0
    wanted[4] = len(KEEPER) / len(TEXTS[4])
    assert measured()["link_density"] == pytest.approx(wanted)


def test_a_text_that_stood_above_is_marked() -> None:
    assert measured()["text_before"] == marks(13)
    counts = [2 if text == "Home" else 1 for text in TEXTS]
    assert measured()["text_count"] == pytest.approx(np.log1p(counts).tolist())


def test_steps_to_the_title_count_the_elements_up_to_one_that_holds_it() -> None:
    found = measured()["title_steps"]
    assert [found[place] for place in (2, *PROSE)] == [0.0, 1.0, 1.0, 1.0]
    assert found[0] == 3.0  # <li>, <ul>, <nav>
    assert found[6] == 2.0  # <h2>, <section>
    assert [found[place] for place in FOOTER] == [2.0, 2.0]


def test_repeated_units_are_counted() -> None:
    wanted = [math.log(4) if place in COMMENTS else 0.0 for place in range(len(TEXTS))]
    assert measured()["inner_units"] == pytest.approx(wanted)
    blocks = [measured()["inner_blocks"][place] for place in (0, *COMMENTS)]
    assert blocks == pytest.approx([-1.0, *[math.log(3)] * 6])
    assert measured()["inner_steps"][7] == 1.0


def test_votes_are_seen() -> None:
    found = measured()["vote_comments"]
    assert [found[place] for place in (6, *COMMENTS)] == pytest.approx([0.99] * 7)
    assert [found[place] for place in (0, 1, 2, *PROSE)] == [0.0] * 6
    assert [measured()["votes"][place] for place in PROSE] == [0.0] * 3


def test_the_position_is_the_share_of_blocks_above() -> None:
    wanted = [place / len(TEXTS) for place in range(len(TEXTS))]
    assert measured()["position"] == pytest.approx(wanted)


def test_headings_and_their_levels() -> None:
    assert measured()["is_heading"] == marks(2, 6)
    assert [measured()["level"][place] for place in (2, 3, 6)] == [1.0, 0.0, 2.0]
    assert measured()["heading_level"][1:8] == [0.0, 1.0, 1.0, 1.0, 1.0, 2.0, 2.0]


def test_what_holds_for_the_page_stands_in_each_row() -> None:
    size = len(TEXTS)
    assert measured()["page_h1"] == [1.0] * size
    assert measured()["page_blocks"] == pytest.approx([math.log(size + 1)] * size)
    assert measured()["page_prose_blocks"] == pytest.approx([math.log(4)] * size)
    assert measured()["title_shown"] == [1.0] * size


def test_the_title_is_known_by_its_words() -> None:
    assert measured()["is_title"] == marks(2)
    assert measured()["in_title"][2] == measured()["of_title"][2] == 1.0
    # "the" four times, "last" and "ferry" once
    assert measured()["in_title"][3] == pytest.approx(6 / len(FERRY.split()))
    assert measured()["of_title"][3] == 1.0


def test_words_of_prose_before_and_behind() -> None:
    first, second, third = prose_words()
    assert measured()["prose_before"][5] == pytest.approx((first + second) / sum(prose_words()))
    assert measured()["prose_words_after"][3] == pytest.approx(math.log1p(second + third))
    assert measured()["prose_words_after"][5] == 0.0


def test_distances_to_the_next_prose_have_a_sign() -> None:
    found = measured()["to_prose"]
    assert found[0] == pytest.approx(math.log(4))
    assert found[2] == pytest.approx(math.log(2))
    assert found[6] == pytest.approx(-math.log(2))
    assert [found[place] for place in PROSE] == [0.0] * 3


def test_neighbours_are_seen_and_the_page_has_ends() -> None:
    assert measured()["next1_heading"][:4] == [0.0, 1.0, 0.0, 0.0]
    assert measured()["last1_words"][0] == -1.0
    assert measured()["next2_words"][-2:] == [-1.0, -1.0]
    assert measured()["last1_words"][4] == pytest.approx(math.log1p(prose_words()[0]))


def test_signs_of_the_text() -> None:
    assert measured()["has_rights"] == marks(14)
    assert measured()["starts_digit"] == [0.0] * len(TEXTS)
    assert measured()["commas"][3] == pytest.approx(FERRY.count(",") / len(FERRY.split()))
    assert measured()["digits"][14] == pytest.approx(4 / len(TEXTS[14]))


def test_the_second_opinion_is_passed_on() -> None:
    size = len(TEXTS)
    assert measured()["opinion"] == [0.25] * size
    assert measured()["opinion_page"] == pytest.approx([0.25] * size)
    assert measured()["opinion_before"][0] == 0.0


def test_hidden_text_is_no_prose() -> None:
    found = features.measure(of_html(FINITE["all hidden"]))
    names = [row.name for row in features.table()]
    assert found[:, names.index("is_hidden")].tolist() == [1.0, 1.0, 1.0]
    assert found[:, names.index("page_prose_blocks")].tolist() == [0.0, 0.0, 0.0]


def test_a_second_page_shows_no_title() -> None:
    found = features.measure(of_html(f"<p>{FERRY}</p>"))
    names = [row.name for row in features.table()]
    assert found[0, names.index("title_shown")] == 0.0
    assert found[0, names.index("from_title")] == 9.0


# the page as a whole -----------------------------------------------------


def of_page(scores: list[float]) -> dict[str, float]:
    c = of_html(PAGE)
    values = page.measure(c, np.array(scores, np.float32), features.measure(c))
    return dict(zip(page.names(), values.tolist(), strict=True))


def test_the_page_is_measured_by_its_scores() -> None:
    found = of_page([0.8 if place in PROSE else 0.0 for place in range(len(TEXTS))])
    assert found["limit"] == pytest.approx(0.8)
    assert found["highest"] == pytest.approx(0.8)
    assert found["expected_f1"] == pytest.approx(1.6 / 1.8)
    assert found["kept_blocks"] == pytest.approx(math.log(4))
    assert found["kept_words"] == pytest.approx(math.log1p(sum(prose_words())))
    assert found["doubt_kept"] == pytest.approx(0.16)
    assert found["doubt_removed"] == 0.0
    assert found["runs"] == pytest.approx(math.log(2))
    assert found["listed"] == 0.0


def test_the_page_takes_its_own_numbers_from_any_block() -> None:
    found = of_page([0.5] * len(TEXTS))
    assert found["page_h1"] == measured()["page_h1"][0]
    assert found["page_prose"] == pytest.approx(measured()["page_prose"][0])
    assert 0 < found["share_tag_nav"] < found["share_tag_footer"] < found["share_comment"] < 1


def test_a_page_without_content_is_measured_too() -> None:
    found = of_page([0.1] * len(TEXTS))
    assert found["limit"] == pytest.approx(page.MAX_LIMIT)
    assert found["expected_f1"] == 0.0
    assert (found["kept_words"], found["kept_blocks"], found["runs"]) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("text", "sort", "wanted"),
    [
        ("河。水！山？", signs.STOP, 3),
        ("河，水、山；", signs.COMMA, 3),
        ("＂河＂", signs.QUOTE, 2),
        ("ＡＢＣ", signs.UPPER, 3),
        ("１２", signs.DIGIT, 2),
        ("a_b", signs.OTHER, 0),
        ("a†b＊", signs.OTHER, 2),
        ("😀河\ud800한", signs.OTHER, 0),
    ],
)
def test_signs_of_all_scripts(text: str, sort: int, wanted: int) -> None:
    assert int(((signs.sorts_of(text, signs.table()) & sort) > 0).sum()) == wanted
