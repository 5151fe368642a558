"""What the model sees of a block: one row a feature, with its unit and meaning.

Sources: the shallow text features of Kohlschütter, Fankhauser & Nejdl, "Boilerplate Detection using
Shallow Text Features" (WSDM 2010), the neighbours of jusText (Pomikálek 2011), the candidate
container of Arc90's Readability, and the repeated units of Liu, Grossman & Zhai, "Mining Data
Records in Web Pages" (KDD 2003).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from cleanarticle.classifier.columns import Columns, Floats, Form
from cleanarticle.classifier.features import flow, known, place, repeats, shape, tree, whole
from cleanarticle.classifier.features.row import Feature, Group

__all__ = ["Feature", "Group", "groups", "measure", "opinion_table", "table"]

_BY_ITSELF = (shape.shape, shape.role, place.position, place.neighbours)
_OF_THE_PAGE = (repeats.repetition, known.overlap, known.votes, place.headings, whole.page)
_OF_TREE = (tree.ancestors, tree.candidate, tree.names)
_GROUPS: Mapping[Form, Sequence[Callable[[], Iterator[Group]]]] = {
    "html": (*_BY_ITSELF, *_OF_TREE, *_OF_THE_PAGE),
    "text": (*_BY_ITSELF, flow.flow, *_OF_THE_PAGE),
}
# What raw text has not, so that it would be the same for all blocks.
_MARKUP_ONLY = frozenset(
    """link_density links plain_words bold italic is_heading is_quote level is_control is_hidden
    in_noscript title_steps title_article h1_since_title links_2 links_5 links_12 path_count
    vote_hidden below_heading heading_level heading_links page_links page_h1 page_headings
    page_articles""".split()
)
_MARKUP_ONLY_PARTS = ("inner_", "outer_", "page_type_")
_MARKUP_ONLY_ENDS = ("1_links", "2_links", "1_heading", "2_heading", "1_alike", "2_alike")


def measure(columns: Columns) -> Floats:
    """The features of all blocks, blocks × features, in the order of `table()`.

    Those of the second opinion come last, and are there only where `columns` have one. In memory
    the values of one feature stand together, as the trees ask for them.
    """
    given = groups(columns.form)
    if columns.opinion is not None:
        given = (*given, *known.opinion())
    matrix = np.empty((sum(len(one.features) for one in given), columns.count), np.float32)
    first = 0
    for one in given:
        rows = matrix[first : first + len(one.features)]
        found = one.measure(columns)
        if isinstance(found, np.ndarray):
            rows[:] = found
        else:
            for row, values in zip(rows, found, strict=True):
                row[:] = values
        first += len(rows)
    return (matrix if columns.form == "html" else matrix[_kept()]).T


@cache
def groups(form: Form = "html") -> tuple[Group, ...]:
    """All groups of features; those that only markup has are left out of raw text."""
    found = tuple(one for those in _GROUPS[form] for one in those())
    return tuple(
        one for one in found if form == "html" or not all(map(_is_of_markup, one.features))
    )


@cache
def _kept() -> NDArray[np.int64]:
    """The places of the features of raw text among those of its groups."""
    found = [feature for one in groups("text") for feature in one.features]
    return np.array([n for n, feature in enumerate(found) if not _is_of_markup(feature)])


@cache
def table(form: Form = "html") -> tuple[Feature, ...]:
    """All features that the page alone gives; those of the page as a whole stand last."""
    rows = [feature for one in groups(form) for feature in one.features]
    return tuple(row for row in rows if form == "html" or not _is_of_markup(row))


@cache
def opinion_table() -> tuple[Feature, ...]:
    """Features of the second opinion."""
    return tuple(feature for one in known.opinion() for feature in one.features)


def _is_of_markup(feature: Feature) -> bool:
    return (
        feature.name in _MARKUP_ONLY
        or feature.name.startswith(_MARKUP_ONLY_PARTS)
        or feature.name.endswith(_MARKUP_ONLY_ENDS)
    )
