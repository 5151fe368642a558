"""Does a text show that it is a raw page, or has it been cleaned before?

A raw page carries lines that are boilerplate by their own words. A body that was extracted carries
hardly any, and has to stay as it is when it is extracted again.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from cleanarticle.accelerator import accelerated
from cleanarticle.clues.phrases import Hit, How
from cleanarticle.language import bylines, facts
from cleanarticle.language.words import tokens
from cleanarticle.records import Block, Document, Kind

PROSE_WORDS = 15  # the first block of so many ends the top of the page
SHARE = 0.015  # of a raw text's blocks are such signs; of cleaned text, fewer
MIN_SIGNS, SHORT_WORDS, SHORT_SHARE = 2, 6, 0.5  # fewer signs do where most lines are short
SIGN_WORDS = 12  # a line of rights or a byline has at most so many
LABEL_BLOCKS, LABEL_WORDS, MAX_LABELLED_CHARS = 10, 25, 400  # of a line "Title: …"
BYLINE_BLOCKS = 60  # a byline stands among so many
MAX_CHARS = 200  # of a line of rights or a menu
FRAGMENT_WORDS, FRAGMENT_LINKS = 150, 0.2  # share of the characters in links
_OF_PAGES = frozenset(("nav", "header", "footer", "aside", "form"))
_RIGHTS = re.compile(r"©|\([cC]\) ?\d{4}")
BORDERS = frozenset("|›»•·/>→")
_BORDER = re.compile(f"[{''.join(BORDERS)}]")
MIN_BORDERS = 2
MIN_MENU_WORDS, MENU_CAPITALS = 12, 0.6  # of a menu within a line; share with a capital
WORDS_BETWEEN = 4  # at most, on average


def signs(
    document: Document, hits: Sequence[Sequence[Hit]], looks: Sequence[int]
) -> Mapping[int, Kind]:
    """Position → kind of the blocks that are boilerplate by their own words.

    Args:
        document: raw text.
        hits: the phrases in each block.
        looks: what each block may be at a glance, as `bylines.signs` tells.
    """
    runs = Counter([block.run for block in document.blocks])
    found: dict[int, Kind] = {}
    at_top = True
    has_menu = any(b.goes_on for b in document.blocks) and any(map(_is_menu, document.blocks))
    for block, own, look in zip(document.blocks, hits, looks, strict=True):
        at_top = at_top and block.words < PROSE_WORDS
        kind = _kind(block, own, runs[block.run] == 1)
        if kind is None and look and block.words <= SIGN_WORDS and block.index < BYLINE_BLOCKS:
            kind = Kind.BYLINE if bylines.people(block.text, document.language) else None
        if kind is None and look & bylines.DATED and at_top and block.words <= SIGN_WORDS:
            dated = bylines.date_line(block.text, document.language)
            kind = Kind.BYLINE if dated else None
        if kind is None and has_menu:  # a page in one line
            kind = _kind_in_line(block, own)
        if kind is not None:
            found[block.index] = kind
    return found


def is_raw(blocks: Sequence[Block], found: Mapping[int, Kind]) -> bool:
    """Whether the signs are enough for the length of the text."""
    short = sum(1 for block in blocks if block.words < SHORT_WORDS)
    if len(found) >= MIN_SIGNS and short > SHORT_SHARE * len(blocks):
        return True
    return bool(found) and len(found) >= SHARE * len(blocks)


def is_fragment(document: Document, hits: Sequence[Sequence[Hit]]) -> bool:
    """Whether markup is a small piece of text rather than a page: no boilerplate, hardly a link."""
    if sum([block.words for block in document.blocks]) > FRAGMENT_WORDS:
        return False
    linked = sum(block.markup.link_chars for block in document.blocks if block.markup)
    chars = sum(len(block.text) for block in document.blocks)
    return (
        linked <= FRAGMENT_LINKS * chars
        and not any(hits)
        and all(c.tag not in _OF_PAGES and not c.hidden for c in document.containers)
    )


@accelerated("rawness")
def trails(blocks: Sequence[Block]) -> list[Block]:
    """The blocks that are a menu or a trail of crumbs."""
    return [block for block in blocks if _BORDER.search(block.text) and is_trail(block)]


@accelerated("rawness")
def is_trail(block: Block) -> bool:
    """Whether a block is a menu or a trail of crumbs in one line: "Home › World › Europe"."""
    text = block.text
    if len(text) > MAX_CHARS or not _BORDER.search(text) or text[-1] in ".!?":
        return False
    pieces = text.split()
    borders = sum([1 for piece in pieces if piece in BORDERS])
    if borders < MIN_BORDERS or len(pieces) > (WORDS_BETWEEN + 1) * (borders + 1):
        return False
    figures = sum(1 for piece in pieces if any(sign.isdigit() for sign in piece))
    return figures <= borders / 2


def _kind_in_line(block: Block, hits: Sequence[Hit]) -> Kind | None:
    """The kind of a stretch of a page in one line: a menu, or what begins as boilerplate does."""
    if _is_menu(block):
        return Kind.NAVIGATION
    return next((hit.kind for hit in hits if hit.how is not How.CONTAINS), None)


def _is_menu(block: Block) -> bool:
    """Whether a long stretch is of words with capitals, as no sentence is."""
    pieces = block.text.split()
    capitals = sum(1 for piece in pieces if piece[0].isupper())
    return len(pieces) >= MIN_MENU_WORDS and capitals > MENU_CAPITALS * len(pieces)


def labelled_title(text: str) -> str:
    """The title in a line such as "Title: The long walk"; else empty."""
    label, colon, rest = text[:MAX_LABELLED_CHARS].partition(":")
    labelled = colon and not rest.rstrip().endswith((".", "。", "।"))  # a sentence is no title
    named = labelled and tokens(label) in facts.phrases("title_labels")
    return rest.strip().strip("\"'") if named else ""


def _kind(block: Block, hits: Sequence[Hit], alone: bool) -> Kind | None:
    for hit in hits:
        if 2 * hit.words >= block.words or hit.is_whole or hit.how is How.ENDS:
            return hit.kind
    if block.index < LABEL_BLOCKS and block.words <= LABEL_WORDS and labelled_title(block.text):
        return Kind.REPEATED
    if alone and is_trail(block):
        return Kind.NAVIGATION
    if block.words > SIGN_WORDS:
        return None
    if ("©" in block.text or "(" in block.text) and _RIGHTS.search(block.text[:MAX_CHARS]):
        return Kind.LEGAL
    return None
