"""The people who wrote it, without "By", roles, addresses and the site's name.

Every name that the page declares, and every one that stands in a byline, in an element named after
authors, or alone in a line near the title, is a candidate. Trees fitted on labelled pages tell the
right ones. A desk, agency or site is taken where the page names no person.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from cleanarticle import resources
from cleanarticle.language import bylines, dates, facts
from cleanarticle.language.words import tokens
from cleanarticle.metadata.author_numbers import DECLARED, EDGES, SHOWN, TABLE
from cleanarticle.metadata.places import Mentions, blocks_in, mentions, written
from cleanarticle.metadata.ranking import Ranker
from cleanarticle.metadata.view import NONE, View, key
from cleanarticle.once import once
from cleanarticle.records import AuthorKind, Block, Field

NAME = "authors"
UNTOLD = {"inside a line", "line"}  # a name of these alone is never a further author
_TOLD = frozenset((*DECLARED[:-1], SHOWN[0]))  # sources of names of which there is no doubt
MAX_AUTHORS = 12
MAX_NAMES = 80  # of a page; later ones are those of a list or a thread
MAX_VALUES = 12  # of one source
MAX_NAME_CHARS, MAX_NAME_WORDS = 80, 7
MIN_LABEL_CHARS = 5
MAX_READ_BLOCKS = 400
MAX_LINE_WORDS = 30  # a longer one is no byline
PERSON_WORDS = 4
MAX_ALONE_WORDS = 6  # of names that stand alone in a line
NEAR_TITLE = (-3, 14)  # blocks above and below the title
NEAR_END = 8  # blocks below the last prose
SURE, LIKELY = 0.7, 0.1  # of each name, and of the best one
BESIDE = 0.1  # of a name that one value gives together with the best one; the lowest of these
OVER_DESK = 0.5  # of a person where the best name is a desk, an agency or the site
_ORGANIZATION = {"json-ld organization"}  # the source
_NAME_SIGNS = re.compile(r"[^\W\d_][\w.'’‐-]*")
_GLUED = re.compile(r"^By(?=[A-Z][a-z])")
_CAPITAL_INSIDE = re.compile(r"[a-zà-ÿ][^\Wa-z]")  # where a label may be glued, and some others
_NAMED = frozenset(
    "author authors byline autor autoren auteur autore autora writer verfasser forfatter".split()
)


@dataclass(eq=False, slots=True)
class Name:
    """A name that may be an author's, with all that gives it."""

    parts: tuple[str, ...]  # its words as they are compared
    text: str  # as it stands in the best source
    source: str
    page: "Names"
    counts: Counter[str] = field(default_factory=Counter)  # by source
    places: dict[str, int] = field(default_factory=dict)  # source → place within its value
    order: dict[str, int] = field(default_factory=dict)  # source → place of that value
    from_title: float = NONE  # blocks from the title to its byline, the nearest one
    key: str = field(init=False)
    words: list[str] = field(init=False)  # as written

    heads: list[str] = field(init=False)  # what other keys it goes on behind
    tails: list[str] = field(init=False)  # what other keys it has more before

    def __post_init__(self) -> None:
        parts = self.parts
        self.key = " ".join(parts)
        self.words = self.text.split()
        self.heads = [" ".join(parts[:n]) for n in range(1, len(parts))]
        self.tails = [" ".join(parts[n:]) for n in range(1, len(parts))]

    @property
    def small_words(self) -> list[str]:
        """Its words in small letters, without the signs around them."""
        return [word.lower().strip(EDGES) for word in self.words]

    @property
    def is_organization(self) -> bool:
        """Whether it is a desk, an agency or a site rather than a person."""
        view = self.page.view
        return (
            not _organizations().isdisjoint(self.parts)
            or self.key in _agencies()
            or self.key in view.sites
            or (bool(view.host) and self.key.replace(" ", "") == view.host)
            or self.counts.keys() == _ORGANIZATION
        )

    @property
    def is_told(self) -> bool:
        """Whether a byline or a declaration names it in a script without capitals.

        Few labelled pages are of such scripts, so that the trees doubt all their names.
        """
        if self.text.lower() != self.text.upper():
            return False
        return not _TOLD.isdisjoint(self.counts) and not self.is_organization

    def limit_beside(self, best: "Name") -> float:
        """How likely it has to be, to be taken together with the best name."""
        if any(self.order.get(s) == place for s, place in best.order.items()):
            return BESIDE if self.is_personal and best.is_personal else SURE
        if not self.counts.keys() - UNTOLD:
            return 1.0
        return OVER_DESK if self.is_personal and best.is_organization else SURE

    @property
    def is_personal(self) -> bool:
        """Whether it has the form of a person's name: two to four words, no role."""
        language = self.page.view.document.language
        return (
            2 <= len(self.words) <= PERSON_WORDS
            and bylines.looks_like_name(self.text)
            and not (self.is_organization or bylines.names_a_role(self.text, language))
        )

    @property
    def kind(self) -> AuthorKind:
        """What it is the name of."""
        return AuthorKind.ORGANIZATION if self.is_organization else AuthorKind.PERSON


