"""Blocks as Markdown, HTML and JSON: the marks are right and nothing on the page can run."""

import datetime as dt
import json
import re
from html import unescape
from typing import Any

import pytest

import cleanarticle
from cleanarticle import render
from cleanarticle.article import Article
from cleanarticle.readers.pieces import trimmed
from cleanarticle.records import ArticleBlock, Role, Span, Style

BASE = "https://example.com/news/ferry.html"


def block(text: str, role: Role = Role.PARAGRAPH, **more: Any) -> ArticleBlock:
    return ArticleBlock(text=text, role=role, **more)


def markdown(*blocks: ArticleBlock, base: str | None = None) -> str:
    return render.markdown(None, "", blocks, base)


def html(*blocks: ArticleBlock, base: str | None = None) -> str:
    made = render.html(None, "", blocks, base)
    start, end = "<article>\n", "\n</article>"
    assert made.startswith(start)
    assert made.endswith(end)
    return made[len(start) : -len(end)]


def link(href: str) -> ArticleBlock:
    return block("see here now", spans=(Span(4, 8, Style.LINK, href),))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a *b* _c_", r"a \*b\* \_c\_"),
        ("[a](b)", r"\[a\](b)"),
        ("![a](b)", r"!\[a\](b)"),
        ("# a", r"\# a"),
        ("> a", r"\> a"),
        ("<script>x</script>", r"\<script\>x\</script\>"),
        ("a `b` ~~c~~", r"a \`b\` \~\~c\~\~"),
        ("&amp; \\", r"\&amp; " + "\\\\"),
        ("1. a", r"1\. a"),
        ("+ a", r"\+ a"),
        ("-", r"\-"),
        ("1.5 a", "1.5 a"),
        ("-a", "-a"),
        ("a (b) c!", "a (b) c!"),
    ],
)
def test_text_that_looks_like_markdown_is_escaped_and_other_text_is_not(
    text: str, wanted: str
) -> None:
    assert markdown(block(text)) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("<b>a</b>", "<p>&lt;b&gt;a&lt;/b&gt;</p>"),
        ("&lt;", "<p>&amp;lt;</p>"),
        ("\"a\" 'b'", "<p>&quot;a&quot; &#x27;b&#x27;</p>"),
        ("a * b", "<p>a * b</p>"),
    ],
)
def test_text_is_escaped_in_html(text: str, wanted: str) -> None:
    assert html(block(text)) == wanted


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " \tjavascript:alert(1)",
        "java\nscript:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        "\x7fjavascript:alert(1)",
        "javascript\x00:alert(1)",
        "\u00a0javascript:alert(1)",
        "\u200bjavascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:msgbox(1)",
        "file:///etc/passwd",
        "view-source:javascript:x",
        "http://[",
        "http:///javascript:x",
        "http:javascript:x",
        "https://",
        "http://javascript:x/",
        "",
    ],
)
def test_links_that_could_run_or_lead_nowhere_are_dropped_and_their_text_stays(href: str) -> None:
    assert markdown(link(href)) == "see here now"
    assert html(link(href)) == "<p>see here now</p>"


@pytest.mark.parametrize("href", ["javascript:alert(1)", "java\nscript:x", "data:text/html,x"])
def test_an_address_of_the_page_makes_no_such_link_safe(href: str) -> None:
    assert render.safe_url(href, BASE) is None


def test_a_relative_link_never_takes_the_scheme_of_an_unsafe_page() -> None:
    assert render.safe_url("#x", "javascript:alert(1)") == "#x"
    assert render.safe_url("b", "file:///a/c") is None
    assert render.safe_url("b", "not an address") == "b"


