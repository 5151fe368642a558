"""A document in columns: one array a property, one value a block or a container.

Containers stand in page order, so all that is inside container `i` are the containers `i` to before
`end[i]`: a sum over any subtree is a difference of two running sums.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cleanarticle.classifier import counts, elements, overlap, signs, sums
from cleanarticle.classifier.elements import Elements
from cleanarticle.classifier.names import group_names
from cleanarticle.clues import Clues
from cleanarticle.clues.gather import PROSE_LINK_DENSITY, PROSE_WORDS
from cleanarticle.language import facts
from cleanarticle.language.words import tokens
from cleanarticle.once import once
from cleanarticle.records import Block, Document, Kind, Metadata, PageType, Removal, Role

Form = Literal["html", "text"]
Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

FAR = 12  # steps: nothing of a sort stands around the block, or only so far out
MIN_UNITS = 3  # so many alike containers in one parent are a list of repeated units
# Cached properties that nothing asks for behind the features of blocks.
_OF_BLOCKS = (
    *("whole", "at", "overlap", "telling", "votes", "elements", "ancestors"),
    *("inside", "words_inside", "prose_inside", "about", "siblings", "units"),
)
ROLES = tuple(Role)
KINDS = tuple(Kind)


def form_of(document: Document) -> Form:
    """Whether a page has markup, or is raw text: each is decided by weights of its own."""
    return "html" if document.containers else "text"


@dataclass(frozen=True, eq=False)
class Columns:
    """A document with what is known of it, in arrays."""

    document: Document
    clues: Clues
    metadata: Metadata
    removals: Sequence[Removal]
    opinion: Sequence[float] | None = None  # share of each block that another extractor keeps
    by_words: Sequence[float] = (0.0,) * len(PageType)  # log-probability of each type of page

    # blocks -------------------------------------------------------------

    @once
    def blocks(self) -> Sequence[Block]:
        """The document's blocks."""
        return self.document.blocks

    @property
    def form(self) -> Form:
        """Whether the page has markup, or is raw text."""
        return form_of(self.document)

    @property
    def count(self) -> int:
        """Number of blocks."""
        return len(self.document.blocks)

    @once
    def texts(self) -> Sequence[str]:
        """The text of each block."""
        return [b.text for b in self.blocks]

    @once
    def whole(self) -> Ints:
        """What `counts.of_blocks` finds: numbers × blocks."""
        found = counts.of_blocks(self.blocks)
        if self.document.returns:  # a line end is one character, however it is written
            for row in (counts.FIRST, counts.BEHIND):
                found[row] -= np.searchsorted(self.document.returns, found[row])
        return found

    @once
    def numbers(self) -> Floats:
        """The same as floats."""
        return self.whole.astype(np.float32)

    @once
    def signs(self) -> Floats:
        """What `counts.of_texts` finds: counts and flags × blocks."""
        return counts.of_texts(self.texts, signs.table())

    @once
    def words(self) -> Floats:
        """Words of each block."""
        return np.asarray(self.numbers[counts.WORDS])

    @once
    def chars(self) -> Floats:
        """Characters of each block."""
        return np.asarray(self.numbers[counts.CHARS])

    @once
    def runs_of_letters(self) -> Floats:
        """Runs of letters and digits of each block, about the words that benchmarks count."""
        return np.asarray(self.signs[counts.LETTER_RUNS])

    @once
    def link_chars(self) -> Floats:
        """Characters in links."""
        return np.asarray(self.numbers[counts.LINK_CHARS])

    @once
    def link_density(self) -> Floats:
        """Share of the characters in links."""
        return np.asarray(self.link_chars / np.maximum(self.chars, 1), np.float32)

    @once
    def prose(self) -> Floats:
        """Words of each block that is running text and displayed; 0 for the rest."""
        is_prose = (self.words >= PROSE_WORDS) & (self.link_density < PROSE_LINK_DENSITY)
        return np.asarray(self.words * (is_prose & ~self.elements.hidden[self.at]))

    @once
    def roles(self) -> Floats:
        """Roles × blocks: 1 where a block has the role."""
        given = self.whole[counts.ROLE]
        return np.asarray((given == np.arange(len(ROLES))[:, None]).astype(np.float32))

    def role(self, role: Role) -> Floats:
        """1 where a block has the role."""
        return np.asarray(self.roles[ROLES.index(role)])

    @once
    def levels(self) -> Floats:
        """Level of each heading, 0 for the rest."""
        return np.asarray(self.numbers[counts.LEVEL])

    @once
    def overlap(self) -> Floats:
        """What `overlap.of_words` finds: shares of the words of each block."""
        known = self.metadata
        return overlap.of_words(
            self.clues.tokens,
            facts.stop_words(self.document.language or "en"),
            frozenset(tokens(known.title or "")),
            frozenset(tokens(known.description or "")),
        )

    @once
    def telling(self) -> Floats:
        """What `overlap.of_telling` finds: shares of the words that tell what a block speaks of."""
        stops = facts.stop_words(self.document.language or "en")
        return overlap.of_telling(self.clues.tokens, stops, self.prose > 0)

    @once
    def votes(self) -> counts.Votes:
        """What `counts.of_votes` finds: the strongest of each kind; block and strength of each."""
        return counts.of_votes(self.removals, self.count)

    # containers ---------------------------------------------------------

    @once
    def elements(self) -> Elements:
        """The containers."""
        return elements.of_containers(self.document.containers)

    @once
    def at(self) -> Ints:
        """Innermost container of each block; 0 throughout where there is no markup."""
        return np.asarray(self.whole[counts.AT])

    @once
    def ancestors(self) -> Ints:
        """Steps × blocks: the container of each block, then the one around it, and so on."""
        return elements.ancestors(self.elements.parents, self.at, FAR)

    def within(self, container: int) -> NDArray[np.bool_]:
        """Whether each block stands in a container."""
        return np.asarray((self.at >= container) & (self.at < self.elements.ends[container]))

    @once
    def inside(self) -> Floats:
        """Words, words of prose, characters, those in links, and blocks inside each container."""
        rows = (self.words, self.prose, self.chars, self.link_chars, np.ones_like(self.words))
        return self.sums_inside(rows)

    def sums_inside(self, rows: Sequence[Floats]) -> Floats:
        """Sums of block columns over everything inside each container: rows × containers."""
        return sums.sums_inside(rows, self.at, self.elements.ends)

    @once
    def words_inside(self) -> Floats:
        """Words inside each container."""
        return np.asarray(self.inside[0])

    @once
    def prose_inside(self) -> Floats:
        """Words of prose inside each container."""
        return np.asarray(self.inside[1])

    @once
    def all_prose(self) -> float:
        """Words of prose of the page, at least 1."""
        return max(float(self.prose_inside[0]), 1.0)

    @once
    def about(self) -> Floats:
        """Of each container: log of its words, share of the page's prose, prose, links, log blocks.

        Prose is a share of the words inside, links are one of the characters.
        """
        words, prose, chars, linked, blocks = self.inside
        return np.array(
            (
                np.log1p(words),
                prose / np.float32(self.all_prose),
                prose / np.maximum(words, 1),
                linked / np.maximum(chars, 1),
                np.log1p(blocks),
            )
        )

    def steps(self) -> Floats:
        """Sorts of element × blocks: steps out to the next one, at most `FAR`."""
        return elements.steps(self.elements.sorts, self.ancestors, len(group_names()))

    def steps_to(self, wanted: NDArray[np.bool_]) -> Ints:
        """Steps from each block out to the next container that is wanted, at most `FAR`."""
        first = sums.nearest(wanted, self.ancestors)[0]
        return np.asarray(np.where(first < 0, FAR, first))

    @once
    def siblings(self) -> Ints:
        """How many containers of the same sort stand in the same parent, each counting itself."""
        return np.asarray(np.bincount(self.elements.alike)[self.elements.alike], np.int64)

    @once
    def is_unit(self) -> NDArray[np.bool_]:
        """Whether each container is one of several alike beside each other, of several blocks."""
        return np.asarray((self.siblings >= MIN_UNITS) & (self.inside[4] > 1))

    @once
    def units(self) -> Ints:
        """2 × blocks: steps to the inner- and the outermost repeated unit; -1 where none is."""
        return sums.nearest(self.is_unit, self.ancestors)

    def forget(self) -> None:
        """Lets go of what only features of blocks are made of; a page of many blocks has much."""
        for name in _OF_BLOCKS:
            vars(self).pop(name, None)

    # page ---------------------------------------------------------------

    @once
    def candidate(self) -> int:
        """The container that holds most prose paragraph by paragraph, as Readability finds it."""
        parents, size = self.elements.parents, len(self.elements.parents)
        holders = np.where(self.elements.holds_text[self.at], self.at, parents[self.at])
        found = np.bincount(holders, weights=self.prose, minlength=size)
        found += np.bincount(parents[holders], weights=self.prose / 2, minlength=size)
        return int(np.argmax(found))

    def smallest_with(self, share: float) -> int:
        """The smallest container that holds at least a share of the page's prose."""
        enough = np.flatnonzero(self.prose_inside >= share * self.all_prose)
        return int(enough[-1]) if len(enough) else 0
