"""A tree to blocks: where a block ends, its role, run, marker and spans."""

import pytest

from cleanarticle import readers
from cleanarticle.records import Block, Document, Role, Style


def read(page: str) -> Document:
    return readers.read(readers.open_page(page), kind="html")


def texts(page: str) -> list[str]:
    return [block.text for block in read(page).blocks]


def roles(page: str) -> list[tuple[str, str]]:
    return [(str(block.role), block.text) for block in read(page).blocks]


def items(page: str) -> list[tuple[str, str]]:
    return [(block.marker, block.text) for block in read(page).blocks]


def runs(page: str) -> list[list[str]]:
    """Texts of the blocks, those of one run together."""
    together: dict[int, list[str]] = {}
    for block in read(page).blocks:
        together.setdefault(block.run, []).append(block.text)
    return list(together.values())


def styled(block: Block) -> list[tuple[Style, str, str]]:
    return [(span.style, block.text[span.start : span.end], span.href) for span in block.spans]


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("<p>on<b>e</b> <i>tw</i>o</p>", ["one two"]),
        ("<p>one<span> two</span>\n three</p>", ["one two three"]),
        ("<p>H<sub>2</sub>O and <code>x</code>.</p>", ["H2O and x."]),
        ("<div>one<div>two</div>three</div>", ["one", "two", "three"]),
        ("<div>one<p>two</p></div>three", ["one", "two", "three"]),
        ("<td>one</td><section>two</section>", ["one", "two"]),
        ("<span>one<div>two</div></span>three", ["one", "two", "three"]),
        ("<h2>one</h2>two", ["one", "two"]),
        ("<my-card>one</my-card><my-card>two</my-card>", ["one", "two"]),
        ("one<hr>two<article>three</article>four", ["one", "two", "three", "four"]),
        ("<p>one<!-- and -->two</p>", ["onetwo"]),
        ("<p>one<script>x()</script> two<style>p{}</style></p>", ["one two"]),
        ("<p>one<img alt='pic'>two<svg><text>no</text></svg></p>", ["onetwo"]),
        ("<p>a\u00adb\u200bc\ufeff &nbsp; d</p>", ["abc d"]),
        ("<p> </p><p>&nbsp;</p><p>\u200b</p>", []),
        ("<head><title>t</title></head><body><p>one</p></body>", ["one"]),
    ],
)
def test_inline_elements_join_and_block_elements_part(page: str, wanted: list[str]) -> None:
    assert texts(page) == wanted


@pytest.mark.parametrize(
    "tag", "div p li td th section article figcaption dt dd h3 address option button".split()
)
def test_words_are_never_glued_across_blocks(tag: str) -> None:
    assert " ".join(texts(f"<{tag}>one</{tag}><{tag}>two</{tag}>")).split() == ["one", "two"]


def test_lines_split_by_br_are_blocks_of_one_run_and_two_br_part_the_runs() -> None:
    assert runs("<p>one<br>two<br/>three</p>") == [["one", "two", "three"]]
    assert runs("<p>one<br><br>two</p>") == [["one"], ["two"]]
    assert runs("<p>one<br> <br>two<br>three</p>") == [["one"], ["two", "three"]]
    assert runs("<p>one</p><p>two</p>") == [["one"], ["two"]]
    assert runs("<p>one<br></p><p>two</p>") == [["one"], ["two"]]


def test_two_long_lines_split_by_one_br_are_paragraphs() -> None:
    long = "the ferry left the harbour at six and came back with nobody aboard"
    assert runs(f"<p>{long}<br>{long}</p>") == [[long], [long]]
    assert runs(f"<p>{long}<br>short</p>") == [[long, "short"]]


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("<ul><li>a<li>b</ul>", [("-", "a"), ("-", "b")]),
        ("<ol><li>a<li>b</ol>", [("1.", "a"), ("2.", "b")]),
        ("<ol start=9><li>a<li>b</ol>", [("9.", "a"), ("10.", "b")]),
        ("<ol start=x><li>a</ol>", [("1.", "a")]),
        ("<ol><li>a<ul><li>b</ul><li>c</ol>", [("1.", "a"), ("-", "b"), ("2.", "c")]),
        ("<ol><li>a<ol><li>b</ol><li>c</ol>", [("1.", "a"), ("1.", "b"), ("2.", "c")]),
        ("<ul><li><p>a</p><p>more</p></li></ul>", [("-", "a"), ("", "more")]),
        ("<dl><dt>a<dd>b</dl>", [("-", "a"), ("-", "b")]),
        ("<ul><li></li><li>a</ul><p>b</p>", [("-", "a"), ("", "b")]),
        ("<ul><li></ul><p>b</p>", [("", "b")]),
        ("<p>• a</p><p>- b</p>", [("-", "a"), ("-", "b")]),
        ("<p>– a dash opens speech</p><p>-b</p>", [("", "– a dash opens speech"), ("", "-b")]),
    ],
)
def test_list_items_carry_their_marker_on_their_first_block(
    page: str, wanted: list[tuple[str, str]]
) -> None:
    assert items(page) == wanted


def test_items_of_a_list_are_one_run_and_lists_are_parted_by_a_paragraph() -> None:
    page = "<ul><li>a<li>b</ul><p>between</p><ul><li>c</ul>"
    assert runs(page) == [["a", "b"], ["between"], ["c"]]


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("<h1>a</h1><h3>b</h3>", [("heading", "a"), ("heading", "b")]),
        ("<blockquote><p>a</p></blockquote>b", [("quote", "a"), ("paragraph", "b")]),
        ("<blockquote><ul><li>a</ul></blockquote>", [("list_item", "a")]),
        ("<h2><span>a</span></h2>", [("heading", "a")]),
        ("<ul><li><h3>a</h3></ul>", [("heading", "a")]),
    ],
)
def test_roles_come_from_the_elements_around(page: str, wanted: list[tuple[str, str]]) -> None:
    assert roles(page) == wanted


