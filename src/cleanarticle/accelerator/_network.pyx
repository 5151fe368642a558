# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Twins of what `cleanarticle.classifier.network` does between its matrix products."""

from libc.string cimport memcpy, memset

import numpy as np

from cleanarticle.accelerator import REFERENCES

cdef float MAX_DEVIATIONS = 4.0


def standard(inputs, centre, scale):
    """Inputs in deviations from their median, those far off cut to `MAX_DEVIATIONS`."""
    cdef const float[:, :] columns
    cdef const float[::1] middle = centre, deviation = scale
    cdef float[:, ::1] out
    cdef const float *own
    cdef float *ready
    cdef Py_ssize_t column, row, count
    cdef float low, high, value
    if not (
        inputs.dtype == np.float32
        and inputs.ndim == 2
        and (inputs.strides[0] == sizeof(float) or inputs.shape[0] < 2)
    ):
        return REFERENCES["network.standard"](inputs, centre, scale)
    columns = inputs
    if middle.shape[0] != columns.shape[1] or deviation.shape[0] != columns.shape[1]:
        raise ValueError("each feature has its scale")
    found = np.empty((columns.shape[1], columns.shape[0]), np.float32)
    count = columns.shape[0]
    out = found
    if count == 0:
        return found.T
    with nogil:
        for column in range(columns.shape[1]):
            own, ready = &columns[0, column], &out[column, 0]
            low, high = middle[column], deviation[column]
            for row in range(count):
                value = (own[row] - low) / high
                value = -MAX_DEVIATIONS if value < -MAX_DEVIATIONS else value
                ready[row] = MAX_DEVIATIONS if value > MAX_DEVIATIONS else value
    return found.T


def raise_state(float[:, ::1] state, float[:, ::1] product, const float[::1] bias):
    """Adds to a state what is above 0 of a product and a bias; the product is used up."""
    cdef Py_ssize_t row, place, size = state.shape[1]
    cdef float *own
    cdef const float *more
    cdef const float *least
    cdef float value
    if product.shape[0] != state.shape[0] or product.shape[1] != size or bias.shape[0] != size:
        raise ValueError("a state grows by what has its shape")
    if size == 0:
        return
    least = &bias[0]
    with nogil:
        for row in range(state.shape[0]):
            own, more = &state[row, 0], &product[row, 0]
            for place in range(size):
                value = more[place] + least[place]
                own[place] += 0 if value < 0 else value


def widen(const float[:, ::1] state, Py_ssize_t step, float[:, ::1] wide):
    """Puts each row down with the rows `step` before and behind it; zeros beyond the page."""
    cdef Py_ssize_t row, count = state.shape[0], size = state.shape[1]
    cdef Py_ssize_t bytes = size * sizeof(float)
    cdef float *own
    if wide.shape[0] != count or wide.shape[1] != 3 * size or step < 0:
        raise ValueError("a row is put down with two others")
    if size == 0:
        return
    with nogil:
        for row in range(count):
            own = &wide[row, 0]
            if row >= step:
                memcpy(own, &state[row - step, 0], bytes)
            else:
                memset(own, 0, bytes)
            memcpy(own + size, &state[row, 0], bytes)
            if row < count - step:
                memcpy(own + 2 * size, &state[row + step, 0], bytes)
            else:
                memset(own + 2 * size, 0, bytes)
