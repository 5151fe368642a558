"""How prose flows on a page whose tags are gone: where it is dense, and what it speaks of.

Without a tree, the region that holds the text is told by the lines themselves: stretches of prose
between which few other lines stand.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from cleanarticle.accelerator import accelerated
from cleanarticle.classifier import counts, overlap, sums
from cleanarticle.classifier.columns import Columns, Floats, Ints
from cleanarticle.classifier.features.place import shifted
from cleanarticle.classifier.features.row import (
    Group,
    Values,
    before,
    filled,
    group,
    signed_log,
)

BESIDE = (-4, -3, 3, 4)
WIDTHS = (1, 3, 10, 30)  # blocks
FIRST_WIDE, LAST_WIDE = 1, 2  # places of those in which more than words is looked at
MAX_WORDS = 100  # of a neighbour that count
NEAR_LINES = (3, 8)  # lines without prose that part two stretches of it
FAR_LINES = 200
MAX_PLACE = 1000  # characters


def flow() -> Iterator[Group]:
    """The stretch of prose that a line stands in, and what stands around it."""
    yield group(
        _flow,
        ("gap", "log characters", "between the block above and it"),
        ("joined", "yes or no", "goes on in the line of the block above"),
        *map(_beside_row, BESIDE),
        *_around_rows(),
        ("last_prose", "log blocks", "since the last prose"),
        ("next_prose", "log blocks", "to the next prose"),
        *_stretch_rows(),
    )
    yield group(
        lambda c: c.telling,
        ("known_words", "share", "of its telling words that other prose says"),
        ("rare_words", "share", "of its telling words that no other block says"),
    )


def _flow(c: Columns) -> Floats:
    return of_flow(
        c,
        c.overlap[overlap.STOP_WORDS],
        c.signs[counts.CAPITALS],
        c.signs[counts.ENDS_SENTENCE],
        c.whole[counts.FIRST],
        c.whole[counts.BEHIND],
        c.numbers[counts.GOES_ON],
    )


@accelerated("features")
def of_flow(  # noqa: PLR0913, PLR0917 - each is a row of its own
    c: Columns,
    stop_words: Floats,
    capitals: Floats,
    sentences: Floats,
    first: Ints,
    behind: Ints,
    joined: Floats,
) -> Floats:
    """All rows of `flow` but for what its words tell.

    Args:
        c: the page.
        stop_words: share of function words.
        capitals: words that begin with a capital.
        sentences: 1 for blocks that end like a sentence.
        first: the first character of each block.
        behind: the one behind its last.
        joined: 1 for blocks that go on in the line of the one above.
    """
    rows = np.array(
        (
            np.minimum(c.words, MAX_WORDS),
            c.words,
            c.words * sentences,
            c.words * stop_words,
            capitals,
        )
    )
    stretches = (*_around(rows), *_to_prose(c), *_stretches(c))
    return filled((_gap(first, behind), joined, *_beside(c), *stretches), c.count)


def _gap(first: Ints, behind: Ints) -> NDArray[np.floating]:
    gaps = np.zeros(len(first))
    gaps[1:] = first[1:] - behind[:-1]
    return np.log1p(np.minimum(np.maximum(gaps, 0), MAX_PLACE))


def _beside_row(offset: int) -> tuple[str, str, str]:
    where = f"{abs(offset)} {'behind' if offset > 0 else 'before'}"
    name = f"{'next' if offset > 0 else 'last'}{abs(offset)}_words"
    return name, "log words", f"of the block {where}"


def _beside(c: Columns) -> Floats:
    words = np.log1p(c.words)
    found = np.full((len(BESIDE), c.count), -1, np.float32)
    for offset, shown in zip(BESIDE, found, strict=True):
        own, other = shifted(c.count, offset)
        shown[own] = words[other]
    return found


def _around_rows() -> Iterator[tuple[str, str, str]]:
    for width in WIDTHS:
        yield f"words_{width}", "log words", f"mean within {width} blocks on both sides"
    for width in WIDTHS[FIRST_WIDE : LAST_WIDE + 1]:
        around = f"within {width} blocks on both sides"
        yield f"sentences_{width}", "share", f"words in sentences {around}"
        yield f"stop_words_{width}", "share", f"mean {around}"
        yield f"capitals_{width}", "share", f"of the words {around}"


def _around(rows: Floats) -> Iterator[Values]:
    found = sums.means_around(rows, WIDTHS)
    yield from np.log1p(np.maximum(found[:, 0], 0))
    for _bounded, words, *parts in found[FIRST_WIDE : LAST_WIDE + 1]:
        whole = np.maximum(words, 1)
        yield from (part / whole for part in parts)


def _to_prose(c: Columns) -> NDArray[np.floating]:
    own, is_prose = np.arange(c.count), c.prose > 0
    last = np.maximum.accumulate(np.where(is_prose, own, -FAR_LINES))
    ahead = np.where(is_prose, own, c.count + FAR_LINES)
    following = np.minimum.accumulate(ahead[::-1])[::-1]
    found = np.full((2, c.count), FAR_LINES)
    found[0, 1:] = own[1:] - last[:-1]
    found[1, :-1] = following[1:] - own[:-1]
    return np.asarray(np.log1p(np.minimum(found, FAR_LINES)))


def _stretch_rows() -> Iterator[tuple[str, str, str]]:
    for lines in NEAR_LINES:
        what = f"stretch of prose with gaps of at most {lines} lines"
        yield f"stretch_{lines}_words", "log words", f"prose of its {what}"
        yield f"stretch_{lines}_share", "share", f"of the page's prose in its {what}"
        yield f"stretch_{lines}_best", "log blocks, signed", f"behind the longest {what}"
        yield f"stretch_{lines}_before", "share", f"of the prose of its {what} before it"


def _stretches(c: Columns) -> Iterator[Values]:
    places, ahead = np.flatnonzero(c.prose), before(c.prose)
    for lines in NEAR_LINES:
        begins = np.zeros(c.count, np.int64)
        begins[places[1:][np.diff(places) > lines + 1]] = 1
        yield from _of_stretch(c, np.cumsum(begins), ahead)


def _of_stretch(c: Columns, own: Ints, ahead: NDArray[np.float64]) -> Sequence[Values]:
    """`own` is the number of the stretch of prose that each block stands in or behind."""
    prose = np.bincount(own, weights=c.prose)
    best = np.flatnonzero((own == int(prose.argmax())) & (c.prose > 0))
    first, last = (best[0], best[-1]) if len(best) else (0, c.count)
    block = np.arange(c.count)
    firsts = np.searchsorted(own, np.arange(len(prose)))
    return (
        np.log1p(prose)[own],
        (prose / max(float(prose.sum()), 1.0))[own],
        signed_log(np.minimum(block - first, 0) + np.maximum(block - last, 0)),
        (ahead - ahead[firsts][own]) / np.maximum(prose, 1)[own],
    )
