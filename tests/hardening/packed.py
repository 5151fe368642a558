"""Small packed bytes that unpack to many."""

import zlib
from collections.abc import Callable

MEGABYTE = 1 << 20
BROTLI_200_MB = bytes.fromhex(
    "cbffff3ff82700e2b14020f7fe8fffff7ff04f00c4611180eefd1fffffffe09f0088c30200ddfb3ffeffffc13f"
    "0110870500baf77ffcffff837f02200e0b0074effff8ffff07ff04401c1600e8defff1ffff0ffe0980382c00d0"
    "bdffe3ffff1ffc1300715800a07bffc7ffff3ff82700e2b00040f7fe8fffff7ff04f00c4610180eefd1fffffff"
    "e09f0088c30200ddfb3ffeffffc13f0110870500baf77ffcffff837f02200e0b0074effff8ffff07ff04401c16"
    "00e8defff1ffff0ffe0980382c00d0bdffe3ffff1ffc1300715800a07bffc7ffff3ff82700e2b00040f7fe8fff"
    "ff7ff04f00c4610180eefd1fffffffe09f0088c30200ddfb3ffeffffc13f0110870500baf77ffcffff837f0220"
    "0e0b0074effff8ffff07ff04401c1600e8defff1ffff0ffe0980382c00d0bdffe3ffff1ffc1300715800a07bff"
    "c7ffff3ff82700e2b00040f7fe6f"
)  # 200 MB of zeros


def of_zlib(bits: int, megabytes: int) -> bytes:
    """Zeros in the frame that `bits` stands for."""
    packer = zlib.compressobj(9, zlib.DEFLATED, bits)
    zeros = bytes(MEGABYTE)
    return b"".join([packer.compress(zeros) for _ in range(megabytes)]) + packer.flush()


def members(number: int, megabytes: int) -> bytes:
    """Members of gzip, one after the other; with no megabytes, empty ones."""
    return of_zlib(31, megabytes) * number


def of_zstd(megabytes: int) -> bytes:
    """Zeros as one frame of zstd."""
    import zstandard

    packer, zeros = zstandard.ZstdCompressor().compressobj(), bytes(MEGABYTE)
    return b"".join([packer.compress(zeros) for _ in range(megabytes)]) + packer.flush()


def twice(megabytes: int) -> bytes:
    """Gzip data of gzip data, as some crawlers pack what is packed."""
    return zlib.compress(of_zlib(31, megabytes), 9, 31)


BODIES: dict[str, tuple[str, Callable[[int], bytes]]] = {
    "gzip": ("gzip", lambda size: of_zlib(31, size)),
    "gzip in gzip": ("gzip, gzip", twice),
    "gzip in many members": ("gzip", lambda size: members(size, 1)),
    "gzip that no header tells": ("identity", lambda size: of_zlib(31, size)),
    "deflate": ("deflate", lambda size: of_zlib(15, size)),
    "raw deflate": ("deflate", lambda size: of_zlib(-15, size)),
    "brotli": ("br", lambda _size: BROTLI_200_MB),
    "zstd": ("zstd", of_zstd),
}
"""Name of a bomb → the content encoding, and what makes it of so many megabytes."""
