"""Which blocks of a page are its text: labels by alignment of the gold text to the blocks.

A block of `opinion.LONG` words or more is content when most of its three-word shingles stand in
the gold text. A shorter one has to be a line of the gold text, or stand in it, next to content.
What is then left of doubt, such as a paragraph that the page holds twice, is settled by the score
itself: labels are flipped as long as the word F1 of the labelled blocks rises.
"""

import re
from collections import Counter
from collections.abc import Sequence

from cleanarticle import opinion
from cleanarticle.records import Block

COVERED, DOUBTFUL = 0.6, 0.3  # share of a block's shingles that the gold text holds
LINE_REACH, INSIDE_REACH = 6, 2  # blocks to the next content, for a line and for a piece of one
ROUNDS = 2
_WORD = re.compile(r"\w+")
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))


def words(text: str) -> list[str]:
    """Words as the WCXB benchmark counts them: runs of word signs, in small letters."""
    return _WORD.findall(text.translate(_UNSEEN).lower())


def f1(found: Counter[str], wanted: Counter[str]) -> float:
    """Word F1 of two texts as multisets of words, as in the WCXB benchmark."""
    whole = found.total() + wanted.total()
    return 2 * (found & wanted).total() / whole if whole else 1.0


def align(blocks: Sequence[Block], gold: str) -> list[bool]:
    """One label a block: whether it belongs to the gold text."""
    texts = [words(block.text) for block in blocks]
    shares = [
        share if len(text) >= opinion.LONG else 0.0
        for text, share in zip(texts, opinion.shares(blocks, gold), strict=True)
    ]
    labels = _with_short(texts, [share >= COVERED for share in shares], gold)
    return _improved(texts, labels, shares, Counter(words(gold)))


def of_snippets(
    blocks: Sequence[Block], wanted: Sequence[str], unwanted: Sequence[str]
) -> list[bool | None]:
    """One label a block by snippets of content and of boilerplate; None where they do not tell.

    A wanted snippet has to stand in one block alone. Of the blocks that hold an unwanted one, the
    shortest is meant, and its copies: a word of the menu may well stand in the text, too.
    """
    texts = [_padded(block.text) for block in blocks]
    labels: list[bool | None] = [None] * len(blocks)
    for snippet in map(_padded, unwanted):
        holding = [text for text in texts if snippet in text]
        for position, text in enumerate(texts):
            if holding and text == min(holding, key=len):
                labels[position] = False
    for snippet in map(_padded, wanted):
        found = [position for position, text in enumerate(texts) if snippet in text]
        if len(found) == 1:
            labels[found[0]] = True
    return labels


def _padded(text: str) -> str:
    return f" {' '.join(words(text))} "


def _with_short(texts: Sequence[list[str]], long: list[bool], gold: str) -> list[bool]:
    """The labels, with short blocks that stand in the gold text near to content."""
    lines = {" ".join(words(line)) for line in gold.split("\n")}
    whole = _padded(gold)
    labels = list(long)
    for position, text in enumerate(texts):
        key = " ".join(text)
        if not key or len(text) >= opinion.LONG or f" {key} " not in whole:
            continue
        reach = LINE_REACH if key in lines else INSIDE_REACH
        labels[position] = any(long[max(position - reach, 0) : position + reach + 1])
    return labels


def _improved(
    texts: Sequence[list[str]], labels: list[bool], shares: list[float], wanted: Counter[str]
) -> list[bool]:
    """The labels after flips that raise the F1 of the page."""
    counts = [Counter(text) for text in texts]
    kept: Counter[str] = Counter()
    for own, label in zip(counts, labels, strict=True):
        if label:
            kept.update(own)
    total, common, whole = kept.total(), (kept & wanted).total(), wanted.total()
    for _round in range(ROUNDS):
        changed = False
        for position, own in enumerate(counts):
            if not own or (not labels[position] and shares[position] < DOUBTFUL):
                continue
            sign = -1 if labels[position] else 1
            gain = sum(
                min(kept[word] + sign * n, wanted[word]) - min(kept[word], wanted[word])
                for word, n in own.items()
            )
            size = own.total()
            new = 2 * (common + gain) / max(total + sign * size + whole, 1)
            if new > 2 * common / max(total + whole, 1) + 1e-9:
                labels[position] = not labels[position]
                for word, n in own.items():
                    kept[word] += sign * n
                total, common, changed = total + sign * size, common + gain, True
        if not changed:
            break
    return labels
