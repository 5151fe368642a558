"""Phrases and class names that betray boilerplate, from the files beside the strippers."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from cleanarticle import resources
from cleanarticle.accelerator import accelerated
from cleanarticle.language.words import mask_number, tokens
from cleanarticle.records import Kind

_FOLDER = "strippers"
MAX_WORDS = 60  # blocks of more words are prose; phrases in them say nothing
TOKEN_CHARS = 1000  # of a block whose words are looked at one by one
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


class Entry(NamedTuple):
    """A phrase as it is looked up."""

    place: int  # among all
    words: tuple[str, ...]
    behind: int  # at the start of a block, at most so many words may follow
    inside: bool  # it may stand anywhere
    hit: Hit
    at_end: Hit | None  # what it says at the end of a block, where it may stand there


# Second word, None for phrases of one word → entries. Most words begin no phrase, and most words
# behind those that do are not their second: two look-ups tell.
_Seconds = Mapping[str | None, Sequence[Entry]]
# First word → places of phrases, or their entries once the word was met, which most never are.
_Index = dict[str, "list[int] | _Seconds"]


@accelerated("words")
def find(words: Sequence[str]) -> tuple[Hit, ...]:
    """The phrases of all kinds and languages in the words of a block."""
    if not words or len(words) > MAX_WORDS:
        return ()
    at_start, inside = indices()
    if not "".join(words).isalpha():
        words = [mask_number(word) for word in words]
    hits = _hits_at(0, words, seconds(at_start, words[0])) if words[0] in at_start else []
    if inside.keys().isdisjoint(words):
        return tuple(hits)
    last = len(words) - 1
    for position, word in enumerate(words):
        if word in inside and position:
            behind = seconds(inside, word)
            if None in behind or (position < last and words[position + 1] in behind):
                hits += _hits_at(position, words, behind)
    return tuple(hits)


def _hits_at(position: int, words: Sequence[str], behind: _Seconds) -> list[Hit]:
    """The phrases that begin at a position; `behind` are those that begin with its word."""
    alone = behind.get(None, ())
    longer = behind.get(words[position + 1], ()) if position + 1 < len(words) else ()
    hits = []
    for entry in sorted((*alone, *longer)) if alone and longer else alone or longer:
        end = position + len(entry.words)
        if tuple(words[position:end]) == entry.words:
            hit = _as_it_stands(entry, position, len(words) - end)
            if hit is not None:
                hits.append(hit)
    return hits


def _as_it_stands(entry: Entry, position: int, behind: int) -> Hit | None:
    """What a phrase says with so many words behind it; None where it may not stand so."""
    if entry.inside or (position == 0 and behind <= entry.behind):
        return entry.hit
    return entry.at_end if behind == 0 else None


def _entry(place: int, words: tuple[str, ...], hit: Hit) -> Entry:
    ends = _may_end(hit.kind, hit.how) and hit.words > 1
    return Entry(
        place=place,
        words=words,
        behind={
            How.EQUALS: 0,
            How.OPENS: MAX_OPEN_WORDS if hit.open_ended else 0,
        }.get(hit.how, MAX_START_WORDS - hit.words),
        inside=hit.how is How.CONTAINS,
        hit=hit,
        at_end=replace(hit, how=How.ENDS) if ends else None,
    )


def _may_end(kind: Kind, how: How) -> bool:
    return kind is Kind.TEASER and how is How.EQUALS


@accelerated("words")
def names_in(names: Sequence[str]) -> tuple[tuple[Kind, str], ...]:
    """Kinds that the words of class and id values name, with the name that matched."""
    index = name_index()
    found = []
    for position, word in enumerate(names):
        if word in index:
            for pieces, named in index[word]:
                if len(pieces) == 1 or tuple(names[position : position + len(pieces)]) == pieces:
                    found.append(named)
    return tuple(found)


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
def indices() -> tuple[_Index, _Index]:
    """The phrases that may stand at the start of a block, and those that may stand elsewhere.

    `seconds` looks them up.
    """
    at_start: dict[str, list[int]] = defaultdict(list)
    inside: dict[str, list[int]] = defaultdict(list)
    phrases, groups = _written()
    ends = [start for start, _kind, _how in groups[1:]] + [len(phrases)]
    for (start, kind, how), end in zip(groups, ends, strict=True):
        indexes = [at_start]
        if how is How.CONTAINS or _may_end(kind, how):
            indexes.append(inside)
        for place in range(start, end):
            first = _first_word(phrases[place])
            for index in indexes:
                index[first].append(place)
    return dict(at_start), dict(inside)


@cache
def _written() -> tuple[Sequence[str], Sequence[tuple[int, Kind, How]]]:
    """All phrases, and the places where those of a kind and of a way to stand begin."""
    phrases: list[str] = []
    groups: list[tuple[int, Kind, How]] = []
    for kind in Kind:
        for table in phrase_table(kind).values():
            for how in _IN_FILES:
                groups.append((len(phrases), kind, how))
                phrases += table.get(how.value, ())
    return phrases, groups


def _first_word(phrase: str) -> str:
    piece = phrase.partition(" ")[0]
    if piece.isascii() and piece.isalpha():
        return piece.lower()
    return _first_word_of_piece(piece) or (*_words(phrase), "")[0]


@cache
def _first_word_of_piece(piece: str) -> str:
    return (*_words(piece), "")[0]


def seconds(index: _Index, first: str) -> _Seconds:
    """The entries of phrases that begin with `first`, a key of the index, by second word."""
    found = index[first]
    if isinstance(found, list):
        found = index[first] = _seconds(found)
    return found


def _seconds(places: Sequence[int]) -> _Seconds:
    phrases, groups = _written()
    known: dict[tuple[tuple[str, ...], Kind, How], tuple[int, Hit]] = {}
    for place in places:
        phrase = phrases[place]
        _start, kind, how = groups[bisect_right(groups, place, key=itemgetter(0)) - 1]
        words = _words(phrase)
        first_place = known[words, kind, how][0] if (words, kind, how) in known else place
        hit = Hit(kind, how, phrase, len(words), phrase.endswith(" *"))
        known[words, kind, how] = first_place, hit
    behind: dict[str | None, list[Entry]] = {}
    for (words, _kind, _how), (place, hit) in known.items():
        second = words[1] if len(words) > 1 else None
        behind.setdefault(second, []).append(_entry(place, words, hit))
    return behind


@cache
def name_index() -> Mapping[str, Sequence[tuple[tuple[str, ...], tuple[Kind, str]]]]:
    """First word of a name → all its words, and the kind with the name."""
    index: dict[str, list[tuple[tuple[str, ...], tuple[Kind, str]]]] = {}
    for kind in Kind:
        for name in name_list(kind):
            pieces = tuple(name.split("-"))
            index.setdefault(pieces[0], []).append((pieces, (kind, name)))
    return index
