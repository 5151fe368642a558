# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Twins of `cleanarticle.language.words`: one walk over the characters, by a table of what each is.

What a character folds to and what it is to a word is asked of Python once, 256 characters at a
time, when the first of them is met.
"""

import re

from cpython.dict cimport PyDict_CheckExact, PyDict_GetItemWithError
from cpython.mem cimport PyMem_Free, PyMem_Malloc
from cpython.object cimport PyObject
from cpython.sequence cimport PySequence_Fast, PySequence_Fast_GET_SIZE, PySequence_Fast_ITEMS
from cpython.ref cimport Py_INCREF, Py_XDECREF
from cpython.tuple cimport PyTuple_New, PyTuple_SET_ITEM
from cpython.unicode cimport (
    PyUnicode_Check,
    PyUnicode_CheckExact,
    PyUnicode_DATA,
    PyUnicode_FromKindAndData,
    PyUnicode_GET_LENGTH,
    PyUnicode_KIND,
    PyUnicode_READ,
    PyUnicode_READ_CHAR,
)
from libc.stdint cimport uint8_t, uint16_t, uint32_t
from libc.string cimport memset

from cleanarticle.accelerator import REFERENCES


cdef extern from "Python.h":
    bint Py_UNICODE_ISDIGIT(Py_UCS4 sign)
    void PyObject_GC_UnTrack(void *)


cdef extern from *:
    """
    #if PY_VERSION_HEX < 0x030C0000
    #define words_ready(text) PyUnicode_READY(text)
    #else
    #define words_ready(text) 0
    #endif
    """
    int words_ready(object) except -1
    const Py_ssize_t PY_SSIZE_T_MAX


# What a character is to the words of a text.
cdef enum:
    OTHER
    LETTER
    DIGIT
    APOSTROPHE
    SIGN  # a word of its own
    SIGN_DIGIT  # a sign, or a digit behind digits
    MARK_DIGIT  # a digit, or a letter behind letters
    CLASSES

# Where a walk stands.
cdef enum:
    NOWHERE
    IN_WORD
    IN_NUMBER
    AT_APOSTROPHE  # behind a word, which it ends unless a letter follows
    STATES

# What to do, above the two bits of the state.
cdef enum:
    STATE = 3
    STARTS_SHIFT = 2  # a token starts at the character
    BELONGS_SHIFT = 3  # it belongs to the token that started last
    JOINS_SHIFT = 4  # and so does the apostrophe before it
    STARTS = 1 << STARTS_SHIFT
    BELONGS = 1 << BELONGS_SHIFT
    JOINS = 1 << JOINS_SHIFT

# State and class → what to do, and the state behind the character.
cdef uint8_t STEPS[STATES][CLASSES]

# Of a character: what it folds to (21 bits), what it is before and after, and two flags.
cdef enum:
    FOLDED = 0x1FFFFF
    RAW_SHIFT = 21
    CLASS_SHIFT = 24
    CLASS = 7
    DROPPED = 1 << 27  # it folds to nothing
    SEVERAL = 1 << 28  # it folds to more than one character
    FIRST_SHIFT = 29 - STARTS_SHIFT
    FIRST = 1 << 29  # of a token

cdef enum:
    ROOM = 64  # words of a block in which phrases are looked for
    LINE_CHARS = 256  # of a line that is kept
    PAGES = 0x1100
    ON_STACK = 1024  # characters
    KNOWN_SHIFT = 32 - 13
    KNOWN = 1 << 13  # words, of which each takes the place of another
    KNOWN_CHARS = 20  # the longest
    LINES = 1 << 12  # short texts, likewise

cdef uint32_t *characters[PAGES]
cdef PyObject *known[KNOWN]
cdef PyObject *lines[LINES]
cdef PyObject *line_tokens[LINES]
cdef PyObject *line_hits[LINES]  # the phrases in them; NULL where nobody has asked
cdef uint8_t known_flags[KNOWN]  # what the words are to phrases; 0 where nobody has asked
cdef Py_ssize_t signs_per_word = 0


cdef void _lay_steps() noexcept:
    cdef int state
    for state in range(STATES):
        STEPS[state][OTHER] = NOWHERE
        STEPS[state][LETTER] = IN_WORD | STARTS | BELONGS
        STEPS[state][DIGIT] = IN_NUMBER | STARTS | BELONGS
        STEPS[state][APOSTROPHE] = NOWHERE
        STEPS[state][SIGN] = NOWHERE | STARTS | BELONGS
        STEPS[state][SIGN_DIGIT] = NOWHERE | STARTS | BELONGS
        STEPS[state][MARK_DIGIT] = IN_NUMBER | STARTS | BELONGS
    for state in (LETTER, MARK_DIGIT):
        STEPS[IN_WORD][state] = IN_WORD | BELONGS
        STEPS[AT_APOSTROPHE][state] = IN_WORD | BELONGS | JOINS
    STEPS[IN_WORD][APOSTROPHE] = AT_APOSTROPHE
    for state in (DIGIT, SIGN_DIGIT, MARK_DIGIT):
        STEPS[IN_NUMBER][state] = IN_NUMBER | BELONGS


_lay_steps()


cdef uint32_t *_learn(uint32_t page) except NULL:
    """Asks what 256 characters are."""
    global signs_per_word
    from cleanarticle.language import words

    signs_per_word = words.SIGNS_PER_WORD
    replaced = words.TYPOGRAPHY | words.TURKISH
    kinds = re.compile(f"([{words.SIGNS}])|([{words.MARKS}])|(')")
    every = "".join([chr(page * 256 + place) for place in range(256)])
    # As in most pages of Chinese and Korean, all letters or all signs, which folding leaves alone.
    are_alike = every.isalpha() and every == every.casefold() and (
        kinds.search(every) is None or re.fullmatch(f"[{words.SIGNS}]*", every) is not None
    )
    cdef uint32_t what, own
    cdef uint32_t *found = <uint32_t *>PyMem_Malloc(256 * sizeof(uint32_t))
    if found == NULL:
        raise MemoryError
    try:
        for place in range(256):
            sign = every[place]
            if are_alike and place:
                found[place] = found[0] + place
                continue
            what = _class(kinds, words.TYPOGRAPHY.get(sign, sign))
            folded = sign.casefold()
            folded = replaced.get(folded, folded)
            if len(folded) == 1:
                own = what if folded == sign else _class(kinds, folded)
                found[place] = ord(folded) | what << RAW_SHIFT | own << CLASS_SHIFT
            else:
                found[place] = what << RAW_SHIFT | (SEVERAL if folded else DROPPED)
    except BaseException:
        PyMem_Free(found)
        raise
    characters[page] = found
    return found


cdef uint32_t _class(kinds, str sign) except? 0xFFFFFFFF:
    """What a character is, as `re` and the ranges see it."""
    cdef bint number = sign.isdecimal()
    match = kinds.match(sign)
    group = match.lastindex if match else 0
    if group == 1:
        return SIGN_DIGIT if number else SIGN
    if group == 2:
        return MARK_DIGIT if number else LETTER
    if group == 3:
        return APOSTROPHE
    if number:
        return DIGIT
    return LETTER if sign.isalnum() or sign == "_" else OTHER


ctypedef fused Unit:
    uint8_t
    uint16_t
    uint32_t


def count(text):
    """Number of words, where `SIGNS_PER_WORD` signs of a script without spaces make one."""
    _check(text)
    cdef Py_ssize_t length = PyUnicode_GET_LENGTH(text)
    cdef void *data = PyUnicode_DATA(text)
    cdef unsigned int kind = PyUnicode_KIND(text)
    if kind == 1:
        return _count(<const uint8_t *>data, length)
    if kind == 2:
        return _count(<const uint16_t *>data, length)
    return _count(<const uint32_t *>data, length)


def tokens(text):
    """Casefolded words and numbers in order; a sign of a script without spaces is a word."""
    cdef uint32_t few[ON_STACK]
    _check(text)
    if PyUnicode_GET_LENGTH(text) > ON_STACK:
        return _long_tokens(text)
    if PyUnicode_CheckExact(text) and PyUnicode_GET_LENGTH(text) <= LINE_CHARS:
        return _line_tokens(text, few)
    return _tokens(text, few)


cdef tuple _long_tokens(text, uint8_t *flags=NULL):
    cdef uint32_t *many = <uint32_t *>PyMem_Malloc(PyUnicode_GET_LENGTH(text) * sizeof(uint32_t))
    if many == NULL:
        raise MemoryError
    try:
        return _tokens(text, many, flags)
    finally:
        PyMem_Free(many)


cdef int _check(text) except -1:
    if not PyUnicode_Check(text):
        raise TypeError(f"a text is a str, not {type(text).__name__}")
    return words_ready(text)


cdef Py_ssize_t _count(const Unit *text, Py_ssize_t length) except -1:
    cdef Py_ssize_t place, found = 0, signs = 0
    cdef uint32_t *page = NULL
    cdef uint32_t number = PAGES, sign, what
    cdef uint8_t step = NOWHERE
    for place in range(length):
        sign = text[place]
        if sign >> 8 != number:
            number = sign >> 8
            page = _page(number)
        what = page[sign & 255] >> RAW_SHIFT & CLASS
        signs += what == SIGN or what == SIGN_DIGIT
        step = STEPS[step & STATE][what]
        found += step >> STARTS_SHIFT & 1
    return found - signs + (signs + signs_per_word - 1) // signs_per_word if signs else found


cdef tuple _line_tokens(str text, uint32_t *signs):
    """The tokens of a short text, which several rooms ask for."""
    cdef Py_ssize_t place = _place_of(text)
    if _is_known(text, place):
        return <tuple>line_tokens[place]
    found = _tokens(text, signs)
    _keep(text, place, found)
    return found


cdef inline Py_ssize_t _place_of(str text) except -1:
    return hash(text) & (LINES - 1)


cdef inline bint _is_known(str text, Py_ssize_t place) except -1:
    cdef PyObject *line = lines[place]
    return line != NULL and (line == <PyObject *>text or <str>line == text)


cdef void _keep(str text, Py_ssize_t place, tuple found) noexcept:
    """Keep the tokens of a line, which takes the place of another."""
    cdef PyObject *before = line_hits[place]
    line_hits[place] = NULL
    Py_XDECREF(before)
    _put(&lines[place], text)
    _put(&line_tokens[place], found)


cdef inline void _put(PyObject **place, object new) noexcept:
    cdef PyObject *before = place[0]
    Py_INCREF(new)
    place[0] = <PyObject *>new
    Py_XDECREF(before)


cdef tuple _tokens(text, uint32_t *signs, uint8_t *flags=NULL):
    """The tokens; `signs` has room for all characters of the text, `flags` for those of `ROOM`."""
    cdef Py_ssize_t used[2]
    cdef uint8_t *flag
    used[1] = PY_SSIZE_T_MAX
    if not _folded(text, signs, used):  # what is folded folds to itself
        return _long_tokens(text.casefold(), flags)
    cdef Py_ssize_t start = 0, end, place
    cdef tuple found = PyTuple_New(used[1])
    for place in range(used[1]):
        end = _behind(signs, start, used[0])
        flag = flags + place if flags != NULL and place < ROOM else NULL
        word = _word(signs + start, end - start, flag)
        Py_INCREF(word)
        PyTuple_SET_ITEM(found, place, word)
        start = end
    if used[1]:
        PyObject_GC_UnTrack(<void *>found)  # texts alone: nothing for the collector
    return found


cdef inline Py_ssize_t _behind(uint32_t *signs, Py_ssize_t start, Py_ssize_t end) noexcept:
    """The place behind the token that starts at another one, which it is freed of its mark for."""
    signs[start] &= FOLDED
    start += 1
    while start < end and not signs[start] & FIRST:
        start += 1
    return start


cdef inline int _folded(text, uint32_t *signs, Py_ssize_t *used) except -1:
    cdef Py_ssize_t length = PyUnicode_GET_LENGTH(text)
    cdef void *data = PyUnicode_DATA(text)
    cdef unsigned int kind = PyUnicode_KIND(text)
    if kind == 1:
        return _fold(<const uint8_t *>data, length, signs, used)
    if kind == 2:
        return _fold(<const uint16_t *>data, length, signs, used)
    return _fold(<const uint32_t *>data, length, signs, used)


cdef int _fold(
    const Unit *text, Py_ssize_t length, uint32_t *signs, Py_ssize_t *used
) except -1:
    """Writes the characters of the tokens, the first of each marked, and how many of both.

    `used` says how many tokens are wanted. 0 where a character folds to several.
    """
    cdef Py_ssize_t place, end = 0, found = 0
    cdef uint32_t *page = NULL
    cdef uint32_t number = PAGES, sign
    cdef uint8_t step = NOWHERE
    for place in range(length):
        sign = text[place]
        if sign >> 8 != number:
            number = sign >> 8
            page = _page(number)
        sign = page[sign & 255]
        if sign & (DROPPED | SEVERAL):
            if sign & SEVERAL:
                return 0
            continue
        step = STEPS[step & STATE][sign >> CLASS_SHIFT & CLASS]
        end += step >> JOINS_SHIFT & 1
        signs[end] = (sign & FOLDED) | (<uint32_t>(step & STARTS) << FIRST_SHIFT)
        end += step >> BELONGS_SHIFT & 1
        found += step >> STARTS_SHIFT & 1
        if found > used[1]:
            end, found = end - 1, used[1]
            break
    used[0], used[1] = end, found
    return 1


cdef inline uint32_t *_page(uint32_t number) except NULL:
    return characters[number] if characters[number] != NULL else _learn(number)


cdef str _word(const uint32_t *signs, Py_ssize_t length, uint8_t *flags=NULL):
    """The word, which is the same object as before where it was met lately.

    `flags` is told what the word is to phrases.
    """
    cdef uint32_t key
    cdef PyObject *before
    if length > KNOWN_CHARS:
        word = PyUnicode_FromKindAndData(4, signs, length)
        if flags != NULL:
            flags[0] = _flags_of(word)
        return word
    key = _key(signs, length) >> KNOWN_SHIFT
    before = known[key]
    if before == NULL or not _is(<object>before, signs, length):
        word = PyUnicode_FromKindAndData(4, signs, length)
        Py_INCREF(word)
        known[key], known_flags[key] = <PyObject *>word, 0
        Py_XDECREF(before)
    if flags != NULL:
        if not known_flags[key]:
            known_flags[key] = _flags_of(<str>known[key])
        flags[0] = known_flags[key]
    return <str>known[key]


cdef inline uint32_t _key(const uint32_t *signs, Py_ssize_t length) noexcept:
    cdef Py_ssize_t place
    cdef uint32_t key = 0
    for place in range(length):
        key = (key ^ signs[place]) * 0x9E3779B1u
    return key


cdef inline bint _is(word, const uint32_t *signs, Py_ssize_t length) noexcept:
    cdef Py_ssize_t place
    cdef unsigned int kind = PyUnicode_KIND(word)
    cdef void *data = PyUnicode_DATA(word)
    if PyUnicode_GET_LENGTH(word) != length:
        return False
    for place in range(length):
        if PyUnicode_READ(kind, data, place) != signs[place]:
            return False
    return True


include "words_sample.pxi"
include "words_phrases.pxi"
