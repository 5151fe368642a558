"""The elements around a block."""

from collections.abc import Iterator, Sequence

import numpy as np

from cleanarticle.accelerator import accelerated
from cleanarticle.classifier import sums
from cleanarticle.classifier.columns import Columns, Floats
from cleanarticle.classifier.features.row import Group, Values, before, filled, group, signed_log
from cleanarticle.classifier.names import group_names

LEVELS = range(1, 6)  # steps out
SHARES = (0.5, 0.8, 0.95)  # of the page's prose


def ancestors() -> Iterator[Group]:
    """The elements one to five steps out."""
    yield group(
        lambda c: c.elements.depths[c.at][None],
        ("depth", "elements", "around it"),
    )
    yield group(_around, *_around_rows())
    yield group(
        _in_parent,
        ("own_share", "share", "of its parent's words are its own"),
        ("siblings_prose", "log words", "prose directly in its parent"),
    )


def _around_rows() -> Iterator[tuple[str, str, str]]:
    for level in LEVELS:
        where = f"of the element {level} out"
        yield f"up{level}_words", "log words", where
        yield f"up{level}_share", "share", f"of the page's prose {where}"
        yield f"up{level}_prose", "share", f"prose among the words {where}"
        yield f"up{level}_links", "share", f"characters in links {where}"
        yield f"up{level}_blocks", "log blocks", where


def _around(c: Columns) -> Iterator[Values]:
    for level in LEVELS:
        yield from c.about.take(c.ancestors[level], axis=1)


def _in_parent(c: Columns) -> Sequence[Values]:
    parents = c.ancestors[1]
    prose = np.bincount(parents, weights=c.prose)
    return c.words / np.maximum(c.words_inside[parents], 1), np.log1p(prose)[parents]


def candidate() -> Iterator[Group]:
    """The element that holds most of the text."""
    yield group(
        lambda c: around_candidate(c, SHARES),
        ("in_candidate", "yes or no", "in the element of most paragraphs"),
        ("candidate_steps", "elements", "out to one that holds the candidate"),
        ("candidate_behind", "log blocks, signed", "behind the candidate"),
        ("candidate_share", "share", "of the page's prose in the candidate"),
        *(
            (f"in_{share:.0%}"[:-1], "yes or no", f"in the smallest element with {share:.0%}")
            for share in SHARES
        ),
        ("half_before", "share", "of the words in that of 50 % stand before it"),
        ("half_after", "log blocks", "to the end of that element"),
        ("parent_before", "share", "of its parent's own words stand before it"),
        ("below_half", "elements", "deeper than the element with half the prose"),
    )


@accelerated("features")
def around_candidate(c: Columns, shares: Sequence[float]) -> Floats:
    """The rows of `candidate`; `shares` are those of the page's prose."""
    smallest = [c.within(c.smallest_with(share)) for share in shares]
    return filled((*_candidate(c), *smallest, *_half(c)), c.count)


def _candidate(c: Columns) -> Sequence[Values | float]:
    is_inside = c.within(c.candidate)
    holds = c.elements.ends > c.candidate
    holds[c.candidate + 1 :] = False
    share = float(c.prose_inside[c.candidate]) / c.all_prose
    return is_inside, c.steps_to(holds), _behind(is_inside), share


def _behind(is_inside: Values) -> Values | float:
    """Signed log of the blocks that a block stands behind some others, or before them."""
    places = np.flatnonzero(is_inside)
    if not len(places):
        return 0.0
    own = np.arange(len(is_inside))
    return signed_log(np.minimum(own - places[0], 0) + np.maximum(own - places[-1], 0))


def _half(c: Columns) -> Sequence[Values]:
    half = c.smallest_with(SHARES[0])
    inside = c.within(half)
    words = c.words * inside
    places = np.flatnonzero(inside)
    last = places[-1] if len(places) else 0
    after = np.log1p(np.maximum(last - np.arange(c.count), 0))
    deeper = c.elements.depths[c.at] - c.elements.depths[half]
    return (
        np.where(inside, before(words) / max(float(words.sum()), 1.0), -1),
        np.where(inside, after, -1),
        sums.before_in(c.ancestors[1], c.words),
        np.where(inside, deeper, -1),
    )


def names() -> Iterator[Group]:
    """Steps out to elements of telling tags and names."""
    yield group(lambda c: c.steps(), *map(_near_row, group_names()))


def _near_row(name: str) -> tuple[str, str, str]:
    sort = name.removeprefix("tag_")
    what = "tag or role" if name.startswith("tag_") else "class or id"
    return f"near_{name}", "steps", f"out to a {what} of the sort {sort}"
