"""Output of hostile pages: nothing in it runs or fetches, and it shows the article's text."""

import csv
import json
import re
from functools import cache
from pathlib import Path
from typing import Any, cast

import lxml.html
import pytest
import yaml
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

import cleanarticle
from cleanarticle import render
from cleanarticle.article import Article
from cleanarticle.batch.row import COLUMNS, Row
from cleanarticle.batch.sinks import columns_of, write
from cleanarticle.readers.pieces import trimmed
from cleanarticle.records import ArticleBlock, Role, Span, Style
from hardening import hostile, safety

EACH = 3  # of the hostile pages, each so many: more than 500 of them
ALL = columns_of()
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
FORMULA = tuple("=+-@\t\r＝＋－＠")


@cache
def outputs() -> list[tuple[hostile.Hostile, Article]]:
    """Hostile pages with the articles made of them."""
    pages = hostile.pages()[::EACH]
    return [(p, cleanarticle.extract(p.page, url=p.url, kind=cast("Any", p.kind))) for p in pages]


@cache
def rows() -> list[Row]:
    """Rows as a batch writes them, with hostile names of what they come from."""
    known: dict[str, Any] = dict.fromkeys(COLUMNS)
    return [
        cast(
            "Row",
            known
            | {name: value for name, value in article.to_dict().items() if name in known}
            | {"id": page.survivor, "source": page.survivor, "position": number, "status": "ok"}
            | {"reason": page.survivor, "words": 7},
        )
        for number, (page, article) in enumerate(outputs())
    ]


def test_there_are_many_pages_and_what_is_hostile_in_them_is_kept() -> None:
    kept = [
        page.survivor in " ".join(" ".join(map(str, article.to_dict().values())).split())
        for page, article in outputs()
    ]
    assert len(kept) > 500
    assert sum(kept) > len(kept) * 0.8
    assert len({page.name for page in hostile.pages()}) == len(hostile.pages())


def test_nothing_in_html_runs_or_fetches() -> None:
    assert [(p.name, d) for p, a in outputs() if (d := safety.dangers(a.to_html()))] == []


def test_nothing_in_rendered_markdown_runs_or_fetches() -> None:
    found = ((p.name, safety.dangers(safety.rendered(a.to_markdown()))) for p, a in outputs())
    assert [(name, dangers) for name, dangers in found if dangers] == []


def test_html_and_markdown_show_the_texts_of_the_blocks() -> None:
    for page, article in outputs():
        texts = (article.title, article.byline, *(block.text for block in article.blocks))
        wanted = _bare(" ".join(text or "" for text in texts))
        for html in (article.to_html(), safety.rendered(article.to_markdown())):
            assert (page.name, _bare(safety.shown(html))) == (page.name, wanted)


def _bare(text: str) -> str:
    """Without white space, and without the borders of cells."""
    return "".join(text.replace("|", "").split())


def test_the_check_sees_what_is_not_safe() -> None:
    """The vectors themselves, shown as they are, are found by it."""
    live = [page for page in hostile.pages() if page.name.startswith("live")]
    assert all(safety.dangers(page.page) for page in live)
    assert safety.dangers('<a href="java\nscript:x">x</a>') == ["address 'java\\nscript:x'"] * 2
    assert safety.dangers(safety.rendered("[x](javascript:x)")) == ["address 'javascript:x'"] * 2
    assert safety.dangers(safety.rendered("![x](http://h/)"))
    assert safety.dangers(safety.rendered("<b onclick=x>"))
    assert not safety.dangers('<article><p>a<br>b <a href="https://h/a:b">x</a></p></article>')


def test_json_is_safe_in_a_script_once_its_opening_brackets_are_escaped() -> None:
    """As the docstring of `to_json` says; as it is, JSON is data and no HTML."""
    for _page, article in outputs():
        escaped = article.to_json().replace("<", "\\u003c")
        assert "<" not in escaped
        assert json.loads(escaped) == json.loads(article.to_json())


