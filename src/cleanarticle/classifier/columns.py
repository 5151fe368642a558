"""A document in columns: one array a property, one value a block or a container.

Containers stand in page order, so all that is inside container `i` are the containers `i` to before
`end[i]`: a sum over any subtree is a difference of two running sums.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cleanarticle.classifier.names import TAG_GROUP, group_names, groups_of
from cleanarticle.classifier.signs import (
    COMMA,
    DIGIT,
    OTHER,
    QUOTE,
    SPACE,
    STOP,
    UPPER,
    sorts_of,
)
from cleanarticle.clues import Clues
from cleanarticle.clues.gather import PROSE_LINK_DENSITY, PROSE_WORDS
from cleanarticle.language import facts
from cleanarticle.language.words import tokens
from cleanarticle.records import (
    Block,
    Document,
    Field,
    Kind,
    Metadata,
    PageType,
    Removal,
    Role,
    Style,
)

Form = Literal["html", "text"]
Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

TELLING_LETTERS = 4  # a shorter word tells little of what a text speaks of
FAR = 12  # steps: nothing of a sort stands around the block, or only so far out
MIN_UNITS = 3  # so many alike containers in one parent are a list of repeated units


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

    @cached_property
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
        return len(self.blocks)

    @cached_property
    def words(self) -> Floats:
        """Words of each block."""
        return np.array([b.words for b in self.blocks], np.float32)

    @cached_property
    def chars(self) -> Floats:
        """Characters of each block."""
        return np.array([len(b.text) for b in self.blocks], np.float32)

    @cached_property
    def runs_of_letters(self) -> Floats:
        """Runs of letters and digits of each block, about the words that benchmarks count."""
        return self.signs[-SPACE]

    @cached_property
    def link_chars(self) -> Floats:
        """Characters in links."""
        return np.array([b.markup.link_chars if b.markup else 0 for b in self.blocks], np.float32)

    @cached_property
    def link_density(self) -> Floats:
        """Share of the characters in links."""
        return np.asarray(self.link_chars / np.maximum(self.chars, 1), np.float32)

    @cached_property
    def is_prose(self) -> NDArray[np.bool_]:
        """Running text by length and links alone."""
        return (self.words >= PROSE_WORDS) & (self.link_density < PROSE_LINK_DENSITY)

    @cached_property
    def prose(self) -> Floats:
        """Words of each block that is prose and displayed; 0 for the rest."""
        return np.where(self.is_prose & ~self.hidden[self.at], self.words, 0).astype(np.float32)

    @cached_property
    def spans(self) -> Floats:
        """(links, bold characters, italic characters) of each block."""
        found = np.zeros((self.count, 3), np.float32)
        for block in self.blocks:
            for span in block.spans:
                if span.style is Style.LINK:
                    found[block.index, 0] += 1
                elif span.style is Style.STRONG:
                    found[block.index, 1] += span.end - span.start
                elif span.style is Style.EMPHASIS:
                    found[block.index, 2] += span.end - span.start
        return found

    @cached_property
    def roles(self) -> Mapping[Role, Floats]:
        """1 where a block has the role."""
        given = [b.role for b in self.blocks]
        return {role: np.array([r is role for r in given], np.float32) for role in Role}

    @cached_property
    def levels(self) -> Floats:
        """Level of each heading, 0 for the rest."""
        return np.array([b.level for b in self.blocks], np.float32)

    @cached_property
    def tokens(self) -> Sequence[Sequence[str]]:
        """Words of the beginning of each block."""
        return self.clues.tokens

    @cached_property
    def stop_words(self) -> Floats:
        """Share of each block's words that are function words of the page's language."""
        stops = facts.stop_words(self.document.language or "en")
        found = [sum(1 for w in own if w in stops) / max(len(own), 1) for own in self.tokens]
        return np.array(found, np.float32)

    @cached_property
    def telling(self) -> Sequence[frozenset[str]]:
        """Words of each block that tell what it speaks of: neither short nor function words."""
        stops = facts.stop_words(self.document.language or "en")
        return [
            frozenset(w for w in own if len(w) >= TELLING_LETTERS and w not in stops)
            for own in self.tokens
        ]

    @cached_property
    def signs(self) -> Mapping[int, Floats]:
        """Counts of each sort of sign in each block.

        `-UPPER` counts words that begin with a capital, `-SPACE` all runs of letters and digits.
        """
        texts = [b.text for b in self.blocks]
        joined = " " + " ".join(texts)
        sorts = sorts_of(joined)
        lengths = np.array([len(text) + 1 for text in texts])
        starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))

        def counts(flags: NDArray[np.bool_]) -> Floats:
            return np.add.reduceat(flags.astype(np.float32), starts).astype(np.float32)

        found = {
            sort: counts((sorts & sort) > 0) for sort in (UPPER, DIGIT, COMMA, STOP, QUOTE, OTHER)
        }
        is_capital = np.zeros(len(sorts), bool)
        is_capital[1:] = ((sorts[1:] & UPPER) > 0) & ((sorts[:-1] & SPACE) > 0)
        found[-UPPER] = counts(is_capital)
        is_letter = (sorts & ~np.uint8(UPPER | DIGIT)) == 0
        is_start = np.zeros(len(sorts), bool)
        is_start[1:] = is_letter[1:] & ~is_letter[:-1]
        found[-SPACE] = counts(is_start)
        return found

    @cached_property
    def votes(self) -> Mapping[Kind, NDArray[np.float64]]:
        """The strongest vote of each kind against each block, 0 where there is none."""
        found = {kind: np.zeros(self.count) for kind in Kind}
        for removal in self.removals:
            strengths = found[removal.kind]
            strengths[removal.block] = max(strengths[removal.block], removal.strength)
        return found

    # containers ---------------------------------------------------------

    @cached_property
    def at(self) -> Ints:
        """Innermost container of each block; 0 throughout where there is no markup."""
        return np.array([b.markup.container if b.markup else 0 for b in self.blocks], np.int64)

    @cached_property
    def parents(self) -> Ints:
        """Parent of each container; the root is its own."""
        found = [max(c.parent, 0) for c in self.document.containers]
        return np.array(found or [0], np.int64)

    @cached_property
    def hidden(self) -> NDArray[np.bool_]:
        """Containers that are not displayed."""
        return np.array([c.hidden for c in self.document.containers] or [False])

    @cached_property
    def ends(self) -> Ints:
        """Position behind the last container inside each container."""
        parents = self.parents.tolist()
        ends = list(range(1, len(parents) + 1))
        for position in range(len(parents) - 1, 0, -1):
            ends[parents[position]] = max(ends[parents[position]], ends[position])
        return np.array(ends, np.int64)

    @cached_property
    def depths(self) -> Ints:
        """Containers around each container."""
        depths = [0] * len(self.parents)
        for position, parent in enumerate(self.parents.tolist()):
            depths[position] = depths[parent] + 1 if position else 0
        return np.array(depths, np.int64)

    def inside(self, values: Floats) -> Floats:
        """Sum of a block column over everything inside each container."""
        own = np.bincount(self.at, weights=values, minlength=len(self.parents))
        running = np.concatenate(([0.0], np.cumsum(own)))
        return np.asarray(running[self.ends] - running[:-1], np.float32)

    @cached_property
    def words_inside(self) -> Floats:
        """Words inside each container."""
        return self.inside(self.words)

    @cached_property
    def prose_inside(self) -> Floats:
        """Words of prose inside each container."""
        return self.inside(self.prose)

    @cached_property
    def blocks_inside(self) -> Floats:
        """Blocks inside each container."""
        return self.inside(np.ones(self.count, np.float32))

    @cached_property
    def links_inside(self) -> Floats:
        """Share of the characters inside each container that stand in links."""
        chars = np.maximum(self.inside(self.chars), 1)
        return np.asarray(self.inside(self.link_chars) / chars, np.float32)

    @cached_property
    def ancestors(self) -> tuple[Ints, ...]:
        """The container of each block, then the one around it, and so on, six in all."""
        levels = [self.at]
        for _step in range(5):
            levels.append(self.parents[levels[-1]])
        return tuple(levels)

    @cached_property
    def steps(self) -> Mapping[str, Floats]:
        """For each sort of element: steps from each block out to the next one, at most `FAR`."""
        groups = group_names()
        index = {name: position for position, name in enumerate(groups)}
        matrix = np.full((len(self.parents), len(groups)), FAR, np.int16)
        parents = self.parents.tolist()
        for position, container in enumerate(self.document.containers):
            row = matrix[position]
            if position:
                np.add(matrix[parents[position]], 1, out=row)
            own = [TAG_GROUP.get(container.tag), TAG_GROUP.get(container.aria)]
            for name in own:
                if name:
                    row[index[f"tag_{name}"]] = 0
            for word in (*container.names, *container.labels):
                for name in groups_of(word):
                    row[index[name]] = 0
        nearest = np.minimum(matrix, FAR)[self.at].astype(np.float32)
        return {name: nearest[:, position] for name, position in index.items()}

    @cached_property
    def signatures(self) -> Ints:
        """A number for each sort of container: those of the same tag and names share it."""
        known: dict[tuple[str, tuple[str, ...]], int] = {}
        found = [known.setdefault((c.tag, c.names), len(known)) for c in self.document.containers]
        return np.array(found or [0], np.int64)

    @cached_property
    def alike(self) -> Ints:
        """A number for each sort of container within one parent: those that are alike share it."""
        keys = self.parents * (len(self.parents) + 1) + self.signatures
        return np.asarray(np.unique(keys, return_inverse=True)[1], np.int64)

    @cached_property
    def siblings(self) -> Ints:
        """How many containers of the same sort stand in the same parent, each counting itself."""
        return np.asarray(np.bincount(self.alike)[self.alike], np.int64)

    @cached_property
    def units(self) -> Mapping[str, tuple[Ints, Ints]]:
        """(unit, steps out to it) of each block: the inner- and the outermost repeated container.

        Where none is around a block, the unit is -1 and the steps are `FAR`.
        """
        repeated = (self.siblings >= MIN_UNITS) & (self.blocks_inside > 1)
        none = np.full(self.count, -1), np.full(self.count, FAR)
        found = {"inner": none, "outer": none}
        where = self.at
        for step in range(FAR):
            for which, (unit, steps) in found.items():
                here = repeated[where] & ((unit < 0) | (which == "outer"))
                found[which] = np.where(here, where, unit), np.where(here, step, steps)
            where = self.parents[where]
        return found

    # page ---------------------------------------------------------------

    @cached_property
    def candidate(self) -> int:
        """The container that holds most prose paragraph by paragraph, as Readability finds it."""
        holders = self.parents[self.at]
        direct = np.isin(self.at, self._text_holders)
        holders = np.where(direct, self.at, holders)
        found = np.bincount(holders, weights=self.prose, minlength=len(self.parents))
        above = self.parents[holders]
        found += np.bincount(above, weights=self.prose / 2, minlength=len(self.parents))
        return int(np.argmax(found))

    @cached_property
    def _text_holders(self) -> Ints:
        tags = ("div", "td", "section", "article", "body", "main")
        return np.array([i for i, c in enumerate(self.document.containers) if c.tag in tags])

    def smallest_with(self, share: float) -> int:
        """The smallest container that holds at least a share of the page's prose."""
        enough = self.prose_inside >= share * max(float(self.prose_inside[0]), 1.0)
        enough[0] = True
        return int(np.flatnonzero(enough)[-1])

    @cached_property
    def shared(self) -> Mapping[str, tuple[Floats, Floats]]:
        """For title and description: share of each block's words in it, and of its in the block."""
        found = {}
        for name, text in (
            ("title", self.metadata.title),
            ("description", self.metadata.description),
        ):
            known = frozenset(tokens(text or ""))
            pairs = [
                (
                    sum(1 for word in own if word in known) / max(len(own), 1),
                    len(known.intersection(own)) / max(len(known), 1),
                )
                for own in self.tokens
            ]
            both = np.array(pairs, np.float32).reshape(-1, 2)
            found[name] = both[:, 0], both[:, 1]
        return found

    def values(self, field: Field) -> list[str]:
        """What the page declares of a field."""
        return [c.value for c in self.document.candidates if c.field is field]
