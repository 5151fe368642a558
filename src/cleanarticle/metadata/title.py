"""The headline as the page shows it, without the site's name.

In markup: the `h1` most like the page's `<title>`; then JSON-LD, OpenGraph, and `<title>` itself. This
order was measured best on news and general pages; see docs/design.md.

In raw text: a line of its own near the top that is no boilerplate, where the page shows that it is
raw (boilerplate stands around, or a byline follows) or labels it. A text without such signs has no
title: its first line is part of the body.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from cleanarticle.clues import Clues, How
from cleanarticle.clues.gather import PROSE_WORDS
from cleanarticle.language import bylines, dates, facts
from cleanarticle.language.words import tokens
from cleanarticle.records import Block, Document, Field, Role

MAX_TITLE_WORDS = 35
MIN_LIKENESS = 0.3  # of an h1 and the page's <title>; below, the h1 is the site's name or a section
_SUFFIX = re.compile(r"\s+[|\-–—·•:»]\s+")  # noqa: RUF001
_END = (".", "!", "?", "。", "…", ":", "।")

TEXT_TOP_BLOCKS = 80  # a title is looked for among so many first blocks
MIN_RAW_BLOCKS = 2  # blocks that are boilerplate word for word show that a text is raw
DECK_WORDS = (8, 60)


def choose(document: Document, clues: Clues) -> tuple[str | None, int | None]:
    """(title, position of the block that shows it)."""
    if not document.containers:
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

    In raw text the sentence right below the title is the deck where boilerplate parts it from the body.
    """
    if title_block is None or title_block + 2 >= len(document.blocks) or document.containers:
        return None
    block, below = document.blocks[title_block + 1], document.blocks[title_block + 2]
    low, high = DECK_WORDS
    apart = any(hit.how in (How.EQUALS, How.OPENS) for hit in clues.hits[below.index])
    sentence = block.text.endswith(_END) and block.role is Role.PARAGRAPH and not clues.hits[block.index]
    return block.index if apart and sentence and low <= block.words <= high else None


def _declared(document: Document) -> str | None:
    """The title by what the markup declares."""
    by_source: dict[str, list[str]] = {}
    for candidate in document.candidates:
        if candidate.field is Field.TITLE and 0 < len(candidate.value):
            by_source.setdefault(candidate.source, []).append(candidate.value)
    pages = [*by_source.get("opengraph", ()), *by_source.get("title element", ()), *by_source.get("json-ld", ())]
    headings = [h for h in by_source.get("h1", ()) if len(tokens(h)) <= MAX_TITLE_WORDS]
    if headings and pages:
        likeness, _order, best = max((_likeness(h, pages), -n, h) for n, h in enumerate(headings))
        if likeness >= MIN_LIKENESS:
            return best
    if len(headings) == 1 and not pages:
        return headings[0]
    for source in ("json-ld", "itemprop", "opengraph", "meta", "twitter", "title element"):
        for value in by_source.get(source, ()):
            return _without_site(value, document)
    return headings[0] if headings else None


def _likeness(heading: str, pages: list[str]) -> float:
    words = tokens(heading)
    return max(SequenceMatcher(None, words, tokens(page)[:100], autojunk=False).ratio() for page in pages)


def _without_site(title: str, document: Document) -> str:
    """The title without a part at its end or start that is the name of the site or a section."""
    parts = _SUFFIX.split(title)
    if len(parts) < 2:
        return title
    sites = {tuple(tokens(c.value)) for c in document.candidates if c.field is Field.SITE_NAME}
    last, first = tokens(parts[-1]), tokens(parts[0])
    if tuple(first) in sites:
        return title[len(parts[0]) :].lstrip(" |-–—·•:»")  # noqa: RUF001
    known = tuple(last) in sites
    if known or ("|" in title and len(last) <= 4) or len(last) <= 3 < len(tokens(title)) - len(last):
        return title[: title.rindex(parts[-1])].rstrip(" |-–—·•:»")  # noqa: RUF001
    return title


# raw text --------------------------------------------------------------


def _from_text(document: Document, clues: Clues) -> tuple[str | None, int | None]:
    labelled = _labelled(document)
    if labelled:
        return labelled
    lines = list(_title_lines(document, clues))
    for block in lines:
        if _is_followed_by_byline(document, block):
            return block.text, block.index
    raw = sum(1 for hits in clues.hits if any(h.how in (How.EQUALS, How.OPENS) for h in hits))
    if raw < MIN_RAW_BLOCKS or not lines:
        return None, None
    best = max(lines, key=lambda block: (_fitness(document, clues, block), -block.index))
    return best.text, best.index


def _labelled(document: Document) -> tuple[str, int] | None:
    labels = facts.phrases("title_labels")
    for block in document.blocks[:10]:
        label, colon, rest = block.text.partition(":")
        if colon and rest.strip() and tuple(tokens(label)) in labels:
            return rest.strip(), block.index
    return None


def _title_lines(document: Document, clues: Clues) -> Iterator[Block]:
    """Lines above the first long paragraphs that can be a title."""
    for block in document.blocks[:TEXT_TOP_BLOCKS]:
        if block.words > MAX_TITLE_WORDS or block.role is not Role.PARAGRAPH:
            if block.words >= 2 * PROSE_WORDS and _is_body(document, block):
                return
            continue
        if block.words >= 3 and not clues.hits[block.index] and not block.text.endswith(_END[:1] + _END[3:4]):
            if not bylines.people(block.text, document.language) and not dates.find_days(block.text):
                yield block


def _is_body(document: Document, block: Block) -> bool:
    """Whether prose goes on below a paragraph, so that it opens the body."""
    below = document.blocks[block.index + 1 : block.index + 6]
    return sum(1 for b in below if b.words >= PROSE_WORDS) >= 2


def _is_followed_by_byline(document: Document, block: Block) -> bool:
    for below in document.blocks[block.index + 1 : block.index + 4]:
        if bylines.people(below.text, document.language):
            return True
        days = dates.find_days(below.text, document.language)
        if days and bylines.only_a_date(below.text, days[0]):
            return True
    return False


def _fitness(document: Document, clues: Clues, block: Block) -> float:
    """How well a line suits as the title of the prose below it."""
    blocks = document.blocks
    prose = [b for b in blocks[block.index + 1 :] if b.words >= PROSE_WORDS]
    common = set(tokens(block.text)) - facts.stop_words(document.language or "en")
    said = set(tokens(" ".join(b.text for b in prose[:12])))
    overlap = len(common & said) / max(len(common), 1)
    alone = blocks[block.index - 1].run != block.run if block.index else True
    alone = alone and (block.index + 1 >= len(blocks) or blocks[block.index + 1].run != block.run)
    below = blocks[block.index + 1 : block.index + 2]
    followed = bool(below) and below[0].words >= DECK_WORDS[0] and below[0].text.endswith(_END)
    distance = next((b.index for b in prose), len(blocks)) - block.index
    listed = any(
        hit.how is How.OPENS for hits in clues.hits[max(block.index - 6, 0) : block.index] for hit in hits
    )
    size = min(block.words, 10) / 10
    return 2 * overlap + alone + 1.5 * followed + size - 0.02 * min(distance, 40) - 1.5 * listed
