# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Twin of `cleanarticle.readers.blocks`: it walks the nodes of libxml2 and joins text as UTF-8.

It only reads structs, makes one string a block, and keeps no open element on the C stack. A tree
with nodes or values of an odd sort is left to the reference. What tags, attributes and characters
mean is taken from the tables of the reference when the first tree is read.
"""

cimport cython
from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Realloc
from cpython.object cimport PyObject, PyTypeObject
from cpython.bytes cimport PyBytes_AS_STRING
from cpython.ref cimport Py_INCREF, Py_XDECREF
from cpython.unicode cimport PyUnicode_DecodeUTF8
from libc.stdint cimport uint64_t
from libc.string cimport memcmp, memcpy, memset, strlen
from lxml.includes cimport etreepublic as cetree
from lxml.includes cimport tree
from lxml.includes.tree cimport xmlAttr, xmlNode

from cleanarticle.accelerator import REFERENCES

cetree.import_lxml__etree()


cdef extern from "structmember.h":
    ctypedef struct PyMemberDef:
        Py_ssize_t offset

    ctypedef struct PyMemberDescrObject:
        PyMemberDef *d_member

    PyTypeObject PyMemberDescr_Type


cdef extern from "Python.h":
    bint Py_UNICODE_ISSPACE(Py_UCS4)
    bint Py_UNICODE_ISALPHA(Py_UCS4)
    Py_UCS4 PyUnicode_READ_CHAR(object, Py_ssize_t)
    void *PyUnicode_1BYTE_DATA(object)
    object PyType_GenericAlloc(type, Py_ssize_t)
    void PyObject_GC_UnTrack(void *)
    PyTypeObject *Py_TYPE(object)


class _Odd(Exception):
    """The tree holds something that the reference must read."""


# records ---------------------------------------------------------------


@cython.final
cdef class _Record:
    """Makes frozen records by filling their slots.

    They hold texts, numbers and each other, never themselves: the collector has nothing to look for.
    """

    cdef type cls
    cdef Py_ssize_t at[12]

    def __init__(self, cls, names):
        self.cls = cls
        if tuple(cls.__slots__) != names or len(names) > 12:
            raise TypeError(f"{cls.__name__} has other fields than its twin")
        for n, name in enumerate(names):
            member = cls.__dict__[name]
            if Py_TYPE(member) != &PyMemberDescr_Type:
                raise TypeError(f"{cls.__name__}.{name} is no slot")
            self.at[n] = (<PyMemberDescrObject *>member).d_member.offset

    cdef object new(self):
        cdef object record = PyType_GenericAlloc(self.cls, 0)
        PyObject_GC_UnTrack(<void *>record)
        return record

    cdef inline void put(self, object record, int n, object value) noexcept:
        Py_INCREF(value)
        (<PyObject **>(<char *><PyObject *>record + self.at[n]))[0] = <PyObject *>value


# facts -----------------------------------------------------------------

# Of tags: the effect on the text in the lowest bits, then signs, then numbers.
cdef enum:
    SKIP = 0
    BREAK = 1
    FLOW = 2
    STYLE = 3
    BLOCK = 4
    EFFECT = 7
    CONTROL = 8
    ITEM = 16
    LIST = 32
    ORDERED = 64
    CELL = 128
    ROW = 256
    NOSCRIPT = 512
    DIALOG = 1024
    ANCHOR = 2048
    HEADING_AT = 12
    ROLE_AT = 16
    STYLE_AT = 20
    NUMBER = 15

# Of attributes: their place in `_Reader.found`; those after the last are labels.
cdef enum:
    CLASS = 0
    ID = 1
    ARIA = 2
    HIDDEN = 3
    ARIA_HIDDEN = 4
    STYLED = 5
    OPEN = 6
    HREF = 7
    START = 8
    LABELS = 9
    MOST = 24

cdef enum:
    WHITE = 1
    UNSEEN = 2

_ATTRIBUTES = (b"class", b"id", b"role", b"hidden", b"aria-hidden", b"style", b"open", b"href", b"start")

cdef enum:
    WORDS_KEPT = 4096
    NAMES_KEPT = 1024

cdef struct Words:
    PyObject *names
    PyObject *words

cdef PyObject *WORDS[WORDS_KEPT]
cdef Words NAMES[NAMES_KEPT]
cdef unsigned char SIGNS[65536]  # whether a character is white space, whether it is left out


@cython.final
cdef class _Facts:
    """What the Python side says of tags, attributes and characters, and what is called there."""

    cdef _Record block, markup, container, span
    cdef dict effects
    cdef tuple roles, styles, attributes, hiding, hiding_values
    cdef int count_read  # attributes
    cdef unsigned long hiding_sizes, hiding_letters, hiding_openings
    cdef int style_ranks[16]
    cdef Py_ssize_t max_depth, max_name, prose
    cdef object root, lines, pieces, about, count

    def __init__(self):
        from cleanarticle import records
        from cleanarticle.language import words
        from cleanarticle.readers import attributes, blocks, lines, pieces

        Role, self.lines, self.pieces, self.about = records.Role, lines, pieces, attributes
        self.count = words.count
        self.block = _Record(records.Block, _BLOCK)
        self.markup = _Record(records.Markup, ("tag", "container", "link_chars", "control"))
        self.container = _Record(records.Container, _CONTAINER)
        self.span = _Record(records.Span, ("start", "end", "style", "href"))
        self.root = records.Container(parent=-1, tag="")
        self.roles = (Role.PARAGRAPH, Role.HEADING, Role.LIST_ITEM, Role.QUOTE, Role.CODE, Role.TABLE_ROW)
        self.styles = tuple(records.Style)
        for n, style in enumerate(self.styles):
            self.style_ranks[n] = sorted(self.styles).index(style)
        self.attributes = _ATTRIBUTES + tuple(name.encode() for name in attributes.LABELS)
        self.hiding = tuple(sorted(name.encode() for name in attributes.HIDING_CLASSES))
        if len(self.attributes) > MOST:
            raise TypeError("there are more attributes than the twin has room for")
        self.count_read = len(self.attributes)
        for name in self.hiding:
            self.hiding_sizes |= 1 << len(name)
            self.hiding_letters |= 1 << (name[0] & 31)
        self.hiding_values = tuple(value.encode() for value in attributes.HIDING_STYLES.values())
        for value in self.hiding_values:
            self.hiding_openings |= 1 << (value[0] & 31)
        self.max_depth, self.max_name = blocks.MAX_DEPTH, attributes.MAX_NAME_CHARS
        self.prose = lines.PROSE_LINE_WORDS
        self.effects = dict(blocks.EFFECTS)
        self.sign(blocks.CONTROLS, CONTROL)
        self.sign(blocks.ITEMS, ITEM)
        self.sign(blocks.LISTS, LIST)
        self.sign(blocks.CELLS, CELL)
        for tag, mark in (("ol", ORDERED), ("tr", ROW), ("noscript", NOSCRIPT), ("dialog", DIALOG), ("a", ANCHOR)):
            self.sign((tag,), mark)
        for tag, level in blocks.HEADINGS.items():
            self.sign((tag,), level << HEADING_AT)
        for tag, role in blocks.ROLES.items():
            self.sign((tag,), (self.roles.index(role) + 1) << ROLE_AT)
        for tag, style in (("a", records.Style.LINK), *pieces.STYLES.items()):
            self.sign((tag,), (self.styles.index(style) + 1) << STYLE_AT)
        for n in range(65536):
            SIGNS[n] = WHITE if Py_UNICODE_ISSPACE(n) else 0
        for sign in blocks.UNSEEN:
            SIGNS[<int>ord(sign)] |= UNSEEN

    cdef sign(self, tags, int mark):
        for tag in tags:
            self.effects[tag] = self.effects.get(tag, BLOCK) | mark


_BLOCK = (
    "index", "text", "words", "run", "role", "level", "marker", "spans", "markup", "place", "goes_on"
)
_CONTAINER = ("parent", "tag", "names", "labels", "aria", "hidden", "noscript")
cdef _Facts facts = None


# text ------------------------------------------------------------------

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


cdef Py_ssize_t join(Buffer *into, const unsigned char *at, Py_ssize_t size, bint seen) except -1:
    """Add the words of a text; how many characters they have, without a space before them.

    `seen`: the text is ASCII that is taken as it is; of others, unseen signs are left out.
    """
    cdef const unsigned char *end = at + size
    cdef unsigned char *out
    cdef Py_ssize_t length = 0
    cdef bint white = into.space, started = False
    cdef int width, signs
    widen(<void **>&into.data, &into.room, into.size + size + 1, 1)
    out = into.data + into.size
    while at < end:
        if seen:
            signs, width = SIGNS[at[0]], 1
        else:
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
        if seen:
            while at < end and not SIGNS[at[0]] & WHITE:
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
    cdef unsigned char small[512]
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


# the reader ------------------------------------------------------------

cdef enum:
    PARAGRAPH = 0
    HEADING = 1
    LIST_ITEM = 2
    QUOTE = 3
    CODE = 4
    TABLE_ROW = 5

cdef enum:
    KNOWN = 256  # names whose address is known again

cdef struct Tag:
    const unsigned char *name  # as the document holds it
    PyObject *text
    int effects

cdef struct Name:
    const unsigned char *name
    int place

cdef struct Level:
    Tag tag
    Py_ssize_t container
    int role
    bint control, hidden, noscript
    bint plain  # from here on, of a table row: see `_Row`
    Py_ssize_t first, end, cells

cdef struct Stretch:
    Py_ssize_t start, end
    int style  # -1 where it is none
    bint link
    PyObject *href  # kept in `_Reader.kept`

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
cdef class _Reader:
    """Turns the nodes of a tree into blocks; `_BlockReader` says what the parts mean."""

    cdef list blocks, containers, counters, kept
    cdef object marker
    cdef Level *levels
    cdef Stretch *inline
    cdef Stretch *spans
    cdef Py_ssize_t level_room, inline_room, span_room, depth, inlines, span_count
    cdef Level now
    cdef Buffer text, unseen, joined
    cdef Tag tags[KNOWN]
    cdef Name names[KNOWN]
    cdef Value found[MOST]
    cdef Py_ssize_t link_chars, href_depth, unseen_depth, breaks, run, run_key
    cdef Py_ssize_t last_words
    cdef int last_role  # -1 before the first block

    def __cinit__(self):
        self.blocks, self.containers = [], [facts.root]
        self.counters, self.kept, self.marker = [], [], ""
        self.run_key, self.last_role = -1, -1

    def __dealloc__(self):
        PyMem_Free(self.levels)
        PyMem_Free(self.inline)
        PyMem_Free(self.spans)
        PyMem_Free(self.text.data)
        PyMem_Free(self.unseen.data)
        PyMem_Free(self.joined.data)

    cdef int walk(self, xmlNode *root) except -1:
        cdef xmlNode *above = root
        cdef xmlNode *node = root.children
        cdef Tag tag
        self.tag_of(root, &tag)
        if tag.effects & EFFECT == SKIP:
            return 0
        self.open(root, &tag)
        while True:
            if node == NULL:
                self.tag_of(above, &tag)
                self.close(&tag)
                if above == root:
                    break
                node, above = above.next, above.parent
            elif node.type == tree.XML_ELEMENT_NODE:
                self.tag_of(node, &tag)
                if tag.effects & EFFECT == SKIP:
                    node = node.next
                else:
                    self.open(node, &tag)
                    node, above = node.children, node
            elif is_text(node):
                node = self.read(node)
            elif (
                node.type == tree.XML_COMMENT_NODE
                or node.type == tree.XML_PI_NODE
                or node.type == tree.XML_ENTITY_REF_NODE
                or is_inclusion(node)
            ):
                node = node.next
            else:
                raise _Odd
        self.flush()
        return 0

    cdef int tag_of(self, xmlNode *node, Tag *tag) except -1:
        """The tag of an element; names that the document holds once are looked up once."""
        cdef Tag *known = &self.tags[slot(node.name)]
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

    cdef xmlNode *read(self, xmlNode *node) except? NULL:
        """Read the text nodes from here on; the node behind them."""
        cdef xmlNode *after = node.next
        cdef const char *content = <const char *>node.content
        cdef Py_ssize_t size = strlen(content) if content != NULL else 0
        while after != NULL and is_inclusion(after):
            after = after.next
        if after != NULL and is_text(after):
            self.joined.size = 0
            while True:
                widen(<void **>&self.joined.data, &self.joined.room, self.joined.size + size, 1)
                if size:
                    memcpy(self.joined.data + self.joined.size, content, size)
                self.joined.size += size
                if after == NULL or not is_text(after):
                    break
                content = <const char *>after.content
                size = strlen(content) if content != NULL else 0
                after = after.next
                while after != NULL and is_inclusion(after):
                    after = after.next
            content, size = <const char *>self.joined.data, self.joined.size
        if size:
            self.add(<const unsigned char *>content, size)
        return after

    cdef int add(self, const unsigned char *text, Py_ssize_t size) except -1:
        cdef Py_ssize_t length, n
        cdef unsigned char highest = 0
        if self.unseen_depth:
            join(&self.unseen, text, size, False)
            return 0
        if self.now.role == CODE:
            length = keep(&self.text, text, size)
        else:
            for n in range(size):
                highest = max(highest, text[n])
            length = join(&self.text, text, size, highest < 0x7F)
        if self.href_depth:
            self.link_chars += length
        return 0

    # elements ----------------------------------------------------------

    cdef int open(self, xmlNode *node, Tag *tag) except -1:
        cdef int effect = tag.effects & EFFECT
        if self.unseen_depth:
            self.unseen_depth += 1
            if effect == BLOCK or effect == BREAK:
                self.unseen.space = True
        elif effect == BLOCK:
            self.flush()
            self.breaks = 0
            widen(<void **>&self.levels, &self.level_room, self.depth + 1, sizeof(Level))
            self.levels[self.depth] = self.now
            self.depth += 1
            self.enter(node, tag)
        elif effect == BREAK:
            self.line_break()
        else:
            if node.properties != NULL:
                self.find(node)
                if self.hides(tag.effects):
                    self.unseen_depth = 1
                    return 0
            if effect == STYLE:
                self.open_style(tag, node.properties != NULL)
        return 0

    cdef int close(self, Tag *tag) except -1:
        cdef int effect = tag.effects & EFFECT
        if self.unseen_depth:
            self.unseen_depth -= 1
        elif effect == BLOCK:
            self.flush()
            self.breaks = 0
            self.leave(tag.effects)
            self.depth -= 1
            self.now = self.levels[self.depth]
        elif effect == STYLE and self.inlines:
            self.inlines -= 1
            self.href_depth -= self.inline[self.inlines].link
            self.style(&self.inline[self.inlines], self.text.length)
        return 0

    cdef int line_break(self) except -1:
        cdef bint had_text = self.text.size > 0
        if self.now.role == CODE:
            widen(<void **>&self.text.data, &self.text.room, self.text.size + 1, 1)
            self.text.data[self.text.size] = 10
            self.text.size += 1
            return 0
        self.flush()
        self.breaks = 1 if had_text else self.breaks + 1
        return 0

    cdef int open_style(self, Tag *tag, bint has_attributes) except -1:
        cdef Stretch *new
        cdef Value href = self.found[HREF]
        widen(<void **>&self.inline, &self.inline_room, self.inlines + 1, sizeof(Stretch))
        new = &self.inline[self.inlines]
        text = self.string(href) if has_attributes and href.data != NULL else ""
        self.kept.append(text)
        new.href = <PyObject *>text
        new.start = self.text.length + (1 if self.text.space and self.text.size else 0)
        new.link = tag.effects & ANCHOR != 0 and len(<str>text) > 0
        new.style = (tag.effects >> STYLE_AT & NUMBER) - 1
        if tag.effects & ANCHOR and not new.link:
            new.style = -1
        self.inlines += 1
        self.href_depth += new.link
        return 0

    cdef int style(self, Stretch *one, Py_ssize_t end) except -1:
        """Note the span of a styled stretch, unless it is empty."""
        if end > one.start and one.style >= 0:
            widen(<void **>&self.spans, &self.span_room, self.span_count + 1, sizeof(Stretch))
            self.spans[self.span_count] = one[0]
            self.spans[self.span_count].end = end
            self.span_count += 1
        return 0

    cdef int enter(self, xmlNode *node, Tag *tag) except -1:
        cdef Level *above = &self.levels[self.depth - 1]
        cdef int effects = tag.effects, role = (effects >> ROLE_AT & NUMBER) - 1
        self.now.tag = tag[0]
        if node.properties != NULL:
            self.find(node)
        if role >= 0:
            self.now.role = role
        if effects & LIST:
            number = None
            if effects & ORDERED:
                given = node.properties != NULL and self.found[START].data != NULL
                number = facts.about.first_number(self.string(self.found[START]) if given else "1")
            self.counters.append(number)
        elif effects & ITEM:
            self.marker = self.next_marker()
        elif effects & CELL and self.now.role == HEADING:
            self.now.role = PARAGRAPH
        self.now.control = above.control or effects & CONTROL != 0
        self.now.plain, self.now.cells = effects & ROW != 0, 0
        self.now.first = self.now.end = len(self.blocks)
        if self.depth <= facts.max_depth:
            self.contain(node, tag, above.container)
        return 0

    cdef int contain(self, xmlNode *node, Tag *tag, Py_ssize_t parent) except -1:
        """Make a container of the element, and it the one that is open."""
        cdef object new = facts.container.new()
        cdef object names = (), labels = (), aria = ""
        if tag.effects & NOSCRIPT:
            self.now.noscript = True
        if self.now.noscript:
            self.now.hidden = True
        if node.properties != NULL:
            names = self.words(CLASS, ID + 1, True)
            labels = self.words(LABELS, facts.count_read, False)
            if self.found[ARIA].size:
                aria = self.role()
            if not self.now.hidden:
                self.now.hidden = self.hides(tag.effects)
        facts.container.put(new, 0, parent)
        facts.container.put(new, 1, <object>tag.text)
        facts.container.put(new, 2, names)
        facts.container.put(new, 3, labels)
        facts.container.put(new, 4, aria)
        facts.container.put(new, 5, True if self.now.hidden else False)
        facts.container.put(new, 6, True if self.now.noscript else False)
        self.now.container = len(self.containers)
        self.containers.append(new)
        return 0

    cdef int leave(self, int effects) except -1:
        cdef Level *above = &self.levels[self.depth - 1]
        cdef Py_ssize_t end = len(self.blocks)
        if effects & LIST:
            self.counters.pop()
        elif effects & ITEM:
            self.marker = ""
        elif effects & CELL:
            if above.tag.effects & ROW:
                above.plain = above.plain and end - above.end <= 1
                above.end = end
                above.cells += 1
        elif effects & ROW and self.now.cells and self.now.plain and self.now.end == end:
            if end - self.now.first > 1:
                self.merge_row(self.now.first)
        return 0

    cdef int merge_row(self, Py_ssize_t first) except -1:
        cdef list cells = self.blocks[first:]
        if facts.pieces.is_row(cells, self.containers):
            del self.blocks[first:]
            above = self.blocks[first - 1] if first else cells[0]
            follows = above.role is facts.roles[TABLE_ROW]
            self.blocks.append(facts.pieces.row(cells, above.run if follows else cells[0].run))
            self.run_key = -1
            self.last_role = TABLE_ROW
        return 0

    cdef object next_marker(self):
        cdef Py_ssize_t last = len(self.counters) - 1
        number = self.counters[last] if last >= 0 else None
        if number is None:
            return "-"
        self.counters[last] = number + 1
        return f"{number}."

    # attributes --------------------------------------------------------

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

    cdef str string(self, Value value):
        return PyUnicode_DecodeUTF8(<const char *>value.data, value.size, NULL)

    cdef str role(self):
        cdef Value role = self.found[ARIA]
        if role.size <= 64 and is_ascii(role.data, role.size):
            return word_of(role.data, role.size)
        return self.string(role).lower()

    cdef tuple words(self, int first, int behind, bint empty_too):
        """The words of some values, joined by spaces; the empty ones are left out on demand."""
        cdef unsigned char joined[1024]
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
            values = [self.string(self.found[n]) if self.found[n].size else "" for n in range(first, behind)]
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
        if found[CLASS].size and self.may_hide(found[CLASS].data, found[CLASS].size):
            if facts.about.hides_by_class(self.string(found[CLASS])[: facts.max_name]):
                return True
        if found[STYLED].size and self.may_hide_by_style(found[STYLED].data, found[STYLED].size):
            return facts.about.hides_by_style(self.string(found[STYLED]))
        return False

    cdef bint may_hide_by_style(self, const unsigned char *style, Py_ssize_t size):
        """Whether a value that hides may stand in a style, or the reference must see."""
        cdef const unsigned char *at = style
        cdef const unsigned char *end = style + size
        cdef Py_ssize_t n
        if not is_ascii(style, size):
            return True
        while at < end:
            if at[0] >= 64 and facts.hiding_openings >> (at[0] & 31) & 1:
                for value in facts.hiding_values:
                    if at + len(<bytes>value) <= end and same_small(at, <const char *><bytes>value, len(<bytes>value)):
                        return True
            at += 1
        return False

    cdef bint may_hide(self, const unsigned char *classes, Py_ssize_t size):
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
            if (
                at - start < 32
                and facts.hiding_sizes >> (at - start) & 1
                and facts.hiding_letters >> (start[0] & 31) & 1
            ):
                for name in facts.hiding:
                    if len(<bytes>name) == at - start and memcmp(<const char *>name, start, at - start) == 0:
                        return True
        return False

    # blocks ------------------------------------------------------------

    cdef int flush(self) except -1:
        """End the current block, if any text has come."""
        if self.text.size:
            self.end()
            self.text.size = self.text.length = self.link_chars = 0
            self.span_count = 0
        self.text.space = False
        if self.unseen.size or self.unseen.space:
            self.flush_unseen()
        return 0

    cdef int end(self) except -1:
        cdef Py_ssize_t n
        cdef str text = PyUnicode_DecodeUTF8(<const char *>self.text.data, self.text.size, NULL)
        if self.now.role == CODE:
            text = facts.pieces.dedent(text)
            self.span_count = 0
            if not text or text.isspace():
                return 0
        for n in range(self.inlines):
            self.style(&self.inline[n], self.text.length)
            self.inline[n].start = 0
        self.make_block(text)
        self.breaks = 0
        return 0

    cdef int flush_unseen(self) except -1:
        """Make a hidden block of the hidden inline text, behind the block around it."""
        cdef Py_ssize_t size = self.unseen.size
        self.unseen.size = self.unseen.length = 0
        self.unseen.space = False
        if size == 0:
            return 0
        text = PyUnicode_DecodeUTF8(<const char *>self.unseen.data, size, NULL)
        container = facts.container.new()
        fields = (self.now.container, "span", (), (), "", True, False)
        for n in range(7):
            facts.container.put(container, n, fields[n])
        self.run += 1
        self.run_key = -1
        self.last_role, self.last_words = PARAGRAPH, facts.count(text)
        self.put_block(text, "", (), 0, self.markup("span", len(self.containers), 0, False))
        self.containers.append(container)
        return 0

    cdef int make_block(self, str text) except -1:
        cdef int role = self.now.role, level = 0
        cdef Py_ssize_t words
        cdef tuple spans = self.trimmed(text) if self.span_count else ()
        marker = ""
        if (role == PARAGRAPH or role == QUOTE) and self.marker:
            role, marker, self.marker = LIST_ITEM, self.marker, ""
        if role != CODE and not Py_UNICODE_ISALPHA(PyUnicode_READ_CHAR(text, 0)):
            bullet, rest = facts.lines.split_marker(text)
            if bullet == "-" and not (role == HEADING and text.startswith("-")):
                spans = facts.pieces.shifted(spans, len(<str>rest) - len(text))
                text = rest
                if role != HEADING:
                    role, marker = LIST_ITEM, marker or bullet
        words = facts.count(text)
        self.next_run(words, role)
        if role == HEADING:
            level = self.now.tag.effects >> HEADING_AT & NUMBER or 2
        self.last_role, self.last_words = role, words
        tag = <object>self.now.tag.text if self.now.tag.text != NULL else ""
        link_chars = min(self.link_chars, <Py_ssize_t>len(text))
        markup = self.markup(tag, self.now.container, link_chars, self.now.control)
        return self.put_block(text, marker, spans, level, markup)

    cdef object markup(self, tag, container, link_chars, bint control):
        cdef object new = facts.markup.new()
        facts.markup.put(new, 0, tag)
        facts.markup.put(new, 1, container)
        facts.markup.put(new, 2, link_chars)
        facts.markup.put(new, 3, True if control else False)
        return new

    cdef int put_block(self, str text, marker, tuple spans, int level, markup) except -1:
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

    cdef int next_run(self, Py_ssize_t words, int role) except -1:
        """The run of a new block: the last one's within a list, or after a single line break."""
        cdef Py_ssize_t key = len(self.counters) if role == LIST_ITEM and self.counters else -1
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
        return 0

    cdef tuple trimmed(self, str text):
        """The spans without white space at their ends; `trimmed` where they meet or nest."""
        cdef Stretch *one
        cdef Py_ssize_t n, last = 0
        cdef list found = []
        cdef bint plain = self.now.role != CODE  # its text was dedented
        for n in range(self.span_count if plain else 0):
            one = &self.spans[n]
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
                found.append(self.span(one))
                last = one.end
        if plain:
            return tuple(found)
        return facts.pieces.trimmed([self.span(&self.spans[n]) for n in range(self.span_count)], text)

    cdef object span(self, Stretch *one):
        cdef object new = facts.span.new()
        facts.span.put(new, 0, one.start)
        facts.span.put(new, 1, one.end)
        facts.span.put(new, 2, facts.styles[one.style])
        facts.span.put(new, 3, <object>one.href)
        return new


def read_blocks(root):
    """Blocks and containers of a tree, in page order. The tree is only read."""
    global facts
    cdef _Reader reader
    if facts is None:
        facts = _Facts()
    if isinstance(root, cetree._Element) and (<cetree._Element>root)._c_node.type == tree.XML_ELEMENT_NODE:
        reader = _Reader()
        try:
            reader.walk((<cetree._Element>root)._c_node)
            return tuple(reader.blocks), tuple(reader.containers)
        except (_Odd, UnicodeDecodeError):
            pass
    return REFERENCES["tree.read_blocks"](root)
