"""What lines of plain text look like; shared by both readers, so that both cut alike."""

import re

from cleanarticle.language import words

_BULLET = re.compile(r"(?:[•·▪◦‣●○■□►▸⁃∙]+|[*-])\s+(?=\S)")
_NUMBER = re.compile(r"(\d{1,3}[.)])\s+(?=\S)")
PROSE_LINE_WORDS = 12  # two lines of at least so many words are paragraphs of their own


def split_marker(line: str) -> tuple[str, str]:
    """(marker, text) of a list item; the marker is empty for a line that is none.

    Every bullet becomes "-"; numbers stay as written. Dashes are no bullets: they open dialogue.
    """
    if match := _BULLET.match(line):
        return "-", line[match.end() :]
    if match := _NUMBER.match(line):
        return match[1], line[match.end() :]
    return "", line


def breaks_paragraph(above: str, below: str) -> bool:
    """Whether a line break between two lines divides paragraphs rather than lines of one."""
    return words.count(above) >= PROSE_LINE_WORDS and words.count(below) >= PROSE_LINE_WORDS
