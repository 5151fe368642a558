"""Fixture folders as claims, each of which is a test of its own."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import cleanarticle
from cleanarticle import Report

FIXTURES = Path(__file__).parent / "fixtures"
PAGES = ("page.html", "page.txt")
MODES = {"page.html": "html", "page.txt": "text"}
VALUES = ("title", "date", "authors", "description")
LISTS = ("present", "absent")


@dataclass(frozen=True)
class Claim:
    """One thing that a case says of one of its pages."""

    folder: Path
    page: str  # "page.html" or "page.txt"
    what: str  # "title", "present", "removed newsletter" …
    value: Any

    @property
    def xfail(self) -> str:
        """Why the claim is known to fail, or empty."""
        known = case(self.folder).get("xfail", {}).get(MODES[self.page], {})
        listed = self.what in known.get("claims", ()) or self.value in known.get("claims", ())
        return known["reason"] if listed else ""

    @property
    def id(self) -> str:
        name = f"{self.folder.parent.name}/{self.folder.name}-{self.page}-{self.what}"
        return name if self.what in VALUES else f"{name}-{str(self.value)[:30]}"


def folders() -> list[Path]:
    """Every folder of a case, in the order of its name."""
    return sorted(path for path in FIXTURES.glob("*/*") if path.is_dir())


def pages() -> list[Path]:
    """Every page of every case."""
    return [folder / page for folder in folders() for page in PAGES if (folder / page).exists()]


@cache
def case(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "case.toml").read_text("utf-8"))


@cache
def report(folder: Path, page: str) -> Report:
    """What the library makes of a page of a case."""
    return cleanarticle.explain(folder / page, url=case(folder).get("url"))


def claims() -> Iterator[Claim]:
    for folder in folders():
        for page in PAGES:
            if (folder / page).exists():
                data = case(folder)
                merged = {**data, **data.get(MODES[page], {})}
                yield from _of_page(folder, page, data, merged)


def _of_page(
    folder: Path, page: str, data: dict[str, Any], merged: dict[str, Any]
) -> Iterator[Claim]:
    own = data.get(MODES[page], {})
    for what in VALUES:
        if what in merged:
            yield Claim(folder, page, what, merged[what])
    for what in LISTS:
        for text in (*data.get(what, ()), *own.get(what, ())):
            yield Claim(folder, page, what, text)
    for removed in (data.get("removed", {}), own.get("removed", {})):
        for kind, texts in removed.items():
            for text in texts:
                yield Claim(folder, page, f"removed {kind}", text)
    if (folder / "expected.txt").exists():
        yield Claim(folder, page, "expected", (folder / "expected.txt").read_text("utf-8").strip())
