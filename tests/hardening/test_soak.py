"""Nothing is kept of a page that has been read, and the soak can tell if it were."""

import gc
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import cases
import cleanarticle
from cleanarticle import readers
from hardening.soak import Level, slope, told

PAGES = cases.pages()[::12]
FLAT = [Level(n * 100, 50_000_000, 48_000_000, 90_000, 5, 1, "same") for n in range(1, 21)]


def test_the_slope_is_that_of_the_line() -> None:
    found = slope([(n, 7.0 + 3.0 * n) for n in range(10)])
    assert found.value == pytest.approx(3.0)
    assert found.error == pytest.approx(0.0, abs=1e-9)
    shaken = slope([(n, 3.0 * n + (-1) ** n) for n in range(10)])
    assert shaken.error == pytest.approx(0.116, abs=0.01)


def test_a_level_process_holds() -> None:
    assert told("level", FLAT).holds
    assert told("level", FLAT).count == 2_000


def test_what_grows_does_not_hold() -> None:
    leaking = [replace(level, trimmed=level.trimmed + 4_000 * level.pages) for level in FLAT]
    filling = [replace(level, objects=level.objects + level.pages // 100) for level in FLAT]
    opening = [replace(level, files=level.files + level.pages // 1_000) for level in FLAT]
    changed = [*FLAT[:-1], replace(FLAT[-1], digest="other")]
    found = [told("", levels) for levels in (leaking, filling, opening, changed)]
    assert [one.holds for one in found] == [False] * 4
    assert "+4000.0" in found[0].happened
    assert "OTHER" in found[3].happened


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_no_object_is_left_of_a_page(page: Path) -> None:
    data = page.read_bytes()
    for _ in range(3):  # what is kept of the first is kept for good: tables and caches
        cleanarticle.extract(data)
    gc.collect()
    before = len(gc.get_objects())
    for _ in range(10):
        cleanarticle.extract(data)
    gc.collect()
    assert len(gc.get_objects()) - before < 10


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_what_all_blocks_share_is_counted_right(page: Path) -> None:
    """A compiled twin that took or gave one reference too many would shift these counts."""
    shared = (True, False, (), "", *range(0, 40, 7), None)
    opened = readers.open_page(page.read_bytes())
    counts = []
    for _ in range(12):
        cleanarticle.extract(page)
        readers.read(opened)
        gc.collect()
        counts.append([sys.getrefcount(value) for value in shared])
    early, late = counts[5], counts[-1]
    assert all(abs(a - b) < 6 for a, b in zip(early, late, strict=True)), (early, late)
