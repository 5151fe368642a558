"""The headline as the page shows it, without the site's name.

In markup: the `h1` most like the page's `<title>`; then JSON-LD, OpenGraph, and `<title>` itself.

In raw text: a line of its own near the top that is no boilerplate, where the page shows that it is
raw (boilerplate stands around, or a byline follows) or labels it. A text without such signs has no
title: its first line is part of the body.
"""

import bisect
import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from cleanarticle.clues import Clues, How, labelled_title, photo_credit
from cleanarticle.clues.gather import PROSE_WORDS
from cleanarticle.language import bylines, facts
from cleanarticle.language.words import tokens
from cleanarticle.records import Block, Document, Field, Role

MAX_TITLE_WORDS = 35
MAX_LIKENED = 6  # declared titles that headings are compared with
MIN_LIKENESS = 0.3  # of an h1 and the page's <title>; below, the h1 is the site's name or a section
_SUFFIX = re.compile(r"\s+[|\-–—·•»]\s+")
_END = (".", "!", "?", "。", "…", ":", "।")

TEXT_TOP_BLOCKS = 300  # a title is looked for among so many first blocks
LABEL_BLOCKS = 10  # a label among so many
MIN_TITLE_WORDS = 2
PROSE_BELOW = 12  # paragraphs whose words a title is compared with
USUAL_WORDS = (8, 12)  # a headline has at least and at most so many, mostly
FAR = 20  # lines between a title and the prose below it
BYLINE_REACH = 4  # lines: a deck, a label or a share button may stand between
LIST_REACH = 8  # lines below the heading of a list
_FULL_STOP = (".", "。", "।", ":")
_BORDERS = (" | ", " › ", " » ", " > ", " · ", " / ", "|")
DECK_WORDS = (8, 60)


def choose(document: Document, clues: Clues) -> tuple[str | None, int | None]:
    """(title, position of the block that shows it)."""
    if not document.containers and not document.candidates:
        return _from_text(document, clues)
    title = _declared(document)
    if title is None:
        return None, None
    wanted = tokens(title)
    shown = (b for b in document.blocks if b.role is Role.HEADING and tokens(b.text) == wanted)
    first = next(shown, None)
    return title, first.index if first else None


def deck(document: Document, clues: Clues, title_block: int | None) -> int | None:
    """Position of the block that says the description, if it stands apart from the body.

    In raw text that is the sentence right below the title, parted from the body by boilerplate.
    """
    if title_block is None or title_block + 2 >= len(document.blocks) or document.containers:
        return None
    block, below = document.blocks[title_block + 1], document.blocks[title_block + 2]
    low, high = DECK_WORDS
    apart = any(hit.is_whole for hit in clues.hits[below.index])
    sentence = (
        block.text.endswith(_END) and block.role is Role.PARAGRAPH and not clues.hits[block.index]
    )
    return block.index if apart and sentence and low <= block.words <= high else None


def _declared(document: Document) -> str | None:
    """The title by what the markup declares."""
    by_source: dict[str, list[str]] = {}
    for candidate in document.candidates:
        if candidate.field is Field.TITLE and len(candidate.value) > 0:
            by_source.setdefault(candidate.source, []).append(candidate.value)
    pages = [
        *by_source.get("opengraph", ()),
        *by_source.get("title element", ()),
        *by_source.get("json-ld", ()),
    ]
    sites = _site_parts([*by_source.get("title element", ()), *by_source.get("opengraph", ())])
    fitting = (h for h in by_source.get("h1", ()) if len(tokens(h)) <= MAX_TITLE_WORDS)
    headings = [h for h in fitting if tuple(tokens(h)) not in sites]
    if headings and pages:
        likeness, _order, best = max((_likeness(h, pages), -n, h) for n, h in enumerate(headings))
        if likeness >= MIN_LIKENESS:
            return best
    if len(headings) == 1 and not pages:
        return headings[0]
    for source in ("json-ld", "itemprop", "opengraph", "meta", "twitter", "title element"):
        for value in by_source.get(source, ()):
            return _without_site(value, document, known_only=source in ("json-ld", "itemprop"))
    return headings[0] if headings else None


def _site_parts(titles: list[str]) -> set[tuple[str, ...]]:
    """Last parts of titles such as "River floods town - The Echo", where they are the shorter."""
    found = set[tuple[str, ...]]()
    for title in titles:
        parts = [tuple(tokens(part)) for part in _SUFFIX.split(title)]
        if len(parts) > 1 and len(parts[-1]) < len(parts[0]):
            found.add(parts[-1])
    return found


def _likeness(heading: str, pages: list[str]) -> float:
    words = tokens(heading)
    pages = list(dict.fromkeys(pages))[:MAX_LIKENED]
    return max(
        SequenceMatcher(None, words, tokens(page)[:100], autojunk=False).ratio() for page in pages
    )


def _without_site(title: str, document: Document, *, known_only: bool) -> str:
    """The title without a part at its end or start that is the name of the site or a section."""
    parts = _SUFFIX.split(title)
    if len(parts) < 2:
        return title
    sites = {tuple(tokens(c.value)) for c in document.candidates if c.field is Field.SITE_NAME}
    sites |= {tuple(tokens(c.value)) for c in document.candidates if c.source == "h1"}
    last, first = tokens(parts[-1]), tokens(parts[0])
    if tuple(first) in sites:
        return title[len(parts[0]) :].lstrip(" |-–—·•:»")
    known = tuple(last) in sites
    if known_only and not known:
        return title
    if (
        known
        or ("|" in title and len(last) <= 4)
        or len(last) <= 3 < len(tokens(title)) - len(last)
    ):
        return title[: title.rindex(parts[-1])].rstrip(" |-–—·•:»")
    return title


