"""Pages of all sorts to Documents. The only room that knows lxml."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any, Literal

from cleanarticle.errors import OptionError
from cleanarticle.language import detect, words
from cleanarticle.options import DEFAULT_LIMITS, Limits, limit_note
from cleanarticle.readers import layout, tree
from cleanarticle.readers.blocks import read_blocks
from cleanarticle.readers.inputs import Opened, open_page
from cleanarticle.readers.lines import printable
from cleanarticle.readers.plaintext import read_text
from cleanarticle.readers.sniff import is_html
from cleanarticle.readers.structured import read_candidates
from cleanarticle.records import Block, Candidate, Document, Field

PageKind = Literal["auto", "html", "text"]

_DETECTION_BLOCKS = 400
_words_of = attrgetter("words")
MAX_NAME_CHARS = 500
_NAME = re.compile(r"https?://\S+|\S+\.(?:x?html?|txt|gz)", re.I)
MIN_WORDS = 50  # a page that shows fewer may give its text to machines only
DECLARED_BODY = "the page shows next to no text: the body is what it gives to machines"
NAME_NOTE = "the text looks like a path or an address: give a pathlib.Path, or fetch it first"


__all__ = ["Opened", "PageKind", "markup", "open_page", "read", "read_plain", "shortened"]


def read(
    opened: Opened,
    *,
    url: str | None = None,
    kind: PageKind = "auto",
    crawled_at: dt.datetime | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Document:
    """The blocks and candidates of an opened page, fetched at `crawled_at`, up to the limits.

    Raises:
        OptionError: `kind` is none of "auto", "html", "text", or `crawled_at` is no datetime.
    """
    if kind not in ("auto", "html", "text"):
        raise OptionError(f'kind is "auto", "html" or "text", got {kind!r}')
    if crawled_at is not None and not isinstance(crawled_at, dt.datetime):
        raise OptionError(f"crawled_at is a datetime.datetime, got {type(crawled_at).__name__}")
    document = _read(opened, printable(url or opened.url or "") or None, kind, limits)
    document = shortened(document, limits.blocks, "blocks")
    return document if crawled_at is None else replace(document, crawled_at=crawled_at)


def _read(opened: Opened, url: str | None, kind: PageKind, limits: Limits) -> Document:
    if opened.source is not None and not _is_markup(opened, kind):
        text = opened.text or ""
        notes = tuple(filter(None, (opened.note, _mistake(text))))
        return replace(read_plain(text, url=url), notes=notes)
    root, notes = _tree(opened, limits)
    notes = tuple(filter(None, (opened.note, *notes)))
    if root is None:
        return Document(blocks=(), url=url, notes=notes)
    blocks, containers = read_blocks(root)
    if tree.is_deep(containers, limits):
        root, notes = tree.flat(markup(opened), limits)
        blocks, containers = read_blocks(root)
    candidates, left_out = read_candidates(root, limits)
    notes += left_out
    if sum(block.words for block in blocks) < MIN_WORDS and (given := _declared_body(candidates)):
        return replace(
            read_plain(given, url=url), candidates=candidates, notes=(*notes, DECLARED_BODY)
        )
    declared = next((c.value for c in candidates if c.field is Field.LANGUAGE), None)
    return Document(
        blocks=blocks,
        containers=containers,
        candidates=candidates,
        language=detect.code(declared) or _language(blocks),
        url=url,
        notes=notes,
    )


def shortened(document: Document, blocks: int, limit: str) -> Document:
    """The first `blocks` blocks of a document, with a note that names the limit of their number."""
    count = len(document.blocks)
    if count <= blocks:
        return document
    note = limit_note(f"only the first {blocks} of {count} blocks were looked at", limit)
    return replace(document, blocks=document.blocks[:blocks], notes=(*document.notes, note))


def _declared_body(candidates: Sequence[Candidate]) -> str:
    """The text that the page gives to machines; empty where it is as short as what it shows."""
    found = (c.value for c in candidates if c.field is Field.BODY)
    return next((text for text in found if words.count(text) >= MIN_WORDS), "")


def markup(opened: Opened) -> str:
    """The markup of an opened page as text, whatever it was handed over as."""
    text = opened.text
    if text is not None:
        return text
    return str(opened.soup) if opened.soup is not None else tree.to_text(opened.tree)


def read_plain(text: str, *, url: str | None = None) -> Document:
    """The blocks of raw page text."""
    blocks = read_text(text)
    returns = layout.returns(text)
    return Document(blocks=blocks, language=_language(blocks), url=url, returns=returns)


def _mistake(text: str) -> str:
    """A note where the text seems to be the name of a page rather than a page."""
    return NAME_NOTE if len(text) < MAX_NAME_CHARS and _NAME.fullmatch(text.strip()) else ""


def _is_markup(opened: Opened, kind: PageKind) -> bool:
    if kind == "auto":
        plain = opened.content_type.lower().startswith("text/plain")
        return not plain and is_html(opened.source or "")
    return kind == "html"


def _tree(opened: Opened, limits: Limits) -> tuple[Any, tuple[str, ...]]:
    if opened.source is not None:
        return tree.parse(opened.source, limits)
    if opened.soup is not None:
        return tree.from_soup(opened.soup, limits)
    return tree.from_lxml(opened.tree, limits)


def _language(blocks: tuple[Block, ...]) -> str | None:
    longest = sorted(blocks, key=_words_of, reverse=True)[:_DETECTION_BLOCKS]
    return detect.detect(*[block.text for block in longest])
