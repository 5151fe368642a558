"""Trees of any shape: deep, dirty, foreign. The caller's tree is only read."""

import pytest
from bs4 import BeautifulSoup, Tag
from lxml import etree
from lxml import html as lxml_html

from cleanarticle import readers
from cleanarticle.readers import tree
from cleanarticle.records import Block

PAGE = """<html lang="en"><head><title>Ferry late again</title></head><body><!-- top -->
<nav class="menu"><a href="/a">Home</a> <a href="/b">Sport</a></nav>
<h1>Ferry late <em>again</em></h1>
<p>The ferry left at <b>six</b>, and <a href="/quay">the quay</a> was empty.</p>
<ul><li>Nobody knew<li>Nobody asked</ul>
<table><tr><td>Monday</td><td>06:10</td></tr></table>
<pre>
  wind
    north
</pre><div hidden>Not shown</div><p>Wind &amp; rain &lt;soon&gt;</p></body></html>"""


def texts(page: object) -> list[str]:
    return [block.text for block in readers.read(page, kind="html").blocks]


def seen(page: object) -> list[tuple[object, ...]]:
    """What the blocks say; container positions differ between parsers."""

    def row(block: Block) -> tuple[object, ...]:
        return (block.text, block.role, block.level, block.marker, block.spans)

    return [row(block) for block in readers.read(page).blocks]


@pytest.mark.parametrize("depth", [300, 5000, 100_000])
@pytest.mark.parametrize("tag", ["div", "b", "blockquote"])
def test_all_text_of_a_deep_page_is_there_and_in_order(depth: int, tag: str) -> None:
    page = f"<p>first</p>{f'<{tag}>' * depth}inner{f'</{tag}>' * depth}<p>last</p>"
    assert " ".join(texts(page)) == "first inner last"


@pytest.mark.parametrize("depth", [300, 5000])
def test_text_at_every_depth_is_there_and_in_order(depth: int) -> None:
    opened = "".join(f"<div>in{number} " for number in range(depth))
    closed = "".join(f"</div>out{number} " for number in reversed(range(depth)))
    wanted = [f"in{n}" for n in range(depth)] + [f"out{n}" for n in reversed(range(depth))]
    assert " ".join(texts(opened + closed)).split() == wanted


def test_only_a_page_beyond_the_limit_is_noted_as_flattened() -> None:
    deep, shallow = "<div>" * 5000 + "x", "<div>" * 100 + "x"
    assert readers.read(deep, kind="html").notes == (
        "elements nested deeper than 200 were flattened",
    )
    assert readers.read(shallow, kind="html").notes == ()


def test_elements_side_by_side_are_no_depth() -> None:
    document = readers.read("<p>x</p>" * 20_000, kind="html")
    assert len(document.blocks) == 20_000
    assert document.notes == ()


UNHELD = [("\x00", ""), ("\x08", ""), ("\x7f", ""), ("\uffff", ""), ("\ud800", "\ufffd")]


@pytest.mark.parametrize(("sign", "instead"), UNHELD, ids=lambda sign: f"{ord(sign or ' '):x}")
def test_signs_that_no_tree_holds_are_left_out_and_the_text_goes_on(
    sign: str, instead: str
) -> None:
    assert texts(f"<p>one{sign}two</p><p>three</p>") == [f"one{instead}two", "three"]
    assert texts(BeautifulSoup(f"<p>one{sign}two</p>", "html.parser"))[0].endswith("two")


def test_a_sign_beyond_the_basic_plane_stays() -> None:
    assert texts("<p>ferry 🛥 late</p>") == ["ferry 🛥 late"]


@pytest.mark.parametrize("page", ["", " ", "<!-- only -->", "<!doctype html>"])
def test_a_page_without_elements_has_no_blocks(page: str) -> None:
    assert readers.read(page, kind="html").blocks == ()


def test_a_soup_gives_the_blocks_of_the_string() -> None:
    assert seen(BeautifulSoup(PAGE, "lxml")) == seen(PAGE)


def test_an_lxml_element_and_its_tree_give_the_blocks_of_the_string() -> None:
    root = lxml_html.document_fromstring(PAGE)
    assert seen(root) == seen(PAGE)
    assert seen(root.getroottree()) == seen(PAGE)


def test_an_xhtml_tree_gives_the_blocks_of_the_html() -> None:
    xhtml = '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>One <b>two</b></p></body></html>'
    plain = xhtml.replace(' xmlns="http://www.w3.org/1999/xhtml"', "")
    assert seen(etree.fromstring(xhtml)) == seen(plain) != []


def test_a_part_of_a_tree_or_soup_is_read_without_its_surroundings() -> None:
    page = "<div><p>before</p><section>inner</section> tail <p>after</p></div>"
    part = lxml_html.fragment_fromstring(page).find("section")
    assert texts(part) == ["inner"]
    assert texts(BeautifulSoup(page, "html.parser").section) == ["inner"]


def test_comments_and_declarations_of_a_soup_are_no_text() -> None:
    soup = BeautifulSoup("<!doctype html><p>one<!-- two --> three</p><?php four ?>", "html.parser")
    assert texts(soup) == ["one three"]


def test_the_callers_tree_is_unchanged() -> None:
    root = lxml_html.document_fromstring(PAGE)
    before = etree.tostring(root.getroottree())
    readers.read(root)
    assert etree.tostring(root.getroottree()) == before


def test_the_callers_soup_is_unchanged() -> None:
    soup = BeautifulSoup(PAGE, "html.parser")
    before = str(soup)
    readers.read(soup)
    assert str(soup) == before


def test_the_callers_xhtml_tree_is_unchanged() -> None:
    root = etree.fromstring('<p xmlns="http://www.w3.org/1999/xhtml">One<br/>two</p>')
    before = etree.tostring(root)
    assert texts(root) == ["One", "two"]
    assert etree.tostring(root) == before


def test_a_deep_soup_gives_all_its_text() -> None:
    soup = BeautifulSoup("", "html.parser")
    inner: Tag = soup
    for _ in range(5000):
        made = soup.new_tag("div")
        inner.append(made)
        inner = made
    inner.append("bottom")
    assert texts(soup) == ["bottom"]


def test_names_that_xml_forbids_lose_no_text() -> None:
    page = '<p @click="go" 1a="b" class="lead">one</p><o:p>two</o:p>'
    assert texts(page) == ["one", "two"]
    assert texts(BeautifulSoup(page, "html.parser")) == ["one", "two"]


def test_parse_returns_the_root_element() -> None:
    root, notes = tree.parse("<p>x</p>")
    assert root is not None
    assert (root.tag, notes) == ("html", ())
