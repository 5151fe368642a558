"""The head of a text that was kept with its data."""

import pytest

from cleanarticle import readers
from cleanarticle.clues import front_matter

PROSE = "The night ferry left the harbour on Monday with forty passengers and two dogs aboard."


def size(text: str) -> int:
    return front_matter.size(readers.read_plain(text).blocks)


@pytest.mark.parametrize(
    ("head", "lines"),
    [
        ("---\ntitle: Ferry late\ndate: 2024-03-04\n---", 4),
        ("---\ntags: [harbours]\n---", 3),
        ("Title: Ferry late\nDate: 2024-03-04\nURL: https://quay.example/1", 3),
        ("Title: Ferry late\nAuthor: Ann Lee\nLanguage: en", 3),
        ("Titel: Fähre fällt aus\nDatum: 4. März 2024\nAutor: Karla Ek", 3),
    ],
)
def test_a_head_is_known_by_its_hyphens_or_its_labels(head: str, lines: int) -> None:
    assert size(f"{head}\n\n{PROSE}\n\n{PROSE}") == lines


@pytest.mark.parametrize(
    "head",
    [
        "Title: Ferry late\nDate: 2024-03-04",  # two lines stand above many an article
        "Note: wet\nTide: high\nWind: none",  # no title, date or author
        "---\nFerry late",  # never closed
        "He said: no.\nShe said: yes.\nThey left.",
        "",
    ],
)
def test_other_lines_are_no_head(head: str) -> None:
    assert size(f"{head}\n\n{PROSE}\n\n{PROSE}") == 0
