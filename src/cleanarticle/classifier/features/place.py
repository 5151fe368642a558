"""Where on the page a block stands, and beside what."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray

from cleanarticle.classifier.columns import FAR, Columns, Ints
from cleanarticle.classifier.features.row import (
    ENDS,
    Row,
    before,
    ends,
    mean_around,
    share_around,
    signed_log,
    steps_to,
)
from cleanarticle.clues import How
from cleanarticle.records import Kind, Role

FAR_BLOCKS = 60  # a heading further off than so many blocks says nothing


def position() -> Iterator[Row]:
    """Where on the page the block stands."""
    yield "position", "share", "of the page's blocks stand before it", _position_blocks
    yield "words_before", "share", "of the page's words stand before it", _words_before
    yield "prose_before", "share", "of the page's prose stands before it", _prose_before
    yield "prose_words_before", "log words", "prose before it", _prose_words_before
    yield "prose_words_after", "log words", "prose behind it", _prose_words_after
    yield "from_title", "log blocks, signed", "behind the title", _from_title
    yield "title_steps", "elements", "out to one that holds the title", _title_steps
    yield "title_article", "yes, no or none", "in the title's <article>", _title_article
    yield "h1_since_title", "headings", "of level 1 between the title and it", _h1_since_title
    yield "title_shown", "yes or no", "the page shows its title", _title_shown
    yield "to_prose", "log blocks, signed", "to the next prose, before or behind", _to_prose
    yield "from_last_prose", "log blocks, signed", "behind the page's last prose", _from_last


def _position_blocks(c: Columns) -> NDArray[np.floating]:
    return np.arange(c.count) / max(c.count, 1)


def _words_before(c: Columns) -> NDArray[np.floating]:
    return before(c.words) / max(float(c.words.sum()), 1.0)


def _prose_before(c: Columns) -> NDArray[np.floating]:
    return before(c.prose) / max(float(c.prose.sum()), 1.0)


def _prose_words_before(c: Columns) -> NDArray[np.floating]:
    return np.asarray(np.log1p(before(c.prose)))


def _prose_words_after(c: Columns) -> NDArray[np.floating]:
    return np.asarray(np.log1p(np.maximum(float(c.prose.sum()) - before(c.prose) - c.prose, 0)))


def _from_title(c: Columns) -> NDArray[np.floating]:
    block = c.metadata.title_block
    if block is None:
        return np.full(c.count, 9.0)
    return signed_log(np.arange(c.count) - block)


def _holds_title(c: Columns) -> NDArray[np.bool_]:
    """Containers that hold the block of the title."""
    block = c.metadata.title_block
    at = int(c.at[block]) if block is not None else 0
    return np.asarray((np.arange(len(c.parents)) <= at) & (at < c.ends))


def _title_steps(c: Columns) -> NDArray[np.floating]:
    return steps_to(c, _holds_title(c))


def _title_article(c: Columns) -> NDArray[np.floating]:
    is_article = np.array([k.tag == "article" for k in c.document.containers] or [False])
    none = c.steps["tag_article"] >= FAR
    same = steps_to(c, is_article & _holds_title(c)) == steps_to(c, is_article)
    return np.where(none, -1.0, same)


def _h1_since_title(c: Columns) -> NDArray[np.floating]:
    counts = np.cumsum(c.levels == 1)
    block = c.metadata.title_block
    return np.asarray(np.clip(counts - (counts[block] if block is not None else 0), -3, 9))


def _title_shown(c: Columns) -> NDArray[np.floating]:
    return np.full(c.count, float(c.metadata.title_block is not None))


def _to_prose(c: Columns) -> NDArray[np.floating]:
    places = np.flatnonzero(c.prose)
    if not len(places):
        return np.full(c.count, 9.0)
    own = np.arange(c.count)
    after = np.searchsorted(places, own)
    ahead = places[np.minimum(after, len(places) - 1)] - own
    behind = own - places[np.maximum(after - 1, 0)]
    ahead = np.where(ahead < 0, 10_000, ahead)
    behind = np.where(behind <= 0, 10_000, behind)
    return signed_log(np.where(ahead <= behind, ahead, -behind))


def _from_last(c: Columns) -> NDArray[np.floating]:
    places = np.flatnonzero(c.prose)
    return signed_log(np.arange(c.count) - (places[-1] if len(places) else 0))


def neighbours() -> Iterator[Row]:
    """The blocks beside it."""
    for offset in (-2, -1, 1, 2):
        where = f"{abs(offset)} {'behind' if offset > 0 else 'before'}"
        name = f"{'next' if offset > 0 else 'last'}{abs(offset)}"
        beside = partial(beside_block, offset=offset)
        yield f"{name}_words", "log words", f"of the block {where}", partial(beside, of="words")
        yield f"{name}_links", "share", f"of the block {where}", partial(beside, of="links")
        yield f"{name}_heading", "yes or no", f"block {where}", partial(beside, of="heading")
        yield (
            f"{name}_alike",
            "yes or no",
            f"same sort of element {where}",
            partial(_alike, by=offset),
        )
        yield f"{name}_sentence", "yes or no", f"ends so {where}", partial(beside, of="sentence")
    for width in (2, 5, 12):
        name = f"within {width} blocks on both sides"
        yield f"prose_{width}", "log words", f"mean prose {name}", partial(_window, width=width)
        yield (
            f"links_{width}",
            "share",
            f"characters in links {name}",
            partial(_linked, width=width),
        )
    yield "short_run", "log blocks", "neighbouring blocks without prose, itself among", _short_run


_OF: dict[str, Callable[[Columns], NDArray[np.floating]]] = {
    "words": lambda c: np.log1p(c.words),
    "links": lambda c: c.link_density,
    "heading": lambda c: c.roles[Role.HEADING],
    "sentence": lambda c: ends(c, ENDS),
}


def _shifted(values: NDArray[np.floating], offset: int, empty: float) -> NDArray[np.floating]:
    """The values of the blocks at an offset; `empty` beyond the page."""
    out = np.full(len(values), empty)
    if offset > 0:
        out[:-offset] = values[offset:]
    else:
        out[-offset:] = values[:offset]
    return out


def beside_block(c: Columns, offset: int, of: str) -> NDArray[np.floating]:
    """A number of the block at an offset, -1 beyond the page."""
    if c.count <= abs(offset):
        return np.full(c.count, -1.0)
    return _shifted(_OF[of](c), offset, -1.0)


def _alike(c: Columns, by: int) -> NDArray[np.floating]:
    if c.count <= abs(by):
        return np.full(c.count, 0.0)
    kinds = c.alike[c.at].astype(np.float64)
    return np.asarray((_shifted(kinds, by, -1.0) == kinds).astype(np.float64))


def _window(c: Columns, width: int) -> NDArray[np.floating]:
    return np.asarray(np.log1p(np.maximum(mean_around(np.minimum(c.prose, 100), width), 0)))


def _linked(c: Columns, width: int) -> NDArray[np.floating]:
    return share_around(c.link_chars, c.chars, width)


def _short_run(c: Columns) -> NDArray[np.floating]:
    group = np.cumsum(c.prose > 0)
    return np.log1p(np.bincount(group)[group])


def headings() -> Iterator[Row]:
    """The headings above it."""
    for kind in (Kind.COMMENTS, Kind.RELATED, Kind.TEASER, Kind.NEWSLETTER, Kind.AUTHOR_BIO):
        meaning = f"behind a line that opens {kind}"
        yield f"below_{kind}", "log blocks", meaning, partial(_below, kind=kind)
    yield "below_heading", "log blocks", "behind the last heading", _below_heading
    yield "heading_level", "1 to 6", "of the last heading", _heading_level
    yield "heading_links", "share", "of the last heading", _heading_links


def _since(flags: NDArray[np.bool_]) -> NDArray[np.floating]:
    """Log of the blocks since the last flag, itself counted; `FAR_BLOCKS` where none is."""
    own = np.arange(len(flags))
    last = np.maximum.accumulate(np.where(flags, own, -1))
    return np.log1p(np.where(last < 0, FAR_BLOCKS, np.minimum(own - last, FAR_BLOCKS)))


def _below(c: Columns, kind: Kind) -> NDArray[np.floating]:
    opens = [any(h.kind is kind and h.how is How.OPENS for h in hits) for hits in c.clues.hits]
    return _since(np.array(opens, bool))


def _below_heading(c: Columns) -> NDArray[np.floating]:
    return _since(c.levels > 0)


def _last_heading(c: Columns) -> Ints:
    return np.maximum.accumulate(np.where(c.levels > 0, np.arange(c.count), -1))


def _heading_level(c: Columns) -> NDArray[np.floating]:
    last = _last_heading(c)
    return np.where(last < 0, 0, c.levels[last])


def _heading_links(c: Columns) -> NDArray[np.floating]:
    last = _last_heading(c)
    return np.where(last < 0, -1, c.link_density[last])
