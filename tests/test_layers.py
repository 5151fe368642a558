"""Who may import whom. The table is the documentation; the test reads the imports."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "cleanarticle"

# A room imports only from rooms in lines above its own.
LAYERS = (
    ("records", "errors", "version", "accelerator"),
    ("options", "resources", "trees", "deadline", "once"),
    ("language",),
    ("readers",),
    ("clues",),
    ("metadata", "strippers", "opinion"),
    ("classifier",),
    ("decide", "render"),
    ("article",),
    ("assemble", "report"),
    ("pipeline",),
    ("sites", "batch"),
    ("__init__",),
    ("cli", "training", "integrations"),
    ("__main__",),
)
THIRD_PARTY = {
    "lxml": {"readers", "batch"},
    "bs4": {"readers", "training"},
    "charset_normalizer": {"readers"},
    "trafilatura": {"batch", "opinion"},
    "courlan": {"batch"},
    "certifi": {"batch"},
    "htmldate": {"opinion"},
    "numpy": {"trees", "readers", "metadata", "classifier", "batch", "training", "integrations"},
    "lightgbm": {"training"},
    "scipy": {"training"},
    "inscriptis": {"training"},
    "fastwarc": {"batch"},
    "pyarrow": {"batch", "integrations"},
    "zstandard": {"batch"},
    "datasketch": {"batch"},
    "tqdm": {"batch"},
    "datatrove": {"integrations"},
    "pandas": {"integrations"},
    "pyspark": {"integrations"},
    "ray": {"integrations"},
}
LEVELS = {room: level for level, rooms in enumerate(LAYERS) for room in rooms}
FILES = sorted(SOURCE.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    """Full names of everything that a file imports."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rooms_used(path: Path) -> set[str]:
    """Rooms of the package that a file imports from."""
    used = set()
    for name in imported(path):
        parts = name.split(".")
        if parts[0] == "cleanarticle":
            used.add(parts[1] if len(parts) > 1 and parts[1] in LEVELS else "__init__")
    return used


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_point_upwards_only(path: Path) -> None:
    own = room_of(path)
    below = {room for room in rooms_used(path) - {own} if LEVELS[room] >= LEVELS[own]}
    assert not below


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_third_party_packages_stay_in_their_rooms(path: Path) -> None:
    packages = {name.split(".")[0] for name in imported(path)}
    strangers = {p for p in packages & THIRD_PARTY.keys() if room_of(path) not in THIRD_PARTY[p]}
    assert not strangers


def test_the_table_names_every_room() -> None:
    assert {room_of(path) for path in FILES} == set(LEVELS)


def test_the_check_sees_a_planted_violation(tmp_path: Path) -> None:
    planted = tmp_path / "records.py"
    planted.write_text("from cleanarticle.decide import decide\nimport lxml.etree\n", "utf-8")
    assert rooms_used(planted) == {"decide"}
    assert "lxml.etree" in set(imported(planted))
