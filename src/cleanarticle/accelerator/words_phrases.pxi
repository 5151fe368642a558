# Phrases in the words of blocks, and names in those of containers; included by `_words`.

cdef enum:
    LEARNT = 1
    AT_START = 2  # a phrase at the start of a block may begin with the word
    INSIDE = 4  # and so may one that stands elsewhere
    NUMBER = 8

cdef dict at_start = None
cdef dict inside = None
cdef dict names_index = None
cdef object seconds_of = None  # makes the entries of a first word when it is first met
cdef Py_ssize_t max_words = 0, token_chars = 0
cdef str number_sign = "#"


cdef int _learn_phrases() except -1:
    """Fetches the tables when they are first asked for: they are read from files."""
    global at_start, inside, names_index, seconds_of, max_words, token_chars
    from cleanarticle.clues import phrases

    names_index = phrases.name_index()
    max_words, token_chars = phrases.MAX_WORDS, phrases.TOKEN_CHARS
    if max_words > ROOM or token_chars > ON_STACK:
        raise ValueError("phrases are looked for in more than there is room for")
    seconds_of = phrases.seconds
    at_start, inside = phrases.indices()
    return 0


def spoken(blocks, known):
    """By block: the words of its beginning, and the phrases in it."""
    if at_start is None:
        _learn_phrases()
    cdef list words = [], hits = []
    for block in blocks:
        text, number = block.text, block.words
        both = known.get((text, number)) if known else None
        if both is not None:
            own, said = both
        elif PyUnicode_CheckExact(text) and words_ready(text) == 0 and len(<str>text) <= token_chars:
            _hear(<str>text, number <= max_words, words, hits)
            continue
        else:
            own, said = tokens(text[:token_chars]), ()
            if number <= max_words:
                said = find(own if len(text) <= token_chars else tokens(text))
        words.append(own)
        hits.append(said)
    return words, hits


cdef int _hear(str text, bint wanted, list words, list hits) except -1:
    """Adds the words and, where wanted, the phrases of a text of `token_chars` or fewer."""
    cdef uint32_t signs[ON_STACK]
    cdef uint8_t flags[ROOM]
    cdef Py_ssize_t place = 0
    cdef bint is_line = PyUnicode_GET_LENGTH(text) <= LINE_CHARS
    cdef tuple own, said
    if is_line:
        place = _place_of(text)
        if _is_known(text, place):
            own = <tuple>line_tokens[place]
            if line_hits[place] != NULL:
                said = <tuple>line_hits[place]
            else:
                said = find(own)
                if _is_known(text, place):  # another thread may have put its line there
                    _put(&line_hits[place], said)
            words.append(own)
            hits.append(said if wanted else ())
            return 0
    own = _tokens(text, signs, flags)
    said = ()
    if is_line or wanted:
        said = _found(own, flags)
    if is_line:
        _keep(text, place, own)
        _put(&line_hits[place], said)
    words.append(own)
    hits.append(said if wanted else ())
    return 0


def find(words):
    """The phrases of all kinds and languages in the words of a block."""
    if at_start is None:
        _learn_phrases()
    cdef uint8_t flags[ROOM]
    cdef tuple own = words if type(words) is tuple else tuple(words)
    cdef Py_ssize_t place
    if len(own) > max_words:
        return ()
    for place in range(len(own)):
        word = own[place]
        if not PyUnicode_CheckExact(word) or PyUnicode_GET_LENGTH(word) == 0:
            return REFERENCES["words.find"](words)
        flags[place] = _flags_of(word)
    return _found(own, flags)


cdef tuple _found(tuple words, uint8_t *flags):
    """The phrases in words, of which it is known what they are to phrases."""
    cdef PyObject *found[ROOM]
    cdef PyObject *kept
    cdef dict index
    cdef Py_ssize_t count = len(words), place
    cdef uint8_t any_flag = 0
    cdef list hits = None
    if count == 0 or count > max_words:
        return ()
    for place in range(1, count):
        any_flag |= flags[place]
    if not (flags[0] & AT_START or any_flag & INSIDE):
        return ()
    for place in range(count):
        found[place] = <PyObject *>(number_sign if flags[place] & NUMBER else words[place])
    for place in range(count):
        if flags[place] & (INSIDE if place else AT_START):
            index = inside if place else at_start
            kept = PyDict_GetItemWithError(index, <object>found[place])
            if kept != NULL:
                behind = <object>kept
                if not PyDict_CheckExact(behind):
                    behind = seconds_of(index, <object>found[place])
                hits = _hits_at(place, found, count, <dict>behind, hits)
    return tuple(hits) if hits is not None else ()


cdef int _flags_of(str word) except -1:
    """What a word is to phrases."""
    cdef int flags = LEARNT
    cdef Py_ssize_t place
    for place in range(PyUnicode_GET_LENGTH(word)):
        if not Py_UNICODE_ISDIGIT(PyUnicode_READ_CHAR(word, place)):
            break
    else:
        flags |= NUMBER
        word = number_sign
    if PyDict_GetItemWithError(at_start, word) != NULL:
        flags |= AT_START
    if PyDict_GetItemWithError(inside, word) != NULL:
        flags |= INSIDE
    return flags


cdef list _hits_at(
    Py_ssize_t position, PyObject **words, Py_ssize_t count, dict behind_first, list hits
):
    """The hits with those that begin at a position; `behind_first` are those that begin so."""
    cdef PyObject *alone = PyDict_GetItemWithError(behind_first, None)
    cdef PyObject *longer = NULL
    cdef Py_ssize_t behind, at_most
    if position + 1 < count:
        longer = PyDict_GetItemWithError(behind_first, <object>words[position + 1])
    if alone == NULL and longer == NULL:
        return hits
    if longer == NULL:
        entries = <object>alone
    elif alone == NULL:
        entries = <object>longer
    else:
        entries = sorted([*<object>alone, *<object>longer])
    for entry in entries:
        _place, phrase, at_most, anywhere, hit, at_end = <tuple>entry
        behind = count - position - len(<tuple>phrase)
        if behind < 0 or not _stands(<tuple>phrase, words + position):
            continue
        if not anywhere and (position or behind > at_most):
            hit = at_end if behind == 0 else None
        if hit is not None:
            hits = [] if hits is None else hits
            hits.append(hit)
    return hits


cdef bint _stands(tuple phrase, PyObject **words) except -1:
    cdef Py_ssize_t place
    for place in range(len(phrase)):
        if <str>phrase[place] != <str><object>words[place]:
            return False
    return True


def names_in(names):
    """Kinds that the words of class and id values name, with the name that matched."""
    if names_index is None:
        _learn_phrases()
    cdef object items = PySequence_Fast(names, "names are a sequence")
    cdef PyObject **words = PySequence_Fast_ITEMS(items)
    cdef PyObject *entries
    cdef Py_ssize_t count = PySequence_Fast_GET_SIZE(items), place
    cdef list found = None
    for place in range(count):
        if not PyUnicode_CheckExact(<object>words[place]):
            return REFERENCES["words.names_in"](names)
        entries = PyDict_GetItemWithError(names_index, <object>words[place])
        if entries == NULL:
            continue
        for pieces, named in <list>entries:
            if len(<tuple>pieces) <= count - place and _stands(<tuple>pieces, words + place):
                found = [] if found is None else found
                found.append(named)
    return tuple(found) if found is not None else ()