@dataclass(eq=False)
class Names:
    """All candidates of a page, and what they are compared with."""

    view: View
    title_block: int | None
    found: dict[str, Name] = field(default_factory=dict)
    _named: dict[str, Name | None] = field(default_factory=dict)  # by value

    @property
    def top(self) -> int:
        """Position of the title, or of the first block."""
        return self.title_block or 0

    @once
    def named(self) -> frozenset[int]:
        """Positions of blocks in elements that are named after authors."""
        document = self.view.document
        return frozenset(blocks_in(document.blocks, document.containers, _NAMED))

    def is_near(self, block: Block) -> bool:
        """Whether a block stands near the title, or shortly below the last prose."""
        first, last = NEAR_TITLE
        below, behind = block.index - self.top, block.index - self.view.last_prose
        return first <= below <= last or 0 < behind <= NEAR_END

    def is_below_byline_word(self, block: Block) -> bool:
        """Whether the line above holds only a word for "by", or "Author"."""
        above, view = block.index - 1, self.view
        may_be = above >= 0 and view.signs[above] & bylines.OPENS
        return bool(may_be) and bylines.is_byline_word(view.texts[above], view.document.language)

    def add(self, value: str, source: str, place: int, order: int) -> Name | None:
        """Count a name as a candidate."""
        name = self._named[value] if value in self._named else self._name(value, source)
        if name is None:
            return None
        name.counts[source] = name.counts.get(source, 0) + 1
        name.places.setdefault(source, place)
        name.order.setdefault(source, order)
        return name

    def _name(self, value: str, source: str) -> Name | None:
        """The candidate for a value, made where it is new; None where it can be no name."""
        text = _unglued(" ".join(value.split()).strip(EDGES))
        text = next(iter(bylines.with_role(text, self.view.document.language)), text)
        parts = tokens(text)
        fits = 0 < len(parts) <= MAX_NAME_WORDS and len(text) <= MAX_NAME_CHARS
        name = None
        if fits and ":" not in text and parts[-1] not in _ends():
            key = " ".join(parts)
            name = self.found.get(key)
            if name is None and len(self.found) < MAX_NAMES:
                name = self.found[key] = Name(parts, text, source, self)
        self._named[value] = name
        return name

    @once
    def given(self) -> list[bool]:
        """Whether each source gives any name."""
        sources = {source for name in self.found.values() for source in name.counts}
        return [source in sources for source in (*DECLARED, *SHOWN)]

    @once
    def heads(self) -> frozenset[str]:
        """What keys begin with."""
        return frozenset(head for name in self.found.values() for head in name.heads)

    @once
    def tails(self) -> frozenset[str]:
        """What keys end in."""
        return frozenset(tail for name in self.found.values() for tail in name.tails)

    @once
    def mentions(self) -> Mapping[str, Mentions]:
        """Where each name stands on the page, by its key."""
        view, names = self.view, list(self.found.values())
        lengths = [block.words for block in view.blocks]
        found = mentions([name.parts for name in names], view.words, lengths, MAX_LINE_WORDS)
        return {name.key: one for name, one in zip(names, found, strict=True)}

    def opened_by(self, name: Name) -> int:
        """How many longer blocks a name opens."""
        opened = [self.view.blocks[n] for n in self.mentions[name.key][2]]
        begun = [key(b.text[:MAX_NAME_CHARS]) for b in opened if b.words > MAX_ALONE_WORDS]
        return sum(start.startswith(f"{name.key} ") for start in begun)

    @once
    def small_words(self) -> frozenset[str]:
        """Words of names that the page writes in small letters: few names have any."""
        words = [word for name in self.found.values() for word in name.small_words]
        small = frozenset(word for word in words if word[:1].islower())
        return written(self.view.texts[:MAX_READ_BLOCKS], small)

    @once
    def dated(self) -> list[int]:
        """Positions of lines that hold a day and little else."""
        view, behind = self.view, self.top + MAX_READ_BLOCKS
        near = ((n, days[0]) for n, days in view.days.items() if n < behind)
        return [n for n, day in near if bylines.only_a_date(view.texts[n], day)]


