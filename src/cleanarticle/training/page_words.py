"""Fits what the words of a page tell of its type."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleanarticle.classifier.network import stored
from cleanarticle.classifier.page_words import Keys, PageWords
from cleanarticle.errors import MissingExtra
from cleanarticle.records import PageType

MIN_DOMAINS = 20  # a word is looked at that pages of so many domains hold
PRIOR = 0.1  # how strongly weights are held near zero
MAX_STEPS = 300


def fit(pages: Sequence[Keys], domains: Sequence[str], types: Sequence[PageType]) -> PageWords:
    """Weights for the words of pages, by softmax regression with an L2 penalty (L-BFGS).

    Raises:
        MissingExtra: SciPy is not installed.
    """
    try:
        from scipy.optimize import minimize
        from scipy.sparse import csr_matrix
    except ImportError as error:
        raise MissingExtra("fitting needs SciPy: pip install 'cleanarticle[train]'") from error
    keys = _known(pages, domains)
    classes = len(PageType)
    owned = [np.searchsorted(keys, np.intersect1d(page, keys)) for page in pages]
    sizes = np.array([len(own) for own in owned], np.int64)
    values = np.repeat(1 / np.sqrt(np.maximum(sizes, 1)), sizes)
    starts = np.concatenate(([0], np.cumsum(sizes)))
    columns = np.concatenate([*owned, np.zeros(0, np.int64)])
    rows = csr_matrix((values, columns, starts), shape=(len(pages), len(keys)))
    wanted = np.eye(classes)[[list(PageType).index(kind) for kind in types]]

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(len(keys) + 1, classes)
        log_odds = rows @ weights[:-1] + weights[-1]
        log_odds -= log_odds.max(axis=1, keepdims=True)
        shares = np.exp(log_odds)
        totals = shares.sum(axis=1, keepdims=True)
        entropy = np.log(totals).sum() - (wanted * log_odds).sum()
        error = shares / totals - wanted
        slope = np.concatenate((rows.T @ error + PRIOR * weights[:-1], error.sum(0)[None]))
        return float(entropy + PRIOR / 2 * (weights[:-1] ** 2).sum()), slope.ravel()

    found: Any = minimize(
        loss,
        np.zeros((len(keys) + 1) * classes),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": MAX_STEPS},
    )
    weights = found.x.reshape(len(keys) + 1, classes).astype(np.float32)
    return PageWords(keys, np.asarray(stored(weights[:-1]), np.float32), weights[-1])


def _known(pages: Sequence[Keys], domains: Sequence[str]) -> Keys:
    """The words that pages of enough domains hold."""
    seen: dict[int, set[str]] = defaultdict(set)
    for page, domain in zip(pages, domains, strict=True):
        for key in page.tolist():
            seen[key].add(domain)
    return np.array(sorted(k for k, where in seen.items() if len(where) >= MIN_DOMAINS), np.uint32)
