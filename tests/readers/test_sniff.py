"""Markup is told from raw page text."""

from pathlib import Path

import pytest

from cases import pages
from cleanarticle.readers.sniff import is_html

PROSE = (
    "The ferry left the harbour at six and came back empty. Nobody on the quay could say why, "
    "and the office stayed closed until noon. By then the wind had turned to the north."
)
ABOUT_HTML = f"""How to write a paragraph

{PROSE}

Use the <p> tag around every paragraph and <br> where a line ends. {PROSE}

{PROSE}
"""
WITH_CODE = f"""A page in ten minutes

{PROSE} {PROSE}

    <ul>
      <li>First</li>
      <li>Second</li>
    </ul>

{PROSE} {PROSE}

{PROSE}

{PROSE}
"""


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"<!DOCTYPE html><html><body>{PROSE}", id="doctype"),
        pytest.param(
            f"<!doctype HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'>{PROSE}", id="old doctype"
        ),
        pytest.param(f"<html>{PROSE}", id="html"),
        pytest.param(f"<HEAD><title>Ferry</title></HEAD>{PROSE}", id="head"),
        pytest.param(f"<body class='story'>{PROSE}", id="body"),
        pytest.param(f"\ufeff \n<html>{PROSE}", id="bom and blanks"),
        pytest.param(f"<!-- saved <b>today</b> -->\n<html>{PROSE}", id="comment"),
        pytest.param(f"<!-- a --><!-- b --> <html>{PROSE}", id="two comments"),
        pytest.param(f'<?xml version="1.0"?>\n<html>{PROSE}', id="xml declaration"),
        pytest.param(f'<?xml version="1.0"?><!-- a --><html>{PROSE}', id="declaration, comment"),
    ],
)
def test_a_document_is_markup(text: str) -> None:
    assert is_html(text) is True


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"<p>{PROSE}</p>", id="one paragraph"),
        pytest.param(f"<my-story>{PROSE}</my-story>", id="unknown element"),
        pytest.param(f"<div\nclass='a'>{PROSE}</div>\n", id="tag over two lines"),
        pytest.param(f"<!-- cut --><p>{PROSE}</p>", id="comment in front"),
        pytest.param("<p>Short.</p>" * 20 + "and a tail", id="tail behind"),
        pytest.param("Ferry <p class='teaser first'>Late</p><p class='teaser'>Soon</p>", id="lead"),
    ],
)
def test_a_fragment_is_markup(text: str) -> None:
    assert is_html(text) is True


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param(" \n\t", id="blank"),
        pytest.param(PROSE, id="prose"),
        pytest.param(f"{PROSE} <p>", id="ends with a tag"),
        pytest.param(f"{PROSE} The <b>bold</b> tag. {PROSE}", id="one quoted tag"),
        pytest.param("<3 is a heart and 4 > 3.", id="angle signs"),
        pytest.param("<Ann Lee> wrote: see you at six <ann@example.com> or so.", id="addresses"),
        pytest.param(f"<br> is a tag. {PROSE}", id="opens with a quoted tag"),
        pytest.param("<!-- never closed", id="open comment"),
        pytest.param("<!-- --> " + PROSE, id="comment before prose"),
        pytest.param(ABOUT_HTML, id="about tags"),
        pytest.param(WITH_CODE, id="code in an article"),
        pytest.param("<!doctypes are old> " + PROSE, id="no doctype"),
        pytest.param("<header-line> " + PROSE, id="html name is a longer word"),
    ],
)
def test_text_that_only_quotes_markup_is_text(text: str) -> None:
    assert is_html(text) is False


def test_prose_far_from_tags_is_text_and_near_tags_is_markup() -> None:
    tags = "\n".join(f'<p class="story-text">Line {number} of it.</p>' for number in range(40))
    assert is_html(f"{PROSE} {tags}") is True
    assert is_html(f"{PROSE * 4} {tags}") is False
    assert is_html(f"Menu {tags} {PROSE}") is True
    assert is_html(f"Menu {tags} {PROSE * 4}") is False


def test_many_tags_in_few_of_the_lines_are_code_in_a_text() -> None:
    code = "<div><p><b><i>" * 8
    assert is_html(f"Try\n{code}\nand see\nwhat\ncomes\nout\n{code}\nof it") is False
    assert is_html(f"Try\n{code}\nand see\n{code}\nof it") is True


def test_an_unclosed_comment_hides_no_document() -> None:
    assert is_html(f"<!-- <html>{PROSE}") is False
    assert is_html(f"<!-- --><html>{PROSE}") is True


LATE = f"<!-- {PROSE * 40} -->"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{LATE}<html><p>{PROSE}", id="late document"),
        pytest.param(f"{LATE}{PROSE}", id="late prose"),
        pytest.param(LATE, id="comment alone"),
        pytest.param(f"{'é' * 3000}{PROSE}", id="letters of several bytes"),
        pytest.param(" " * 4091 + "<htmlx>" + PROSE, id="name cut at the end of the head"),
        pytest.param(" " * 4091 + "<html>" + PROSE, id="tag cut at the end of the head"),
        pytest.param("", id="nothing"),
        *(pytest.param(text, id=text[:20]) for text in (ABOUT_HTML, WITH_CODE, PROSE)),
    ],
)
def test_bytes_are_markup_where_their_text_is(text: str) -> None:
    assert is_html(text.encode()) is is_html(text)


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.parent.name)
def test_the_bytes_of_a_page_are_markup_where_its_text_is(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", "replace")
    assert is_html(text.encode()) is is_html(text)
