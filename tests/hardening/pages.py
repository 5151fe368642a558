"""The pages that threads and the soak are run over, and what an article of one comes to."""

import hashlib
import json
import random
from pathlib import Path
from typing import Any

import cases
import cleanarticle
from hardening.findings import Setting

SEED = 8
MOST_BYTES = 300_000  # of one page
MEAN_BYTES = 60_000  # of all pages, so that a soak of many ends


def fixtures() -> list[bytes]:
    """The pages of the test cases, HTML and raw text."""
    return [page.read_bytes() for page in cases.pages()]


def sample(setting: Setting, number: int) -> list[bytes]:
    """So many pages, the same in every run: of the corpus, a third of them as raw text."""
    pages = fixtures()
    if setting.corpus is not None:
        pages = _of_corpus(setting.corpus, number * 2 // 3)
        pages += [_text(page) for page in pages[::2]]
    return pages[:number]


def _of_corpus(corpus: Path, number: int) -> list[bytes]:
    from cleanarticle.training.corpus import read

    known = list(read(corpus))
    random.Random(SEED).shuffle(known)
    found: list[bytes] = []
    room = MEAN_BYTES * number
    for page in known:
        data = page.data()
        if len(found) < number and len(data) <= min(MOST_BYTES, room):
            found.append(data)
            room -= len(data)
    return found


def _text(page: bytes) -> bytes:
    """The blocks of a page as a scraper without tags would have kept them."""
    verdicts = cleanarticle.explain(page).verdicts
    return "\n".join(verdict.block.text for verdict in verdicts).encode("utf-8", "replace")


def digest(page: Any) -> str:
    """What tells one article from another: all its fields, whatever the order of the run."""
    article = cleanarticle.extract(page)
    text = json.dumps(article.to_dict(), sort_keys=True) + article.to_html()
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
