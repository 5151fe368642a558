"""Patterns that two loops or a search make quadratic on paper, and why they are not at work."""

from dataclasses import dataclass

from hardening.pattern_list import Used


@dataclass(frozen=True, slots=True)
class Bound:
    """Why a pattern is never slow."""

    module: str
    """Below the package."""
    start: str
    """How the pattern begins, so far as it takes to tell it from its neighbours."""
    chars: int | None
    """The most characters that it is ever given; None where the length does not matter; 0 where
    only pages that hold the text can say."""
    why: str


BOUNDS = (
    Bound("batch.sources.files", r"\?.*", 4_096, "the name of a file"),
    Bound("language.bylines", r"(?:\s+(?:", 600, "split_names reads MAX_AUTHORS_CHARS"),
    Bound("language.bylines", r"\S+@", 1_000, "both callers have a bound, the larger is this one"),
    Bound("language.bylines", r"\s*(?:[;,&|/", 600, "split_names has a bound, and so have days"),
    Bound("language.dates", "(?<!", 300, "lines of more than dates.MAX_CHARS hold no day"),
    Bound("language.detect", r"\s*([A-Za-z]{2,3})", None, "a dot that takes all, then the end"),
    Bound("language.words", "", None, "findall of words: each is taken whole, none is given back"),
    Bound("metadata.author", "(?<=[a-zà-ÿ])(?:", None, "one match takes the rest of the line"),
    Bound("metadata.title", r"\s+(?:", 0, "space in titles is one sign wide when it is asked"),
    Bound("readers.attributes", "[A-Z]+", None, "findall, where each letter is part of a match"),
    Bound("readers.jsonld_repair", r"\s*(?:", None, "match at a place, never a search"),
    Bound("readers.plaintext", "(?<=[^", None, "what stands before a stretch is asked for first"),
    Bound("readers.tidy", "<(?:!--", None, "possessive: a tag is read once, whatever comes of it"),
    Bound("readers.tree", "", 0, "patterns of lxml, which it makes for this module"),
    Bound("strippers.byline", r"[\w.+-]+@", 300, "longer blocks are passed over before"),
)


def bound_of(one: Used) -> Bound | None:
    """What is known of a pattern."""
    for known in BOUNDS:
        named = one.module == f"cleanarticle.{known.module}"
        if named and one.pattern.startswith(known.start):
            return known
    return None
