"""What others have found: metadata, votes of the strippers, a second extractor."""

import math
from collections.abc import Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray

from cleanarticle.classifier.columns import Columns, Floats
from cleanarticle.classifier.features.row import Row, before, flags, share, share_around
from cleanarticle.records import Kind


def overlap() -> Iterator[Row]:
    """Words shared with the metadata."""
    yield "in_title", "share", "of its words stand in the title", partial(_shared, of="title")
    yield "of_title", "share", "of the title's words stand in it", partial(_covered, of="title")
    yield "in_description", "share", "of its words", partial(_shared, of="description")
    yield "of_description", "share", "stand in it", partial(_covered, of="description")
    yield "is_title", "yes or no", "shows the title", lambda c: _is_block(c, c.metadata.title_block)
    yield "is_deck", "yes or no", "shows the deck", lambda c: _is_block(c, c.metadata.deck_block)
    yield "has_author", "yes or no", "names an author", _has_author


def _shared(c: Columns, of: str) -> Floats:
    return c.shared[of][0]


def _covered(c: Columns, of: str) -> Floats:
    return c.shared[of][1]


def _is_block(c: Columns, position: int | None) -> NDArray[np.floating]:
    shown = np.zeros(c.count)
    if position is not None:
        shown[position] = 1.0
    return shown


def _has_author(c: Columns) -> NDArray[np.floating]:
    authors = [name for name in c.metadata.authors if name]
    return flags(any(name in b.text for name in authors) for b in c.blocks)


def votes() -> Iterator[Row]:
    """The votes of the strippers."""
    for kind in Kind:
        if kind is not Kind.OTHER:
            meaning = f"how surely its stripper calls it {kind}"
            yield f"vote_{kind}", "0 to 1", meaning, partial(_vote, kind=kind)
    yield "votes", "votes", "all against it", _vote_count
    yield "vote_sum", "log-odds", "of all votes against it", _vote_sum


def _vote(c: Columns, kind: Kind) -> NDArray[np.floating]:
    return c.votes[kind]


def _vote_count(c: Columns) -> NDArray[np.floating]:
    return np.bincount([r.block for r in c.removals], minlength=c.count).astype(np.float64)


def _vote_sum(c: Columns) -> NDArray[np.floating]:
    sums = np.zeros(c.count)
    for removal in c.removals:
        strength = min(removal.strength, 0.999)
        sums[removal.block] += math.log(strength / (1 - strength))
    return sums


def opinion() -> Iterator[Row]:
    """What a second extractor keeps."""
    yield "opinion", "share", "of it that the other extractor keeps", _second
    yield "opinion_2", "share", "the same within 2 blocks on both sides", partial(_seconds, width=2)
    yield "opinion_8", "share", "the same within 8 blocks", partial(_seconds, width=8)
    yield "opinion_parent", "share", "of its parent's words that the other keeps", _second_inside
    yield "opinion_page", "share", "of the page's words that the other keeps", _second_of_page
    yield "opinion_before", "share", "of the other's words that stand before it", _second_before


def _second(c: Columns) -> Floats:
    return np.array(c.opinion, np.float32)


def _seconds(c: Columns, width: int) -> NDArray[np.floating]:
    return share_around(_second(c) * c.words, c.words, width)


def _second_inside(c: Columns) -> NDArray[np.floating]:
    parents = c.ancestors[1]
    return (c.inside(_second(c) * c.words) / np.maximum(c.words_inside, 1))[parents]


def _second_of_page(c: Columns) -> NDArray[np.floating]:
    return np.full(c.count, share(_second(c) * c.words, c.words))


def _second_before(c: Columns) -> NDArray[np.floating]:
    kept = _second(c) * c.words
    return before(kept) / max(float(kept.sum()), 1.0)
