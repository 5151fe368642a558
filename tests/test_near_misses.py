"""A line that is boilerplate goes; prose about the same thing stays."""

import pytest

import cleanarticle

PROSE = (
    "The valley has three bakeries, and on market days the smell of bread reaches as far as the "
    "old station, where nobody has bought a ticket since the line was closed in autumn 1978.",
    "Every morning at five the first of them lights its oven, and by seven the benches in front of "
    "the shop are full of people who pretend to wait for a bus that no longer comes.",
    "The council would like to see a fourth bakery in the empty customs house, but the bakers "
    "have written a letter, and the letter is long, polite and quite firm about flour.",
)

LINES = [
    # line, kind or None where it has to stay
    ("Subscribe to our newsletter", "newsletter"),
    ("Newsletter anmelden", "newsletter"),
    ("Inscrivez-vous à notre newsletter", "newsletter"),
    ("The newsletter, founded in 1911, folded when the bakers stopped reading it.", None),
    ("We use cookies to improve your experience on our website.", "cookie"),
    ("Usamos cookies para mejorar su experiencia", "cookie"),
    ("The cookies of the second bakery are made with honey and a little salt.", None),
    ("Leave a comment", "comments"),
    ("Schreibe einen Kommentar", "comments"),
    ("Оставить комментарий", "comments"),
    ("The mayor would not comment on the letter, although he left one at the bakery.", None),
    ("Share this article", "share"),
    ("Partager cet article", "share"),
    ("この記事をシェアする", "share"),
    ("Bread has a larger share of the market here than cake, says the third baker.", None),
    ("All rights reserved.", "legal"),
    ("© 2024 Valley Courier", "legal"),
    ("The right to bake at night was reserved for the monks until 1803, she adds.", None),
    ("Advertisement", "advertisement"),
    ("Anzeige", "advertisement"),
    ("The advertisement that the second baker once painted can still be seen there.", None),
    ("Already a subscriber? Log in", "paywall"),
    ("Those who subscribed to the morning loaf got theirs at the door, wrapped in paper.", None),
    ("Related articles", "related"),
    ("Lire aussi", "related"),
    ("推荐阅读", "related"),
    ("The two families are related, which makes the quarrel both worse and shorter.", None),
    ("Watch live", "player"),
    ("People come from the city to watch live bakers knead live dough, as he puts it.", None),
    ("Photo: A. Berg", "caption"),
    ("A photo of the first oven hangs over the counter, and nobody knows who took it.", None),
]


def page(line: str) -> str:
    before, *after = PROSE
    paragraphs = "".join(f"<p>{text}</p>" for text in (before, line, *after))
    return f"<html><body><nav><a href='/'>Home</a></nav><h1>Bread</h1>{paragraphs}</body></html>"


@pytest.mark.parametrize(("line", "kind"), LINES)
def test_a_line_in_markup(line: str, kind: str | None) -> None:
    check(cleanarticle.explain(page(line)), line, kind)


@pytest.mark.parametrize(("line", "kind"), LINES)
def test_a_line_in_raw_text(line: str, kind: str | None) -> None:
    before, *after = PROSE
    text = "\n".join(("Home", "Log in", before, line, *after, "Terms of use"))
    check(cleanarticle.explain(text), line, kind)


def check(report: cleanarticle.Report, line: str, kind: str | None) -> None:
    (verdict,) = (v for v in report.verdicts if v.block.text == line)
    assert (None if verdict.kept else str(verdict.kind)) == kind, verdict.because
    assert (line in report.article.body) is (kind is None)
    assert all(text in report.article.body for text in PROSE)


CLEANED = [
    "Share this with your neighbours, he told me, because nobody else will.",
    "Published: that is what the poet wished to be, and never was.",
    "Title: the word stood on the first page of the book, and nothing below it.",
]


@pytest.mark.parametrize("line", CLEANED)
def test_a_cleaned_text_loses_no_prose(line: str) -> None:
    text = "\n\n".join((PROSE[0], line, PROSE[1], PROSE[2]))
    assert cleanarticle.extract(text).body == text
