"""What the words of a page tell of its type.

Softmax regression on which words the page holds: those of its address, title, class names,
declared types, and the first ones of each block. Words are kept as their CRC-32, so weights hold no
text of the pages they were fitted on.
"""

import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleanarticle.accelerator import accelerated
from cleanarticle.classifier.network import Array
from cleanarticle.language.words import tokens
from cleanarticle.records import Container, Document, Field, Metadata

Keys = NDArray[np.uint32]
FIRST_WORDS, FIRST_CHARS = 4, 60  # of each block
LEAST = 1e-4  # is added to a probability before its log is taken
_LATIN_WORD = re.compile(r"[a-z]{2,}")


@dataclass(frozen=True, slots=True)
class PageWords:
    """The weights: words × page types, in the order of `records.PageType`."""

    keys: Keys  # of the words, in rising order
    weights: Array
    bias: Array

    def log_probabilities(self, page: Keys) -> Array:
        """Log of each type's probability for a page of such words."""
        places = np.searchsorted(self.keys, page)
        places = places[places < len(self.keys)]  # those of the first words, as `page` rises
        own = self.weights[places[self.keys[places] == page[: len(places)]]]
        log_odds = self.bias + own.sum(0) / np.sqrt(max(len(own), 1))
        shares = np.exp(log_odds - log_odds.max())
        return np.asarray(np.log(shares / shares.sum() + LEAST), np.float32)


def keys(document: Document, metadata: Metadata) -> Keys:
    """The words of a page as numbers, each once, in rising order."""
    told = set(_told(document, metadata))
    return checksums(told, document.containers, [b.text for b in document.blocks], tokens)


def _told(document: Document, metadata: Metadata) -> Iterator[str]:
    """Words of the address, the title and the declared types, with a sign of where they stand."""
    for word in _LATIN_WORD.findall((metadata.url or "").lower()):
        yield f"/{word}"
    for word in tokens(metadata.title or ""):
        yield f"#{word}"
    for candidate in document.candidates:
        if candidate.field is Field.TYPE:
            yield f"@{candidate.value.lower()}"


@accelerated("page_words")
def checksums(
    words: Iterable[str],
    containers: Sequence[Container],
    texts: Sequence[str],
    tokens: Callable[[str], tuple[str, ...]],
) -> Keys:
    """The CRC-32 of words, of those of class names and the like, and of the first of each text."""
    names = {c.names for c in containers} | {c.labels for c in containers}
    first = {tokens(text[:FIRST_CHARS])[:FIRST_WORDS] for text in texts}
    found = {_crc(word) for word in set(words).union(*first)}
    dot = _crc(".")
    found.update([_crc(word, dot) for word in set[str]().union(*names)])
    return np.array(sorted(found), np.uint32)


def _crc(word: str, before: int = 0) -> int:
    """The CRC-32 of a word behind what has another."""
    return zlib.crc32(word.encode("utf-8", "replace"), before)
