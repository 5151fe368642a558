"""Tables of outcomes, by hand."""

import pytest

from cleanarticle.training.evaluate import (
    Outcome,
    calibration_error,
    reliability,
    table,
    word_f1,
)


def outcome(
    set_name: str = "boats",
    group: str = "article",
    *,
    f1: float | None = None,
    found: float | None = None,
    boilerplate: float | None = None,
    type_right: float | None = None,
    confidence: float | None = None,
) -> Outcome:
    return Outcome(set_name, group, f1, found, boilerplate, type_right, confidence)


def sure(confidence: float | None, f1: float | None) -> Outcome:
    return outcome(f1=f1, confidence=confidence)


ROWS = [
    sure(0.95, 0.9),
    sure(1.0, 1.0),
    sure(0.91, 0.92),
    sure(0.42, 0.2),
    sure(0.48, 0.6),
]


# calibration -------------------------------------------------------------


def test_bins_hold_their_pages_with_the_means() -> None:
    low, high = reliability(ROWS)
    assert low == pytest.approx((2, 0.45, 0.4))
    assert high == pytest.approx((3, 2.86 / 3, 2.82 / 3))


def test_bins_come_in_the_order_of_confidence_whatever_that_of_the_pages() -> None:
    assert reliability(ROWS[::-1]) == [pytest.approx(one) for one in reliability(ROWS)]


@pytest.mark.parametrize("confidence", [0.0, 0.05, 0.99, 1.0])
def test_the_ends_of_the_scale_have_a_bin(confidence: float) -> None:
    assert reliability([sure(confidence, 0.5)]) == [(1, confidence, 0.5)]


def test_the_highest_bin_takes_a_confidence_of_one() -> None:
    assert len(reliability([sure(0.9, 1.0), sure(1.0, 1.0)])) == 1
    assert len(reliability([sure(0.89, 1.0), sure(0.9, 1.0)])) == 2


def test_pages_that_do_not_tell_are_left_out() -> None:
    assert reliability([sure(None, 0.5), sure(0.5, None)]) == []
    assert reliability([sure(None, 0.5), sure(0.5, 0.4)]) == [(1, 0.5, 0.4)]


def test_the_calibration_error_weighs_bins_by_pages() -> None:
    # two pages err by 0.05 each, three by 0.04 / 3 each
    assert calibration_error(ROWS) == pytest.approx((2 * 0.05 + 0.04) / 5)


def test_errors_within_a_bin_even_out() -> None:
    assert calibration_error([sure(0.55, 0.1), sure(0.55, 1.0)]) == pytest.approx(0.0)


def test_there_is_no_calibration_error_without_pages() -> None:
    assert calibration_error([]) is None
    assert calibration_error([sure(None, 1.0)]) is None


# table -------------------------------------------------------------------

HEAD = "set                     pages               n      F1  wanted  boiler    type     ECE"


def test_a_set_of_one_type_has_one_line() -> None:
    rows = [
        outcome(f1=0.5, found=1.0, boilerplate=0.0, type_right=1.0, confidence=0.6),
        outcome(f1=1.0, found=0.5, boilerplate=0.25, type_right=0.0, confidence=0.8),
    ]
    assert list(table(rows)) == [
        HEAD,
        "boats                   all                 2  0.7500  0.7500  0.1250  0.5000  0.1500",
    ]


def test_what_no_page_tells_is_left_empty() -> None:
    (_head, line) = table([outcome(found=1.0), outcome(found=0.0)])
    assert (
        line
        == "boats                   all                 2          0.5000                        "
    )


def test_means_are_over_the_pages_that_tell() -> None:
    (_head, line) = table([outcome(f1=0.5), outcome(f1=None), outcome(f1=0.7)])
    assert line.split() == ["boats", "all", "3", "0.6000"]


def test_sets_and_their_types_come_in_order_all_before_each() -> None:
    rows = [
        outcome("tides", "article", f1=1.0),
        outcome("boats", "forum", f1=0.2),
        outcome("boats", "article", f1=0.8),
        outcome("boats", "forum", f1=0.4),
        outcome("boats", "unknown", f1=0.6),
    ]
    assert [line.split() for line in table(rows)][1:] == [
        ["boats", "all", "4", "0.5000"],
        ["boats", "article", "1", "0.8000"],
        ["boats", "forum", "2", "0.3000"],
        ["boats", "unknown", "1", "0.6000"],
        ["tides", "all", "1", "1.0000"],
    ]


def test_no_pages_make_an_empty_table() -> None:
    assert list(table([])) == [HEAD]


# single scores -----------------------------------------------------------


def test_word_f1_counts_each_word_as_often_as_it_stands() -> None:
    assert word_f1("The ferry is late", "the FERRY is late!") == 1.0
    assert word_f1("late late late", "The ferry is late") == pytest.approx(2 * 1 / 7)
    assert word_f1("", "The ferry") == 0.0
