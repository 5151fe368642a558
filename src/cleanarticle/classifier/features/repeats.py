"""Units that repeat on the page: cards, rows, comments."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from cleanarticle.accelerator import accelerated
from cleanarticle.classifier import counts, sums
from cleanarticle.classifier.columns import FAR, Columns, Floats, Ints
from cleanarticle.classifier.features.row import Group, Values, group


def repetition() -> Iterator[Group]:
    """Elements and texts that repeat."""
    yield group(
        lambda c: (_path_count(c),),
        ("path_count", "log blocks", "of the same sort of element in the same sort"),
    )
    yield group(
        _texts,
        ("text_count", "log blocks", "with the same text"),
        ("text_before", "yes or no", "the same text stands above"),
    )
    yield group(lambda c: of_units(c), *_unit_rows())


def _path_count(c: Columns) -> NDArray[np.floating]:
    signatures = c.elements.signatures
    return np.log1p(sums.pairs(signatures[c.ancestors[1]], signatures[c.at]))


def _texts(c: Columns) -> Sequence[Values]:
    sizes, is_repeated = counts.repeats(c.texts)
    return np.log1p(sizes), is_repeated


def _unit_rows() -> Iterator[tuple[str, str, str]]:
    for which in ("inner", "outer"):
        what = f"the {which}most repeated unit around it"
        yield f"{which}_units", "log units", f"like {what}"
        yield f"{which}_words", "log words", f"of {what}"
        yield f"{which}_mean", "log words", f"mean of the units like {what}"
        yield f"{which}_links", "share", f"characters in links in {what}"
        yield f"{which}_prose", "share", f"prose in {what}"
        yield f"{which}_blocks", "log blocks", f"in {what}"
        yield f"{which}_steps", "elements", f"out to {what}"
        yield f"{which}_all", "share", f"of the page's prose in all like {what}"


@accelerated("features")
def of_units(c: Columns) -> Floats:
    """Of the inner- and the outermost unit what `_unit_rows` says; -1 where there is none."""
    of_units = _of_containers(c)
    none = c.units[0] < 0
    found = np.empty((2, len(of_units), c.count), np.float32)
    for steps, rows in zip(c.units, found, strict=True):
        units: Ints = c.ancestors[steps, np.arange(c.count)]
        of_units.take(units, axis=1, out=rows, mode="clip")
        rows[6] = steps
        rows[:, none] = np.array((0, -1, -1, -1, -1, -1, FAR, -1))[:, None]
    return found.reshape(-1, c.count)


def _of_containers(c: Columns) -> Floats:
    """Of each container what `_unit_rows` says of units, but for the steps."""
    alike = c.elements.alike
    words, _share, prose, linked, blocks = c.about
    all_words = np.bincount(alike, weights=c.words_inside)[alike]
    all_prose = np.bincount(alike, weights=c.prose_inside)[alike]
    return np.array(
        (
            np.log1p(c.siblings),
            words,
            np.log1p(all_words / c.siblings),
            linked,
            prose,
            blocks,
            np.zeros_like(words),
            all_prose / c.all_prose,
        ),
        np.float32,
    )
