"""Second opinions: which blocks trafilatura would keep, and what day htmldate finds."""

import datetime as dt
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from types import ModuleType

from cleanarticle.language.words import tokens
from cleanarticle.records import Block

LONG = 4  # words; a shorter block has to stand in the other text whole
LAST_DAY = "2100-12-31"  # what is found does not depend on the clock
MAX_CHARS = 3_000_000  # of a page; a longer one is not asked about
_LATER_BYTES = bytes(range(0x80, 0xC0))  # of a character in UTF-8, behind its first one
_LOGGERS = ("trafilatura", "htmldate", "courlan", "justext")


def ask(markup: str | bytes, url: str | None) -> str | None:
    """The body that trafilatura finds in a page, text or UTF-8, empty where it finds none.

    None where it fails, and for a page of more than `MAX_CHARS` characters.
    """
    if _is_long(markup):
        return None
    trafilatura = _trafilatura()
    _silence()
    try:
        return trafilatura.extract(_text(markup), url=url, include_comments=False) or ""
    except Exception:  # its parsers raise many types on broken pages, and none concerns the caller
        return None


def ask_day(markup: str | bytes, url: str | None) -> dt.date | None:
    """The day of publication that htmldate finds in a page, text or UTF-8, by what it declares.

    Its search through all texts is left out: it finds a day on nearly every page. None where it
    fails, and for a page of more than `MAX_CHARS` characters.
    """
    if _is_long(markup):
        return None
    from htmldate import find_date

    _silence()
    try:
        found = find_date(
            _text(markup), extensive_search=False, original_date=True, url=url, max_date=LAST_DAY
        )
    except Exception:  # as above
        return None
    return dt.date.fromisoformat(found) if found else None


def _is_long(markup: str | bytes) -> bool:
    """Whether it has more than `MAX_CHARS` characters; told without the memory that they take."""
    if len(markup) <= MAX_CHARS or isinstance(markup, str):
        return len(markup) > MAX_CHARS
    return len(markup.translate(None, _LATER_BYTES)) > MAX_CHARS


def _text(markup: str | bytes) -> str:
    return markup.decode("utf-8") if isinstance(markup, bytes) else markup


@cache
def _trafilatura() -> ModuleType:
    """The module; what importing it does to the filters of warnings is undone."""
    import warnings

    with warnings.catch_warnings():
        import trafilatura
    return trafilatura


@cache
def _silence() -> None:
    """Their messages reach those who set up logging, and no terminal."""
    import logging

    for name in _LOGGERS:
        logging.getLogger(name).addHandler(logging.NullHandler())


def shares(blocks: Sequence[Block], text: str) -> tuple[float, ...]:
    """Share of each block, 0 to 1, that stands in another text of the same page.

    A block of `LONG` words or more is measured by its three-word shingles; a shorter one stands
    there whole or not at all.
    """
    if not text:
        return (0.0,) * len(blocks)
    wanted = tokens(text)
    shingles = set(zip(wanted, wanted[1:], wanted[2:], strict=False))
    runs = {(word,) for word in wanted} | set(pairwise(wanted)) | shingles
    found: list[float] = []
    for block in blocks:
        own = tokens(block.text)
        if len(own) >= LONG:
            pieces = list(zip(own, own[1:], own[2:], strict=False))
            found.append(sum(1 for piece in pieces if piece in shingles) / len(pieces))
        else:
            found.append(float(tuple(own) in runs))
    return tuple(found)
