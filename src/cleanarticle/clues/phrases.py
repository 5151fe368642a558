"""Phrases and class names that betray boilerplate, from the files beside the strippers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from itertools import zip_longest

from cleanarticle import resources
from cleanarticle.language.words import mask_number, tokens
from cleanarticle.records import Kind

_FOLDER = "strippers"
MAX_WORDS = 60  # blocks of more words are prose; phrases in them say nothing
MAX_START_WORDS = 40
MAX_OPEN_WORDS = 3  # in the place of "*" at the end of a heading


class How(StrEnum):
    """How a phrase stands in its block."""

    EQUALS = "equals"  # it is the whole block
    OPENS = "opens"  # it is the whole block, and what follows belongs to it
    STARTS = "starts"
    CONTAINS = "contains"
    ENDS = "ends"  # a whole-block phrase of two words or more stands at the end of a teaser


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found in a block."""

    kind: Kind
    how: How
    phrase: str
    words: int
    open_ended: bool = False  # written "more in *": a few more words may follow

    @property
    def is_whole(self) -> bool:
        """Whether the block says nothing else."""
        return self.how in (How.EQUALS, How.OPENS)


_IN_FILES = (How.EQUALS, How.OPENS, How.STARTS, How.CONTAINS)
_Entry = tuple[int, tuple[str, ...], Hit]  # its place among all, its words, what it says
# First word → second word, None for phrases of one word → entries. Most words begin no phrase, and
# most words behind those that do are not their second: two look-ups tell.
_Index = Mapping[str, Mapping[str | None, Sequence[_Entry]]]


def find(words: Sequence[str]) -> Iterator[Hit]:
    """The phrases of all kinds and languages in the words of a block."""
    found = [mask_number(word) for word in words]
    if not found or len(found) > MAX_WORDS:
        return
    at_start, inside = _indices()
    index = at_start
    for position, (word, second) in enumerate(zip_longest(found, found[1:])):
        seconds = index.get(word)
        index = inside
        if seconds is None:
            continue
        alone, longer = seconds.get(None, ()), seconds.get(second, ()) if second else ()
        for _place, phrase, hit in (
            sorted((*alone, *longer)) if alone and longer else alone or longer
        ):
            if tuple(found[position : position + len(phrase)]) != phrase:
                continue
            if how := _how(hit, position, len(found)):
                yield hit if how is hit.how else replace(hit, how=how)


def _how(hit: Hit, position: int, words: int) -> How | None:
    """How a phrase stands in a block of so many words; None where it may not stand so."""
    if hit.how is How.CONTAINS:
        return How.CONTAINS
    behind = words - position - hit.words
    if position == 0:
        limits = {How.EQUALS: 0, How.OPENS: MAX_OPEN_WORDS if hit.open_ended else 0}
        if behind <= limits.get(hit.how, MAX_START_WORDS - hit.words):
            return hit.how
    return How.ENDS if behind == 0 and _may_end(hit) else None


def _may_stand_inside(hit: Hit) -> bool:
    """Whether the phrase may stand elsewhere than at the start of its block."""
    return hit.how is How.CONTAINS or _may_end(hit)


def _may_end(hit: Hit) -> bool:
    return hit.kind is Kind.TEASER and hit.how is How.EQUALS and hit.words > 1


def names_in(names: Sequence[str]) -> Iterator[tuple[Kind, str]]:
    """Kinds that the words of class and id values name, with the name that matched."""
    index = _by_first_name()
    for position, word in enumerate(names):
        for pieces, kind in index.get(word, ()):
            if tuple(names[position : position + len(pieces)]) == pieces:
                yield kind, "-".join(pieces)


@cache
def phrase_table(kind: Kind) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Phrases of one kind: language → how → phrases. Empty for a kind without a file."""
    if kind.value not in resources.names(_FOLDER, ".toml"):
        return {}
    data = resources.toml(f"{_FOLDER}/{kind}.toml")
    return {key: value for key, value in data.items() if isinstance(value, dict)}


@cache
def name_list(kind: Kind) -> tuple[str, ...]:
    """Class and id names of one kind."""
    if kind.value not in resources.names(_FOLDER, ".toml"):
        return ()
    return tuple(resources.toml(f"{_FOLDER}/{kind}.toml").get("tokens", ()))


@cache
def labels(kind: Kind, key: str) -> frozenset[str]:
    """A list of words of one kind that is looked up by its stripper alone."""
    return frozenset(resources.toml(f"{_FOLDER}/{kind}.toml")[key])


def _words(phrase: str) -> tuple[str, ...]:
    """Words of a phrase as in the file, where "#" stands for any number."""
    return tuple(mask_number(token) for token in tokens(phrase.replace("#", "0")))


@cache
def _indices() -> tuple[_Index, _Index]:
    """The phrases that may stand at the start of a block, and those that may stand elsewhere."""
    known: dict[tuple[tuple[str, ...], Kind, How], Hit] = {}
    for kind in Kind:
        for table in phrase_table(kind).values():
            for how in _IN_FILES:
                for phrase in table.get(how.value, ()):
                    words = _words(phrase)
                    known[words, kind, how] = Hit(
                        kind, how, phrase, len(words), phrase.endswith(" *")
                    )
    entries = [(n, key[0], hit) for n, (key, hit) in enumerate(known.items())]
    return _index(entries), _index([entry for entry in entries if _may_stand_inside(entry[2])])


def _index(entries: Sequence[_Entry]) -> _Index:
    index: dict[str, dict[str | None, list[_Entry]]] = {}
    for entry in entries:
        first, second = (*entry[1], None)[:2]
        index.setdefault(first or "", {}).setdefault(second, []).append(entry)
    return index


@cache
def _by_first_name() -> Mapping[str, Sequence[tuple[tuple[str, ...], Kind]]]:
    index: dict[str, list[tuple[tuple[str, ...], Kind]]] = {}
    for kind in Kind:
        for name in name_list(kind):
            pieces = tuple(name.split("-"))
            index.setdefault(pieces[0], []).append((pieces, kind))
    return index
