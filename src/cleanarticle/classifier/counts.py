"""Numbers of each block, and counts of the signs in its text."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from cleanarticle.accelerator import accelerated
from cleanarticle.classifier import signs
from cleanarticle.records import Block, Kind, Markup, Removal, Role, Style

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Votes = tuple[Floats, Ints, NDArray[np.float64]]

# Rows of `of_blocks`: spans are links, then the characters in bold and in italics; a place is the
# first character in raw text and the one behind the last.
WORDS, CHARS, LINK_CHARS, AT, ROLE, LEVEL, RUN, LINKS, BOLD, ITALIC = range(10)
CONTROL, NUMBERED, GOES_ON, FIRST, BEHIND = range(10, 15)
NUMBERS = 15
# Rows of `of_texts`: how often a sign of the sort stands in the text, the words that begin with a
# capital, the runs of letters and digits; then whether the text holds, ends or begins so.
UPPER, DIGIT, COMMA, STOP, QUOTE, OTHER, CAPITALS, LETTER_RUNS = range(8)
HAS_RIGHTS, HAS_MONEY, HAS_BORDER, HAS_ADDRESS = range(8, 12)
ENDS_SENTENCE, ENDS_COLON, ENDS_QUESTION, ENDS_DOTS, STARTS_LOWER, STARTS_DIGIT = range(12, 18)
COUNTS = 18

MONTH_CHARS = 120  # of a text in which the name of a month is looked for

# To hash a member of an Enum runs Python; that there is one of each makes its id a key.
_ROLES = {id(role): position for position, role in enumerate(Role)}
_KINDS = {id(kind): position for position, kind in enumerate(Kind)}
_SPANS = {id(Style.LINK): LINKS, id(Style.STRONG): BOLD, id(Style.EMPHASIS): ITALIC}
_NO_MARKUP, _NO_PLACE = Markup("", container=0, link_chars=0), (0, 0)
_COUNTED = (signs.UPPER, signs.DIGIT, signs.COMMA, signs.STOP, signs.QUOTE, signs.OTHER)
_HELD = (signs.RIGHTS, signs.MONEY, signs.BORDER)
_ADDRESSES = ("@", "http", "www.")
_ENDS = (
    (ENDS_SENTENCE, signs.END),
    (ENDS_COLON, signs.COLON),
    (ENDS_QUESTION, signs.QUESTION),
    (ENDS_DOTS, signs.CUT),
)


@accelerated("rows")
def of_blocks(blocks: Sequence[Block]) -> Ints:
    """What the records say: numbers × blocks."""
    found = np.zeros((NUMBERS, len(blocks)), np.int64)
    markups = [b.markup or _NO_MARKUP for b in blocks]
    found[WORDS] = [b.words for b in blocks]
    found[CHARS] = [len(b.text) for b in blocks]
    found[LINK_CHARS] = [m.link_chars for m in markups]
    found[AT] = [m.container for m in markups]
    found[ROLE] = [_ROLES[id(b.role)] for b in blocks]
    found[LEVEL] = [b.level for b in blocks]
    found[RUN] = [b.run for b in blocks]
    found[CONTROL] = [m.control for m in markups]
    found[NUMBERED] = [len(b.marker) > 1 for b in blocks]
    found[GOES_ON] = [b.goes_on for b in blocks]
    places = [b.place or _NO_PLACE for b in blocks]
    found[FIRST] = [first for first, _behind in places]
    found[BEHIND] = [behind for _first, behind in places]
    for position, block in enumerate(blocks):
        for span in block.spans:
            if (row := _SPANS.get(id(span.style))) is not None:
                found[row, position] += 1 if row == LINKS else span.end - span.start
    return found


@accelerated("texts")
def of_texts(texts: Sequence[str], table: NDArray[np.uint16]) -> Floats:
    """What the texts hold: counts and flags × blocks; `table` is that of `signs`."""
    found = np.zeros((COUNTS, len(texts)), np.float32)
    joined = " " + " ".join(texts)
    sorts = signs.sorts_of(joined, table)
    bounds = np.zeros(len(texts) + 1, np.int64)  # the space before each text, and the end of all
    np.cumsum([len(text) + 1 for text in texts], out=bounds[1:])

    def count(places: Ints) -> Ints:
        return np.diff(np.searchsorted(places, bounds))

    places = np.flatnonzero((sorts & ~np.uint16(signs.SPACE)) > 0)  # of all that is no small letter
    own = sorts[places]
    running = np.zeros((len(_COUNTED) + len(_HELD), len(places) + 1), np.int32)
    np.cumsum(
        (own & np.array((*_COUNTED, *_HELD), np.uint16)[:, None]) > 0, axis=1, out=running[:, 1:]
    )
    sums = np.diff(running.take(np.searchsorted(places, bounds), axis=1))
    found[UPPER : OTHER + 1] = sums[: len(_COUNTED)]
    found[HAS_RIGHTS : HAS_BORDER + 1] = sums[len(_COUNTED) :] > 0
    upper = places[(own & signs.UPPER) > 0]
    found[CAPITALS] = count(upper[(sorts[upper - 1] & signs.SPACE) > 0])
    is_letter = (sorts & ~np.uint16(signs.UPPER | signs.DIGIT)) == 0
    found[LETTER_RUNS] = count(np.flatnonzero(is_letter[1:] & ~is_letter[:-1]) + 1)
    found[HAS_ADDRESS, np.searchsorted(bounds, list(_addresses(joined)), "right") - 1] = 1
    last = sorts[bounds[1:] - 1]
    for row, sort in _ENDS:
        found[row] = (last & sort) > 0
    for position in np.flatnonzero(last & signs.STOP).tolist():
        if texts[position].endswith("..."):
            found[ENDS_DOTS, position] = 1
    found[STARTS_LOWER] = [text[:1].islower() for text in texts]
    found[STARTS_DIGIT] = [text[:1].isdigit() for text in texts]
    return found


def _addresses(text: str) -> Iterator[int]:
    """Where signs of an address stand; none of them reaches over a space."""
    for sign in _ADDRESSES:
        place = text.find(sign)
        while place >= 0:
            yield place
            place = text.find(sign, place + 1)


@accelerated("texts")
def repeats(texts: Sequence[str]) -> Ints:
    """2 × texts: how often a text stands on the page, and whether it stood above already."""
    found = np.zeros((2, len(texts)), np.int64)
    first = dict(zip(reversed(texts), range(len(texts) - 1, -1, -1), strict=True))
    firsts = np.fromiter(map(first.__getitem__, texts), np.int64, len(texts))
    found[0] = np.bincount(firsts)[firsts] if len(texts) else 0
    found[1] = firsts != np.arange(len(texts))
    return found


@accelerated("texts")
def months(texts: Sequence[str], digits: Floats, names: Mapping[str, object]) -> Floats:
    """1 for texts that hold a digit and, among their first signs, the name of a month."""
    found = np.zeros(len(texts), np.float32)
    for position in np.flatnonzero(digits).tolist():
        words = texts[position][:MONTH_CHARS].lower().split()
        bare = [word if word.isalnum() else word.strip(".,") for word in words]
        found[position] = not names.keys().isdisjoint(bare)
    return found


@accelerated("rows")
def of_votes(votes: Sequence[Removal], blocks: int) -> Votes:
    """The strongest vote of each kind, kinds × blocks, 0 for none; block and strength of each."""
    found = np.zeros((len(_KINDS), blocks), np.float32)
    for vote in votes:
        row = found[_KINDS[id(vote.kind)]]
        row[vote.block] = max(row[vote.block], vote.strength)
    strengths = np.array([vote.strength for vote in votes], np.float64)
    return found, np.array([vote.block for vote in votes], np.int64), strengths
