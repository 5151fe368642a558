"""What a batch has done, line by line on the disk, so that it can go on where it was ended.

The journal is a file of JSON lines beside the output. Its first line says what was begun; each
other one is an entry. A line counts once it ends in a line end: what a crash has torn is dropped.
"""

import json
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, Self

import numpy as np

from cleanarticle.batch.row import COLUMNS, Row
from cleanarticle.batch.seen import Seen
from cleanarticle.batch.sinks.json_lines import line
from cleanarticle.errors import OptionError, UnreadableInput

SUFFIX = ".partial"
_VERSION = 1  # of the journal's form
_NUMBER = b'{"number": '  # how each entry begins


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An input that is done."""

    number: int  # its place in the order of the sources
    row: Row
    seconds: float  # that its page took
    input_bytes: int  # of the page as it came
    signature: str | None = None  # see `duplicates.signature`

    def to_line(self) -> bytes:
        """A JSON object in UTF-8 and its line end."""
        return line(asdict(self))

    @classmethod
    def of_line(cls, text: bytes) -> Self:
        """The entry that `to_line` wrote.

        Raises:
            ValueError: the line is none.
        """
        found = json.loads(text)
        if not isinstance(found, dict) or found.keys() != set(cls.__slots__):
            raise ValueError("a line of the journal is no entry")
        if not isinstance(found["row"], dict) or found["row"].keys() != COLUMNS.keys():
            raise ValueError("a line of the journal has other columns than this version's")
        if not text.startswith(_NUMBER) or found["number"] != _number(text):
            raise ValueError("a line of the journal does not begin with its number")
        return cls(**found)


def path_for(output: Path) -> Path:
    """Where the journal of an output lies.

    Raises:
        OptionError: nothing can lie beside the output.
    """
    if output.name in ("", ".."):
        output = output.resolve()
    if not output.name:
        raise OptionError(f"{output} cannot be written: name a file or a folder in it")
    return output.with_name(output.name + SUFFIX)


class Journal:
    """The entries of a run, appended one by one."""

    def __init__(self, path: Path, begun: Mapping[str, Any], *, resume: bool) -> None:
        """Open the journal, or go on with one that is there.

        Args:
            path: of the file.
            begun: what the run does, in plain JSON types; a run that goes on must do the same.
            resume: go on with a journal that is there; else it is begun anew.

        Raises:
            OptionError: the journal that is there is of a run that did something else, or another
                run is writing it.
            UnreadableInput: the journal that is there is broken elsewhere than at its end.
            OSError: it cannot be written.
        """
        self.path, self.seen = path, Seen()
        self.resumed = 0  # entries of earlier runs
        head = {"journal": _VERSION, **begun}
        self._file: IO[bytes] = path.open("r+b" if path.exists() else "wb", buffering=0)
        try:
            _lock(self._file, path)
            whole = _check(path, head, self.seen) if resume else 0
            self.resumed = len(self.seen)
            self._has_entries = bool(self.resumed)
            self._file.truncate(whole)
            self._file.seek(whole)
            if not whole:
                self._write(line(head))
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()

    def discard_if_empty(self) -> None:
        """Remove the journal where it holds nothing that is worth a resume."""
        if not self._has_entries:
            self.path.unlink(missing_ok=True)

    def append(self, entry: bytes) -> None:
        """Write an entry as `Entry.to_line` makes it. It is kept whatever happens to this process.

        Raises:
            OSError: the disk is full.
        """
        self._write(entry)
        self._has_entries = True

    def _write(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:  # without a buffer, a file may take a part
            rest = rest[self._file.write(rest) or 0 :]


def _lock(file: IO[bytes], path: Path) -> None:
    """Keep other runs off the journal while this one has it open, where the system knows how."""
    try:
        import fcntl
    except ImportError:  # Windows
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise OptionError(f"{path}: another run is writing it") from error


def entries(path: Path) -> Iterator[Entry]:
    """The entries in the order of the sources.

    Memory takes 24 bytes an entry. The entries stand almost in that order, so the file is read
    almost from front to end.
    """
    numbers, places = array("q"), array("q")
    with path.open("rb") as file:
        place = len(file.readline())
        for text in file:
            numbers.append(_number(text))
            places.append(place)
            place += len(text)
        for position in np.argsort(np.frombuffer(numbers, np.int64), kind="stable"):
            file.seek(places[position])
            yield Entry.of_line(file.readline())


def _number(text: bytes) -> int:
    """That of an entry's line, where it is the first field."""
    return int(text[len(_NUMBER) : text.index(b",")])


def _check(path: Path, head: Mapping[str, Any], seen: Seen) -> int:
    """Note the entries of a journal; returns the bytes that hold whole lines."""
    with path.open("rb") as file:
        first = file.readline()
        if not first.endswith(b"\n"):  # the run was ended before it had begun
            return 0
        _compare(path, _json(path, first, 1), head)
        whole = len(first)
        for number, text in enumerate(file, 2):
            if not text.endswith(b"\n"):
                break
            try:
                row = Entry.of_line(text).row
            except ValueError as error:
                raise UnreadableInput(str(path), f"line {number}: {error}") from error
            seen.add((row["source"], row["position"]))
            whole += len(text)
    return whole


def _json(path: Path, text: bytes, number: int) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise UnreadableInput(str(path), f"line {number}: {error}") from error


def _compare(path: Path, begun: Any, head: Mapping[str, Any]) -> None:
    if not isinstance(begun, dict) or begun.get("journal") != _VERSION:
        raise OptionError(f"{path} is no journal of this version: it cannot be gone on with")
    others = [name for name in {**begun, **head} if begun.get(name) != head.get(name)]
    if others:
        raise OptionError(
            f"{path} was begun with other {', '.join(others)}: go on with the same, or begin anew"
        )
