"""Each form of raw text is what a scraper would have left of the page."""

import sys
from itertools import pairwise
from pathlib import Path

import pytest

from cleanarticle.errors import MissingExtra
from cleanarticle.readers import layout
from cleanarticle.readers.layout import Shape
from cleanarticle.training import corpus, forms
from cleanarticle.training.corpus import LabelledPage

LONG = (
    "The ferry left the harbour at six and came back with nobody aboard that morning, and the "
    "keeper of the pier wrote so into the book that he had kept since the war."
)
PAGE = f"""<html><head><title>Ferry late | Courier</title><style>p {{}}</style></head><body>
<nav><ul><li><a href="/">Home</a></li><li>Tides</li></ul></nav>
<main><h1>Ferry late</h1><p>The <a href="/b">old
bridge</a>, which <b>fell</b>.</p><!-- no text --><script>let x = 1</script>
<div>Loose <i>text</i><p>{LONG}</p>behind it</div><p> </p><noscript>Off</noscript></main>
</body></html>"""
BLOCKS = [
    ("li", ["Home"]),
    ("li", ["Tides"]),
    ("h1", ["Ferry late"]),
    ("p", ["The ", "old\nbridge", ", which ", "fell", "."]),
    ("div", ["Loose ", "text"]),
    ("p", [LONG]),
    ("div", ["behind it"]),
]
LINES = [
    *("Home", "Tides", "Ferry late", "The old bridge, which fell.", "Loose text", LONG),
    "behind it",
]


def labelled(folder: Path, markup: str, name: str = "page") -> LabelledPage:
    (folder / "page.html").write_text(markup, "utf-8")
    (folder / "set.jsonl").write_text(f'{{"id": "{name}", "html": "page.html"}}', "utf-8")
    (found,) = corpus.read(folder)
    return found


@pytest.fixture
def page(tmp_path: Path) -> LabelledPage:
    return labelled(tmp_path, PAGE)


# blocks ------------------------------------------------------------------


def stripped(markup: str) -> list[tuple[str, list[str]]]:
    found = forms.blocks(markup)
    return [(tag, [node for node in nodes if node.strip()]) for tag, nodes in found]


def test_blocks_are_what_browsers_show_as_such() -> None:
    assert stripped(PAGE) == BLOCKS


@pytest.mark.parametrize(
    ("markup", "wanted"),
    [
        ("", []),
        ("<p> </p><script>x</script>", []),
        ("Ferry <b>late</b>", [("body", ["Ferry ", "late"])]),
        ("<div>a<section>b</section>c</div>", [("div", ["a"]), ("section", ["b"]), ("div", ["c"])]),
        ("<ul><li>a<ul><li>b</ul>c</ul>", [("li", ["a"]), ("li", ["b"]), ("li", ["c"])]),
        ("<table><tr><td>a<td>b</table>", [("td", ["a"]), ("td", ["b"])]),
        ("<p>a<svg><text>b</text></svg>c</p>", [("p", ["a", "c"])]),
        ("<p>a<!-- b --><?c?><b></b>d</p>", [("p", ["a", "d"])]),
        ("<p>渡し船<a>は</a>欠航</p>", [("p", ["渡し船", "は", "欠航"])]),
        ("<button>a</button><span>b</span>", [("button", ["a"]), ("body", ["b"])]),
    ],
)
def test_blocks_of_small_pages(markup: str, wanted: list[tuple[str, list[str]]]) -> None:
    assert stripped(markup) == wanted


def test_a_page_nested_deeply_is_walked_without_recursion() -> None:
    depth = 300
    assert forms.blocks("<div>" * depth + "Ferry" + "</div>" * depth)[0][1] == ["Ferry"]


# forms -------------------------------------------------------------------


def test_there_is_a_text_of_each_form(page: LabelledPage) -> None:
    assert list(forms.texts(page)) == list(forms.FORMS)
    assert len(set(forms.texts(page).values())) == len(forms.FORMS) == 7


def test_lines_are_a_line_a_block(page: LabelledPage) -> None:
    assert forms.texts(page)[forms.LINES] == "\n".join(LINES)


def test_nodes_are_a_line_a_text_node_as_a_parser_gives_it(page: LabelledPage) -> None:
    wanted = """Home
Tides
Ferry late
The
old
bridge
, which
fell
.
Loose
text
LONG
behind it""".replace("LONG", LONG)
    assert forms.texts(page)[forms.NODES] == wanted


