"""The containers of a document in arrays, and what stands around each block."""

from collections import defaultdict
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleanarticle.accelerator import accelerated
from cleanarticle.classifier.names import sorts_of
from cleanarticle.records import Container

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Bits = NDArray[np.uint64]

BLOCKS_AT_ONCE = 4096  # bounds the memory that a page of many blocks takes
_TEXT_HOLDERS = frozenset(("div", "td", "section", "article", "body", "main"))
_NONE = (Container(-1, ""),)  # raw text stands in one element of no sort


@dataclass(frozen=True, slots=True, eq=False)
class Elements:
    """One value a container."""

    parents: Ints  # the root is its own
    ends: Ints  # position behind the last container inside
    depths: Ints  # containers around it
    signatures: Ints  # those of the same tag and names share a number
    alike: Ints  # those of the same tag and names in the same parent share a number
    hidden: Flags  # not displayed
    noscript: Flags  # displayed only without scripts
    is_article: Flags
    holds_text: Flags  # text may stand in it without a paragraph
    sorts: (
        Bits  # containers × words of bits: the sorts of element that it is, as `names` packs them
    )

    def is_sort(self, sort: int) -> Flags:
        """Whether each is an element of a sort, by the place of its bit."""
        byte, bit = divmod(sort, 8)
        return np.asarray(self.sorts.view(np.uint8)[:, byte] & (0x80 >> bit), np.bool_)


def of_containers(containers: Sequence[Container]) -> Elements:
    """The containers in arrays; one without a name stands for none."""
    return Elements(*read(containers or _NONE, _TEXT_HOLDERS, sorts_of))


@accelerated("rows")
def read(
    containers: Sequence[Container],
    holders: Set[str],
    sorts_of: Callable[[str, str, tuple[str, ...], tuple[str, ...]], bytes],
) -> tuple[Any, ...]:
    """The arrays of `Elements` in their order; the tags of `holders` are those that hold text."""
    parents = [c.parent for c in containers]
    parents[0] = 0
    tags = [c.tag for c in containers]
    numbers: defaultdict[tuple[str, tuple[str, ...]], int] = defaultdict(count().__next__)
    signatures = [numbers[c.tag, c.names] for c in containers]
    pairs: defaultdict[tuple[int, int], int] = defaultdict(count().__next__)
    alike = [pairs[pair] for pair in zip(parents, signatures, strict=True)]
    packed = [sorts_of(c.tag, c.aria, c.names, c.labels) for c in containers]
    numbers_of = (parents, _ends(parents), _depths(parents), signatures, alike)
    flags = (
        [c.hidden for c in containers],
        [c.noscript for c in containers],
        [tag == "article" for tag in tags],
        [tag in holders for tag in tags],
    )
    return (
        *(np.array(values, np.int64) for values in numbers_of),
        *(np.array(values, np.bool_) for values in flags),
        np.frombuffer(b"".join(packed), np.uint64).reshape(len(containers), -1),
    )


def _ends(parents: Sequence[int]) -> list[int]:
    ends = list(range(1, len(parents) + 1))
    for position in range(len(parents) - 1, 0, -1):  # a parent stands before its children
        parent = parents[position]
        ends[parent] = max(ends[parent], ends[position])
    return ends


def _depths(parents: Sequence[int]) -> list[int]:
    depths = [0]
    for parent in parents[1:]:
        depths.append(depths[parent] + 1)
    return depths


def ancestors(parents: Ints, at: Ints, levels: int) -> Ints:
    """Levels × blocks: the container of each block, then the one around it, and so on."""
    found = np.empty((levels, len(at)), np.int64)
    found[0] = at
    for level in range(1, levels):
        parents.take(found[level - 1], out=found[level], mode="clip")
    return found


@accelerated("rows")
def steps(sorts: Bits, ancestors: Ints, count: int) -> Floats:
    """Sorts × blocks: levels out to the next element of the sort; all levels where none is.

    Args:
        sorts: the bits of each container, of which `count` are used.
        ancestors: levels × blocks.
        count: the sorts there are.
    """
    found = np.empty((count, ancestors.shape[1]), np.float32)
    for first in range(0, ancestors.shape[1], BLOCKS_AT_ONCE):
        some = ancestors[:, first : first + BLOCKS_AT_ONCE]
        met = np.bitwise_or.accumulate(sorts[some], axis=0)
        bits = np.unpackbits(met.view(np.uint8), axis=2, count=count)
        own = found[:, first : first + BLOCKS_AT_ONCE]
        np.subtract(len(some), bits.sum(0, dtype=np.uint8).T, out=own, dtype=np.float32)
    return found
