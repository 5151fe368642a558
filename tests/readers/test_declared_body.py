"""Pages that show next to no text, and give it to machines in JSON-LD."""

import json

import cleanarticle
from cleanarticle import readers
from cleanarticle.readers import DECLARED_BODY

WALK = "The road was longer than the map had promised, and the walkers were tired of it. "
HILLS = "Nobody had told them about the hills beyond the river or the dogs at the farm. "
BODY = f"<p>{WALK * 3}</p><p>{HILLS * 3}</p>"


def page(body: object, shown: str = "Loading…") -> str:
    data = {"@type": "NewsArticle", "headline": "The long road", "articleBody": body}
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    head = f"<head><title>The long road</title>{script}</head>"
    return f"<html>{head}<body><div>{shown}</div></body></html>"


def texts(html: str) -> list[str]:
    return [b.text for b in readers.read(readers.open_page(html), kind="html").blocks]


def test_the_declared_body_is_read_paragraph_by_paragraph() -> None:
    assert texts(page(BODY)) == [(WALK * 3).strip(), (HILLS * 3).strip()]


def test_it_comes_out_whole_and_a_note_says_where_from() -> None:
    article = cleanarticle.extract(page(BODY))
    assert article.body == f"{(WALK * 3).strip()}\n\n{(HILLS * 3).strip()}"
    assert article.title == "The long road"
    assert DECLARED_BODY in article.notes


def test_line_breaks_and_entities_of_a_plain_value() -> None:
    plain = f"{WALK * 3}\n\nSalt &amp; pepper. {HILLS * 3}"
    assert texts(page(plain))[1].startswith("Salt & pepper. Nobody")


def test_a_page_that_shows_its_text_is_read_as_shown() -> None:
    assert texts(page(BODY, shown=WALK * 6)) == [(WALK * 6).strip()]


def test_a_declared_body_as_short_as_what_is_shown_changes_nothing() -> None:
    assert texts(page("Too short to be a body.")) == ["Loading…"]


def test_a_declared_body_of_another_type_changes_nothing() -> None:
    assert texts(page(["no", {"text": 1}])) == ["Loading…"]


def test_words_are_counted_in_scripts_without_spaces() -> None:
    assert texts(page("山道は地図よりも長く、歩く人々は疲れていた。" * 8)) == [
        "山道は地図よりも長く、歩く人々は疲れていた。" * 8
    ]


def test_escaped_tags_part_paragraphs_too() -> None:
    escaped = BODY.replace("<", "&lt;").replace(">", "&gt;")
    assert texts(page(escaped)) == [(WALK * 3).strip(), (HILLS * 3).strip()]
