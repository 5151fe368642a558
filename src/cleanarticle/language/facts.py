"""What the language files say, read once and merged where all languages are looked up at once."""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

from cleanarticle import resources
from cleanarticle.language.words import tokens

_FOLDER = "language/data"

Phrase = tuple[str, ...]  # casefolded words


@cache
def languages() -> tuple[str, ...]:
    """Codes of the languages that have a file."""
    return resources.names(_FOLDER, ".toml")


def fact(language: str, key: str) -> list[str]:
    """The list under `key` in one language's file; empty for a language without a file."""
    if language not in languages():
        return []
    found: list[str] = resources.toml(f"{_FOLDER}/{language}.toml")[key]
    return found


@cache
def stop_words(language: str) -> frozenset[str]:
    """The most frequent function words."""
    return frozenset(fact(language, "stop_words"))


@cache
def phrases(key: str, language: str | None = None) -> frozenset[Phrase]:
    """The words of each entry under `key`, of one language or of all."""
    codes = (language,) if language else languages()
    return frozenset(tuple(tokens(entry)) for code in codes for entry in fact(code, key))


@cache
def months() -> Mapping[str, int]:
    """Month name in small letters → number, of all languages. Spaces inside are single."""
    return {form: number for name, number in _numbered("months") for form in _small(name)}


@cache
def weekdays() -> frozenset[str]:
    """Names of the days of the week, of all languages."""
    return frozenset(name for name, _number in _numbered("weekdays"))


def _small(casefolded: str) -> Iterator[str]:
    """How a casefolded name is written in small letters: composed, with a final sigma."""
    name = unicodedata.normalize("NFC", casefolded)
    yield name
    if name.endswith("σ"):
        yield f"{name[:-1]}ς"


def _numbered(key: str) -> Iterator[tuple[str, int]]:
    for code in languages():
        for number, forms in enumerate(fact(code, key), start=1):
            for form in forms:
                yield form, number
