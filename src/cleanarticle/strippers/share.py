"""Share and follow widgets."""

from collections.abc import Iterator

from cleanarticle.clues import Clues, How
from cleanarticle.records import Block, Document, Kind, Metadata, Removal
from cleanarticle.strippers import _evidence
from cleanarticle.strippers._evidence import removal

MAX_BLOCKS = 6
NETWORKS = frozenset(
    (
        "facebook twitter x whatsapp telegram linkedin pinterest reddit instagram youtube "
        "tiktok threads bluesky mastodon xing vk viber line email mail tumblr flipboard pocket "
        "messenger rss"
    ).split()
)
_AMBIGUOUS = frozenset(("x", "line"))  # alone they may stand in a formula or a table
NAMES = 0.97


def find(document: Document, clues: Clues, metadata: Metadata) -> Iterator[Removal]:
    """Blocks that ask the reader to share, follow, print or copy."""
    del metadata
    yield from _evidence.usual(document, clues, Kind.SHARE)
    for block, _hit in _evidence.said(clues, Kind.SHARE, How.OPENS):
        for below in document.blocks[block.index + 1 : block.index + 1 + MAX_BLOCKS]:
            if not _names_networks(below, clues):
                break
            yield removal(below.index, Kind.SHARE, "is a network below a call to share", NAMES)
    for block, words in zip(document.blocks, clues.tokens, strict=True):
        if words and words[0] in NETWORKS and _names_networks(block, clues):
            yield removal(block.index, Kind.SHARE, "names nothing but social networks", NAMES)


def _names_networks(block: Block, clues: Clues) -> bool:
    if block.words > 2 * MAX_BLOCKS:
        return False
    found = clues.all_tokens(block)
    is_network = bool(found) and found[0] in NETWORKS
    return is_network and NETWORKS.issuperset(found) and not _AMBIGUOUS.issuperset(found)
