# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Twins of what the classifier counts in texts and in their words."""

from cpython.dict cimport PyDict_GetItem
from cpython.object cimport PyObject, PyObject_Hash, PyObject_RichCompareBool, Py_EQ
from cpython.unicode cimport Py_UNICODE_ISDIGIT, Py_UNICODE_ISLOWER, Py_UNICODE_ISSPACE
from libc.stdint cimport int32_t, int64_t, uint8_t, uint16_t
from libc.stdlib cimport calloc, free, malloc
from libc.string cimport memset

import numpy as np


cdef extern from *:
    Py_ssize_t PyUnicode_GET_LENGTH(object value)
    int PyUnicode_KIND(object value)
    void *PyUnicode_DATA(object value)
    unsigned int PyUnicode_READ(int kind, const void *data, Py_ssize_t place) nogil


# signs of texts -------------------------------------------------------------

cdef enum:  # bits, as in `classifier.signs`
    IS_UPPER = 1, IS_DIGIT = 2, IS_COMMA = 4, IS_STOP = 8, IS_SPACE = 16, IS_QUOTE = 32
    IS_OTHER = 64, IS_END = 128, IS_COLON = 256, IS_QUESTION = 512, IS_CUT = 1024
    IS_RIGHTS = 2048, IS_MONEY = 4096, IS_BORDER = 8192
    KANA_END = 0x3100, WIDE = 0xFF00, WIDE_END = 0x10000

cdef enum:  # rows
    UPPER, DIGIT, COMMA, STOP, QUOTE, OTHER, CAPITALS, LETTER_RUNS
    HAS_RIGHTS, HAS_MONEY, HAS_BORDER, HAS_ADDRESS
    ENDS_SENTENCE, ENDS_COLON, ENDS_QUESTION, ENDS_DOTS, STARTS_LOWER, STARTS_DIGIT, COUNTS


def of_texts(texts, const uint16_t[::1] table):
    """What the texts hold: counts and flags × blocks; `table` is that of `classifier.signs`."""
    cdef list given = list(texts)
    cdef Py_ssize_t position, row
    cdef float counts[COUNTS]
    cdef float[:, ::1] out
    if table.shape[0] < KANA_END + WIDE_END - WIDE:
        raise IndexError("the table of signs is too short")
    found = np.empty((COUNTS, len(given)), np.float32)
    out = found
    for position in range(len(given)):
        if not isinstance(given[position], str):
            raise TypeError("a text is a string")
        count_signs(given[position], &table[0], counts)
        for row in range(COUNTS):
            out[row, position] = counts[row]
    return found


cdef inline unsigned int place_of(unsigned int sign) noexcept nogil:
    """Where the table has a sign; a half of a pair, which is no character, counts as "?"."""
    if sign < KANA_END:
        return sign
    if 0xD800 <= sign <= 0xDFFF:
        return 63  # ?
    return sign - (WIDE - KANA_END) if WIDE <= sign < WIDE_END else KANA_END


cdef int count_signs(text, const uint16_t *table, float *out) except -1:
    cdef int kind = PyUnicode_KIND(text)
    cdef const void *data = PyUnicode_DATA(text)
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text)
    # The kind stands in each call, so that a compiler makes a loop of its own for each.
    if kind == 1:
        scan(1, data, size, table, out)
    elif kind == 2:
        scan(2, data, size, table, out)
    else:
        scan(4, data, size, table, out)
    out[STARTS_LOWER] = size > 0 and Py_UNICODE_ISLOWER(<Py_UCS4>PyUnicode_READ(kind, data, 0))
    out[STARTS_DIGIT] = size > 0 and Py_UNICODE_ISDIGIT(<Py_UCS4>PyUnicode_READ(kind, data, 0))
    return 0


