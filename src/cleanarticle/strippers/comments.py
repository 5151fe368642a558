"""Reader comments and forms to leave one."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate

from cleanarticle.clues import Clues, Hit, How, phrases
from cleanarticle.clues.gather import is_prose
from cleanarticle.language.words import tokens
from cleanarticle.records import Block, Document, Kind, Metadata, Removal
from cleanarticle.strippers import _evidence
from cleanarticle.strippers._evidence import removal

TAIL = _evidence.WHOLE
# What stands below the comments but belongs to the page and says so itself.
_OF_THE_PAGE = frozenset((Kind.COOKIE, Kind.LEGAL, Kind.NEWSLETTER, Kind.ADVERTISEMENT))
MIN_REPLIES, REPLY_WORDS, ABOVE_REPLY, COMMENT = 2, 3, 2, 0.9
MAX_TAIL_BLOCKS = 400
MIN_SHARE_ABOVE = 0.5  # of the page's prose stands above a heading that opens the tail
MIN_PROSE_ABOVE = 60  # words


def find(document: Document, clues: Clues, metadata: Metadata) -> Iterator[Removal]:
    """Blocks that are comments of readers, or ask for one."""
    del metadata
    yield from _evidence.usual(document, clues, Kind.COMMENTS)
    yield from _tail(document, clues)
    yield from _above_replies(document, clues)


def _above_replies(document: Document, clues: Clues) -> Iterator[Removal]:
    """What stands right above a "Reply", where several do: the comments of a thread."""
    words, beginnings = _reply_words()
    replies = [
        block.index
        for block, own in zip(document.blocks, clues.tokens, strict=True)
        if own and own[0] in beginnings and block.words <= REPLY_WORDS
        if clues.all_tokens(block) in words
    ]
    if len(replies) < MIN_REPLIES:
        return
    for reply in replies:
        for block in document.blocks[max(reply - ABOVE_REPLY, 0) : reply]:
            yield removal(block.index, Kind.COMMENTS, "stands right above a reply button", COMMENT)


@cache
def _reply_words() -> tuple[frozenset[tuple[str, ...]], frozenset[str]]:
    """What a button to reply says, and the first word of each."""
    said = frozenset(tokens(word) for word in phrases.labels(Kind.COMMENTS, "reply_words"))
    return said, frozenset(words[0] for words in said)


def _tail(document: Document, clues: Clues) -> Iterator[Removal]:
    """Everything below a heading that opens the comments behind the article."""
    openings = list(_openings(clues))
    if not openings:
        return
    above = [0, *accumulate(b.words if is_prose(b) else 0 for b in document.blocks)]
    needed = max(MIN_PROSE_ABOVE, MIN_SHARE_ABOVE * above[-1])
    opening = next((b for b in openings if above[b.index] >= needed), None)
    if opening is None:
        return
    because = f"stands below {opening.text[:60]!r}"
    body = _holder_of_most(document, document.blocks[: opening.index])
    for block in document.blocks[opening.index + 1 : opening.index + 1 + MAX_TAIL_BLOCKS]:
        if body is not None and document.parent(block) == body:
            continue  # the article goes on below a box that asks for comments
        if not any(hit.kind in _OF_THE_PAGE for hit in clues.hits[block.index]):
            yield removal(block.index, Kind.COMMENTS, because, TAIL)


def _holder_of_most(document: Document, blocks: Sequence[Block]) -> int | None:
    """The element that holds most of the prose among blocks, paragraph by paragraph."""
    words = Counter[int]()
    for block in blocks:
        holder = document.parent(block)
        if holder is not None and is_prose(block):
            words[holder] += block.words
    return words.most_common(1)[0][0] if words else None


def _openings(clues: Clues) -> Iterator[Block]:
    for block, hit in clues.said.get(Kind.COMMENTS, ()):
        if hit.how is How.OPENS or _counts_comments(hit):
            yield block


def _counts_comments(hit: Hit) -> bool:
    """Whether a heading counts comments in front of the title: "3 thoughts on ..."."""
    return hit.how is How.STARTS and hit.phrase.startswith("#")
