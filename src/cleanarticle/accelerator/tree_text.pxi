# Joins text as UTF-8, and splits names into words; included by `_tree`.

cdef struct Buffer:
    unsigned char *data
    Py_ssize_t size  # bytes in use
    Py_ssize_t room
    Py_ssize_t length  # characters
    bint space  # white space is owed before the next word


cdef int widen(void **data, Py_ssize_t *room, Py_ssize_t wanted, size_t item) except -1:
    """Room for so many items, at least doubled where it is short."""
    cdef Py_ssize_t larger = max(wanted, 2 * room[0], 64)
    cdef void *moved
    if wanted > room[0]:
        moved = PyMem_Realloc(data[0], larger * item)
        if moved == NULL:
            raise MemoryError
        data[0], room[0] = moved, larger
    return 0


cdef inline int sort_of(const unsigned char *at, const unsigned char *end, int *signs) except -1:
    """The bytes of a character, and whether it is white or unseen."""
    cdef unsigned char first = at[0]
    if first < 0x80:
        signs[0] = SIGNS[first]
        return 1
    if first < 0xE0 and at + 1 < end:
        signs[0] = SIGNS[(first & 0x1F) << 6 | at[1] & 0x3F]
        return 2
    if 0xE0 <= first < 0xF0 and at + 2 < end:
        signs[0] = SIGNS[(first & 0x0F) << 12 | (at[1] & 0x3F) << 6 | at[2] & 0x3F]
        return 3
    if first >= 0xF0 and at + 3 < end:
        signs[0] = 0
        return 4
    raise _Odd


cdef Py_ssize_t join(Buffer *into, const unsigned char *at, Py_ssize_t size) except -1:
    """Add the words of a text; how many characters they have, without a space before them."""
    cdef const unsigned char *end = at + size
    cdef unsigned char *out
    cdef Py_ssize_t length = 0
    cdef bint white = into.space, started = False
    cdef int width, signs
    widen(<void **>&into.data, &into.room, into.size + size + 1, 1)
    out = into.data + into.size
    while at < end:
        width = sort_of(at, end, &signs)
        if signs & UNSEEN:
            at += width
            continue
        if signs & WHITE:
            white = True
            at += width
            continue
        if white and (started or into.size):
            out[0] = 32
            out += 1
            if started:
                length += 1
            else:
                into.length += 1
        started, white = True, False
        out[0] = at[0]
        if width > 1:
            memcpy(out + 1, at + 1, width - 1)
        out += width
        at += width
        length += 1
        while at < end and at[0] < 0x80 and SIGNS[at[0]] == 0:
            out[0] = at[0]
            out += 1
            at += 1
            length += 1
    into.size = out - into.data
    into.length += length
    into.space = white
    return length


cdef Py_ssize_t keep(Buffer *into, const unsigned char *at, Py_ssize_t size) except -1:
    """Add a text of code with its white space; how many characters were added."""
    cdef const unsigned char *end = at + size
    cdef Py_ssize_t length = 0
    cdef int width, signs
    widen(<void **>&into.data, &into.room, into.size + size, 1)
    while at < end:
        width = sort_of(at, end, &signs)
        if not signs & UNSEEN:
            memcpy(into.data + into.size, at, width)
            into.size += width
            length += 1
        at += width
    into.length += length
    return length


cdef size_t hashed(const unsigned char *at, Py_ssize_t size) noexcept:
    cdef uint64_t sum = <uint64_t>size, eight
    while size > 0:
        eight = 0
        memcpy(&eight, at, min(size, 8))
        sum = (sum ^ eight) * 0x9E3779B97F4A7C15ULL
        sum ^= sum >> 29
        at += 8
        size -= 8
    return <size_t>(sum >> 8)


cdef str word_of(const unsigned char *at, Py_ssize_t size):
    """A short ASCII text in small letters; texts that came lately are not made again."""
    cdef unsigned char small[MOST_CHARS]
    cdef PyObject **known
    cdef Py_ssize_t n
    for n in range(size):
        small[n] = at[n] | 32 if 65 <= at[n] <= 90 else at[n]
    known = &WORDS[hashed(small, size) & (WORDS_KEPT - 1)]
    if (
        known[0] == NULL
        or len(<str>known[0]) != size
        or memcmp(PyUnicode_1BYTE_DATA(<object>known[0]), small, size) != 0
    ):
        word = PyUnicode_DecodeUTF8(<char *>small, size, NULL)
        Py_INCREF(word)
        Py_XDECREF(known[0])
        known[0] = <PyObject *>word
    return <str>known[0]


cdef tuple words_of(const unsigned char *at, Py_ssize_t size):
    """`name_words` of ASCII; those of names that came lately are not looked for again."""
    cdef Words *known = &NAMES[hashed(at, size) & (NAMES_KEPT - 1)]
    cdef bytes key
    if (
        known.names == NULL
        or len(<bytes>known.names) != size
        or memcmp(PyBytes_AS_STRING(<bytes>known.names), at, size) != 0
    ):
        key, words = at[:size], split_names(at, at + size)
        Py_INCREF(key)
        Py_INCREF(words)
        Py_XDECREF(known.names)
        Py_XDECREF(known.words)
        known.names, known.words = <PyObject *>key, <PyObject *>words
    return <tuple>known.words


cdef tuple split_names(const unsigned char *at, const unsigned char *end):
    """The words of ASCII names: capitals go with the small letters behind the last of them."""
    cdef const unsigned char *start
    cdef list found = []
    while at < end:
        start = at
        while at < end and 65 <= at[0] <= 90:
            at += 1
        if at < end and 97 <= at[0] <= 122:
            if at - start > 1:
                at -= 1
            else:
                while at < end and 97 <= at[0] <= 122:
                    at += 1
        if at == start:
            at += 1
        else:
            found.append(word_of(start, at - start))
    return tuple(found)


cdef bint is_ascii(const unsigned char *at, Py_ssize_t size) noexcept:
    cdef Py_ssize_t n
    cdef unsigned char all_bits = 0
    for n in range(size):
        all_bits |= at[n]
    return all_bits < 0x80


cdef bint same_small(const unsigned char *at, const char *small, Py_ssize_t size) noexcept:
    """Whether an ASCII text is the other, but for capitals."""
    cdef Py_ssize_t n
    for n in range(size):
        if (at[n] | 32 if 65 <= at[n] <= 90 else at[n]) != <unsigned char>small[n]:
            return False
    return True
