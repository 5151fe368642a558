# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Twins of what the classifier reads off blocks and containers.

Records are read slot by slot at the places that their classes give; what is no plain record is left
to the reference.
"""

from cpython.object cimport PyObject, PyObject_Hash, PyObject_RichCompareBool, Py_EQ
from libc.stdint cimport int64_t, uint8_t, uint64_t
from libc.stdlib cimport calloc, free
from libc.string cimport memcpy, memset

import numpy as np

from cleanarticle.accelerator import REFERENCES


cdef extern from *:
    """
    #include <structmember.h>

    /* Where instances of a class keep a slot; -1 where the name is no slot of it. */
    static Py_ssize_t slot_of(PyObject *cls, const char *name) {
        Py_ssize_t offset = -1;
        PyObject *found = PyObject_GetAttrString(cls, name);
        if (found == NULL) { PyErr_Clear(); return -1; }
        if (Py_TYPE(found) == &PyMemberDescr_Type) {
            PyMemberDef *member = ((PyMemberDescrObject *)found)->d_member;
            if (member->type == T_OBJECT_EX) offset = member->offset;
        }
        Py_DECREF(found);
        return offset;
    }
    static PyObject *slot(PyObject *record, Py_ssize_t offset) {
        return *(PyObject **)((char *)record + offset);
    }
    """
    Py_ssize_t slot_of(object cls, const char *name)
    PyObject *slot(PyObject *record, Py_ssize_t offset) nogil
    ctypedef struct PyTypeObject:
        pass
    PyTypeObject *Py_TYPE(PyObject *value) nogil
    bint PyLong_CheckExact(PyObject *value) nogil
    bint PyFloat_CheckExact(PyObject *value) nogil
    double PyFloat_AS_DOUBLE(PyObject *value) nogil
    bint PyTuple_CheckExact(PyObject *value) nogil
    bint PyUnicode_CheckExact(PyObject *value) nogil
    long long PyLong_AsLongLong(PyObject *value) except? -1
    Py_ssize_t PyTuple_GET_SIZE(PyObject *value) nogil
    PyObject *PyTuple_GET_ITEM(PyObject *value, Py_ssize_t place) nogil
    Py_ssize_t PyUnicode_GET_LENGTH(PyObject *value) nogil
    int PyUnicode_KIND(PyObject *value) nogil
    void *PyUnicode_DATA(PyObject *value) nogil
    unsigned int PyUnicode_READ(int kind, const void *data, Py_ssize_t place) nogil
    PyObject *Py_None
    PyObject *Py_True
    PyObject *Py_False


cdef struct Slots:  # of the records
    PyObject *block
    PyObject *markup
    PyObject *span
    PyObject *container
    Py_ssize_t text, words, run, role, level, marker, spans, block_markup, place, goes_on
    Py_ssize_t link_chars, at, control
    Py_ssize_t start, end, style
    Py_ssize_t parent, tag, names, labels, aria, hidden, noscript
    PyObject *removal
    Py_ssize_t block_of, kind, strength

cdef Slots known
cdef bint is_known = False
cdef tuple ROLES = (), STYLES = (), KINDS = (), CLASSES = ()


cdef bint learn() except -1:
    """Whether the records keep their values in slots; asks their classes once."""
    global is_known, ROLES, STYLES, KINDS, CLASSES
    if is_known:
        return known.block != NULL
    from cleanarticle.records import Block, Container, Kind, Markup, Removal, Role, Span, Style

    is_known = True
    CLASSES = (Block, Markup, Span, Container, Removal)
    ROLES, KINDS = tuple(Role), tuple(Kind)
    STYLES = (Style.LINK, Style.STRONG, Style.EMPHASIS)
    known.text, known.words = slot_of(Block, "text"), slot_of(Block, "words")
    known.run, known.role = slot_of(Block, "run"), slot_of(Block, "role")
    known.level, known.marker = slot_of(Block, "level"), slot_of(Block, "marker")
    known.spans, known.block_markup = slot_of(Block, "spans"), slot_of(Block, "markup")
    known.place, known.goes_on = slot_of(Block, "place"), slot_of(Block, "goes_on")
    known.link_chars, known.at = slot_of(Markup, "link_chars"), slot_of(Markup, "container")
    known.control = slot_of(Markup, "control")
    known.start, known.end = slot_of(Span, "start"), slot_of(Span, "end")
    known.style = slot_of(Span, "style")
    known.parent, known.tag = slot_of(Container, "parent"), slot_of(Container, "tag")
    known.names, known.labels = slot_of(Container, "names"), slot_of(Container, "labels")
    known.aria, known.hidden = slot_of(Container, "aria"), slot_of(Container, "hidden")
    known.noscript = slot_of(Container, "noscript")
    known.block_of, known.kind = slot_of(Removal, "block"), slot_of(Removal, "kind")
    known.strength = slot_of(Removal, "strength")
    for offset in (
        known.text, known.words, known.run, known.role, known.level, known.marker, known.spans,
        known.block_markup, known.place, known.goes_on, known.link_chars, known.at, known.control,
        known.start, known.end, known.style, known.parent, known.tag, known.names, known.labels,
        known.aria, known.hidden, known.noscript, known.block_of, known.kind, known.strength,
    ):
        if offset < 0:
            return False
    known.markup, known.span = <PyObject *>Markup, <PyObject *>Span
    known.container, known.removal = <PyObject *>Container, <PyObject *>Removal
    known.block = <PyObject *>Block
    return True


cdef inline bint is_a(PyObject *value, PyObject *cls) noexcept nogil:
    return value != NULL and <PyObject *>Py_TYPE(value) == cls


cdef bint number(PyObject *value, int64_t *out) except -1:
    """Puts down a whole number or a truth; whether it is one."""
    if value == NULL:
        return False
    if value == Py_True or value == Py_False:
        out[0] = value == Py_True
        return True
    if not PyLong_CheckExact(value):
        return False
    out[0] = PyLong_AsLongLong(value)
    return True


# numbers of blocks ----------------------------------------------------------

cdef enum:
    WORDS, CHARS, LINK_CHARS, AT, ROLE, LEVEL, RUN, LINKS, BOLD, ITALIC
    CONTROL, NUMBERED, GOES_ON, FIRST, BEHIND, NUMBERS


def of_blocks(blocks):
    """What the records say: numbers × blocks."""
    cdef tuple given = tuple(blocks)
    cdef Py_ssize_t count = len(given), position
    cdef int64_t[:, ::1] out
    found = np.zeros((NUMBERS, count), np.int64)
    out = found
    if learn():
        for position in range(count):
            if not read_block(<PyObject *>given[position], out, position):
                break
        else:
            return found
    return REFERENCES["rows.of_blocks"](blocks)


cdef bint read_block(PyObject *block, int64_t[:, ::1] out, Py_ssize_t position) except -1:
    """Puts down the numbers of one block; whether it is a plain record."""
    cdef PyObject *markup
    cdef PyObject *text
    cdef PyObject *marker
    cdef PyObject *place
    cdef PyObject *role
    cdef Py_ssize_t which
    if not is_a(block, known.block):
        return False
    text, marker, markup = slot(block, known.text), slot(block, known.marker), slot(block, known.block_markup)
    if text == NULL or not PyUnicode_CheckExact(text):
        return False
    if marker == NULL or not PyUnicode_CheckExact(marker):
        return False
    out[CHARS, position] = PyUnicode_GET_LENGTH(text)
    out[NUMBERED, position] = PyUnicode_GET_LENGTH(marker) > 1
    if not (
        number(slot(block, known.words), &out[WORDS, position])
        and number(slot(block, known.level), &out[LEVEL, position])
        and number(slot(block, known.run), &out[RUN, position])
        and number(slot(block, known.goes_on), &out[GOES_ON, position])
    ):
        return False
    role = slot(block, known.role)
    for which in range(len(ROLES)):
        if role == <PyObject *>ROLES[which]:
            out[ROLE, position] = which
            break
    else:
        return False
    if markup != Py_None:
        if not is_a(markup, known.markup) or not (
            number(slot(markup, known.link_chars), &out[LINK_CHARS, position])
            and number(slot(markup, known.at), &out[AT, position])
            and number(slot(markup, known.control), &out[CONTROL, position])
        ):
            return False
    place = slot(block, known.place)
    if place != Py_None:
        if place == NULL or not PyTuple_CheckExact(place) or PyTuple_GET_SIZE(place) != 2:
            return False
        if not (
            number(PyTuple_GET_ITEM(place, 0), &out[FIRST, position])
            and number(PyTuple_GET_ITEM(place, 1), &out[BEHIND, position])
        ):
            return False
    return read_spans(slot(block, known.spans), out, position)


cdef bint read_spans(PyObject *spans, int64_t[:, ::1] out, Py_ssize_t position) except -1:
    cdef PyObject *span
    cdef PyObject *style
    cdef Py_ssize_t place, which
    cdef int64_t start = 0, end = 0
    if spans == NULL or not PyTuple_CheckExact(spans):
        return False
    for place in range(PyTuple_GET_SIZE(spans)):
        span = PyTuple_GET_ITEM(spans, place)
        if not is_a(span, known.span):
            return False
        style = slot(span, known.style)
        if not (number(slot(span, known.start), &start) and number(slot(span, known.end), &end)):
            return False
        for which in range(3):
            if style == <PyObject *>STYLES[which]:
                out[LINKS + which, position] += 1 if which == 0 else end - start
    return True


# votes ----------------------------------------------------------------------

def of_votes(votes, Py_ssize_t blocks):
    """The strongest vote of each kind, kinds × blocks, 0 for none; block and strength of each."""
    cdef tuple given = tuple(votes)
    cdef Py_ssize_t count = len(given), place
    cdef float[:, ::1] strongest
    cdef int64_t[::1] at
    cdef double[::1] strength
    if not learn():
        return REFERENCES["rows.of_votes"](votes, blocks)
    found, places = np.zeros((len(KINDS), blocks), np.float32), np.zeros(count, np.int64)
    strengths = np.zeros(count)
    strongest, at, strength = found, places, strengths
    for place in range(count):
        if not read_vote(<PyObject *>given[place], &at[place], &strength[place], strongest):
            return REFERENCES["rows.of_votes"](votes, blocks)
    return found, places, strengths


cdef bint read_vote(
    PyObject *vote, int64_t *block, double *strength, float[:, ::1] strongest
) except -1:
    """Puts down one vote; whether it is a plain record against a block of the page."""
    cdef PyObject *kind
    cdef PyObject *own
    cdef Py_ssize_t which
    if not is_a(vote, known.removal):
        return False
    own, kind = slot(vote, known.strength), slot(vote, known.kind)
    if not number(slot(vote, known.block_of), block) or own == NULL or not PyFloat_CheckExact(own):
        return False
    strength[0] = PyFloat_AS_DOUBLE(own)
    if not 0 <= block[0] < strongest.shape[1]:
        return False
    for which in range(len(KINDS)):
        if kind == <PyObject *>KINDS[which]:
            if strength[0] > strongest[which, block[0]]:
                strongest[which, block[0]] = <float>strength[0]
            return True
    return False


include "rows_containers.pxi"
