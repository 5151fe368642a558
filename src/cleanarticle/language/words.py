"""Words of a text, also in scripts that do not put spaces between them."""

import re

# Scripts written without spaces: kana, CJK ideographs, Thai, Lao, Khmer, Myanmar. Each sign is a word.
_SIGNS = (
    "\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9d\U00020000-\U0002ffff"
)
_WORD = re.compile(rf"[{_SIGNS}]|[^\W{_SIGNS}]+(?:['’][^\W{_SIGNS}]+)*")
_SIGN = re.compile(f"[{_SIGNS}]")
_NUMBER = re.compile(r"\d+")

SIGNS_PER_WORD = 2  # the usual length of a Chinese or Japanese word


def tokens(text: str) -> list[str]:
    """Casefolded words in order. A sign of a script without spaces is a word of its own."""
    return _WORD.findall(text.casefold().replace("’", "'"))


def mask_number(token: str) -> str:
    """The token, or "#" where it is a number."""
    return "#" if token[0].isdigit() and _NUMBER.fullmatch(token) else token


def count(text: str) -> int:
    """Number of words, where `SIGNS_PER_WORD` signs of a script without spaces make one."""
    if text.isascii():
        return len(_WORD.findall(text))
    signs = len(_SIGN.findall(text))
    return len(_WORD.findall(text)) - signs + -(-signs // SIGNS_PER_WORD)
