# The containers of a page in arrays; included by `_rows`.

cdef enum:  # rows of whole numbers
    PARENT, END, DEPTH, SIGNATURE, ALIKE, INTS

cdef enum:  # rows of truths
    HIDDEN, NOSCRIPT, IS_ARTICLE, HOLDS_TEXT, FLAGS


def read(containers, holders, sorts_of):
    """The arrays of `classifier.elements.Elements`, in their order."""
    cdef tuple given = tuple(containers)
    cdef Py_ssize_t count = len(given), size = 1, position
    cdef int64_t[:, ::1] ints
    cdef uint8_t[:, ::1] flags
    cdef Py_ssize_t *table
    if not (learn() and count):
        return REFERENCES["rows.read"](containers, holders, sorts_of)
    numbers, truths = np.zeros((INTS, count), np.int64), np.zeros((FLAGS, count), np.bool_)
    ints, flags = numbers, truths.view(np.uint8)
    for position in range(count):
        if not read_container(<PyObject *>given[position], position, ints, flags):
            return REFERENCES["rows.read"](containers, holders, sorts_of)
    around(ints)
    while size < 2 * count:
        size *= 2
    memset(HASHED, 0, sizeof(HASHED))  # of the last page; another may have taken their places
    table = <Py_ssize_t *>calloc(3 * size, sizeof(Py_ssize_t))
    if table == NULL:
        raise MemoryError
    try:
        bits = tell_sorts(given, ints, flags, holders, sorts_of, table, size)
    finally:
        free(table)
    return (*numbers, *truths, bits)


cdef bint read_container(
    PyObject *own, Py_ssize_t position, int64_t[:, ::1] ints, uint8_t[:, ::1] flags
) except -1:
    """Puts down what one container says; whether it is a plain record behind its parent."""
    cdef PyObject *tag
    cdef PyObject *aria
    cdef PyObject *names
    cdef PyObject *labels
    cdef int64_t hidden = 0, noscript = 0
    if not is_a(own, known.container):
        return False
    tag, aria = slot(own, known.tag), slot(own, known.aria)
    names, labels = slot(own, known.names), slot(own, known.labels)
    if tag == NULL or aria == NULL or names == NULL or labels == NULL:
        return False
    if not (PyUnicode_CheckExact(tag) and PyUnicode_CheckExact(aria)):
        return False
    if not (PyTuple_CheckExact(names) and PyTuple_CheckExact(labels)):
        return False
    if not (
        number(slot(own, known.parent), &ints[PARENT, position])
        and number(slot(own, known.hidden), &hidden)
        and number(slot(own, known.noscript), &noscript)
    ):
        return False
    flags[HIDDEN, position], flags[NOSCRIPT, position] = hidden != 0, noscript != 0
    if position == 0:
        ints[PARENT, 0] = 0
    return position == 0 or 0 <= ints[PARENT, position] < position


cdef void around(int64_t[:, ::1] ints) noexcept nogil:
    """How deep each container stands, and where it ends."""
    cdef Py_ssize_t count = ints.shape[1], position
    cdef int64_t parent
    for position in range(count):
        ints[END, position] = position + 1
    for position in range(1, count):
        ints[DEPTH, position] = ints[DEPTH, ints[PARENT, position]] + 1
    for position in range(count - 1, 0, -1):
        parent = ints[PARENT, position]
        ints[END, parent] = max(ints[END, parent], ints[END, position])


