"""Units that repeat on the page: cards, rows, comments."""

from collections import Counter
from collections.abc import Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray

from cleanarticle.classifier.columns import Columns
from cleanarticle.classifier.features.row import Row


def repetition() -> Iterator[Row]:
    """Elements and texts that repeat."""
    yield "path_count", "log blocks", "of the same sort of element in the same sort", _path_count
    yield "text_count", "log blocks", "with the same text", _text_count
    yield "text_before", "yes or no", "the same text stands above", _text_before
    for which in ("inner", "outer"):
        unit = partial(_unit, which=which)
        what = f"the {which}most repeated unit around it"
        yield f"{which}_units", "log units", f"like {what}", partial(unit, of="units")
        yield f"{which}_words", "log words", f"of {what}", partial(unit, of="words")
        yield (
            f"{which}_mean",
            "log words",
            f"mean of the units like {what}",
            partial(unit, of="mean"),
        )
        yield f"{which}_links", "share", f"characters in links in {what}", partial(unit, of="links")
        yield f"{which}_prose", "share", f"prose in {what}", partial(unit, of="prose")
        yield f"{which}_blocks", "log blocks", f"in {what}", partial(unit, of="blocks")
        yield f"{which}_steps", "elements", f"out to {what}", partial(unit, of="steps")
        yield (
            f"{which}_all",
            "share",
            f"of the page's prose in all like {what}",
            partial(unit, of="all"),
        )


def _path_count(c: Columns) -> NDArray[np.floating]:
    grown = len(c.parents) + 1
    keys = c.signatures[c.ancestors[1]] * grown + c.signatures[c.at]
    _values, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    return np.asarray(np.log1p(counts[inverse]))


def _text_count(c: Columns) -> NDArray[np.floating]:
    counts = Counter(b.text for b in c.blocks)
    return np.log1p([counts[b.text] for b in c.blocks])


def _text_before(c: Columns) -> NDArray[np.floating]:
    seen: set[str] = set()
    found = []
    for block in c.blocks:
        found.append(float(block.text in seen))
        seen.add(block.text)
    return np.array(found)


def _unit(c: Columns, which: str, of: str) -> NDArray[np.floating]:
    unit, steps = c.units[which]
    none = unit < 0
    if of == "steps":
        return steps.astype(np.float64)
    if of == "units":
        return np.where(none, 0, np.log1p(c.siblings[unit]))
    if of in ("mean", "all"):
        inside = c.words_inside if of == "mean" else c.prose_inside
        sums = np.bincount(c.alike, weights=inside)[c.alike[unit]]
        if of == "mean":
            return np.where(none, -1, np.log1p(sums / c.siblings[unit]))
        return np.where(none, -1, sums / max(float(c.prose_inside[0]), 1.0))
    values = {
        "words": np.log1p(c.words_inside),
        "links": c.links_inside,
        "prose": c.prose_inside / np.maximum(c.words_inside, 1),
        "blocks": np.log1p(c.blocks_inside),
    }[of]
    return np.where(none, -1, values[unit])