cdef inline void scan(
    int kind, const void *data, Py_ssize_t size, const uint16_t *table, float *out
) noexcept nogil:
    cdef int64_t counts[6]
    cdef int64_t capitals = 0, runs = 0
    cdef unsigned int bits = IS_SPACE, last = IS_SPACE, held = 0, sign
    cdef bint was_letter = False, is_address = False
    cdef Py_ssize_t place
    memset(counts, 0, sizeof(counts))
    for place in range(size):
        sign = PyUnicode_READ(kind, data, place)
        last, bits = bits, table[place_of(sign)]
        if bits == 0:
            runs += not was_letter
            was_letter = True
            if sign == 104:  # h
                is_address |= stands(kind, data, place + 1, size, b"ttp", 3)
            elif sign == 119:  # w
                is_address |= stands(kind, data, place + 1, size, b"ww.", 3)
        elif bits == IS_SPACE:
            was_letter = False
        else:
            held |= bits
            counts[UPPER] += bits & 1
            counts[DIGIT] += bits >> 1 & 1
            counts[COMMA] += bits >> 2 & 1
            counts[STOP] += bits >> 3 & 1
            counts[QUOTE] += bits >> 5 & 1
            counts[OTHER] += bits >> 6 & 1
            capitals += (bits & 1) != 0 and (last & IS_SPACE) != 0
            is_address |= sign == 64  # @
            if bits & ~(IS_UPPER | IS_DIGIT):
                was_letter = False
            else:
                runs += not was_letter
                was_letter = True
    for place in range(6):
        out[place] = counts[place]
    out[CAPITALS], out[LETTER_RUNS] = capitals, runs
    out[HAS_RIGHTS], out[HAS_MONEY] = (held & IS_RIGHTS) > 0, (held & IS_MONEY) > 0
    out[HAS_BORDER], out[HAS_ADDRESS] = (held & IS_BORDER) > 0, is_address
    out[ENDS_SENTENCE], out[ENDS_COLON] = (bits & IS_END) > 0, (bits & IS_COLON) > 0
    out[ENDS_QUESTION] = (bits & IS_QUESTION) > 0
    out[ENDS_DOTS] = (bits & IS_CUT) > 0 or stands(kind, data, size - 3, size, b"...", 3)


cdef inline bint stands(
    int kind, const void *data, Py_ssize_t place, Py_ssize_t size, const char *wanted, int signs
) noexcept nogil:
    """Whether so many signs stand at a place of a text."""
    cdef int n
    if place < 0 or place + signs > size:
        return False
    for n in range(signs):
        if PyUnicode_READ(kind, data, place + n) != <unsigned char>wanted[n]:
            return False
    return True


cdef enum:
    MONTH_CHARS = 120
    PAIRS = 4096  # marks that tell most words apart from the names of months


def months(texts, const float[:] digits, names):
    """1 for texts that hold a digit and, among their first signs, the name of a month."""
    cdef list given = list(texts)
    cdef dict known = dict(names)
    cdef uint8_t pairs[PAIRS]
    cdef Py_ssize_t position
    cdef float[::1] out
    if digits.shape[0] != len(given):
        raise ValueError("the digits of each text are known")
    memset(pairs, 0, sizeof(pairs))
    for name in known:
        if name:
            pairs[pair_of(PyUnicode_KIND(name), PyUnicode_DATA(name), 0, len(name))] = 1
    found = np.zeros(len(given), np.float32)
    out = found
    for position in range(len(given)):
        if digits[position]:
            out[position] = has_name(given[position][:MONTH_CHARS].lower(), known, pairs)
    return found


cdef inline Py_ssize_t pair_of(int kind, const void *data, Py_ssize_t first, Py_ssize_t behind):
    cdef unsigned int one = PyUnicode_READ(kind, data, first)
    cdef unsigned int other = PyUnicode_READ(kind, data, first + 1) if first + 1 < behind else 0
    return (31 * one + 7 * other) & (PAIRS - 1)


