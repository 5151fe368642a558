"""A fit from end to end, on a corpus of made-up pages."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import cleanarticle
from cleanarticle import Options, PageType
from cleanarticle.classifier.model import feature_names, load
from cleanarticle.training import corpus, fit
from cleanarticle.training.__main__ import main
from harbours import MENU, SET, Run, paragraphs, run, unseen, write

# Python 3.12 and later warn of forks beside the threads that numpy starts.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


@pytest.fixture(scope="module")
def fitted(small: None, tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder, target = tmp_path_factory.mktemp("corpus"), tmp_path_factory.mktemp("one")
    write(folder)
    return run(folder, target / "weights.npz", target / "folds")


# what is written ---------------------------------------------------------


def test_a_fit_writes_the_weights_and_those_of_each_fold(fitted: Run) -> None:
    assert fitted.status == 0
    names = ["weights", *(f"html{number}" for number in range(fit.FOLDS))]
    assert set(fitted.files()) == {f"{name}.{end}" for name in names for end in ("npz", "json")}
    assert {path.name for path in fitted.folds.iterdir()} == set(fitted.files()) - {
        "weights.npz",
        "weights.json",
    }


def test_it_prints_what_it_fits_on_and_what_it_reached(fitted: Run) -> None:
    first, last = fitted.printed.splitlines()
    blocks = sum(len(paragraphs(seed)) for seed in range(24)) + 24 * (len(MENU) + 1 + 3 + 1)
    assert first == f"24 pages, {blocks} blocks"
    assert last.startswith(f"{{'normal': {{'{SET}': ")


def test_the_weights_say_what_they_are(fitted: Run) -> None:
    about = json.loads(fitted.weights.with_suffix(".json").read_text("utf-8"))
    assert about["features"] == feature_names()
    assert about["form"] == "html"
    assert about["sets"] == {SET: ""}
    assert about["corpus"] == corpus.digest(fitted.corpus, [SET])
    assert (about["pages"], about["seed"]) == (24, fit.SEED)
    assert "without_fold" not in about
    reached = about["f1_out_of_fold"]
    assert reached.keys() == {"normal", "thorough"}
    assert all(0.9 < reached[name][SET] <= 1 for name in reached)


def test_the_weights_of_a_fold_say_which(fitted: Run) -> None:
    for number in range(fit.FOLDS):
        text = fit.fold_path(fitted.folds, number).with_suffix(".json").read_text("utf-8")
        assert json.loads(text)["without_fold"] == number


def test_the_weights_of_folds_differ(fitted: Run) -> None:
    found = [fit.fold_path(fitted.folds, number).read_bytes() for number in range(fit.FOLDS)]
    assert len({fitted.weights.read_bytes(), *found}) == 5


def test_weights_of_folds_are_kept_only_where_asked_for(fitted: Run, tmp_path: Path) -> None:
    assert run(fitted.corpus, tmp_path / "weights.npz", None).status == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["weights.json", "weights.npz"]


def test_an_output_of_another_kind_is_refused_before_the_fit(fitted: Run, tmp_path: Path) -> None:
    assert run(fitted.corpus, tmp_path / "weights.json", None).status == 2
    assert list(tmp_path.iterdir()) == []


def test_a_second_fit_gives_the_same_bytes(fitted: Run, tmp_path: Path) -> None:
    again = run(fitted.corpus, tmp_path / "weights.npz", tmp_path / "folds")
    assert again.status == 0
    assert again.files() == fitted.files()
    assert again.printed == fitted.printed


def test_a_set_without_gold_texts_does_not_stop_a_fit(
    fitted: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (markup, texts), name = unseen(100), "page.html"
    (tmp_path / name).write_text(markup, "utf-8")
    for of, row in (("boats", {"body": "\n".join(texts)}), ("snippets", {"with": [texts[0]]})):
        (tmp_path / f"{of}.jsonl").write_text(json.dumps({"html": name, **row}), "utf-8")
    whole = fit.Fitted(load(fitted.weights), (), {"normal": [0.5, None], "thorough": [0.75, None]})
    monkeypatch.setattr(fit, "fit", lambda examples: whole)
    found = run(tmp_path, tmp_path / "weights.npz", None)
    assert found.status == 0
    about = json.loads(found.weights.with_suffix(".json").read_text("utf-8"))
    assert about["f1_out_of_fold"] == {"normal": {"boats": 0.5}, "thorough": {"boats": 0.75}}


# what it is good for -----------------------------------------------------


def test_the_model_has_all_its_parts(fitted: Run) -> None:
    model = load(fitted.weights)
    assert list(model.types) == list(PageType)
    assert model.confidence.keys() == {"normal", "thorough"}
    normal, thorough = (model.scorers[name].networks for name in ("normal", "thorough"))
    assert len(normal) == len(thorough) == fit.NETWORKS
    known, more = (len(feature_names()[of]) for of in ("block", "opinion"))
    assert normal[0].weights["in"].shape == (known, 8)
    assert thorough[0].weights["in"].shape == (known + more, 8)
    assert np.any(normal[0].weights["in"] != normal[1].weights["in"])


@pytest.mark.parametrize("effort", ["normal", "thorough"])
@pytest.mark.parametrize("seed", [100, 101])
def test_a_page_is_extracted_with_them(fitted: Run, seed: int, effort: Any) -> None:
    markup, texts = unseen(seed)
    options = Options(weights=fitted.weights, effort=effort)
    article = cleanarticle.extract(markup, options=options)
    assert article.body == "\n\n".join(texts)
    assert article.page_type is (PageType.FORUM if seed % 2 else PageType.ARTICLE)
    assert article.page_type_probability is not None
    assert article.confidence is not None
    assert 0.3 < article.page_type_probability <= 1
    assert 0.7 < article.confidence <= 1


def test_each_effort_has_a_scorer_of_its_own(fitted: Run) -> None:
    markup, _texts = unseen(100)
    scores = {
        effort: cleanarticle.explain(markup, options=Options(weights=fitted.weights, effort=effort))
        .verdicts[0]
        .score
        for effort in ("normal", "thorough")
    }
    assert scores["normal"] != scores["thorough"]


def test_a_missing_file_of_weights_is_an_error(fitted: Run, tmp_path: Path) -> None:
    markup, _texts = unseen(100)
    with pytest.raises(cleanarticle.WeightsError, match="none\\.npz"):
        cleanarticle.extract(markup, options=Options(weights=tmp_path / "none.npz"))


# evaluate ----------------------------------------------------------------


def evaluated(fitted: Run, capsys: pytest.CaptureFixture[str], *more: str) -> list[str]:
    given = ["evaluate", "--corpus", str(fitted.corpus), "--folds", str(fitted.folds)]
    assert main([*given, *more]) == 0
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("effort", ["normal", "thorough"])
def test_evaluate_prints_a_table(
    fitted: Run, capsys: pytest.CaptureFixture[str], effort: str
) -> None:
    lines = evaluated(fitted, capsys, "--effort", effort)
    assert lines[0].split() == ["set", "pages", "n", "F1", "wanted", "boiler", "type", "ECE"]
    rows = [line.split() for line in lines[1:4]]
    assert [row[:3] for row in rows] == [
        [SET, "all", "24"],
        [SET, "article", "12"],
        [SET, "forum", "12"],
    ]
    f1, wanted, boilerplate, type_right, error = map(float, rows[0][3:])
    assert 0.9 < f1 <= 1
    assert 0.9 < wanted <= 1
    assert 0 <= boilerplate < 0.2
    assert 0.8 < type_right <= 1
    assert 0 <= error < 0.2


def test_evaluate_prints_how_reliable_the_confidence_is(
    fitted: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = evaluated(fitted, capsys)
    place = lines.index("confidence  F1      pages")
    bins = [line.split() for line in lines[place + 1 :]]
    assert sum(int(pages) for _confidence, _f1, pages in bins) == 24
    assert all(0 <= float(value) <= 1 for one in bins for value in one[:2])


def test_evaluate_uses_the_sets_named(
    fitted: Run, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    lines = (fitted.corpus / f"{SET}.jsonl").read_text("utf-8").split("\n")
    rows = [
        {**json.loads(line), "html": str(fitted.corpus / f"{n}.html")}
        for n, line in enumerate(lines[:6])
    ]
    for name, own in (("boats", rows[:2]), ("tides", rows[2:])):
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, own)), "utf-8")
    other = Run(0, "", tmp_path, fitted.weights, fitted.folds)
    found = evaluated(other, capsys, "--sets", "tides")
    assert found[1].split()[:3] == ["tides", "all", "4"]
    assert not any(line.startswith("boats") for line in found)


# refusals ----------------------------------------------------------------


@pytest.mark.parametrize("command", ["fit", "evaluate"])
def test_a_folder_without_sets(
    command: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    target = ["-o", str(tmp_path / "w.npz")] if command == "fit" else ["--folds", str(tmp_path)]
    assert main([command, "--corpus", str(tmp_path), *target]) == 2
    wanted = f"cleanarticle.training: {tmp_path}: no SET.jsonl file\n"
    assert capsys.readouterr().err == wanted
    assert list(tmp_path.iterdir()) == []


def test_a_set_that_is_not_there(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    given = ["fit", "--corpus", str(tmp_path), "-o", str(tmp_path / "w.npz"), "--sets", "boats"]
    assert main(given) == 2
    assert str(tmp_path / "boats.jsonl") in capsys.readouterr().err


def test_folds_that_were_never_fitted(
    fitted: Run, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    given = ["evaluate", "--corpus", str(fitted.corpus), "--folds", str(tmp_path)]
    assert main(given) == 2
    assert f"{tmp_path}/html" in capsys.readouterr().err
