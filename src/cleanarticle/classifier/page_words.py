"""What the words of a page tell of its type.

Softmax regression on which words the page holds: those of its address, title, class names,
declared types, and the first ones of each block. Words are kept as their CRC-32, so weights hold no
text of the pages they were fitted on.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleanarticle.classifier.network import Array
from cleanarticle.language.words import tokens
from cleanarticle.records import Document, Field, Metadata

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
        own = self.weights[np.isin(self.keys, page, assume_unique=True)]
        log_odds = self.bias + own.sum(0) / np.sqrt(max(len(own), 1))
        shares = np.exp(log_odds - log_odds.max())
        return np.asarray(np.log(shares / shares.sum() + LEAST), np.float32)


def keys(document: Document, metadata: Metadata) -> Keys:
    """The words of a page as numbers, each once, in rising order."""
    words = set(_words(document, metadata))
    return np.array(
        sorted({zlib.crc32(word.encode("utf-8", "replace")) for word in words}), np.uint32
    )


def _words(document: Document, metadata: Metadata) -> Iterator[str]:
    """Words with a sign of where they stand."""
    for word in _LATIN_WORD.findall((metadata.url or "").lower()):
        yield f"/{word}"
    for word in tokens(metadata.title or ""):
        yield f"#{word}"
    for candidate in document.candidates:
        if candidate.field is Field.TYPE:
            yield f"@{candidate.value.lower()}"
    for container in document.containers:
        for word in (*container.names, *container.labels):
            yield f".{word}"
    for block in document.blocks:
        yield from tokens(block.text[:FIRST_CHARS])[:FIRST_WORDS]
