# Features of how prose flows on a page without tags; included by `_features`.

def of_flow(c, of_stop_words, of_capitals, of_sentences, first, behind, of_joined):
    """The features of the stretch of prose that each line stands in, and of what is around it."""
    from cleanarticle.classifier.features import flow

    cdef const float[:] words = c.words, prose = c.prose, joined = of_joined
    cdef const int64_t[:] firsts = first, ends = behind
    cdef Py_ssize_t count = c.count, block, other, offset, row, far = flow.FAR_LINES
    cdef int64_t most = flow.MAX_PLACE
    cdef float[:, ::1] out
    check_sizes(count, (words, prose, joined, firsts, ends))
    beside, widths = flow.BESIDE, flow.WIDTHS
    shown = widths[flow.FIRST_WIDE : flow.LAST_WIDE + 1]
    row = 2 + len(beside) + len(widths) + 3 * len(shown)
    found = np.empty((row + 2 + 4 * len(flow.NEAR_LINES), count), np.float32)
    out = found
    for block in range(count):
        out[0, block] = log_of(min(max(firsts[block] - ends[block - 1], 0), most)) if block else 0
        out[1, block] = joined[block]
    row = 2
    for offset in beside:
        for block in range(count):
            other = block + offset
            out[row, block] = log_of_float(words[other]) if 0 <= other < count else -1
        row += 1
    sums = running(words, of_sentences, of_stop_words, of_capitals, flow.MAX_WORDS)
    means = np.empty((len(widths), count))
    for place, width in enumerate(widths):
        if flow.FIRST_WIDE <= place <= flow.LAST_WIDE:
            other = row + len(widths) + 3 * (place - flow.FIRST_WIDE)
        else:
            other = -1
        within_width(sums, words, width, flow.MAX_WORDS, means[place], out, other)
    np.log1p(means, out=means)
    found[row : row + len(widths)] = means
    row += len(widths) + 3 * len(shown)
    to_prose(prose, far, out[row], out[row + 1])
    row += 2
    for lines in flow.NEAR_LINES:
        stretches(prose, lines, out[row : row + 4])
        row += 4
    return found


cdef running(
    const float[:] words,
    const float[:] sentences,
    const float[:] stop_words,
    const float[:] capitals,
    float most,
):
    """Sums of five sorts over all blocks before each; their values at the end."""
    cdef Py_ssize_t count = words.shape[0], block, row
    cdef double[:, ::1] sums
    cdef float[:, ::1] own
    check_sizes(count, (sentences, stop_words, capitals))
    found, values = np.zeros((5, count + 1)), np.empty((5, count), np.float32)
    sums, own = found, values
    for block in range(count):
        own[0, block] = min(words[block], most)
        own[1, block] = words[block]
        own[2, block] = words[block] * sentences[block]
        own[3, block] = words[block] * stop_words[block]
        own[4, block] = capitals[block]
        for row in range(5):
            sums[row, block + 1] = sums[row, block] + own[row, block]
    return found, values


cdef within_width(
    tuple given,
    const float[:] words,
    Py_ssize_t width,
    float most,
    double[::1] means,
    float[:, ::1] out,
    Py_ssize_t first,
):
    """Mean words within so many blocks on both sides; shares of them from the row `first` on."""
    cdef const double[:, ::1] sums = given[0]
    cdef const float[:, ::1] own = given[1]
    cdef Py_ssize_t count = words.shape[0], block, low, high, size, row
    cdef double whole, part
    for block in range(count):
        low, high = max(block - width, 0), min(block + width + 1, count)
        size = max(high - low - 1, 1)
        means[block] = max((sums[0, high] - sums[0, low] - own[0, block]) / size, 0)
        if first >= 0:
            whole = max((sums[1, high] - sums[1, low] - own[1, block]) / size, 1)
            for row in range(3):
                part = (sums[2 + row, high] - sums[2 + row, low] - own[2 + row, block]) / size
                out[first + row, block] = <float>(part / whole)


cdef void to_prose(
    const float[:] prose, Py_ssize_t far, float[::1] since, float[::1] until
) noexcept nogil:
    """Log of the blocks since the last prose and to the next."""
    cdef Py_ssize_t count = prose.shape[0], block, last = -far
    for block in range(count):
        since[block] = log_of(min(block - last, far))
        if prose[block] > 0:
            last = block
    last = count + far
    for block in range(count - 1, -1, -1):
        until[block] = log_of(min(last - block, far))
        if prose[block] > 0:
            last = block


cdef stretches(const float[:] prose, Py_ssize_t lines, float[:, ::1] out):
    """Of the stretch of prose that each block stands in or behind four numbers."""
    cdef Py_ssize_t count = prose.shape[0], block, first, last = -1, number = 0, other
    cdef Py_ssize_t best = -1
    cdef double whole = 0, own = 0, most = 0
    cdef Py_ssize_t[::1] begins = np.zeros(count + 2, np.intp)  # of each stretch, the first of all 0
    cdef double[::1] held = np.zeros(count + 1)
    for block in range(count):
        if prose[block] > 0:
            if last >= 0 and block - last > lines + 1:
                number += 1
                begins[number] = block
            held[number] += prose[block]
            whole += prose[block]
            last = block
    begins[number + 1] = count
    for other in range(number + 1):
        if held[other] > most:
            most, best = held[other], other
    first, last = 0, count
    if best >= 0:
        first = -1
        for block in range(begins[best], begins[best + 1]):
            if prose[block] > 0:
                last = block
                if first < 0:
                    first = block
    for other in range(number + 1):
        own = 0
        for block in range(begins[other], begins[other + 1]):
            out[0, block] = log_of(held[other])
            out[1, block] = <float>(held[other] / max(whole, 1))
            out[2, block] = signed_log(min(block - first, 0) + max(block - last, 0))
            out[3, block] = <float>(own / max(held[other], 1))
            own += prose[block]
