"""Trees of any shape: deep, dirty, foreign. The caller's tree is only read."""

import pytest
from bs4 import BeautifulSoup, Tag
from lxml import etree
from lxml import html as lxml_html

import cleanarticle
from cleanarticle import readers
from cleanarticle.options import Limits
from cleanarticle.readers import tidy, tree
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
    return [block.text for block in readers.read(readers.open_page(page), kind="html").blocks]


def seen(page: object) -> list[tuple[object, ...]]:
    """What the blocks say; container positions differ between parsers."""

    def row(block: Block) -> tuple[object, ...]:
        return (block.text, block.role, block.level, block.marker, block.spans)

    return [row(block) for block in readers.read(readers.open_page(page)).blocks]


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
    assert readers.read(readers.open_page(deep), kind="html").notes == (
        "elements nested deeper than 200 were flattened",
    )
    assert readers.read(readers.open_page(shallow), kind="html").notes == ()


def test_elements_side_by_side_are_no_depth() -> None:
    document = readers.read(readers.open_page("<p>x</p>" * 20_000), kind="html")
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
    assert readers.read(readers.open_page(page), kind="html").blocks == ()


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
    readers.read(readers.open_page(root))
    assert etree.tostring(root.getroottree()) == before


def test_the_callers_soup_is_unchanged() -> None:
    soup = BeautifulSoup(PAGE, "html.parser")
    before = str(soup)
    readers.read(readers.open_page(soup))
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


END = "</body></html>"


@pytest.mark.parametrize(
    "early", [END, "</body>\n</html>", "</html>", "</BODY ></HTML\n>", END * 2, f"{END}<!-- -->"]
)
@pytest.mark.parametrize("close", [END, ""], ids=["closed again", "open"])
def test_text_behind_an_early_end_of_the_page_is_read(early: str, close: str) -> None:
    header = "<html><head><title>Quay</title></head><body><header>The Quay</header>"
    article = "<div><h1>Ferry late</h1><p>It left at <b>six</b>.</p></div><div>Nobody knew.</div>"
    page = f"{header}{early}{article}{close}"
    assert texts(page) == ["The Quay", "Ferry late", "It left at six.", "Nobody knew."]
    assert seen(page) == seen(f"{header}{article}{END}")


def test_a_second_page_behind_the_first_is_read() -> None:
    page = "<html><head><title>{0}</title></head><body><div>{0}</div></body></html>"
    assert texts(page.format("one") + page.format("two")) == ["one", "two"]


def test_the_end_of_a_page_that_is_written_about_is_text() -> None:
    assert texts("<p>Close with &lt;/body&gt;&lt;/html&gt;.</p>") == ["Close with </body></html>."]


LINES = [f"Boat {n} left the quay at six, and nobody aboard asked why." for n in range(300)]
TEXT = "".join(f"<p class=line>{line}</p>" for line in LINES)
STRAYS = {
    "twice": ("<div class={0}intro{0} {0}>", "<div class={0}end{0} {0}>Last</div>", ["Last"]),
    "glued": ("<div class=intro{0}>", "<div class=end{0}>Last</div>", ["Last"]),
    "before a sign": ("<div class={0}intro{0} {0}>", "<p title={0}a > b{0}>Last</p>", ["Last"]),
    "around values": (
        "<div class={0}intro{0} {0}><p id={0}a{0}>First</p>",
        "<div class={0}end{0} {0}>Last</div>",
        ["Last"],
    ),
    # what stands within the open value is lost to any parser, and nothing before it is
    "value open at the end": ("<div class={0}intro{0} {0}>", "Last<p class={0}end>", ["Last"]),
    "text in the open value": ("<div class={0}intro{0} {0}>", "Last<a href={0}/x>in</a>", ["Last"]),
}


@pytest.mark.parametrize("mark", ['"', "'"], ids=["double", "single"])
@pytest.mark.parametrize(("start", "end", "behind"), STRAYS.values(), ids=STRAYS)
def test_no_text_is_lost_behind_a_stray_quotation_mark(
    mark: str, start: str, end: str, behind: list[str]
) -> None:
    page = start.format(mark) + TEXT + end.format(mark)
    assert len(page) > 20_000 > Limits().tag_chars
    first = ["First"] if "First" in start else []
    assert texts(page) == [*first, *LINES, *behind]


@pytest.mark.parametrize("value", ['"{}"', "'{}'", '= "{}"', '"it\'s {}"'])
def test_an_overlong_value_is_stepped_over_whole(value: str) -> None:
    long = value.format("a > b = c " * 3000)
    glue = "" if value.startswith("=") else "="
    page = f"<p>one</p><p data-x{glue}{long} class=lead>two</p><p>three</p>"
    document = readers.read(readers.open_page(page), kind="html")
    assert [block.text for block in document.blocks] == ["one", "two", "three"]
    assert [c.names for c in document.containers if c.tag == "p"] == [(), ("lead",), ()]


@pytest.mark.parametrize("rest", ['<b" y="' * 50, "<b' y='" * 50, 'y="' * 50])
def test_a_tag_that_is_never_closed_is_stepped_over_at_once(rest: str) -> None:
    """Else every tag start in its values would be searched to the end of the page again."""
    page = f'<a x="{rest}'
    assert sum(len(match[0]) for match in tidy._TAG.finditer(page)) == len(page)


def test_text_in_a_number_of_a_soup_is_read() -> None:
    soup = BeautifulSoup("<div><p>The ferry left at six.</p></div>", "lxml")
    assert soup.p is not None
    soup.p["class"] = 5  # type: ignore[assignment]
    assert cleanarticle.extract(soup).body == "The ferry left at six."