def test_spaced_blocks_are_parted_by_blank_lines_and_items_have_bullets(page: LabelledPage) -> None:
    wanted = "\n\n".join(["  • Home", "  • Tides", *LINES[2:]])
    assert forms.texts(page)[forms.SPACED] == wanted


@pytest.mark.parametrize("name", ["a", "b", "c", "d", "f", "ferry", "渡し船"])
def test_lines_are_wrapped_at_the_column_of_the_page(tmp_path: Path, name: str) -> None:
    page = labelled(tmp_path, PAGE, name)
    width = forms.width(page)
    assert width in forms.WIDTHS
    lines = forms.texts(page)[forms.WRAPPED].split("\n")
    assert lines[:5] == LINES[:5]
    assert lines[-1] == LINES[-1]
    long = lines[5:-1]
    assert " ".join(long) == LONG
    assert max(map(len, long)) <= width
    assert all(len(above) + 1 + len(below.split()[0]) > width for above, below in pairwise(long))
    parted = forms.texts(page)[forms.PARTED].split("\n\n")
    assert parted == [*LINES[:5], "\n".join(long), LINES[-1]]


def test_pages_are_wrapped_at_all_columns(tmp_path: Path) -> None:
    names = [f"page{n}" for n in range(40)]
    assert {forms.width(labelled(tmp_path, "", name)) for name in names} == set(forms.WIDTHS)


def test_one_line_is_all_in_one(page: LabelledPage) -> None:
    assert forms.texts(page)[forms.ONE] == " ".join(LINES)


def test_the_layout_is_that_of_inscriptis(page: LabelledPage) -> None:
    found = forms.texts(page)[forms.LAYOUT]
    assert "  * Home\n  * Tides\n" in found
    assert f"\n\nFerry late\n\nThe old bridge, which fell.\n\n  Loose text\n\n  {LONG}\n" in found
    assert "no text" not in found


def test_the_layout_needs_inscriptis(page: LabelledPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "inscriptis", None)
    with pytest.raises(MissingExtra, match=r"Inscriptis.*cleanarticle\[train\]"):
        forms.texts(page)


@pytest.mark.parametrize("markup", ["", " \n ", "<script>x</script>", "<!-- a -->"])
def test_a_page_without_text_is_empty_in_all_forms(tmp_path: Path, markup: str) -> None:
    found = forms.texts(labelled(tmp_path, markup))
    assert {text.strip() for text in found.values()} == {""}


def test_forms_are_told_by_the_reader_as_what_they_are(tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>{LONG} {LONG}</p>" for _n in range(8))
    menu = "".join(f"<li>Tide {n}" for n in range(5))
    found = forms.texts(labelled(tmp_path, f"<ul>{menu}</ul><h1>Ferry late</h1>{paragraphs}"))
    shapes = {name: layout.shape_of(layout.split(text)) for name, text in found.items()}
    assert shapes[forms.LINES] is shapes[forms.NODES] is shapes[forms.WRAPPED] is Shape.LINES
    assert shapes[forms.SPACED] is Shape.PARAGRAPHS
    assert shapes[forms.PARTED] is Shape.WRAPPED
    assert shapes[forms.ONE] is Shape.ONE_LINE


def test_a_line_break_parts_blocks(tmp_path: Path) -> None:
    texts = forms.texts(labelled(tmp_path, "<p>Over the water<br>comes the evening</p>"))
    assert texts[forms.LINES] == "Over the water\ncomes the evening"
    assert texts[forms.ONE] == "Over the water comes the evening"


# a choice of them --------------------------------------------------------


@pytest.mark.parametrize("number", [0, 1, 3, 5])
def test_lines_and_nodes_and_so_many_others_are_chosen(page: LabelledPage, number: int) -> None:
    found = forms.some(page, number)
    assert found[:2] == [forms.LINES, forms.NODES]
    assert len(found) == len(set(found)) == 2 + number
    assert set(found) <= set(forms.FORMS)


def test_the_choice_is_the_same_each_time_and_another_for_other_pages(tmp_path: Path) -> None:
    pages = [labelled(tmp_path, PAGE, f"page{n}") for n in range(40)]
    first = [forms.some(page, 1) for page in pages]
    assert [forms.some(page, 1) for page in pages] == first
    assert {found[2] for found in first} == set(forms.FORMS) - {forms.LINES, forms.NODES}