cdef bint has_name(text, dict known, const uint8_t *pairs) except -1:
    """Whether a word of a text in small letters is known, without the stops around it."""
    cdef int kind = PyUnicode_KIND(text)
    cdef const void *data = PyUnicode_DATA(text)
    cdef Py_ssize_t size = len(text), place = 0, first, behind
    while place < size:
        if Py_UNICODE_ISSPACE(<Py_UCS4>PyUnicode_READ(kind, data, place)):
            place += 1
            continue
        first = place
        while place < size and not Py_UNICODE_ISSPACE(<Py_UCS4>PyUnicode_READ(kind, data, place)):
            place += 1
        behind = place
        while first < behind and is_stop(PyUnicode_READ(kind, data, first)):
            first += 1
        while first < behind and is_stop(PyUnicode_READ(kind, data, behind - 1)):
            behind -= 1
        if first == behind:
            if "" in known:
                return True
        elif pairs[pair_of(kind, data, first, behind)] and text[first:behind] in known:
            return True
    return False


cdef inline bint is_stop(unsigned int sign) noexcept nogil:
    return sign == 46 or sign == 44  # . and ,


def repeats(texts):
    """2 × texts: how often a text stands on the page, and whether it stood above already."""
    cdef tuple given = tuple(texts)
    cdef Py_ssize_t count = len(given), size = 1, position, place
    cdef Py_hash_t hash
    cdef Py_ssize_t *table
    cdef int64_t[:, ::1] out
    found = np.zeros((2, count), np.int64)
    out = found
    while size < 2 * count:
        size *= 2
    firsts = np.zeros(count, np.intp)
    cdef Py_ssize_t[::1] first = firsts
    table = <Py_ssize_t *>calloc(size, sizeof(Py_ssize_t))
    if table == NULL:
        raise MemoryError
    try:
        for position in range(count):
            hash = PyObject_Hash(given[position])
            place = <Py_ssize_t>(<size_t>hash & <size_t>(size - 1))
            while table[place] and not (
                PyObject_Hash(given[table[place] - 1]) == hash
                and PyObject_RichCompareBool(given[table[place] - 1], given[position], Py_EQ)
            ):
                place = (place + 1) & (size - 1)
            if table[place] == 0:
                table[place] = position + 1
            first[position] = table[place] - 1
            out[0, first[position]] += 1
            out[1, position] = first[position] != position
        for position in range(count):
            out[0, position] = out[0, first[position]]
    finally:
        free(table)
    return found


# words ----------------------------------------------------------------------

cdef enum:
    STOP_WORDS, IN_TITLE, OF_TITLE, IN_DESCRIPTION, OF_DESCRIPTION, SHARES
    TELLING_LETTERS = 4
    HASHES = 4096  # marks that tell most words apart from those of a set


cdef class Words:
    """A set of words that is asked for many words, most of which are not in it."""

    cdef uint8_t hashes[HASHES]
    cdef dict numbers  # of each word, from 0
    cdef int32_t *last  # the block that each was last seen in, from 1
    cdef Py_ssize_t size

    def __cinit__(self, words):
        memset(self.hashes, 0, sizeof(self.hashes))
        self.numbers = {}
        for word in words:
            self.hashes[<size_t>PyObject_Hash(word) & (HASHES - 1)] = 1
            self.numbers[word] = len(self.numbers)
        self.size = len(self.numbers)
        self.last = <int32_t *>calloc(self.size + 1, sizeof(int32_t))
        if self.last == NULL:
            raise MemoryError

    def __dealloc__(self):
        free(self.last)

    cdef Py_ssize_t place(self, word, Py_hash_t hash) except -2:
        """The number of a word; -1 where it is not in the set."""
        cdef PyObject *found
        if not self.hashes[<size_t>hash & (HASHES - 1)]:
            return -1
        found = PyDict_GetItem(self.numbers, word)
        return -1 if found == NULL else <object>found


