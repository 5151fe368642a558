# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Twin of `cleanarticle.trees`: each split is tried on all rows before the next one."""

from libc.stdint cimport uint16_t, uint32_t
from libc.stdlib cimport free, malloc

import numpy as np


cdef extern from *:
    """
    #if defined(_MSC_VER)
    #include <intrin.h>
    static int lowest_bit(unsigned int bits) { unsigned long at; _BitScanForward(&at, bits); return (int)at; }
    #else
    static int lowest_bit(unsigned int bits) { return __builtin_ctz(bits); }
    #endif
    """
    int lowest_bit(unsigned int bits) nogil


def total(
    const uint16_t[:, ::1] features,
    const float[:, ::1] thresholds,
    const uint32_t[:, ::1] masks,
    const float[:, ::1] leaves,
    rows,
):
    """Sum of the leaves of each row of rows × features."""
    cdef const float[::1, :] columns = np.asfortranarray(rows)
    cdef Py_ssize_t count = columns.shape[0], trees = features.shape[0]
    cdef Py_ssize_t splits = features.shape[1], tree, split, row
    cdef uint32_t *left
    cdef uint32_t mask
    cdef float threshold
    cdef const float *column
    out = np.zeros(count, np.float32)
    cdef float[::1] sums = out
    if count == 0:
        return out
    left = <uint32_t *>malloc(count * sizeof(uint32_t))
    if left == NULL:
        raise MemoryError
    with nogil:
        for tree in range(trees):
            for row in range(count):
                left[row] = 0xFFFFFFFFu
            for split in range(splits):
                mask = masks[tree, split]
                threshold = thresholds[tree, split]
                column = &columns[0, features[tree, split]]
                for row in range(count):
                    left[row] &= mask if column[row] > threshold else 0xFFFFFFFFu
            for row in range(count):
                sums[row] += leaves[tree, lowest_bit(left[row])]
    free(left)
    return out
