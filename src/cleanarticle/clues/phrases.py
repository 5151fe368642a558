"""Phrases and class names that betray boilerplate, from the files beside the strippers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

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
_Entry = tuple[tuple[str, ...], Hit]


def find(text: str) -> Iterator[Hit]:
    """The phrases of all kinds and languages in a block's text."""
    found = [mask_number(token) for token in tokens(text)]
    if not found or len(found) > MAX_WORDS:
        return
    index = _by_first_word()
    for position, word in enumerate(found):
        for phrase, hit in index.get(word, ()):
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
    ends = hit.kind is Kind.TEASER and hit.how is How.EQUALS and hit.words > 1 and behind == 0
    return How.ENDS if ends else None


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
def _by_first_word() -> Mapping[str, Sequence[_Entry]]:
    index: dict[str, dict[tuple[tuple[str, ...], Kind, How], Hit]] = {}
    for kind in Kind:
        for table in phrase_table(kind).values():
            for how in _IN_FILES:
                for phrase in table.get(how.value, ()):
                    words = _words(phrase)
                    hit = Hit(kind, how, phrase, len(words), phrase.endswith(" *"))
                    index.setdefault(words[0], {})[words, kind, how] = hit
    return {
        first: tuple((words, hit) for (words, _kind, _how), hit in entries.items())
        for first, entries in index.items()
    }


@cache
def _by_first_name() -> Mapping[str, Sequence[tuple[tuple[str, ...], Kind]]]:
    index: dict[str, list[tuple[tuple[str, ...], Kind]]] = {}
    for kind in Kind:
        for name in name_list(kind):
            pieces = tuple(name.split("-"))
            index.setdefault(pieces[0], []).append((pieces, kind))
    return index
