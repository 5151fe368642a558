# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Twins of the sums that the classifier takes over blocks and containers."""

from libc.stdint cimport int64_t, uint8_t, uint64_t
from libc.stdlib cimport calloc, free

import numpy as np


def sums_inside(rows, const int64_t[:] at, const int64_t[:] ends):
    """Sums of block columns over everything inside each container: rows × containers."""
    cdef Py_ssize_t count = at.shape[0], size = ends.shape[0], row, block, place
    cdef const float[:] values
    cdef float[:, ::1] out
    found = np.zeros((len(rows), size), np.float32)
    sums = np.zeros(size + 1)
    cdef double[::1] running = sums
    out = found
    for place in range(size):
        if not place < ends[place] <= size:
            raise IndexError("a container ends behind itself")
    for block in range(count):
        if not 0 <= at[block] < size:
            raise IndexError("a block stands in a container of the page")
    for row in range(len(rows)):
        values = rows[row]
        if values.shape[0] != count:
            raise ValueError("each block has a value")
        sums[:] = 0
        with nogil:
            for block in range(count):
                running[at[block] + 1] += values[block]
            for place in range(size):
                running[place + 1] += running[place]
            for place in range(size):
                out[row, place] = <float>(running[ends[place]] - running[place])
    return found


def means_around(rows, widths):
    """Means of several rows within so many blocks on both sides: widths × rows × blocks."""
    cdef const float[:, :] values = np.asarray(rows, np.float32)
    cdef Py_ssize_t count = values.shape[1], size = values.shape[0], which, row, block
    cdef Py_ssize_t width, low, high
    cdef double[:, :, ::1] out
    found = np.empty((len(widths), size, count))
    sums = np.zeros(count + 1)
    cdef double[::1] running = sums
    out = found
    for row in range(size):
        for block in range(count):
            running[block + 1] = running[block] + values[row, block]
        for which in range(len(widths)):
            width = widths[which]
            if width < 0:
                raise ValueError("a width is no less than nothing")
            for block in range(count):
                low, high = max(block - width, 0), min(block + width + 1, count)
                out[which, row, block] = (
                    running[high] - running[low] - values[row, block]
                ) / max(high - low - 1, 1)
    return found


def pairs(const int64_t[:] first, const int64_t[:] second):
    """How often each pair of two numbers stands in two rows of them."""
    cdef Py_ssize_t count = first.shape[0], size = 1, position, place
    cdef Py_ssize_t *table
    cdef uint64_t hash
    if second.shape[0] != count:
        raise ValueError("each number has another beside it")
    found, known = np.zeros(count, np.int64), np.zeros(count, np.int64)
    cdef int64_t[::1] out = found, firsts = known
    while size < 2 * count:
        size *= 2
    table = <Py_ssize_t *>calloc(size, sizeof(Py_ssize_t))
    if table == NULL:
        raise MemoryError
    with nogil:
        for position in range(count):
            hash = <uint64_t>first[position] * 0x9E3779B97F4A7C15u
            hash = (hash ^ <uint64_t>second[position]) * 0xBF58476D1CE4E5B9u
            place = (hash ^ hash >> 32) & (size - 1)
            while table[place] and not (
                first[table[place] - 1] == first[position]
                and second[table[place] - 1] == second[position]
            ):
                place = (place + 1) & (size - 1)
            if table[place] == 0:
                table[place] = position + 1
            firsts[position] = table[place] - 1
            out[firsts[position]] += 1
        for position in range(count):
            out[position] = out[firsts[position]]
    free(table)
    return found


def before_in(const int64_t[:] owners, const float[:] values):
    """Share of the values of all with the same owner that stand before each."""
    cdef Py_ssize_t count = owners.shape[0], block
    cdef int64_t most = -1
    if values.shape[0] != count:
        raise ValueError("each block has a value")
    for block in range(count):
        if owners[block] < 0:
            raise IndexError("an owner is numbered from 0")
        most = max(most, owners[block])
    found, sums = np.zeros(count), np.zeros(most + 1)
    cdef double[::1] out = found, running = sums
    for block in range(count):
        out[block] = running[owners[block]]
        running[owners[block]] += values[block]
    for block in range(count):
        out[block] /= max(running[owners[block]], 1)
    return found


def nearest(const uint8_t[:] wanted, const int64_t[:, ::1] ancestors):
    """2 × blocks: steps to the first and to the last container that is wanted; -1 for none."""
    cdef Py_ssize_t levels = ancestors.shape[0], count = ancestors.shape[1], level, block
    cdef int64_t[:, ::1] out
    found = np.full((2, count), -1, np.int64)
    out = found
    for level in range(levels):
        for block in range(count):
            if not 0 <= ancestors[level, block] < wanted.shape[0]:
                raise IndexError("an element that is none of the page")
            if wanted[ancestors[level, block]]:
                out[1, block] = level
                if out[0, block] < 0:
                    out[0, block] = level
    return found
