"""How prose flows on a page whose tags are gone: where it is dense, and what it speaks of.

Without a tree, the region that holds the text is told by the lines themselves: stretches of prose
between which few other lines stand.
"""

from collections import Counter
from collections.abc import Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray

from cleanarticle.classifier.columns import Columns, Floats, Ints
from cleanarticle.classifier.features.place import beside_block
from cleanarticle.classifier.features.row import (
    ENDS,
    Row,
    before,
    ends,
    mean_around,
    share_around,
    signed_log,
)
from cleanarticle.classifier.signs import UPPER

NEAR_LINES = (3, 8)  # lines without prose that part two stretches of it
FAR_LINES = 200
MAX_PLACE = 1000  # characters


def flow() -> Iterator[Row]:
    """The stretch of prose that a line stands in, and what stands around it."""
    yield "gap", "log characters", "between the block above and it", _gap
    yield "joined", "yes or no", "goes on in the line of the block above", _goes_on
    words = partial(beside_block, of="words")
    for offset in (-4, -3, 3, 4):
        where = f"{abs(offset)} {'behind' if offset > 0 else 'before'}"
        name = f"{'next' if offset > 0 else 'last'}{abs(offset)}_words"
        yield name, "log words", f"of the block {where}", partial(words, offset=offset)
    for width in (1, 3, 10, 30):
        around = f"mean within {width} blocks on both sides"
        yield f"words_{width}", "log words", around, partial(_mean_words, width=width)
    for width in (3, 10):
        around = f"within {width} blocks on both sides"
        yield f"sentences_{width}", "share", f"words in sentences {around}", partial(_said, w=width)
        yield f"stop_words_{width}", "share", f"mean {around}", partial(_stop_words, width=width)
        yield (
            f"capitals_{width}",
            "share",
            f"of the words {around}",
            partial(_capitals, width=width),
        )
    yield "last_prose", "log blocks", "since the last prose", partial(_to_prose, ahead=False)
    yield "next_prose", "log blocks", "to the next prose", partial(_to_prose, ahead=True)
    for lines in NEAR_LINES:
        what = f"stretch of prose with gaps of at most {lines} lines"
        stretch = partial(_stretch, lines=lines)
        yield f"stretch_{lines}_words", "log words", f"prose of its {what}", partial(stretch, of=0)
        yield (
            f"stretch_{lines}_share",
            "share",
            f"of the page's prose in its {what}",
            partial(stretch, of=1),
        )
        yield (
            f"stretch_{lines}_best",
            "log blocks, signed",
            f"behind the longest {what}",
            partial(stretch, of=2),
        )
        yield (
            f"stretch_{lines}_before",
            "share",
            f"of the prose of its {what} before it",
            partial(stretch, of=3),
        )
    yield "known_words", "share", "of its telling words that other prose says", _known
    yield "rare_words", "share", "of its telling words that no other block says", _rare


def _gap(c: Columns) -> NDArray[np.floating]:
    places = np.array([b.place or (0, 0) for b in c.blocks], np.float64)
    gaps = np.concatenate(([0.0], places[1:, 0] - places[:-1, 1]))
    return np.asarray(np.log1p(np.clip(gaps, 0, MAX_PLACE)))


def _goes_on(c: Columns) -> Floats:
    return np.array([b.goes_on for b in c.blocks], np.float32)


def _mean_words(c: Columns, width: int) -> NDArray[np.floating]:
    return np.asarray(np.log1p(np.maximum(mean_around(np.minimum(c.words, 100), width), 0)))


def _said(c: Columns, w: int) -> NDArray[np.floating]:
    return share_around(c.words * ends(c, ENDS), c.words, w)


def _stop_words(c: Columns, width: int) -> NDArray[np.floating]:
    return share_around(c.words * c.stop_words, c.words, width)


def _capitals(c: Columns, width: int) -> NDArray[np.floating]:
    return share_around(c.signs[-UPPER], c.words, width)


def _to_prose(c: Columns, *, ahead: bool) -> NDArray[np.floating]:
    own = np.arange(c.count)
    places = np.flatnonzero(c.prose)
    if not len(places):
        return np.full(c.count, np.log1p(FAR_LINES))
    if ahead:
        at = np.searchsorted(places, own + 1)
        found = np.where(at < len(places), places[np.minimum(at, len(places) - 1)] - own, FAR_LINES)
    else:
        at = np.searchsorted(places, own) - 1
        found = np.where(at >= 0, own - places[np.maximum(at, 0)], FAR_LINES)
    return np.asarray(np.log1p(np.minimum(found, FAR_LINES)))


def _stretches(c: Columns, lines: int) -> Ints:
    """The number of the stretch of prose that each block stands in or behind."""
    places = np.flatnonzero(c.prose)
    if not len(places):
        return np.zeros(c.count, np.int64)
    begins = np.zeros(c.count, np.int64)
    begins[places[1:][np.diff(places) > lines + 1]] = 1
    return np.cumsum(begins)


def _stretch(c: Columns, lines: int, of: int) -> NDArray[np.floating]:
    stretches = _stretches(c, lines)
    prose = np.bincount(stretches, weights=c.prose)
    if of == 0:
        return np.log1p(prose)[stretches]
    if of == 1:
        return np.asarray((prose / max(float(prose.sum()), 1.0))[stretches])
    if of == 2:
        best = np.flatnonzero((stretches == int(prose.argmax())) & (c.prose > 0))
        own = np.arange(c.count)
        first, last = (best[0], best[-1]) if len(best) else (0, c.count)
        return signed_log(np.where(own < first, own - first, np.maximum(own - last, 0)))
    ahead = before(c.prose)
    firsts = np.searchsorted(stretches, np.arange(len(prose)))
    return (ahead - ahead[firsts][stretches]) / np.maximum(prose[stretches], 1)


def _known(c: Columns) -> NDArray[np.floating]:
    told = c.telling
    prose = c.prose > 0
    said = Counter(w for own, is_prose in zip(told, prose, strict=True) if is_prose for w in own)
    return np.array(
        [
            sum(said[w] > is_prose for w in own) / max(len(own), 1)
            for own, is_prose in zip(told, prose.tolist(), strict=True)
        ]
    )


def _rare(c: Columns) -> NDArray[np.floating]:
    told = c.telling
    said = Counter(w for own in told for w in own)
    return np.array([sum(said[w] == 1 for w in own) / max(len(own), 1) for own in told])
