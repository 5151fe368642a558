"""No pattern of the package has two ways to read one stretch of text."""

import re

import pytest

from cleanarticle.batch import choices
from cleanarticle.language import bylines
from cleanarticle.metadata import title
from hardening.ambiguity import ambiguities, path_to, pumps
from hardening.pattern_bounds import BOUNDS, bound_of
from hardening.pattern_list import PACKAGE, Used, collect

EXPONENTIAL = (
    "(a+)+b",
    "(a|ab?)*c",
    "(?:ab|ab)*c",
    r"(\s*\w*)*x",
    r"(\w+\s?)*$",
    r"^(\d+|\d+x)+$",
    "(a*)*b",
    "(.*)*x",
    r"[a-z]{2,3}(?:[-_]\w+)*",
    r"\s+(?:[|/<>]|//)+\s+",
    r"(?=(x+)+y)",
)
QUADRATIC = (r"\s+$", r"\w+@", r"a.*b.*c", r"\([^)]*\)", "<!--.*?-->", r"(?<!\w)\w+@", r"\d++x")
LINEAR = (
    r"(?:a+)++b",
    r"(?:\w++\s?)*$",
    r'"(?:[^"\\]|\\.)*"',
    r"[a-z]+(?:-[a-z]+)*",
    r"(?:ab|cd)*e",
    r"(?>a+)b",
    r"^\s+$",
    r"\d{1,3}\s?x",
)


@pytest.mark.parametrize("pattern", EXPONENTIAL)
def test_a_loop_with_two_ways_round_is_seen(pattern: str) -> None:
    assert any(one.exponential for one in ambiguities(re.compile(pattern), ["fullmatch"]))


@pytest.mark.parametrize("pattern", QUADRATIC)
def test_a_search_that_starts_over_is_seen(pattern: str) -> None:
    assert ambiguities(re.compile(pattern), ["search"])
    assert not any(one.exponential for one in ambiguities(re.compile(pattern), ["search"]))


@pytest.mark.parametrize("pattern", LINEAR)
def test_a_pattern_with_one_way_is_left_alone(pattern: str) -> None:
    assert ambiguities(re.compile(pattern), ["match"]) == []


def test_pumps_lead_into_a_loop_and_round_it() -> None:
    pattern = re.compile(r"ab(?:cd)*e")
    assert ("abc", "dc") in set(pumps(pattern, ["match"]))
    assert path_to.__doc__
    for before, text in pumps(pattern, ["match"]):
        assert (before + text * 3).startswith("abcdc")


def test_all_patterns_are_collected() -> None:
    found = {one.module.removeprefix(f"{PACKAGE}.") for one in collect()}
    assert len(collect()) > 500
    assert {"readers.tidy", "metadata.title", "language.dates", "batch.choices", "render"} <= found
    assert {"cli.extract", "training.labels", "language.relative", "clues.credits"} <= found


def named(one: Used) -> str:
    return f"{one.module}: {one.pattern[:100]}"


def test_no_pattern_has_two_ways_round_a_loop() -> None:
    found = [
        (named(one), ambiguity)
        for one in collect()
        for ambiguity in ambiguities(one.compiled, one.methods)
        if ambiguity.exponential
    ]
    assert found == []


def test_what_is_quadratic_on_paper_has_a_bound_and_each_bound_is_needed() -> None:
    slow = [one for one in collect() if ambiguities(one.compiled, one.methods)]
    assert [named(one) for one in slow if bound_of(one) is None] == []
    assert {bound_of(one) for one in slow} == set(BOUNDS)


def test_a_title_of_many_slashes_is_parted_at_once() -> None:
    value = f"News {'/' * 60}x // The Herald"
    assert [value[m.start() : m.end()] for m in title._BORDER.finditer(value)] == [" // "]


def test_a_code_of_many_parts_is_told_at_once() -> None:
    assert choices._CODE.fullmatch("zh" + "_a" * 40 + "!") is None
    assert choices._CODE.fullmatch("zh_hant-tw") is not None
    assert choices._CODE.fullmatch("zh__a-_") is not None
    assert choices._CODE.fullmatch("zh_-a") is None


def test_a_line_longer_than_a_name_and_a_role_names_nobody() -> None:
    line = "Ann Lee, editor ({})"
    assert bylines.with_role(line.format("x" * 100), "en") == ("Ann Lee",)
    assert bylines.with_role(line.format("x" * bylines.MAX_ROLE_LINE_CHARS), "en") == ()
