"""One pass over a document's blocks and containers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cleanarticle.clues import front_matter, phrases, rawness
from cleanarticle.clues.phrases import Hit, How
from cleanarticle.language.words import tokens
from cleanarticle.records import Block, Document, Kind

TOKEN_CHARS = 1000  # of a block whose words are looked at one by one
PROSE_WORDS = 15  # a block of at least so many words, few of them links, is prose
PROSE_LINK_DENSITY = 0.4
# A name around more than this share of the page's prose names the page, not a box in it.
MAX_MARKED_SHARE = 0.5
# Readers may write more than the author, and lawyers more than both.
MAX_SHARES = {Kind.COMMENTS: 0.9, Kind.COOKIE: 0.95}
_NEVER_MARKED = frozenset(("html", "body", "article", "main"))


@dataclass(frozen=True, slots=True)
class Clues:
    """What was found, by block and by container. Positions are those of the Document."""

    tokens: tuple[tuple[str, ...], ...]  # by block: words of its first `TOKEN_CHARS` characters
    hits: tuple[tuple[Hit, ...], ...]  # by block
    marks: tuple[Mapping[Kind, str], ...]  # by container: kind → name, its own and those around it
    words: tuple[int, ...]  # by container: words inside
    prose: tuple[int, ...]  # by container: words of prose inside, hidden ones left out
    all_prose: tuple[int, ...]  # by container: words of prose inside, hidden or not
    links: tuple[int, ...]  # by container: link characters inside
    chars: tuple[int, ...]  # by container: characters inside
    signs: Mapping[int, Kind]  # of raw text: blocks that are boilerplate by their own words
    front_matter: int  # blocks of the head of raw text that hold its data
    raw: bool  # a page; False for cleaned text and for fragments of markup

    def hit(self, block: Block, kind: Kind, *hows: How) -> Hit | None:
        """The first phrase of a kind in the block, standing in one of the ways given or in any."""
        for found in self.hits[block.index]:
            if found.kind is kind and (not hows or found.how in hows):
                return found
        return None

    def mark(self, block: Block, kind: Kind) -> str | None:
        """The class or id name of a kind on an element around the block."""
        return self.marks[block.markup.container].get(kind) if block.markup else None


def is_prose(block: Block) -> bool:
    """Whether a block is running text by its length and links alone."""
    return block.words >= PROSE_WORDS and block.link_density < PROSE_LINK_DENSITY


def gather(document: Document) -> Clues:
    """The clues of a document. Cost grows linearly with its size."""
    blocks = document.blocks
    known = tuple(tokens(b.text[:TOKEN_CHARS]) for b in blocks)
    hits = tuple(_hits(block, own) for block, own in zip(blocks, known, strict=True))
    signs = {} if document.containers else rawness.signs(document, hits)
    words = _totals(document, [(b, b.words) for b in blocks])
    prose = _totals(document, [(b, b.words if _counts(document, b) else 0) for b in blocks])
    return Clues(
        tokens=known,
        hits=hits,
        marks=tuple(_marks(document, prose)),
        words=words,
        prose=prose,
        all_prose=_totals(document, [(b, b.words if is_prose(b) else 0) for b in blocks]),
        links=_totals(document, [(b, b.markup.link_chars if b.markup else 0) for b in blocks]),
        chars=_totals(document, [(b, len(b.text)) for b in blocks]),
        signs=signs,
        front_matter=0 if document.containers else front_matter.size(blocks),
        raw=not rawness.is_fragment(document, hits)
        if document.containers
        else rawness.is_raw(blocks, signs),
    )


def _hits(block: Block, own: Sequence[str]) -> tuple[Hit, ...]:
    """The phrases in a block; `own` are the words of its beginning."""
    if block.words > phrases.MAX_WORDS:
        return ()
    return tuple(phrases.find(own if len(block.text) <= TOKEN_CHARS else tokens(block.text)))


def _counts(document: Document, block: Block) -> bool:
    return is_prose(block) and not document.is_hidden(block)


def _totals(document: Document, values: Sequence[tuple[Block, int]]) -> tuple[int, ...]:
    """Sums over everything inside each container."""
    sums = [0] * len(document.containers)
    for block, value in values:
        if block.markup is not None:
            sums[block.markup.container] += value
    for position in range(len(sums) - 1, 0, -1):  # a parent stands before its children
        sums[document.containers[position].parent] += sums[position]
    return tuple(sums)


def _marks(document: Document, prose: Sequence[int]) -> Iterator[Mapping[Kind, str]]:
    headline = next((b for b in document.blocks if b.level == 1 and b.markup), None)
    # The elements around it hold the article, however they are named.
    headed = {position for position, _c in document.around(headline)} if headline else set()
    known: list[Mapping[Kind, str]] = []
    for position, container in enumerate(document.containers):
        above: Mapping[Kind, str] = known[container.parent] if position else {}
        share = prose[position] / max(prose[0], 1)
        named: dict[Kind, str] = {}
        may_be = container.tag not in _NEVER_MARKED and position not in headed
        if container.names and may_be:
            found = phrases.names_in(container.names)
            named = {k: n for k, n in found if share <= MAX_SHARES.get(k, MAX_MARKED_SHARE)}
        known.append({**above, **named} if named else above)
        yield known[-1]
