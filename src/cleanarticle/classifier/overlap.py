"""What the words of each block share with other texts: the language, the metadata, other blocks."""

from collections.abc import Sequence, Set
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from cleanarticle.accelerator import accelerated

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

TELLING_LETTERS = 4  # a shorter word tells little of what a text speaks of
# Rows of `of_words`: the share of a block's words that are function words, that stand in the title,
# in the description; the share of the title's and of the description's that stand in the block.
STOP_WORDS, IN_TITLE, OF_TITLE, IN_DESCRIPTION, OF_DESCRIPTION = range(5)
# Rows of `of_telling`: the share of its telling words that other prose says, that no block says.
KNOWN, RARE = range(2)


@accelerated("texts")
def of_words(
    tokens: Sequence[Sequence[str]], stops: Set[str], title: Set[str], description: Set[str]
) -> Floats:
    """Shares × blocks, 0 where there is no word."""
    sizes = np.maximum([len(own) for own in tokens], 1)
    words = list(chain.from_iterable(tokens))
    owners = np.repeat(np.arange(len(tokens)), [len(own) for own in tokens])
    found = np.zeros((5, len(tokens)))
    is_stop = np.fromiter(map(stops.__contains__, words), bool, len(words))
    found[STOP_WORDS] = np.bincount(owners[is_stop], minlength=len(tokens)) / sizes
    in_either = (title | description).__contains__
    hits = np.flatnonzero(np.fromiter(map(in_either, words), bool, len(words))).tolist()
    of_hits = owners[hits].tolist()
    for row, known in ((IN_TITLE, title), (IN_DESCRIPTION, description)):
        held = [
            (n, words[hit]) for hit, n in zip(hits, of_hits, strict=True) if words[hit] in known
        ]
        both = ([n for n, _word in held], [n for n, _word in set(held)])
        for place, blocks, whole in zip((row, row + 1), both, (sizes, len(known)), strict=True):
            if blocks:
                found[place] = np.bincount(blocks, minlength=len(tokens)) / whole
    return found.astype(np.float32)


@accelerated("texts")
def of_telling(
    tokens: Sequence[Sequence[str]], stops: Set[str], is_prose: NDArray[np.bool_]
) -> Floats:
    """Shares × blocks, 0 where no word of the block tells what it speaks of."""
    words, numbers, owners = _numbered(tokens)
    telling = np.array([len(w) >= TELLING_LETTERS and w not in stops for w in words], bool)
    chosen = np.flatnonzero(telling[numbers])
    pairs = np.unique(owners[chosen] * max(len(words), 1) + numbers[chosen])
    owners, numbers = np.divmod(pairs, max(len(words), 1))
    in_prose = is_prose[owners]
    said = np.bincount(numbers[in_prose], minlength=len(words))
    all_said = np.bincount(numbers, minlength=len(words))
    size = len(tokens)
    sizes = np.maximum(np.bincount(owners, minlength=size), 1)
    known = np.bincount(owners[said[numbers] > in_prose], minlength=size)
    rare = np.bincount(owners[all_said[numbers] == 1], minlength=size)
    return np.array((known / sizes, rare / sizes), np.float32)


def _numbered(tokens: Sequence[Sequence[str]]) -> tuple[Sequence[str], Ints, Ints]:
    """The words, each once; the number of each word of each block; the block of each."""
    known = {word: number for number, word in enumerate(dict.fromkeys(chain(*tokens)))}
    sizes = [len(own) for own in tokens]
    numbers = np.fromiter(map(known.__getitem__, chain(*tokens)), np.int64, sum(sizes))
    return list(known), numbers, np.repeat(np.arange(len(tokens)), sizes)
