"""The numbers that the values of the fields are judged by."""

import numpy as np
import pytest

from cleanarticle import clues, metadata, readers
from cleanarticle.metadata import author, day, fitted, text_title, title
from cleanarticle.metadata.ranking import measure, names
from cleanarticle.metadata.view import View

URL = "https://www.quay.example/2024/03/05/ferry-late-again"
HEAD = """<title>Ferry late again | The Quay</title>
<meta property="og:site_name" content="The Quay">
<meta property="article:published_time" content="2024-03-05T06:10:00+01:00">
<meta name="author" content="Ann Lee, The Quay">"""
BODY = "<h1>Ferry late again</h1><p>By Ann Lee</p><p>6 March 2024</p>"
WAIT = "The last ferry of the evening left two hours late, and we had all waited in the rain since."
MENU = "Home | Tides | Boats | Contact"


def view(head: str = "", body: str = BODY, url: str | None = None) -> View:
    page = f'<html lang="en"><head>{head}</head><body>{body}</body></html>'
    return metadata.view_of(readers.read(readers.open_page(page), url=url, kind="html"))


def lines(*texts: str) -> list[text_title.Line]:
    document = readers.read(readers.open_page("\n\n".join(texts)), kind="text")
    return text_title.candidates(metadata.view_of(document), clues.gather(document))


def values(field: str) -> list[object]:
    """The candidates of a page that says no more than it has to."""
    bare = view()
    return {
        title.NAME: lambda: title.candidates(bare),
        day.NAME: lambda: day.candidates(bare, None),
        author.NAME: lambda: author.candidates(bare, None),
        text_title.NAME: lambda: lines("Ferry late"),
    }[field]()


def number(field: str, name: str, value: object) -> float:
    """The number of one row of a field's table."""
    table = fitted.TABLES[field]
    return float(measure([value], table)[0, names(table).index(name)])


@pytest.mark.parametrize("field", fitted.TABLES)
def test_the_numbers_of_a_bare_page_are_finite(field: str) -> None:
    found, table = values(field), fitted.TABLES[field]
    numbers = measure(found, table)
    assert (len(found), numbers.shape) == (1, (1, len(names(table))))
    assert np.isfinite(numbers).all()
    assert measure([], table).shape == (0, len(names(table)))


@pytest.mark.parametrize("field", fitted.TABLES)
def test_the_names_of_the_numbers_are_unique(field: str) -> None:
    found = fitted.feature_names()[field]
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("name", "of_title", "of_tail"),
    [
        ("h1 whole", 1, 0),
        ("title element head", 1, 0),
        ("title element tail", 0, 1),
        ("first h1", 1, 0),
        ("is site", 0, 1),
        ("holds site", 0, 0),
        ("holds host", 0, 1),
        ("begins declared", 1, 0),
        ("ends declared", 0, 1),
        ("address", 1, 0),
        ("shown", 0, -1),
        ("words", 3, 2),
    ],
)
def test_numbers_tell_the_title_from_the_name_of_the_site(
    name: str, of_title: float, of_tail: float
) -> None:
    titles = {value.key: value for value in title.candidates(view(HEAD, url=URL))}
    assert number(title.NAME, name, titles["ferry late again"]) == of_title
    assert number(title.NAME, name, titles["the quay"]) == of_tail


@pytest.mark.parametrize(
    ("name", "of_title", "of_menu"),
    [
        ("overlap", 1, 0),
        ("to byline", 1, 2),
        ("from byline", 999, 999),
        ("distance", 2, 3),
        ("menu", 0, 1),
        ("line", 1, 0),
        ("times", 1, 1),
        ("prose above", 0, 0),
        ("capital words", 0.5, 4 / 7),
    ],
)
def test_numbers_tell_the_title_of_a_text_from_a_menu(
    name: str, of_title: float, of_menu: float
) -> None:
    menu, line = lines(MENU, "The Ferry left late", "By Ann Lee", WAIT)[:2]
    assert number(text_title.NAME, name, line) == pytest.approx(of_title)
    assert number(text_title.NAME, name, menu) == pytest.approx(of_menu)


@pytest.mark.parametrize(
    ("name", "of_declared", "of_shown"),
    [
        ("opengraph", 1, 0),
        ("alone lines", 0, 1),
        ("line order", 999, 1),
        ("below title", 999, 2),
        ("earlier", 0, 1),
        ("later", 1, 0),
        ("after first", 0, 1),
        ("beside line", 1, 0),
        ("beside stamp", 0, 1),
        ("nearer", 1, 0),
        ("address", 1, 0),
    ],
)
def test_numbers_tell_a_declared_day_from_a_shown_one(
    name: str, of_declared: float, of_shown: float
) -> None:
    declared, shown = day.candidates(view(HEAD, url=URL), 0)
    assert number(day.NAME, name, declared) == of_declared
    assert number(day.NAME, name, shown) == of_shown


@pytest.mark.parametrize(
    ("name", "of_person", "of_site"),
    [
        ("meta", 1, 1),
        ("meta place", 0, 1),
        ("byline", 1, 0),
        ("organization", 0, 1),
        ("is site", 0, 1),
        ("in host", 0, 1),
        ("names", 2, 2),
        ("from title", 1, 999),
        ("lines", 1, 0),
        ("has title", 1, 1),
    ],
)
def test_numbers_tell_a_person_from_the_site(name: str, of_person: float, of_site: float) -> None:
    found = {value.key: value for value in author.candidates(view(HEAD, url=URL), 0)}
    assert number(author.NAME, name, found["ann lee"]) == of_person
    assert number(author.NAME, name, found["the quay"]) == of_site


def names_of(*texts: str) -> dict[str, object]:
    document = readers.read(readers.open_page("\n\n".join(texts)), kind="text")
    return {name.key: name for name in author.candidates(metadata.view_of(document), 0)}


@pytest.mark.parametrize(
    ("row", "of_person", "of_button"),
    [
        ("common words", 0.0, 1.0),
        ("function words", 0.0, 0.0),
        ("opens", 1.0, 0.0),
        ("from date", 1.0, 3.0),
    ],
)
def test_numbers_tell_a_person_from_a_button(row: str, of_person: float, of_button: float) -> None:
    story = "Ann Lee is our reporter on the pier, and her social life is one of sharing a ferry."
    page = ("Ferry late again", "Social Sharing", "Tides", "Ann Lee", "6 March 2024", WAIT, story)
    found = names_of(*page)
    numbers = [number(author.NAME, row, found[name]) for name in ("ann lee", "social sharing")]
    assert numbers == [of_person, of_button]


@pytest.mark.parametrize(("row", "of_trail", "of_title"), [("tail", 0, 1), ("has tail", 1, 0)])
def test_numbers_tell_the_trail_of_crumbs_from_the_title(
    row: str, of_trail: float, of_title: float
) -> None:
    trail, last = "News › Harbour › Ferry late again", "Ferry late again"
    found = {line.block.text: line for line in lines(trail, "Sign in", last, WAIT)}
    numbers = [number(text_title.NAME, row, found[text]) for text in (trail, last)]
    assert numbers == [of_trail, of_title]