def test_no_cell_of_csv_is_a_formula(tmp_path: Path) -> None:
    write(tmp_path / "out.csv", "csv", rows(), ALL)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as out:
        found = list(csv.DictReader(out))
    assert len(found) == len(rows())
    assert [cell for row in found for cell in row.values() if _bare_start(cell)] == []


def _bare_start(cell: str) -> bool:
    """Whether a cell begins with a sign of formulas, behind blanks, quotes and unseen signs."""
    start = re.sub('^[\\s"\x00-\x20\u00ad\u200b-\u200f\u2060\ufeff]+', "", cell)
    is_number = re.fullmatch(r"-?[0-9.e-]+", cell) is not None
    return not is_number and (start.startswith(FORMULA) or cell.startswith(FORMULA))


def test_markdown_files_of_a_batch_are_safe_and_their_front_matter_holds(tmp_path: Path) -> None:
    write(tmp_path, "markdown", rows(), ALL)
    index = (tmp_path / "index.jsonl").read_text("utf-8").splitlines()
    names = [json.loads(line)["file"] for line in index]
    assert {path.name for path in tmp_path.iterdir()} == {*names, "index.jsonl"}
    assert len({name.casefold() for name in names}) == len(names)
    for row, name in zip(rows(), names, strict=True):
        values: dict[str, Any] = dict(row)
        _start, head, body = (tmp_path / name).read_text("utf-8").split("---\n", 2)
        wanted = {key: value for key, value in values.items() if value not in (None, "", [])}
        assert yaml.safe_load(head) == {k: v for k, v in wanted.items() if k != "body"}
        html = safety.rendered(body)
        assert (name, safety.dangers(html)) == (name, [])
        markers = re.compile(r"^(?:-|\d{1,3}[.)]) ", re.M)
        assert _bare(safety.shown(html)) == _bare(markers.sub("", row["body"]))


NAMES = [
    "../../up", "/etc/passwd", "..", ".", "CON", "nul.md", "COM1", "a\0b", "a" * 5000, "a" * 5000,
    "Ferry", "FERRY", "ferry", "ﬀ", "FF", "K", "K", "é", "e\u0301", "İ", "i\u0307", "ß", "SS",
    "a/../../b", "..\\..\\b", "C:b", "~root", "-rf", "index.jsonl", "\u202egnp.exe", "．．／up",
    "\ud800", " ", "a.", "a ", "\u2025/\u2025", "%2e%2e%2f", "aux .txt", "con\u00a0",
]  # fmt: skip


def test_names_of_markdown_files_stay_in_the_folder_and_differ_for_every_system(
    tmp_path: Path,
) -> None:
    made = cast(
        "list[Row]",
        [dict(rows()[0]) | {"title": t, "id": t, "position": n} for n, t in enumerate(NAMES)],
    )
    outside = tmp_path / "outside"
    outside.mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "link").symlink_to(outside)
    write(tmp_path / "out", "markdown", made, ALL)
    names = [path.name for path in (tmp_path / "out").iterdir() if path.suffix == ".md"]
    assert len({name.casefold() for name in names}) == len(NAMES)
    assert all(re.fullmatch(r"(?:[\w\-]|[^\x00-\x7f])+\.md", name) for name in names)
    assert all(len(name.encode()) < 100 and name[0] != "-" for name in names)
    reserved = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.I)
    assert not any(reserved.fullmatch(name) for name in names)
    assert list(outside.iterdir()) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "outside"]


ESCAPES = ["\x1b", "&#27;", "&#x1B", "&#0000007;", "&#8;", "\x9b", "&#129;", "&#127;", "\\u001b"]
PROSE = (
    "The ferry left the harbour at six and came back empty, and nobody on the quay could say why. "
    "By noon the wind had turned to the north, so the crew tied the boat to the old mill"
)


