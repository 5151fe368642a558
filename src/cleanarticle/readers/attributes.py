"""What a tag and its attributes say: its flow, its names, whether it is displayed."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

INLINE = frozenset(
    (
        "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark nobr q rb "
        "rp rt ruby s samp small span strike strong sub sup time tt u var wbr math mfrac mi mn "
        "mo mover mrow mspace msqrt mstyle msub msubsup msup mtext munder semantics"
    ).split()
)
# No person reads these, or they are not text of the page.
SKIPPED = frozenset(
    (
        "annotation script style template svg iframe object embed canvas audio video map head "
        "title meta link base param source track area img input datalist"
    ).split()
)

# Attributes that may tell what an element is for, beside its class and id.
LABELS = ("itemprop", "itemtype", "aria-label", "data-testid", "data-component", "data-type")
_LABELS = frozenset(LABELS)
_READ = _LABELS | frozenset("class id role hidden aria-hidden style open href start".split())

HIDING_STYLES = {"display": "none", "visibility": "hidden"}
_HIDING_STYLE = re.compile(
    "|".join(rf"{name}\s*:\s*{value}" for name, value in HIDING_STYLES.items()), re.I
)
_SMALL_WORD = re.compile(r"[a-z]+")
_NAME_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_a-zA-Z]+")
HIDING_CLASSES = frozenset(
    (
        "hidden hide is-hidden u-hidden d-none display-none visually-hidden visuallyhidden "
        "sr-only screen-reader-text screen-reader-only screenreader a11y-hidden"
    ).split()
)
_SHOWING_CLASS = re.compile(r"(?:^|[\s:-])(?:block|flex|grid|inline|inline-block|table)(?:\s|$)")
MAX_NAME_CHARS = 400  # of class and id together; longer ones are utility classes
MAX_STYLE_CHARS = 2000
NAMES_KEPT = 1024  # the same names stand all over a page, and on others of its site


def name_words(names: str) -> tuple[str, ...]:
    """Words of class and id values, split at spaces, hyphens, underscores and camelCase."""
    return _words(names[:MAX_NAME_CHARS])


@lru_cache(NAMES_KEPT)
def _words(names: str) -> tuple[str, ...]:
    if names.isascii() and names.islower():
        return tuple(_SMALL_WORD.findall(names))
    return tuple([word.lower() for word in _NAME_WORD.findall(names)])


def label_words(attributes: Mapping[str, str]) -> tuple[str, ...]:
    """Words of the attributes that tell what an element is for."""
    if _LABELS.isdisjoint(attributes):
        return ()
    return name_words(" ".join(filter(None, map(attributes.get, LABELS))))


def read_attributes(element: Any) -> dict[str, str] | None:
    """The attributes that are read here; None where the element has none at all.

    All of them are not asked for: libxml2 looks for each among those before it.
    """
    names = element.keys()
    return {name: element.get(name) for name in names if name in _READ} if names else None


def is_hidden(element: Any, tag: str) -> bool:
    """Whether the element by itself is not displayed."""
    attributes = read_attributes(element)
    return attributes is not None and hides(attributes, tag)


def hides(attributes: Mapping[str, str], tag: str) -> bool:
    """Whether its attributes hide an element."""
    if "hidden" in attributes and attributes["hidden"].lower() != "until-found":
        return True
    if "aria-hidden" in attributes and attributes["aria-hidden"].lower() == "true":
        return True
    if tag == "dialog" and "open" not in attributes:
        return True
    if "class" in attributes and hides_by_class(attributes["class"][:MAX_NAME_CHARS]):
        return True
    return "style" in attributes and hides_by_style(attributes["style"])


@lru_cache(NAMES_KEPT)
def hides_by_class(classes: str) -> bool:
    """Whether one of the classes hides, and none shows again on some screens."""
    hiding = not HIDING_CLASSES.isdisjoint(classes.split())
    return hiding and not _SHOWING_CLASS.search(classes)


def hides_by_style(style: str) -> bool:
    """Whether the style attribute takes its element from the page."""
    return bool(_HIDING_STYLE.search(style[:MAX_STYLE_CHARS]))


def first_number(start: str) -> int:
    """The number that an ordered list starts with, by its attribute."""
    try:
        return int(start[:6])
    except ValueError:
        return 1
