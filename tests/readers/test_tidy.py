"""Markup for libxml2: the shortcuts find what the plain patterns find, whatever the markup."""

import re
from pathlib import Path

import pytest

from cases import pages
from cleanarticle.readers import tidy
from cleanarticle.readers.lines import printable
from markups import markups

LONGEST = 40  # characters, so that small pages have long tags
# all at once, as one would write it where time does not matter
ATTRIBUTES = r"""(?>[^"'<>=]++|=\s*+(?:"[^"]*+"|'[^']*+')|["'=]|<(?![a-z/!]))*+(?:>|(?=<)|\Z)"""
TAG = re.compile(
    rf"<!--.*?(?:-->|\Z)"
    rf"|(?P<tag><(?:(?P<raw>script|style|xmp|textarea)\b|[a-z][\w:-]{{0,40}}){ATTRIBUTES})"
    rf"(?(raw).*?(?:</(?P=raw)|\Z))",
    re.I | re.S,
)
CLOSING = re.compile(r"</(?:body|html)\s*>", re.I)


def marked(tag: str) -> str:
    """What stands in the place of a long tag; longer ones are other ones."""
    return f"<long{len(tag)}>"


def plainly(text: str, longest: int) -> str:
    def lightened(match: re.Match[str]) -> str:
        tag = match["tag"] or ""
        return (marked(tag) if len(tag) > longest else tag) + match[0][len(tag) :]

    return CLOSING.sub("", TAG.sub(lightened, printable(text)))


@pytest.mark.parametrize("seed", range(30))
def test_markup_is_tidied_as_by_the_plain_patterns(seed: int) -> None:
    for text in markups(seed, 300):
        found = tidy.tidied(tidy.encoded(text), LONGEST, marked).decode()
        assert found == plainly(text, LONGEST), text


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.parent.name)
def test_a_page_is_tidied_as_by_the_plain_patterns(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", "replace")
    assert tidy.tidied(text.encode(), LONGEST, marked).decode() == plainly(text, LONGEST)
