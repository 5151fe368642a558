"""The compiled twins of what reads markup give what the functions in Python give."""

from pathlib import Path

import pytest

from cases import pages
from cleanarticle.accelerator import REFERENCES
from cleanarticle.options import Limits
from cleanarticle.readers import tidy
from markups import markups

twin = pytest.importorskip("cleanarticle.accelerator._markup")
LONGEST = 40  # characters of a tag, so that small pages have longer ones
ODD = ("", "<", "</", "</body", "<a", "<a x=", "<a x='", "<!-", "<!--", "</html" + " " * 99)


def marked(tag: str) -> str:
    """What stands in the place of a long tag."""
    return f"<long{len(tag)}>"


def assert_tidied_alike(data: bytes, longest: int) -> None:
    wanted = REFERENCES["markup.tidied"](data, longest, marked)
    assert twin.tidied(data, longest, marked) == wanted


@pytest.mark.parametrize("seed", range(30))
def test_markup_at_random_is_tidied_alike(seed: int) -> None:
    for text in (*ODD, *markups(seed, 300)):
        assert_tidied_alike(tidy.encoded(text), LONGEST)


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.parent.name)
@pytest.mark.parametrize("longest", [LONGEST, Limits().tag_chars])
def test_a_page_is_tidied_alike(path: Path, longest: int) -> None:
    assert_tidied_alike(path.read_bytes().decode("utf-8", "replace").encode(), longest)


@pytest.mark.parametrize(
    "piece", ["<a ", "<a x='", "='", '="', "<!--", "</body>", "<script>", "=\u00a0", "\x00", "x"]
)
@pytest.mark.parametrize("end", ["", ">", "'>", "-->", "</script>"])
def test_a_large_page_is_tidied_alike(piece: str, end: str) -> None:
    assert_tidied_alike((piece * 30_000 + end).encode(), Limits().tag_chars)


@pytest.mark.parametrize("start", range(0, 0x110000, 0x10000))
def test_each_sign_is_printable_alike(start: int) -> None:
    for code in (*range(start, start + 0x10000, 97), start + 0xFFFE, start + 0xFFFF):
        text = f"a{chr(code)}b"
        assert twin.printable(text) == REFERENCES["markup.printable"](text)


@pytest.mark.parametrize("text", ["", "".join(map(chr, range(0xA2))), "\ud800", "x\udfff\ue000é"])
def test_texts_are_printable_alike(text: str) -> None:
    assert twin.printable(text) == REFERENCES["markup.printable"](text)
