"""What the language files say, read once and merged where all languages are looked up at once."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from cleanarticle import resources
from cleanarticle.language.words import tokens

_FOLDER = "language/data"
_MORE_MONTHS = "language/months.toml"
# Letters that Unicode composes and normalisation takes apart for good: pages have both forms.
_TAKEN_APART = {"\u09af\u09bc": "\u09df", "\u092b\u093c": "\u095e", "\u0a2b\u0a3c": "\u0a5e"}

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
    return frozenset(tokens(entry) for code in codes for entry in fact(code, key))


@cache
def months() -> Mapping[str, int]:
    """Month name in small letters → number, of all languages. Spaces inside are single."""
    return {form: number for name, number in _numbered("months") for form in _small(name)}


@cache
def months_in(language: str | None) -> Mapping[str, int]:
    """Month name in small letters → number, of all languages known, with and without a file.

    Where a name stands for different months, it is read as in `language`, else as in those that
    have a file.
    """
    more = resources.toml(_MORE_MONTHS)["gregorian"]
    found = {form: number for code in more for form, number in _months(more[code])}
    found |= months()
    return found | dict(_months(more.get(language, ())))


@cache
def jalali_months() -> Mapping[str, int]:
    """The same for the months of the Iranian solar year."""
    calendars = resources.toml(_MORE_MONTHS)["jalali"]
    return {form: number for names in calendars.values() for form, number in _months(names)}


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


def _months(names: Sequence[Sequence[str]]) -> Iterator[tuple[str, int]]:
    for number, forms in enumerate(names, start=1):
        for form in forms:
            for small in _small(form):
                yield small, number
                for apart, composed in _TAKEN_APART.items():
                    if apart in small:
                        yield small.replace(apart, composed), number


def _numbered(key: str) -> Iterator[tuple[str, int]]:
    for code in languages():
        for number, forms in enumerate(fact(code, key), start=1):
            for form in forms:
                yield form, number
