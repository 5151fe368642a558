"""Where on the page a block stands, and beside what."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from cleanarticle.accelerator import accelerated
from cleanarticle.classifier import counts, sums
from cleanarticle.classifier.columns import FAR, Columns, Floats, Ints
from cleanarticle.classifier.features.row import (
    Group,
    Values,
    before,
    filled,
    group,
    signed_log,
)
from cleanarticle.classifier.names import group_names
from cleanarticle.clues import How
from cleanarticle.records import Kind, Role

FAR_BLOCKS = 60  # a heading further off than so many blocks says nothing
FAR_PROSE = 10_000  # blocks: none in this direction
NOWHERE = 9.0  # in place of a log: what is asked for is not on the page
MAX_PROSE = 100  # words of a neighbour that count
BESIDE = (-2, -1, 1, 2)
WIDTHS = (2, 5, 12)
_LOGS = np.log1p(np.arange(FAR_BLOCKS + 1))
OPENED = (Kind.COMMENTS, Kind.RELATED, Kind.TEASER, Kind.NEWSLETTER, Kind.AUTHOR_BIO)


def position() -> Iterator[Group]:
    """Where on the page the block stands."""
    yield group(
        lambda c: in_order(c, NOWHERE),
        ("position", "share", "of the page's blocks stand before it"),
        ("words_before", "share", "of the page's words stand before it"),
        ("prose_before", "share", "of the page's prose stands before it"),
        ("prose_words_before", "log words", "prose before it"),
        ("prose_words_after", "log words", "prose behind it"),
        ("from_title", "log blocks, signed", "behind the title"),
    )
    yield group(
        lambda c: around_title(c, c.elements.is_sort(group_names().index("tag_article"))),
        ("title_steps", "elements", "out to one that holds the title"),
        ("title_article", "yes, no or none", "in the title's <article>"),
        ("h1_since_title", "headings", "of level 1 between the title and it"),
    )
    yield group(
        lambda c: (float(c.metadata.title_block is not None),),
        ("title_shown", "yes or no", "the page shows its title"),
    )
    yield group(
        lambda c: beside_prose(c, NOWHERE, FAR_PROSE),
        ("to_prose", "log blocks, signed", "to the next prose, before or behind"),
        ("from_last_prose", "log blocks, signed", "behind the page's last prose"),
    )


@accelerated("features")
def in_order(c: Columns, nowhere: float) -> Floats:
    """What stands before and behind each block; `nowhere` is where a title is that is not shown."""
    words, prose = before(np.array((c.words, c.prose)))
    all_words, all_prose = float(c.words.sum()), float(c.prose.sum())
    own, title = np.arange(c.count), c.metadata.title_block
    rows = (
        own / max(c.count, 1),
        words / max(all_words, 1.0),
        prose / max(all_prose, 1.0),
        np.log1p(prose),
        np.log1p(np.maximum(all_prose - prose - c.prose, 0)),
        nowhere if title is None else signed_log(own - title),
    )
    return filled(rows, c.count)


@accelerated("features")
def around_title(c: Columns, is_called_so: NDArray[np.bool_]) -> Floats:
    """How the title stands to each block; given are the articles, those by their role among."""
    block = c.metadata.title_block
    at = int(c.at[block]) if block is not None else 0
    holds_title = c.elements.ends > at
    holds_title[at + 1 :] = False
    to_article = c.steps_to(c.elements.is_article)
    same = c.steps_to(c.elements.is_article & holds_title) == to_article
    none = c.steps_to(is_called_so) == FAR
    headlines = np.cumsum(c.levels == 1)
    since = headlines - (headlines[block] if block is not None else 0)
    rows = (
        c.steps_to(holds_title),
        np.where(none, -1.0, same),
        np.minimum(np.maximum(since, -3), 9),
    )
    return filled(rows, c.count)


@accelerated("features")
def beside_prose(c: Columns, nowhere: float, far: int) -> Floats:
    """How far the nearest and the last prose are; what is given stands for none."""
    places, own = np.flatnonzero(c.prose), np.arange(c.count)
    if not len(places):
        return filled((nowhere, signed_log(own)), c.count)
    after = np.searchsorted(places, own)
    ahead = places.take(after, mode="clip") - own
    behind = own - places[np.maximum(after - 1, 0)]
    ahead[ahead < 0] = far
    behind[behind <= 0] = far
    nearest = np.where(ahead <= behind, ahead, -behind)
    return filled((signed_log(nearest), signed_log(own - places[-1])), c.count)


def neighbours() -> Iterator[Group]:
    """The blocks beside it."""
    yield group(
        lambda c: of_neighbours(
            c, c.role(Role.HEADING), c.signs[counts.ENDS_SENTENCE], BESIDE, WIDTHS, MAX_PROSE
        ),
        *_beside_rows(),
        *_around_rows(),
        ("short_run", "log blocks", "neighbouring blocks without prose, itself among"),
    )


def _beside_rows() -> Iterator[tuple[str, str, str]]:
    for offset in BESIDE:
        where = f"{abs(offset)} {'behind' if offset > 0 else 'before'}"
        name = f"{'next' if offset > 0 else 'last'}{abs(offset)}"
        yield f"{name}_words", "log words", f"of the block {where}"
        yield f"{name}_links", "share", f"of the block {where}"
        yield f"{name}_heading", "yes or no", f"block {where}"
        yield f"{name}_alike", "yes or no", f"same sort of element {where}"
        yield f"{name}_sentence", "yes or no", f"ends so {where}"


@accelerated("features")
def of_neighbours(
    c: Columns,
    is_heading: Floats,
    says_so: Floats,
    offsets: Sequence[int],
    widths: Sequence[int],
    most: int,
) -> Floats:
    """The rows of `neighbours`: of those at some offsets, within some widths, and of the run.

    Args:
        c: the page.
        is_heading: 1 for headings.
        says_so: 1 for blocks that end like a sentence.
        offsets: of the blocks that are looked at one by one.
        widths: blocks on both sides.
        most: words of prose of a neighbour that count.
    """
    rows = np.array((np.log1p(c.words), c.link_density, is_heading, is_heading, says_so))
    beside = _beside(c, rows, offsets)
    return filled((*beside, *_around(c, widths, most), _short_run(c)), c.count)


def _beside(c: Columns, rows: Floats, offsets: Sequence[int]) -> Floats:
    """Of each neighbour what `_beside_rows` says; -1 beyond the page, where none is alike."""
    kinds = c.elements.alike[c.at]
    found = np.empty((len(offsets), *rows.shape), np.float32)
    for offset, shown in zip(offsets, found, strict=True):
        own, other = shifted(c.count, offset)
        shown.fill(-1)
        shown[3] = 0
        shown[:, own] = rows[:, other]
        shown[3, own] = kinds[own] == kinds[other]
    return found.reshape(-1, c.count)


def shifted(count: int, offset: int) -> tuple[slice, slice]:
    """The blocks that have another at an offset, and those others."""
    size = max(count - abs(offset), 0)
    first, other = max(-offset, 0), max(offset, 0)
    return slice(first, first + size), slice(other, other + size)


def _around_rows() -> Iterator[tuple[str, str, str]]:
    for width in WIDTHS:
        name = f"within {width} blocks on both sides"
        yield f"prose_{width}", "log words", f"mean prose {name}"
        yield f"links_{width}", "share", f"characters in links {name}"


def _around(c: Columns, widths: Sequence[int], most: int) -> Iterator[Values]:
    rows = np.array((np.minimum(c.prose, most), c.link_chars, c.chars))
    for prose, linked, chars in sums.means_around(rows, widths):
        yield np.log1p(np.maximum(prose, 0))
        yield linked / np.maximum(chars, 1)


def _short_run(c: Columns) -> NDArray[np.floating]:
    runs = np.cumsum(c.prose > 0)
    return np.log1p(np.bincount(runs))[runs]


def headings() -> Iterator[Group]:
    """The headings above it."""
    yield group(
        _below,
        *((f"below_{kind}", "log blocks", f"behind a line that opens {kind}") for kind in OPENED),
        ("below_heading", "log blocks", "behind the last heading"),
    )
    yield group(
        _last_heading,
        ("heading_level", "1 to 6", "of the last heading"),
        ("heading_links", "share", "of the last heading"),
    )


def _below(c: Columns) -> NDArray[np.floating]:
    """Log of the blocks since the last such line, itself counted; at most `FAR_BLOCKS`."""
    last, opens = np.full((len(OPENED) + 1, c.count), -FAR_BLOCKS), How.OPENS
    for position, hits in enumerate(c.clues.hits):
        if hits:
            for hit in hits:
                if hit.how is opens and hit.kind in OPENED:
                    last[OPENED.index(hit.kind), position] = position
    headed = np.flatnonzero(c.levels)
    last[-1, headed] = headed
    np.maximum.accumulate(last, axis=1, out=last)
    return np.asarray(_LOGS.take(np.arange(c.count) - last, mode="clip"))


def _last_heading(c: Columns) -> Sequence[Values]:
    own: Ints = np.where(c.levels > 0, np.arange(c.count), -1)
    last = np.maximum.accumulate(own)
    none = last < 0
    return np.where(none, 0, c.levels[last]), np.where(none, -1, c.link_density[last])
