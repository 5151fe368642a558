"""What lines of plain text look like; shared by both readers, so that both cut alike."""

import re

from cleanarticle.language import facts, words

_BULLET = re.compile(r"(?:[•·▪◦‣●○■□►▸⁃∙]+|[*-])\s+(?=\S)")
_NUMBER = re.compile(r"(\d{1,3}[.)])\s+(?=\S)")
PROSE_LINE_WORDS = 12  # two lines of at least so many words are paragraphs of their own


def split_marker(line: str) -> tuple[str, str]:
    """(marker, text) of a list item; the marker is empty for a line that is none.

    Every bullet becomes "-"; numbers stay as written. Dashes are no bullets: they open dialogue.
    """
    if match := _BULLET.match(line):
        return "-", line[match.end() :]
    match = _NUMBER.match(line)
    if match and not _opens_with_month(line[match.end() :]):
        return match[1], line[match.end() :]
    return "", line


def _opens_with_month(text: str) -> bool:
    """Whether a number in front of the text makes a date of it: "14. May 2021"."""
    return text.split(maxsplit=1)[0].strip(".,").lower() in facts.months()


def breaks_paragraph(above: str, below: str) -> bool:
    """Whether a line break between two lines divides paragraphs rather than lines of one."""
    return words.count(above) >= PROSE_LINE_WORDS and words.count(below) >= PROSE_LINE_WORDS
