"""A corpus of made-up pages, and fits on it that take seconds."""

import json
import random
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from cleanarticle.training.__main__ import main

SET = "harbours"
DOMAINS, PAGES_A_DOMAIN = 8, 3  # the domains are spread evenly over all four folds
NAMES = "mill baker pier ferry keeper valley lantern harbour orchard bridge clock tower".split()
VERBS = "mends paints sells finds keeps borrows measures carries".split()
ENDS = ("before the winter", "with great care", "for the second time", "as every year")
MENU = ("Home", "Boats", "Tides", "Weather", "Log in", "Contact")
TEASERS = ("Most read this week", "Ten knots to know", "A walk along the quay")
FOOTER = "© 2024 Harbour Courier. Imprint and terms of use"


def sentence(chance: random.Random) -> str:
    first, second, third = chance.sample(NAMES, 3)
    end = f"of the {third} {chance.choice(ENDS)}"
    return f"The {first} {chance.choice(VERBS)} the {second} {end}."


def paragraphs(seed: int) -> list[str]:
    chance = random.Random(seed)
    return [" ".join(sentence(chance) for _n in range(3)) for _p in range(chance.randint(3, 6))]


def html(seed: int, texts: list[str]) -> str:
    """An article, or a thread of posts for an odd seed, with the boilerplate of its site."""
    menu = "".join(f'<li><a href="/{n}">{text}</a></li>' for n, text in enumerate(MENU))
    more = "".join(f'<p><a href="/more/{n}">{text}</a></p>' for n, text in enumerate(TEASERS))
    if seed % 2:
        posts = (f'<div class="post"><p>{text}</p></div>' for text in texts)
        main_part = f'<div class="thread">{"".join(posts)}</div>'
    else:
        main_part = f"<article>{''.join(f'<p>{text}</p>' for text in texts)}</article>"
    return (
        f"<html><head><title>Page {seed} of the harbour</title></head><body>"
        f"<nav><ul>{menu}</ul></nav><h1>Page {seed} of the harbour</h1>{main_part}"
        f'<aside class="sidebar">{more}</aside><footer><p>{FOOTER}</p></footer></body></html>'
    )


def write(folder: Path) -> None:
    """The corpus: one set, of articles and threads in turn."""
    rows = []
    for seed in range(DOMAINS * PAGES_A_DOMAIN):
        texts = paragraphs(seed)
        (folder / f"{seed}.html").write_text(html(seed, texts), "utf-8")
        row = {
            "id": str(seed),
            "html": f"{seed}.html",
            "domain": f"site{seed // PAGES_A_DOMAIN}.example",
            "page_type": "forum" if seed % 2 else "article",
            "body": "\n\n".join(texts),
            "with": [texts[0][:40], texts[-1][-40:]],
            "without": [TEASERS[1], "Imprint"],
        }
        rows.append(json.dumps(row))
    (folder / f"{SET}.jsonl").write_text("\n".join(rows), "utf-8")


@dataclass(frozen=True)
class Run:
    """What a fit left behind."""

    status: int
    printed: str
    corpus: Path
    weights: Path
    folds: Path

    def files(self) -> dict[str, bytes]:
        """The contents of all files written, by name."""
        paths = {*self.weights.parent.iterdir(), *self.folds.iterdir()}
        return {path.name: path.read_bytes() for path in paths if path.is_file()}


def run(folder: Path, weights: Path, folds: Path | None, *more: str) -> Run:
    """A fit of the command line; `more` are further arguments."""
    given = ["fit", "--corpus", str(folder), "-o", str(weights), *more]
    with redirect_stdout(StringIO()) as printed:
        status = main([*given, "--folds", str(folds)] if folds else given)
    return Run(status, printed.getvalue(), folder, weights, folds or weights.parent)


def unseen(seed: int) -> tuple[str, list[str]]:
    texts = paragraphs(seed)
    return html(seed, texts), texts
