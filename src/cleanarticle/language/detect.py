"""The language of a text, by its script and its function words."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from cleanarticle.accelerator import accelerated
from cleanarticle.language import facts
from cleanarticle.language.words import tokens

SAMPLE_WORDS, SAMPLE_CHARS = 2000, 20_000
MIN_SHARE = 0.08  # of the words must be the language's function words
MIN_WORDS = 3  # function words; fewer say nothing
MIN_SIGNS = 0.3  # of the words must be signs of a script that one language alone uses here

_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
)
_ANY_SCRIPT = re.compile("|".join(script.pattern for _language, script in _SCRIPTS))
_CODE = re.compile(r"\s*([A-Za-z]{2,3})(?:[-_].*)?\s*$", re.S)


def code(declared: str | None) -> str | None:
    """Two- or three-letter code of a declared language such as "pt-BR"; None where it is none."""
    match = _CODE.match(declared or "")
    return match[1].lower() if match else None


def detect(*lines: str) -> str | None:
    """Code of the language that a text is most likely in, None where nothing speaks for one.

    Args:
        lines: those of the text, of which the first are looked at.
    """
    number, initials, counts = sample(lines, SAMPLE_CHARS, SAMPLE_WORDS)
    language = None if initials.isascii() else _by_script(initials)
    return language or _by_function_words(number, counts)


@accelerated("words")
def sample(lines: Sequence[str], chars: int, number: int) -> tuple[int, str, dict[str, int]]:
    """The first words: how many, what each begins with, and how many are of which language.

    Those of a language are its function words. Where all is ASCII, the beginnings are left out.

    Args:
        lines: of a text.
        chars: words are taken from so many characters at most, a break between lines counts one.
        number: so many words are taken at most.
    """
    words: list[str] = []
    for line in lines:
        if chars <= 0 or len(words) >= number:
            break
        words += tokens(line[:chars])
        chars -= len(line) + 1
    del words[number:]
    initials = "" if "".join(words).isascii() else "".join([word[0] for word in words])
    return len(words), initials, _language_counts(words)


def _by_script(signs: str) -> str | None:
    """The language that alone uses the script of many of the signs."""
    if _ANY_SCRIPT.search(signs) is None:
        return None
    for language, script in _SCRIPTS:
        share = len(script.findall(signs)) / len(signs)
        if share >= (MIN_SIGNS if language != "ja" else MIN_SIGNS / 3):
            return language
    return None


def _by_function_words(number: int, counts: Mapping[str, int]) -> str | None:
    if not counts:
        return None
    best, found = max(counts.items(), key=lambda item: (item[1], item[0]))
    return best if found >= max(MIN_SHARE * number, MIN_WORDS) else None


def _language_counts(words: Sequence[str]) -> dict[str, int]:
    """How many of the words are function words of each language that has any among them."""
    counts: dict[str, int] = {}
    by_word = languages_by_word()
    times_of = Counter(words)
    for word in by_word.keys() & times_of.keys():
        times = times_of[word]
        for language in by_word[word]:
            counts[language] = counts.get(language, 0) + times
    return counts


@cache
def languages_by_word() -> dict[str, tuple[str, ...]]:
    """Function word → the languages that have it."""
    by_word: dict[str, tuple[str, ...]] = {}
    for language in facts.languages():
        for word in facts.stop_words(language):
            by_word[word] = (*by_word.get(word, ()), language)
    return by_word