def of_words(tokens, stops, title, description):
    """Shares × blocks, 0 where there is no word."""
    cdef list blocks = list(tokens)
    cdef Words of_stops = Words(stops), of_title = Words(title), other = Words(description)
    cdef Py_ssize_t block, row, place, size
    cdef int64_t counts[SHARES]
    cdef tuple own
    cdef Py_hash_t hash
    cdef float[:, ::1] out
    found = np.zeros((SHARES, len(blocks)), np.float32)
    out = found
    for block in range(len(blocks)):
        memset(counts, 0, sizeof(counts))
        own = tuple(blocks[block])
        size = len(own)
        for word in own:
            hash = PyObject_Hash(word)
            counts[STOP_WORDS] += of_stops.place(word, hash) >= 0
            place = of_title.place(word, hash)
            if place >= 0:
                counts[IN_TITLE] += 1
                counts[OF_TITLE] += of_title.last[place] != block + 1
                of_title.last[place] = block + 1
            place = other.place(word, hash)
            if place >= 0:
                counts[IN_DESCRIPTION] += 1
                counts[OF_DESCRIPTION] += other.last[place] != block + 1
                other.last[place] = block + 1
        for row in (STOP_WORDS, IN_TITLE, IN_DESCRIPTION):
            out[row, block] = <double>counts[row] / <double>max(size, 1)
        out[OF_TITLE, block] = <double>counts[OF_TITLE] / <double>max(of_title.size, 1)
        out[OF_DESCRIPTION, block] = <double>counts[OF_DESCRIPTION] / <double>max(other.size, 1)
    return found


cdef struct Word:  # one of all blocks
    PyObject *word
    Py_hash_t hash
    int32_t said, in_prose  # blocks that say it
    int32_t last  # block that said it last, from 1
    bint is_telling


def of_telling(tokens, stops, is_prose):
    """Shares × blocks, 0 where no word of the block tells what it speaks of."""
    cdef tuple blocks = tuple(map(tuple, tokens))
    cdef const uint8_t[::1] prose = np.ascontiguousarray(is_prose, np.bool_).view(np.uint8)
    cdef Py_ssize_t count = len(blocks), size = 1, words = sum(map(len, blocks))
    cdef Word *table
    cdef Word **told
    cdef float[:, ::1] out
    if prose.shape[0] != count:
        raise ValueError("each block is prose or is not")
    found = np.zeros((2, count), np.float32)
    out = found
    while size < 2 * words:
        size *= 2
    table = <Word *>calloc(size, sizeof(Word))
    told = <Word **>malloc((words + 1) * sizeof(Word *))
    try:
        if table == NULL or told == NULL:
            raise MemoryError
        tell(blocks, Words(stops), prose, table, size, told, out)
    finally:
        free(table)
        free(told)
    return found


cdef tell(
    tuple blocks,
    Words stops,
    const uint8_t[::1] prose,
    Word *table,
    Py_ssize_t size,
    Word **told,
    float[:, ::1] out,
):
    cdef Py_ssize_t count = len(blocks), block, place, telling = 0
    cdef Word *own
    cdef int64_t is_known, is_rare
    ends = np.zeros(count + 1, np.int64)
    cdef int64_t[::1] behind = ends
    for block in range(count):
        for word in <tuple>blocks[block]:
            own = entry(table, size, word, stops)
            if own.is_telling and own.last != block + 1:
                own.last = block + 1
                own.said += 1
                own.in_prose += prose[block]
                told[telling] = own
                telling += 1
        behind[block + 1] = telling
    for block in range(count):
        is_known = is_rare = 0
        for place in range(behind[block], behind[block + 1]):
            is_known += told[place].in_prose > prose[block]
            is_rare += told[place].said == 1
        telling = max(behind[block + 1] - behind[block], 1)
        out[0, block] = <double>is_known / <double>telling
        out[1, block] = <double>is_rare / <double>telling


cdef Word *entry(Word *table, Py_ssize_t size, word, Words stops) except NULL:
    """The entry of a word; it is made where there is none."""
    cdef Py_hash_t hash = PyObject_Hash(word)
    cdef Py_ssize_t place = <Py_ssize_t>(<size_t>hash & <size_t>(size - 1))
    cdef Word *own = &table[place]
    while own.word != NULL:
        if own.hash == hash and (
            own.word == <PyObject *>word or PyObject_RichCompareBool(<object>own.word, word, Py_EQ)
        ):
            return own
        place = (place + 1) & (size - 1)
        own = &table[place]
    own.word, own.hash = <PyObject *>word, hash
    own.is_telling = len(word) >= TELLING_LETTERS and stops.place(word, hash) < 0
    return own
