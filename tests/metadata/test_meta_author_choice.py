"""Which names are taken for those of the authors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

import cleanarticle
from cleanarticle import metadata, readers
from cleanarticle.metadata import author
from cleanarticle.metadata.author import BESIDE, LIKELY, MAX_AUTHORS, OVER_DESK, SURE
from cleanarticle.metadata.ranking import Table
from cleanarticle.metadata.view import View


@dataclass
class Told:
    """A ranker whose probabilities are given by key."""

    likely: Mapping[str, float]

    def probabilities(self, name: str, values: Sequence[Any], table: Table) -> list[float]:
        assert (name, table) == (author.NAME, author.TABLE)
        return [self.likely.get(value.key, 0.0) for value in values]


def view(body: str, head: str = "", language: str = "en") -> View:
    page = f'<html lang="{language}"><head>{head}</head><body>{body}</body></html>'
    return metadata.view_of(readers.read(readers.open_page(page), kind="html"))


def chosen(page: View, **likely: float) -> list[str]:
    """The names taken, given how likely each is by its key with _ for spaces."""
    told = Told({key.replace("_", " "): p for key, p in likely.items()})
    return [name.text for name in author.choose(page, 0, told)]


def meta(*names: str) -> str:
    return "".join(f'<meta name="author" content="{name}">' for name in names)


def opengraph(*names: str) -> str:
    return "".join(f'<meta property="article:author" content="{name}">' for name in names)


@pytest.mark.parametrize(("p", "names"), [(LIKELY, ["Ann Lee"]), (LIKELY - 0.01, [])])
def test_the_best_name_has_to_be_likely(p: float, names: list[str]) -> None:
    assert chosen(view("<p>x</p>", meta("Ann Lee")), ann_lee=p) == names
    assert chosen(view("<p>x</p>")) == []


@pytest.mark.parametrize(
    ("head", "limit"),
    [
        pytest.param(meta("Ann Lee and Bo Ek"), BESIDE, id="one value"),
        pytest.param(meta("Ann Lee", "Bo Ek"), SURE, id="another value"),
        pytest.param(meta("Ann Lee") + opengraph("Bo Ek"), SURE, id="another source"),
    ],
)
def test_a_further_name_of_the_same_value_needs_less(head: str, limit: float) -> None:
    page = view("<p>x</p>", head)
    assert set(chosen(page, ann_lee=0.9, bo_ek=limit)) == {"Ann Lee", "Bo Ek"}
    assert chosen(page, ann_lee=0.9, bo_ek=limit - 0.01) == ["Ann Lee"]


def test_a_further_name_that_is_not_a_persons_by_its_form_needs_more() -> None:
    page = view("<p>x</p>", meta("Ann Lee and Bo"))
    assert chosen(page, ann_lee=0.9, bo=SURE - 0.01) == ["Ann Lee"]
    assert chosen(page, ann_lee=0.9, bo=SURE) == ["Ann Lee", "Bo"]


@pytest.mark.parametrize("line", ["Bo Ek", "Seen on Monday by Bo Ek"])
def test_a_name_of_a_mere_line_is_never_a_further_author(line: str) -> None:
    page = view(f"<h1>Ferry late</h1><p>{line}</p>", meta("Ann Lee"))
    assert chosen(page, ann_lee=0.95, bo_ek=0.9) == ["Ann Lee"]
    assert chosen(page, bo_ek=0.9) == ["Bo Ek"]


def test_a_byline_in_a_script_without_capitals_is_taken_whatever_the_ranker_says() -> None:
    page = view("<h1>배가 늦다</h1><p>문세라 기자</p>", language="ko")
    assert chosen(page) == ["문세라"]
    assert chosen(view("<h1>Ferry late</h1><p>By Ann Lee</p>")) == []


def test_there_are_at_most_so_many_authors() -> None:
    names = [f"Ann Lee{chr(97 + n)}" for n in range(MAX_AUTHORS + 3)]
    page = view("<p>x</p>", meta(*names[:9]) + opengraph(*names[9:]))
    told = Told({name.lower(): 0.9 for name in names})
    assert [name.text for name in author.choose(page, 0, told)] == names[:MAX_AUTHORS]


def test_an_organization_is_an_author_only_where_no_person_is() -> None:
    page = view("<p>x</p>", meta("Reuters", "Ann Lee"))
    assert chosen(page, reuters=0.9, ann_lee=OVER_DESK) == ["Ann Lee"]
    assert chosen(page, reuters=0.9, ann_lee=OVER_DESK - 0.01) == ["Reuters"]


def test_in_cleaned_text_a_name_in_a_line_is_no_author() -> None:
    text = f"Ann Lee\n\n{'The ferry was late again, and nobody on the pier was told why. ' * 3}"
    article = cleanarticle.extract(text, kind="text")
    assert (article.authors, article.body.split("\n")[0]) == ((), "Ann Lee")
