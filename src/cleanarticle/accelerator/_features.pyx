# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Twins of families of features: what stands around, before and behind each block."""

from libc.math cimport copysign, fabs, log1p
from libc.stdint cimport int64_t, uint8_t

import numpy as np

cdef enum:
    LOGS = 4096

cdef float logs[LOGS]  # of 1 + n, as numpy takes them: most distances and counts are small
logs_of = np.log1p(np.arange(LOGS)).astype(np.float32)
cdef Py_ssize_t filled
for filled in range(LOGS):
    logs[filled] = logs_of[filled]
cdef float logs_of_floats[LOGS]
logs_of = np.log1p(np.arange(LOGS, dtype=np.float32))
for filled in range(LOGS):
    logs_of_floats[filled] = logs_of[filled]
del logs_of


cdef inline float log_of(double value) noexcept nogil:
    """Log of 1 + a number that is no less than 0."""
    if value < LOGS and value == <Py_ssize_t>value:
        return logs[<Py_ssize_t>value]
    return <float>log1p(value)


cdef inline float log_of_float(float value) noexcept nogil:
    """The same, as numpy finds it for a float."""
    if 0 <= value < LOGS and value == <Py_ssize_t>value:
        return logs_of_floats[<Py_ssize_t>value]
    return <float>log1p(value)


cdef inline float signed_log(double distance) noexcept nogil:
    return <float>copysign(log_of(fabs(distance)), distance)


cdef int check_places(
    const int64_t[:, ::1] ancestors, Py_ssize_t blocks, Py_ssize_t containers
) except -1:
    """Whether all that stands around the blocks are containers of the page."""
    cdef Py_ssize_t level, block
    if ancestors.shape[1] != blocks or ancestors.shape[0] < 2:
        raise ValueError("each block has elements around it")
    for level in range(ancestors.shape[0]):
        for block in range(blocks):
            if not 0 <= ancestors[level, block] < containers:
                raise IndexError("an element that is none of the page")
    return 0


cdef int check_sizes(Py_ssize_t wanted, tuple arrays) except -1:
    for array in arrays:
        if len(array) != wanted:
            raise ValueError("each has a value")
    return 0


# the place of a block -------------------------------------------------------

def around_title(c, is_called_so):
    """The group of features `title_steps`, `title_article`, `h1_since_title`."""
    cdef const int64_t[:, ::1] around = c.ancestors
    cdef const int64_t[:] ends = c.elements.ends
    cdef const uint8_t[:] is_article = c.elements.is_article, is_called = is_called_so
    cdef const float[:] levels = c.levels
    cdef Py_ssize_t count = c.count, far = around.shape[0], block, level, first, article, own
    cdef bint is_known
    cdef int64_t place = 0, since = 0, other
    cdef float[:, ::1] out
    check_places(around, count, len(ends))
    check_sizes(len(ends), (is_article, is_called))
    check_sizes(count, (levels,))
    title = c.metadata.title_block
    if title is not None:
        place = around[0, range(count)[title]]
        for block in range(range(count)[title] + 1):
            since -= levels[block] == 1
    found = np.empty((3, count), np.float32)
    out = found
    with nogil:
        for block in range(count):
            first = article = own = far
            is_known = False
            for level in range(far - 1, -1, -1):
                other = around[level, block]
                is_known |= is_called[other]
                if is_article[other]:
                    article = level
                if other <= place < ends[other]:
                    first = level
                    if is_article[other]:
                        own = level
            since += levels[block] == 1
            out[0, block] = first
            out[1, block] = (own == article) if is_known else -1
            out[2, block] = min(max(since, -3), 9)
    return found


def in_order(c, nowhere):
    """The group of features from `position` to `from_title`."""
    cdef const float[:] words = c.words, prose = c.prose
    cdef Py_ssize_t count = c.count, block, title = -1
    cdef double all_words = 0, all_prose = 0, own_words = 0, own_prose = 0
    cdef float none = nowhere
    cdef float[:, ::1] out
    check_sizes(count, (words, prose))
    if c.metadata.title_block is not None:
        title = c.metadata.title_block
    found = np.empty((6, count), np.float32)
    out = found
    with nogil:
        for block in range(count):
            all_words += words[block]
            all_prose += prose[block]
        for block in range(count):
            out[0, block] = <float>(<double>block / count)
            out[1, block] = <float>(own_words / max(all_words, 1))
            out[2, block] = <float>(own_prose / max(all_prose, 1))
            out[3, block] = log_of(own_prose)
            out[4, block] = log_of(max(all_prose - own_prose - prose[block], 0))
            out[5, block] = none if title < 0 else signed_log(block - title)
            own_words += words[block]
            own_prose += prose[block]
    return found