def choose(
    view: View, title_block: int | None, ranker: Ranker, *, told_only: bool = False
) -> list[Name]:
    """The names of the authors in page order; empty where the page names nobody.

    Args:
        view: the page.
        title_block: position of the block that shows the title.
        ranker: the fitted weights.
        told_only: leave out names that merely stand in a line. In cleaned text, any line may.
    """
    found = candidates(view, title_block)
    if told_only:
        found = [name for name in found if name.counts.keys() - UNTOLD]
    if not found:
        return []
    fitted = ranker.probabilities(NAME, found, TABLE)
    sure = [max(p, LIKELY * name.is_told) for name, p in zip(found, fitted, strict=True)]
    best = max(range(len(found)), key=lambda n: (sure[n], fitted[n], -n))
    if sure[best] < LIKELY:
        return []
    names = [
        name
        for name, p in zip(found, sure, strict=True)
        if name is found[best] or (p >= BESIDE and p >= name.limit_beside(found[best]))
    ]
    people = [name for name in names if not name.is_organization]
    return (people or names)[:MAX_AUTHORS]


def candidates(view: View, title_block: int | None) -> list[Name]:
    """All names that may be an author's."""
    names = Names(view, title_block)
    language = view.document.language
    for source in DECLARED:
        for order, value in enumerate(view.values(Field.AUTHOR, source)[:MAX_VALUES], start=1):
            given = _before_date(value, language) if source == "byline element" else value
            if not given.lower().startswith(("http:", "https:")):
                for place, name in enumerate(bylines.split_names(given, language)):
                    names.add(name, source, place, order)
    for position in _telling(names):
        _show(names, view.blocks[position])
    return list(names.found.values())


def _before_date(value: str, language: str | None) -> str:
    value = value[: 2 * MAX_NAME_CHARS]
    days = dates.find_days(value, language)
    return (value[: days[0].start].strip() or value[days[0].end :]) if days else value


def _telling(names: Names) -> list[int]:
    """Positions of the lines that may show names; all others are not looked at."""
    view, (first, last) = names.view, NEAR_TITLE
    found = {n for n, sign in enumerate(view.signs) if sign & ~bylines.DATED}
    found.update(view.days)
    found |= {n + 1 for n in found if view.signs[n] & bylines.OPENS}  # as below a byline word
    found.update(range(names.top + first, names.top + last + 1))
    found.update(range(view.last_prose + 1, view.last_prose + NEAR_END + 1))
    found |= names.named
    blocks = view.blocks
    return [n for n in sorted(found) if 0 <= n < len(blocks) and blocks[n].words <= MAX_LINE_WORDS]