@pytest.mark.parametrize(
    ("href", "alone", "resolved"),
    [
        ("https://example.com/a", "https://example.com/a", "https://example.com/a"),
        ("mailto:a@example.com", "mailto:a@example.com", "mailto:a@example.com"),
        ("//example.com/a", "//example.com/a", "https://example.com/a"),
        ("/a", "/a", "https://example.com/a"),
        ("a", "a", "https://example.com/news/a"),
        ("../a?b=c:d", "../a?b=c:d", "https://example.com/a?b=c:d"),
        ("#a:b", "#a:b", f"{BASE}#a:b"),
        ("  /a\n", "/a", "https://example.com/a"),
        ('/a"b<c>(d)', "/a%22b%3Cc%3E%28d%29", "https://example.com/a%22b%3Cc%3E%28d%29"),
        ("/javascript:x", "/javascript:x", "https://example.com/javascript:x"),
    ],
)
def test_safe_links_are_kept_and_relative_ones_resolved(
    href: str, alone: str, resolved: str
) -> None:
    assert markdown(link(href)) == f"see [here]({alone}) now"
    assert html(link(href)) == f'<p>see <a href="{alone}">here</a> now</p>'
    assert markdown(link(href), base=BASE) == f"see [here]({resolved}) now"


def test_an_address_is_escaped_in_html() -> None:
    assert html(link("/a?b=1&c=2")) == '<p>see <a href="/a?b=1&amp;c=2">here</a> now</p>'


@pytest.mark.parametrize(
    ("spans", "in_markdown", "in_html"),
    [
        ([Span(0, 3, Style.STRONG)], "**one** two", "<strong>one</strong> two"),
        ([Span(4, 7, Style.EMPHASIS)], "one *two*", "one <em>two</em>"),
        ([Span(4, 7, Style.CODE)], "one `two`", "one <code>two</code>"),
        (
            [Span(0, 7, Style.STRONG), Span(4, 7, Style.LINK, "/x")],
            "**one [two](/x)**",
            '<strong>one <a href="/x">two</a></strong>',
        ),
        ([Span(0, 5, Style.STRONG), Span(3, 7, Style.EMPHASIS)], "**one t**wo", None),
        ([], "one two", "one two"),
    ],
)
def test_spans_are_marked_nested_and_crossing_ones_left_out(
    spans: list[Span], in_markdown: str, in_html: str | None
) -> None:
    made = block("one two", spans=tuple(spans))
    assert markdown(made) == in_markdown
    assert html(made) == f"<p>{in_html or '<strong>one t</strong>wo'}</p>"


def test_text_in_a_code_span_is_verbatim() -> None:
    plain = block("a_b * c", spans=(Span(0, 3, Style.CODE),))
    ticked = block("a`b", spans=(Span(0, 3, Style.CODE),))
    assert markdown(plain, ticked) == "`a_b` \\* c  \n``a`b``"
    assert html(plain) == "<p><code>a_b</code> * c</p>"


@pytest.mark.parametrize(
    ("code", "fence"), [("a = `b`", "```"), ("```\na", "````"), ("`````", "``````")]
)
def test_code_is_fenced_verbatim_by_a_fence_it_does_not_hold(code: str, fence: str) -> None:
    made = block(f"{code}\n  *c* <d>", Role.CODE)
    assert markdown(made) == f"{fence}\n{code}\n  *c* <d>\n{fence}"
    assert html(made) == f"<pre><code>{code}\n  *c* &lt;d&gt;</code></pre>"


def test_headings_start_below_the_title() -> None:
    blocks = [block("A", Role.HEADING, level=1, run=1), block("B", Role.HEADING, level=4, run=2)]
    made = render.markdown("T *", "2024 · Ann_", blocks)
    assert made == "# T \\*\n\n*2024 · Ann\\_*\n\n## A\n\n#### B"
    assert render.html("T <", "& Ann", blocks[1:]) == (
        "<article>\n<h1>T &lt;</h1>\n<p>&amp; Ann</p>\n<h4>B</h4>\n</article>"
    )


def test_items_keep_their_numbers_in_markdown_and_their_list_in_html() -> None:
    bullets = [block(t, Role.LIST_ITEM, marker="-", run=1) for t in "ab"]
    numbers = [block(t, Role.LIST_ITEM, marker=m, run=2) for t, m in (("c", "3."), ("d", "4."))]
    assert markdown(*bullets, *numbers) == "- a\n- b\n\n3. c\n4. d"
    assert html(*bullets, *numbers) == (
        '<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<ol>\n<li value="3">c</li>\n<li>d</li>\n</ol>'
    )


