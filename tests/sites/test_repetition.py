"""Which blocks stand on other pages, and which pages count as other ones."""

import pytest

from cleanarticle.language import words
from cleanarticle.records import Block, Candidate, Document, Field, Kind
from cleanarticle.sites.repetition import Lines, are_copies, lines_of, votes


def lines(*texts: str, title: str = "") -> Lines:
    """The lines of a page of such blocks."""
    blocks = (
        Block(index=i, text=text, words=words.count(text), run=i) for i, text in enumerate(texts)
    )
    candidates = (Candidate(Field.TITLE, title, "h1"),) if title else ()
    return lines_of(Document(blocks=tuple(blocks), candidates=candidates))


def prose(name: str, number: int = 20) -> str:
    """Prose that no other name gives; figures in the name would be masked."""
    return " ".join(f"{name}{'x' * i}" for i in range(number))


def repeated(*pages: Lines) -> list[dict[int, str]]:
    """For each page, block → reason."""
    return [{vote.block: vote.because for vote in found} for found in votes(pages)]


SIGN_UP = "Sign up for our free newsletter"


def test_keys_are_casefolded_words_with_numbers_masked() -> None:
    found = lines("Read all 12 of our COMMENTS!", "— * —", "2024")
    assert found.keys == ("read all # of our comments", "", "")
    assert found.words == {"read all # of our comments": 6, "#": 1}


@pytest.mark.parametrize(
    ("text", "telling"),
    [
        ("one two three four five", True),
        ("one two three four", False),
        ("one two three four 5", False),
        ("4.7 out of 5 stars 58,483", False),
        ("読者の皆さまへ", False),  # 7 signs count as 4 words
        ("読者の皆さまへのお知らせ", True),
    ],
)
def test_short_lines_and_figures_tell_nothing(text: str, telling: bool) -> None:
    pages = [lines(text, prose("a")), lines(text, prose("b"))]
    assert [set(found) for found in repeated(*pages)] == [{0} if telling else set()] * 2


def test_what_stands_on_one_other_page_of_few_is_repeated() -> None:
    on_one, on_two = (f"stands on {n} of the site" for n in ("1 other page", "2 other pages"))
    assert repeated(
        lines(SIGN_UP, prose("a"), "1 of our readers likes this"),
        lines(prose("b"), "27 of our readers like this", f"{SIGN_UP}!"),
        lines(prose("c"), "9 of our readers likes this", SIGN_UP.upper()),
    ) == [{0: on_two, 2: on_one}, {2: on_two}, {1: on_one, 2: on_two}]


@pytest.mark.parametrize(
    ("others", "enough"),
    [(1, 1), (2, 1), (3, 1), (4, 2), (6, 2), (7, 3), (9, 3), (10, 4), (12, 4), (13, 4), (20, 4)],
)
def test_of_many_pages_several_must_show_it(others: int, enough: int) -> None:
    for showing in range(min(others, 5) + 1):
        pages = [lines(SIGN_UP, prose("a"))]
        pages += [lines(prose(chr(98 + i)), *[SIGN_UP] * (i < showing)) for i in range(others)]
        assert bool(repeated(*pages)[0]) is (showing >= enough)


def test_a_block_that_stands_twice_on_its_own_page_alone_is_not_repeated() -> None:
    assert repeated(lines(SIGN_UP, prose("a"), SIGN_UP), lines(prose("b"))) == [{}, {}]


def test_a_block_without_words_is_never_repeated() -> None:
    assert repeated(lines("***", prose("a")), lines("***", prose("b"))) == [{}, {}]


def test_votes_name_their_kind_and_are_no_veto() -> None:
    ((vote, *_), _other) = votes([lines(SIGN_UP, prose("a")), lines(SIGN_UP, prose("b"))])
    assert vote.kind is Kind.REPEATED
    assert vote.strength < 1.0


def test_a_single_page_and_none() -> None:
    assert repeated(lines(SIGN_UP)) == [{}]
    assert repeated() == []


# near-duplicates -------------------------------------------------------

A, B, C, D = (prose(name) for name in "abcd")

COPIES = [
    pytest.param((A, B), (A, B), True, id="the same page"),
    pytest.param((A, B, "Home"), (B, A, "Start"), True, id="other order and menu"),
    pytest.param((A, B, C), (A, B, D), True, id="one of three paragraphs rewritten"),
    pytest.param((A, B), (A, C), False, id="half is shared"),
    pytest.param((A,), (A, B, C, D), True, id="an excerpt"),
    pytest.param((A, "Home", "Sport"), (B, "Home", "Sport"), False, id="only the menu is shared"),
    pytest.param(("Home", "Sport"), ("Home", "Sport"), True, id="no prose, the same lines"),
    pytest.param(("Home", "Sport"), ("Home", "Rain"), False, id="no prose, other lines"),
    pytest.param((A,), ("Home",), False, id="prose on one only"),
    pytest.param((), (), False, id="nothing"),
]


@pytest.mark.parametrize(("one", "other", "wanted"), COPIES)
def test_copies(one: tuple[str, ...], other: tuple[str, ...], wanted: bool) -> None:
    assert are_copies(lines(*one), lines(*other)) is wanted
    assert are_copies(lines(*other), lines(*one)) is wanted


OWN = [prose(name) for name in "klmnop"]
MENU = [prose(name, 60) for name in "stuv"]


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        pytest.param([*OWN[:3], *MENU], [*OWN[3:], *MENU], False, id="own articles above a menu"),
        pytest.param([*OWN[:2], *MENU], [*OWN[3:], *MENU], True, id="hardly prose of its own"),
        pytest.param([*MENU, *OWN[:3]], [*MENU, *OWN[3:]], True, id="new teasers below an article"),
        pytest.param([*OWN[:3], *MENU], [*MENU, *OWN[3:]], True, id="teasers on one above"),
        pytest.param(
            [MENU[0], *OWN[:3], *MENU[1:]],
            [MENU[0], *OWN[3:], *MENU[1:]],
            False,
            id="own articles below a line on cookies",
        ),
    ],
)
def test_pages_that_share_most_of_their_prose(
    one: list[str], other: list[str], wanted: bool
) -> None:
    assert are_copies(lines(*one), lines(*other)) is wanted
    assert are_copies(lines(*other), lines(*one)) is wanted


@pytest.mark.parametrize(("title", "wanted"), [("RAIN!", True), ("Ferry", False), ("", False)])
def test_of_those_pages_one_headline_makes_copies(title: str, wanted: bool) -> None:
    one = lines(*OWN[:3], *MENU, title="Rain")
    other = lines(*OWN[3:], *MENU, title=title)
    assert are_copies(one, other) is are_copies(other, one) is wanted


def test_copies_do_not_count_as_other_pages() -> None:
    page, update = lines(SIGN_UP, A, B), lines(SIGN_UP, A, B, C)
    assert repeated(page, update) == [{}, {}]
    assert repeated(page, update, lines(SIGN_UP, D)) == [
        {0: "stands on 1 other page of the site"},
        {0: "stands on 1 other page of the site"},
        {0: "stands on 2 other pages of the site"},
    ]


def test_copies_do_not_make_a_site_large() -> None:
    page, other = lines(SIGN_UP, A, B), lines(SIGN_UP, D)
    copies = [lines(A, B, f"Copy {prose(name, 3)}") for name in "wxyz"]
    assert repeated(page, other, *copies)[0] == {0: "stands on 1 other page of the site"}
