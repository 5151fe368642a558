"""Sorts of elements, told by tag, role, and the words of class, id and other attributes."""

from collections.abc import Mapping
from functools import cache, lru_cache

from cleanarticle import resources

MIN_INSIDE_LETTERS = 5  # a shorter word of the name lists has to be a whole word
WORD_BITS = 64
MAX_LETTERS = 40  # of such a word that are looked at
TAG_GROUPS: Mapping[str, tuple[str, ...]] = {
    "nav": ("nav", "menu", "navigation"),
    "header": ("header", "banner"),
    "footer": ("footer", "contentinfo"),
    "aside": ("aside", "complementary"),
    "form": ("form", "fieldset", "search"),
    "dialog": ("dialog", "alertdialog"),
    "article": ("article",),
    "main": ("main",),
    "section": ("section", "region"),
    "list": ("ul", "ol", "dl", "list"),
    "item": ("li", "dt", "dd", "listitem"),
    "table": ("table", "grid"),
    "cell": ("td", "th"),
    "figure": ("figure", "figcaption", "picture"),
    "quote": ("blockquote",),
    "button": ("button", "label", "select", "option", "textarea", "tab", "tablist"),
    "heading": ("h1", "h2", "h3", "h4", "h5", "h6", "hgroup"),
    "details": ("details", "summary", "tabpanel"),
    "noscript": ("noscript",),
    "paragraph": ("p",),
    "plain": ("div", "span", "center", "font"),
    "code": ("pre", "code"),
    "address": ("address",),
}
TAG_GROUP = {tag: group for group, tags in TAG_GROUPS.items() for tag in tags}


@cache
def name_groups() -> Mapping[str, frozenset[str]]:
    """Words of class and id values by what they tell."""
    return {
        name: frozenset(words) for name, words in resources.toml("classifier/names.toml").items()
    }


@cache
def group_names() -> tuple[str, ...]:
    """All sorts of elements, by tag and by name."""
    return (*(f"tag_{name}" for name in TAG_GROUPS), *name_groups())


@cache
def _groups_by_word() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name, known in name_groups().items():
        for word in sorted(known):
            found.setdefault(word, []).append(name)
    return {word: tuple(names) for word, names in found.items()}


@lru_cache(maxsize=20_000)
def sorts_of(tag: str, aria: str, names: tuple[str, ...], labels: tuple[str, ...]) -> bytes:
    """The sorts of an element: a bit each, in the order of `group_names`, in words of 64 bits."""
    found = {f"tag_{TAG_GROUP[name]}" for name in (tag, aria) if name in TAG_GROUP}
    found = found.union(*map(groups_of, (*names, *labels)))
    bits = "".join("01"[name in found] for name in group_names())
    size = -(-len(bits) // WORD_BITS) * WORD_BITS
    return int(bits.ljust(size, "0"), 2).to_bytes(size // 8, "big")


@lru_cache(maxsize=20_000)
def groups_of(word: str) -> frozenset[str]:
    """Groups that a word of a class or id value belongs to, by itself or by a part of it."""
    index = _groups_by_word()
    parts = {
        word[first:last]
        for first in range(min(len(word), MAX_LETTERS))
        for last in range(first + MIN_INSIDE_LETTERS, min(len(word), MAX_LETTERS) + 1)
    }
    return frozenset(name for part in (parts | {word}) & index.keys() for name in index[part])
