"""Articles as a folder of Markdown files with front matter, and an index of all rows."""

import hashlib
import json
import re
import shutil
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from cleanarticle.batch.item import Status
from cleanarticle.batch.row import Row
from cleanarticle.batch.sinks.json_lines import line
from cleanarticle.batch.sinks.whole import writable, written
from cleanarticle.render import markdown_of_text

INDEX = "index.jsonl"
_UNFINISHED = ".cleanarticle.part"  # a folder in the folder, so that both are on one disk
_OLD = ".cleanarticle.old"  # the index of the articles that are being removed
_MOST_SLUG_BYTES = 80
_MOST_NAME_BYTES = 255  # that file systems allow
_DIGITS = 10  # of SHA-256 in hexadecimal
# Letters, their accents and vowel signs, and numbers, as the first letter of Unicode's category.
_KEPT = frozenset("LMN")
_NOT_PLAIN = re.compile(r"[/\\:\0\ud800-\udfff]")  # in a name: of another folder, or of no file
# What YAML reads otherwise than JSON does, or not at all.
_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def write(path: Path, rows: Iterable[Row], columns: Sequence[str]) -> int:
    """Write a file for each row with an article, and `INDEX`, which lists all rows but the bodies.

    Bodies are Markdown that is safe to show: what looks like markup in a text is escaped.

    Once all files are written, those that an index of an earlier run lists and the new one does
    not are removed, and the new ones get their places, the index last: a folder that has an index
    is whole. Other files in the folder are left alone.

    Returns:
        The number of rows.
    """
    new = not path.exists()
    path.mkdir(exist_ok=True)
    part = path / _UNFINISHED
    try:
        if part.exists():  # of a run that was killed
            shutil.rmtree(part)
        part.mkdir()
        number = _write_all(part, rows, columns)
        _remove_old(part, path)
        _move_all(part, path)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        if new and not any(path.iterdir()):
            path.rmdir()
        raise
    part.rmdir()
    return number


def _write_all(folder: Path, rows: Iterable[Row], columns: Sequence[str]) -> int:
    number = 0
    listed = [name for name in columns if name != "body"]
    with written(folder / INDEX) as index:
        for row in rows:
            values: Mapping[str, Any] = row
            file: Path | None = None
            if row["status"] == Status.OK:
                file = _free(folder, row)
                with written(file) as out:
                    out.write(_text(row, columns).encode("utf-8"))
            known = {name: values[name] for name in listed}
            index.write(line({**known, "file": file and file.name}))
            number += 1
    return number


def _remove_old(part: Path, folder: Path) -> None:
    """Remove the index of an earlier run, then its articles but those that will be written over."""
    old = folder / _OLD
    if old.is_file():  # a run was killed while it removed them
        _remove_listed(old, part)
    if (folder / INDEX).is_file():
        (folder / INDEX).replace(old)
        _remove_listed(old, part)


def _remove_listed(old: Path, part: Path) -> None:
    for name in _listed(old):
        if not (part / name).exists() and not (old.parent / name).is_dir():
            (old.parent / name).unlink(missing_ok=True)
    old.unlink()


def _listed(index: Path) -> Iterator[str]:
    """The articles of an index that may be anyone's: no names but plain ones of Markdown files."""
    with index.open("rb") as rows:
        for row in rows:
            try:
                name = json.loads(row)["file"]
            except (ValueError, KeyError, TypeError, IndexError, RecursionError):
                continue  # none of ours
            if isinstance(name, str) and _is_ours(name):
                yield name


def _is_ours(name: str) -> bool:
    plain = name.endswith(".md") and not _NOT_PLAIN.search(name)
    return plain and len(name.encode()) <= _MOST_NAME_BYTES


def _move_all(part: Path, folder: Path) -> None:
    with (part / INDEX).open("rb") as index:
        for row in index:
            if name := json.loads(row)["file"]:
                (part / name).replace(folder / name)
    (part / INDEX).replace(folder / INDEX)


def _free(folder: Path, row: Row) -> Path:
    """A path that no file has yet: a source that is named twice gives the same name twice."""
    stem, number = stem_of(row), 1
    file = folder / f"{stem}.md"
    while file.exists():
        number += 1
        file = folder / f"{stem}-{number}.md"
    return file


def stem_of(row: Row) -> str:
    """A file's name without its suffix, from the title or the id, safe on every system.

    The digits at its end are of the row's place, so rows of one title differ, and no name is
    one that Windows keeps for itself.
    """
    place = json.dumps([row["source"], row["position"]])  # escapes what cannot be encoded
    digits = hashlib.sha256(place.encode("ascii")).hexdigest()[:_DIGITS]
    slug = _slug(row["title"] or "") or _slug(row["id"])
    return f"{slug}-{digits}" if slug else digits


def _slug(text: str) -> str:
    """Lower-case letters and digits of all scripts, with "-" for all between them."""
    folded = unicodedata.normalize("NFC", text.lower())
    kept = (c if unicodedata.category(c)[0] in _KEPT else " " for c in folded)
    slug = "-".join("".join(kept).split())
    return slug.encode("utf-8")[:_MOST_SLUG_BYTES].decode("utf-8", "ignore").rstrip("-")


def _text(row: Row, columns: Sequence[str]) -> str:
    values: Mapping[str, Any] = row
    known = ((name, values[name]) for name in columns if name != "body")
    head = [f"{name}: {_yaml(value)}" for name, value in known if value not in (None, "", [])]
    body = [writable(markdown_of_text(row["body"]))] if "body" in columns else []
    return "\n".join(["---", *head, "---", "", *body, ""])


def _yaml(value: Any) -> str:
    """A value as JSON that YAML reads as the same value."""
    text = writable(json.dumps(value, ensure_ascii=False))
    return _NOT_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
