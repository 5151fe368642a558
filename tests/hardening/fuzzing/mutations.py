"""Damage to pages. The same chance does the same damage."""

import re
from collections.abc import Callable
from random import Random

from hardening.fuzzing.vocabulary import ATTRIBUTES, ENTITIES, ODD_SIGNS

TAG = re.compile(r"<[^<>]{0,300}>")
TEXT_TAG = re.compile(r"<(?:script|style)\b.*?</(?:script|style)\s*>|<[^<>]*>", re.S | re.I)
NAME = re.compile(r"(?<=<)/?[a-zA-Z][\w-]*")
CODECS = (
    *("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1", "cp1251"),
    *("koi8-r", "shift_jis", "euc_jp", "iso2022_jp", "gb18030", "hz", "big5", "cp949", "cp874"),
    *("cp1256", "cp1255", "iso8859-2", "mac_roman", "cp037", "utf-7"),
)
LABELS = (*CODECS, "utf-8", "x-user-defined", "unicode", "", "utf8mb4", "punycode", "idna", "rot13")
LABELS = (
    *LABELS,
    "undefined",
    "base64",
    "zlib",
    "hex",
    "unicode_escape",
    "none",
    "mbcs",
    "oem",
    "\x00",
)
FLOODS = (1, 20, 400)


def flip(chance: Random, data: bytes) -> bytes:
    """Some bytes become others."""
    damaged = bytearray(data)
    for _ in range(chance.choice((1, 4, 30)) if damaged else 0):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    return bytes(damaged)


def flip_bits(chance: Random, data: bytes) -> bytes:
    damaged = bytearray(data)
    for _ in range(chance.choice((1, 8)) if damaged else 0):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def insert(chance: Random, data: bytes) -> bytes:
    place = chance.randrange(len(data) + 1)
    return data[:place] + chance.randbytes(chance.choice((1, 3, 40))) + data[place:]


def drop_bytes(chance: Random, data: bytes) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] + data[start + chance.choice((1, 2, 300)) :]


BYTE_DAMAGE: tuple[Callable[[Random, bytes], bytes], ...] = (
    flip,
    flip,
    flip_bits,
    insert,
    drop_bytes,
)


def bounds(page: str) -> list[int]:
    """Where tags begin and end, and each place inside a tag next to its start."""
    return sorted(
        {place for m in TAG.finditer(page) for place in (m.start(), m.start() + 1, m.end())}
    )


def truncate(page: str, number: int) -> str:
    """The page up to one of the bounds of its tags; numbers count round and round."""
    places = bounds(page)
    return page[: places[number % len(places)]] if places else page


def swap_tags(chance: Random, page: str) -> str:
    """Some tags stand in each other's places."""
    pieces = re.split(f"({TAG.pattern})", page)
    odd = range(1, len(pieces), 2)
    for _ in range(chance.choice((1, 3, 15)) if len(odd) > 1 else 0):
        one, other = chance.choice(odd), chance.choice(odd)
        pieces[one], pieces[other] = pieces[other], pieces[one]
    return "".join(pieces)


def rename_tags(chance: Random, page: str) -> str:
    """One tag's name becomes that of another, wherever it stands or sometimes."""
    names = NAME.findall(page)
    if not names:
        return page
    old, new = chance.choice(names).strip("/"), chance.choice(names).strip("/")
    share = chance.choice((1.0, 0.3))
    return re.sub(
        rf"(?<=<)(/?){re.escape(old)}\b",
        lambda m: m[1] + new if chance.random() < share else m[0],
        page,
    )


def drop(chance: Random, page: str) -> str:
    start, length = _slice(chance, page)
    return page[:start] + page[start + length :]


def duplicate(chance: Random, page: str) -> str:
    start, length = _slice(chance, page)
    return (
        page[:start]
        + page[start : start + length] * chance.choice((2, 2, 5))
        + page[start + length :]
    )


def move(chance: Random, page: str) -> str:
    start, length = _slice(chance, page)
    rest = page[:start] + page[start + length :]
    place = chance.randrange(len(rest) + 1)
    return rest[:place] + page[start : start + length] + rest[place:]


