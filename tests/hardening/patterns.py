"""Every pattern of the package against text made to keep it busy."""

import re
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import cleanarticle
from hardening.ambiguity import pumps
from hardening.findings import Finding, Setting
from hardening.pattern_bounds import bound_of
from hardening.pattern_list import Used, collect

FIRST, LAST, LAST_LONG = 2_000, 64_000, 256_000
MOST_GROWTH = 2.6  # of the time, where the text is twice as long
TELLING = 0.004  # seconds: what is shorter is not measured well
ENOUGH = 2.0  # seconds that one call may take
ROUNDS = 3
PLAIN = (" ", "a", "A", "1", '"', "'", "<", "\n", "/", "-", "a ", "1 ", "é", "< ", '="', "\\", "((")
ENDS = ("\x00", "!", "a", " ")
PAGE_PUMPS = (*PLAIN, " /", "::", "[", "{", "@", ".", " | ", "a.", "_a", "'a", "1:", "By ", "年")
SMALL_PAGE = 200_000

Call = Callable[[Any], object]
FAMILY, FAMILY_CHARS = 1, 30  # patterns of one beginning that the short form looks at
_WORDS = re.compile(r"\w{3,}")


@dataclass(frozen=True, slots=True)
class Slow:
    """A text whose time grows faster than it does."""

    name: str
    text: str
    growth: float
    seconds: float


def findings(setting: Setting) -> Iterator[Finding]:
    """Patterns alone, then whole pages of the text that keeps patterns busy."""
    used = collect() if setting.long else _some(collect())
    last = LAST_LONG if setting.long else LAST
    count, slow = 0, []
    for one in used:
        known = bound_of(one)
        if known and known.chars == 0:
            continue
        most = min(last, known.chars or last) if known else last
        for method, before, text, end in _tries(one, ENDS if setting.long else ENDS[:1]):
            count += 1
            made = partial(_pumped, before, text, end)
            found = _growth(_call(one.compiled, method), made, most)
            if found is not None:
                slow.append(Slow(f"{one.module} {one.pattern[:60]}", before + text, *found))
                print(f"patterns: {slow[-1]} {method} {end!r}", file=sys.stderr)
                break
    tried = f"{len(used)} patterns, pumped to {last:,} characters or to what they are ever given"
    yield Finding(tried, count, _told(slow), not slow)
    yield from _pages(used, setting)


def _some(used: tuple[Used, ...]) -> tuple[Used, ...]:
    """A few of those that differ only in the words of a language."""
    seen = Counter[str]()
    found = []
    for one in used:
        shape = one.module + _WORDS.sub("", one.pattern)
        seen[shape[:FAMILY_CHARS]] += 1
        if seen[shape[:FAMILY_CHARS]] <= FAMILY:
            found.append(one)
    return tuple(found)


def _pages(used: tuple[Used, ...], setting: Setting) -> Iterator[Finding]:
    texts = dict.fromkeys(PAGE_PUMPS)
    for one in used:
        texts.update(dict.fromkeys(text for _before, text in _own(one)))
    if not setting.long:
        texts = dict.fromkeys((*PAGE_PUMPS[::4], *list(texts)[len(PAGE_PUMPS) :: 40]))
    count, slow = 0, []
    for text in texts:
        for name, page in PAGES.items():
            count += 1
            made = partial(_page, page, text)
            found = _growth(cleanarticle.extract, made, 2 * SMALL_PAGE)
            if found is not None:
                slow.append(Slow(name, text, *found))
                print(f"patterns: {slow[-1]}", file=sys.stderr)
    tried = f"pages of pumped text, {SMALL_PAGE:,} and {2 * SMALL_PAGE:,} characters"
    yield Finding(tried, count, _told(slow), not slow)


