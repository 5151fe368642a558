# Features of the elements around a block; included by `_features`.

cdef Py_ssize_t best_holder(
    const float[:] prose, const int64_t[:] at, const int64_t[:] parents, const uint8_t[:] holds_text
) except -1:
    """The container that holds most prose paragraph by paragraph."""
    cdef Py_ssize_t block, best = 0
    cdef int64_t holder
    cdef double[::1] held = np.zeros(len(parents))
    for block in range(prose.shape[0]):
        holder = at[block] if holds_text[at[block]] else parents[at[block]]
        held[holder] += prose[block]
        held[parents[holder]] += prose[block] / 2
    for block in range(1, held.shape[0]):
        if held[block] > held[best]:
            best = block
    return best


def around_candidate(c, shares):
    """The features from `in_candidate` to `below_half`; `shares` are those of the page's prose."""
    cdef const int64_t[:, ::1] around = c.ancestors
    cdef const int64_t[:] ends = c.elements.ends, parents = c.elements.parents
    cdef const int64_t[:] depths = c.elements.depths
    cdef const uint8_t[:] holds_text = c.elements.holds_text
    cdef const float[:] prose = c.prose, words = c.words, inside = c.prose_inside
    cdef Py_ssize_t count = c.count, size = len(ends), block, candidate, half = 0, row
    cdef double all_prose = c.all_prose
    cdef float[:, ::1] out
    check_places(around, count, size)
    check_sizes(size, (parents, depths, holds_text, inside))
    check_sizes(count, (prose, words))
    for block in range(size):
        if not 0 <= parents[block] < size:
            raise IndexError("an element that is none of the page")
    found = np.empty((4 + len(shares) + 4, count), np.float32)
    out = found
    candidate = best_holder(prose, around[0], parents, holds_text)
    within(around, candidate, ends[candidate], out[0])
    steps_out(around, ends, candidate, out[1])
    behind(out[0], out[2])
    out[3, :] = <float>(inside[candidate] / all_prose)
    for row in range(len(shares) - 1, -1, -1):  # the first is looked at last
        half = smallest_with(inside, shares[row] * all_prose)
        within(around, half, ends[half], out[4 + row])
    row = 4 + len(shares)
    of_half(words, out[4], out[row], out[row + 1])
    before_in(around[1], words, size, out[row + 2])
    for block in range(count):
        out[row + 3, block] = depths[around[0, block]] - depths[half] if out[4, block] else -1
    return found


cdef Py_ssize_t smallest_with(const float[:] inside, float least) noexcept nogil:
    """The last container that holds so much prose."""
    cdef Py_ssize_t place
    for place in range(inside.shape[0] - 1, 0, -1):
        if inside[place] >= least:
            return place
    return 0


cdef void within(
    const int64_t[:, ::1] around, int64_t first, int64_t end, float[::1] out
) noexcept nogil:
    cdef Py_ssize_t block
    for block in range(out.shape[0]):
        out[block] = first <= around[0, block] < end


cdef void steps_out(
    const int64_t[:, ::1] around, const int64_t[:] ends, int64_t place, float[::1] out
) noexcept nogil:
    """Steps out to an element that holds another."""
    cdef Py_ssize_t block, level
    for block in range(out.shape[0]):
        level = 0
        while level < around.shape[0] and not (
            around[level, block] <= place < ends[around[level, block]]
        ):
            level += 1
        out[block] = level


cdef void behind(const float[::1] is_inside, float[::1] out) noexcept nogil:
    """Signed log of the blocks that a block stands behind some others, or before them."""
    cdef Py_ssize_t count = out.shape[0], block, first = -1, last = -1
    for block in range(count):
        if is_inside[block]:
            last = block
            if first < 0:
                first = block
    for block in range(count):
        out[block] = 0 if first < 0 else signed_log(min(block - first, 0) + max(block - last, 0))


cdef void of_half(
    const float[:] words, const float[::1] is_inside, float[::1] before, float[::1] after
) noexcept nogil:
    """The share of the words inside that stand before each block, and how far the end is."""
    cdef Py_ssize_t count = before.shape[0], block, last = 0
    cdef double whole = 0, running = 0
    for block in range(count):
        if is_inside[block]:
            whole += words[block]
            last = block
    for block in range(count):
        before[block] = after[block] = -1
        if is_inside[block]:
            before[block] = <float>(running / max(whole, 1))
            after[block] = log_of(last - block)
            running += words[block]


cdef before_in(const int64_t[:] owners, const float[:] words, Py_ssize_t size, float[::1] out):
    """Share of the words directly in the same element that stand before each block."""
    cdef Py_ssize_t block
    cdef double[::1] running = np.zeros(size), before = np.empty(len(owners))
    for block in range(owners.shape[0]):
        before[block] = running[owners[block]]
        running[owners[block]] += words[block]
    for block in range(owners.shape[0]):
        out[block] = <float>(before[block] / max(running[owners[block]], 1))


# units ----------------------------------------------------------------------

def of_units(c):
    """Of the inner- and the outermost repeated unit around each block 8 numbers each."""
    cdef const int64_t[:, ::1] around = c.ancestors
    cdef const int64_t[:] alike = c.elements.alike
    cdef const uint8_t[:] is_unit = c.is_unit
    cdef const float[:, :] about = c.about, inside = c.inside
    cdef Py_ssize_t count = c.count, size = len(alike), block, level, far = around.shape[0], row
    cdef Py_ssize_t inner, outer, most = 0
    cdef double all_prose = c.all_prose
    cdef double[:, ::1] sums
    cdef float[:, ::1] out, of_sort
    check_places(around, count, size)
    check_sizes(size, (about[0], inside[0], is_unit))
    if about.shape[0] != 5 or inside.shape[0] != 5:
        raise ValueError("five numbers are known of each element")
    for block in range(size):
        if alike[block] < 0:
            raise IndexError("sorts are numbered from 0")
        most = max(most, alike[block] + 1)
    numbers, ready = np.zeros((3, most)), np.empty((3, most), np.float32)
    sums, of_sort = numbers, ready
    for block in range(size):
        sums[0, alike[block]] += 1
        sums[1, alike[block]] += inside[0, block]
        sums[2, alike[block]] += inside[1, block]
    ready[0] = np.log1p(numbers[0])
    ready[1] = np.log1p(numbers[1] / np.maximum(numbers[0], 1))
    ready[2] = numbers[2] / all_prose
    found = np.empty((16, count), np.float32)
    out = found
    with nogil:
        for block in range(count):
            inner = outer = -1
            for level in range(far):
                row = around[level, block]
                if is_unit[row]:
                    outer = level
                    if inner < 0:
                        inner = level
            unit(around, about, of_sort, alike, inner, block, out[:8])
            unit(around, about, of_sort, alike, outer, block, out[8:])
    return found


cdef void unit(
    const int64_t[:, ::1] around,
    const float[:, :] about,
    const float[:, ::1] of_sort,
    const int64_t[:] alike,
    Py_ssize_t level,
    Py_ssize_t block,
    float[:, ::1] out,
) noexcept nogil:
    """The numbers of one unit, so many levels out; those of none below 0."""
    cdef Py_ssize_t own, row
    if level < 0:
        for row in range(8):
            out[row, block] = -1
        out[0, block], out[6, block] = 0, around.shape[0]
        return
    own = around[level, block]
    out[0, block], out[1, block] = of_sort[0, alike[own]], about[0, own]
    out[2, block], out[3, block] = of_sort[1, alike[own]], about[3, own]
    out[4, block], out[5, block] = about[2, own], about[4, own]
    out[6, block], out[7, block] = level, of_sort[2, alike[own]]
