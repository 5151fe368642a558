"""The figures of a batch."""

import json

from cleanarticle.batch.item import Status
from cleanarticle.batch.summary import MOST_REASONS, MOST_SLOW, SlowPage, Tally


def filled() -> Tally:
    tally = Tally()
    tally.add(Status.OK, "first", 0.5, 1_000, 100)
    tally.add("ok", "second", 2.25, 3_000, 500)
    tally.add("failed", "third\n\x1b[31m", 0.0, 0, 0)
    tally.add("timeout", "fourth", 30.0, 4_000, 0)
    return tally


def test_rows_are_counted_by_status_and_every_status_is_named() -> None:
    summary = filled().summary(8.0)
    assert summary.counts == {"ok": 2, "empty": 0, "failed": 1, "timeout": 1, "too_large": 0}
    assert list(summary.counts) == [str(status) for status in Status]
    assert summary.pages == 4
    assert summary.pages_a_second == 0.5
    assert summary.kept_share == 600 / 8_000


def test_a_batch_without_pages_divides_by_nothing() -> None:
    summary = Tally().summary(0.0)
    assert (summary.pages, summary.pages_a_second, summary.kept_share) == (0, 0.0, None)
    assert "text kept" not in summary.to_text()
    assert "slowest" not in summary.to_text()


def test_the_slowest_pages_come_first_and_are_few() -> None:
    tally = Tally()
    for number in range(1_000):
        tally.add("ok", str(number), number * 7 % 1_000 / 10, 1, 1)
    slowest = tally.summary(1.0).slowest
    assert [page.seconds for page in slowest] == [n / 10 for n in range(999, 999 - MOST_SLOW, -1)]
    assert slowest[0] == SlowPage("857", 99.9, "ok")


def test_of_equally_slow_pages_the_first_are_named() -> None:
    tally = Tally()
    for number in range(100):
        tally.add("ok", str(number), 1.0, 1, 1)
    assert [page.id for page in tally.summary(1.0).slowest] == [str(n) for n in range(MOST_SLOW)]


def test_a_summary_stays_as_it_was_when_more_rows_come() -> None:
    tally = filled()
    summary = tally.summary(8.0)
    tally.add("ok", "fifth", 1.0, 1, 1)
    assert summary.pages == 4
    assert tally.summary(8.0).pages == 5


def test_the_report_is_json_with_all_figures() -> None:
    report = filled().summary(8.0, duplicates=1, selected=3).to_dict()
    assert (
        json.loads(json.dumps(report))
        == report
        == {
            "pages": 4,
            "counts": {"ok": 2, "empty": 0, "failed": 1, "timeout": 1, "too_large": 0},
            "resumed": 0,
            "seconds": 8.0,
            "pages_a_second": 0.5,
            "input_bytes": 8_000,
            "body_bytes": 600,
            "kept_share": 0.075,
            "duplicates": 1,
            "selected": 3,
            "reasons": [],
            "slowest": [
                {"id": "fourth", "seconds": 30.0, "status": "timeout"},
                {"id": "second", "seconds": 2.25, "status": "ok"},
                {"id": "first", "seconds": 0.5, "status": "ok"},
                {"id": "third\n\x1b[31m", "seconds": 0.0, "status": "failed"},
            ],
        }
    )


TABLE = """\
pages               4
  ok                2
  empty             0
  failed            1
  timeout           1
  too_large         0
seconds         8,000.0
pages a second      0.0
text kept          7.5%
duplicates            0
selected              3

slowest pages, in seconds
   30.00  timeout    fourth
    2.25  ok         second
    0.50  ok         first
    0.00  failed     third??[31m"""


def test_the_table_is_aligned_and_safe_to_print() -> None:
    text = filled().summary(8_000.0, duplicates=0, selected=3).to_text()
    assert [line.split() for line in text.splitlines()] == [
        line.split() for line in TABLE.splitlines()
    ]
    figures = text.split("\n\n")[0].splitlines()
    assert len({len(line) for line in figures}) == 1
    assert not any(line.endswith(" ") for line in text.splitlines())


def test_what_was_not_asked_for_is_not_told() -> None:
    text = filled().summary(8.0).to_text()
    assert "duplicates" not in text
    assert "selected" not in text


def test_a_long_id_keeps_its_beginning_and_its_end() -> None:
    tally = Tally()
    tally.add("ok", f"https://example.com/{'x' * 300}/page.html", 1.0, 1, 1)
    last = tally.summary(1.0).to_text().splitlines()[-1]
    assert "https://example.com/xx" in last
    assert last.endswith("xx/page.html")
    assert len(last) < 90


def test_the_reasons_that_come_most_are_told() -> None:
    tally = filled()
    for reason in ("no such file", "status 404", "status 404", *(f"odd {n}" for n in range(9))):
        tally.tell(reason)
    summary = tally.summary(8.0)
    assert summary.reasons[:2] == (("status 404", 2), ("no such file", 1))
    assert len(summary.reasons) == MOST_REASONS
    assert "       2  status 404\n" in summary.to_text()
