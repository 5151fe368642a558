# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Twin of `cleanarticle.readers.structured`: one walk over the nodes of libxml2."""

from libc.string cimport strcmp
from lxml.includes cimport etreepublic as cetree
from lxml.includes.tree cimport (
    XML_ELEMENT_NODE,
    XML_HTML_DOCUMENT_NODE,
    xmlAttr,
    xmlNode,
)

from cleanarticle.accelerator import REFERENCES

cetree.import_lxml__etree()

cdef enum:
    MAX_SORTS = 16

cdef struct Sort:
    const char *tag
    const char *attribute
    const char *part


def telling_elements(root, sorts, Py_ssize_t most, names_byline):
    """The elements that may tell something about the page, by sort and in page order."""
    cdef cetree._Element top
    if isinstance(root, cetree._Element) and len(sorts) <= MAX_SORTS:
        top = root
        if top._c_node.doc.type == XML_HTML_DOCUMENT_NODE:  # others may have values by default
            return sorted_out(top, sorts, most, names_byline)
    return REFERENCES["declared.telling_elements"](root, sorts, most, names_byline)


cdef list sorted_out(cetree._Element top, sorts, Py_ssize_t most, names_byline):
    cdef list encoded = [[word.encode() for word in words] for words in sorts]
    cdef list tagged = [[] for _words in sorts], items = [], authors = [], bylines = []
    cdef Sort told[MAX_SORTS]
    cdef int count = len(encoded), which
    cdef Py_ssize_t links = 0
    cdef xmlNode *node = top._c_node
    cdef xmlAttr *attribute
    cdef const char *name
    for which in range(count):
        told[which].tag, told[which].attribute, told[which].part = encoded[which]
    while node != NULL:
        for which in range(count):
            if is_of_sort(node, &told[which]):
                (<list>tagged[which]).append(cetree.elementFactory(top._doc, node))
        attribute = node.properties if node != top._c_node else NULL
        while attribute != NULL:
            name = <const char *>attribute.name
            if attribute.ns != NULL:
                pass
            elif name[0] == b"c" and strcmp(name, "class") == 0:
                if len(bylines) < most and is_byline(node, attribute, names_byline):
                    bylines.append(cetree.elementFactory(top._doc, node))
            elif name[0] == b"i" and strcmp(name, "itemprop") == 0:
                if len(items) < most:
                    items.append(cetree.elementFactory(top._doc, node))
            elif name[0] == b"r" and strcmp(name, "rel") == 0 and is_named(node, "a"):
                links += 1
                if links <= most and may_hold(attribute, "author"):
                    authors.append(cetree.elementFactory(top._doc, node))
            attribute = attribute.next
        node = next_element(top._c_node, node)
    return [*tagged, items, authors, bylines]


cdef inline bint is_named(xmlNode *node, const char *tag) noexcept nogil:
    cdef const char *name = <const char *>node.name
    if name[0] != tag[0] or strcmp(name, tag):
        return False
    return node.ns == NULL or node.ns.href == NULL


cdef bint is_of_sort(xmlNode *node, Sort *sort) noexcept nogil:
    cdef xmlAttr *attribute
    if not is_named(node, sort.tag):
        return False
    if not sort.attribute[0]:
        return True
    attribute = node.properties
    while attribute != NULL:
        if attribute.ns == NULL and strcmp(<const char *>attribute.name, sort.attribute) == 0:
            return may_hold(attribute, sort.part)
        attribute = attribute.next
    return False


cdef bint is_byline(xmlNode *node, xmlAttr *attribute, names_byline) except -1:
    if not may_hold(attribute, "author") and not may_hold(attribute, "byl"):
        return False
    return bool(names_byline(cetree.attributeValue(node, attribute)))


cdef bint may_hold(xmlAttr *attribute, const char *part) noexcept nogil:
    """Whether a part stands in the value of an attribute, in any case."""
    cdef xmlNode *value = attribute.children
    cdef const char *text
    if not part[0]:
        return True
    while value != NULL:  # one node in trees of HTML
        text = <const char *>value.content
        while text != NULL and text[0]:
            if lower(text[0]) == part[0] and stands_at(text, part):
                return True
            text += 1
        value = value.next
    return False


cdef inline char lower(char sign) noexcept nogil:
    return sign + 32 if b"A" <= sign <= b"Z" else sign


cdef bint stands_at(const char *text, const char *word) noexcept nogil:
    while word[0]:
        if lower(text[0]) != word[0]:
            return False
        text += 1
        word += 1
    return True


cdef xmlNode *next_element(xmlNode *top, xmlNode *node) noexcept nogil:
    """The element behind one in page order; NULL behind the last one of the tree."""
    cdef xmlNode *at = first_element(node.children)
    while at == NULL and node != top:
        at = first_element(node.next)
        node = node.parent
    return at


cdef xmlNode *first_element(xmlNode *node) noexcept nogil:
    while node != NULL and node.type != XML_ELEMENT_NODE:
        node = node.next
    return node
