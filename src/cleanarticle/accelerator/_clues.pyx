# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Twins of the loops of clues, strippers and verdicts over the blocks and containers of a page.

They read and fill the slots of records in place. Where something else than a record stands, or a
number that is no small one, the reference does the work.
"""

cimport cython
from cpython.dict cimport PyDict_Contains, PyDict_GetItemWithError
from cpython.mem cimport PyMem_Calloc, PyMem_Free
from cpython.object cimport PyObject, PyTypeObject
from cpython.ref cimport Py_INCREF
from cpython.set cimport PySet_Contains

from cleanarticle.accelerator import REFERENCES


include "records.pxi"


cdef enum:
    MOST = 1 << 30  # words of a block, so that their sums stay numbers of C

# Places of the fields within `_Record.at`.
cdef enum:
    TEXT, WORDS, MARKUP, INDEX

cdef enum:
    OF_BLOCK, KIND, BECAUSE, STRENGTH

cdef enum:
    CONTAINER, LINK_CHARS

cdef enum:
    PARENT, TAG, NAMES, ARIA, IS_HIDDEN

cdef _Record block_record = None
cdef _Record markup_record = None
cdef _Record container_record = None
cdef _Record removal_record = None
cdef _Record verdict_record = None
cdef Py_ssize_t prose_words = 0
cdef double prose_links = 0
cdef double max_share = 0  # of the page's prose: up to it, all names are marks
cdef object never_marked, names_in, marked
cdef dict first_words = None  # of names
cdef dict ranks = None  # of kinds
cdef object other = None


cdef int _learn() except -1:
    """Fetches records and numbers when they are first needed."""
    global block_record, markup_record, container_record, prose_words, prose_links, max_share
    global never_marked, names_in, marked, first_words
    from cleanarticle.clues import phrases
    from cleanarticle.clues.gather import MAX_MARKED_SHARE, MAX_SHARES, NEVER_MARKED
    from cleanarticle.clues.gather import PROSE_LINK_DENSITY, PROSE_WORDS, marked as found_marked
    from cleanarticle.records import Block, Container, Markup

    prose_words, prose_links = PROSE_WORDS, PROSE_LINK_DENSITY
    max_share = min(MAX_MARKED_SHARE, *MAX_SHARES.values())
    never_marked, names_in, marked = NEVER_MARKED, phrases.names_in, found_marked
    first_words = phrases.name_index()
    markup_record = _Record(Markup, "container", "link_chars")
    container_record = _Record(Container, "parent", "tag", "names", "aria", "hidden")
    block_record = _Record(Block, "text", "words", "markup", "index")
    return 0


def totals(blocks, containers):
    """Words, words of prose that is displayed, and of all prose, inside each container."""
    if block_record is None:
        _learn()
    cdef Py_ssize_t count = len(containers)
    cdef long long *sums
    if type(blocks) is not tuple or type(containers) is not tuple:
        return REFERENCES["clues.totals"](blocks, containers)
    sums = <long long *>PyMem_Calloc(3 * count + 1, sizeof(long long))
    if sums == NULL:
        raise MemoryError
    try:
        _add_blocks(<tuple>blocks, <tuple>containers, count, sums)
        _add_inner(<tuple>containers, count, sums)
        return (
            tuple([sums[n] for n in range(count)]),
            tuple([sums[n] for n in range(count, 2 * count)]),
            tuple([sums[n - count] + sums[n] for n in range(2 * count, 3 * count)]),
        )
    except (_Odd, OverflowError, TypeError):
        return REFERENCES["clues.totals"](blocks, containers)
    finally:
        PyMem_Free(sums)


cdef int _add_blocks(tuple blocks, tuple containers, Py_ssize_t count, long long *sums) except -1:
    cdef Py_ssize_t at, length
    cdef long long own
    for block in blocks:
        markup = block_record.get(block_record.checked(block), MARKUP)
        if markup is None:
            continue
        at = markup_record.get(markup_record.checked(markup), CONTAINER)
        own = block_record.get(block, WORDS)
        if at < 0 or at >= count or own < 0 or own > MOST:
            raise _Odd
        sums[at] += own
        if own < prose_words:
            continue
        length = len(<str?>block_record.get(block, TEXT))
        if length == 0:
            raise _Odd
        if <double>(<long long>markup_record.get(markup, LINK_CHARS)) / length < prose_links:
            container = container_record.checked(containers[at])
            at += 2 * count if container_record.get(container, IS_HIDDEN) else count
            sums[at] += own
    return 0


cdef int _add_inner(tuple containers, Py_ssize_t count, long long *sums) except -1:
    """Adds the sums of each container to those of its parent, which stands before it."""
    cdef Py_ssize_t position, parent
    for position in range(count - 1, 0, -1):
        if sums[position]:
            parent = _parent(containers, position)
            sums[parent] += sums[position]
            sums[count + parent] += sums[count + position]
            sums[2 * count + parent] += sums[2 * count + position]
    return 0


cdef inline Py_ssize_t _parent(tuple containers, Py_ssize_t position) except -1:
    container = container_record.checked(containers[position])
    cdef Py_ssize_t parent = container_record.get(container, PARENT)
    if parent < 0 or parent >= position:
        raise _Odd
    return parent


def marks(containers, headed, prose):
    """By container: kind → name, of the names on it and around it."""
    if block_record is None:
        _learn()
    if type(containers) is not tuple or type(headed) is not set or type(prose) is not tuple:
        return REFERENCES["clues.marks"](containers, headed, prose)
    try:
        return tuple(_marks(<tuple>containers, headed, <tuple>prose))
    except (_Odd, OverflowError, TypeError):
        return REFERENCES["clues.marks"](containers, headed, prose)


cdef list _marks(tuple containers, set headed, tuple prose):
    cdef double all_prose = max(prose[0], 1) if prose else 1
    cdef dict kinds = {}, named
    cdef list found = []
    cdef PyObject *known
    cdef Py_ssize_t position
    above = {}
    if len(prose) < len(containers):
        raise _Odd
    for position in range(len(containers)):
        container = container_record.checked(containers[position])
        if position:
            above = found[_parent(containers, position)]
        names = container_record.get(container, NAMES)
        if names and container_record.get(container, TAG) not in never_marked:
            if not PySet_Contains(headed, position):
                known = PyDict_GetItemWithError(kinds, names)
                if known == NULL:
                    named = dict(names_in(names)) or None if _is_telling(names) else None
                    kinds[names] = named
                else:
                    named = <object>known
                if named is not None:
                    above = _marked(above, named, <double>prose[position] / all_prose)
        found.append(above)
    return found


cdef dict _marked(dict above, dict named, double share):
    """The marks above a container and its own, where it holds few enough of the page's prose."""
    if share > max_share:
        return marked(above, named, share)
    if not above:
        return named
    above = above.copy()
    above.update(named)
    return above


