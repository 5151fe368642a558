"""Packed bytes: told by their first bytes, never unpacked further than asked."""

import gzip
import io
import zlib
from collections.abc import Callable
from typing import IO, Any, Protocol, cast

from cleanarticle.errors import MissingExtra

GZIP_MAGIC = b"\x1f\x8b"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
_SKIPPABLE = b"\x2a\x4d\x18"  # bytes 2 to 4 of a zstd frame that holds no data
HEAD_BYTES = 1 << 18  # nothing of a zstd block is unpacked before its end: 128 KiB at most
_FIRST = 8192  # bytes that are enough of what is not zstd
_FEED = 512  # of a zstd frame; they unpack to 16 MB at most, being 4 bytes a block of 128 KiB
_MAX_LAYERS = 2  # some crawlers pack what the server had packed already
FAULTS = (EOFError, OSError, zlib.error)  # what reading packed data may raise


class Stream(Protocol):
    """What bytes are read from."""

    def read(self, size: int, /) -> bytes:
        """As many bytes, or fewer; none at the end."""

    def seek(self, offset: int, /) -> int:
        """Go to a place, told in bytes from the start."""


def is_zstd(head: bytes) -> bool:
    """Whether a file that begins so is packed with zstd."""
    return head.startswith(ZSTD_MAGIC) or (head[1:4] == _SKIPPABLE and head[0] >> 4 == 5)


def unpacked(file: IO[bytes]) -> IO[bytes]:
    """The contents of a buffered file: unpacked where it is gzip or zstd, else the file itself.

    Reading raises one of `FAULTS` where the data is broken or cut off.

    Raises:
        MissingExtra: the data is zstd, and zstandard cannot be imported.
    """
    head = cast("Any", file).peek(HEAD_BYTES)[:4]
    if head.startswith(GZIP_MAGIC):
        return cast("IO[bytes]", gzip.GzipFile(fileobj=file))
    if is_zstd(head):
        return io.BufferedReader(_Zstd(file))
    return file


def peekable(stream: IO[bytes]) -> IO[bytes]:
    """The stream as a buffered file whose first bytes can be peeked at, also of a pipe.

    They are as many as `preview` needs. To peek raises an OSError where none can be read.
    """
    head, _more, file = ahead(stream, _FIRST)
    return ahead(file, HEAD_BYTES)[2] if is_zstd(head) else file


def ahead(stream: IO[bytes], size: int) -> tuple[bytes, bool, IO[bytes]]:
    """The first bytes of a stream, whether more may follow, and the stream with them unread.

    A fault within these bytes is raised where the stream is read that far.
    """
    head, fault = bytearray(), None
    read = _single(stream)
    try:
        while len(head) < size and (more := read(size - len(head))):
            head += more
    except FAULTS as error:
        fault = error
    more_follows = fault is not None or len(head) == size
    return bytes(head), more_follows, _buffered(bytes(head), stream, fault)


def preview(head: bytes, size: int) -> bytes:
    """The first `size` bytes of what begins with `head`, unpacked; fewer where it is broken.

    Raises:
        MissingExtra: the data is zstd, and zstandard cannot be imported.
    """
    with unpacked(io.BufferedReader(io.BytesIO(head))) as contents:
        return ahead(contents, size)[0]


def read_up_to(stream: Stream, size: int) -> bytes:
    """`size` bytes, fewer only where the stream ends."""
    out = bytearray()
    while len(out) < size and (chunk := stream.read(min(size - len(out), 1 << 20))):
        out += chunk
    return bytes(out)


def without_gzip(page: bytes, limit: int) -> bytes:
    """A page that is gzip data after all, unpacked to no more than `limit` + 1 bytes.

    What cannot be unpacked is left as it is: a reader of pages tells why.
    """
    for _layer in range(_MAX_LAYERS):
        if not page.startswith(GZIP_MAGIC):
            break
        with gzip.GzipFile(fileobj=io.BytesIO(page)) as stream:
            try:
                page = read_up_to(stream, limit + 1)
            except FAULTS:
                break
    return page


def _buffered(head: bytes, stream: IO[bytes], fault: Exception | None) -> IO[bytes]:
    return io.BufferedReader(_Ahead(head, stream, fault), max(len(head), _FIRST))


def _single(stream: IO[bytes]) -> Callable[[int], bytes]:
    """A reader of no more than one step: where the next one fails, its bytes are not lost."""
    return getattr(stream, "read1", stream.read)


class _Ahead(io.RawIOBase):
    """A stream of which the first bytes have been read, maybe up to a fault."""

    def __init__(self, head: bytes, stream: IO[bytes], fault: Exception | None = None) -> None:
        self._head, self._stream, self._fault = head, stream, fault

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._fault is not None and not self._head:
            raise self._fault
        data = self._head or _single(self._stream)(len(buffer))
        size = min(len(data), len(buffer))
        buffer[:size] = data[:size]
        self._head = self._head[size:]
        return size


class _Zstd(io.RawIOBase):
    """The contents of zstd frames, one after the other.

    zstandard's own stream reader ends silently within a frame that is cut off; this one raises.
    """

    def __init__(self, file: IO[bytes]) -> None:
        try:
            import zstandard
        except ImportError as error:
            message = "reading .zst needs zstandard: pip install 'cleanarticle[zstd]'"
            raise MissingExtra(message) from error
        self._file, self._packed, self._out = file, b"", memoryview(b"")
        self._fault, self._frames = zstandard.ZstdError, zstandard.ZstdDecompressor()
        self._frame: Any = None  # None between frames

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._out and (self._packed or self._load()):
            self._step()
        size = min(len(self._out), len(buffer))
        buffer[:size] = self._out[:size]
        self._out = self._out[size:]
        return size

    def _load(self) -> bool:
        self._packed = self._file.read(_FEED)
        if not self._packed and self._frame is not None:
            raise EOFError("the zstd data is cut off")
        return bool(self._packed)

    def _step(self) -> None:
        if self._frame is None:
            self._frame = self._frames.decompressobj()
        try:
            self._out = memoryview(self._frame.decompress(self._packed))
        except self._fault as error:
            raise OSError(f"broken zstd data: {error}") from error
        self._packed = self._frame.unused_data if self._frame.eof else b""
        if self._frame.eof:
            self._frame = None
