"""Kept blocks and metadata to an Article."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, pairwise, zip_longest

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
    lines = _in_lines(kept)
    return Article(
        title=metadata.title,
        date=metadata.date,
        authors=metadata.authors,
        body=_text(lines),
        published=metadata.published,
        modified=metadata.modified,
        author_details=metadata.author_details,
        sources=dict(metadata.sources),
        description=metadata.description,
        language=metadata.language,
        site_name=metadata.site_name,
        url=metadata.url,
        blocks=tuple(_article_blocks(lines)),
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
    return _text(_in_lines(blocks))


def _text(blocks: Sequence[Block]) -> str:
    lines = [block.line for block in blocks]
    tight = [_is_tight(above, block) for above, block in pairwise(blocks)]
    narrow = [
        near and above.role in _TIGHT_ROLES and block.role in _TIGHT_ROLES
        for near, (above, block) in zip(tight, pairwise(blocks), strict=True)
    ]
    text = _joined(lines, tight)
    if narrow == tight:
        return text
    looks_otherwise = layout.shape_of(layout.split(text)) in (Shape.LINES, Shape.WRAPPED)
    return _joined(lines, narrow) if looks_otherwise else text


def _is_tight(above: Block, block: Block) -> bool:
    """Whether a block stands on the line below the one above, which may not be its neighbour."""
    return above.run == block.run and (
        block.role in _TIGHT_ROLES or not breaks_paragraph(above.text, block.text)
    )


def _joined(lines: Sequence[str], tight: Sequence[bool]) -> str:
    """Lines with breaks between them."""
    breaks = [LINE_BREAK if near else PARAGRAPH_BREAK for near in tight]
    return "".join(chain.from_iterable(zip(lines, (*breaks, ""), strict=False)))


def _in_lines(blocks: Sequence[Block]) -> Sequence[Block]:
    """Blocks, with those put together that are neighbours in one line of the page."""
    if not any(block.goes_on for block in blocks):
        return blocks
    found: list[list[Block]] = []
    for block in blocks:
        if block.goes_on and found and block.index == found[-1][-1].index + 1:
            found[-1].append(block)
        else:
            found.append([block])
    return [_as_one(parts) if len(parts) > 1 else parts[0] for parts in found]


def _as_one(blocks: Sequence[Block]) -> Block:
    """One block of several that stand in one line."""
    goes_on = (between(above.text, block.text) + block.text for above, block in pairwise(blocks))
    text = "".join((blocks[0].text, *goes_on))
    return replace(blocks[0], text=text, words=sum(block.words for block in blocks))


def plain(blocks: Sequence[Block], language: str | None) -> Document:
    """The blocks as raw page text would give them: no markup, no headings, in one document."""
    known = (Role.LIST_ITEM, Role.TABLE_ROW, Role.CODE)
    return Document(
        blocks=tuple(
            Block(
                index=index,
                text=block.text,
                words=block.words,
                run=block.run,
                role=block.role if block.role in known else Role.PARAGRAPH,
                marker=block.marker,
            )
            for index, block in enumerate(blocks)
        ),
        language=language,
    )


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
