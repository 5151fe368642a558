# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Twin of `cleanarticle.readers.blocks`: it walks the nodes of libxml2 and joins text as UTF-8.

It only reads structs, makes one string a block, and keeps no open element on the C stack. A tree
with nodes or values of an odd sort is left to the reference. What tags, attributes and characters
mean is taken from the tables of the reference when the first tree is read.
"""

cimport cython
from cpython.mem cimport PyMem_Free, PyMem_Realloc
from cpython.bytes cimport PyBytes_AS_STRING
from cpython.object cimport PyObject, PyTypeObject
from cpython.ref cimport Py_INCREF, Py_XDECREF
from cpython.unicode cimport PyUnicode_DecodeUTF8
from libc.stdint cimport uint64_t
from libc.string cimport memcmp, memcpy, memset, strlen
from lxml.includes cimport etreepublic as cetree
from lxml.includes cimport tree
from lxml.includes.tree cimport xmlAttr, xmlNode

from cleanarticle.accelerator import REFERENCES

cetree.import_lxml__etree()


cdef extern from "Python.h":
    bint Py_UNICODE_ISSPACE(Py_UCS4)
    bint Py_UNICODE_ISALPHA(Py_UCS4)
    Py_UCS4 PyUnicode_READ_CHAR(object, Py_ssize_t)
    void *PyUnicode_1BYTE_DATA(object)


include "records.pxi"
include "pause.pxi"
include "tree_facts.pxi"
include "tree_text.pxi"
include "tree_attributes.pxi"
include "tree_blocks.pxi"


cdef struct Level:
    Tag tag
    Py_ssize_t container
    int role
    bint control, hidden, noscript
    bint plain  # from here on, of a table row: see `_Row`
    Py_ssize_t first, end, cells


@cython.final
cdef class _Reader:
    """Turns the nodes of a tree into blocks; `_BlockReader` says what the parts mean."""

    cdef list containers, counters, kept
    cdef object marker
    cdef Level *levels
    cdef Stretch *inline
    cdef Stretch *spans
    cdef Py_ssize_t level_room, inline_room, span_room, depth, inlines, span_count
    cdef Level now
    cdef Buffer text, unseen, joined
    cdef _Tags tags
    cdef _Blocks made
    cdef _Attributes attributes
    cdef Py_ssize_t link_chars, href_depth, unseen_depth

    def __cinit__(self):
        self.tags, self.attributes, self.made = _Tags(), _Attributes(), _Blocks()
        self.containers, self.counters, self.kept, self.marker = [facts.root], [], [], ""

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
        self.tags.find(root, &tag)
        if tag.effects & EFFECT == SKIP:
            return 0
        self.open(root, &tag)
        while True:
            if node == NULL:
                self.tags.find(above, &tag)
                self.close(&tag)
                if above == root:
                    break
                node, above = above.next, above.parent
            elif node.type == tree.XML_ELEMENT_NODE:
                self.tags.find(node, &tag)
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
        cdef Py_ssize_t length
        if self.unseen_depth:
            join(&self.unseen, text, size)
            return 0
        if self.now.role == CODE:
            length = keep(&self.text, text, size)
        else:
            length = join(&self.text, text, size)
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
            self.made.breaks = 0
            widen(<void **>&self.levels, &self.level_room, self.depth + 1, sizeof(Level))
            self.levels[self.depth] = self.now
            self.depth += 1
            self.enter(node, tag)
        elif effect == BREAK:
            self.line_break()
        else:
            if node.properties != NULL:
                self.attributes.find(node)
                if self.attributes.hides(tag.effects):
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
            self.made.breaks = 0
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
        self.made.breaks = 1 if had_text else self.made.breaks + 1
        return 0

    cdef int open_style(self, Tag *tag, bint has_attributes) except -1:
        cdef Stretch *new
        widen(<void **>&self.inline, &self.inline_room, self.inlines + 1, sizeof(Stretch))
        new = &self.inline[self.inlines]
        text = self.attributes.string(HREF) if has_attributes else ""
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
            self.attributes.find(node)
        if role >= 0:
            self.now.role = role
        if effects & LIST:
            number = None
            if effects & ORDERED:
                given = node.properties != NULL and self.attributes.found[START].data != NULL
                start = self.attributes.string(START) if given else "1"
                number = facts.about.first_number(start)
            self.counters.append(number)
        elif effects & ITEM:
            self.marker = self.next_marker()
        elif effects & CELL and self.now.role == HEADING:
            self.now.role = PARAGRAPH
        self.now.control = above.control or effects & CONTROL != 0
        self.now.plain, self.now.cells = effects & ROW != 0, 0
        self.now.first = self.now.end = len(self.made.blocks)
        if self.depth <= facts.max_depth:
            self.contain(node, tag, above.container)
        return 0

    cdef int contain(self, xmlNode *node, Tag *tag, Py_ssize_t parent) except -1:
        """Make a container of the element, and it the one that is open."""
        cdef object names = (), labels = (), aria = ""
        if tag.effects & NOSCRIPT:
            self.now.noscript = True
        if self.now.noscript:
            self.now.hidden = True
        if node.properties != NULL:
            names = self.attributes.words(CLASS, ID + 1, True)
            labels = self.attributes.words(LABELS, facts.count_read, False)
            aria = self.attributes.role()
            if not self.now.hidden:
                self.now.hidden = self.attributes.hides(tag.effects)
        new = container_of(
            parent, <object>tag.text, names, labels, aria, self.now.hidden, self.now.noscript
        )
        self.now.container = len(self.containers)
        self.containers.append(new)
        return 0

    cdef int leave(self, int effects) except -1:
        cdef Level *above = &self.levels[self.depth - 1]
        cdef Py_ssize_t end = len(self.made.blocks)
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
                self.made.merge_row(self.now.first, self.containers)
        return 0

    cdef object next_marker(self):
        cdef Py_ssize_t last = len(self.counters) - 1
        number = self.counters[last] if last >= 0 else None
        if number is None:
            return "-"
        self.counters[last] = number + 1
        return f"{number}."

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
        self.made.breaks = 0
        return 0

    cdef int flush_unseen(self) except -1:
        """Make a hidden block of the hidden inline text, behind the block around it."""
        cdef Py_ssize_t size = self.unseen.size
        self.unseen.size = self.unseen.length = 0
        self.unseen.space = False
        if size == 0:
            return 0
        text = PyUnicode_DecodeUTF8(<const char *>self.unseen.data, size, NULL)
        container = container_of(self.now.container, "span", (), (), "", True, False)
        self.made.put_hidden(text, len(self.containers))
        self.containers.append(container)
        return 0

    cdef int make_block(self, str text) except -1:
        cdef int role = self.now.role, level = 0
        cdef Py_ssize_t words
        cdef tuple spans = ()
        if self.span_count:
            spans = trimmed(self.spans, self.span_count, text, self.now.role == CODE)
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
        self.made.place(words, role, len(self.counters) if role == LIST_ITEM else 0)
        if role == HEADING:
            level = self.now.tag.effects >> HEADING_AT & NUMBER or 2
        tag = <object>self.now.tag.text if self.now.tag.text != NULL else ""
        link_chars = min(self.link_chars, <Py_ssize_t>len(text))
        markup = markup_of(tag, self.now.container, link_chars, self.now.control)
        return self.made.put(text, marker, spans, level, markup)


def read_blocks(root):
    """Blocks and containers of a tree, in page order. The tree is only read."""
    global facts
    cdef _Reader reader
    cdef xmlNode *node
    cdef bint collecting
    if facts is None:
        facts = _Facts()
    if isinstance(root, cetree._Element):
        node = (<cetree._Element>root)._c_node
        if node.type == tree.XML_ELEMENT_NODE:
            reader = _Reader()
            collecting = pause_collector()
            try:
                reader.walk(node)
                return tuple(reader.made.blocks), tuple(reader.containers)
            except (_Odd, UnicodeDecodeError):
                pass
            finally:
                resume_collector(collecting)
    return REFERENCES["tree.read_blocks"](root)
