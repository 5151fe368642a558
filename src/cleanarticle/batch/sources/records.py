"""A tape cut into the records of a WARC, each accounted for once, whatever its length claims.

FastWARC's own iterator is not used for this: it takes the following records in where a length is
too large, says nothing where a file is cut off, and ends at the first broken member or length.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cleanarticle.batch.sources.tape import CHUNK, Tape
from cleanarticle.errors import MissingExtra

Headers = dict[str, list[str]]  # name in small letters → its values
MAX_HEAD = 32 << 10  # bytes of the header of a record or of HTTP; FastWARC reads no longer one
BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_LINE_END = re.compile(rb"\r?\n")
_MARK = b"WARC/"
_START = re.compile(rb"\nWARC/[01]\.\d\d?\r?\n[A-Za-z][\w-]*[ \t]*:")
_NO_RECORD = "no WARC record can be found"
_NO_END = "the header of the record has no end, or is too long"
_OVERLAP = 100  # bytes; more than a match of _START needs
_AFTER = 64  # bytes behind a record that are looked at: blank lines, then the next record


@dataclass(slots=True)
class Record:
    """A record, or a part of the file in which none can be found."""

    place: str  # where it starts
    headers: Headers = field(default_factory=dict)  # empty where there is no record
    content: bytes = b""
    cut: bool = False  # the content is longer than may be read: these are its first bytes
    fault: str = ""
    ends: bool = False  # with the fault the stretch ends; what else was in it is unknown

    @property
    def type(self) -> str:
        """The value of WARC-Type."""
        return value_of(self.headers, "warc-type").lower()


def value_of(headers: Headers, name: str) -> str:
    """The first value of a field named in small letters; empty where there is none."""
    return headers.get(name, [""])[0].strip()


def headers_of(head: bytes) -> Headers:
    """The fields of a header, from its first line to the blank one; empty where it is broken.

    Raises:
        MissingExtra: FastWARC cannot be imported.
    """
    try:
        from fastwarc.warc import HeaderMap
    except ImportError as error:
        message = "reading WARC needs FastWARC: pip install 'cleanarticle[warc]'"
        raise MissingExtra(message) from error
    parsed, headers = HeaderMap(), Headers()
    try:
        parsed.parse(io.BytesIO(_LINE_END.sub(b"\r\n", head)))
    except OSError:  # longer than FastWARC allows
        return headers
    for name, value in parsed.to_tuples():
        headers.setdefault(name.lower(), []).append(value)
    return headers


def records(tape: Tape, limit: int) -> Iterator[Record]:
    """All records of all stretches; of one longer than `limit` bytes only the first bytes.

    A record that gives no page, as a request, is passed over where only its length is false and it
    had a member of gzip to itself. Else its fault may have cost another record, and that is said.
    """
    while tape.advance():
        for number, record in enumerate(_of_stretch(tape, limit)):
            if not record.fault or not record.headers or may_be_page(record):
                yield record
            elif tape.fault or number or not (record.ends and tape.has_members):
                yield Record(record.place, fault=record.fault)


def may_be_page(record: Record) -> bool:
    """Whether a record is of a type that carries pages."""
    return record.type in ("response", "conversion", "resource")


def _of_stretch(tape: Tape, limit: int) -> Iterator[Record]:
    while True:
        place = tape.place
        if not _skip_blank(tape):
            if tape.fault:
                yield Record(place, fault=tape.fault, ends=True)
            return
        record = Record(tape.place)
        is_record = tape.held.startswith(_MARK)
        if is_record and (head := _head(tape)):
            record.headers = headers_of(head)
            _read(tape, record, limit)
        else:
            record.fault = tape.fault or (_NO_END if is_record else _NO_RECORD)
            record.ends = not _to_next_start(tape)
        yield record
        if record.ends:
            return


def _skip_blank(tape: Tape) -> bool:
    """Go on to the next byte that is no line end; False where the stretch ends."""
    while tape.fill(5):
        blank = len(tape.held) - len(tape.held.lstrip(b"\r\n"))
        if not blank:
            return True
        tape.drop(blank)
    return False


def _head(tape: Tape) -> bytes:
    """The header of the record, with its blank line; empty where it has no end."""
    while (end := BLANK_LINE.search(tape.held, 0, MAX_HEAD)) is None:
        there = len(tape.held)
        if there >= MAX_HEAD or (not tape.more() and tape.fill(there + 1) == there):
            return b""
    head = bytes(tape.held[: end.end()])
    tape.drop(len(head))
    return head


def _read(tape: Tape, record: Record, limit: int) -> None:
    """Take the content of a record, and find out whether its length is true."""
    length = _length(record.headers)
    if length is None:
        record.fault = "the record has no Content-Length"
        record.ends = not _to_next_start(tape)
    elif length > limit:
        _read_cut(tape, record, length)
    elif _ends_well(tape, length):
        record.content = bytes(tape.held[:length])
        tape.drop(length)
        if tape.fault and not tape.held.strip():
            record.fault, record.ends = tape.fault, True
    else:
        record.fault = _false_length(tape, length, len(tape.held))
        record.ends = not _to_next_start(tape)


def _read_cut(tape: Tape, record: Record, length: int) -> None:
    """Pass over a long content, of which the first bytes are kept."""
    kept = min(length, MAX_HEAD)
    tape.fill(kept)
    record.content, record.cut = bytes(tape.held[:kept]), True
    start, left, next_start = tape.dropped, length, -1
    while left > CHUNK and tape.fill(min(left, 2 * CHUNK)) > CHUNK:
        if next_start < 0 and (found := _START.search(tape.held, 0, CHUNK + _OVERLAP)):
            next_start = tape.dropped + found.start() + 1
        tape.drop(CHUNK)
        left -= CHUNK
    if _ends_well(tape, left):
        tape.drop(left)
        if tape.fault and not tape.held.strip():
            record.fault, record.ends = tape.fault, True
        return
    record.fault = _false_length(tape, length, tape.dropped - start + len(tape.held))
    if next_start < 0:
        record.ends = not _to_next_start(tape)
    elif not tape.back(next_start):
        record.fault += ", and what it takes in cannot be read again"
        record.ends = not _to_next_start(tape)


def _length(headers: Headers) -> int | None:
    value = value_of(headers, "content-length")
    return int(value) if re.fullmatch(r"[0-9]{1,18}", value) else None


def _ends_well(tape: Tape, length: int) -> bool:
    """Whether the stretch or another record comes after so many bytes, or at least a blank line.

    What follows the end of a record, or of a member of gzip, may be broken: that is no fault of
    this record.
    """
    if tape.fill(length) < length:
        return False
    while True:
        behind = bytes(tape.held[length : length + _AFTER])
        after = behind.lstrip(b"\r\n")
        if not _MARK.startswith(after[: len(_MARK)]):
            return bool(BLANK_LINE.match(behind)) and not _START.search(tape.held, 0, length)
        if len(after) >= len(_MARK) or len(behind) == _AFTER:
            return True
        there = len(tape.held)
        if not tape.more() and (not after or tape.fill(there + 1) == there):
            return not after


def _false_length(tape: Tape, length: int, there: int) -> str:
    if (tape.fault or there < length) and not _START.search(tape.held):
        return tape.fault or f"the record is cut off: {there} of {length} bytes"
    return f"Content-Length {length} is false: the record does not end there"


def _to_next_start(tape: Tape) -> bool:
    """Go on to the next line that starts a record; False where there is none in the stretch."""
    while True:
        there = tape.fill(CHUNK)
        if found := _START.search(tape.held):
            tape.drop(found.start() + 1)
            return True
        tape.drop(there if there < CHUNK else there - _OVERLAP)
        if there < CHUNK:
            return False
