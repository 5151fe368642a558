"""Kept blocks and metadata to an Article."""

from collections.abc import Sequence

from cleanarticle.article import Article
from cleanarticle.records import ArticleBlock, Block, Document, Metadata, Verdict

NO_TEXT = "the page holds no text"
NO_BODY = "no block of the page scores as content: it may be no article, or need scripts to show its text"
LINE_BREAK, PARAGRAPH_BREAK = "\n", "\n\n"


def assemble(document: Document, metadata: Metadata, verdicts: Sequence[Verdict]) -> Article:
    """The article of a page; empty with a note where nothing is kept. Never raises."""
    kept = [verdict.block for verdict in verdicts if verdict.kept]
    notes = list(document.notes)
    if not document.blocks:
        notes.append(NO_TEXT)
    elif not kept:
        notes.append(NO_BODY)
    return Article(
        title=metadata.title,
        date=metadata.date,
        authors=metadata.authors,
        body=body_text(kept),
        published=metadata.published,
        description=metadata.description,
        language=metadata.language,
        site_name=metadata.site_name,
        url=metadata.url,
        blocks=tuple(_article_block(block) for block in kept),
        notes=tuple(notes),
    )


def body_text(blocks: Sequence[Block]) -> str:
    """The blocks as plain text: a blank line between paragraphs, none inside a list or table."""
    return joined([(block.line, block.run) for block in blocks])


def joined(lines: Sequence[tuple[str, int]]) -> str:
    """Lines with their runs as text; blocks of one run stand on neighbouring lines."""
    parts: list[str] = []
    for position, (line, run) in enumerate(lines):
        if position:
            parts.append(LINE_BREAK if lines[position - 1][1] == run else PARAGRAPH_BREAK)
        parts.append(line)
    return "".join(parts)


def _article_block(block: Block) -> ArticleBlock:
    return ArticleBlock(
        text=block.text,
        role=block.role,
        level=block.level,
        marker=block.marker,
        spans=block.spans,
        run=block.run,
    )
