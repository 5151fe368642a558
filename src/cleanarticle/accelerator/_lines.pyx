# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Twins of what raw text is read with: its lines, which of them belong together, their blocks.

A letter at the beginning of a line says that it is no item and opens with no comma. Only lines that
begin otherwise are shown to the functions in Python.
"""

from cpython.object cimport PyObject
from cpython.tuple cimport PyTuple_Check, PyTuple_GET_ITEM, PyTuple_GET_SIZE
from cpython.unicode cimport (
    PyUnicode_Check,
    PyUnicode_CheckExact,
    PyUnicode_DATA,
    PyUnicode_FindChar,
    PyUnicode_GET_LENGTH,
    PyUnicode_KIND,
    PyUnicode_READ,
    PyUnicode_Substring,
)
from libc.stdint cimport int32_t, uint16_t, uint32_t
from libc.stdlib cimport free, malloc

from importlib import import_module

import numpy as np


cdef extern from *:
    """
    #if PY_VERSION_HEX < 0x030C0000
    #define lines_ready(text) PyUnicode_READY(text)
    #else
    #define lines_ready(text) 0
    #endif
    static PyObject *lines_new(PyObject *type)
    { return PyType_GenericAlloc((PyTypeObject *)type, 0); }
    static int lines_settable(PyObject *slot) { return Py_TYPE(slot)->tp_descr_set != NULL; }
    static int lines_put(PyObject *slot, PyObject *block, PyObject *value)
    { return Py_TYPE(slot)->tp_descr_set(slot, block, value); }
    static void lines_and(
        unsigned int *__restrict left, const unsigned int *__restrict stay, Py_ssize_t count)
    { for (Py_ssize_t n = 0; n < count; n++) left[n] &= stay[n]; }
    #if defined(_MSC_VER)
    #include <intrin.h>
    static int lines_lowest(unsigned int bits) { unsigned long at; _BitScanForward(&at, bits); return (int)at; }
    #else
    static int lines_lowest(unsigned int bits) { return __builtin_ctz(bits); }
    #endif
    """
    int lines_ready(object) except -1
    object lines_new(object type)
    bint lines_settable(object slot)
    int lines_put(object slot, object block, object value) except -1
    void lines_and(uint32_t *left, const uint32_t *stay, Py_ssize_t count) noexcept nogil
    int lines_lowest(unsigned int bits) noexcept nogil

cdef extern from "Python.h":
    bint PyUnicode_IS_ASCII(object)
    bint Py_UNICODE_ISSPACE(Py_UCS4)
    bint Py_UNICODE_ISLINEBREAK(Py_UCS4)
    bint Py_UNICODE_ISALPHA(Py_UCS4)
    bint Py_UNICODE_ISUPPER(Py_UCS4)
    bint Py_UNICODE_ISLOWER(Py_UCS4)
    bint Py_UNICODE_ISTITLE(Py_UCS4)

cdef enum:
    TEXT, RAW, START, END, GAP, BLANK  # fields of a line

cdef dict rooms = {}


cdef room(str name):
    """A module of the library: none is imported before it is needed."""
    found = rooms.get(name)
    if found is None:
        found = rooms[name] = import_module(f"cleanarticle.{name}")
    return found


cdef reference(str name):
    return room("accelerator").REFERENCES[f"lines.{name}"]


cdef inline bint is_space(Py_UCS4 sign) noexcept:
    if 32 < sign < 127 or sign > 0x3000:
        return False
    return Py_UNICODE_ISSPACE(sign)


# Lines.


def split_lines(text, shown, line_type):
    """The lines of a text that hold a sign."""
    if not PyUnicode_CheckExact(text):
        text = str(text)
    lines_ready(text)
    cdef Py_ssize_t length = PyUnicode_GET_LENGTH(text), position = 0, begin, first, behind
    cdef Py_ssize_t blank = 0
    cdef int kind = PyUnicode_KIND(text)
    cdef void *data = PyUnicode_DATA(text)
    cdef Py_UCS4 sign
    cdef bint tidy
    cdef list found = []
    make = (<object>tuple).__new__
    while position < length:
        begin = position
        first = behind = -1
        tidy = True  # single spaces alone stand between its words
        while position < length:
            sign = PyUnicode_READ(kind, data, position)
            if not is_space(sign):
                if first < 0:
                    first = position
                elif position > behind + 1:
                    tidy = False
                elif position > behind and PyUnicode_READ(kind, data, behind) != 32:
                    tidy = False
                behind = position + 1
            elif Py_UNICODE_ISLINEBREAK(sign):
                break
            position += 1
        if position < length:
            position += 1
            if sign == 13 and position < length and PyUnicode_READ(kind, data, position) == 10:
                position += 1
        if first < 0:
            blank += 1
            continue
        raw = PyUnicode_Substring(text, begin, behind)
        if shown is not None:
            raw = shown(raw).rstrip()
            if not raw:
                blank += 1
                continue
            tidy = False
        line = raw if tidy and first == begin else " ".join(raw.split())
        gap = blank > 0 or not found
        found.append(make(line_type, (line, raw, first, behind, gap, blank)))
        blank = 0
    return found


cdef inline object member(line, int place):
    """A field of a line, borrowed from it."""
    if not PyTuple_Check(line) or PyTuple_GET_SIZE(line) <= BLANK:
        raise TypeError("a line is a tuple of its fields")
    return <object>PyTuple_GET_ITEM(line, place)


cdef inline object string(line, int place):
    """A field of a line that is a text."""
    found = member(line, place)
    if not PyUnicode_Check(found):
        raise TypeError("the text of a line is a string")
    lines_ready(found)
    return found


cdef inline bint begins_with_letter(text):
    return Py_UNICODE_ISALPHA(PyUnicode_READ(PyUnicode_KIND(text), PyUnicode_DATA(text), 0))


cdef inline bint is_code(raw):
    """Whether a line is indented by a tab or four spaces."""
    cdef int kind = PyUnicode_KIND(raw), place
    cdef void *data = PyUnicode_DATA(raw)
    if PyUnicode_READ(kind, data, 0) == 9:
        return True
    if PyUnicode_GET_LENGTH(raw) < 4:
        return False
    for place in range(4):
        if PyUnicode_READ(kind, data, place) != 32:
            return False
    return True


cdef inline bint has_border(text, border) except -1:
    return PyUnicode_FindChar(text, 124, 0, PyUnicode_GET_LENGTH(text), 1) >= 0 and border in text


cdef inline bint is_item(text, split_marker) except -1:
    return not begins_with_letter(text) and bool(split_marker(text)[0])


def neighbours(lines):
    """(lines of no list, table or code, how many of them stand right below another)."""
    cdef Py_ssize_t plain = 0, pairs = 0
    cdef bint above = False, is_plain
    split_marker = room("readers.lines").split_marker
    border = room("records").CELL_BORDER
    for line in lines:
        raw = string(line, RAW)
        is_plain = not (
            is_code(raw) or is_item(string(line, TEXT), split_marker) or has_border(raw, border)
        )
        plain += is_plain
        pairs += above and is_plain and not member(line, GAP)
        above = is_plain
    return plain, pairs


def joined(lines, within, parted):
    """Lines, with those put together that go on the line above."""
    cdef Py_ssize_t number, first = 0, count = len(lines)
    cdef bint goes_on, border_above, border_here
    plaintext = room("readers.plaintext")
    split_marker, opens = plaintext.split_marker, plaintext.opens_with_comma
    as_one, has_wide = plaintext.as_one, plaintext.has_wide_comma
    border = plaintext.CELL_BORDER
    for line in lines:
        text = string(line, TEXT)
        if not PyUnicode_IS_ASCII(text) and has_wide(text):
            return reference("joined")(lines, within, parted)
    cdef list found = []
    above = lines[0]
    text_above = string(above, TEXT)
    border_above = has_border(text_above, border)
    for number in range(1, count):
        line = lines[number]
        text = string(line, TEXT)
        border_here = has_border(text, border)
        goes_on = within[number - 1]
        if not goes_on and not begins_with_letter(text):
            goes_on = opens(text_above, text)
        if (
            not goes_on
            or border_above
            or border_here
            or member(line, GAP)
            or parted[number]
            or is_item(text, split_marker)
        ):
            found.append(as_one(lines[first:number]) if number - first > 1 else alone(above))
            first = number
        above, text_above, border_above = line, text, border_here
    found.append(as_one(lines[first:]) if count - first > 1 else alone(above))
    return found


cdef alone(line):
    """A line of its own; blank lines above do not matter any more."""
    return line if not member(line, BLANK) else type(line)(*line[:BLANK])


# What the breaks between lines are judged by.

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


def numbers(lines):
    """The numbers of each line, lines × `OF_A_LINE`."""
    line_breaks = room("readers.line_breaks")
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
        lines_ready(line)
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
    tables = room("readers.break_tables")
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
                lines_and(left, stay, trees)
        for tree in range(trees):
            sums[row] += leaves[tree, lines_lowest(left[tree]) % LEAVES]


# Blocks.

cdef tuple FIELDS = (
    *("index", "text", "words", "run", "role", "level"),
    *("marker", "spans", "markup", "place", "goes_on"),
)
cdef enum:
    FIELD_COUNT = 11

cdef object block_type = None
cdef PyObject *slots[FIELD_COUNT]


cdef learn_block(records):
    """Note where a block keeps its fields."""
    global block_type
    cdef int place
    if set(FIELDS) != set(records.Block.__slots__):
        raise TypeError("a block has other fields")
    for place in range(FIELD_COUNT):
        slot = records.Block.__dict__[FIELDS[place]]
        if not lines_settable(slot):
            raise TypeError("a field of a block cannot be set")
        slots[place] = <PyObject *>slot  # lives as long as the type
    block_type = records.Block


cdef inline int put(block, int place, value) except -1:
    return lines_put(<object>slots[place], block, value)


def blocks_of(lines, text, in_one, own_runs):
    """The blocks of lines that are one each, but for code."""
    records, plaintext = room("records"), room("readers.plaintext")
    if block_type is None:
        learn_block(records)
    count, split_marker = plaintext.words.count, plaintext.split_marker
    border, prose_words = records.CELL_BORDER, plaintext.PROSE_LINE_WORDS
    paragraph, item, row = records.Role.PARAGRAPH, records.Role.LIST_ITEM, records.Role.TABLE_ROW
    cdef list blocks = []
    cdef bint gap = True, goes_on, follows, of_one = in_one, runs_alone = own_runs
    cdef Py_ssize_t run = 0, length, length_above = 0, prose = prose_words
    role_above = None
    none, zero = (), 0
    for line in lines:
        body = string(line, TEXT)
        if not runs_alone and is_code(string(line, RAW)):
            return reference("blocks_of")(lines, text, in_one, own_runs)
        if not blocks and plaintext.dates.leading_label(body):
            return reference("blocks_of")(lines, text, in_one, own_runs)
        line_gap = member(line, GAP)
        gap = gap or line_gap
        goes_on = of_one and not line_gap and len(blocks) > 0
        marker = ""
        if not goes_on and not begins_with_letter(body):
            marker, body = split_marker(body)
        role = item if marker else row if has_border(body, border) else paragraph
        length = count(body)
        if gap:
            follows = False
        elif role is paragraph or role is not role_above:
            follows = not runs_alone and (role is item or length < prose or length_above < prose)
        else:
            follows = True
        run += not follows
        block = lines_new(block_type)
        put(block, 0, len(blocks))
        put(block, 1, body)
        put(block, 2, length)
        put(block, 3, run)
        put(block, 4, role)
        put(block, 5, zero)
        put(block, 6, marker)
        put(block, 7, none)
        put(block, 8, None)
        put(block, 9, (member(line, START), member(line, END)))
        put(block, 10, goes_on)
        blocks.append(block)
        gap, length_above, role_above = False, length, role
    return blocks
