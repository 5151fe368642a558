# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Twins of what looks at all lines of a page for its title, day and authors."""

from cpython.dict cimport PyDict_GetItemWithError
from cpython.list cimport PyList_GET_ITEM
from cpython.object cimport PyObject
from cpython.set cimport PySet_Contains
from cpython.tuple cimport PyTuple_GET_ITEM
from cpython.unicode cimport PyUnicode_GET_LENGTH
from libc.string cimport memset
from libc.stdint cimport uint8_t, uint16_t, uint32_t


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
    TABLE = 1024
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


cdef class Words:
    """Some words, with a table that tells most others from them before they are compared."""

    cdef object known
    cdef uint8_t table[TABLE]

    def __cinit__(self, known):
        self.known = known
        memset(self.table, 0, TABLE)
        for word in known:
            self.table[place_of(word)] = 1

    cdef bint holds(self, str word) except -1:
        return self.table[place_of(word)] and PySet_Contains(self.known, word)

    cdef bint holds_any(self, tuple words) except -1:
        cdef Py_ssize_t n
        for n in range(len(words)):
            if self.holds(words[n]):
                return True
        return False


cdef inline uint32_t place(uint32_t first, uint32_t last, Py_ssize_t size) noexcept:
    """The place in a table of a word with these signs at its ends, of so many signs."""
    return (first * 7 + last * 31 + <uint32_t>size * 113) % TABLE


cdef inline uint32_t place_of(str word) except? 0xFFFFFFFF:
    fields_ready(word)
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(word)
    cdef int kind = PyUnicode_KIND(word)
    cdef void *data = PyUnicode_DATA(word)
    if size == 0:
        return 0
    return place(
        <uint32_t>PyUnicode_READ(kind, data, 0), <uint32_t>PyUnicode_READ(kind, data, size - 1), size
    )


def blocks_in(tuple blocks, tuple containers, known):
    """Positions of blocks in an element that one of some words names, or right in one in such."""
    cdef Py_ssize_t n, own, parent, count = len(containers)
    cdef bytearray named = bytearray(count)
    cdef uint8_t[::1] is_named = named
    cdef bint is_found = False
    cdef Words words = Words(known)
    for n in range(count):
        one = containers[n]
        if words.holds_any(one.names) or words.holds_any(one.labels):
            is_named[n] = is_found = True
    found = []
    for n in range(len(blocks) if is_found else 0):
        markup = blocks[n].markup
        if markup is None:
            continue
        own = markup.container
        if not 0 <= own < count:
            raise IndexError("no such container")
        parent = containers[own].parent
        if is_named[own] or (0 <= parent < count and is_named[parent]):
            found.append(n)
    return found


def mentions(list names, list words, list lengths, Py_ssize_t limit):
    """Of each name: how often lines hold it, how often longer blocks do, and which it opens."""
    cdef Py_ssize_t n, at, behind, size, count = len(words)
    cdef tuple own, name
    cdef str word
    cdef Name one
    cdef dict by_first = {}
    cdef list found = [], alike
    for name in names:
        one = Name(name)
        found.append(one)
        by_first.setdefault(name[0], []).append(one)
    cdef Words first_words = Words(frozenset(by_first))
    if len(lengths) != count:
        raise ValueError("each block has its length")
    for n in range(count):
        own = words[n]
        size = len(own)
        for at in range(size):
            word = own[at]
            if not first_words.table[place_of(word)]:
                continue
            alike = by_first.get(word)
            if alike is None:
                continue
            for one in alike:
                if one.stands(own, at, size):
                    one.count(n, at, lengths[n] <= limit)
    return [(one.lines, one.prose, one.opened) for one in found]


cdef class Name:
    """The words of a name, and where they have been found."""

    cdef tuple words
    cdef Py_ssize_t size, block, behind  # of the last place: its block, and what may not begin there
    cdef Py_ssize_t lines, prose
    cdef list opened

    def __cinit__(self, tuple words):
        self.words, self.size = words, len(words)
        self.block = -1
        self.behind = self.lines = self.prose = 0
        self.opened = []

    cdef bint stands(self, tuple own, Py_ssize_t at, Py_ssize_t size) except -1:
        cdef Py_ssize_t n
        if size - at < self.size:
            return False
        for n in range(1, self.size):
            if own[at + n] != self.words[n]:
                return False
        return True

    cdef int count(self, Py_ssize_t block, Py_ssize_t at, bint is_line) except -1:
        if at == 0:
            self.opened.append(block)
        if block == self.block and at <= self.behind:
            return 0
        self.block, self.behind = block, at + self.size
        if is_line:
            self.lines += 1
        else:
            self.prose += 1
        return 0


def written(list texts, words):
    """Those of some words that stand in any text between spaces."""
    cdef Words known = Words(words)
    cdef str text
    cdef set found = set()
    if words:
        for text in texts:
            find_written(text, known, found)
    return frozenset(found)


cdef int find_written(str text, Words known, set found) except -1:
    fields_ready(text)
    cdef int kind = PyUnicode_KIND(text)
    cdef void *data = PyUnicode_DATA(text)
    if kind == 1:
        return find_written_in(<const uint8_t *>data, text, known, found)
    if kind == 2:
        return find_written_in(<const uint16_t *>data, text, known, found)
    return find_written_in(<const uint32_t *>data, text, known, found)


cdef int find_written_in(const Sign *signs, str text, Words known, set found) except -1:
    cdef Py_ssize_t at, start = 0, length = PyUnicode_GET_LENGTH(text)
    cdef uint32_t sign
    for at in range(length + 1):
        if at < length:
            sign = signs[at]
            if not (sign == 0x20 or (not 0x20 < sign < 0x80 and Py_UNICODE_ISSPACE(sign))):
                continue
        if at > start and known.table[place(signs[start], signs[at - 1], at - start)]:
            word = text[start:at]
            if PySet_Contains(known.known, word):
                found.add(word)
        start = at + 1
    return 0