@pytest.mark.parametrize("escape", ESCAPES)
def test_no_control_character_reaches_a_terminal(escape: str) -> None:
    """Not as such, nor spelt as an entity or in JSON, from no form of input."""
    data = {"@type": "NewsArticle", "headline": "X", "author": "Y", "description": "Z"}
    ld = json.dumps(data).replace("X", f"Ferry{escape}[31m late").replace("Y", f"Ann {escape}Lee")
    page = (
        f"<html><head><title>Ferry{escape}[31m late</title>"
        f'<script type="application/ld+json">{ld.replace("Z", f"A{escape}[2J")}</script></head>'
        f"<body><article><h1>Ferry{escape}[31m late</h1><p>{PROSE}{escape}[2J.</p>"
        f"<p>{PROSE}é{escape}[2J!</p><pre>a {escape}c</pre><p>{PROSE}?</p></article></body></html>"
    )
    made = [
        cleanarticle.extract(given)
        for given in (page, lxml.html.fromstring(page), BeautifulSoup(page, "html.parser"))
    ]
    for article in made:
        texts = (*article.to_dict().values(), *(found.text for found in article.sources.values()))
        assert CONTROLS.search(" ".join(map(str, texts)).replace("\n", " ")) is None
        assert article.title == made[0].title
        assert article.body == made[0].body
    assert "[2J" in made[0].body


PIECES = [
    *"ab  *_`~#>!|\\&:=+-.", "é", "**", "``", "```", "[", "](", ")", "<b>", "<img src=x onerror=y>",
    "- ", "1. ", "2) ", "-- -", ":-:", " | ", "&lt;", "&#60;", "</p>", "---", "\u00a0", "[a]: x",
]  # fmt: skip
ADDRESSES = [
    "/x",
    "javascript:x",
    "http://h/a b",
    "http://h/[x]*_y_`",
    "http://h/&#10;<b>",
    "",
    ")",
]
lines = st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).map("".join)


@st.composite
def blocks(draw: st.DrawFn) -> ArticleBlock:
    role = draw(st.sampled_from(list(Role)))
    text = " ".join(draw(lines).split()) or "x"
    if role is Role.CODE:
        text = "\n".join((text, draw(lines), text))
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    styled = st.builds(
        lambda place, style, href: Span(*place, style, href if style is Style.LINK else ""),
        ends,
        st.sampled_from(list(Style)),
        st.sampled_from(ADDRESSES),
    )
    return ArticleBlock(
        text=text,
        role=role,
        level=draw(st.integers(1, 6)) if role is Role.HEADING else 0,
        marker=draw(st.sampled_from(["-", "1.", "7)"])) if role is Role.LIST_ITEM else "",
        run=draw(st.integers(0, 2)),
        spans=trimmed(draw(st.lists(styled, max_size=3)), text),
    )


@settings(derandomize=True, database=None, deadline=None, max_examples=400)
@given(
    st.lists(blocks(), min_size=1, max_size=4),
    st.sampled_from([None, "http://h/p", "javascript:x", "http://h/\n\n<b>", "data:x"]),
)
def test_blocks_of_any_text_and_spans_are_safe_and_read_alike(
    made: list[ArticleBlock], base: str | None
) -> None:
    html = render.html("*T*", "", made, base)
    markdown = safety.rendered(render.markdown("*T*", "", made, base))
    assert safety.dangers(html) == []
    assert safety.dangers(markdown) == []
    assert safety.shown(markdown) == safety.shown(html)


@settings(derandomize=True, database=None, deadline=None, max_examples=400)
@given(
    st.lists(st.tuples(st.sampled_from(["", "    ", "- ", "1. ", "\t", "  "]), lines), max_size=6),
    st.sampled_from(["\n", "\n\n", "\r", "\n\n\n"]),
)
def test_any_body_is_safe_as_markdown(parts: list[tuple[str, str]], joint: str) -> None:
    body = joint.join(f"{start}{line}" for start, line in parts)
    assert safety.dangers(safety.rendered(render.markdown_of_text(body))) == []
