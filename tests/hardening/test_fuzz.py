"""Whatever is handed over, the promises hold; and the fuzz suite sees where they would not."""

import sys
from collections import Counter
from pathlib import Path

import pytest

pytest.importorskip("hypothesis")

from hypothesis import HealthCheck, given, settings

from cleanarticle.records import Block, Verdict
from cleanarticle.report import Report
from hardening import fuzz
from hardening.fuzzing import families, mutations, pages, promises, strategies
from hardening.fuzzing.crew import Fault, Task, Worker
from hardening.fuzzing.families import FAMILIES, SHARES, Given, Shelf

QUICK = settings(
    max_examples=70,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
SHELF = Shelf(None)


@QUICK
@given(strategies.given_html())
def test_any_html_gives_an_article(case: Given) -> None:
    report = promises.explain(case)
    assert (promises.broken(report), promises.broken_by_reading(case, report)) == ("", "")


@QUICK
@given(strategies.given_text())
def test_any_text_gives_an_article(case: Given) -> None:
    report = promises.explain(case)
    assert (promises.broken(report), promises.broken_by_reading(case, report)) == ("", "")


@pytest.mark.parametrize("family", FAMILIES)
def test_inputs_of_a_family_break_no_promise(family: str) -> None:
    for seed in range(25):
        case = families.given(family, seed, SHELF)
        report = promises.explain(case)
        broken = promises.broken(report) or promises.broken_by_reading(case, report)
        assert (seed, broken) == (seed, "")


@pytest.mark.parametrize("family", FAMILIES)
def test_a_seed_names_one_input(family: str) -> None:
    made = [families.given(family, seed, SHELF) for seed in range(60)]
    assert made == [families.given(family, seed, Shelf(None)) for seed in range(60)]
    assert len({case.page for case in made}) > 40


def test_the_grammars_are_varied() -> None:
    made = [families.given(family, seed, SHELF).page for family in FAMILIES for seed in range(60)]
    text = "".join(
        page if isinstance(page, str) else page.decode("utf-8", "replace") for page in made
    )
    assert all(f"<{tag}" in text for tag in (*pages.BLOCK_TAGS, *pages.INLINE_TAGS))
    assert all(
        word in text for word in ("港", "где", "ماء", "한", "ไทย", "\ud800", "\x00", "\u202e")
    )
    lengths = Counter(len(page).bit_length() for page in made)
    assert all(lengths[bits] >= 10 for bits in range(5, 13))


def test_a_page_is_cut_at_each_bound_of_its_tags() -> None:
    page = "<p>A<b>c</b>"
    assert [mutations.truncate(page, n) for n in range(8)] == [
        *("", "<", "<p>", "<p>A", "<p>A<", "<p>A<b>", "<p>A<b>c", "<p>A<b>c<"),
    ]


def test_all_families_have_a_share_and_all_seeds_are_asked_for_once() -> None:
    assert SHARES.keys() == FAMILIES.keys()
    rows = fuzz.tasks(50_000)
    seeds = Counter((task.family, task.first + n) for task in rows for n in range(task.count))
    assert set(seeds.values()) == {1}
    assert len(seeds) == 50_000
    assert {task.family for task in rows if task.compared} == set(FAMILIES)


def test_a_broken_promise_is_named() -> None:
    whole = promises.explain(Given("<p>The ferry runs again.</p>" * 9, "html"))
    gone = Verdict(Block(0, "x", 1, 0), kept=False, score=0.5)
    assert promises.broken(whole) == ""
    assert promises.broken(Report(whole.article, (gone,))) == (
        "a block is removed without a kind or a reason"
    )
    other = Given("<p>Another page, of other words.</p>", "html")
    assert promises.broken_by_reading(other, whole) == "not every block has one verdict"


def test_answers_that_differ_are_told_by_name() -> None:
    one = promises.answer(promises.explain(Given("<p>The ferry runs again.</p>" * 9, "html")))
    near = {**one, "scores": [score + 1e-5 for score in one["scores"]]}
    far = {**one, "scores": [score + 1e-3 for score in one["scores"]], "body": "x"}
    assert (promises.differences(one, near), promises.differences(one, far)) == (
        [],
        ["body", "scores"],
    )


BREAKER = """
import os, sys
from hardening.fuzzing import promises, trial

explain, given, at = promises.explain, trial.families.given, []

def named(family, seed, shelf):
    at[:] = [seed]
    return given(family, seed, shelf)

def breaking(page):
    if at == [3]:
        os.abort()
    while at == [6]:
        pass
    if at == [8]:
        raise ValueError("no")
    return explain(page)

trial.HANGS = 0.4
trial.families.given, promises.explain = named, breaking
trial.faulthandler.enable()
trial.main(*sys.argv[1:])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no timers that send signals")
def test_a_crash_a_hang_and_an_exception_name_their_input(tmp_path: Path) -> None:
    breaker = tmp_path / "breaker.py"
    breaker.write_text(BREAKER)
    with Worker(None, pure=False, command=(sys.executable, str(breaker))) as worker:
        replies = list(worker.answers(Task("pieces of markup", 0, 10)))
    crashes = {reply.seed: reply.how for reply in replies if isinstance(reply, Fault)}
    answered = [reply for reply in replies if not isinstance(reply, Fault)]
    assert crashes.keys() == {3, 6}
    assert all("in breaking" in how for how in crashes.values())
    assert sum(reply["count"] for reply in answered) == 8
    assert [fault[:2] for reply in answered for fault in reply["faults"]] == [[8, "exception"]]