def beside_prose(c, nowhere, far):
    """The group of features `to_prose` and `from_last_prose`."""
    cdef const float[:] prose = c.prose
    cdef Py_ssize_t count = c.count, block, last = -1, none = far, ahead, behind
    cdef float missing = nowhere
    cdef float[:, ::1] out
    check_sizes(count, (prose,))
    found = np.empty((2, count), np.float32)
    out = found
    with nogil:
        for block in range(count - 1, -1, -1):  # the distance ahead is kept in the row of results
            if prose[block]:
                last = block
            out[0, block] = none if last < 0 else last - block
        last = -1
        for block in range(count):
            ahead, behind = <Py_ssize_t>out[0, block], none if last < 0 else block - last
            out[0, block] = signed_log(ahead if ahead <= behind else -behind)
            if prose[block]:
                last = block
        for block in range(count):
            if last < 0:
                out[0, block], out[1, block] = missing, log_of(block)
            else:
                out[1, block] = signed_log(block - last)
    return found


def of_neighbours(c, of_headings, of_sentences, offsets, widths, most):
    """The features of the blocks beside each: 5 of each offset, 2 of each width, and of its run."""
    cdef const float[:] words = c.words, density = c.link_density, prose = c.prose
    cdef const float[:] linked = c.link_chars, chars = c.chars
    cdef const float[:] is_heading, says_so
    cdef const int64_t[:] alike = c.elements.alike, at = c.at
    cdef Py_ssize_t count = c.count, row = 0, block, other, offset
    cdef float[:, ::1] out
    is_heading, says_so = of_headings, of_sentences
    check_sizes(count, (words, density, prose, linked, chars, is_heading, says_so, at))
    for block in range(count):
        if not 0 <= at[block] < alike.shape[0]:
            raise IndexError("an element that is none of the page")
    found = np.empty((5 * len(offsets) + 2 * len(widths) + 1, count), np.float32)
    out = found
    for offset in offsets:
        for block in range(count):
            other = block + offset
            if 0 <= other < count:
                out[row, block] = log_of_float(words[other])
                out[row + 1, block] = density[other]
                out[row + 2, block] = is_heading[other]
                out[row + 3, block] = alike[at[block]] == alike[at[other]]
                out[row + 4, block] = says_so[other]
            else:
                out[row, block] = out[row + 1, block] = out[row + 2, block] = -1
                out[row + 3, block], out[row + 4, block] = 0, -1
        row += 5
    found[row : row + 2 * len(widths) : 2] = np.log1p(around(c, widths, most, out, row + 1))
    runs(prose, &out[out.shape[0] - 1, 0])
    return found


cdef around(c, widths, float most, float[:, ::1] out, Py_ssize_t row):
    """Mean prose within so many blocks on both sides; puts the share of links in every second row."""
    cdef const float[:] prose = c.prose, linked = c.link_chars, chars = c.chars
    cdef Py_ssize_t count = out.shape[1], block, which, width, low, high, size
    cdef double links, signs
    cdef double[:, ::1] sums = np.zeros((3, count + 1)), means
    found = np.empty((len(widths), count))
    means = found
    for block in range(count):
        sums[0, block + 1] = sums[0, block] + min(prose[block], most)
        sums[1, block + 1] = sums[1, block] + linked[block]
        sums[2, block + 1] = sums[2, block] + chars[block]
    for which in range(len(widths)):
        width = widths[which]
        for block in range(count):
            low, high = max(block - width, 0), min(block + width + 1, count)
            size = max(high - low - 1, 1)
            means[which, block] = max(
                (sums[0, high] - sums[0, low] - min(prose[block], most)) / size, 0
            )
            links = (sums[1, high] - sums[1, low] - linked[block]) / size
            signs = (sums[2, high] - sums[2, low] - chars[block]) / size
            out[row + 2 * which, block] = <float>(links / max(signs, 1))
    return found


cdef void runs(const float[:] prose, float *out) noexcept nogil:
    """Log of the blocks from one of prose to before the next."""
    cdef Py_ssize_t count = prose.shape[0], first = 0, block, other
    for block in range(1, count + 1):
        if block == count or prose[block] > 0:
            for other in range(first, block):
                out[other] = log_of(block - first)
            first = block


include "features_tree.pxi"
include "features_flow.pxi"
