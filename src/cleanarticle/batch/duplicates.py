"""Near-duplicate articles, found over a whole run by MinHash and banding.

Two bodies are near-duplicates where they share half of their shingles, runs of three words: copies,
updates and syndicated versions. Each worker makes a signature of the body; the signatures lie on
the disk, and memory takes 16 bytes a page: 200 MB and a minute for ten million pages, measured.

Of invented pairs that share 60 % of their shingles 95 % were found, of those that share 67 % all
but a few in a thousand, of those that share 33 % as few.

Source: Broder, "On the resemblance and containment of documents", 1997; Leskovec, Rajaraman &
Ullman, "Mining of Massive Datasets", chapter 3, for the bands.
"""

import base64
import tempfile
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from cleanarticle.errors import MissingExtra
from cleanarticle.language.words import count, tokens

MIN_SIMILARITY = 0.5  # estimated share of common shingles from which a page is a duplicate
MIN_WORDS = 20  # below it bodies are alike by chance, such as "This video is not available."
SHINGLE_WORDS = 3
# 21 bands of 3 values: of pairs that share 60 % of their shingles 99 % meet in some band, of pairs
# that share 10 % one in fifty does, and then the estimate parts them.
BANDS, BAND_VALUES = 21, 3
VALUES = BANDS * BAND_VALUES
_SEED = 1  # a change of it, or of the numbers above, makes other signatures
_SHINGLES_AT_ONCE = 4_096  # of a long body; 1 MB of hash values
_RECORD = VALUES + 1  # 16-bit numbers on the disk: a mark that a signature is there, and its values
_BLOCK = 1 << 15  # pages handled at once
_EARLIEST = 4  # pages of a bucket that the others of it are compared with


def signature(body: str) -> str | None:
    """What `Duplicates` compares bodies by: 63 numbers of 16 bits in 168 characters.

    Returns:
        Text in base64, the same for the same words on every machine; None for a body of less
        than `MIN_WORDS` words.

    Raises:
        MissingExtra: datasketch is not installed; also for a short body, so that `signature("")`
            tells it beforehand.
    """
    minhash = _empty()
    if count(body) < MIN_WORDS:
        return None
    minhash = minhash.copy()
    words = tokens(body)
    starts = range(len(words) - SHINGLE_WORDS + 1)
    shingles = {" ".join(words[start : start + SHINGLE_WORDS]) for start in starts}
    ordered = [shingle.encode("utf-8", "surrogatepass") for shingle in shingles]
    for first in range(0, len(ordered), _SHINGLES_AT_ONCE):
        minhash.update_batch(ordered[first : first + _SHINGLES_AT_ONCE])
    # Half of each number is enough: other values than one's own are met once in 65,536 times.
    values = (minhash.hashvalues & 0xFFFF).astype("<u2")
    return base64.b64encode(values.tobytes()).decode("ascii")


@cache
def _empty() -> Any:
    try:
        from datasketch import MinHash
    except ImportError as error:
        message = "marking duplicates needs datasketch: pip install 'cleanarticle[dedup]'"
        raise MissingExtra(message) from error
    return MinHash(num_perm=VALUES, seed=_SEED, scheme="affine32")


