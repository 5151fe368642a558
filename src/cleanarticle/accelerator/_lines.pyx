# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Twins of what raw text is read with: its lines, which of them belong together, their blocks.

A letter at the beginning of a line says that it is no item and opens with no comma. Only lines that
begin otherwise are shown to the functions in Python.
"""

cimport cython
from cpython.object cimport PyObject, PyTypeObject
from cpython.ref cimport Py_INCREF
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

from importlib import import_module


cdef extern from *:
    """
    #if PY_VERSION_HEX < 0x030C0000
    #define lines_ready(text) PyUnicode_READY(text)
    #else
    #define lines_ready(text) 0
    #endif
    """
    int lines_ready(object) except -1

cdef extern from "Python.h":
    bint PyUnicode_IS_ASCII(object)
    bint Py_UNICODE_ISSPACE(Py_UCS4)
    bint Py_UNICODE_ISLINEBREAK(Py_UCS4)
    bint Py_UNICODE_ISALPHA(Py_UCS4)

cdef enum:
    TEXT, RAW, START, END, GAP, BLANK  # fields of a line

include "records.pxi"
include "pause.pxi"

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


cdef inline bint is_among(Py_UCS4 sign, int kind, void *data, Py_ssize_t count) noexcept:
    cdef Py_ssize_t place
    for place in range(count):
        if PyUnicode_READ(kind, data, place) == sign:
            return True
    return False


# Lines.


def split_lines(text, unseen, shown, line_type):
    """The lines of a text that hold a sign."""
    cdef bint collecting = pause_collector()
    try:
        return lines_of(text, unseen, shown, line_type)
    finally:
        resume_collector(collecting)


cdef list lines_of(text, unseen, shown, line_type):
    if not PyUnicode_CheckExact(text) or not PyUnicode_CheckExact(unseen):
        text, unseen = str(text), str(unseen)
    lines_ready(text)
    lines_ready(unseen)
    cdef Py_ssize_t length = PyUnicode_GET_LENGTH(text), position = 0, begin, first, behind
    cdef Py_ssize_t blank = 0
    cdef int kind = PyUnicode_KIND(text)
    cdef void *data = PyUnicode_DATA(text)
    cdef Py_UCS4 sign
    cdef int kind_unseen = PyUnicode_KIND(unseen)
    cdef void *data_unseen = PyUnicode_DATA(unseen)
    cdef Py_ssize_t signs_unseen = PyUnicode_GET_LENGTH(unseen)
    cdef bint tidy, is_odd, all_odd = signs_unseen > room("readers.layout").MANY_UNSEEN
    cdef list found = []
    make = (<object>tuple).__new__
    while position < length:
        begin = position
        first = behind = -1
        tidy = True  # single spaces alone stand between its words
        is_odd = all_odd
        while position < length:
            sign = PyUnicode_READ(kind, data, position)
            if signs_unseen and not 32 <= sign < 127 and not is_odd:
                is_odd = is_among(sign, kind_unseen, data_unseen, signs_unseen)
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
        if is_odd:
            raw = shown(raw).rstrip()
            if not raw:
                blank += 1
                continue
            tidy = False
        line = raw if tidy and first == begin else " ".join(raw.split())
        gap = blank > 0 or not found
        made = make(line_type, (line, raw, first, behind, gap, blank))
        PyObject_GC_UnTrack(<void *>made)  # it holds texts and numbers
        found.append(made)
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


# Blocks.

cdef tuple FIELDS = tuple(
    "index text words run role level marker spans markup place goes_on".split()
)
cdef _Record block_record = None


def blocks_of(lines, text, in_one, own_runs):
    """The blocks of lines that are one each, but for code."""
    cdef bint collecting = pause_collector()
    try:
        found = made_of(lines, text, in_one, own_runs)
    finally:
        resume_collector(collecting)
    return reference("blocks_of")(lines, text, in_one, own_runs) if found is None else found


cdef made_of(lines, text, bint in_one, bint own_runs):
    """The blocks; None where the reference must look."""
    global block_record
    records, plaintext = room("records"), room("readers.plaintext")
    if block_record is None:
        block_record = _Record(records.Block, *FIELDS).whole()
    count, split_marker = plaintext.words.count, plaintext.split_marker
    border, prose_words = records.CELL_BORDER, plaintext.PROSE_LINE_WORDS
    paragraph, item, row = records.Role.PARAGRAPH, records.Role.LIST_ITEM, records.Role.TABLE_ROW
    cdef list blocks = []
    cdef bint gap = True, goes_on, follows
    cdef Py_ssize_t run = 0, length, length_above = 0, prose = prose_words
    role_above = None
    none, zero = (), 0
    for line in lines:
        body = string(line, TEXT)
        if not own_runs and is_code(string(line, RAW)):
            return None
        if not blocks and plaintext.dates.leading_label(body):
            return None
        line_gap = member(line, GAP)
        gap = gap or line_gap
        goes_on = in_one and not line_gap and len(blocks) > 0
        marker = ""
        if not goes_on and not begins_with_letter(body):
            marker, body = split_marker(body)
        role = item if marker else row if has_border(body, border) else paragraph
        length = count(body)
        if gap:
            follows = False
        elif role is paragraph or role is not role_above:
            follows = not own_runs and (role is item or length < prose or length_above < prose)
        else:
            follows = True
        run += not follows
        block = block_record.new()
        block_record.put(block, 0, len(blocks))
        block_record.put(block, 1, body)
        block_record.put(block, 2, length)
        block_record.put(block, 3, run)
        block_record.put(block, 4, role)
        block_record.put(block, 5, zero)
        block_record.put(block, 6, marker)
        block_record.put(block, 7, none)
        block_record.put(block, 8, None)
        place = (member(line, START), member(line, END))
        PyObject_GC_UnTrack(<void *>place)
        block_record.put(block, 9, place)
        block_record.put(block, 10, goes_on)
        blocks.append(block)
        gap, length_above, role_above = False, length, role
    return blocks
