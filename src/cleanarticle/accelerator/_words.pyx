# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Twins of `cleanarticle.language.words`: one walk over the characters, by a table of what each is.

What a character folds to and what it is to a word is asked of Python once, 256 characters at a
time, when the first of them is met.
"""

import re

from cpython.mem cimport PyMem_Free, PyMem_Malloc
from cpython.object cimport PyObject
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
)
from libc.stdint cimport uint8_t, uint16_t, uint32_t
from libc.string cimport memset

from cleanarticle.accelerator import REFERENCES


cdef extern from "Python.h":
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
    PAGES = 0x1100
    MAX_LANGUAGES = 256
    ON_STACK = 256  # characters
    KNOWN_SHIFT = 32 - 13
    KNOWN = 1 << 13  # words, of which each takes the place of another
    KNOWN_CHARS = 20  # the longest
    LINES = 1 << 12  # short texts, likewise
    FUNCTION_SHIFT = 32 - 14
    FUNCTION_WORDS = 1 << 14  # twice as many as there are, or more
    MOST_WORDS = 1 << 20  # of a sample
    ASCII = 128

cdef uint32_t *characters[PAGES]
cdef PyObject *known[KNOWN]
cdef PyObject *lines[LINES]
cdef PyObject *line_tokens[LINES]
cdef Py_ssize_t signs_per_word = 0


cdef struct FunctionWord:
    PyObject *word
    PyObject *languages  # places in the list of them


cdef struct Sample:
    Py_ssize_t wanted  # words
    Py_ssize_t words
    uint32_t all_signs  # the bits of all characters
    uint32_t *initials
    Py_ssize_t counts[MAX_LANGUAGES]

cdef FunctionWord table[FUNCTION_WORDS]
cdef dict function_words = None
cdef list languages = None


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
    cdef uint32_t what, own
    cdef uint32_t *found = <uint32_t *>PyMem_Malloc(256 * sizeof(uint32_t))
    if found == NULL:
        raise MemoryError
    try:
        for place in range(256):
            sign = chr(page * 256 + place)
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
    return _line_tokens(text, few) if PyUnicode_CheckExact(text) else _tokens(text, few)


cdef tuple _long_tokens(text):
    cdef uint32_t *many = <uint32_t *>PyMem_Malloc(PyUnicode_GET_LENGTH(text) * sizeof(uint32_t))
    if many == NULL:
        raise MemoryError
    try:
        return _tokens(text, many)
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
    cdef Py_ssize_t place = hash(text) & (LINES - 1)
    cdef PyObject *line = lines[place]
    if line != NULL and (line == <PyObject *>text or <str>line == text):
        return <tuple>line_tokens[place]
    found = _tokens(text, signs)
    Py_INCREF(text)
    Py_INCREF(found)
    line, lines[place] = lines[place], <PyObject *>text
    Py_XDECREF(line)
    line, line_tokens[place] = line_tokens[place], <PyObject *>found
    Py_XDECREF(line)
    return found


cdef tuple _tokens(text, uint32_t *signs):
    """The tokens; `signs` has room for all characters of the text."""
    cdef Py_ssize_t used[2]
    used[1] = PY_SSIZE_T_MAX
    if not _folded(text, signs, used):  # what is folded folds to itself
        return _long_tokens(text.casefold())
    cdef Py_ssize_t start = 0, end, place
    cdef tuple found = PyTuple_New(used[1])
    for place in range(used[1]):
        end = _behind(signs, start, used[0])
        word = _word(signs + start, end - start)
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


cdef str _word(const uint32_t *signs, Py_ssize_t length):
    """The word, which is the same object as before where it was met lately."""
    cdef uint32_t key
    cdef PyObject *before
    if length > KNOWN_CHARS:
        return PyUnicode_FromKindAndData(4, signs, length)
    key = _key(signs, length) >> KNOWN_SHIFT
    before = known[key]
    if before != NULL and _is(<object>before, signs, length):
        return <str>before
    word = PyUnicode_FromKindAndData(4, signs, length)
    Py_INCREF(word)
    known[key] = <PyObject *>word
    Py_XDECREF(before)
    return word


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


def sample(lines, Py_ssize_t chars, Py_ssize_t number):
    """The first words: how many, what each begins with, and how many are of which language."""
    if function_words is None:
        _learn_languages()
    cdef Sample found
    memset(&found, 0, sizeof(found))
    found.wanted = max(0, min(number, MOST_WORDS))
    if number > MOST_WORDS:
        return REFERENCES["words.sample"](lines, chars, number)
    found.initials = <uint32_t *>PyMem_Malloc((found.wanted + 1) * sizeof(uint32_t))
    if found.initials == NULL:
        raise MemoryError
    try:
        for line in lines:
            if chars <= 0 or found.words >= found.wanted:
                break
            _check(line)
            _take(line if PyUnicode_GET_LENGTH(line) <= chars else line[:chars], &found)
            chars -= PyUnicode_GET_LENGTH(line) + 1
        initials = ""
        if found.all_signs >= ASCII:
            initials = PyUnicode_FromKindAndData(4, found.initials, found.words)
        counts = {c: found.counts[n] for n, c in enumerate(languages) if found.counts[n]}
        return found.words, initials, counts
    finally:
        PyMem_Free(found.initials)


cdef int _take(text, Sample *found) except -1:
    """Adds the words of a line, up to the number that is wanted."""
    cdef Py_ssize_t used[2]
    cdef Py_ssize_t start = 0, end, place
    cdef Py_ssize_t length = PyUnicode_GET_LENGTH(text)
    cdef uint32_t *signs = <uint32_t *>PyMem_Malloc((length + 1) * sizeof(uint32_t))
    cdef PyObject *own
    cdef uint8_t language
    if signs == NULL:
        raise MemoryError
    try:
        used[1] = found.wanted - found.words
        if not _folded(text, signs, used):
            return _take(text.casefold(), found)
        for place in range(used[1]):
            end = _behind(signs, start, used[0])
            own = _languages_of(signs + start, end - start)
            if own != NULL:
                for language in <bytes>own:
                    found.counts[language] += 1
            found.initials[found.words] = signs[start]
            found.words += 1
            start = end
        for place in range(used[0]):
            found.all_signs |= signs[place]
        return 0
    finally:
        PyMem_Free(signs)


cdef PyObject *_languages_of(const uint32_t *signs, Py_ssize_t length) noexcept:
    """The languages that a word is a function word of; NULL where it is none."""
    cdef uint32_t place = _key(signs, length) >> FUNCTION_SHIFT
    while table[place].word != NULL:
        if _is(<object>table[place].word, signs, length):
            return table[place].languages
        place = (place + 1) & (FUNCTION_WORDS - 1)
    return NULL


cdef int _learn_languages() except -1:
    global function_words, languages
    from cleanarticle.language import detect

    cdef uint32_t place
    cdef uint32_t signs[KNOWN_CHARS]
    by_word = detect.languages_by_word()
    codes = sorted({code for own in by_word.values() for code in own})
    known = {word: bytes(map(codes.index, own)) for word, own in by_word.items()}
    if 2 * len(known) > FUNCTION_WORDS or max(map(len, known)) > KNOWN_CHARS:
        raise ValueError("more function words than there is room for")
    for word, own in known.items():
        for n, sign in enumerate(word):
            signs[n] = ord(sign)
        place = _key(signs, len(word)) >> FUNCTION_SHIFT
        while table[place].word != NULL:
            place = (place + 1) & (FUNCTION_WORDS - 1)
        table[place].word, table[place].languages = <PyObject *>word, <PyObject *>own
    function_words, languages = known, codes  # they hold what the table points to
    return 0