cdef bint _is_telling(names) except -1:
    """Whether one of the names is the first word of one that tells something."""
    for name in <tuple?>names:
        if PyDict_Contains(first_words, name):
            return True
    return False


def named(blocks, marks):
    """By kind: the blocks inside a mark with its name, in page order."""
    if block_record is None:
        _learn()
    cdef dict found = {}
    cdef PyObject *own
    cdef Py_ssize_t at
    try:
        for block in blocks:
            markup = block_record.get(block_record.checked(block), MARKUP)
            if markup is None:
                continue
            at = markup_record.get(markup_record.checked(markup), CONTAINER)
            if at < 0 or at >= len(<tuple?>marks):
                raise _Odd
            for kind, name in (<dict?>(<tuple>marks)[at]).items():
                own = PyDict_GetItemWithError(found, kind)
                if own == NULL:
                    found[kind] = [(block, name)]
                else:
                    (<list>own).append((block, name))
    except (_Odd, TypeError, OverflowError):
        return REFERENCES["clues.named"](blocks, marks)
    return found


def nearest(containers, tags, roles=()):
    """By container: the innermost one with one of the tags or ARIA roles, itself or around it."""
    if block_record is None:
        _learn()
    cdef list found = []
    cdef Py_ssize_t position
    cdef bint has_roles = bool(roles)
    if type(containers) is not tuple:
        return REFERENCES["clues.nearest"](containers, tags, roles)
    try:
        for position in range(len(<tuple>containers)):
            container = container_record.checked((<tuple>containers)[position])
            if container_record.get(container, TAG) in tags or (
                has_roles and container_record.get(container, ARIA) in roles
            ):
                found.append(container)
            else:
                found.append(found[_parent(<tuple>containers, position)] if position else None)
    except (_Odd, OverflowError):
        return REFERENCES["clues.nearest"](containers, tags, roles)
    return found