cdef tell_sorts(
    tuple given,
    int64_t[:, ::1] ints,
    uint8_t[:, ::1] flags,
    holders,
    sorts_of,
    Py_ssize_t *table,
    Py_ssize_t size,
):
    """Fills in what containers of the same tag, names, labels and role share; their bits."""
    cdef Py_ssize_t count = len(given), width = len(sorts_of("", "", (), ())), first, position
    cdef Py_ssize_t signatures = 0, pairs = 0
    cdef PyObject *own
    cdef bytes packed
    cdef uint8_t[:, ::1] bits
    found = np.empty((count, width // sizeof(uint64_t)), np.uint64)
    bits = found.view(np.uint8)
    for position in range(count):
        own = <PyObject *>given[position]
        first = place_among(given, position, True, table, size)
        if first < position:
            ints[SIGNATURE, position] = ints[SIGNATURE, first]
            flags[IS_ARTICLE, position] = flags[IS_ARTICLE, first]
            flags[HOLDS_TEXT, position] = flags[HOLDS_TEXT, first]
            memcpy(&bits[position, 0], &bits[first, 0], width)
        else:
            tag = <object>slot(own, known.tag)
            names, labels = <object>slot(own, known.names), <object>slot(own, known.labels)
            packed = sorts_of(tag, <object>slot(own, known.aria), names, labels)
            if len(packed) != width:
                raise ValueError("the sorts of all containers are as many")
            memcpy(&bits[position, 0], <const char *>packed, width)
            flags[IS_ARTICLE, position], flags[HOLDS_TEXT, position] = tag == "article", tag in holders
            first = place_among(given, position, False, table + size, size)
            if first < position:
                ints[SIGNATURE, position] = ints[SIGNATURE, first]
            else:
                ints[SIGNATURE, position] = signatures
                signatures += 1
        first = pair_among(ints, position, table + 2 * size, size)
        if first < position:
            ints[ALIKE, position] = ints[ALIKE, first]
        else:
            ints[ALIKE, position] = pairs
            pairs += 1
    return found


cdef Py_ssize_t place_among(
    tuple given, Py_ssize_t position, bint whole, Py_ssize_t *table, Py_ssize_t size
) except -1:
    """The first container with the tag and names of one, and with its labels and role if `whole`."""
    cdef PyObject *own = <PyObject *>given[position]
    cdef PyObject *other
    cdef uint64_t hash = hash_of(slot(own, known.names))
    hash = 31 * hash + <uint64_t>PyObject_Hash(<object>slot(own, known.tag))
    if whole:
        hash = 31 * hash + hash_of(slot(own, known.labels))
        hash = 31 * hash + <uint64_t>PyObject_Hash(<object>slot(own, known.aria))
    cdef Py_ssize_t place = (hash ^ hash >> 32) & (size - 1)
    while table[place]:
        other = <PyObject *>given[table[place] - 1]
        if (
            same(slot(own, known.names), slot(other, known.names))
            and same(slot(own, known.tag), slot(other, known.tag))
            and (
                not whole
                or same(slot(own, known.labels), slot(other, known.labels))
                and same(slot(own, known.aria), slot(other, known.aria))
            )
        ):
            return table[place] - 1
        place = (place + 1) & (size - 1)
    table[place] = position + 1
    return position


cdef PyObject *HASHED[256]  # tuples, of which elements of the same class hold the very same one
cdef uint64_t HASHES[256]


cdef inline uint64_t hash_of(PyObject *names) except? 1:
    cdef size_t place = (<size_t>names >> 4) & 255
    if HASHED[place] != names:
        HASHES[place] = <uint64_t>PyObject_Hash(<object>names)
        HASHED[place] = names
    return HASHES[place]


cdef inline bint same(PyObject *one, PyObject *other) except -1:
    return one == other or PyObject_RichCompareBool(<object>one, <object>other, Py_EQ)


cdef Py_ssize_t pair_among(
    int64_t[:, ::1] ints, Py_ssize_t position, Py_ssize_t *table, Py_ssize_t size
) noexcept nogil:
    """The first container of the same sort in the same parent."""
    cdef uint64_t hash = <uint64_t>ints[PARENT, position] * 0x9E3779B97F4A7C15u
    cdef Py_ssize_t other, place
    hash = (hash ^ <uint64_t>ints[SIGNATURE, position]) * 0xBF58476D1CE4E5B9u
    place = (hash ^ hash >> 32) & (size - 1)
    while table[place]:
        other = table[place] - 1
        if (
            ints[PARENT, other] == ints[PARENT, position]
            and ints[SIGNATURE, other] == ints[SIGNATURE, position]
        ):
            return other
        place = (place + 1) & (size - 1)
    table[place] = position + 1
    return position


def steps(const uint64_t[:, ::1] sorts, const int64_t[:, ::1] ancestors, Py_ssize_t count):
    """Sorts × blocks: levels out to the next element of the sort; all levels where none is."""
    cdef Py_ssize_t levels = ancestors.shape[0], blocks = ancestors.shape[1]
    cdef Py_ssize_t words = sorts.shape[1], level, block, byte, bit
    cdef uint8_t met[64]
    cdef uint8_t news
    cdef int64_t at
    cdef const uint8_t *own
    cdef float[:, ::1] out
    if words * 8 > <Py_ssize_t>sizeof(met) or count > words * 64:
        raise IndexError("so many sorts of elements are not foreseen")
    found = np.full((count, blocks), levels, np.float32)
    out = found
    for block in range(blocks):
        memset(met, 0, sizeof(met))
        for level in range(levels):
            at = ancestors[level, block]
            if not 0 <= at < sorts.shape[0]:
                raise IndexError("an element that is none of the page")
            own = <const uint8_t *>&sorts[at, 0]
            for byte in range(words * 8):
                news = own[byte] & ~met[byte]
                if news:
                    met[byte] |= news
                    for bit in range(8):
                        if news & 0x80 >> bit and 8 * byte + bit < count:
                            out[8 * byte + bit, block] = level
    return found