def _show(names: Names, block: Block) -> None:
    """Count the names that a line shows."""
    below = block.index - names.top
    for source, found in _shown(names, block):
        for place, text in enumerate(found[:MAX_AUTHORS]):
            name = names.add(text, source, place, block.index)
            if name is not None:
                name.from_title = min(name.from_title, below, key=abs)


def _shown(names: Names, block: Block) -> Iterator[tuple[str, tuple[str, ...]]]:
    view, language = names.view, names.view.document.language
    sign, has_day = view.signs[block.index], block.index in view.days
    may_name = has_day or sign & ~bylines.DATED
    people = bylines.people(block.text, language) if may_name else ()
    if people:
        yield "byline", people
        after = view.texts[block.index + 1 : block.index + 2]
        yield "byline", bylines.continued(after[0], language) if after else ()
    if names.is_below_byline_word(block):
        yield "below a byline word", bylines.split_names(block.text, language)
    if has_day:
        yield "beside a date", bylines.beside_date(block.text, language)
    if sign & bylines.ENDS:
        yield "with a role", bylines.with_role(block.text, language)
    if block.index in names.named:
        yield "named element", bylines.split_names(_before_date(block.text, language), language)
    if names.is_near(block):
        if not people and bylines.may_name_inside(block.text, view.words[block.index], language):
            yield "inside a line", _inside(block.text, language)
        if block.words <= MAX_ALONE_WORDS:
            found = bylines.split_names(block.text, language)
            if found and all(bylines.looks_like_name(name) for name in found):
                yield "line", found


def _unglued(text: str) -> str:
    """A name without "By" before it or a label of its day behind it where the space is lost."""
    if text.isascii() and text.istitle():  # no capital stands behind a small letter
        return text
    text = _GLUED.sub("", text)
    return _glued_label().sub("", text) if _CAPITAL_INSIDE.search(text) else text


def _inside(text: str, language: str | None) -> tuple[str, ...]:
    """The name behind a word for "by" within a line: "Written on Monday by Ann Lee in Port"."""
    match = _by(language).search(text)
    if not match:
        return ()
    found: list[str] = []
    for word in text[match.end() :].split():
        bare = word.strip(EDGES)
        if not _NAME_SIGNS.fullmatch(bare) or not (bare[0].isupper() or not found):
            break
        found.append(bare)
        if len(found) == bylines.MAX_NAME_WORDS or word[-1] in ",;:|":
            break
    return (" ".join(found),) if found else ()


@cache
def _by(language: str | None) -> re.Pattern[str]:
    words = {w for code in {language or "en", "en"} for w in facts.fact(code, "by")}
    labels = {w for code in {language or "en", "en"} for w in facts.fact(code, "author_labels")}
    either = "|".join(sorted(map(re.escape, words | labels), key=lambda w: (-len(w), w)))
    return re.compile(rf"(?<!\w)(?:{either})(?:\s*[:：]\s*|\s+)(?=\w)", re.I)


@cache
def _glued_label() -> re.Pattern[str]:
    """A label of a day without a space before it: "Ann LeePublished"."""
    words = {entry[0] for key in ("published", "updated") for entry in facts.phrases(key)}
    labels = sorted({word.capitalize() for word in words if len(word) > MIN_LABEL_CHARS})
    return re.compile(rf"(?<=[a-zà-ÿ])(?:{'|'.join(map(re.escape, labels))})\b.*")


@cache
def _ends() -> frozenset[str]:
    """What no name ends in: "by" and days of the week, in English; "Domingo" is a family name."""
    return frozenset(("by", "from", *(forms[0] for forms in facts.fact("en", "weekdays"))))


@cache
def _agencies() -> frozenset[str]:
    return frozenset(map(key, resources.toml("metadata/outlets.toml")["agencies"]))


@cache
def _organizations() -> frozenset[str]:
    return frozenset(resources.toml("metadata/outlets.toml")["words"])
