"""Labelled pages from a folder of `SET.jsonl` files.

One page a line: `html` (path of the raw bytes, gzipped or not, relative to the folder), `body` (its
main text), and where known `url`, `domain`, `page_type`, `with` and `without` (snippets that a
right body must and must not hold). Pages without a `body` are only evaluated.
"""

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cleanarticle.errors import CorpusError
from cleanarticle.records import PageType

_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page with what a person says is in it."""

    set: str
    id: str
    html: Path
    url: str | None
    domain: str
    page_type: PageType | None
    body: str | None
    title: str | None
    date: str | None  # YYYY-MM-DD
    authors: tuple[str, ...]
    wanted: tuple[str, ...]  # snippets of the body
    unwanted: tuple[str, ...]  # snippets of its boilerplate

    def data(self) -> bytes:
        """The raw bytes of the page.

        Raises:
            CorpusError: the file is missing or broken.
        """
        try:
            data = self.html.read_bytes()
            return gzip.decompress(data) if data.startswith(_GZIP) else data
        except (OSError, EOFError, zlib.error) as error:
            raise CorpusError(f"{self.html}: {error}") from error

    def fold(self, folds: int) -> int:
        """The part of the corpus that the page belongs to; pages of one domain are never parted."""
        return zlib.crc32(self.domain.encode()) % folds


def read(folder: Path, sets: Sequence[str] = ()) -> tuple[LabelledPage, ...]:
    """All pages of a folder, or of the sets named, in the order of the files.

    Raises:
        CorpusError: the folder holds no such set, or a line is no page.
    """
    names = sets or sorted(path.stem for path in folder.glob("*.jsonl"))
    if not names:
        raise CorpusError(f"{folder}: no SET.jsonl file")
    return tuple(page for name in names for page in _pages(folder, name))


def _pages(folder: Path, name: str) -> Iterator[LabelledPage]:
    path = folder / f"{name}.jsonl"
    try:
        lines = path.read_text("utf-8").split("\n")
    except OSError as error:
        raise CorpusError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path}: {error}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _page(folder, name, json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise CorpusError(f"{path}, line {number}: {error!r}") from error


def _page(folder: Path, name: str, row: Mapping[str, Any]) -> LabelledPage:
    kind = row.get("page_type")
    return LabelledPage(
        set=name,
        id=str(row.get("id") or row["html"]),
        html=folder / row["html"],
        url=row.get("url"),
        domain=row.get("domain") or urlsplit(row.get("url") or "").hostname or str(row["html"]),
        page_type=PageType(kind) if kind else None,
        body=None if row.get("body") is None else _text(row["body"]),
        title=row.get("title") or None,
        date=(row.get("date") or "")[:10] or None,
        authors=_snippets(row.get("authors")),
        wanted=_snippets(row.get("with")),
        unwanted=_snippets(row.get("without")),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"a text is a string, got {type(value).__name__}")
    return value


def _snippets(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | None):
        raise TypeError(f"snippets are a list, got {type(value).__name__}")
    return tuple(map(_text, value or ()))


def digest(folder: Path, sets: Sequence[str]) -> str:
    """SHA-256 over the files of the sets, by which weights say what they were fitted on."""
    whole = hashlib.sha256()
    for name in sets:
        whole.update((folder / f"{name}.jsonl").read_bytes())
    return whole.hexdigest()