cdef int _learn_results() except -1:
    global removal_record, verdict_record, ranks, other
    from cleanarticle.decide import RANK
    from cleanarticle.records import Kind
    from cleanarticle.records import Removal as removal
    from cleanarticle.records import Verdict as verdict

    verdict_record = _Record(verdict, "block", "kept", "score", "kind", "because").whole()
    ranks, other = RANK, Kind.OTHER
    removal_record = _Record(removal, "block", "kind", "because", "strength").whole()
    return 0


def Removal(block, kind, because, strength=1.0):
    """A stripper's vote against a block."""
    if removal_record is None:
        _learn_results()
    new = removal_record.new()
    removal_record.put(new, 0, block)
    removal_record.put(new, 1, kind)
    removal_record.put(new, 2, because)
    removal_record.put(new, 3, strength)
    return new


def by_score(blocks, scores, votes, limit, vetoes):
    """One verdict a block: the scores have weighed the votes; only a veto is stronger."""
    if block_record is None:
        _learn()
    if removal_record is None:
        _learn_results()
    cdef list found
    if not isinstance(votes, dict) or not isinstance(vetoes, dict):
        return REFERENCES["clues.by_score"](blocks, scores, votes, limit, vetoes)
    try:
        found = []
        for block, score in zip(blocks, scores, strict=True):
            found.append(_judged(block, score, <dict>votes, limit, <dict>vetoes))
        return found
    except (_Odd, TypeError, KeyError, OverflowError):
        return REFERENCES["clues.by_score"](blocks, scores, votes, limit, vetoes)


cdef object _judged(block, score, dict votes, limit, dict vetoes):
    cdef PyObject *own = PyDict_GetItemWithError(
        votes, block_record.get(block_record.checked(block), INDEX)
    )
    cdef double value = score, least = limit
    vote = None
    if own != NULL and <object>own:
        vote = _strongest(<list?><object>own, vetoes, block_record.get(block, WORDS))
        if vote is None and value < least:
            vote = _strongest(<list><object>own, None, 0)
    if vote is not None:
        kind, because = removal_record.get(vote, KIND), removal_record.get(vote, BECAUSE)
        return _verdict(block, False, score, kind, because)
    if value < least:
        because = f"scores {score:.2f} as content, below {limit:.2f}"
        return _verdict(block, False, score, other, because)
    return _verdict(block, True, score, None, "")


cdef object _strongest(list votes, dict vetoes, long long words):
    """The strongest vote, of those that are vetoes where these are given."""
    cdef double strength, most = 0
    cdef Py_ssize_t rank, first = 0
    cdef PyObject *veto
    found = None
    for vote in votes:
        kind = removal_record.get(removal_record.checked(vote), KIND)
        strength = removal_record.get(vote, STRENGTH)
        if vetoes is not None:
            veto = PyDict_GetItemWithError(vetoes, kind)
            if veto == NULL:
                continue
            least, at_most = <tuple?><object>veto
            if not strength >= <double>least or words > <long long>at_most:
                continue
        rank = ranks[kind]
        if found is None or strength > most or (strength == most and rank < first):
            found, most, first = vote, strength, rank
    return found


cdef object _verdict(block, kept, score, kind, because):
    new = verdict_record.new()
    verdict_record.put(new, 0, block)
    verdict_record.put(new, 1, kept)
    verdict_record.put(new, 2, score)
    verdict_record.put(new, 3, kind)
    verdict_record.put(new, 4, because)
    return new
