# The first words of a text, counted by language; included by `_words`.

cdef enum:
    MAX_LANGUAGES = 256
    FUNCTION_SHIFT = 32 - 14
    FUNCTION_WORDS = 1 << 14  # twice as many as there are, or more
    MOST_WORDS = 1 << 20  # of a sample
    ASCII = 128


cdef struct FunctionWord:
    PyObject *word
    PyObject *languages  # places in the list of them


cdef struct Sample:
    Py_ssize_t wanted  # words
    Py_ssize_t words
    uint32_t all_signs  # the bits of all characters
    uint32_t *initials
    Py_ssize_t counts[MAX_LANGUAGES]

cdef FunctionWord table[FUNCTION_WORDS]
cdef dict function_words = None
cdef list languages = None
cdef list kept = []  # what the table points to: threads may learn at once, and fill it together


def sample(lines, Py_ssize_t chars, Py_ssize_t number):
    """The first words: how many, what each begins with, and how many are of which language."""
    if function_words is None:
        _learn_languages()
    cdef Sample found
    memset(&found, 0, sizeof(found))
    found.wanted = max(0, min(number, MOST_WORDS))
    if number > MOST_WORDS:
        return REFERENCES["words.sample"](lines, chars, number)
    found.initials = <uint32_t *>PyMem_Malloc((found.wanted + 1) * sizeof(uint32_t))
    if found.initials == NULL:
        raise MemoryError
    try:
        for line in lines:
            if chars <= 0 or found.words >= found.wanted:
                break
            _check(line)
            _take(line if PyUnicode_GET_LENGTH(line) <= chars else line[:chars], &found)
            chars -= PyUnicode_GET_LENGTH(line) + 1
        initials = ""
        if found.all_signs >= ASCII:
            initials = PyUnicode_FromKindAndData(4, found.initials, found.words)
        counts = {c: found.counts[n] for n, c in enumerate(languages) if found.counts[n]}
        return found.words, initials, counts
    finally:
        PyMem_Free(found.initials)


cdef int _take(text, Sample *found) except -1:
    """Adds the words of a line, up to the number that is wanted."""
    cdef Py_ssize_t used[2]
    cdef Py_ssize_t start = 0, end, place
    cdef Py_ssize_t length = PyUnicode_GET_LENGTH(text)
    cdef uint32_t *signs = <uint32_t *>PyMem_Malloc((length + 1) * sizeof(uint32_t))
    cdef PyObject *own
    cdef uint8_t language
    if signs == NULL:
        raise MemoryError
    try:
        used[1] = found.wanted - found.words
        if not _folded(text, signs, used):
            return _take(text.casefold(), found)
        for place in range(used[1]):
            end = _behind(signs, start, used[0])
            own = _languages_of(signs + start, end - start)
            if own != NULL:
                for language in <bytes>own:
                    found.counts[language] += 1
            found.initials[found.words] = signs[start]
            found.words += 1
            start = end
        for place in range(used[0]):
            found.all_signs |= signs[place]
        return 0
    finally:
        PyMem_Free(signs)


cdef PyObject *_languages_of(const uint32_t *signs, Py_ssize_t length) noexcept:
    """The languages that a word is a function word of; NULL where it is none."""
    cdef uint32_t place = _key(signs, length) >> FUNCTION_SHIFT
    while table[place].word != NULL:
        if _is(<object>table[place].word, signs, length):
            return table[place].languages
        place = (place + 1) & (FUNCTION_WORDS - 1)
    return NULL


cdef int _learn_languages() except -1:
    global function_words, languages
    from cleanarticle.language import detect

    cdef uint32_t place
    cdef uint32_t signs[KNOWN_CHARS]
    by_word = detect.languages_by_word()
    codes = sorted({code for own in by_word.values() for code in own})
    known = {word: bytes(map(codes.index, own)) for word, own in by_word.items()}
    if 2 * len(known) > FUNCTION_WORDS or max(map(len, known)) > KNOWN_CHARS:
        raise ValueError("more function words than there is room for")
    kept.append(known)
    for word, own in known.items():
        for n, sign in enumerate(word):
            signs[n] = ord(sign)
        place = _key(signs, len(word)) >> FUNCTION_SHIFT
        while table[place].word != NULL:
            if _is(<object>table[place].word, signs, len(word)):
                break
            place = (place + 1) & (FUNCTION_WORDS - 1)
        else:
            table[place].word, table[place].languages = <PyObject *>word, <PyObject *>own
    languages, function_words = codes, known
    return 0
