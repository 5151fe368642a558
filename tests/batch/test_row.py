"""One item to one row, whatever it holds."""

import datetime as dt
import json
from typing import Any, get_type_hints

import pytest

from batch.stories import AUTHOR, BODY, DATE, story
from cleanarticle import Options
from cleanarticle.batch import COLUMNS, Item, Problem, Row, Status, clean
from cleanarticle.batch import row as module
from cleanarticle.errors import OptionError, WeightsError


def item(page: Any, **known: Any) -> Item:
    return Item(**{"source": "s.jsonl", "position": 4, "id": "mine", "page": page, **known})


def test_a_row_has_what_the_page_says_in_plain_json_types() -> None:
    crawled_at = dt.datetime(2024, 4, 1, 12, tzinfo=dt.UTC)
    row = clean(item(story(3), url="https://example.org/3", crawled_at=crawled_at))
    assert row["title"] == "Ferry 3 comes back empty"
    assert (row["id"], row["source"], row["position"]) == ("mine", "s.jsonl", 4)
    assert (row["status"], row["reason"], row["duplicate_of"]) == ("ok", None, None)
    assert (row["date"], row["authors"], row["language"]) == (DATE, [AUTHOR], "en")
    assert row["body"] == BODY.format(number=3)
    assert row["words"] == len(row["body"].split())
    assert (row["url"], row["crawled_at"]) == ("https://example.org/3", "2024-04-01T12:00:00+00:00")
    assert json.loads(json.dumps(row)) == row


def test_all_rows_have_the_same_columns_in_one_order() -> None:
    problem = Problem(Status.TOO_LARGE, "more than 5 bytes")
    rows = [clean(item(story(1))), clean(item("")), clean(item(None, problem=problem))]
    assert [list(row) for row in rows] == [list(COLUMNS)] * 3
    assert list(get_type_hints(Row)) == list(COLUMNS)


def test_a_problem_is_passed_on() -> None:
    problem = Problem(Status.TOO_LARGE, "more than 5 bytes")
    row = clean(item(None, problem=problem, url="https://example.org/"))
    assert (row["status"], row["reason"], row["body"]) == ("too_large", "more than 5 bytes", "")
    assert row["url"] == "https://example.org/"


@pytest.mark.parametrize("page", ["", b"", "<html><body></body></html>", "<nav>Home</nav>"])
def test_a_page_without_an_article_is_empty_and_says_why(page: str | bytes) -> None:
    row = clean(item(page))
    assert (row["status"], row["body"], row["words"]) == ("empty", "", 0)
    assert row["reason"]


def test_bytes_are_read_by_the_header_that_came_with_them() -> None:
    page = f"<p>Приехали. {BODY}</p>".encode("cp1251", "replace")
    row = clean(item(page, content_type="text/html; charset=windows-1251"))
    assert row["body"].startswith("Приехали. ")


def test_a_fault_of_ours_costs_one_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: Any, **_named: Any) -> Any:
        raise ZeroDivisionError("no words")

    monkeypatch.setattr(module, "extract", fail)
    row = clean(item("a", url="https://example.org/"))
    assert (row["status"], row["reason"]) == ("failed", "ZeroDivisionError: no words")
    assert (row["id"], row["url"]) == ("mine", "https://example.org/")


@pytest.mark.parametrize("error", [OptionError("a"), WeightsError("b"), MemoryError()])
def test_what_is_no_fault_of_the_page_is_raised(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: Any, **_named: Any) -> Any:
        raise error

    monkeypatch.setattr(module, "extract", fail)
    with pytest.raises(type(error)):
        clean(item("a"))


def test_options_are_used_and_checked() -> None:
    assert clean(item(story(1)), Options(min_score=1.0))["body"] != clean(item(story(1)))["body"]
    with pytest.raises(OptionError):
        clean(item(story(1)), "thorough")  # type: ignore[arg-type]
