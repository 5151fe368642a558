"""What others have found: metadata, votes of the strippers, a second extractor."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from cleanarticle.classifier import overlap as words
from cleanarticle.classifier import sums
from cleanarticle.classifier.columns import KINDS, Columns, Floats
from cleanarticle.classifier.features.row import Group, Values, before, group, share
from cleanarticle.records import Kind

MAX_STRENGTH = 0.999  # of a vote whose log-odds are taken
WIDTHS = (2, 8)


def overlap() -> Iterator[Group]:
    """Words shared with the metadata."""
    yield group(
        lambda c: c.overlap[words.IN_TITLE : words.OF_DESCRIPTION + 1],
        ("in_title", "share", "of its words stand in the title"),
        ("of_title", "share", "of the title's words stand in it"),
        ("in_description", "share", "of its words"),
        ("of_description", "share", "stand in it"),
    )
    yield group(
        _shown,
        ("is_title", "yes or no", "shows the title"),
        ("is_deck", "yes or no", "shows the deck"),
        ("has_author", "yes or no", "names an author"),
    )


def _shown(c: Columns) -> Floats:
    found = np.zeros((3, c.count), np.float32)
    for row, position in enumerate((c.metadata.title_block, c.metadata.deck_block)):
        if position is not None:
            found[row, position] = 1.0
    for name in c.metadata.authors:
        if name:
            found[2, [name in text for text in c.texts]] = 1.0
    return found


def votes() -> Iterator[Group]:
    """The votes of the strippers."""
    kinds = [kind for kind in KINDS if kind is not Kind.OTHER]
    yield group(
        lambda c: c.votes[0][: len(kinds)],  # the other kind is the last
        *((f"vote_{kind}", "0 to 1", f"how surely its stripper calls it {kind}") for kind in kinds),
    )
    yield group(
        _all_votes,
        ("votes", "votes", "all against it"),
        ("vote_sum", "log-odds", "of all votes against it"),
    )


def _all_votes(c: Columns) -> Sequence[Values]:
    _strongest, blocks, strengths = c.votes
    strengths = np.minimum(strengths, MAX_STRENGTH)
    odds = np.log(strengths / (1 - strengths))
    sums = np.bincount(blocks, weights=odds, minlength=c.count)
    return np.bincount(blocks, minlength=c.count), sums


def opinion() -> Iterator[Group]:
    """What a second extractor keeps."""
    yield group(
        _second,
        ("opinion", "share", "of it that the other extractor keeps"),
        ("opinion_2", "share", "the same within 2 blocks on both sides"),
        ("opinion_8", "share", "the same within 8 blocks"),
        ("opinion_parent", "share", "of its parent's words that the other keeps"),
        ("opinion_page", "share", "of the page's words that the other keeps"),
        ("opinion_before", "share", "of the other's words that stand before it"),
    )


def _second(c: Columns) -> Sequence[Values | float]:
    opinion = np.array(c.opinion, np.float32)
    kept = opinion * c.words
    near: NDArray[np.float64] = sums.means_around(np.array((kept, c.words)), WIDTHS)
    inside = c.sums_inside((kept,))[0] / np.maximum(c.words_inside, 1)
    return (
        opinion,
        *(near[:, 0] / np.maximum(near[:, 1], 1)),
        inside[c.ancestors[1]],
        share(kept, c.words),
        before(kept) / max(float(kept.sum()), 1.0),
    )
