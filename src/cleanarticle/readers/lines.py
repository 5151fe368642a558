"""What lines of plain text look like; shared by both readers, so that both cut alike."""

import re

from cleanarticle.accelerator import accelerated
from cleanarticle.language import facts, words

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_UNPRINTABLE = re.compile(f"{_CONTROLS.pattern[:-1]}{_SURROGATES.pattern[1:]}")
_BULLETS = frozenset("•·▪◦‣●○■□►▸⁃∙*-")
_BULLET = re.compile(r"(?:[•·▪◦‣●○■□►▸⁃∙]+|[*-])\s+(?=\S)")
_NUMBER = re.compile(r"(\d{1,3}[.)])\s+(?=\S)")
_WORD_SIGN = re.compile(r"\w")
CODE_INDENT = "    "
PROSE_LINE_WORDS = 12  # two lines of at least so many words are paragraphs of their own


@accelerated("markup")
def printable(text: str) -> str:
    """The text without control characters; lone surrogates become U+FFFD."""
    if _UNPRINTABLE.search(text) is None:
        return text
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", text))


def split_marker(line: str) -> tuple[str, str]:
    """(marker, text) of a list item; the marker is empty for a line that is none.

    Every bullet becomes "-"; numbers stay as written. Dashes are no bullets: they open dialogue.
    """
    first = line[:1]
    if first in _BULLETS:
        match = _BULLET.match(line)
        if match and _WORD_SIGN.search(line, match.end()):  # "* * *" is a break between scenes
            return "-", line[match.end() :]
    elif first.isdecimal():
        match = _NUMBER.match(line)
        if match and not _opens_with_month(line[match.end() :]):
            return match[1], line[match.end() :]
    return "", line


def _opens_with_month(text: str) -> bool:
    """Whether a number in front of the text makes a date of it: "14. May 2021"."""
    words = text.split(maxsplit=2)
    return (
        len(words) > 1
        and words[0].strip(".,").lower() in facts.months()
        and words[1].strip(".,")[:4].isdigit()
    )


def breaks_paragraph(above: str, below: str) -> bool:
    """Whether a line break between two lines divides paragraphs rather than lines of one."""
    lines = (above, below)
    return (
        min(map(len, lines)) >= PROSE_LINE_WORDS  # one sign a word at least
        and words.count(above) >= PROSE_LINE_WORDS
        and words.count(below) >= PROSE_LINE_WORDS
    )