# raw text --------------------------------------------------------------


def _from_text(document: Document, clues: Clues) -> tuple[str | None, int | None]:
    if not clues.raw:
        return None, None
    labelled = _labelled(document)
    if labelled:
        return labelled
    bylines_at = _byline_positions(document)
    lines = list(_title_lines(document, clues, bylines_at))
    if not lines:
        return None, None
    judge = _TitleJudge(document, clues, bylines_at)
    best = max(lines, key=lambda block: (judge.fitness(block), -block.index))
    return best.text, best.index


def _labelled(document: Document) -> tuple[str, int] | None:
    for block in document.blocks[:LABEL_BLOCKS]:
        if block.words <= MAX_TITLE_WORDS and (title := labelled_title(block.text)):
            return title, block.index
    return None


def _byline_positions(document: Document) -> frozenset[int]:
    """Lines near the top that say who wrote it or when."""
    found = set[int]()
    for block in document.blocks[:TEXT_TOP_BLOCKS]:
        dated = bylines.date_line(block.text, document.language)
        goes_on = block.index - 1 in found and bylines.continued(block.text, document.language)
        if dated or goes_on or bylines.people(block.text, document.language):
            found.add(block.index)
    return frozenset(found)


def _title_lines(document: Document, clues: Clues, bylines_at: frozenset[int]) -> Iterator[Block]:
    """Lines above the first long paragraphs that can be a title."""
    for block in document.blocks[:TEXT_TOP_BLOCKS]:
        if block.words >= 2 * PROSE_WORDS and _is_body(document, block):
            return
        fits = MIN_TITLE_WORDS <= block.words <= MAX_TITLE_WORDS and block.role is not Role.CODE
        other = clues.hits[block.index] or block.index in bylines_at or _is_menu_line(block)
        if fits and not (other or block.text.endswith(_FULL_STOP) or photo_credit(block)):
            yield block


def _is_menu_line(block: Block) -> bool:
    """Whether a line is a menu: words parted by borders."""
    return block.words <= USUAL_WORDS[1] and any(border in block.text for border in _BORDERS)


def _is_body(document: Document, block: Block) -> bool:
    """Whether prose goes on below a paragraph, so that it opens the body."""
    below = document.blocks[block.index + 1 : block.index + 6]
    return sum(1 for b in below if b.words >= PROSE_WORDS) >= 2


def _near_byline(block: Block, bylines_at: frozenset[int]) -> float:
    """1 where a byline or date line stands shortly below a line, half where right above, else 0."""
    if any(block.index + distance in bylines_at for distance in range(1, BYLINE_REACH + 1)):
        return 1.0
    return 0.5 if block.index - 1 in bylines_at else 0.0


# Points set by hand, in the order of `_TitleJudge.measure`.
_POINTS = (2.2, 1.0, 1.0, 2.6, -1.4, -1.0, -0.7)


class _TitleJudge:
    """Tells how well a line suits as the title of the prose below it, in points set by hand."""

    def __init__(self, document: Document, clues: Clues, bylines_at: frozenset[int]) -> None:
        self._blocks, self._hits, self._bylines_at = document.blocks, clues.hits, bylines_at
        self._stops = facts.stop_words(document.language or "en")
        self._prose = [b.index for b in document.blocks if b.words >= PROSE_WORDS]
        self._said: dict[
            int, frozenset[str]
        ] = {}  # by position in _prose: words of the prose there

    def fitness(self, block: Block) -> float:
        """Points of a line; higher is better."""
        return sum(
            weight * value for weight, value in zip(_POINTS, self.measure(block), strict=True)
        )

    def measure(self, block: Block) -> tuple[float, ...]:
        """Overlap with the prose, alone, near a byline, length, excess length, distance, listed."""
        first = bisect.bisect_right(self._prose, block.index)
        return (
            self._overlap(block, first),
            self._stands_alone(block),
            _near_byline(block, self._bylines_at),
            min(block.words, USUAL_WORDS[0]) / USUAL_WORDS[0],
            max(block.words - USUAL_WORDS[1], 0) / USUAL_WORDS[1],
            min(self._distance(block, first), FAR) / FAR,
            self._is_listed(block),
        )

    def _overlap(self, block: Block, first: int) -> float:
        """Share of the line's words, function words left out, that the prose below it says."""
        if first not in self._said:
            below = self._prose[first : first + PROSE_BELOW]
            self._said[first] = frozenset(w for i in below for w in tokens(self._blocks[i].text))
        own = set(tokens(block.text)) - self._stops
        return len(own & self._said[first]) / max(len(own), 1)

    def _stands_alone(self, block: Block) -> bool:
        above = self._blocks[max(block.index - 1, 0)]
        below = self._blocks[min(block.index + 1, len(self._blocks) - 1)]
        return above.run != block.run != below.run

    def _distance(self, block: Block, first: int) -> int:
        below = self._prose[first] if first < len(self._prose) else len(self._blocks)
        return below - block.index

    def _is_listed(self, block: Block) -> bool:
        """Whether a heading of a list stands shortly above."""
        above = self._hits[max(block.index - LIST_REACH, 0) : block.index]
        return any(hit.how is How.OPENS for hits in above for hit in hits)
