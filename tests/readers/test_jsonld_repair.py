"""Broken JSON-LD: what is mended, what is picked by pattern, and what is left alone."""

import html
import json
import time

import pytest

from cleanarticle.options import Limits
from cleanarticle.readers import jsonld

HEAD = '"@type": "NewsArticle", "headline": "Ferry late"'
REST = '"datePublished": "2024-03-05", "author": {"@type": "Person", "name": "Ann Lee"}'
WHOLE = f"{{{HEAD}, {REST}}}"
FOUND = [
    ("title", "Ferry late"),
    ("date", "2024-03-05"),
    ("author", "Ann Lee"),
]


def found(*blocks: str) -> list[tuple[str, str]]:
    fields = ("title", "date", "modified", "author")
    return [
        (str(c.field), c.value)
        for c in jsonld.read(blocks, Limits(), {})
        if c.value and c.field in fields
    ]


def titles(*blocks: str) -> list[str]:
    return [value for field, value in found(*blocks) if field == "title"]


@pytest.mark.parametrize(
    "block",
    [
        pytest.param(f"{{{HEAD},, {REST},}}", id="stray commas"),
        pytest.param(f"{{{HEAD}, {REST[:-1]},\n}}\n,}};", id="stray commas inside"),
        pytest.param(f'{{{HEAD}, "tags": ["a", "b", ], {REST}}}', id="comma in a list"),
        pytest.param(f"{{/* the story */ {HEAD}, // its day\n {REST}}} // end", id="comments"),
        pytest.param(f'{{{HEAD} /* , "x */, {REST}}}', id="comment behind a text"),
        pytest.param(f'{{"url": "https://a.example/*b", {HEAD}, {REST},}}', id="none in texts"),
        pytest.param(f"<!-- schema --> {WHOLE}", id="comment of HTML before"),
        pytest.param(f"<!--//--><![CDATA[//><!--\n{WHOLE}\n//--><!]]>", id="all wrappers"),
        pytest.param(f"\ufeff{WHOLE}", id="byte order mark"),
        pytest.param(f"\ufeff<!--\ufeff{WHOLE}-->", id="byte order mark inside"),
        pytest.param(html.escape(WHOLE), id="entities"),
        pytest.param(WHOLE.replace('"', "&#34;"), id="entities as numbers"),
        pytest.param(f"{WHOLE};;", id="semicolons"),
        pytest.param(f"{WHOLE} end of data", id="text behind"),
        pytest.param(f"{WHOLE}}}", id="bracket too many"),
        pytest.param(f"{WHOLE[:-1]}", id="bracket missing"),
        pytest.param(f"{WHOLE[:-2]}", id="brackets missing"),
        pytest.param(f'[{WHOLE}, {{"@type": "Thi', id="cut in the next object"),
        pytest.param(f'{WHOLE[:-1]}, "articleBody": "The ferry w', id="cut in a text"),
        pytest.param(f'{WHOLE[:-1]}, "wordCount": 12', id="cut in a number"),
        pytest.param(f'{WHOLE[:-1]}, "wordCo', id="cut in a key"),
        pytest.param(f'{WHOLE[:-1]}, "wordCount":', id="cut behind a key"),
        pytest.param(f'{{"@type": "WebSite"}}{WHOLE}', id="two objects"),
        pytest.param(f'{{"@type": "WebSite"}},\n{WHOLE}', id="two objects and a comma"),
        pytest.param(f'{{"a": {{"b": 1}} {HEAD}, {REST}}}', id="comma missing behind a bracket"),
        pytest.param(f'{{"image": , {HEAD}, {REST}, "url": }}', id="values missing"),
        pytest.param(f'{{"a": "l\\\'été \\x27 \\d", {HEAD}, {REST}}}', id="unknown escapes"),
        pytest.param(f'{{"a": "a\tb\nc\x00", {HEAD}, {REST},}}', id="control characters"),
        pytest.param(f'{{"a": "say "hi" now", {HEAD}, {REST}}}', id="quotes inside"),
        pytest.param(f'{{"a": ["say "hi" now", "b"], {HEAD}, {REST}}}', id="quotes in a list"),
        pytest.param(f'{{"a": "a 12" pipe", {HEAD}, {REST}}}', id="inches"),
    ],
)
def test_what_is_certain_is_mended(block: str) -> None:
    assert found(block) == FOUND


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ('Der "Fährmann" geht', 'Der "Fährmann" geht'),
        ('"Le bac" est en retard', '"Le bac" est en retard'),
        ('Il traghetto è "in ritardo"', 'Il traghetto è "in ritardo"'),
        ('El "no", el "sí" y el mar', 'El "no", el "sí" y el mar'),
        ('Use "{a}" here', 'Use "{a}" here'),
        ('Set {"a"} now', 'Set {"a"} now'),
        ('Said \\"no\\" and "yes"', 'Said "no" and "yes"'),
        ("L\\'été \\x26 la mer", "L'été & la mer"),
        ("\\u0141ód\\u017a \\- port", "Łódź - port"),
        ("フェリー\\u{1F6A2}", "フェリーu{1F6A2}"),
    ],
)
def test_the_whole_headline_is_read(text: str, title: str) -> None:
    for block in (
        f'{{"headline": "{text}", "@type": "Article",}}',
        f'{{{HEAD}, "headline":"{text}",}}',
    ):
        assert titles(block) == [title]


