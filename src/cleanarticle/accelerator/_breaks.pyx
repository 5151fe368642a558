# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Twins of what tells the line breaks within blocks: the numbers of lines, and their trees."""

from cpython.unicode cimport (
    PyUnicode_Check,
    PyUnicode_DATA,
    PyUnicode_GET_LENGTH,
    PyUnicode_KIND,
    PyUnicode_READ,
)
from libc.stdint cimport uint32_t
from libc.stdlib cimport free, malloc

from importlib import import_module


cdef extern from *:
    """
    #if PY_VERSION_HEX < 0x030C0000
    #define breaks_ready(text) PyUnicode_READY(text)
    #else
    #define breaks_ready(text) 0
    #endif
    static void breaks_and(
        unsigned int *__restrict left, const unsigned int *__restrict stay, Py_ssize_t count)
    { for (Py_ssize_t n = 0; n < count; n++) left[n] &= stay[n]; }
    #if defined(_MSC_VER)
    #include <intrin.h>
    static int breaks_lowest(unsigned int bits)
    { unsigned long at; return _BitScanForward(&at, bits) ? (int)at : 0; }
    #else
    static int breaks_lowest(unsigned int bits) { return bits ? __builtin_ctz(bits) : 0; }
    #endif
    """
    int breaks_ready(object) except -1
    void breaks_and(uint32_t *left, const uint32_t *stay, Py_ssize_t count) noexcept nogil
    int breaks_lowest(uint32_t bits) noexcept nogil

cdef extern from "Python.h":
    bint Py_UNICODE_ISSPACE(Py_UCS4)
    bint Py_UNICODE_ISALPHA(Py_UCS4)
    bint Py_UNICODE_ISUPPER(Py_UCS4)
    bint Py_UNICODE_ISLOWER(Py_UCS4)
    bint Py_UNICODE_ISTITLE(Py_UCS4)

cdef enum:
    COLUMNS = 10
    SIGNS = 128
    LEAVES = 32
    LAST_STEP = 2

cdef int beginnings[SIGNS]
cdef int endings[SIGNS]
cdef bint ends_sentence[SIGNS]
cdef bint knows_signs = False


cdef learn_signs(line_breaks):
    """Ask once what the signs of ASCII are."""
    global knows_signs
    cdef int sign
    for sign in range(SIGNS):
        beginnings[sign] = line_breaks.begins(chr(sign))
        endings[sign] = line_breaks.ends(chr(sign))
        ends_sentence[sign] = chr(sign) in line_breaks.ENDS
    knows_signs = True


cdef inline bint is_space(Py_UCS4 sign) noexcept:
    if 32 < sign < 127 or sign > 0x3000:
        return False
    return Py_UNICODE_ISSPACE(sign)


def numbers(lines):
    """The numbers of each line, lines × `OF_A_LINE`."""
    import numpy as np  # not before it is needed: importing the package stays light

    line_breaks = import_module("cleanarticle.readers.line_breaks")
    if not knows_signs:
        learn_signs(line_breaks)
    begins, ends = line_breaks.begins, line_breaks.ends
    cdef Py_ssize_t max_chars = line_breaks.MAX_CHARS, max_words = line_breaks.MAX_WORDS
    cdef Py_ssize_t max_letters = line_breaks.MAX_LETTERS, head = line_breaks.HEAD_WORDS
    cdef str sentence_ends = line_breaks.ENDS
    cdef Py_ssize_t row, place, length, words, capitals, start, first, last
    cdef int kind
    cdef void *data
    cdef Py_UCS4 sign
    cdef bint within, is_end
    out = np.empty((len(lines), COLUMNS), np.float32)
    cdef float[:, ::1] cells = out
    for row in range(cells.shape[0]):
        line = lines[row]
        if not PyUnicode_Check(line):
            raise TypeError("a line is a string")
        breaks_ready(line)
        kind, data, length = PyUnicode_KIND(line), PyUnicode_DATA(line), PyUnicode_GET_LENGTH(line)
        words = capitals = start = first = last = 0
        within = is_end = False
        for place in range(length):
            sign = PyUnicode_READ(kind, data, place)
            if is_space(sign):
                if within:
                    last = place - start
                    if words == 1:
                        first = last
                    within = False
                continue
            if not within:
                within = True
                start = place
                words += 1
                if words <= head:
                    capitals += Py_UNICODE_ISUPPER(sign)
            if sign < SIGNS:
                is_end = is_end or ends_sentence[sign]
            elif not is_end:
                is_end = sign in sentence_ends
        if words == 0:
            raise IndexError("a line holds a sign")
        if within:
            last = length - start
            if words == 1:
                first = last
        cells[row, 0] = min(length, max_chars)
        cells[row, 1] = min(words, max_words)
        sign = PyUnicode_READ(kind, data, 0)
        cells[row, 2] = beginnings[sign] if sign < SIGNS else begins(chr(sign))
        sign = PyUnicode_READ(kind, data, length - 1)
        cells[row, 3] = endings[sign] if sign < SIGNS else ends(chr(sign))
        cells[row, 4] = min(last, max_letters)
        cells[row, 5] = min(first, max_letters)
        cells[row, 6] = is_small(kind, data, start, start + last)
        cells[row, 7] = <double>capitals / min(words, head)
        cells[row, 8] = is_end
        cells[row, 9] = first == 1 and Py_UNICODE_ISALPHA(first_sign(kind, data))
    return out


