"""Words of a text, also in scripts that do not put spaces between them."""

import re
from functools import lru_cache

from cleanarticle.accelerator import accelerated

# Scripts without spaces: kana, CJK ideographs, Thai, Lao, Khmer, Myanmar. Each sign is a word.
SIGNS = (
    "\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9d\U00020000-\U0002ffff"
)
# Vowel signs and accents that belong to the letter before them but are no letters themselves.
MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff"
_LETTERS = rf"(?:[^\W\d{SIGNS}]+|[{MARKS}]+)+"
_WORD = re.compile(rf"[{SIGNS}]|\d+|{_LETTERS}(?:'{_LETTERS})*")
_ASCII_WORD = re.compile("[a-z_]+(?:'[a-z_]+)*|[0-9]+")  # the same for most texts
_SIGN = re.compile(f"[{SIGNS}]")
# Turkish: casefolding leaves a dot above behind İ, and I is the capital of ı as well as of i.
TURKISH = {"ı": "i", "\u0307": ""}
# The signs that keep most texts from being ASCII, as what they are to words.
TYPOGRAPHY = {"’": "'", "“": " ", "”": " ", "–": " ", "—": " ", "…": " ", "‘": " ", "•": " "}

# Several rooms ask for the words of the same lines: so many are kept, in 20 MB at most.
LINES_KEPT, SHORT_CHARS = 2048, 1000
SIGNS_PER_WORD = 2  # the usual length of a Chinese or Japanese word


@accelerated("words")
def tokens(text: str) -> tuple[str, ...]:
    """Casefolded words and numbers in order; a sign of a script without spaces is a word."""
    return _known_tokens(text) if len(text) <= SHORT_CHARS else _tokens(text)


def _tokens(text: str) -> tuple[str, ...]:
    folded = text.casefold()
    if not folded.isascii():
        for sign, other in (*TYPOGRAPHY.items(), *TURKISH.items()):
            folded = folded.replace(sign, other)
    return tuple((_ASCII_WORD if folded.isascii() else _WORD).findall(folded))


_known_tokens = lru_cache(LINES_KEPT)(_tokens)


def mask_number(token: str) -> str:
    """The token, or "#" where it is a number."""
    return "#" if token.isdigit() else token


@accelerated("words")
def count(text: str) -> int:
    """Number of words, where `SIGNS_PER_WORD` signs of a script without spaces make one."""
    # Those of a line are asked for by others too. A dot that casefolding leaves no trace of counts.
    words = len(tokens(text.replace("\u0307", "\u0301")))
    signs = 0 if text.isascii() else len(_SIGN.findall(text))
    return words - signs + -(-signs // SIGNS_PER_WORD)