def test_lines_of_one_run_are_one_paragraph_or_quote() -> None:
    lines = [block(text, run=1) for text in ("a", "b")]
    quotes = [block(text, Role.QUOTE, run=2) for text in ("c", "d")]
    assert markdown(*lines, *quotes) == "a  \nb\n\n> c  \n> d"
    assert html(*lines, *quotes) == ("<p>a<br>b</p>\n<blockquote><p>c<br>d</p></blockquote>")


def test_a_table_is_as_wide_as_its_widest_row() -> None:
    rows = [block(text, Role.TABLE_ROW, run=1) for text in ("Day | Hour", "Mon | 6|7 | <x>")]
    assert markdown(*rows) == ("| Day | Hour |  |\n| --- | --- | --- |\n| Mon | 6\\|7 | \\<x\\> |")
    assert html(*rows) == (
        "<table>\n<tr><td>Day</td><td>Hour</td></tr>\n"
        "<tr><td>Mon</td><td>6|7</td><td>&lt;x&gt;</td></tr>\n</table>"
    )


def test_an_empty_article_renders_empty() -> None:
    article = Article()
    assert (article.to_text(), article.to_markdown()) == ("", "")
    assert article.to_html() == "<article>\n</article>"


def test_an_article_as_dict_and_json_has_plain_types_only() -> None:
    zone = dt.timezone(dt.timedelta(hours=1))
    article = Article(
        title="Fähre",
        date=dt.date(2024, 3, 5),
        authors=("Ann Lee", "Bo Ek"),
        body="x",
        published=dt.datetime(2024, 3, 5, 6, 10, tzinfo=zone),
        blocks=(block("x", run=3),),
        notes=("poor",),
    )
    data = article.to_dict()
    assert data["date"] == "2024-03-05"
    assert data["published"] == "2024-03-05T06:10:00+01:00"
    assert (data["authors"], data["author"]) == (["Ann Lee", "Bo Ek"], "Ann Lee, Bo Ek")
    assert (data["blocks"], data["notes"]) == ([{"role": "paragraph", "text": "x"}], ["poor"])
    assert type(data["blocks"][0]["role"]) is str
    assert json.loads(article.to_json()) == data
    assert '"Fähre"' in article.to_json()
    assert article.to_json(indent=2).startswith('{\n  "title"')
    assert article.to_text() == "Fähre\n2024-03-05\nAnn Lee, Bo Ek\n\nx"


def test_links_of_an_extracted_page_are_resolved_and_its_scripts_gone() -> None:
    prose = (
        "The ferry left the harbour at six and came back empty, and nobody on the quay could say "
        "why. By noon the wind had turned to the north, so the crew tied the boat to the old mill "
        'and walked home along <a href="/river">the river path</a>, '
        '<a href="javascript:alert(1)">past the weir</a>.'
    )
    page = f"<html><body><h1>Ferry late</h1><p>{prose}</p><p>{prose}!</p></body></html>"
    article = cleanarticle.extract(page, url=BASE)
    assert "[the river path](https://example.com/river), past the weir." in article.to_markdown()
    assert '<a href="https://example.com/river">the river path</a>' in article.to_html()
    assert "javascript" not in article.to_html() + article.to_markdown()


@pytest.mark.parametrize(
    "href",
    [
        "javascript&colon;alert(1)",
        "&#106;avascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
    ],
)
def test_no_address_becomes_a_script_once_markdown_decodes_it(href: str) -> None:
    linked = block("x", spans=(Span(0, 1, Style.LINK, href),))
    assert "javascript:" not in unescape(markdown(linked))
    assert "data:" not in markdown(linked)


