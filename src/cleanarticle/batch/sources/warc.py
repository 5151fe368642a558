"""WARC and WET files: an item for each record that carries a page, or a part that is lost."""

import datetime as dt
from collections.abc import Iterator
from typing import IO, Any, cast

from cleanarticle.batch.item import Item
from cleanarticle.batch.sources.compressed import GZIP_MAGIC, is_zstd, unpacked
from cleanarticle.batch.sources.payload import (
    Larger,
    Response,
    Unusable,
    page_of,
    refuse_status,
    refuse_type,
    response_of,
)
from cleanarticle.batch.sources.reading import (
    Reading,
    clean_text,
    failed,
    iso_time,
    numbered,
    too_large,
)
from cleanarticle.batch.sources.records import MAX_HEAD, Record, may_be_page, records, value_of
from cleanarticle.batch.sources.tape import GzipTape, Tape
from cleanarticle.errors import MissingExtra

_ZSTD_STEP = 1024  # bytes; where FastWARC finds broken data, it gives nothing of that step


def read_warc(file: IO[bytes], source: str, reading: Reading) -> Iterator[Item]:
    """The pages of a buffered file of WARC records; positions count the items.

    An item comes of each response, each conversion (the text of WET), each resource of HTML, and
    each part of the file in which no record can be found. The same file gives the same positions.

    Raises:
        MissingExtra: FastWARC cannot be imported.
    """
    position = 0
    try:
        for record in records(_tape(file), reading.max_bytes + MAX_HEAD):
            if _gives_item(record):
                yield _item(record, source, position, reading)
                position += 1
    except OSError as error:
        reason = f"cannot be read any further: {error.strerror or error}"
        yield failed(source, position, reason)


def _tape(file: IO[bytes]) -> Tape:
    """The file as a tape, told by its first bytes: many a name claims a packing that is not."""
    head, rewinds = cast("Any", file).peek(4)[:4], file.seekable()
    if head.startswith(GZIP_MAGIC):
        return GzipTape(file, rewinds=rewinds)
    if is_zstd(head) and not rewinds:  # FastWARC's reader goes back to the start
        return Tape(unpacked(file), rewinds=False)
    if is_zstd(head):
        try:
            from fastwarc.stream_io import ZstdReader  # it knows the dictionaries of .warc.zst
        except ImportError as error:
            message = "reading WARC needs FastWARC: pip install 'cleanarticle[warc]'"
            raise MissingExtra(message) from error
        return Tape(ZstdReader(cast("Any", file)), rewinds=False, step=_ZSTD_STEP)
    return Tape(file, rewinds=rewinds)


def _gives_item(record: Record) -> bool:
    if not record.headers:
        return True  # something is lost
    if record.type != "resource":
        return may_be_page(record)
    name = value_of(record.headers, "content-type").partition(";")[0].strip().lower()
    return name in ("text/html", "application/xhtml+xml")


def _item(record: Record, source: str, position: int, reading: Reading) -> Item:
    known = _known(record, source, position)
    if record.fault:
        return failed(source, position, f"{record.fault} (from {record.place})", **known)
    try:
        response = _response(record)
        known["content_type"] = clean_text(response.content_type)
        refuse_status(response.status)
        refuse_type(response.content_type)
        if record.cut:
            raise Larger
        cut_off = bool(value_of(record.headers, "warc-truncated"))
        page = page_of(response, reading.max_bytes, cut_off=cut_off)
    except Unusable as problem:
        return failed(source, position, str(problem), **known)
    except Larger:
        return too_large(source, position, reading, **known)
    kind = reading.kind
    if kind == "auto" and record.type == "conversion":
        kind = "text"
    return Item(source=source, position=position, page=page, kind=kind, **known)


def _response(record: Record) -> Response:
    """The HTTP response, or the content itself where a record is none."""
    response = response_of(record.content) if record.type == "response" else None
    if response is not None:
        return response
    declared = value_of(record.headers, "content-type")
    if declared.lower().startswith("application/http"):
        declared = ""  # it is not
    return Response(None, {"content-type": [declared]}, record.content)


def _known(record: Record, source: str, position: int) -> dict[str, Any]:
    """What the header tells of the page."""
    name = value_of(record.headers, "warc-record-id").strip("<>").removeprefix("urn:uuid:")
    url = value_of(record.headers, "warc-target-uri").strip("<>")
    return {
        "id": clean_text(name) or numbered(source, position),
        "url": clean_text(url) or None,
        "crawled_at": _time(value_of(record.headers, "warc-date")),
    }


def _time(value: str) -> dt.datetime | None:
    time = iso_time(value)
    return time.replace(tzinfo=dt.UTC) if time is not None and time.tzinfo is None else time
