"""Compiled families of features are what those in Python are, on odd pages too."""

import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from cleanarticle.accelerator import REFERENCES
from cleanarticle.classifier import counts, overlap
from cleanarticle.classifier.columns import Columns
from cleanarticle.classifier.features import place, tree
from cleanarticle.classifier.names import group_names
from cleanarticle.clues import gather
from cleanarticle.records import Block, Container, Document, Markup, Metadata, Role

twins = pytest.importorskip("cleanarticle.accelerator._features")
LENGTHS = (0, 1, 1, 3, 30, 30, 200, 9000)  # words
SEEDS = range(12)


def page(seed: int, count: int, *, markup: bool) -> Columns:
    """Blocks of any length anywhere in a tree, or below each other in raw text."""
    chance = random.Random(seed)
    size = chance.choice((1, 2, 40))
    containers = [
        Container(chance.randrange(n) if n else -1, chance.choice(("div", "p", "article")))
        for n in range(size)
    ]
    blocks = []
    for position in range(count):
        words = chance.choice(LENGTHS)
        own = Markup("p", chance.randrange(size), words * chance.randrange(4))
        blocks.append(
            Block(
                position,
                "tide " * min(words, 40) + chance.choice((".", "", "Lo")),
                words,
                0,
                role=Role.HEADING if chance.random() < 0.1 else Role.PARAGRAPH,
                level=chance.randrange(3),
                markup=own if markup else None,
                place=None if markup else (9 * position, 9 * position + chance.randrange(12)),
                goes_on=chance.random() < 0.3,
            )
        )
    document = Document(tuple(blocks), containers=tuple(containers) if markup else ())
    title = chance.choice((None, 0, count - 1))
    return Columns(document, gather(document), Metadata(title_block=title), ())


def same(twin: Callable[..., Any], *given: Any) -> None:
    """The twin gives what its reference gives; logs may be off by what is lost in rounding."""
    wanted, found = REFERENCES[f"features.{twin.__name__}"](*given), twin(*given)
    assert found.dtype == wanted.dtype == np.float32
    np.testing.assert_allclose(found, wanted, rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("count", [1, 2, 5, 90, 700])
@pytest.mark.parametrize("markup", [True, False])
def test_families_of_features(seed: int, count: int, *, markup: bool) -> None:
    c = page(seed, count, markup=markup)
    says_so = c.signs[counts.ENDS_SENTENCE]
    same(twins.in_order, c, place.NOWHERE)
    same(twins.beside_prose, c, place.NOWHERE, place.FAR_PROSE)
    same(twins.around_title, c, c.elements.is_sort(group_names().index("tag_article")))
    around = (place.BESIDE, place.WIDTHS, place.MAX_PROSE)
    same(twins.of_neighbours, c, c.role(Role.HEADING), says_so, *around)
    same(twins.around_candidate, c, tree.SHARES)
    same(twins.of_units, c)
    rows = (c.overlap[overlap.STOP_WORDS], c.signs[counts.CAPITALS], says_so)
    places = (c.whole[counts.FIRST], c.whole[counts.BEHIND], c.numbers[counts.GOES_ON])
    same(twins.of_flow, c, *rows, *places)


def test_what_is_no_container_of_the_page_is_refused() -> None:
    c = page(1, 5, markup=True)
    vars(c)["ancestors"] = c.ancestors + 50
    for twin, given in (
        (twins.around_title, (c.elements.is_article,)),
        (twins.around_candidate, (tree.SHARES,)),
        (twins.of_units, ()),
    ):
        with pytest.raises(IndexError):
            twin(c, *given)
    vars(c)["at"] = c.at - 50
    rows = (c.role(Role.HEADING), c.words)
    with pytest.raises(IndexError):
        twins.of_neighbours(c, *rows, place.BESIDE, place.WIDTHS, place.MAX_PROSE)


def test_rows_of_other_lengths_are_refused() -> None:
    c, row = page(1, 5, markup=False), np.ones(4, np.float32)
    with pytest.raises(ValueError, match="has a value"):
        twins.of_neighbours(c, row, row, place.BESIDE, place.WIDTHS, place.MAX_PROSE)
    with pytest.raises(ValueError, match="has a value"):
        twins.of_flow(c, row, row, row, row.astype(np.int64), row.astype(np.int64), row)