PROSE = "<p>" + "The council met on Monday, and it agreed on the plan. " * 5 + "</p>"
PAGES: dict[str, Callable[[str], str]] = {
    "title": lambda t: f"<html><head><title>News {t}x</title></head><body>{PROSE}</body></html>",
    "heading": lambda t: f"<html><body><h1>News {t}x</h1>{PROSE}</body></html>",
    "paragraph": lambda t: f"<html><body>{PROSE}<p>News {t}x</p></body></html>",
    "byline": lambda t: f"<html><body><div class=byline>By Ann {t}x</div>{PROSE}</body></html>",
    "author": lambda t: f'<html><head><meta name=author content="{_quoted(t)}"></head>{PROSE}',
    "date": lambda t: f'<html><body><time datetime="{_quoted(t)}">4 May {t}x</time>{PROSE}',
    "attributes": lambda t: f'<html><body><div class="{_quoted(t)}" style="{_quoted(t)}">{PROSE}',
    "jsonld": lambda t: f'<script type="application/ld+json">{{"@type": "NewsArticle",{t}</script>',
    "text": lambda t: f"News of the day\n\n{t}x\n\nThe council met on Monday, and it agreed.\n",
    "comment": lambda t: f"<html><body><!-- {t} {PROSE}",
    "tag": lambda t: f"<html><body><a {t} {PROSE}",
}


def _page(frame: Callable[[str], str], text: str, size: int) -> str:
    return frame(text * (size // len(text)))


def _quoted(text: str) -> str:
    return text.replace('"', "&quot;")


def _tries(one: Used, ends: Sequence[str]) -> Iterator[tuple[str, str, str, str]]:
    own = dict.fromkeys(_own(one))
    methods = sorted(one.methods & {"match", "fullmatch"}) + ["finditer"] * bool(
        one.methods - {"match", "fullmatch"}
    )
    for method in methods:
        for before, text in own:
            for end in ends:
                yield method, before, text, end
        for text in PLAIN:
            yield method, "", text, ENDS[0]


def _own(one: Used) -> Iterator[tuple[str, str]]:
    for before, text in pumps(one.compiled, one.methods):
        if not one.binary or (before + text).isascii():
            yield before, text


def _call(pattern: re.Pattern[Any], method: str) -> Call:
    if method != "finditer":
        chosen: Call = getattr(pattern, method)
    else:

        def chosen(text: Any) -> object:
            for found in pattern.finditer(text):
                del found
            return pattern.search(text)

    if isinstance(pattern.pattern, bytes):
        return lambda text: chosen(text.encode("latin-1", "replace"))
    return chosen


def _pumped(before: str, text: str, end: str, size: int) -> str:
    return before + text * (size // len(text)) + end


def _growth(call: Call, made: Callable[[int], str], last: int) -> tuple[float, float] | None:
    """How much longer the last size takes than half of it; None where that is no more than due."""
    size = FIRST if last < 2 * SMALL_PAGE else SMALL_PAGE // 8
    while size < last:
        small, large = made(size), made(2 * size)
        taken = _seconds(call, large)
        if taken >= TELLING:
            ratio = min(_seconds(call, large), taken) / _seconds(call, small)
            for _again in range(ROUNDS):
                if ratio < MOST_GROWTH:
                    break
                ratio = min(ratio, _seconds(call, large) / max(_seconds(call, small), 1e-9))
            if ratio >= MOST_GROWTH:
                return ratio, taken
            if taken >= ENOUGH:
                return None
        size *= 2 if taken >= TELLING / 16 else 4
    return None


class _Endless(Exception):
    """A call takes longer than any of its size may."""


def _seconds(call: Call, text: str) -> float:
    def give_up(*_signal: object) -> None:
        raise _Endless

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, 10 * ENOUGH)
    begun = time.process_time()
    try:
        call(text)
    except _Endless:
        return float("inf")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    return time.process_time() - begun


def _told(slow: list[Slow]) -> str:
    if not slow:
        return f"time grows by less than {MOST_GROWTH} where the text doubles"
    first = max(slow, key=lambda one: one.growth)
    return (
        f"{len(slow)} grow faster, most {first.name!r} on {first.text[:40]!r}: × {first.growth:.1f}"
    )
