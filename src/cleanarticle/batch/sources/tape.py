"""The unpacked bytes of an archive, in stretches that can be read even where others are broken."""

import zlib
from collections.abc import Callable

from cleanarticle.batch.sources.compressed import FAULTS, GZIP_MAGIC, Stream

CHUNK = 1 << 16
_MEMBER = GZIP_MAGIC + b"\x08"  # how a member of gzip starts: the only method there is
_RECORD = b"WARC/"
_PEEK = 4096  # packed bytes that are enough to see how a member begins
_UNPACK = 1 << 20  # bytes unpacked at once
_OVERLAP = len(_MEMBER) - 1


class Tape:
    """An archive that is not packed, or one packed as a whole: a single stretch.

    `held` is what has been read and not been dropped. Nothing is read behind the end of a stretch
    until `advance` is called.
    """

    has_members = False

    def __init__(self, file: Stream, *, rewinds: bool, step: int = CHUNK) -> None:
        self._file, self._rewinds, self._step = file, rewinds, step
        # a single read of the disk: where a second one fails, the first one's bytes are not lost
        self._read: Callable[[int], bytes] = getattr(file, "read1", file.read)
        self.held = bytearray()
        self.dropped = 0  # bytes of the stretch before `held`
        self.fault = ""  # why the stretch ends before its time
        self._started = False

    @property
    def place(self) -> str:
        """Where in the file `held` begins."""
        return f"byte {self.dropped}"

    def advance(self) -> bool:
        """Go to the start of the next stretch; False where there is none."""
        started, self._started = self._started, True
        return not started

    def fill(self, size: int) -> int:
        """Hold `size` bytes, fewer only where the stretch ends; says how many are held."""
        while len(self.held) < size and (chunk := self._chunk()):
            self.held += chunk
        return len(self.held)

    def more(self) -> bool:
        """Hold more; False where the stretch ends, or a part of it that was packed by itself."""
        chunk = self._chunk()
        self.held += chunk
        return bool(chunk)

    def drop(self, size: int) -> None:
        """Go on by `size` of the bytes held."""
        del self.held[:size]
        self.dropped += size

    def back(self, place: int) -> bool:
        """Return to a place of the stretch, told by `dropped`; False where that cannot be done."""
        if not self._rewinds:
            return False
        self._file.seek(place)
        self.held.clear()
        self.dropped, self.fault = place, ""
        return True

    def _chunk(self) -> bytes:
        """More of the stretch; empty at its end."""
        if self.fault:
            return b""
        try:
            return self._read(self._step)
        except FAULTS as error:
            self.fault = str(error)
            return b""