BREAKERS = [
    # lines of one paragraph, Markdown
    (("a", "---"), "a  \n\\---"),
    (("a", "==="), "a  \n\\==="),
    (("---",), "\\---"),
    (("12) a",), "12\\) a"),
    (("a", "-- -"), "a  \n\\-- -"),
    (("--- -",), "\\--- -"),
    (("a | b", ":- | -:"), "a \\| b  \n:- \\| -:"),
    (("a", ":-:"), "a  \n\\:-:"),
]


@pytest.mark.parametrize(("lines", "wanted"), BREAKERS)
def test_no_line_becomes_a_rule_a_heading_or_a_list(lines: tuple[str, ...], wanted: str) -> None:
    assert markdown(*(block(line, run=1) for line in lines)) == wanted


def test_an_exclamation_mark_does_not_make_an_image_of_a_link() -> None:
    linked = block("Wow!y", spans=(Span(4, 5, Style.LINK, "/x"),))
    assert markdown(linked) == r"Wow\![y](/x)"


def test_a_blank_in_an_address_is_encoded() -> None:
    assert render.safe_url("a b.html", None) == "a%20b.html"


CODE_TRAPS = [
    # text, stretches of code
    ("a` <img src=x>", [(0, 1), (3, 14)]),
    ("aa <img src=x onerror=y>", [(0, 1), (1, 2), (3, 24)]),
    ("`x` <img src=x>", [(1, 2), (4, 15)]),
]


@pytest.mark.parametrize(("text", "code"), CODE_TRAPS)
def test_no_tag_breaks_out_of_code(text: str, code: list[tuple[int, int]]) -> None:
    spans = trimmed([Span(start, end, Style.CODE) for start, end in code], text)
    line = markdown(block(text, spans=spans))
    outside = re.sub(r"(?<![`\\])(`+)(?!`).+?(?<!`)\1(?!`)", "", line)
    assert "<img" not in outside.replace("\\<", "")


def test_marks_within_code_are_left_out() -> None:
    made = block("a b c", spans=(Span(0, 5, Style.CODE), Span(2, 3, Style.STRONG)))
    assert markdown(made) == "`a b c`"


def test_links_within_a_link_are_left_out() -> None:
    made = block("a b c", spans=(Span(0, 5, Style.LINK, "/x"), Span(2, 3, Style.LINK, "/y")))
    assert markdown(made) == "[a b c](/x)"
    assert html(made) == '<p><a href="/x">a b c</a></p>'


@pytest.mark.parametrize("base", ["http://h/\n\n<b>", " http://h/\n\n<b>\x9b"])
@pytest.mark.parametrize(
    ("href", "wanted"),
    [("", "http://h/%3Cb%3E"), ("#a", "http://h/%3Cb%3E#a"), ("c", "http://h/c")],
)
def test_line_breaks_in_the_address_of_a_page_do_not_reach_its_links(
    base: str, href: str, wanted: str
) -> None:
    assert render.safe_url(href, base) == wanted


STARS = [
    # text, stretches in strong, with emphasis, in Markdown
    ("he said“yes”and left", [(7, 12)], [], "he said“yes”and left"),
    ("he said “yes” and left", [(8, 13)], [], "he said **“yes”** and left"),
    ("他说「好」就走了", [(2, 5)], [], "他说「好」就走了"),
    ("他说好就走了", [(2, 3)], [], "他说**好**就走了"),
    ("one two", [(0, 3)], [(4, 7)], "**one** *two*"),
    ("onetwo", [(0, 3)], [(3, 6)], "**one**two"),
    ("one two", [(0, 7)], [(0, 3)], "***one* two**"),
]


@pytest.mark.parametrize(("text", "strong", "emphasis", "wanted"), STARS)
def test_no_star_is_written_that_would_be_shown(
    text: str, strong: list[tuple[int, int]], emphasis: list[tuple[int, int]], wanted: str
) -> None:
    spans = [Span(*place, Style.STRONG) for place in strong]
    spans += [Span(*place, Style.EMPHASIS) for place in emphasis]
    assert markdown(block(text, spans=trimmed(spans, text))) == wanted
