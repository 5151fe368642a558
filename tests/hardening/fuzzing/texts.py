"""Raw page texts of many layouts."""

from collections.abc import Callable
from random import Random

from hardening.fuzzing.vocabulary import BULLETS, BYLINES, DATES, ODD_SIGNS, PROMPTS, SCRIPTS

ENDS = (
    "\n",
    "\n",
    "\n",
    "\n\n",
    "\n\n",
    "\r\n",
    "\r",
    "\n\n\n\n",
    "\n \t\n",
    "\x0b",
    "\x0c",
    "\u2028",
    " ",
)
WIDTHS = (20, 40, 72)


def text(chance: Random) -> str:
    """A text of some layouts one below the other."""
    words = SCRIPTS[chance.choice(tuple(SCRIPTS))]
    end = chance.choice(ENDS)
    oddness = chance.choice((0.0, 0.0, 0.05, 0.3))
    parts: list[str] = []
    for _ in range(chance.choice((1, 2, 4, 8, 15))):
        part = chance.choice(LAYOUTS)(chance, words)
        if chance.random() < oddness:
            place = chance.randrange(len(part) + 1)
            part = part[:place] + chance.choice(ODD_SIGNS) * chance.choice((1, 1, 5)) + part[place:]
        parts.append(part.replace("\n", end) if end != "\n" else part)
    return end.join(parts)


def run(chance: Random, words: tuple[str, ...], most: int) -> str:
    return " ".join(chance.choices(words, k=chance.randrange(1, most)))


def paragraph(chance: Random, words: tuple[str, ...]) -> str:
    return run(chance, words, 60)


def lines(chance: Random, words: tuple[str, ...]) -> str:
    return "\n".join(run(chance, words, 8) for _ in range(chance.randrange(1, 8)))


def wrapped(chance: Random, words: tuple[str, ...]) -> str:
    width, found = chance.choice(WIDTHS), [""]
    for word in chance.choices(words, k=60):
        if len(found[-1]) + len(word) >= width:
            found.append("")
        found[-1] += f"{word} "
    return "\n".join(line.rstrip() for line in found)


def indented(chance: Random, words: tuple[str, ...]) -> str:
    pads = ("    ", "\t", "  ", "\u3000", " " * 40, "> ", ">> ", "")
    return "\n".join(
        chance.choice(pads) + run(chance, words, 10) for _ in range(chance.randrange(1, 7))
    )


def columns(chance: Random, words: tuple[str, ...]) -> str:
    joint = chance.choice((" | ", "\t", "   ", " |", ";", "  ·  "))
    count = chance.randrange(2, 5)
    return "\n".join(
        joint.join(run(chance, words, 4) for _ in range(count))
        for _ in range(chance.randrange(1, 6))
    )


def bullets(chance: Random, words: tuple[str, ...]) -> str:
    bullet = chance.choice(BULLETS)
    return "\n".join(
        (bullet if chance.random() < 0.8 else chance.choice(BULLETS)) + run(chance, words, 12)
        for _ in range(chance.randrange(1, 8))
    )


def front(chance: Random, words: tuple[str, ...]) -> str:
    """A headline with day and byline, in some order."""
    found = [run(chance, words, 9), chance.choice(DATES), chance.choice(BYLINES)]
    chance.shuffle(found)
    return "\n".join(found[: chance.randrange(1, 4)])


def prompts(chance: Random, words: tuple[str, ...]) -> str:
    return chance.choice(("\n", " ", " | ")).join(chance.choices(PROMPTS, k=chance.randrange(1, 7)))


def code(chance: Random, words: tuple[str, ...]) -> str:
    return "\n".join(
        " " * chance.choice((0, 4, 4, 8))
        + chance.choice(("x = 1", "def f(a):", "}", "", "$ ls -l"))
        for _ in range(chance.randrange(1, 8))
    )


def headings(chance: Random, words: tuple[str, ...]) -> str:
    title = run(chance, words, 6)
    mark = chance.choice(("# ", "## ", "", "1. ", "Title: "))
    under = chance.choice(("", "\n=====", "\n-----", "\n***", ":"))
    return f"{mark}{title}{under}"


def signs(chance: Random, words: tuple[str, ...]) -> str:
    return "".join(chance.choices(ODD_SIGNS, k=chance.randrange(1, 12)))


Layout = Callable[[Random, tuple[str, ...]], str]
LAYOUTS: tuple[Layout, ...] = (
    *(paragraph, paragraph, paragraph, lines, lines, wrapped, indented, columns, bullets, bullets),
    *(front, front, prompts, prompts, code, headings, signs),
)
