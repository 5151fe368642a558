# Reads the tag and the attributes of an element; included by `_tree`.

cdef enum:
    KNOWN = 256  # names whose address is known again

cdef struct Tag:
    const unsigned char *name  # as the document holds it
    PyObject *text
    int effects

cdef struct Name:
    const unsigned char *name
    int place

cdef struct Value:
    const unsigned char *data  # NULL where there is no such attribute
    Py_ssize_t size


cdef inline bint is_value(Value found, const char *wanted, Py_ssize_t size) noexcept:
    return found.size == size and same_small(found.data, wanted, size)


cdef inline size_t slot(const void *name) noexcept:
    """Where what is known of a name is kept, by its address."""
    cdef size_t at = <size_t>name
    return (at ^ at >> 7 ^ at >> 14) & (KNOWN - 1)


cdef inline bint is_text(const xmlNode *node) noexcept:
    return node.type == tree.XML_TEXT_NODE or node.type == tree.XML_CDATA_SECTION_NODE


cdef inline bint is_inclusion(const xmlNode *node) noexcept:
    return node.type == tree.XML_XINCLUDE_START or node.type == tree.XML_XINCLUDE_END


@cython.final
cdef class _Tags:
    """The tags of a document, and what they do to the text around them."""

    cdef Tag names[KNOWN]
    cdef list kept  # the texts of tags

    def __cinit__(self):
        self.kept = []

    cdef int find(self, xmlNode *node, Tag *tag) except -1:
        """The tag of an element; names that the document holds once are looked up once."""
        cdef Tag *known = &self.names[slot(node.name)]
        if node.ns != NULL and node.ns.href != NULL:
            text = cetree.namespacedName(node)
        elif known.name == <const unsigned char *>node.name:
            tag[0] = known[0]
            return 0
        else:
            text = PyUnicode_DecodeUTF8(<char *>node.name, strlen(<char *>node.name), NULL)
        self.kept.append(text)
        tag.name, tag.text = <const unsigned char *>node.name, <PyObject *>text
        tag.effects = facts.effects.get(text, BLOCK)
        if node.ns == NULL or node.ns.href == NULL:
            known[0] = tag[0]
        return 0


@cython.final
cdef class _Attributes:
    """The attributes of an element that are read, and what they say."""

    cdef Value found[MOST]
    cdef Name names[KNOWN]

    cdef int find(self, xmlNode *node) except -1:
        """Fill `found` with the values of the attributes that are read."""
        cdef xmlAttr *one = node.properties
        cdef const xmlNode *child
        cdef int n
        memset(self.found, 0, facts.count_read * sizeof(Value))
        while one != NULL:
            n = self.place_of(<const unsigned char *>one.name) if one.ns == NULL else -1
            if n >= 0:
                child = one.children
                if child == NULL:
                    self.found[n].data = <const unsigned char *>b""
                elif child.next == NULL and is_text(child) and child.content != NULL:
                    self.found[n].data = <const unsigned char *>child.content
                    self.found[n].size = strlen(<const char *>child.content)
                else:
                    raise _Odd
            one = one.next
        return 0

    cdef int place_of(self, const unsigned char *name) except -2:
        """Where the value of an attribute goes; -1 for those that are not read."""
        cdef Name *known = &self.names[slot(name)]
        cdef Py_ssize_t size
        cdef int n
        if known.name != name:
            known.name, known.place = name, -1
            size = strlen(<const char *>name)
            for n in range(facts.count_read):
                wanted = <bytes>facts.attributes[n]
                if len(wanted) == size and memcmp(<const char *>wanted, name, size) == 0:
                    known.place = n
        return known.place

    cdef str string(self, int n):
        return PyUnicode_DecodeUTF8(<const char *>self.found[n].data, self.found[n].size, NULL)

    cdef str role(self):
        cdef Value role = self.found[ARIA]
        if role.size == 0:
            return ""
        if role.size <= 64 and is_ascii(role.data, role.size):
            return word_of(role.data, role.size)
        return self.string(ARIA).lower()

    cdef tuple words(self, int first, int behind, bint empty_too):
        """The words of some values, joined by spaces; the empty ones are left out on demand."""
        cdef unsigned char joined[MOST_CHARS]
        cdef Py_ssize_t size = 0, part
        cdef int n
        cdef bint ascii_only = True
        for n in range(first, behind):
            if not empty_too and self.found[n].size == 0:
                continue
            if n > first and (size or empty_too):
                joined[size] = 32
                size += 1
            part = min(self.found[n].size, facts.max_name - size)
            if part > 0:
                memcpy(joined + size, self.found[n].data, part)
                ascii_only = ascii_only and is_ascii(self.found[n].data, part)
                size += part
            if size >= facts.max_name:
                break
        if not ascii_only:
            values = [self.string(n) if self.found[n].size else "" for n in range(first, behind)]
            return facts.about.name_words(" ".join(values if empty_too else filter(None, values)))
        if size <= empty_too:
            return ()
        return words_of(joined, size)

    cdef bint hides(self, int effects) except -1:
        """Whether the attributes that were found hide their element."""
        cdef Value *found = self.found
        if found[HIDDEN].data != NULL and not is_value(found[HIDDEN], b"until-found", 11):
            return True
        if found[ARIA_HIDDEN].data != NULL and is_value(found[ARIA_HIDDEN], b"true", 4):
            return True
        if effects & DIALOG and found[OPEN].data == NULL:
            return True
        if found[CLASS].size and self.may_hide_by_class(found[CLASS].data, found[CLASS].size):
            if facts.about.hides_by_class(self.string(CLASS)[: facts.max_name]):
                return True
        if found[STYLED].size and self.may_hide_by_style(found[STYLED].data, found[STYLED].size):
            return facts.about.hides_by_style(self.string(STYLED))
        return False

    cdef bint may_hide_by_style(self, const unsigned char *style, Py_ssize_t size):
        """Whether a value that hides may stand in a style, or the reference must see."""
        cdef const unsigned char *at = style
        cdef const unsigned char *end = style + size
        if not is_ascii(style, size):
            return True
        while at < end:
            if at[0] >= 64 and facts.hiding_openings >> (at[0] & 31) & 1:
                for value in facts.hiding_values:
                    size = len(<bytes>value)
                    if at + size <= end and same_small(at, <const char *><bytes>value, size):
                        return True
            at += 1
        return False

    cdef bint may_hide_by_class(self, const unsigned char *classes, Py_ssize_t size):
        """Whether a class is one of those that hide, or the reference must see."""
        cdef const unsigned char *at = classes
        cdef const unsigned char *end
        cdef const unsigned char *start
        size = min(size, facts.max_name)
        if not is_ascii(classes, size):
            return True
        end = classes + size
        while at < end:
            while at < end and SIGNS[at[0]] & WHITE:
                at += 1
            start = at
            while at < end and not SIGNS[at[0]] & WHITE:
                at += 1
            size = at - start
            if (
                size < 32
                and facts.hiding_sizes >> size & 1
                and facts.hiding_letters >> (start[0] & 31) & 1
            ):
                for name in facts.hiding:
                    if len(<bytes>name) == size and memcmp(<const char *>name, start, size) == 0:
                        return True
        return False
