"""What the model sees of a page as a whole: for its type and for the confidence in its body."""

import math
from collections.abc import Sequence
from functools import cache

import numpy as np

from cleanarticle.classifier import counts
from cleanarticle.classifier.columns import FAR, Columns, Floats, Form
from cleanarticle.classifier.elements import BLOCKS_AT_ONCE
from cleanarticle.classifier.features import table
from cleanarticle.classifier.features.row import share
from cleanarticle.classifier.names import group_names
from cleanarticle.records import Role

MIN_HIGHEST = 0.2  # a page where no block scores as high has no content
MAX_LIMIT = 0.9  # a block that scores as high is content on any page


def cut(scores: Floats, words: Floats) -> tuple[float, float]:
    """(limit, expected F1): the limit whose body has the highest expected word F1, and that F1.

    With probability p of content and w words a block, a body that keeps the set K has an expected
    F1 of about 2·Σ_K w·p / (Σ_K w + Σ w·p); over all limits the best one is taken. (The cut that
    maximises expected F1, as in Lipton, Elkan & Naryanaswamy, "Optimal thresholding of classifiers
    to maximize F1 measure", 2014.)
    """
    if scores.max(initial=0.0) < MIN_HIGHEST:
        return MAX_LIMIT, 0.0
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum((words * scores)[order], dtype=np.float64)
    kept = np.cumsum(words[order], dtype=np.float64)
    expected = 2 * right / np.maximum(kept + right[-1], 1e-9)
    best = int(np.argmax(expected))
    return min(float(scores[order][best]), MAX_LIMIT), float(expected[best])


@cache
def names(form: Form = "html") -> tuple[str, ...]:
    """Names of the features of a page, in order."""
    return (
        *(row.name for row in table(form) if row.name.startswith("page_")),
        *(f"share_{name}" for name in _groups(form)),
        *(f"share_role_{role}" for role in Role),
        *_OF_SCORES,
        *(_OF_TEXT if form == "text" else ()),
    )


@cache
def _of_page(form: Form) -> slice:
    """Where the features of the page stand among those of its blocks: they are the last of all."""
    rows = table(form)
    return slice(next(n for n, r in enumerate(rows) if r.name.startswith("page_")), len(rows))


@cache
def _steps(form: Form) -> slice:
    """Where the steps out to the sorts of elements stand among the features of blocks."""
    names = [row.name for row in table(form)]
    groups = _groups(form)
    first = names.index(f"near_{groups[0]}") if groups else 0
    return slice(first, first + len(groups))


def _groups(form: Form) -> Sequence[str]:
    """Sorts of elements; raw text has none."""
    return group_names() if form == "html" else ()


_OF_SCORES = (
    "limit",  # where the page is cut
    "expected_f1",
    "content_words",  # log of the words that are content, as the scores expect
    "kept_words",  # log of the words above the limit
    "kept_share",  # of the page's words
    "kept_blocks",  # log
    "doubt_kept",  # mean of p(1-p) over the kept words
    "doubt_removed",  # the same over the others, by kept words
    "highest",
    "runs",  # log of how often kept text begins
    "mean_block",  # log of the words of a kept block
    "linked",  # share of the kept words in links
    "listed",  # share of the kept words in list items and table rows
)
_OF_TEXT = ("joined",)  # share of the words in blocks that go on in the line of the one above


def measure(
    columns: Columns,
    scores: Floats,
    blocks: Floats,
    limit: tuple[float, float] | None = None,
) -> Floats:
    """The features of a page, in the order of `names()`.

    Args:
        columns: the page.
        scores: probability of content of each block.
        blocks: the features of its blocks, of which those of the page are taken.
        limit: what `cut` says of the scores, where it was asked before.
    """
    total = max(float(columns.words.sum()), 1.0)
    page = blocks[0, _of_page(columns.form)]
    near = _near(columns, blocks) / total
    # no product of matrices: some libraries of it warn of what they read beyond so few rows
    roles = np.where(columns.roles, columns.words, np.float32(0)).sum(axis=1) / total
    values = (
        *page,
        *near,
        *roles,
        *_of_scores(columns, scores, limit or cut(scores, columns.runs_of_letters)),
        *_of_text(columns),
    )
    return np.array(values, np.float32)


def _near(c: Columns, blocks: Floats) -> Floats:
    """Words inside elements of each sort, by the steps from each block out to it."""
    steps, size = blocks.T[_steps(c.form)], BLOCKS_AT_ONCE
    found = np.zeros(len(steps), np.float32)
    for first in range(0, c.count, size):
        found += (steps[:, first : first + size] < FAR) @ c.words[first : first + size]
    return found


def _of_text(c: Columns) -> Sequence[float]:
    if c.form != "text":
        return ()
    return (share(c.words * c.numbers[counts.GOES_ON], c.words),)


def _of_scores(c: Columns, scores: Floats, known: tuple[float, float]) -> Sequence[float]:
    limit, expected = known
    kept = scores >= limit
    blocks = int(np.count_nonzero(kept))
    begins = int(np.count_nonzero(kept[1:] & ~kept[:-1])) + bool(kept[0])
    listed = c.role(Role.LIST_ITEM) + c.role(Role.TABLE_ROW)
    doubt = scores * (1 - scores)
    of_words = np.array(
        (np.ones_like(scores), doubt, np.minimum(c.link_density, 1), listed, scores)
    )
    words, doubted, linked, in_lists, _sure = (of_words @ (c.words * kept)).tolist()
    all_words, all_doubt, _linked, _listed, content = (of_words @ c.words).tolist()
    return (
        limit,
        expected,
        math.log1p(content),
        math.log1p(words),
        words / max(all_words, 1.0),
        math.log1p(blocks),
        doubted / max(words, 1.0),
        (all_doubt - doubted) / max(words, 1.0),
        float(scores.max(initial=0)),
        math.log1p(begins),
        math.log1p(words / max(blocks, 1)),
        linked / max(words, 1.0),
        in_lists / max(words, 1.0),
    )
