# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Twin of `cleanarticle.trees`: a few rows at a time go through all trees.

The values of so few rows stay in the processor's nearest cache, and each split is tried on all of
them at once.
"""

from libc.stdint cimport uint16_t, uint32_t
from libc.stdlib cimport free, malloc
from libc.string cimport memcpy, memset

import numpy as np


cdef extern from *:
    """
    #include <stdint.h>
    #include <string.h>
    #if defined(_MSC_VER)
    #include <intrin.h>
    static int lowest_bit(uint32_t bits) { unsigned long at; _BitScanForward(&at, bits); return (int)at; }
    #else
    static int lowest_bit(uint32_t bits) { return __builtin_ctz(bits); }
    #endif

    #define AT_ONCE 32  /* rows */

    /* Compilers do not find the lanes of this loop by themselves at all levels of optimisation. */
    #if defined(__GNUC__)
    typedef float Floats __attribute__((vector_size(16)));
    typedef uint32_t Bits __attribute__((vector_size(16)));
    #define LANES 4
    #define IS_ABOVE(value, threshold) ((Bits)((value) > (threshold)))
    #else
    typedef float Floats;
    typedef uint32_t Bits;
    #define LANES 1
    #define IS_ABOVE(value, threshold) (0u - (uint32_t)((value) > (threshold)))
    #endif
    #define PARTS (AT_ONCE / LANES)

    /* The leaves that the splits of one tree leave open to each of the rows. */
    static inline void open_parts(const float *values, const uint16_t *features,
                                  const float *thresholds, const uint32_t *masks,
                                  Py_ssize_t splits, uint32_t *left, const int parts) {
        Bits closed[PARTS];
        memset(closed, 0, parts * sizeof(Bits));
        for (Py_ssize_t split = 0; split < splits; split++) {
            const float *own = values + (Py_ssize_t)features[split] * AT_ONCE;
            const float threshold = thresholds[split];
            const uint32_t mask = ~masks[split];
            for (int part = 0; part < parts; part++) {
                Floats value;
                memcpy(&value, own + part * LANES, sizeof(value));
                closed[part] |= IS_ABOVE(value, threshold) & mask;
            }
        }
        for (int part = 0; part < parts; part++) {
            closed[part] = ~closed[part];
            memcpy(left + part * LANES, &closed[part], sizeof(closed[part]));
        }
    }
    static void open_leaves(const float *values, const uint16_t *features, const float *thresholds,
                            const uint32_t *masks, Py_ssize_t splits, uint32_t *left,
                            Py_ssize_t rows) {
        if (rows <= LANES) open_parts(values, features, thresholds, masks, splits, left, 1);
        else open_parts(values, features, thresholds, masks, splits, left, PARTS);
    }
    """
    int lowest_bit(uint32_t bits) nogil
    void open_leaves(
        const float *values,
        const uint16_t *features,
        const float *thresholds,
        const uint32_t *masks,
        Py_ssize_t splits,
        uint32_t *left,
        Py_ssize_t rows,
    ) nogil
    enum:
        AT_ONCE


def totals(
    const uint16_t[:, ::1] features,
    const float[:, ::1] thresholds,
    const uint32_t[:, ::1] masks,
    const float[:, ::1] leaves,
    sizes,
    const float[:, :] rows,
):
    """Sums of the leaves of each row, ensembles × rows: of so many trees each, in their order."""
    cdef Py_ssize_t count = rows.shape[0], width = rows.shape[1]
    cdef Py_ssize_t trees = features.shape[0], splits = features.shape[1]
    cdef Py_ssize_t ensembles = len(sizes), first, some, ensemble, tree, behind
    cdef bint is_right = True
    out = np.zeros((ensembles, count), np.float32)
    cdef float[:, ::1] sums = out
    cdef Py_ssize_t[::1] ends = np.add.accumulate(sizes, dtype=np.intp)
    cdef float *values
    _check(features, thresholds, masks, leaves, ends, width)
    if count == 0:
        return out
    values = <float *>malloc(max(width, 1) * AT_ONCE * sizeof(float))
    if values == NULL:
        raise MemoryError
    with nogil:
        first = 0
        while first < count:
            some = min(count - first, <Py_ssize_t>AT_ONCE)
            _gather(rows, first, some, values)
            tree = 0
            for ensemble in range(ensembles):
                behind = ends[ensemble]
                while tree < behind:
                    is_right &= _add(
                        features, thresholds, masks, leaves, tree, values, some,
                        &sums[ensemble, first],
                    )
                    tree += 1
            first += AT_ONCE
    free(values)
    if not is_right:
        raise IndexError("a tree closes all its leaves")
    return out


def _check(
    const uint16_t[:, ::1] features,
    const float[:, ::1] thresholds,
    const uint32_t[:, ::1] masks,
    const float[:, ::1] leaves,
    const Py_ssize_t[::1] ends,
    Py_ssize_t width,
):
    """Whether the arrays fit together.

    Raises:
        IndexError: they do not.
    """
    cdef Py_ssize_t trees = features.shape[0], splits = features.shape[1], place
    cdef Py_ssize_t widest = -1, last = 0
    cdef const uint16_t *feature
    for place in range(ends.shape[0]):
        if ends[place] < last:
            raise IndexError("an ensemble has fewer trees than none")
        last = ends[place]
    if last > trees or leaves.shape[0] != trees:
        raise IndexError("there are fewer trees than the ensembles have")
    if thresholds.shape[0] != trees or thresholds.shape[1] != splits:
        raise IndexError("there is a threshold for each split")
    if masks.shape[0] != trees or masks.shape[1] != splits:
        raise IndexError("there is a mask for each split")
    if trees and splits:
        feature = &features[0, 0]
        for place in range(trees * splits):
            widest = max(widest, <Py_ssize_t>feature[place])
    if widest >= width:
        raise IndexError(f"trees look at feature {widest} of {width}")


cdef void _gather(
    const float[:, :] rows, Py_ssize_t first, Py_ssize_t some, float *values
) noexcept nogil:
    """Copies a few rows, the values of one feature beside each other; 0 for rows that are none."""
    cdef Py_ssize_t feature, row
    cdef bint is_packed = rows.strides[0] == sizeof(float)
    for feature in range(rows.shape[1]):
        if is_packed:
            memcpy(values, &rows[first, feature], some * sizeof(float))
        else:
            for row in range(some):
                values[row] = rows[first + row, feature]
        if some < AT_ONCE:
            memset(values + some, 0, (AT_ONCE - some) * sizeof(float))
        values += AT_ONCE


cdef bint _add(
    const uint16_t[:, ::1] features,
    const float[:, ::1] thresholds,
    const uint32_t[:, ::1] masks,
    const float[:, ::1] leaves,
    Py_ssize_t tree,
    const float *values,
    Py_ssize_t some,
    float *sums,
) noexcept nogil:
    """Adds the leaf of one tree to each row; whether each row has one."""
    cdef uint32_t left[AT_ONCE]
    cdef Py_ssize_t splits = features.shape[1], width = leaves.shape[1], row, leaf
    if splits:
        open_leaves(
            values, &features[tree, 0], &thresholds[tree, 0], &masks[tree, 0], splits, left, some
        )
    else:
        memset(left, 0xFF, sizeof(left))
    for row in range(some):
        if left[row] == 0:
            return False
        leaf = lowest_bit(left[row])
        if leaf >= width:
            return False
        sums[row] += leaves[tree, leaf]
    return True
