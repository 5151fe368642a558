"""Each kind is whole, each data file well formed, each case readable, no file too long."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from cases import FIXTURES, LISTS, MODES, PAGES, VALUES, case, claims, folders, pages
from cleanarticle.decide import PRECEDENCE
from cleanarticle.language import facts
from cleanarticle.records import Kind
from cleanarticle.strippers import STRIPPERS

SOURCE = Path(__file__).parent.parent / "src" / "cleanarticle"
OTHER_FOLDERS = {"article", "metadata", "encoding", "language", "plaintext"}
WITHOUT_PHRASES = {Kind.REPEATED}
LANGUAGES = set("en es pt fr de it nl pl ru tr ar hi zh ja ko".split())
PHRASE_KEYS = {"equals", "opens", "starts", "contains"}
MAX_FILE_LINES, MAX_FUNCTION_LINES = 400, 50
OPTIONAL = {"trafilatura", "bs4", "htmldate", "charset_normalizer", "numpy", "tqdm"}

KINDS = [kind for kind in Kind if kind is not Kind.OTHER]
PHRASE_FILES = sorted((SOURCE / "strippers").glob("*.toml"))
LANGUAGE_FILES = sorted((SOURCE / "language" / "data").glob("*.toml"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_whole(kind: Kind) -> None:
    assert kind in STRIPPERS
    assert kind in PRECEDENCE
    assert (SOURCE / "strippers" / f"{kind}.py").exists()
    assert (SOURCE / "strippers" / f"{kind}.toml").exists() or kind in WITHOUT_PHRASES
    assert len(list((FIXTURES / kind).glob("*/case.toml"))) >= 3


def test_nothing_is_registered_that_is_no_kind() -> None:
    modules = {path.stem for path in (SOURCE / "strippers").glob("[!_]*.py")}
    assert modules == {str(kind) for kind in KINDS} == {str(kind) for kind in STRIPPERS}
    assert set(PRECEDENCE) == set(Kind)


@pytest.mark.parametrize("path", PHRASE_FILES, ids=lambda path: path.stem)
def test_a_phrase_file_is_well_formed(path: Path) -> None:
    data = tomllib.loads(path.read_text("utf-8"))
    assert data["tokens"] == sorted(set(data["tokens"]))
    tables = {code: table for code, table in data.items() if isinstance(table, dict)}
    assert path.stem == "hidden" or tables.keys() >= LANGUAGES
    for table in tables.values():
        assert table.keys() <= PHRASE_KEYS
        for phrases in table.values():
            assert phrases == sorted(set(phrases))
            assert all(phrase == phrase.casefold() == phrase.strip() for phrase in phrases)


@pytest.mark.parametrize("path", LANGUAGE_FILES, ids=lambda path: path.stem)
def test_a_language_file_is_well_formed(path: Path) -> None:
    data = tomllib.loads(path.read_text("utf-8"))
    assert (
        data.keys() == tomllib.loads((SOURCE / "language/data/en.toml").read_text("utf-8")).keys()
    )
    assert len(data["months"]) == 12
    assert len(data["weekdays"]) == 7
    assert len(data["stop_words"]) >= 50
    assert all(form.count("#") == 1 for form in data["ago"])
    for key in ("minutes", "hours", "days", "weeks"):
        assert data[key]
        assert all(re.fullmatch(r"(?:\d )?\D+", name) for name in data[key])
        assert all(name == name.casefold() for name in data[key])


def test_the_further_months_are_well_formed() -> None:
    data = tomllib.loads((SOURCE / "language" / "months.toml").read_text("utf-8"))
    assert data.keys() == {"gregorian", "jalali"}
    assert not set(data["gregorian"]) & set(facts.languages())
    assert list(data["gregorian"]) == sorted(data["gregorian"])
    for calendar in data.values():
        for months in calendar.values():
            assert len(months) == 12
            assert all(name == name.casefold() == name.strip() for m in months for name in m)


def test_there_are_files_for_the_promised_languages() -> None:
    assert set(facts.languages()) >= LANGUAGES


def test_case_folders_are_named_after_kinds_and_rooms() -> None:
    names = {path.name for path in FIXTURES.iterdir()}
    assert names <= {str(kind) for kind in KINDS} | OTHER_FOLDERS


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_a_case_has_a_page_a_reason_and_known_claims(folder: Path) -> None:
    data = case(folder)
    assert data["why"]
    assert any((folder / page).exists() for page in PAGES)
    tables = {"removed", "xfail", *MODES.values()}
    assert data.keys() <= {"why", "url", *VALUES, *LISTS, *tables}
    assert set(data.get("removed", {})) <= {str(kind) for kind in KINDS}
    assert any(claim.folder == folder for claim in claims())
    if data.get("date"):
        date.fromisoformat(data["date"])


def test_the_cases_are_many_and_in_many_languages() -> None:
    both = [f for f in folders() if all((f / page).exists() for page in PAGES)]
    languages = {folder.name.rsplit("-", 1)[-1] for folder in folders()}
    assert len(folders()) >= 60
    assert len(both) >= len(folders()) / 3
    assert len(languages) >= 15
    assert len(pages()) >= len(folders())


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: path.name)
def test_files_and_functions_stay_short(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= MAX_FILE_LINES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < MAX_FUNCTION_LINES, node.name


@pytest.mark.parametrize(
    ("module", "without"),
    [("cleanarticle", OPTIONAL), ("cleanarticle.cli", OPTIONAL | {"cleanarticle.batch"})],
)
def test_importing_the_package_stays_light(module: str, without: set[str]) -> None:
    code = f"import sys, {module}; print(*sys.modules)"
    found = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(SOURCE.parent)},
    )
    assert not without & set(found.stdout.split())


def test_the_public_names_are_sorted() -> None:
    import cleanarticle

    names = [name for name in cleanarticle.__all__ if name != "__version__"]
    assert all(a < b for a, b in pairwise(names))
    assert all(hasattr(cleanarticle, name) for name in cleanarticle.__all__)
