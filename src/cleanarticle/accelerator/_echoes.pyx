# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Twin of `cleanarticle.metadata.text_title_numbers.echoes`: words are numbers, lines that hold one
are counted in an array.
"""

from cpython.dict cimport PyDict_GetItemWithError, PyDict_SetItem
from cpython.object cimport PyObject
from libc.stdint cimport int32_t
from libc.stdlib cimport free, malloc
from libc.string cimport memset


cdef struct Index:
    int32_t *firsts  # by line: where its words begin
    int32_t *words  # of all lines, one behind the other, each once a line
    int32_t *last  # by word: behind the last line that holds it, while they are laid
    int32_t *starts  # by word: where the lines begin that hold it
    int32_t *holding  # lines by word
    int32_t *shared  # by line: words that it shares with the one that is asked about


def echoes(words, positions):
    """Likeness of some lines to the most similar one above each, and below it."""
    cdef Index index
    cdef Py_ssize_t lines = len(words), total = 0, position
    cdef tuple own
    for own in words:
        total += len(own)
    if max(lines, total) >= 0x7FFFFFFF:
        raise OverflowError("too many words")
    cdef int32_t *memory = <int32_t *>malloc((4 * total + 2 * lines + 4) * sizeof(int32_t))
    if memory == NULL:
        raise MemoryError
    index.firsts = memory
    index.shared = index.firsts + lines + 1
    index.starts = index.shared + lines
    index.words = index.starts + total + 2
    index.holding = index.words + total
    index.last = index.holding + total
    found = []
    try:
        lay(&index, words, lines, total)
        for place in positions:
            position = place
            if not 0 <= position < lines:
                raise IndexError("no such line")
            found.append(echo(&index, lines, position))
    finally:
        free(memory)
    return found


cdef int lay(Index *index, words, Py_ssize_t lines, Py_ssize_t total) except -1:
    """Number the words, and note which lines hold each."""
    cdef dict numbers = {}
    cdef Py_ssize_t line, at = 0
    cdef int32_t number, known = 0
    cdef tuple own
    cdef PyObject *found
    memset(index.starts, 0, (total + 2) * sizeof(int32_t))
    memset(index.last, 0, total * sizeof(int32_t))
    for line in range(lines):
        index.firsts[line] = at
        own = words[line]
        for word in own:
            found = PyDict_GetItemWithError(numbers, word)
            if found == NULL:
                number = known
                known += 1
                PyDict_SetItem(numbers, word, number)
            else:
                number = <int32_t><object>found
            if index.last[number] == line + 1:
                continue
            if at == total:
                raise RuntimeError("words came while they were counted")
            index.last[number] = line + 1
            index.words[at] = number
            index.starts[number + 2] += 1
            at += 1
    index.firsts[lines] = at
    for number in range(2, known + 2):
        index.starts[number] += index.starts[number - 1]
    for line in range(lines):
        for at in range(index.firsts[line], index.firsts[line + 1]):
            number = index.words[at]
            index.holding[index.starts[number + 1]] = line
            index.starts[number + 1] += 1
    return 0


cdef tuple echo(Index *index, Py_ssize_t lines, Py_ssize_t position):
    cdef Py_ssize_t at, held, line, size = index.firsts[position + 1] - index.firsts[position]
    cdef double above = 0, below = 0, alike
    cdef int32_t number
    memset(index.shared, 0, lines * sizeof(int32_t))
    for at in range(index.firsts[position], index.firsts[position + 1]):
        number = index.words[at]
        for held in range(index.starts[number], index.starts[number + 1]):
            index.shared[index.holding[held]] += 1
    for line in range(lines):
        if index.shared[line] == 0 or line == position:
            continue
        alike = 2.0 * index.shared[line] / (size + index.firsts[line + 1] - index.firsts[line])
        if line < position:
            above = max(above, alike)
        else:
            below = max(below, alike)
    return above, below
