"""What `decide` makes of scores and votes."""

from dataclasses import replace

import pytest

import cleanarticle
from cleanarticle import clues, readers
from cleanarticle.decide import TWICE, decide
from cleanarticle.options import Options
from cleanarticle.records import Assessment, Kind, PageType, Removal, Verdict

PAGE = """<html><body><nav><a href="/">Start</a> <a href="/hills">The hills</a></nav><main>
<h1>Rain over the hills</h1>
<p>The river rose in the night, and in the morning nobody could cross the ford below the mill.</p>
<p>Later.</p>
<p>Two farmers had brought a boat, which they rowed for everyone who had a reason to get across.</p>
<p>The river rose in the night, and in the morning nobody could cross the ford below the mill.</p>
</main><footer>© The Valley Paper</footer></body></html>"""
START, TITLE, RIVER, LATER, BOAT, AGAIN, RIGHTS = range(7)
SCORES = (0.02, 0.9, 0.95, 0.02, 0.9, 0.85, 0.01)


def verdicts(
    scores: tuple[float, ...] = SCORES,
    removals: tuple[Removal, ...] = (),
    *,
    limit: float = 0.5,
    options: Options | None = None,
) -> tuple[Verdict, ...]:
    document = readers.read(readers.open_page(PAGE), kind="html")
    assessment = Assessment(scores, limit=limit)
    evidence = replace(clues.gather(document), raw=True)
    return decide(document, evidence, assessment, removals, options or Options())


def kept(found: tuple[Verdict, ...]) -> list[int]:
    return [verdict.block.index for verdict in found if verdict.kept]


def test_blocks_that_reach_the_limit_are_kept() -> None:
    assert kept(verdicts()) == [TITLE, RIVER, BOAT]
    assert kept(verdicts(limit=0.92)) == [RIVER]


def test_the_callers_limit_goes_before_the_pages() -> None:
    assert kept(verdicts(limit=0.1, options=Options(min_score=0.92))) == [RIVER]


@pytest.mark.parametrize("kind", [k for k in Kind if k is not Kind.REPEATED])
def test_a_vote_that_the_score_knows_removes_nothing_by_itself(kind: Kind) -> None:
    assert BOAT in kept(verdicts(removals=(Removal(BOAT, kind, "by a test", 1.0),)))


@pytest.mark.parametrize(
    ("kind", "strength", "is_kept"),
    [
        (Kind.HIDDEN, 1.0, False),
        (Kind.RELATED, 0.97, False),
        (Kind.RELATED, 0.96, True),
        (Kind.BYLINE, 1.0, True),
        (Kind.COMMENTS, 1.0, True),
    ],
)
def test_a_short_line_goes_by_a_sure_vote(kind: Kind, strength: float, is_kept: bool) -> None:
    scores = (*SCORES[:LATER], 0.9, *SCORES[LATER + 1 :])
    found = verdicts(scores, (Removal(LATER, kind, "by a test", strength),))
    assert (LATER in kept(found)) is is_kept


@pytest.mark.parametrize(
    ("page_type", "probability", "is_kept"),
    [
        (PageType.ARTICLE, 0.9, False),
        (PageType.FORUM, 0.6, True),
        (PageType.FORUM, 0.59, False),
        (None, None, True),
    ],
)
def test_comments_go_from_an_article_and_from_a_page_of_doubtful_type(
    page_type: PageType | None, probability: float | None, is_kept: bool
) -> None:
    document = readers.read(readers.open_page(PAGE), kind="html")
    assessment = Assessment(SCORES, page_type=page_type, page_type_probability=probability)
    votes = (Removal(BOAT, Kind.COMMENTS, "by a test", 0.98),)
    evidence = replace(clues.gather(document), raw=True)
    assert (BOAT in kept(decide(document, evidence, assessment, votes, Options()))) is is_kept


def test_the_title_is_vetoed_whatever_its_score() -> None:
    found = verdicts(removals=(Removal(TITLE, Kind.REPEATED, "is the title", 1.0),))
    assert TITLE not in kept(found)
    assert (found[TITLE].kind, found[TITLE].because) == (Kind.REPEATED, "is the title")


def test_a_block_twice_is_kept_once() -> None:
    found = verdicts()
    assert not found[AGAIN].kept
    assert (found[AGAIN].kind, found[AGAIN].because) == (Kind.REPEATED, TWICE)


def test_a_short_line_may_stand_twice() -> None:
    document = readers.read(readers.open_page(PAGE.replace("Two farmers", "Later.</p><p>Two")))
    scores = (0.02, 0.9, 0.95, 0.9, 0.9, 0.9, 0.85, 0.01)
    evidence = replace(clues.gather(document), raw=True)
    found = decide(document, evidence, Assessment(scores), (), Options())
    assert [v.block.text for v in found if v.kept].count("Later.") == 2


def test_a_low_score_between_kept_blocks_stays_low() -> None:
    scores = (*SCORES[:LATER], 0.45, *SCORES[LATER + 1 :])
    assert LATER not in kept(verdicts(scores))


def test_the_kind_of_a_removed_block_is_that_of_its_strongest_vote() -> None:
    votes = (
        Removal(RIGHTS, Kind.NAVIGATION, "in a footer", 0.9),
        Removal(RIGHTS, Kind.LEGAL, "says ©", 0.99),
    )
    assert verdicts(removals=votes)[RIGHTS].kind is Kind.LEGAL


def test_a_low_score_is_told() -> None:
    assert verdicts()[RIGHTS].because == "scores 0.01 as content, below 0.50"


def test_a_limit_that_nothing_reaches_keeps_nothing() -> None:
    assert kept(verdicts(options=Options(min_score=1.0))) == []


def test_a_limit_of_the_callers_leaves_the_confidence_unknown() -> None:
    text = "The river rose in the night, and nobody could cross the ford below the old mill. "
    page = f"<html><nav>{'<a>More</a>' * 9}</nav><main>{f'<p>{text * 3}</p>' * 4}</main></html>"
    assert cleanarticle.extract(page).confidence is not None
    assert cleanarticle.extract(page, options=Options(min_score=0.4)).confidence is None
