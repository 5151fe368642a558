# Makes blocks, their spans and the containers around them; included by `_tree`.

cdef struct Stretch:
    Py_ssize_t start, end
    int style  # -1 where it is none
    bint link
    PyObject *href  # kept in `_Reader.kept`


cdef object span_of(Stretch *one):
    cdef object new = facts.span.new()
    facts.span.put(new, 0, one.start)
    facts.span.put(new, 1, one.end)
    facts.span.put(new, 2, facts.styles[one.style])
    facts.span.put(new, 3, <object>one.href)
    return new


cdef tuple trimmed(Stretch *spans, Py_ssize_t count, str text, bint code):
    """The spans without white space at their ends; `trimmed` where they meet or nest."""
    cdef Stretch *one
    cdef Py_ssize_t n, last = 0
    cdef list found = []
    cdef bint plain = not code  # its text was dedented
    for n in range(count if plain else 0):
        one = &spans[n]
        if one.start < last:
            plain = False
            break
        while one.start < one.end and PyUnicode_READ_CHAR(text, one.start) == 32:
            one.start += 1
        while one.start < one.end and PyUnicode_READ_CHAR(text, one.end - 1) == 32:
            one.end -= 1
        if one.start < one.end:
            if last and one.start == last:
                plain = False
                break
            found.append(span_of(one))
            last = one.end
    if plain:
        return tuple(found)
    found = [span_of(&spans[n]) for n in range(count)]
    return facts.pieces.trimmed(found, text)


cdef object markup_of(tag, container, link_chars, bint control):
    cdef object new = facts.markup.new()
    facts.markup.put(new, 0, tag)
    facts.markup.put(new, 1, container)
    facts.markup.put(new, 2, link_chars)
    facts.markup.put(new, 3, True if control else False)
    return new


cdef object container_of(parent, tag, names, labels, aria, bint hidden, bint noscript):
    cdef object new = facts.container.new()
    facts.container.put(new, 0, parent)
    facts.container.put(new, 1, tag)
    facts.container.put(new, 2, names)
    facts.container.put(new, 3, labels)
    facts.container.put(new, 4, aria)
    facts.container.put(new, 5, True if hidden else False)
    facts.container.put(new, 6, True if noscript else False)
    return new


@cython.final
cdef class _Blocks:
    """The blocks that were made, and what the next one must know of the last."""

    cdef list blocks
    cdef Py_ssize_t breaks, run, run_key, last_words
    cdef int last_role  # -1 before the first block

    def __cinit__(self):
        self.blocks, self.run_key, self.last_role = [], -1, -1

    cdef int place(self, Py_ssize_t words, int role, Py_ssize_t lists) except -1:
        """Give a new block its run: the last one's within a list, or after a single line break.

        `lists`: how many are open around an item.
        """
        cdef Py_ssize_t key = lists if lists else -1
        cdef bint same = key >= 0 and key == self.run_key and self.last_role >= 0
        cdef bint in_item
        if not same and self.breaks == 1 and self.last_role >= 0 and role != CODE:
            in_item = self.last_role == LIST_ITEM and role == PARAGRAPH
            same = self.last_role == role or in_item
            same = same and min(self.last_words, words) < facts.prose
            if same and in_item:
                key = self.run_key
        self.run_key = key
        if not same:
            self.run += 1
        self.last_role, self.last_words = role, words
        return 0

    cdef int put(self, str text, marker, tuple spans, int level, markup) except -1:
        """Add a block whose role and number of words are those of the last."""
        cdef object new = facts.block.new()
        facts.block.put(new, 0, len(self.blocks))
        facts.block.put(new, 1, text)
        facts.block.put(new, 2, self.last_words)
        facts.block.put(new, 3, self.run)
        facts.block.put(new, 4, facts.roles[self.last_role])
        facts.block.put(new, 5, level)
        facts.block.put(new, 6, marker)
        facts.block.put(new, 7, spans)
        facts.block.put(new, 8, markup)
        facts.block.put(new, 9, None)
        facts.block.put(new, 10, False)
        self.blocks.append(new)
        return 0

    cdef int put_hidden(self, str text, Py_ssize_t container) except -1:
        """Add a block of text that an inline element hides."""
        self.run += 1
        self.run_key = -1
        self.last_role, self.last_words = PARAGRAPH, facts.count(text)
        return self.put(text, "", (), 0, markup_of("span", container, 0, False))

    cdef int merge_row(self, Py_ssize_t first, list containers) except -1:
        cdef list cells = self.blocks[first:]
        if facts.pieces.is_row(cells, containers):
            del self.blocks[first:]
            above = self.blocks[first - 1] if first else cells[0]
            follows = above.role is facts.roles[TABLE_ROW]
            self.blocks.append(facts.pieces.row(cells, above.run if follows else cells[0].run))
            self.run_key = -1
            self.last_role = TABLE_ROW
        return 0