class GzipTape(Tape):
    """An archive of gzip members. A member that begins with a record begins a stretch.

    Other members go on where the one before them ended, so it does not matter whether a writer
    made a member of each record, of many, or of parts of one. Behind broken data the next stretch
    is searched for.
    """

    has_members = True

    def __init__(self, file: Stream, *, rewinds: bool) -> None:
        super().__init__(file, rewinds=rewinds)
        self._packed = bytearray()  # read and not unpacked
        self._offset = 0  # of `_packed` in the file
        self._stretch = 0  # where the stretch begins in the file
        self._member_at = 0
        self._place = 0  # of the member in which `held` begins, or of one before it
        self._member: zlib._Decompress | None = None
        self._ended = True  # the stretch; what comes next is at `_offset`

    @property
    def place(self) -> str:
        """The first byte of a member: places within it are no places of the file."""
        return f"byte {self._place}"

    def advance(self) -> bool:
        """Go to the start of the next stretch; False where there is none."""
        if self.fault and not self._search():
            return False
        self._skip_padding()
        self.held.clear()
        self.dropped, self.fault = 0, ""
        self._stretch, self._ended, self._member = self._offset, False, None
        if self._packed:
            self._open()
        return bool(self._packed)

    def more(self) -> bool:
        """Hold more; False where the stretch or a member ends."""
        while self._member is not None and not self._ended:
            if out := self._unpack():
                self.held += out
                return True
        return False

    def back(self, place: int) -> bool:
        """Return to a place of the stretch by unpacking it again; False where it cannot be done."""
        if not self._rewinds:
            return False
        self._go(self._stretch)
        self.advance()
        while self.dropped < place and self.fill(1):
            self.drop(min(len(self.held), place - self.dropped))
        return True

    def _chunk(self) -> bytes:
        while not self._ended:
            if self._member is None:
                self._go_on()
            elif out := self._unpack():
                return out
        return b""

    def _open(self) -> None:
        """Begin to unpack the member at hand, if it is one."""
        if not self.held.strip(b"\r\n"):
            self._place = self._offset
        self._load(len(_MEMBER))  # a read may have ended within its first bytes
        if self._packed.startswith(_MEMBER):
            self._member, self._member_at = zlib.decompressobj(31), self._offset
        else:
            self._break("no gzip data")

    def _go_on(self) -> None:
        """After a member: into the next one, unless a stretch or something else begins there."""
        self._skip_padding()
        if self._packed and self._begins() == b"":
            self._open()
        else:
            self._ended = True

    def _begins(self) -> bytes | None:
        """The first bytes in the member at hand: empty of one in the middle of a stretch.

        None where no member can be read.
        """
        self._load(_PEEK)
        if not self._packed.startswith(_MEMBER):
            return None
        member = zlib.decompressobj(31)
        try:
            first = member.decompress(bytes(self._packed[:_PEEK]), len(_RECORD))
        except zlib.error:
            return None
        if first == _RECORD:
            return first
        return b"" if member.eof or not _RECORD.startswith(first) else None

    def _unpack(self) -> bytes:
        assert self._member is not None
        if not self._load(1):
            self._break("the gzip data is cut off")
            return b""
        data, before = bytes(self._packed[:CHUNK]), self._member.copy()
        try:
            out = self._member.decompress(data, _UNPACK)
        except zlib.error:
            self._break("broken gzip data")
            return _salvage(before, data)
        rest = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
        self._use(len(data) - len(rest))
        if self._member.eof:
            self._member = None
        return out

    def _break(self, fault: str) -> None:
        self.fault, self._ended = fault, True

    def _search(self) -> bool:
        """Go to the next member that begins with a record; False where there is none.

        From the second byte of the broken member on: the data of one that was cut off may have
        taken others in.
        """
        start = self._member_at if self._member is not None else self._offset
        if self._rewinds:
            self._go(start)
        self._load(1)
        self._use(min(1, len(self._packed)))
        while self._load(_PEEK) > _OVERLAP:
            found = self._packed.find(_MEMBER)
            self._use(found if found >= 0 else len(self._packed) - _OVERLAP)
            if found >= 0:
                if self._begins() == _RECORD:
                    return True
                self._use(1)
        return False

    def _load(self, size: int) -> int:
        """Have `size` packed bytes, fewer only where the file ends; says how many there are."""
        while len(self._packed) < size and (chunk := self._read(self._step)):
            self._packed += chunk
        return len(self._packed)

    def _use(self, size: int) -> None:
        del self._packed[:size]
        self._offset += size

    def _go(self, offset: int) -> None:
        self._file.seek(offset)
        self._packed.clear()
        self._offset = offset
        self.fault = ""

    def _skip_padding(self) -> None:
        """Zeros fill the last block of a tape."""
        while self._load(1) and self._packed[0] == 0:
            self._use(len(self._packed) - len(self._packed.lstrip(b"\0")))


def _salvage(member: "zlib._Decompress", data: bytes) -> bytes:
    """What a member gives before it breaks; zlib itself gives nothing of the call that fails."""
    out = bytearray()
    try:
        for i in range(len(data)):
            out += member.decompress(data[i : i + 1], _UNPACK - len(out))
            if len(out) == _UNPACK:
                break
    except zlib.error:
        pass
    return bytes(out)
