"""The title of raw page text, by trees fitted on labelled pages.

It is a line of its own near the top that is no boilerplate, where the page shows that it is raw
(boilerplate stands around, or a byline follows) or labels it. A text without such signs has no
title: its first line is part of the body.
"""

from cleanarticle.clues import Clues, labelled_title, photo_credit
from cleanarticle.clues.gather import PROSE_WORDS
from cleanarticle.metadata.ranking import Ranker
from cleanarticle.metadata.text_title_numbers import TABLE, TEXT_TOP_BLOCKS, Line, Lines, echoes
from cleanarticle.metadata.view import View
from cleanarticle.records import Block, Document, Role

NAME = "title line"
MIN_TITLE_WORDS, MAX_TITLE_WORDS = 2, 35
MIN_PROBABILITY = 0.005
LABEL_BLOCKS = 10  # a label is looked for among so many first blocks
DECK_WORDS = (8, 60)
_END = (".", "!", "?", "。", "…", ":", "।")


def choose(view: View, clues: Clues, ranker: Ranker) -> tuple[str | None, int | None]:
    """(title, position of the block that shows it)."""
    if not clues.raw:
        return None, None
    labelled = _labelled(view.document)
    if labelled:
        return labelled
    found = candidates(view, clues)
    if not found:
        return None, None
    probabilities = ranker.probabilities(NAME, found, TABLE)
    best = max(range(len(found)), key=lambda n: (probabilities[n], -n))
    block = found[best].block
    return (block.text, block.index) if probabilities[best] >= MIN_PROBABILITY else (None, None)


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


def _labelled(document: Document) -> tuple[str, int] | None:
    for block in document.blocks[:LABEL_BLOCKS]:
        if block.words <= MAX_TITLE_WORDS and (title := labelled_title(block.text)):
            return title, block.index
    return None


def candidates(view: View, clues: Clues) -> list[Line]:
    """Lines above the first long paragraphs that can be a title."""
    page = Lines(view, clues)
    found: list[Block] = []
    for block in view.blocks[:TEXT_TOP_BLOCKS]:
        if block.words >= 2 * PROSE_WORDS and _is_body(view.document, block):
            break
        hits = clues.hits[block.index]
        fits = MIN_TITLE_WORDS <= block.words <= MAX_TITLE_WORDS and block.role is not Role.CODE
        if not fits or (hits and any(hit.is_whole for hit in hits)):
            continue
        if block.index not in page.bylines_at and not photo_credit(block):
            found.append(block)
    alike = echoes(page.words, [block.index for block in found])
    return [Line(block, page, echo) for block, echo in zip(found, alike, strict=True)]


def _is_body(document: Document, block: Block) -> bool:
    """Whether prose goes on below a paragraph, so that it opens the body."""
    below = document.blocks[block.index + 1 : block.index + 6]
    return sum(1 for b in below if b.words >= PROSE_WORDS) >= 2