class Duplicates:
    """Signatures of a run, which lie in a file without a name until this is closed.

    Pages are known by their number in source order, counted from 0. They may be added in any
    order, and numbers may be left out. The file has 128 bytes for each number.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Open the file in a folder, or where temporary files go.

        Raises:
            OSError: no file can be written there.
        """
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed by `close`
        self._pages = 0

    def __enter__(self) -> Self:
        """Nothing to do."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Let the file go."""
        self.close()

    def close(self) -> None:
        """Let the file go."""
        self._file.close()

    def add(self, number: int, signature: str | None) -> None:
        """Note a page.

        Args:
            number: the page's place in source order, from 0.
            signature: of its body; None leaves the page unmarked.

        Raises:
            OSError: the disk is full.
        """
        self._pages = max(self._pages, number + 1)
        if signature is not None:
            self._file.seek(number * _RECORD * 2)
            self._file.write(b"\1\0" + base64.b64decode(signature))

    def first(self) -> NDArray[np.int64]:
        """For each page the number of the earliest page that it repeats, or -1.

        A page repeats the earliest page that it is near to, and what that one repeats. The page
        named is never a duplicate itself. In a bucket of very many pages each is compared with
        the earliest few alone.

        Raises:
            OSError: the disk is full.
        """
        self._file.flush()
        nearest = np.arange(self._pages, dtype=np.int64)
        keys = np.empty(self._pages, np.uint64)
        for band in range(BANDS):
            self._compare(self._sorted(keys, band), nearest)
        return _roots(nearest)

    @property
    def _bits(self) -> np.uint64:
        """Of a key: those that hold the page's number; the others hold a hash of the band."""
        return np.uint64(max(self._pages - 1, 1).bit_length())

    def _sorted(self, keys: NDArray[np.uint64], band: int) -> NDArray[np.uint64]:
        """Hash and number of all pages with a signature; those of a bucket lie side by side."""
        there = 0
        for start in range(0, self._pages, _BLOCK):
            records = self._records(np.arange(start, min(start + _BLOCK, self._pages)))
            numbers = np.flatnonzero(records[:, 0])
            hashes = _hashes(records[numbers], 1 + band * BAND_VALUES)
            numbers += start
            bits = self._bits
            block = keys[there : there + len(numbers)]
            block[:] = hashes >> bits << bits | numbers.astype(np.uint64)
            there += len(numbers)
        keys[:there].sort()
        return keys[:there]

    def _compare(self, keys: NDArray[np.uint64], nearest: NDArray[np.int64]) -> None:
        """Note for each page the earliest page of its bucket that it is near to.

        What is noted already and earlier stays. A page that is near to none is its own nearest.
        """
        mask = (np.uint64(1) << self._bits) - np.uint64(1)
        for places, starts in _buckets(keys, self._bits):
            pages = (keys[places] & mask).astype(np.int64)
            for step in range(_EARLIEST):
                earlier = (keys[np.minimum(starts + step, places)] & mask).astype(np.int64)
                # Only what could lower a page's nearest is worth a look at its signature.
                doubtful = np.flatnonzero(earlier < nearest[pages])
                near = doubtful[self._are_near(pages[doubtful], earlier[doubtful])]
                nearest[pages[near]] = earlier[near]

    def _are_near(self, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.bool_]:
        numbers, places = np.unique(np.concatenate([left, right]), return_inverse=True)
        records = self._records(numbers)[:, 1:]
        same = records[places[: len(left)]] == records[places[len(left) :]]
        return np.asarray(same.mean(axis=1) >= MIN_SIMILARITY)

    def _records(self, numbers: NDArray[np.int64]) -> NDArray[np.uint16]:
        """The records of pages in rising order, those that follow one another read at once."""
        found = np.zeros((len(numbers), _RECORD), "<u2")  # past the end of the file are none
        places = np.flatnonzero(np.diff(numbers, prepend=-2) != 1)
        for start, end in pairwise([*places.tolist(), len(numbers)]):
            self._file.seek(int(numbers[start]) * _RECORD * 2)
            self._file.readinto(found[start:end].view(np.uint8).data)
        return found


def _hashes(records: NDArray[np.uint16], column: int) -> NDArray[np.uint64]:
    """A number of 64 bits for each band, its upper bits well mixed."""
    values = records[:, column : column + BAND_VALUES].astype(np.uint64)
    joined: NDArray[np.uint64] = values[:, 0] | values[:, 1] << np.uint64(16)
    joined |= values[:, 2] << np.uint64(32)
    # The finalizer of MurmurHash3.
    joined = (joined ^ joined >> np.uint64(33)) * np.uint64(0xFF51AFD7ED558CCD)
    joined = (joined ^ joined >> np.uint64(33)) * np.uint64(0xC4CEB9FE1A85EC53)
    joined ^= joined >> np.uint64(33)
    return joined


def _buckets(
    keys: NDArray[np.uint64], bits: np.uint64
) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Block by block, the places of all but the first page of a bucket, and where it starts."""
    begun = 0  # where the last bucket starts, which may be in a block before
    for start in range(0, len(keys), _BLOCK):
        before = max(start - 1, 0)
        hashes = keys[before : start + _BLOCK] >> bits
        places = np.arange(before + 1, before + len(hashes))
        new = hashes[1:] != hashes[:-1]
        starts = np.maximum.accumulate(np.where(new, places, begun))
        if len(starts):
            begun = int(starts[-1])
        yield places[~new], starts[~new]


def _roots(nearest: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where the way from page to nearest page ends, in place; -1 for the pages that are its end."""
    blocks = [slice(start, start + _BLOCK) for start in range(0, len(nearest), _BLOCK)]
    for block in blocks:  # the ways go back, to blocks that are done
        while not np.array_equal(further := nearest[nearest[block]], nearest[block]):
            nearest[block] = further
    for block in blocks:
        own = np.arange(block.start, min(block.stop, len(nearest)))
        nearest[block][nearest[block] == own] = -1
    return nearest
