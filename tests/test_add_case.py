"""A newcomer turns a page into a case with one command."""

import tomllib
from pathlib import Path

import pytest

import add_case


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "saved.html"
    file.write_text("<p>Hello</p>", "utf-8")
    return file


def test_a_case_has_the_page_and_the_claims(page: Path, tmp_path: Path) -> None:
    argv = [
        "newsletter",
        "inline-box-de",
        str(page),
        "--present",
        'sagt "ja"',
        "--removed",
        "Anmelden",
    ]
    assert add_case.main(argv, tmp_path) == 0
    folder = tmp_path / "newsletter" / "inline-box-de"
    assert (folder / "page.html").read_text("utf-8") == "<p>Hello</p>"
    case = tomllib.loads((folder / "case.toml").read_text("utf-8"))
    assert case["present"] == ['sagt "ja"']
    assert case["removed"] == {"newsletter": ["Anmelden"]}


def test_a_text_file_becomes_the_text_page(tmp_path: Path) -> None:
    (tmp_path / "dump.txt").write_text("Hello", "utf-8")
    add_case.main(["plaintext", "one-line-en", str(tmp_path / "dump.txt")], tmp_path)
    assert (tmp_path / "plaintext" / "one-line-en" / "page.txt").exists()


def test_an_existing_case_is_left_alone(page: Path, tmp_path: Path) -> None:
    add_case.main(["share", "bar-en", str(page)], tmp_path)
    assert add_case.main(["share", "bar-en", str(page)], tmp_path) == 1


@pytest.mark.parametrize(
    "argv",
    [
        ["nokind", "bar-en", "page"],
        ["share", "Bar", "page"],
        ["share", "bar-en", "missing.html"],
        ["article", "bar-en", "page", "--removed", "x"],
    ],
)
def test_wrong_arguments_are_refused(argv: list[str], page: Path, tmp_path: Path) -> None:
    argv = [str(page) if word == "page" else word for word in argv]
    with pytest.raises(SystemExit) as refused:
        add_case.main(argv, tmp_path)
    assert refused.value.code == 2
