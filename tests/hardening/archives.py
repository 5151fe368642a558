"""Sources of a batch that are small and unpack to much, or claim what is not so."""

import gzip
from collections.abc import Callable

from batch import warcs
from hardening import packed


def _record(coding: str, body: bytes) -> bytes:
    return warcs.record("response", "a", warcs.http(body, more=[f"Content-Encoding: {coding}"]))


def _line(megabytes: int) -> bytes:
    return b'{"html": "' + b"x" * (megabytes << 20) + b'"}\n'


def _zstd(data: bytes) -> bytes:
    import zstandard

    return zstandard.compress(data)


def _record_of(name: str) -> Callable[[int], bytes]:
    coding, make = packed.BODIES[name]
    return lambda size: _record(coding, make(size))


Made = tuple[str, Callable[[int], bytes]]
BOMBS: dict[str, Made] = {
    "a page, gzip": ("html.gz", lambda size: packed.of_zlib(31, size)),
    "a page, gzip by its bytes alone": ("html", lambda size: packed.of_zlib(31, size)),
    "a page, gzip of many members": ("html.gz", lambda size: packed.members(size, 1)),
    "a page, gzip in gzip": ("html.gz", packed.twice),
    "a page, zstd": ("html.zst", packed.of_zstd),
    **{f"a record, {name}": ("warc", _record_of(name)) for name in packed.BODIES},
    "a record in a member": (
        "warc.gz",
        lambda size: gzip.compress(_record("identity", bytes(size << 20))),
    ),
    "a record in zstd": ("warc.zst", lambda size: _zstd(_record("identity", bytes(size << 20)))),
    "a line of JSON": ("jsonl", _line),
    "a line of JSON, gzip": ("jsonl.gz", lambda size: gzip.compress(_line(size))),
    "a line of JSON, zstd": ("jsonl.zst", lambda size: _zstd(_line(size))),
    "a quote of CSV, gzip": ("csv.gz", lambda size: gzip.compress(b'html\n"' + _line(size))),
}
"""Name → the suffix of a file, and what makes it of so many megabytes: each one page too large."""

FALSE: dict[str, Made] = {
    "zeros in gzip for a WARC": ("warc.gz", lambda size: packed.of_zlib(31, size)),
    "a WARC with a length too short": (
        "warc.gz",
        lambda size: gzip.compress(warcs.response("a", bytes(size << 20), length=5)),
    ),
    "a WARC with a length too long": (
        "warc.gz",
        lambda size: gzip.compress(warcs.response("a", bytes(size << 20), length=10**17)),
    ),
    "a WARC header without end": ("warc.gz", lambda size: gzip.compress(b"WARC/1.0\r\n" * size)),
    "a record of 1,000 codings": (
        "warc",
        lambda _size: _record(", ".join(["gzip"] * 1000), gzip.compress(warcs.page("a"))),
    ),
    "JSON in JSON": ("jsonl", lambda _size: b'{"html":' * 10_000 + b"\n"),
}
"""As above, but each is one item that failed."""


def parquet(rows: int, megabytes: int) -> bytes:
    """A table whose rows share one value, which it holds once."""
    import io

    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    column = pa.DictionaryArray.from_arrays(
        pa.array([0] * rows, pa.int32()), pa.array(["x" * (megabytes << 20)])
    )
    table, out = pa.table({"html": column}), io.BytesIO()
    with ParquetWriter(out, table.schema, compression="zstd", store_schema=False) as writer:
        writer.write_table(table)
    return out.getvalue()
