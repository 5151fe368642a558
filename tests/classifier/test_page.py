"""Where a page is cut, and what expected F1 that gives."""

import numpy as np
import pytest
from numpy.typing import NDArray

from cleanarticle.classifier.page import MAX_LIMIT, MIN_HIGHEST, cut

Floats = NDArray[np.float32]


def floats(*values: float) -> Floats:
    return np.array(values, np.float32)


def expected_f1(scores: Floats, words: Floats, limit: float) -> float:
    """The formula of `cut`, for one limit."""
    kept = scores >= limit
    right = float((words * scores)[kept].sum())
    return 2 * right / float(words[kept].sum() + (words * scores).sum())


def test_an_example_by_hand() -> None:
    # Expected content: 80 + 5 + 10 = 95 words. Kept from the top: 160 / (100 + 95) = 0.8205,
    # then 170 / (110 + 95) = 0.8293, then 190 / (210 + 95) = 0.6230.
    limit, expected = cut(floats(0.8, 0.5, 0.1), floats(100, 10, 100))
    assert limit == 0.5
    assert expected == pytest.approx(170 / 205)


def test_a_block_that_is_rather_no_content_is_kept_where_that_promises_more() -> None:
    # Expected content: 9 + 9 = 18 words. 18 / (10 + 18) = 0.64 at 0.9, 36 / (30 + 18) at 0.45.
    limit, expected = cut(floats(0.9, 0.45), floats(10, 20))
    assert limit == pytest.approx(0.45)
    assert expected == pytest.approx(36 / 48)


def test_words_weigh() -> None:
    scores = floats(0.7, 0.3)
    assert cut(scores, floats(10, 1))[0] == pytest.approx(0.7)
    assert cut(scores, floats(1, 10))[0] == pytest.approx(0.3)


def test_no_other_limit_promises_more() -> None:
    random = np.random.default_rng(7)
    for _page in range(20):
        scores = random.random(30, np.float32) * np.float32(0.9)
        words = random.integers(1, 80, 30).astype(np.float32)
        limit, expected = cut(scores, words)
        others = [expected_f1(scores, words, float(other)) for other in scores]
        assert expected == pytest.approx(max(others), abs=1e-5)
        assert expected_f1(scores, words, limit) == pytest.approx(expected, abs=1e-5)


def test_a_page_without_any_likely_block_has_no_content() -> None:
    assert cut(floats(MIN_HIGHEST - 0.01, 0.1), floats(100, 100)) == (MAX_LIMIT, 0.0)


def test_a_page_with_one_block_just_likely_enough_has_content() -> None:
    limit, expected = cut(floats(MIN_HIGHEST + 0.01), floats(100))
    assert limit == pytest.approx(MIN_HIGHEST + 0.01)
    assert expected == pytest.approx(2 * 21 / 121)


def test_a_page_without_blocks_has_no_content() -> None:
    assert cut(floats(), floats()) == (MAX_LIMIT, 0.0)


def test_the_limit_is_never_above_its_highest_value() -> None:
    scores = floats(0.99, 0.95, 0.01)
    limit, expected = cut(scores, floats(100, 100, 1000))
    assert limit == MAX_LIMIT
    assert (scores >= limit).tolist() == [True, True, False]
    assert expected == pytest.approx(2 * 194 / (200 + 204))


def test_the_order_of_blocks_does_not_matter() -> None:
    random = np.random.default_rng(8)
    scores = random.random(40, np.float32)
    words = random.integers(1, 90, 40).astype(np.float32)
    limit, expected = cut(scores, words)
    for _shuffle in range(5):
        order = random.permutation(40)
        other_limit, other_expected = cut(scores[order], words[order])
        assert other_limit == limit
        assert other_expected == pytest.approx(expected)


@pytest.mark.parametrize("tied", [0.6, 0.3])
def test_equal_scores_are_all_kept_or_all_removed(tied: float) -> None:
    scores = floats(0.9, *[tied] * 5)
    limit, expected = cut(scores, floats(60, 3, 30, 1, 20, 6))
    kept = (scores >= limit).tolist()
    assert kept == [True, *[tied > 0.5] * 5]
    right, whole = (54 + 36, 120 + 54 + 36) if tied > 0.5 else (54, 60 + 54 + 18)
    assert expected == pytest.approx(2 * right / whole)


def test_blocks_without_words_change_nothing() -> None:
    assert cut(floats(0.8, 0.5, 0.7), floats(100, 0, 0)) == cut(floats(0.8), floats(100))
