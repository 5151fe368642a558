"""What a tag and its attributes say: its flow, its names, whether it is displayed."""

import re
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

_HIDING_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_NAME_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_a-zA-Z]+")
_HIDING_CLASSES = frozenset(
    (
        "hidden hide is-hidden u-hidden d-none display-none visually-hidden visuallyhidden "
        "sr-only screen-reader-text screen-reader-only screenreader a11y-hidden"
    ).split()
)
_SHOWING_CLASS = re.compile(r"(?:^|[\s:-])(?:block|flex|grid|inline|inline-block|table)(?:\s|$)")
MAX_NAME_CHARS = 400  # of class and id together; longer ones are utility classes


def name_words(names: str) -> tuple[str, ...]:
    """Words of class and id values, split at spaces, hyphens, underscores and camelCase."""
    return tuple(word.lower() for word in _NAME_WORD.findall(names[:MAX_NAME_CHARS]))


def is_hidden(element: Any, tag: str) -> bool:
    """Whether the element by itself is not displayed."""
    attributes = element.attrib
    if not attributes:
        return False
    if "hidden" in attributes and attributes["hidden"].lower() != "until-found":
        return True
    if attributes.get("aria-hidden", "").lower() == "true":
        return True
    if tag == "dialog" and "open" not in attributes:
        return True
    classes = attributes.get("class", "")[:MAX_NAME_CHARS]
    if not _HIDING_CLASSES.isdisjoint(classes.split()) and not _SHOWING_CLASS.search(classes):
        return True
    style = attributes.get("style")
    return bool(style and _HIDING_STYLE.search(style[:2000]))


def first_number(element: Any) -> int:
    """The number that an ordered list starts with."""
    try:
        return int(element.get("start", "1")[:6])
    except ValueError:
        return 1
