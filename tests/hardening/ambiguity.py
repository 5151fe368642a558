"""How many ways a pattern has to match one text: what makes a search take squares, or for ever.

A pattern is read as an automaton of its single-character parts. Two ways round one loop for the
same text are exponential work; two loops one behind the other that both take the same text, or one
loop that a search may enter at each character, are quadratic. Sets of characters are compared over
a sample: all of ASCII, some of each script, and the characters that the pattern names.

Source: Weber & Seidl, "On the degree of ambiguity of finite automata", 1991.
"""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

_parser: Any = re._parser  # type: ignore[attr-defined]
_compiler: Any = re._compiler  # type: ignore[attr-defined]

MANY = 400  # a repeat that may come more often counts as unbounded
SCRIPTS = (
    "\u00a0ßéøİıſK–—‘’“”«»•·…©、。，：｜日本語年月時한국어ไทยالعربيةעבריתΕλληνΠривет٣۳३２\u3000"
)
START = 0  # the position before the first character, where a search stays as long as it likes
SEARCHING = frozenset({"search", "finditer", "findall", "sub", "subn", "split"})

Pair = tuple[int, ...]


@dataclass(slots=True)
class Part:
    """A piece of the pattern: where it begins and ends, and in how many ways it is empty."""

    first: dict[int, int] = field(default_factory=dict)  # position → ways
    last: dict[int, tuple[int, int]] = field(default_factory=dict)  # → ways, characters forbidden
    empty: int = 1
    checked: bool = False  # whether something is asserted behind the last character


@dataclass(slots=True)
class Automaton:
    """A pattern as positions: each takes one character."""

    sample: tuple[str, ...] = ()
    takes: list[int] = field(default_factory=lambda: [0])  # of the sample, as bits
    follow: list[dict[int, tuple[int, int]]] = field(default_factory=lambda: [{}])  # ways, bits
    greedy: set[int] = field(default_factory=set)  # positions that take all they can
    groups: dict[int, range] = field(default_factory=dict)
    anchored: bool = False
    accepting: frozenset[int] = frozenset()  # where a match ends, whatever follows


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """One text that can be matched in many ways."""

    exponential: bool
    before: str
    pumped: str


def ambiguities(pattern: re.Pattern[Any], methods: Iterable[str]) -> list[Ambiguity]:
    """What makes the pattern slow when used by these methods; empty where nothing does."""
    return _found(pattern, frozenset(methods))


@cache
def _found(pattern: re.Pattern[Any], methods: frozenset[str]) -> list[Ambiguity]:
    made = automaton(pattern)
    free = bool(methods & SEARCHING) and not made.anchored
    loops = _loops(made)
    found = []
    accepting = made.accepting if "fullmatch" not in methods else frozenset()
    for p in sorted(loops - accepting):
        word = _two_ways_round(made, p, loops - accepting)
        if word is not None:
            found.append(Ambiguity(True, path_to(made, p), word))
    for p in ([START] if free else []) + sorted(loops):
        for q in sorted(loops - {p} - accepting):
            word = _handed_over(made, p, q, loops)
            if word is not None:
                found.append(Ambiguity(False, path_to(made, p), word))
    return found


