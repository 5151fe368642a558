"""The elements around a block."""

from collections.abc import Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray

from cleanarticle.classifier.columns import Columns
from cleanarticle.classifier.features.row import Row, before, signed_log, steps_to
from cleanarticle.classifier.names import group_names


def ancestors() -> Iterator[Row]:
    """The elements one to five steps out."""
    yield "depth", "elements", "around it", lambda c: c.depths[c.at]
    for level in range(1, 6):
        where = f"of the element {level} out"
        at = partial(_at_level, level=level)
        yield f"up{level}_words", "log words", where, partial(at, of="words")
        yield f"up{level}_share", "share", f"of the page's prose {where}", partial(at, of="share")
        yield f"up{level}_prose", "share", f"prose among the words {where}", partial(at, of="prose")
        yield f"up{level}_links", "share", f"characters in links {where}", partial(at, of="links")
        yield f"up{level}_blocks", "log blocks", where, partial(at, of="blocks")
    yield "own_share", "share", "of its parent's words are its own", _own_share
    yield "siblings_prose", "log words", "prose directly in its parent", _direct_prose


def _at_level(c: Columns, level: int, of: str) -> NDArray[np.floating]:
    where = c.ancestors[level]
    if of == "words":
        return np.log1p(c.words_inside[where])
    if of == "share":
        return c.prose_inside[where] / max(float(c.prose_inside[0]), 1.0)
    if of == "prose":
        return c.prose_inside[where] / np.maximum(c.words_inside[where], 1)
    if of == "links":
        return c.links_inside[where]
    return np.log1p(c.blocks_inside[where])


def _own_share(c: Columns) -> NDArray[np.floating]:
    return c.words / np.maximum(c.words_inside[c.ancestors[1]], 1)


def _direct_prose(c: Columns) -> NDArray[np.floating]:
    parents = c.ancestors[1]
    return np.log1p(np.bincount(parents, weights=c.prose)[parents])


def candidate() -> Iterator[Row]:
    """The element that holds most of the text."""
    yield "in_candidate", "yes or no", "in the element of most paragraphs", _in_candidate
    yield "candidate_steps", "elements", "out to one that holds the candidate", _candidate_steps
    yield "candidate_behind", "log blocks, signed", "behind the candidate", _candidate_behind
    yield "candidate_share", "share", "of the page's prose in the candidate", _candidate_share
    for share in (0.5, 0.8, 0.95):
        name = f"in_{share:.0%}".rstrip("%")
        meaning = f"in the smallest element with {share:.0%} of the prose"
        yield name, "yes or no", meaning, partial(_in_smallest, share=share)
    yield "half_before", "share", "of the words in that of 50 % stand before it", _half_before
    yield "half_after", "log blocks", "to the end of that element", _half_after
    yield "parent_before", "share", "of its parent's own words stand before it", _parent_before
    yield "below_half", "elements", "deeper than the element with half the prose", _below_half


def _within(c: Columns, container: int) -> NDArray[np.bool_]:
    return np.asarray((c.at >= container) & (c.at < c.ends[container]))


def _in_candidate(c: Columns) -> NDArray[np.floating]:
    return _within(c, c.candidate).astype(np.float32)


def _candidate_steps(c: Columns) -> NDArray[np.floating]:
    holds = (np.arange(len(c.parents)) <= c.candidate) & (c.candidate < c.ends)
    return steps_to(c, holds)


def _half(c: Columns) -> NDArray[np.bool_]:
    return _within(c, c.smallest_with(0.5))


def _half_before(c: Columns) -> NDArray[np.floating]:
    inside = _half(c)
    words = np.where(inside, c.words, 0)
    return np.where(inside, before(words) / max(float(words.sum()), 1.0), -1)


def _half_after(c: Columns) -> NDArray[np.floating]:
    inside = _half(c)
    last = np.flatnonzero(inside)[-1] if inside.any() else 0
    return np.where(inside, np.log1p(np.maximum(last - np.arange(c.count), 0)), -1)


def _parent_before(c: Columns) -> NDArray[np.floating]:
    """Running sum of words inside each parent, by a stable sort on the parents."""
    parents = c.ancestors[1]
    order = np.argsort(parents, kind="stable")
    running = before(c.words[order])
    first = np.searchsorted(parents[order], parents[order])
    own = np.empty(c.count)
    own[order] = running - running[first]
    return own / np.maximum(np.bincount(parents, weights=c.words)[parents], 1)


def _candidate_behind(c: Columns) -> NDArray[np.floating]:
    places = np.flatnonzero(_within(c, c.candidate))
    if not len(places):
        return np.zeros(c.count)
    own = np.arange(c.count)
    first, last = places[0], places[-1]
    return signed_log(np.where(own < first, own - first, np.maximum(own - last, 0)))


def _candidate_share(c: Columns) -> NDArray[np.floating]:
    share = c.prose_inside[c.candidate] / max(float(c.prose_inside[0]), 1.0)
    return np.full(c.count, share)


def _in_smallest(c: Columns, share: float) -> NDArray[np.floating]:
    return _within(c, c.smallest_with(share)).astype(np.float32)


def _below_half(c: Columns) -> NDArray[np.floating]:
    half = c.smallest_with(0.5)
    return np.where(_within(c, half), c.depths[c.at] - c.depths[half], -1)


def names() -> Iterator[Row]:
    """Steps out to elements of telling tags and names."""
    for name in group_names():
        sort = name.removeprefix("tag_")
        what = "tag or role" if name.startswith("tag_") else "class or id"
        yield (
            f"near_{name}",
            "steps",
            f"out to a {what} of the sort {sort}",
            partial(_near, of=name),
        )


def _near(c: Columns, of: str) -> NDArray[np.floating]:
    return c.steps[of]
