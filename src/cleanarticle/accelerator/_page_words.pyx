# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Twin of `cleanarticle.classifier.page_words`: all words of a page as numbers."""

from cpython.object cimport PyObject
from libc.stdint cimport uint32_t
from libc.stdlib cimport calloc, free

import numpy as np


cdef extern from *:
    Py_ssize_t PyUnicode_GET_LENGTH(object value)
    int PyUnicode_KIND(object value)
    void *PyUnicode_DATA(object value)
    unsigned int PyUnicode_READ(int kind, const void *data, Py_ssize_t place) nogil


cdef enum:
    FIRST_CHARS = 60, FIRST_WORDS = 4
    SEEN = 256  # lists of words that are remembered

cdef uint32_t CRC[256]


cdef void fill_crc() noexcept:
    cdef uint32_t value
    cdef int byte, _bit
    for byte in range(256):
        value = byte
        for _bit in range(8):
            value = value >> 1 ^ (0xEDB88320u if value & 1 else 0)
        CRC[byte] = value


fill_crc()


cdef struct Numbers:  # a set of them
    uint32_t *values
    Py_ssize_t count, size
    bint has_zero


def checksums(words, containers, texts, tokens):
    """The CRC-32 of words, of those of class names and the like, and of the first of each text."""
    cdef Numbers found = Numbers(NULL, 0, 1024, False)
    cdef Py_ssize_t position, count, place
    cdef list seen = [None] * SEEN
    cdef uint32_t dot = crc_of(".", 0)
    cdef uint32_t[::1] out
    found.values = <uint32_t *>calloc(found.size, sizeof(uint32_t))
    if found.values == NULL:
        raise MemoryError
    try:
        for word in words:
            add(&found, crc_of(word, 0))
        for container in containers:
            for names in (container.names, container.labels):
                # Elements of the same class often hold the very same words.
                place = (<size_t><PyObject *>names >> 4) & (SEEN - 1)
                if seen[place] is names:
                    continue
                seen[place] = names
                for word in names:
                    add(&found, crc_of(word, dot))
        for text in texts:
            if not add_first_words(&found, text):
                for word in tokens(text[:FIRST_CHARS])[:FIRST_WORDS]:
                    add(&found, crc_of(word, 0))
        keys = np.zeros(found.count + found.has_zero, np.uint32)
        out = keys
        count = found.has_zero
        for position in range(found.size):
            if found.values[position]:
                out[count] = found.values[position]
                count += 1
    finally:
        free(found.values)
    keys.sort()
    return keys


cdef bint add(Numbers *found, uint32_t value) except -1:
    cdef Py_ssize_t place, old, size
    cdef uint32_t *values
    if value == 0:
        found.has_zero = True
        return True
    place = value & (found.size - 1)
    while found.values[place] and found.values[place] != value:
        place = (place + 1) & (found.size - 1)
    if found.values[place]:
        return True
    found.values[place] = value
    found.count += 1
    if 2 * found.count > found.size:
        size = 4 * found.size
        values = <uint32_t *>calloc(size, sizeof(uint32_t))
        if values == NULL:
            raise MemoryError
        for old in range(found.size):
            if found.values[old]:
                place = found.values[old] & (size - 1)
                while values[place]:
                    place = (place + 1) & (size - 1)
                values[place] = found.values[old]
        free(found.values)
        found.values, found.size = values, size
    return True


cdef inline uint32_t put(uint32_t crc, uint32_t byte) noexcept nogil:
    return CRC[(crc ^ byte) & 0xFF] ^ crc >> 8


cdef uint32_t crc_of(text, uint32_t value) except? 0:
    """CRC-32 of the UTF-8 of a word behind bytes of a CRC; half a pair counts as "?"."""
    if not isinstance(text, str):
        raise TypeError("a word is a string")
    cdef int kind = PyUnicode_KIND(text)
    cdef const void *data = PyUnicode_DATA(text)
    cdef uint32_t crc = ~value, sign
    cdef Py_ssize_t place
    for place in range(PyUnicode_GET_LENGTH(text)):
        sign = PyUnicode_READ(kind, data, place)
        if 0xD800 <= sign <= 0xDFFF:
            sign = 63  # ?
        if sign < 0x80:
            crc = put(crc, sign)
            continue
        if sign < 0x800:
            crc = put(crc, 0xC0 | sign >> 6)
        else:
            if sign < 0x10000:
                crc = put(crc, 0xE0 | sign >> 12)
            else:
                crc = put(put(crc, 0xF0 | sign >> 18), 0x80 | (sign >> 12 & 0x3F))
            crc = put(crc, 0x80 | (sign >> 6 & 0x3F))
        crc = put(crc, 0x80 | (sign & 0x3F))
    return ~crc


cdef bint add_first_words(Numbers *found, text) except -1:
    """Adds the first words of a text whose beginning is ASCII; whether it is."""
    if not isinstance(text, str):
        raise TypeError("a text is a string")
    cdef int kind = PyUnicode_KIND(text)
    cdef const void *data = PyUnicode_DATA(text)
    cdef unsigned char signs[FIRST_CHARS + 1]
    cdef Py_ssize_t size = min(PyUnicode_GET_LENGTH(text), <Py_ssize_t>FIRST_CHARS), place
    cdef unsigned int sign
    cdef uint32_t crc
    cdef int words = 0
    for place in range(size):
        sign = PyUnicode_READ(kind, data, place)
        if sign >= 0x80:
            return False
        signs[place] = sign + 32 if 65 <= sign <= 90 else sign
    signs[size] = 0
    place = 0
    while place < size and words < FIRST_WORDS:
        crc = 0xFFFFFFFFu
        if is_digit(signs[place]):
            while is_digit(signs[place]):
                crc = put(crc, signs[place])
                place += 1
        elif is_letter(signs[place]):
            while is_letter(signs[place]) or signs[place] == 39 and is_letter(signs[place + 1]):
                crc = put(crc, signs[place])
                place += 1
        else:
            place += 1
            continue
        add(found, ~crc)
        words += 1
    return True


cdef inline bint is_digit(unsigned char sign) noexcept nogil:
    return 48 <= sign <= 57


cdef inline bint is_letter(unsigned char sign) noexcept nogil:
    return 97 <= sign <= 122 or sign == 95  # _