@pytest.mark.parametrize(
    ("block", "wanted"),
    [
        pytest.param(
            '{"@type": "Article", "headline": "Bac" "datePublished": "2024-03-05"}',
            [("title", "Bac"), ("date", "2024-03-05")],
            id="comma missing behind a text",
        ),
        pytest.param(
            "{'@type': 'Article', 'headline': 'Ferry late'}", [], id="single quotation marks"
        ),
        pytest.param(
            '{"@type": "Article", "headline": "On "a", "tags": ["x "a", "b" y"]}',
            [],
            id="quotes that may part a list",
        ),
        pytest.param('{"@type": "Article", "headline": "A "b" and', [], id="cut behind quotes"),
        pytest.param('{"@type": "Article", "headline": "A "b"', [], id="cut at a quote"),
        pytest.param('{"@type": "Article" "headline": Ferry late}', [], id="no quotes"),
        pytest.param('{"@type": "Article", "headline": "Ferr', [], id="cut headline"),
        pytest.param('{"@type": "Product", "name": "Oars",', [], id="another thing"),
    ],
)
def test_what_is_not_certain_is_not_guessed(block: str, wanted: list[tuple[str, str]]) -> None:
    assert found(block) == wanted


BROKEN = '{"@type": "NewsArticle", "id": oops, "headline": "Ferry late", '
PICKED = [
    pytest.param(
        '"dateModified": "2024-03-06", "author": {"@type": "Person", "name": "Ann Lee"}}',
        [("modified", "2024-03-06"), ("author", "Ann Lee")],
        id="object",
    ),
    pytest.param(
        '"author": [{"name": "Ann Lee", "url": "/a"}, {"name": "Jürgen \\u00d6z"}]}',
        [("author", "Ann Lee"), ("author", "Jürgen Öz")],
        id="list",
    ),
    pytest.param('"author": {"image": {"name": "Portrait"}, "name": "A"}}', [], id="nested"),
    pytest.param('"author": [{"image": {"name": "Portrait"}}]}', [], id="nested in a list"),
    pytest.param('"author": {"name": "Ann "Al" Lee"}}', [], id="quotes in the name"),
    pytest.param(
        '"author": {"name": "Ann Lee"}, "x": {"author": {"name": "Bo Ek"}}}', [], id="two authors"
    ),
    pytest.param(
        '"author": {"name": "Ann Lee"}, "x": {"author": {"name": "Ann Lee"}}}',
        [("author", "Ann Lee")],
        id="one author twice",
    ),
    pytest.param('"comment": [{"author": {"name": "Bo Ek"}}]}', [], id="author of a comment"),
    pytest.param(
        '"dateModified": "2024-03-06", "x": {"dateModified": "2024-03-07"}}', [], id="two changes"
    ),
    pytest.param('"contributor": {"name": "Ann Lee"}}', [], id="contributor"),
]


@pytest.mark.parametrize(("tail", "wanted"), PICKED)
def test_where_nothing_can_be_mended_fields_are_picked(
    tail: str, wanted: list[tuple[str, str]]
) -> None:
    assert found(BROKEN + tail) == [("title", "Ferry late"), *wanted]


def test_a_picked_organization_is_told_from_people() -> None:
    tail = '"author": {"@type": "NewsMediaOrganization", "name": "The Quay"}}'
    sources = [c.source for c in jsonld.read([BROKEN + tail], Limits(), {}) if c.field == "author"]
    assert sources == ["json-ld organization"]


def test_a_headline_is_not_picked_up_to_a_quote_inside_it() -> None:
    block = '{"id": oops, "headline": "A "late" ferry", "datePublished": "2024-03-05"}'
    assert found(block) == [("date", "2024-03-05")]


def test_fields_behind_a_bracket_too_many_are_picked() -> None:
    block = f'{{{HEAD}, "author": {{"name": "Ann Lee"}}}}, "datePublished": "2024-03-05"}}'
    assert found(block) == [("title", "Ferry late"), ("author", "Ann Lee"), ("date", "2024-03-05")]


def test_a_mended_list_is_read_no_further_than_a_right_one() -> None:
    listed = f'{{"@type": "ItemList", "itemListElement": [{WHOLE}]}}'
    assert found(listed) == found(f"{listed[:-1]},}}") == []


def test_a_long_block_is_mended_of_its_last_commas_only() -> None:
    filler = json.dumps("x" * 250_000)
    assert found(f'{{"a": {filler}, {HEAD}, {REST},}}') == FOUND
    assert found(f'{{"a": {filler}, {HEAD}, {REST},}} x') == FOUND  # picked by pattern


HOSTILE = {
    "braces": "{",
    "brackets": "[",
    "objects": '{"a":',
    "quotes": '"',
    "quotes and spaces": '"   ',
    "backslashes": "\\",
    "comments": "/*",
    "wrappers": "<!--",
    "entities": "{&quot;",
    "ids": '{"@type":"Article","author":{"@id":[',
    "commas": '", "',
    "authors": '"author":[{"name":"a"},',
    "spaces": " ",
}


@pytest.mark.parametrize("start", ["", '{"a":', '{"a":["', '{"@type":"Article","author":'])
@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_blocks_are_read_in_bounded_time(start: str, unit: str) -> None:
    begin = time.process_time()
    for chars in (190_000, 2_000_000):  # the longest that is repaired, and the longest at all
        list(jsonld.read([start + unit * ((chars - len(start)) // len(unit))], Limits(), {}))
    assert time.process_time() - begin < 5  # seconds; a third of one is usual
