"""Which blocks of a page stand on other pages of its site too.

Two copies of one article share its text: a near-duplicate of a page tells nothing about it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from cleanarticle.language.words import mask_number, tokens
from cleanarticle.records import Document, Field, Kind, Removal

# On how many other pages a block must stand: on one of few, else on a third of them. What stands on
# fewer pages of a shop is as often a label of its wares; four are enough on a large site, whose
# sections have menus of their own.
FEW_PAGES, SHARE_OF_PAGES, ENOUGH_PAGES = 3, 1 / 3, 4
MIN_WORDS = 5  # of a block, figures aside; in shorter ones, other wares have the same labels, too
STRENGTH = 0.85  # of a vote; the classifier leaves the rest of the score
PROSE_WORDS = 15  # of a block by which near-duplicates are told
DUPLICATE_SHARE = 0.5  # of the words of prose on the shorter page, above which it may be a copy
OWN_BLOCKS = 2  # of prose; a page with more above what it shares is no copy
EQUAL_SHARE = 0.9  # of all words, where a page has no prose
BECAUSE = "stands on {} of the site"


@dataclass(frozen=True, slots=True)
class Lines:
    """The words of a page's blocks, numbers masked, as they are compared with other pages."""

    keys: tuple[str, ...]  # by block; empty where it is too short to be compared
    words: Mapping[str, int]  # of each line, short ones too
    prose: Mapping[str, int]  # of the long ones, in page order
    titles: frozenset[str]  # what markup declares as its headline


def lines_of(document: Document) -> Lines:
    """The lines of a page."""
    all_keys = [_key(block.text) for block in document.blocks]
    words = {key: b.words for key, b in zip(all_keys, document.blocks, strict=True) if key}
    return Lines(
        keys=tuple(key if _is_telling(key, words) else "" for key in all_keys),
        words=words,
        prose={key: number for key, number in words.items() if number >= PROSE_WORDS},
        titles=frozenset(_key(c.value) for c in document.candidates if c.field is Field.TITLE),
    )


def _key(text: str) -> str:
    return " ".join(map(mask_number, tokens(text)))


def _is_telling(key: str, words: Mapping[str, int]) -> bool:
    figures = key.split(" ").count("#")
    return words.get(key, 0) - figures >= MIN_WORDS


def votes(pages: Sequence[Lines]) -> Iterator[tuple[Removal, ...]]:
    """For each page of a site, votes against its blocks that stand on other pages of it."""
    on_pages = Counter(key for page in pages for key in page.words)
    for page in pages:
        copies = [other for other in pages if other is not page and are_copies(page, other)]
        enough = _enough(len(pages) - 1 - len(copies))
        found = (on_pages[key] - 1 - sum(key in c.words for c in copies) for key in page.keys)
        yield tuple(
            Removal(position, Kind.REPEATED, _because(number), STRENGTH)
            for position, number in enumerate(found)
            if page.keys[position] and number >= enough
        )


def _enough(others: int) -> int:
    """On how many of so many other pages a block must stand."""
    if others <= FEW_PAGES:
        return 1
    return min(max(2, ceil(others * SHARE_OF_PAGES)), ENOUGH_PAGES)


def _because(number: int) -> str:
    return BECAUSE.format("1 other page" if number == 1 else f"{number} other pages")


def are_copies(one: Lines, other: Lines) -> bool:
    """Whether two pages are near-duplicates: an article and its copy, update or print version.

    They share most of their prose. So do pages of a site whose boilerplate is long; but there, each
    has an article of its own, which stands above.
    """
    if not one.prose or not other.prose:
        return _share(one.words, other.words) > EQUAL_SHARE
    if _share(one.prose, other.prose) <= DUPLICATE_SHARE:
        return False
    if one.titles & other.titles:
        return True
    return not (_begins_alone(one, other) and _begins_alone(other, one))


def _begins_alone(page: Lines, other: Lines) -> bool:
    """Whether prose that only one page has stands above what both have, on average."""
    own = [place for place, key in enumerate(page.prose) if key not in other.prose]
    both = [place for place, key in enumerate(page.prose) if key in other.prose]
    return len(own) > OWN_BLOCKS and sum(own) * len(both) < sum(both) * len(own)


def _share(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    """Share of the words of the shorter text that the other has as well."""
    both = sum(one[key] for key in one.keys() & other.keys())
    return both / max(min(sum(one.values()), sum(other.values())), 1)