def test_headings_have_their_level_and_other_blocks_none() -> None:
    page = "<h1>a</h1><h6>b</h6><h2><div>c</div></h2><p>d</p>"
    assert [block.level for block in read(page).blocks] == [1, 6, 2, 0]


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        (
            "<table><tr><th>Day<th>Hour<tr><td>Mon<td>6</table>",
            [("table_row", "Day | Hour"), ("table_row", "Mon | 6")],
        ),
        (
            "<table><tr><td><p>Mon</p><td><b>6</b></table>",
            [("table_row", "Mon | 6")],
        ),
        ("<table><tr><td>Mon</table>", [("paragraph", "Mon")]),
        (
            "<table><tr><td><p>a</p><p>b</p><td>c</table>",
            [("paragraph", "a"), ("paragraph", "b"), ("paragraph", "c")],
        ),
        (
            "<table><tr><td><ul><li>a</ul><td>c</table>",
            [("list_item", "a"), ("paragraph", "c")],
        ),
        (
            "<table><tr><td><table><tr><td>a<td>b</table><td>c</table>",
            [("table_row", "a | b"), ("paragraph", "c")],
        ),
    ],
)
def test_cells_of_one_block_make_a_row_and_layout_tables_stay_apart(
    page: str, wanted: list[tuple[str, str]]
) -> None:
    assert roles(page) == wanted


def test_rows_of_a_table_are_one_run() -> None:
    assert runs("<table><tr><td>a<td>b<tr><td>c<td>d</table>") == [["a | b", "c | d"]]


def test_spans_of_a_row_move_with_their_cell() -> None:
    (block,) = read('<table><tr><td>one<td><a href="/x">two</a></table>').blocks
    assert styled(block) == [(Style.LINK, "two", "/x")]
    assert block.markup is not None
    assert (block.markup.tag, block.markup.link_chars) == ("tr", 3)


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("<pre>\n  a\n    b\n\n  c  \n</pre>", "a\n  b\n\nc"),
        ("<pre><code>x = 1\n\ty = 2</code></pre>", "x = 1\n        y = 2"),
        ("<pre>a<br>b</pre>", "a\nb"),
        ("<pre>- not\n- items</pre>", "- not\n- items"),
    ],
)
def test_code_keeps_its_lines_and_loses_its_common_indent(page: str, wanted: str) -> None:
    (block,) = read(page).blocks
    assert (block.role, block.text, block.spans) == (Role.CODE, wanted, ())


def test_blank_code_is_no_block() -> None:
    assert texts("<pre> \n </pre><p>a</p>") == ["a"]


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ('<p>see <a href="/x">the quay</a>.</p>', [(Style.LINK, "the quay", "/x")]),
        ("<p>see <b>the quay </b>now</p>", [(Style.STRONG, "the quay", "")]),
        ("<p>\n <i>one</i> two <code>x</code></p>", [("emphasis", "one", ""), ("code", "x", "")]),
        ('<p>• <a href="/x">one</a> two</p>', [(Style.LINK, "one", "/x")]),
        ("<p>a<b></b>b<a href='/x'> </a>c</p>", []),
        ("<p>a <strong>\u00adb\u200bc</strong> d</p>", [(Style.STRONG, "bc", "")]),
        ("<p>a<u>b</u><small>c</small></p>", []),
    ],
)
def test_spans_cover_exactly_the_styled_text(
    page: str, wanted: list[tuple[Style, str, str]]
) -> None:
    (block,) = read(page).blocks
    assert styled(block) == wanted


def test_nested_spans_and_spans_over_several_blocks_are_told_block_by_block() -> None:
    one, two = read('<a href="/x"><div>one <b>big</b></div><div>two</div></a>').blocks
    assert sorted(styled(one)) == [(Style.LINK, "one big", "/x"), (Style.STRONG, "big", "")]
    assert styled(two) == [(Style.LINK, "two", "/x")]


def test_link_density_is_the_share_of_linked_characters() -> None:
    page = '<p><a href="/x">1234</a>5678</p><p><a href="/y">all</a></p><p>none</p>'
    assert [block.link_density for block in read(page).blocks] == [0.5, 1.0, 0.0]


def test_parts_of_forms_are_marked() -> None:
    page = "<button>Send</button><label>Name</label><p>Send</p>"
    assert [block.markup and block.markup.control for block in read(page).blocks] == [
        True,
        True,
        False,
    ]


def test_white_space_at_the_edge_of_a_styled_stretch_is_outside_it() -> None:
    (block,) = read("<p>see<b> the quay </b>now</p>").blocks
    assert [block.text[s.start : s.end] for s in block.spans] == ["the quay"]


def test_an_anchor_without_address_is_no_link() -> None:
    (block,) = read("<p><a name=top>Intro</a> and more</p>").blocks
    assert (block.spans, block.link_density) == ((), 0.0)


def test_a_row_without_cells_and_a_row_with_a_hidden_cell_stay_blocks_of_their_own() -> None:
    assert texts("<table><tr><p>One</p><p>Two</p></tr></table>") == ["One", "Two"]
    hidden = "<table><tr><td>Seen</td><td style='display:none'>unseen</td></tr></table>"
    assert texts(hidden) == ["Seen", "unseen"]


def test_blocks_within_a_hidden_inline_element_are_not_glued() -> None:
    assert texts("<p>a<span hidden><p>One</p><p>Two</p></span></p>")[-1] in ("One Two", "Two")