cdef inline Py_UCS4 first_sign(int kind, void *data) noexcept:
    """The first sign of a line that is no space; there is one."""
    cdef Py_ssize_t place = 0
    while is_space(PyUnicode_READ(kind, data, place)):
        place += 1
    return PyUnicode_READ(kind, data, place)


cdef bint is_small(int kind, void *data, Py_ssize_t place, Py_ssize_t behind) noexcept:
    """Whether a word has small letters and no others."""
    cdef Py_UCS4 sign
    cdef bint found = False
    while place < behind:
        sign = PyUnicode_READ(kind, data, place)
        if Py_UNICODE_ISUPPER(sign) or Py_UNICODE_ISTITLE(sign):
            return False
        found = found or Py_UNICODE_ISLOWER(sign)
        place += 1
    return found


def total(found, numbers, over, page):
    """Sum of the leaves of each break."""
    import numpy as np

    tables = import_module("cleanarticle.readers.break_tables")
    cdef const Py_ssize_t[:, ::1] codes = tables.codes_of(numbers)
    cdef const Py_ssize_t[::1] rows = tables.rows_of(over)
    cdef const uint32_t[:, :, ::1] of_lines = found.lines
    cdef const uint32_t[:, ::1] of_width = found.over
    cdef const uint32_t[::1] of_page = tables.left_by_page(found.page, page)
    cdef const float[:, ::1] leaves = found.leaves
    cdef const Py_ssize_t[::1] steps = np.array(tables.STEPS, np.intp) + 1
    cdef Py_ssize_t count = rows.shape[0], trees = leaves.shape[0]
    out = np.zeros(count, np.float32)
    cdef float[::1] sums = out
    cdef uint32_t *left
    fits = (
        codes.shape[1] == count + 4
        and of_lines.shape[0] == steps.shape[0]
        and of_lines.shape[2] == of_width.shape[1] == of_page.shape[0] == trees
        and leaves.shape[1] == LEAVES
        and are_below(codes, of_lines.shape[1])
        and are_below(rows[None, :], of_width.shape[0])
        and are_below(steps[None, :], LAST_STEP + 2)
    )
    if not fits:
        raise ValueError("the numbers do not fit the tables")
    left = <uint32_t *>malloc(max(trees, 1) * sizeof(uint32_t))
    if left == NULL:
        raise MemoryError
    with nogil:
        add_leaves(codes, rows, steps, of_lines, of_width, of_page, leaves, left, sums)
    free(left)
    return out


cdef bint are_below(const Py_ssize_t[:, :] values, Py_ssize_t limit) noexcept:
    cdef Py_ssize_t row, column
    for row in range(values.shape[0]):
        for column in range(values.shape[1]):
            if not 0 <= values[row, column] < limit:
                return False
    return True


cdef void add_leaves(
    const Py_ssize_t[:, ::1] codes,
    const Py_ssize_t[::1] rows,
    const Py_ssize_t[::1] steps,
    const uint32_t[:, :, ::1] of_lines,
    const uint32_t[:, ::1] of_width,
    const uint32_t[::1] of_page,
    const float[:, ::1] leaves,
    uint32_t *left,
    float[::1] sums,
) noexcept nogil:
    cdef Py_ssize_t row, step, group, tree, trees = of_page.shape[0]
    cdef const uint32_t *stay
    for row in range(rows.shape[0]):
        stay = &of_width[rows[row], 0]
        for tree in range(trees):
            left[tree] = of_page[tree] & stay[tree]
        for step in range(steps.shape[0]):
            for group in range(codes.shape[0]):
                stay = &of_lines[step, codes[group, row + steps[step]], 0]
                breaks_and(left, stay, trees)
        for tree in range(trees):
            sums[row] += leaves[tree, breaks_lowest(left[tree])]