def pumps(pattern: re.Pattern[Any], methods: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What leads into each loop of the pattern, and what goes round it once."""
    made = automaton(pattern)
    for one in ambiguities(pattern, methods):
        yield one.before, one.pumped
    for p in sorted(_loops(made)):
        word = _shortest(made, p, lambda position, p=p: position == p)
        if word is not None:
            yield path_to(made, p), word
            yield "", path_to(made, p) + word


def path_to(made: Automaton, position: int) -> str:
    """The shortest text that leads to a position."""
    return _shortest(made, START, lambda other: other == position) if position else ""


@cache
def automaton(pattern: re.Pattern[Any]) -> Automaton:
    """The pattern as positions and what may follow each."""
    text = (
        pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    )
    extra = "" if isinstance(pattern.pattern, bytes) else SCRIPTS + text
    sample = tuple(dict.fromkeys([*map(chr, range(256)), *extra]))
    made = Automaton(sample, [(1 << len(sample)) - 1])
    tree = _parser.parse(pattern.pattern, pattern.flags)
    whole = _Builder(made, tree.state, pattern.flags, isinstance(pattern.pattern, bytes)).part(tree)
    items = list(tree)
    made.anchored = bool(items) and str(items[0]) == "(AT, AT_BEGINNING)"
    _link(made, Part(last={START: (1, 0)}), whole)
    made.accepting = frozenset() if whole.checked else frozenset(whole.last)
    return made


@dataclass(slots=True)
class _Builder:
    made: Automaton
    state: Any
    flags: int
    binary: bool

    def part(self, items: Any) -> Part:
        whole = Part()
        for op, value in items:
            whole = self._joined(whole, self._one(str(op), value, (op, value)))
        return whole

    def _joined(self, left: Part, right: Part) -> Part:
        _link(self.made, left, right)
        first = dict(left.first)
        if left.empty:
            for p, ways in right.first.items():
                first[p] = min(2, first.get(p, 0) + ways * left.empty)
        last = dict(right.last)
        if right.empty:
            for p, (ways, never) in left.last.items():
                last[p] = (min(2, ways * right.empty), never)
        checked = right.checked or (bool(right.empty) and left.checked)
        return Part(first, last, min(2, left.empty * right.empty), checked)

    def _one(self, op: str, value: Any, item: Any) -> Part:
        if op in ("LITERAL", "NOT_LITERAL", "ANY", "IN", "RANGE", "CATEGORY"):
            return self._position(self._bits(item))
        if op == "SUBPATTERN":
            return self._group(value)
        if op == "BRANCH":
            return self._either([self.part(branch) for branch in value[1]])
        if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            return self._repeat(op, *value)
        return self._rarer(op, value)

    def _rarer(self, op: str, value: Any) -> Part:
        if op == "ATOMIC_GROUP":
            return self._atomic(self.part(value))
        if op in ("ASSERT", "ASSERT_NOT"):
            direction, inner = value
            first = self.part(inner).first if direction > 0 else {}
            return Part(first=first, checked=True)
        if op == "GROUPREF":
            bits = 0
            for p in self.made.groups.get(value, ()):
                bits |= self.made.takes[p]
            return self._position(bits)
        if op == "GROUPREF_EXISTS":
            return self._either([self.part(branch or ()) for branch in value[1:]])
        if op == "AT":
            return Part(checked=True)
        raise NotImplementedError(op)

    def _group(self, value: Any) -> Part:
        number, added, removed, inner = value
        kept, begun = self.flags, len(self.made.takes)
        self.flags = (self.flags | added) & ~removed
        part = self.part(inner)
        self.flags = kept
        if number is not None:
            self.made.groups[number] = range(begun, len(self.made.takes))
        return part

    def _either(self, parts: list[Part]) -> Part:
        whole = Part(empty=0)
        for part in parts:
            whole.first |= part.first
            whole.last |= part.last
            whole.empty = min(2, whole.empty + part.empty)
            whole.checked |= part.checked
        return whole

    def _repeat(self, op: str, low: int, high: Any, inner: Any) -> Part:
        begun = len(self.made.takes)
        part = self.part(inner)
        if high == 0:
            return Part()
        own = len(self.made.takes) - begun == 1
        if own and op != "MIN_REPEAT":
            self.made.greedy.add(begun)
        kept = op == "POSSESSIVE_REPEAT"
        if high == _parser.MAXREPEAT or high > MANY:
            _link(self.made, part, part, kept)
        elif high > 1:
            again = self.part(inner)
            again.empty = 1
            part = self._joined(part, again)
        part = self._atomic(part) if kept else part
        part.empty = 1 if low == 0 else part.empty
        return part

    def _atomic(self, part: Part) -> Part:
        """What took all it could is not followed by more of it."""
        for p, (ways, never) in part.last.items():
            if p in self.made.greedy:
                part.last[p] = (ways, never | self.made.takes[p])
        return part

    def _position(self, bits: int) -> Part:
        self.made.takes.append(bits)
        self.made.follow.append({})
        p = len(self.made.takes) - 1
        return Part({p: 1}, {p: (1, 0)}, 0)

    def _bits(self, item: Any) -> int:
        if str(item[0]) == "LITERAL" and not self.flags & re.IGNORECASE:
            return 1 << self.made.sample.index(chr(item[1]))
        tree = _parser.SubPattern(self.state, [item])
        one = _compiler.compile(tree, self.flags)
        bits = 0
        for n, sign in enumerate(self.made.sample):
            if one.fullmatch(sign.encode("latin-1") if self.binary else sign):
                bits |= 1 << n
        return bits


def _link(made: Automaton, left: Part, right: Part, kept: bool = False) -> None:
    """What may follow; in no way to be tried again where what stands before is kept."""
    for p, (ways, never) in left.last.items():
        for q, others in right.first.items():
            bits = made.takes[q] & ~never
            if bits:
                before = made.follow[p].get(q, (0, 0))
                made.follow[p][q] = (
                    min(2, before[0] + ways * others * (not kept)),
                    before[1] | bits,
                )


def _sign(made: Automaton, bits: int) -> str:
    """One character of a set: a printable one where there is one."""
    signs = [sign for n, sign in enumerate(made.sample) if bits >> n & 1]
    return min(signs, key=lambda sign: (not sign.isprintable(), sign.isspace(), ord(sign)))


def _shortest(made: Automaton, start: int, wanted: Callable[[int], bool]) -> Any:
    """The shortest text from a position to one that is wanted, one step at least; or None."""
    queue, seen = deque([(start, "")]), set[int]()
    while queue:
        p, text = queue.popleft()
        for q, (_ways, bits) in made.follow[p].items():
            if wanted(q):
                return text + _sign(made, bits)
            if q not in seen:
                seen.add(q)
                queue.append((q, text + _sign(made, bits)))
    return None


def _loops(made: Automaton) -> set[int]:
    """Positions from which a way leads back."""
    found = set()
    for p in range(1, len(made.takes)):
        queue, seen = [p], set[int]()
        while queue and p not in seen:
            for q in made.follow[queue.pop()]:
                if q not in seen:
                    seen.add(q)
                    queue.append(q)
        if p in seen:
            found.add(p)
    return found


def _two_ways_round(made: Automaton, p: int, loops: set[int]) -> str | None:
    """A text that goes from a position back to it in two ways."""

    def steps(at: Pair) -> Iterator[tuple[Pair, int]]:
        one, other, parted = at
        for q, (ways, bits) in made.follow[one].items():
            for r, (more, others) in made.follow[other].items():
                if ways and more and bits & others and q in loops and r in loops:
                    twice = ways > 1 and (one, q) == (other, r)
                    yield (q, r, int(parted or q != r or twice)), bits & others

    return _walk(made, (p, p, 0), (p, p, 1), steps)


def _handed_over(made: Automaton, p: int, q: int, loops: set[int]) -> str | None:
    """A text that goes round one loop, round another, and from the one to the other."""

    def steps(at: Pair) -> Iterator[tuple[Pair, int]]:
        for c, z in _next(made, at[2], kept=True):
            for a, x in _next(made, at[0]) if c in loops else ():
                if x & z and (a in loops if p else a == p):
                    for b, y in _next(made, at[1], kept=True):
                        if x & y & z:
                            yield (a, b, c), x & y & z

    return _walk(made, (p, p, q), (p, q, q), steps)


def _next(made: Automaton, p: int, kept: bool = False) -> Iterator[tuple[int, int]]:
    if p == START:
        yield START, made.takes[START]
    for q, (ways, bits) in made.follow[p].items():
        if ways or kept:
            yield q, bits


def _walk(
    made: Automaton, start: Pair, end: Pair, steps: Callable[[Pair], Iterator[tuple[Pair, int]]]
) -> str | None:
    queue, seen = deque([(start, "")]), {start}
    while queue:
        at, text = queue.popleft()
        for found, bits in steps(at):
            if found == end:
                return text + _sign(made, bits)
            if found not in seen:
                seen.add(found)
                queue.append((found, text + _sign(made, bits)))
    return None
