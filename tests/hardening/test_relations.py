"""A page changed, and what must then happen to the result: over all pages of the test cases."""

import os
import pickle
from collections.abc import Callable
from functools import cache
from random import Random

import pytest

import cleanarticle
from hardening import additions, changes, forms, relations, samples, surroundings
from hardening.relations import ENOUGH, EXACT, FLOORS, Outcome
from hardening.samples import Sample

PAGE = (
    "<!DOCTYPE html><html><head><title>A < B</title>"
    "<script>var a = '<p class=\"x\">';</script></head>\n"
    "<body class=\"a b\" id='c'><p hidden>One</p>\n<p>Two &amp; <b>three</b></p><!-- <p> -->"
    "</body></html>"
)
CHANCE = Random(1)
EVERY = 3  # page is tried in all encodings


@cache
def outcomes() -> dict[str, dict[str, Outcome]]:
    """By relation and page."""
    found: dict[str, dict[str, Outcome]] = {}
    for number, sample in enumerate(samples.fixtures()):
        left_out = () if number % EVERY == 0 else relations.OF_MANY_FORMS
        for name, relation in relations.asked(sample).items():
            if name not in left_out:
                found.setdefault(name, {})[sample.name] = relation(sample)
    return found


@cache
def own_digests() -> list[str]:
    return [samples.digest(sample) for sample in samples.fixtures()]


@pytest.mark.parametrize("name", sorted(EXACT))
def test_an_exact_relation_holds_for_every_page(name: str) -> None:
    found = outcomes()[name]
    assert any(found.values())
    broken = [(page, form) for page, o in found.items() for form, value in o.items() if value < 1]
    assert broken == []


@pytest.mark.parametrize("name", FLOORS)
def test_a_statistical_relation_holds_for_its_share(name: str) -> None:
    values = [value for outcome in outcomes()[name].values() for value in outcome.values()]
    failed = [page for page, o in outcomes()[name].items() if min(o.values(), default=1) < ENOUGH]
    assert relations.share(values) >= FLOORS[name][0], failed


def test_each_relation_is_exact_or_has_a_floor() -> None:
    assert outcomes().keys() == EXACT | FLOORS.keys()
    assert not EXACT & FLOORS.keys()


ELSEWHERE: dict[str, tuple[dict[str, str], bool]] = {
    "hash seed 1, C locale, Tokyo, another folder": (
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", **surroundings.in_locale("C")},
        True,
    ),
    "hash seed 2, Los Angeles": ({"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles"}, False),
    "pure Python": (surroundings.PURE, False),
}


@pytest.mark.parametrize(("environment", "moved"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_another_process_gives_the_same_articles(
    environment: dict[str, str], moved: bool, tmp_path: os.PathLike[str]
) -> None:
    folder = os.fspath(tmp_path) if moved else None
    assert samples.digests_of_child(samples.fixtures(), environment, folder) == own_digests()


MANY: dict[str, Callable[[list[Sample], int], list[str]]] = {
    "threads": samples.digests_of_threads,
    "processes": samples.digests_of_processes,
}


@pytest.mark.parametrize("run", MANY.values(), ids=MANY)
def test_many_at_once_give_the_same_articles(run: Callable[[list[Sample], int], list[str]]) -> None:
    assert run(samples.fixtures(), 2 if run is samples.digests_of_processes else 8) == own_digests()


@pytest.mark.parametrize("sample", samples.fixtures(), ids=lambda sample: sample.name)
def test_the_pieces_of_a_page_are_the_page(sample: Sample) -> None:
    assert "".join(piece.text for piece in changes.pieces(sample.page)) == sample.page


def test_only_tags_are_written_anew() -> None:
    assert changes.case_changed(PAGE, CHANCE) == (
        "<!DOCTYPE html><HTML><HEAD><TITLE>A < B</TITLE>"
        "<SCRIPT>var a = '<p class=\"x\">';</SCRIPT></HEAD>\n"
        "<BODY CLASS=\"a b\" ID='c'><P HIDDEN>One</P>\n<P>Two &amp; <B>three</B></P><!-- <p> -->"
        "</BODY></HTML>"
    )


def test_minified_markup_is_short() -> None:
    assert changes.minified(PAGE, CHANCE) == (
        "<!DOCTYPE html><html><head><title>A < B</title>"
        "<script>var a = '<p class=\"x\">';</script></head>"
        '<body class="a b" id=c><p hidden>One<p>Two &amp; <b>three</b></body></html>'
    )


def test_tags_are_told_as_browsers_tell_them() -> None:
    page = "<a href=x/y title='>' b c=\"<i>\"d><br/><1></A >"
    found = [
        (p.name, [(a.name, a.value) for a in p.attributes], p.closed) for p in changes.pieces(page)
    ]
    assert found == [
        ("a", [("href", "x/y"), ("title", ">"), ("b", None), ("c", "<i>"), ("d", None)], False),
        ("br", [], True),
        ("", [], False),
        ("/a", [], False),
    ]


def test_added_boilerplate_is_in_the_language_of_the_page() -> None:
    words = additions.words_for("de")
    assert "Startseite" in additions.nav("<body><p>x</p></body>", words)
    assert additions.words_for("fi") == additions.words_for("en")
    assert additions.footer("<body><p>x</p></body>", words).endswith("</footer></body>")


def test_what_could_be_taken_for_utf_8_is_not_asked_for() -> None:
    assert forms.held("warm", "cp1252") == b"warm"
    assert forms.held("20 °C", "cp1252") == b"20 \xb0C"
    assert forms.held("20 Â°C", "cp1252") is None
    assert forms.held("20 °C", "cp1251") == b"20 \xb0C"
    assert forms.held("Würde", "cp1251") is None


def test_crlf_is_one_character_to_the_model_and_two_to_the_reader() -> None:
    line = "says that the old bridge is kept open."
    text = "\n\n".join(f"Line {number} {line}" for number in "1234")
    report, other = map(cleanarticle.explain, (text, changes.crlf(text, CHANCE)))
    assert other.article == report.article
    assert [verdict.score for verdict in other.verdicts] == [v.score for v in report.verdicts]
    places = [verdict.block.place for verdict in other.verdicts]
    assert places[:2] == [(0, 45), (49, 94)]


def test_samples_travel_to_other_processes() -> None:
    sample = samples.fixtures()[0]
    assert pickle.loads(pickle.dumps(sample)) == sample
