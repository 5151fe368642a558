# What the Python side says of tags, attributes and characters; included by `_tree`.

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

# Of attributes: their place in `_Attributes.found`; those after the last are labels.
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
    MOST_CHARS = 500  # of names

cdef enum:
    WHITE = 1
    UNSEEN = 2

cdef enum:
    PARAGRAPH = 0
    HEADING = 1
    LIST_ITEM = 2
    QUOTE = 3
    CODE = 4
    TABLE_ROW = 5

_ATTRIBUTES = tuple(b"class id role hidden aria-hidden style open href start".split())

_ROLES = "PARAGRAPH HEADING LIST_ITEM QUOTE CODE TABLE_ROW"
_BLOCK = tuple("index text words run role level marker spans markup place goes_on".split())
_CONTAINER = tuple("parent tag names labels aria hidden noscript".split())

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
    cdef Py_ssize_t max_depth, max_name, prose
    cdef object root, lines, pieces, about, count

    def __init__(self):
        from cleanarticle import records
        from cleanarticle.language import words
        from cleanarticle.readers import attributes, blocks, lines, pieces

        Role, self.lines, self.pieces, self.about = records.Role, lines, pieces, attributes
        self.count = words.count
        self.block = _Record(records.Block, *_BLOCK).whole()
        self.markup = _Record(
            records.Markup, "tag", "container", "link_chars", "control"
        ).whole()
        self.container = _Record(records.Container, *_CONTAINER).whole()
        self.span = _Record(records.Span, "start", "end", "style", "href").whole()
        self.root = records.Container(parent=-1, tag="")
        self.roles = tuple(getattr(Role, name) for name in _ROLES.split())
        self.styles = tuple(records.Style)
        self.attributes = _ATTRIBUTES + tuple(name.encode() for name in attributes.LABELS)
        self.hiding = tuple(sorted(name.encode() for name in attributes.HIDING_CLASSES))
        if len(self.attributes) > MOST or attributes.MAX_NAME_CHARS > MOST_CHARS:
            raise TypeError("the attributes are more than the twin has room for")
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
        self.sign(("ol",), ORDERED)
        self.sign(("tr",), ROW)
        self.sign(("noscript",), NOSCRIPT)
        self.sign(("dialog",), DIALOG)
        self.sign(("a",), ANCHOR)
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


cdef _Facts facts = None
