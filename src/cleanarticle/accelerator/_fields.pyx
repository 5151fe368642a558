# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Twins of what looks at all lines of a page for its title, day and authors."""

from cpython.dict cimport PyDict_GetItemWithError
from cpython.list cimport PyList_GET_ITEM
from cpython.object cimport PyObject
from cpython.set cimport PySet_Contains
from cpython.tuple cimport PyTuple_GET_ITEM
from cpython.unicode cimport PyUnicode_GET_LENGTH
from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t


cdef extern from *:
    """
    #if PY_VERSION_HEX < 0x030C0000
    #define fields_ready(text) PyUnicode_READY(text)
    #else
    #define fields_ready(text) 0
    #endif
    """
    int fields_ready(object text) except -1


cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void *PyUnicode_DATA(object text)
    Py_UCS4 PyUnicode_READ(int kind, void *data, Py_ssize_t at)
    bint Py_UNICODE_ISSPACE(Py_UCS4 sign)
    bint Py_UNICODE_ISDECIMAL(Py_UCS4 sign)


cdef enum:
    OPENS = 1
    DATED = 2
    ENDS = 4
    FIGURES_OF_YEAR = 4
    PLAIN = 0  # classes of signs
    FIGURE = 1
    BRACKET = 2
    SLASH = 3
    STOP = 4


ctypedef fused Sign:
    uint8_t
    uint16_t
    uint32_t


cdef uint8_t CLASSES[128]
CLASSES[:] = [PLAIN] * 128
for _sign in range(48, 58):
    CLASSES[_sign] = FIGURE
for _sign in (40, 64, 91):  # ( @ [
    CLASSES[_sign] = BRACKET
CLASSES[47] = SLASH
CLASSES[46] = STOP


cdef inline bint is_w(Py_UCS4 sign) noexcept:
    return sign == 0x77 or sign == 0x57


cdef int signs_in(const Sign *text, Py_ssize_t length) noexcept:
    """`DATED` where four figures stand in a row or a sign for year, `ENDS` where noise may be."""
    cdef int found = 0, figures = 0
    cdef uint8_t kind
    cdef Py_ssize_t at
    cdef Py_UCS4 sign
    for at in range(length):
        sign = text[at]
        if sign < 128:
            kind = CLASSES[sign]
        elif sign == 0x5E74 or sign == 0xB144:  # 年 and 년
            found |= DATED
            kind = PLAIN
        else:
            kind = FIGURE if Py_UNICODE_ISDECIMAL(sign) else PLAIN
        if kind == FIGURE:
            figures += 1
            if figures == FIGURES_OF_YEAR:
                found |= DATED
            continue
        figures = 0
        if kind == PLAIN:
            continue
        if (
            kind == BRACKET
            or (kind == SLASH and at > 1 and text[at - 1] == 0x2F and text[at - 2] == 0x3A)
            or (kind == STOP and at > 1 and is_w(text[at - 1]) and is_w(text[at - 2]))
        ):
            found |= ENDS
    return found


cdef int signs_of(str text) except -1:
    fields_ready(text)
    cdef void *data = PyUnicode_DATA(text)
    cdef int kind = PyUnicode_KIND(text)
    if kind == 1:
        return signs_in(<const uint8_t *>data, PyUnicode_GET_LENGTH(text))
    if kind == 2:
        return signs_in(<const uint16_t *>data, PyUnicode_GET_LENGTH(text))
    return signs_in(<const uint32_t *>data, PyUnicode_GET_LENGTH(text))


def line_signs(list texts, list words, first_words, last_words, Py_ssize_t limit):
    """The signs of lines, where bylines begin with some words and roles end in others."""
    cdef Py_ssize_t n, count = len(texts), size
    cdef str text
    cdef tuple own
    cdef int found
    if len(words) != count:
        raise ValueError("each line has its words")
    signs = []
    for n in range(count):
        text, own = texts[n], words[n]
        found = signs_of(text) if PyUnicode_GET_LENGTH(text) <= limit else ENDS
        size = len(own)
        if size == 0:
            found &= ~ENDS
        else:
            if not found & ENDS and PySet_Contains(last_words, own[size - 1]):
                found |= ENDS
            if PySet_Contains(first_words, own[0]):
                found |= OPENS
        signs.append(found)
    return signs


cdef bint is_any(names, known) except -1:
    for name in <tuple>names:
        if PySet_Contains(known, name):
            return True
    return False


def blocks_in(tuple blocks, tuple containers, known):
    """Positions of blocks in an element that one of some words names, or right in one in such."""
    cdef Py_ssize_t n, place, parent, count = len(containers)
    cdef bytearray named = bytearray(count)
    cdef uint8_t[::1] is_named = named
    cdef bint is_found = False
    for n in range(count):
        one = containers[n]
        if is_any(one.names, known) or is_any(one.labels, known):
            is_named[n] = is_found = True
    found = []
    for n in range(len(blocks) if is_found else 0):
        markup = blocks[n].markup
        if markup is None:
            continue
        place = markup.container
        if not 0 <= place < count:
            raise IndexError("no such container")
        parent = containers[place].parent
        if is_named[place] or (0 <= parent < count and is_named[parent]):
            found.append(n)
    return found
