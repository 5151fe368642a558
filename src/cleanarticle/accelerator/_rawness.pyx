# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Twins of tests in `cleanarticle.clues`: most lines hold none of the signs that are looked for.

Those that hold one are left to Python.
"""

from cpython.unicode cimport (
    PyUnicode_CheckExact,
    PyUnicode_DATA,
    PyUnicode_GET_LENGTH,
    PyUnicode_KIND,
    PyUnicode_READ,
)
from libc.stdint cimport uint8_t, uint32_t

from cleanarticle.accelerator import REFERENCES

# What a sign may be part of.
cdef enum:
    TRAIL = 1
    CREDIT = 2
    SHORT = 4  # the last of a short label
    ASCII = 128
    MAX_RARE = 32

cdef uint8_t common[ASCII]
cdef Py_UCS4 rare[MAX_RARE]  # the other signs
cdef uint8_t of_rare[MAX_RARE]
cdef int all_rare = 0
cdef Py_UCS4 before_last = 0  # of the short label
cdef Py_ssize_t trail_chars = -1, end_chars = 0
cdef object trail, many_credits


cdef int _learn() except -1:
    """Fetches the signs when they are first asked for."""
    global trail_chars, end_chars, trail, many_credits, before_last
    from cleanarticle.clues import credits, rawness

    for sign in rawness.BORDERS:
        _add(ord(sign), TRAIL)
    for sign in credits.SIGNS:
        _add(ord(sign[0]), CREDIT)
    *_start, before, last = credits.SHORT
    _add(ord(last), SHORT)
    before_last = ord(before)
    trail = REFERENCES["rawness.is_trail"]
    many_credits = REFERENCES["rawness.may_have_credits"]
    end_chars, trail_chars = credits.END_CHARS, rawness.MAX_CHARS
    return 0


cdef int _add(Py_UCS4 sign, uint8_t what) except -1:
    global all_rare
    cdef int known
    if sign < ASCII:
        common[sign] |= what
        return 0
    for known in range(all_rare):  # threads may learn at once
        if rare[known] == sign and of_rare[known] == what:
            return 0
    if all_rare == MAX_RARE:
        raise ValueError("more signs than there is room for")
    rare[all_rare], of_rare[all_rare] = sign, what
    all_rare += 1
    return 0


cdef bint _holds(text, Py_ssize_t start, uint8_t what) noexcept:
    """Whether a sign is in the text, from a place on."""
    cdef unsigned int kind = PyUnicode_KIND(text)
    cdef void *data = PyUnicode_DATA(text)
    cdef Py_UCS4 sign, before = 0
    cdef uint8_t found
    cdef Py_ssize_t place
    cdef int other
    for place in range(start, PyUnicode_GET_LENGTH(text)):
        sign = PyUnicode_READ(kind, data, place)
        if sign < ASCII:
            found = common[sign] & what
            if found and (found != SHORT or (<uint32_t>before | 32) == before_last):
                return True
        else:
            for other in range(all_rare):
                if rare[other] == sign and of_rare[other] & what:
                    return True
        before = sign
    return False


def is_trail(block):
    """Whether a block is a menu or a trail of crumbs in one line: "Home › World › Europe"."""
    if trail_chars < 0:
        _learn()
    text = block.text
    if not PyUnicode_CheckExact(text):
        return trail(block)
    if PyUnicode_GET_LENGTH(text) > trail_chars or not _holds(text, 0, TRAIL):
        return False
    return trail(block)


def trails(blocks):
    """The blocks that are a menu or a trail of crumbs."""
    if trail_chars < 0:
        _learn()
    return [block for block in blocks if is_trail(block)]


def may_have_credits(blocks):
    """The blocks whose end has a sign that a credit cannot be without."""
    if trail_chars < 0:
        _learn()
    cdef list found = []
    for block in blocks:
        text = block.text
        if not PyUnicode_CheckExact(text):
            return many_credits(blocks)
        if _holds(text, max(0, PyUnicode_GET_LENGTH(text) - end_chars), CREDIT | SHORT):
            found.append(block)
    return many_credits(found)
