"""Pages of invented prose, which differ by their numbers and are no copies of one another."""

from pathlib import Path

AUTHOR, DATE = "Ann Lee", "2024-03-05"
FIRST = (
    "The ferry number {number} left the old harbour at six in the morning and came back empty "
    "before noon, and nobody on the quay could say what had happened to the passengers it was "
    "meant to fetch from the island. The harbour office stayed closed until the evening."
)
SECOND = (
    "By then the wind had turned to the north, so the crew tied the boat to the mill and walked "
    "home along the river. “We waited for an hour,” said the captain, who has sailed the route "
    "for thirty years and has never once returned without a single traveller aboard."
)
BODY = f"{FIRST}\n\n{SECOND}"
_PAGE = f"""<html lang="en"><head><title>Ferry {{number}} comes back empty</title>
<meta name="author" content="{AUTHOR}">
<meta property="article:published_time" content="{DATE}T06:10:00+01:00"></head>
<body><nav><a href="/">Home</a> <a href="/tides">Tides</a></nav>
<h1>Ferry {{number}} comes back empty</h1><p>{FIRST}</p><p>{SECOND}</p></body></html>"""


def story(number: int) -> str:
    """A page with a title, a date, an author and a body."""
    return _PAGE.format(number=number)


def write_stories(folder: Path, numbers: range) -> None:
    """Files 000.html, 001.html …"""
    folder.mkdir(exist_ok=True)
    for number in numbers:
        (folder / f"{number:03}.html").write_text(story(number), "utf-8")
