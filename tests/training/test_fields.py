"""What ranks titles, dates and authors is fitted and measured on labelled pages."""

import json
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import numpy as np
import pytest

from cleanarticle import readers
from cleanarticle.errors import WeightsError
from cleanarticle.metadata import fitted
from cleanarticle.training import corpus, fields, trees
from cleanarticle.training.__main__ import main

# Python 3.12 and later warn of forks beside the threads that numpy starts.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")

PEOPLE = ("Ann Lee", "Bo Ek", "Cora Dahl", "Dan Holm")
PROSE = "The ferry across the sound was late again, and nobody on the pier was told why. " * 4


def html(number: int) -> str:
    person, day = PEOPLE[number % 4], f"{number + 1:02}"
    return (
        f"<html><head><title>Ferry {number} is late | The Quay</title>"
        f'<meta property="article:published_time" content="2024-03-{day}T08:00:00+01:00"></head>'
        f"<body><nav><p>Tides</p><p>The Quay</p></nav><h1>Ferry {number} is late</h1>"
        f'<p class="byline">By {person}</p><p>{number + 1} March 2024</p>'
        f"<p>{PROSE}</p><p>{PROSE}</p><p>Updated 9 April 2024</p></body></html>"
    )


def row(number: int) -> dict[str, object]:
    return {
        "html": f"{number}.html",
        "domain": f"site{number % 8}.example",
        "title": f"Ferry {number} is late",
        "date": f"2024-03-{number + 1:02}",
        "authors": [f"By {PEOPLE[number % 4]}"],
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("harbours")
    for number in range(24):
        (found / f"{number}.html").write_text(html(number), "utf-8")
    lines = [json.dumps(row(number)) for number in range(24)]
    (found / "harbours.jsonl").write_text("\n".join(lines), "utf-8")
    return found


@pytest.fixture(scope="module")
def weights(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("weights")
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()):
        patch.setattr(fields, "ROUNDS", 30)
        patch.setitem(trees.FIELDS, "min_data_in_leaf", 2)
        given = ["fit-fields", "--corpus", str(folder), "-o", str(target / "fields.npz")]
        assert main([*given, "--folds", str(target)]) == 0
    return target


def page(folder: Path, **changed: object) -> corpus.LabelledPage:
    (folder / "one").mkdir(exist_ok=True)
    (folder / "one" / "0.html").write_text(html(0), "utf-8")
    (folder / "one" / "boats.jsonl").write_text(json.dumps(row(0) | changed), "utf-8")
    (found,) = corpus.read(folder / "one")
    return found


def counts(found: list[fields.Candidates]) -> list[tuple[str, int]]:
    return [(one.name, int(one.right.sum())) for one in found]


def test_candidates_are_right_as_html_as_lines_and_as_lines_without_address(folder: Path) -> None:
    found = fields._of_page(page(folder), complete=())
    as_html = [("title", 1), ("date", 1), ("authors", 1)]
    as_lines = [("title line", 1), ("date", 1), ("authors", 1)]
    assert counts(found) == [*as_html, *as_lines, *as_lines]
    assert all(
        one.rows.shape == (len(one.right), len(fitted.feature_names()[one.name])) for one in found
    )


def test_a_page_without_a_value_has_none_right_only_where_labels_are_complete(folder: Path) -> None:
    unknown = page(folder, date=None)
    assert "date" not in dict(counts(fields._of_page(unknown, complete=())))
    assert dict(counts(fields._of_page(unknown, complete=("boats",))))["date"] == 0


def test_a_value_that_no_candidate_has_is_left_out(folder: Path) -> None:
    other = page(folder, title="Another headline", authors=["Nobody Else"])
    found = dict(counts(fields._of_page(other, complete=("boats",))))
    assert found.keys() == {"date"}


def test_lines_of_a_page_are_raw_text() -> None:
    document = readers.read(readers.open_page(html(3)), kind="html")
    lines = fields.as_lines(document, "https://quay.example/late")
    assert [b.text for b in lines.blocks[:4]] == [
        "Tides",
        "The Quay",
        "Ferry 3 is late",
        "By Dan Holm",
    ]
    assert (lines.containers, lines.url) == ((), "https://quay.example/late")


def test_names_are_compared_without_by_case_and_signs() -> None:
    assert fields.author_keys(["By Ann Lee", "von BO EK", "", "Lee-Dahl, Cora"]) == {
        "ann lee",
        "bo ek",
        "lee dahl cora",
    }


def test_a_fit_writes_weights_that_say_what_they_are(folder: Path, weights: Path) -> None:
    names = {path.name for path in weights.iterdir()}
    stems = ("fields", *(f"fields{n}" for n in range(fields.FOLDS)))
    assert names == {f"{stem}.{end}" for stem in stems for end in ("npz", "json")}
    about = json.loads((weights / "fields2.json").read_text("utf-8"))
    assert about["features"] == fitted.feature_names()
    assert about["corpus"] == corpus.digest(folder, ["harbours"])
    assert (about["seed"], about["without_fold"]) == (fields.SEED, 2)


def test_loaded_weights_rank_the_right_values_first(folder: Path, weights: Path) -> None:
    rows = fields.outcomes(corpus.read(folder), weights, complete=())
    assert {row.form for row in rows} == {"html", "text"}
    of_html = [row for row in rows if row.form == "html"]
    assert np.mean([row.title for row in of_html if row.title is not None]) > 0.9
    assert np.mean([row.date for row in of_html if row.date is not None]) > 0.9
    assert np.mean([row.authors for row in of_html if row.authors is not None]) > 0.9


def test_weights_for_other_numbers_are_refused(weights: Path, tmp_path: Path) -> None:
    about = json.loads((weights / "fields.json").read_text("utf-8"))
    about["features"]["date"][0] = "shoe size"
    (tmp_path / "fields.npz").write_bytes((weights / "fields.npz").read_bytes())
    (tmp_path / "fields.json").write_text(json.dumps(about), "utf-8")
    with pytest.raises(WeightsError, match="another version"):
        fields.load(tmp_path / "fields.npz")


def test_a_second_fit_gives_the_same_bytes(folder: Path, weights: Path, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()):
        patch.setattr(fields, "ROUNDS", 30)
        patch.setitem(trees.FIELDS, "min_data_in_leaf", 2)
        given = ["fit-fields", "--corpus", str(folder), "-o", str(tmp_path / "fields.npz")]
        assert main(given) == 0
    for end in ("npz", "json"):
        name = f"fields.{end}"
        assert (tmp_path / name).read_bytes() == (weights / name).read_bytes()


def test_the_table_has_a_line_a_form_and_set(folder: Path, weights: Path) -> None:
    with redirect_stdout(StringIO()) as printed:
        given = ["evaluate-fields", "--corpus", str(folder), "--folds", str(weights)]
        assert main(given) == 0
    heads, *lines = printed.getvalue().splitlines()
    assert heads.split() == ["form", "set", "pages", "n", *fields.HEADS]
    assert [line.split()[:4] for line in lines] == [
        ["html", "harbours", "all", "24"],
        ["text", "harbours", "all", "24"],
    ]
