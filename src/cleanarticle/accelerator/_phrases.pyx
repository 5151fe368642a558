# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Twins of `cleanarticle.clues.phrases`: the same look-ups without a step of Python between them."""

from cpython.dict cimport PyDict_GetItemWithError
from cpython.object cimport PyObject
from cpython.sequence cimport PySequence_Fast, PySequence_Fast_GET_SIZE, PySequence_Fast_ITEMS
from cpython.unicode cimport PyUnicode_CheckExact, PyUnicode_GET_LENGTH, PyUnicode_READ_CHAR

from cleanarticle.accelerator import REFERENCES


cdef extern from "Python.h":
    bint Py_UNICODE_ISDIGIT(Py_UCS4 sign)


cdef enum:
    ROOM = 64  # words

cdef dict at_start = None
cdef dict inside = None
cdef dict names_index = None
cdef Py_ssize_t max_words = 0
cdef str number = "#"


cdef int _learn() except -1:
    """Fetches the tables when they are first asked for: they are read from files."""
    global at_start, inside, names_index, max_words
    from cleanarticle.clues import phrases

    names_index = phrases.name_index()
    max_words = phrases.MAX_WORDS
    at_start, inside = phrases.indices()
    return 0


def find(words):
    """The phrases of all kinds and languages in the words of a block."""
    if at_start is None:
        _learn()
    cdef PyObject *found[ROOM]
    cdef PyObject *seconds
    cdef object items = PySequence_Fast(words, "words are a sequence")
    cdef Py_ssize_t count = PySequence_Fast_GET_SIZE(items), place
    cdef list hits = None
    if count == 0 or count > max_words:
        return ()
    if count > ROOM or not _masked(PySequence_Fast_ITEMS(items), count, found):
        return REFERENCES["phrases.find"](words)
    for place in range(count):
        seconds = PyDict_GetItemWithError(inside if place else at_start, <object>found[place])
        if seconds != NULL:
            hits = _hits_at(place, found, count, <dict>seconds, hits)
    return tuple(hits) if hits is not None else ()


cdef bint _masked(PyObject **words, Py_ssize_t count, PyObject **found) except -1:
    """Writes the words, numbers as "#"; False where something else is among them."""
    cdef Py_ssize_t place
    for place in range(count):
        word = <object>words[place]
        if not PyUnicode_CheckExact(word) or PyUnicode_GET_LENGTH(word) == 0:
            return False
        found[place] = <PyObject *>number if _is_number(word) else words[place]
    return True


cdef inline bint _is_number(word) noexcept:
    cdef Py_ssize_t place
    for place in range(PyUnicode_GET_LENGTH(word)):
        if not Py_UNICODE_ISDIGIT(PyUnicode_READ_CHAR(word, place)):
            return False
    return True


cdef list _hits_at(
    Py_ssize_t position, PyObject **words, Py_ssize_t count, dict seconds, list hits
):
    """The hits with those that begin at a position; `seconds` are those that begin so."""
    cdef PyObject *alone = PyDict_GetItemWithError(seconds, None)
    cdef PyObject *longer = NULL
    cdef Py_ssize_t behind, at_most
    if position + 1 < count:
        longer = PyDict_GetItemWithError(seconds, <object>words[position + 1])
    if alone == NULL and longer == NULL:
        return hits
    if longer == NULL:
        entries = <object>alone
    elif alone == NULL:
        entries = <object>longer
    else:
        entries = sorted([*<object>alone, *<object>longer])
    for entry in entries:
        _place, phrase, at_most, anywhere, hit, at_end = <tuple>entry
        behind = count - position - len(<tuple>phrase)
        if behind < 0 or not _stands(<tuple>phrase, words + position):
            continue
        if not anywhere and (position or behind > at_most):
            hit = at_end if behind == 0 else None
        if hit is not None:
            hits = [] if hits is None else hits
            hits.append(hit)
    return hits


cdef bint _stands(tuple phrase, PyObject **words) except -1:
    cdef Py_ssize_t place
    for place in range(len(phrase)):
        if <str>phrase[place] != <str><object>words[place]:
            return False
    return True


def names_in(names):
    """Kinds that the words of class and id values name, with the name that matched."""
    if names_index is None:
        _learn()
    cdef object items = PySequence_Fast(names, "names are a sequence")
    cdef PyObject **words = PySequence_Fast_ITEMS(items)
    cdef PyObject *entries
    cdef Py_ssize_t count = PySequence_Fast_GET_SIZE(items), place
    cdef list found = None
    for place in range(count):
        if not PyUnicode_CheckExact(<object>words[place]):
            return REFERENCES["phrases.names_in"](names)
        entries = PyDict_GetItemWithError(names_index, <object>words[place])
        if entries == NULL:
            continue
        for pieces, named in <list>entries:
            if len(<tuple>pieces) <= count - place and _stands(<tuple>pieces, words + place):
                found = [] if found is None else found
                found.append(named)
    return tuple(found) if found is not None else ()
