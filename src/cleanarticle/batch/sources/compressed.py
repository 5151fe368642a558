"""Packed bytes: told by their first bytes, never unpacked further than asked."""

import gzip
import io
import zlib
from typing import IO, Any, Protocol, cast

from cleanarticle.errors import MissingExtra

GZIP_MAGIC = b"\x1f\x8b"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
_SKIPPABLE = b"\x2a\x4d\x18"  # bytes 2 to 4 of a zstd frame that holds no data
HEAD_BYTES = 8192
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
    """The stream as a buffered file whose first `HEAD_BYTES` can be peeked at, also of a pipe."""
    head = bytearray()
    while len(head) < HEAD_BYTES and (more := stream.read(HEAD_BYTES - len(head))):
        head += more
    return io.BufferedReader(_Ahead(bytes(head), stream))


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


class _Ahead(io.RawIOBase):
    """A stream of which the first bytes have been read."""

    def __init__(self, head: bytes, stream: IO[bytes]) -> None:
        self._head, self._stream = head, stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._head or self._stream.read(len(buffer))
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