def sprinkle(chance: Random, page: str) -> str:
    """Surrogates, NUL, bidi, astral and other odd signs among the others."""
    sign = chance.choice(ODD_SIGNS)
    for _ in range(chance.choice((1, 4, 12))):
        place = chance.randrange(len(page) + 1)
        page = page[:place] + sign + page[place:]
        sign = chance.choice((sign, chance.choice(ODD_SIGNS)))
    return page


def flood(chance: Random, page: str) -> str:
    """Entities, or one odd sign, many times."""
    place = chance.randrange(len(page) + 1)
    piece = chance.choice(chance.choice((ENTITIES, ODD_SIGNS)))
    return page[:place] + piece * chance.choice(FLOODS) + page[place:]


def noise(chance: Random, page: str) -> str:
    """Attributes that the page does not have, in some of its tags."""
    share = chance.choice((0.1, 0.5, 1.0))

    def attributed(match: re.Match[str]) -> str:
        if chance.random() >= share or match[0].startswith("/"):
            return match[0]
        name = chance.choice(tuple(ATTRIBUTES))
        return f'{match[0]} {name}="{chance.choice(ATTRIBUTES[name])}"'

    return NAME.sub(attributed, page)


def case_noise(chance: Random, page: str) -> str:
    """Capital and small letters anew: everywhere, or in tags only."""
    if chance.random() < 0.3:
        return chance.choice((str.upper, str.lower, str.swapcase, str.title))(page)
    return NAME.sub(lambda m: "".join(chance.choice((c.upper(), c)) for c in m[0]), page)


def break_quotes(chance: Random, page: str) -> str:
    sign = chance.choice("\"'<>=/&;-")
    places = [n for n, c in enumerate(page) if c == sign]
    if not places:
        return page
    place = chance.choice(places)
    return page[:place] + chance.choice(("", sign * 2, "\n", "`")) + page[place + 1 :]


def squeeze(chance: Random, page: str) -> str:
    """White space gone, doubled or of another sort."""
    other = chance.choice(("", " ", "\n", "\r\n", "\t", "\u00a0", "\u3000", "\n\n"))
    share = chance.choice((0.1, 1.0))
    return re.sub(r"\s+", lambda m: other if chance.random() < share else m[0], page)


TEXT_DAMAGE: tuple[Callable[[Random, str], str], ...] = (
    *(drop, duplicate, move, sprinkle, sprinkle, flood, case_noise, break_quotes, squeeze),
)
TAG_DAMAGE: tuple[Callable[[Random, str], str], ...] = (
    *(swap_tags, rename_tags, noise, case_noise, break_quotes, drop, duplicate, move, flood),
)


def splice(chance: Random, page: str, other: str) -> str:
    """The start of one page and the end of another, or one inside the other."""
    if chance.random() < 0.3:
        place = chance.randrange(len(page) + 1)
        return page[:place] + other + page[place:]
    return page[: chance.randrange(len(page) + 1)] + other[chance.randrange(len(other) + 1) :]


def encoded(chance: Random, page: str) -> bytes:
    """The page in another encoding, which it declares, or it declares a wrong one or none."""
    codec = chance.choice(CODECS)
    declared = codec if chance.random() < 0.4 else chance.choice(LABELS)
    if chance.random() < 0.8:
        tag = chance.choice(('<meta charset="%s">', "<?xml version='1.0' encoding='%s'?>"))
        page = tag % declared + page
    data = page.encode(codec, "ignore" if chance.random() < 0.5 else "xmlcharrefreplace")
    return data if chance.random() < 0.7 else flip(chance, data)


def without_tags(page: str) -> str:
    """The page as raw text: what a crawl leaves of it."""
    return re.sub(r"\n\s*\n+", "\n", TEXT_TAG.sub("\n", page)).strip()


def _slice(chance: Random, page: str) -> tuple[int, int]:
    return chance.randrange(len(page) + 1), chance.choice((1, 10, 100, 800))
