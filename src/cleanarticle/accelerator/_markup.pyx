# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Twin of `cleanarticle.readers.tidy`: looks at each byte of a page once or twice.

What it cannot tell from ASCII alone, such as a space of another script behind "=", it leaves to
the function in Python.
"""

from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize, PyBytes_GET_SIZE
from cpython.unicode cimport PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ
from libc.string cimport memchr, memcmp, memcpy

from cleanarticle.accelerator import REFERENCES

cdef enum:
    UNKNOWN = -2
    NONE = -1
    CHUNK = 1024

cdef struct Page:
    const unsigned char *text
    Py_ssize_t length
    Py_ssize_t unpaired[2]  # behind here there is no double, no single quotation mark

cdef bint MARKS[256]  # what matters within a tag, beside the values of attributes
for _sign in range(256):
    MARKS[_sign] = _sign in b"<>="

cdef const char *RAW[4]  # tags of raw texts
RAW[0], RAW[1], RAW[2], RAW[3] = "script", "style", "xmp", "textarea"


def tidied(data, Py_ssize_t longest, lightened):
    """Valid UTF-8 markup without control characters, overlong tags and ends of the page."""
    if type(data) is not bytes:
        return REFERENCES["markup.tidied"](data, longest, lightened)
    light = with_light_tags(without_controls(data), longest, lightened)
    if light is None:
        return REFERENCES["markup.tidied"](data, longest, lightened)
    return without_ends(light)


def printable(text):
    """The text without control characters; lone surrogates become U+FFFD."""
    if type(text) is str and is_printable(text):
        return text
    return REFERENCES["markup.printable"](text)


cdef bint is_printable(str text):
    cdef int kind = PyUnicode_KIND(text)
    cdef void *data = PyUnicode_DATA(text)
    cdef Py_ssize_t at
    cdef unsigned int sign
    for at in range(PyUnicode_GET_LENGTH(text)):
        sign = <unsigned int>PyUnicode_READ(kind, data, at)
        if sign < 0x20:
            if sign < 0x09 or sign >= 0x0E:
                return False
        elif sign >= 0x7F and sign != 0x85:
            if sign < 0xA0 or sign - 0xD800 < 0x800 or sign - 0xFFFE < 2:
                return False
    return True


cdef bytes without_controls(bytes data):
    """The page without control characters, U+FFFE and U+FFFF."""
    cdef const unsigned char *text = <const unsigned char *>PyBytes_AS_STRING(data)
    cdef Py_ssize_t length = PyBytes_GET_SIZE(data), at = 0, size, written = 0
    cdef char *into
    if not has_controls(text, length):
        return data
    out = PyBytes_FromStringAndSize(NULL, length)
    into = PyBytes_AS_STRING(out)
    while at < length:
        size = control(text, at, length)
        at += size
        if size == 0:
            into[written] = text[at]
            written += 1
            at += 1
    return out[:written]


cdef bint has_controls(const unsigned char *text, Py_ssize_t length) noexcept nogil:
    cdef Py_ssize_t start, at, end = 0
    cdef unsigned char found, wide, sign
    while end < length:
        start, end = end, min(end + CHUNK, length)
        found = wide = 0
        for at in range(start, end):  # without branches, so that the compiler takes many at once
            sign = text[at]
            found |= (sign < 0x09) | (<unsigned char>(sign - 0x0E) < 0x12) | (sign == 0x7F)
            wide |= (sign == 0xC2) | (sign == 0xEF)
        if found:
            return True
        if wide:
            for at in range(start, end):
                if control(text, at, length):
                    return True
    return False


cdef inline Py_ssize_t control(
    const unsigned char *text, Py_ssize_t at, Py_ssize_t length
) noexcept nogil:
    """The bytes of the control character that stands there, U+FFFE and U+FFFF among them; or 0."""
    cdef unsigned char sign = text[at]
    if sign < 0x80:
        return sign < 0x09 or 0x0E <= sign < 0x20 or sign == 0x7F
    if sign == 0xC2 and at + 1 < length:
        return 2 if text[at + 1] < 0xA0 and text[at + 1] != 0x85 else 0
    if sign == 0xEF and at + 2 < length:
        return 3 if text[at + 1] == 0xBF and text[at + 2] >= 0xBE else 0
    return 0


cdef bytes with_light_tags(bytes data, Py_ssize_t longest, lightened):
    """The page, its overlong tags replaced; None where they cannot be told."""
    cdef Page page
    cdef Py_ssize_t at = 0, end, behind = 0
    cdef list parts = []
    page.text = <const unsigned char *>PyBytes_AS_STRING(data)
    page.length = PyBytes_GET_SIZE(data)
    page.unpaired[0] = page.unpaired[1] = page.length
    while True:
        at = find(&page, b"<", at)
        if at == NONE:
            break
        end = end_of_tag(&page, at)
        if end == UNKNOWN:
            return None
        if end - at > longest:
            tag = data[at:end].decode("utf-8")
            if len(tag) > longest:
                parts += data[behind:at], lightened(tag).encode("utf-8")
                behind = end
        at = behind_tag(&page, at, end)
        if at == UNKNOWN:
            return None
    if not parts:
        return data
    parts.append(data[behind:])
    return b"".join(parts)


cdef Py_ssize_t find(Page *page, unsigned char sign, Py_ssize_t start) noexcept nogil:
    """Where a sign stands next; NONE where it stands nowhere."""
    cdef const void *found
    if start >= page.length:
        return NONE
    found = memchr(page.text + start, sign, page.length - start)
    return NONE if found == NULL else <const unsigned char *>found - page.text


cdef inline bint is_letter(unsigned char sign) noexcept nogil:
    return <unsigned char>((sign | 0x20) - 97) < 26


cdef inline bint is_space(unsigned char sign) noexcept nogil:
    return sign == 0x20 or <unsigned char>(sign - 9) < 5 or <unsigned char>(sign - 0x1C) < 4


cdef Py_ssize_t end_of_tag(Page *page, Py_ssize_t start) noexcept nogil:
    """Behind the tag that "<" opens; NONE where it opens none."""
    cdef Py_ssize_t at = start + 1
    cdef unsigned char sign
    if at >= page.length:
        return NONE
    if page.text[at] >= 0x80:
        return UNKNOWN
    if not is_letter(page.text[at]):
        return NONE
    while at < page.length:
        sign = page.text[at]
        if not MARKS[sign]:
            at += 1
            continue
        if sign == b">":
            return at + 1
        if sign == b"<" and at + 1 < page.length:
            sign = page.text[at + 1]
            if sign >= 0x80:
                return UNKNOWN
            if is_letter(sign) or sign == b"/" or sign == b"!":
                return at
        elif sign == b"=":
            at = behind_value(page, at)
            if at == UNKNOWN:
                return UNKNOWN
            continue
        at += 1
    return page.length


cdef Py_ssize_t behind_value(Page *page, Py_ssize_t start) noexcept nogil:
    """Behind the quoted value that "=" opens, or behind that sign alone where it opens none."""
    cdef Py_ssize_t at = start + 1, end
    cdef unsigned char mark
    cdef int sort
    while at < page.length and is_space(page.text[at]):
        at += 1
    if at >= page.length:
        return start + 1
    mark = page.text[at]
    if mark in (0xC2, 0xE1, 0xE2, 0xE3):  # perhaps a space of more than one byte
        return UNKNOWN
    if mark != b'"' and mark != b"'":
        return start + 1
    sort = mark == b"'"
    if at >= page.unpaired[sort]:
        return start + 1
    end = find(page, mark, at + 1)
    if end == NONE:
        page.unpaired[sort] = at
        return start + 1
    return end + 1


cdef Py_ssize_t behind_tag(Page *page, Py_ssize_t start, Py_ssize_t end) noexcept nogil:
    """Where the search for tags goes on: comments and raw texts are stepped over whole."""
    cdef Py_ssize_t at, size
    cdef int which
    if end == NONE:
        if page.length - start < 4 or memcmp(page.text + start, b"<!--", 4):
            return start + 1
        at = start + 4
        while True:
            at = find(page, b"-", at)
            if at == NONE or at + 2 >= page.length:
                return page.length
            if page.text[at + 1] == b"-" and page.text[at + 2] == b">":
                return at + 3
            at += 1
    for which in range(4):
        size = same_name(page, start + 1, RAW[which])
        if size == UNKNOWN:
            return UNKNOWN
        if size > 0:
            if start + 1 + size < page.length and page.text[start + 1 + size] >= 0x80:
                return UNKNOWN
            if is_end_of_word(page, start + 1 + size):
                return behind_raw(page, end, RAW[which])
    return end


cdef Py_ssize_t same_name(Page *page, Py_ssize_t start, const char *name) noexcept nogil:
    """The length of a name that stands there in any case; 0 where it does not."""
    cdef Py_ssize_t at = 0
    while name[at]:
        if start + at >= page.length:
            return 0
        if page.text[start + at] >= 0x80:  # "İ" and the like may be taken for a letter
            return UNKNOWN
        if (page.text[start + at] | 0x20) != <unsigned char>name[at]:
            return 0
        at += 1
    return at


cdef bint is_end_of_word(Page *page, Py_ssize_t at) noexcept nogil:
    cdef unsigned char sign
    if at >= page.length:
        return True
    sign = page.text[at]
    return not (is_letter(sign) or <unsigned char>(sign - 48) < 10 or sign == b"_")


cdef Py_ssize_t behind_raw(Page *page, Py_ssize_t start, const char *name) noexcept nogil:
    """Behind the "</name" that ends a raw text."""
    cdef Py_ssize_t at = start, size
    while True:
        at = find(page, b"<", at)
        if at == NONE:
            return page.length
        if at + 1 < page.length and page.text[at + 1] == b"/":
            size = same_name(page, at + 2, name)
            if size == UNKNOWN:
                return UNKNOWN
            if size > 0:
                return at + 2 + size
        at += 1


cdef bytes without_ends(bytes data):
    """The page without "</body>" and "</html>"."""
    cdef Page page
    cdef Py_ssize_t first, start, end, behind, removed = 0, written
    cdef char *into
    page.text = <const unsigned char *>PyBytes_AS_STRING(data)
    page.length = PyBytes_GET_SIZE(data)
    first = start = next_end(&page, 0, &end)
    while start != NONE:
        removed += end - start
        start = next_end(&page, end, &end)
    if not removed:
        return data
    out = PyBytes_FromStringAndSize(NULL, page.length - removed)
    into = PyBytes_AS_STRING(out)
    start, behind, written = first, 0, 0
    while True:
        start = next_end(&page, start, &end)
        if start == NONE:
            memcpy(into + written, page.text + behind, page.length - behind)
            return out
        memcpy(into + written, page.text + behind, start - behind)
        written += start - behind
        start = behind = end


cdef Py_ssize_t next_end(Page *page, Py_ssize_t start, Py_ssize_t *behind) noexcept nogil:
    """Where the next end of the page stands, NONE if nowhere; `behind` is set behind it."""
    cdef Py_ssize_t at = start, end, size
    while True:
        at = find(page, b"<", at)
        if at == NONE:
            return NONE
        if at + 1 < page.length and page.text[at + 1] == b"/":
            if same_name(page, at + 2, "body") > 0 or same_name(page, at + 2, "html") > 0:
                end = at + 6
                size = space(page, end)
                while size:
                    end += size
                    size = space(page, end)
                if end < page.length and page.text[end] == b">":
                    behind[0] = end + 1
                    return at
        at += 1


cdef Py_ssize_t space(Page *page, Py_ssize_t at) noexcept nogil:
    """The bytes of the white space of any script that stands there; 0 where none does."""
    cdef unsigned char second, third
    if at >= page.length:
        return 0
    if page.text[at] < 0x80:
        return is_space(page.text[at])
    if at + 1 >= page.length:
        return 0
    second = page.text[at + 1]
    if page.text[at] == 0xC2:
        return 2 if second == 0x85 or second == 0xA0 else 0
    if at + 2 >= page.length:
        return 0
    third = page.text[at + 2]
    if page.text[at] == 0xE1:
        return 3 if second == 0x9A and third == 0x80 else 0
    if page.text[at] == 0xE2 and second == 0x80:
        return 3 if third <= 0x8A or third in (0xA8, 0xA9, 0xAF) else 0
    if page.text[at] == 0xE2:
        return 3 if second == 0x81 and third == 0x9F else 0
    return 3 if page.text[at] == 0xE3 and second == 0x80 and third == 0x80 else 0
