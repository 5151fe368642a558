"""Kept blocks and metadata to an Article."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from cleanarticle.article import Article
from cleanarticle.decide import NEAREST
from cleanarticle.readers import layout
from cleanarticle.readers.layout import Shape
from cleanarticle.readers.lines import breaks_paragraph
from cleanarticle.readers.plaintext import between
from cleanarticle.records import (
    ArticleBlock,
    Assessment,
    Block,
    Document,
    Metadata,
    PageType,
    Role,
    Verdict,
)

MAX_HEADING_WORDS, HEADED_WORDS, TEXT_HEADING_LEVEL = 12, 15, 2
_SENTENCE_END = tuple(".!?,;:…。！？।؟")
NO_TEXT = "the page holds no text"
NO_BODY = (
    "no block of the page scores as content: it may be no article, or need scripts to show its text"
)
POOR_BODY = "no block of the page scores as content: the body is what comes nearest to it"
NO_ARTICLE = "a {kind} page (probability {probability:.2f}): the body is its main content"
DOUBTFUL = "the body is doubtful: its expected F1 is {confidence:.2f}"
MIN_TYPE_PROBABILITY, LOW_CONFIDENCE = 0.5, 0.5
_TIGHT_ROLES = frozenset((Role.LIST_ITEM, Role.TABLE_ROW))
LINE_BREAK, PARAGRAPH_BREAK = "\n", "\n\n"


def assemble(
    document: Document, metadata: Metadata, assessment: Assessment, verdicts: Sequence[Verdict]
) -> Article:
    """The article of a page; empty with a note where nothing is kept. Never raises."""
    kept = [verdict.block for verdict in verdicts if verdict.kept]
    notes = list(document.notes)
    if not document.blocks:
        notes = notes or [NO_TEXT]
    elif not kept:
        notes.append(NO_BODY)
    elif any(verdict.kept and verdict.because == NEAREST for verdict in verdicts):
        notes.append(POOR_BODY)
    notes += _doubts(assessment) if kept else ()
    return Article(
        title=metadata.title,
        date=metadata.date,
        authors=metadata.authors,
        body=body_text(kept),
        published=metadata.published,
        modified=metadata.modified,
        author_details=metadata.author_details,
        sources=dict(metadata.sources),
        description=metadata.description,
        language=metadata.language,
        site_name=metadata.site_name,
        url=metadata.url,
        blocks=tuple(_article_blocks(_in_lines(kept))),
        confidence=assessment.confidence if kept else None,
        page_type=assessment.page_type,
        page_type_probability=assessment.page_type_probability,
        notes=tuple(notes),
    )


def _doubts(assessment: Assessment) -> Iterator[str]:
    """Why the body may be no article, or not a good one."""
    kind, probability = assessment.page_type, assessment.page_type_probability
    known = kind is not None and probability is not None and probability >= MIN_TYPE_PROBABILITY
    if known and kind is not PageType.ARTICLE:
        yield NO_ARTICLE.format(kind=kind, probability=probability)
    if assessment.confidence is not None and assessment.confidence < LOW_CONFIDENCE:
        yield DOUBTFUL.format(confidence=assessment.confidence)


def body_text(blocks: Sequence[Block]) -> str:
    """The blocks as plain text: a blank line between paragraphs, none inside a list or table.

    Read again as raw page text, it gives the same blocks. So a body whose lines would nearly all
    stand on neighbouring lines, and look like one line a block or like wrapped paragraphs, gets
    blank lines throughout.
    """
    blocks = _in_lines(blocks)
    text = _joined(blocks, lambda _block: True)
    if layout.shape_of(layout.split(text)) in (Shape.LINES, Shape.WRAPPED):
        text = _joined(blocks, lambda block: block.role in _TIGHT_ROLES)
    return text


def _in_lines(blocks: Sequence[Block]) -> list[Block]:
    """Blocks, with those put together that are neighbours in one line of the page."""
    found: list[Block] = []
    last = -1  # position of the last block on the page
    for block in blocks:
        if block.goes_on and found and block.index == last + 1:
            above = found[-1]
            text = f"{above.text}{between(above.text, block.text)}{block.text}"
            found[-1] = replace(above, text=text, words=above.words + block.words)
        else:
            found.append(block)
        last = block.index
    return found


def plain(blocks: Sequence[Block], language: str | None) -> Document:
    """The blocks as raw page text would give them: no markup, no headings, in one document."""
    known = (Role.LIST_ITEM, Role.TABLE_ROW, Role.CODE)
    return Document(
        blocks=tuple(
            replace(
                block,
                index=index,
                role=block.role if block.role in known else Role.PARAGRAPH,
                level=0,
                spans=(),
                markup=None,
                place=None,
                goes_on=False,
            )
            for index, block in enumerate(blocks)
        ),
        language=language,
    )


def _joined(blocks: Sequence[Block], is_tight: Callable[[Block], bool]) -> str:
    """Lines of blocks; those of one run stand on neighbouring lines, where they may."""
    parts: list[str] = []
    for position, block in enumerate(blocks):
        above = blocks[position - 1] if position else None
        if above is not None:
            tight = above.run == block.run and is_tight(above) and is_tight(block)
            if block.role not in _TIGHT_ROLES:  # a short line between them may be gone
                tight = tight and not breaks_paragraph(above.text, block.text)
            parts.append(LINE_BREAK if tight else PARAGRAPH_BREAK)
        parts.append(block.line)
    return "".join(parts)


def _article_blocks(blocks: Sequence[Block]) -> Iterator[ArticleBlock]:
    for block, below in zip_longest(blocks, blocks[1:]):
        is_heading = block.role is Role.HEADING or _heads(block, below)
        yield ArticleBlock(
            text=block.text,
            role=Role.HEADING if is_heading else block.role,
            level=block.level or (TEXT_HEADING_LEVEL if is_heading else 0),
            marker=block.marker,
            spans=block.spans,
            run=block.run,
        )


def _heads(block: Block, below: Block | None) -> bool:
    """Whether a short line of raw text stands as a heading over prose or a list."""
    if below is None or block.markup or block.role is not Role.PARAGRAPH:
        return False
    headed = below.role is Role.LIST_ITEM or below.words >= HEADED_WORDS
    short = block.words <= MAX_HEADING_WORDS and block.words < below.words
    return headed and short and not block.text.endswith(_SENTENCE_END)
