"""A fit on raw text from end to end, on the corpus of made-up pages."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import cleanarticle
from cleanarticle import Options, PageType, classifier, clues, readers
from cleanarticle.classifier import model
from cleanarticle.classifier.columns import Columns
from cleanarticle.classifier.model import feature_names, load
from cleanarticle.records import Document, Metadata
from cleanarticle.training import corpus, examples, fit, forms
from cleanarticle.training.__main__ import main
from cleanarticle.training.examples import Example
from harbours import FOOTER, MENU, SET, TEASERS, Run, paragraphs, run, unseen, write

# Python 3.12 and later warn of forks beside the threads that numpy starts.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


@pytest.fixture(scope="module")
def fitted(small: None, tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder, target = tmp_path_factory.mktemp("corpus"), tmp_path_factory.mktemp("one")
    write(folder)
    return run(folder, target / "weights.npz", target / "folds", "--form", "text")


@pytest.fixture(scope="module")
def read(fitted: Run) -> list[Example]:
    return examples.read(corpus.read(fitted.corpus), fit.FOLDS, "text")


def raw(seed: int) -> tuple[str, list[str]]:
    """An unseen page a line a block, and its paragraphs."""
    _markup, texts = unseen(seed)
    title = f"Page {seed} of the harbour"
    return "\n".join([*MENU, title, *texts, *TEASERS, FOOTER]), texts


# examples ----------------------------------------------------------------


def test_each_page_is_several_examples_in_forms_chosen_by_its_name(
    fitted: Run, read: list[Example]
) -> None:
    pages = corpus.read(fitted.corpus)
    assert len(read) == len(pages) * (2 + examples.OTHER_FORMS)
    texts = forms.texts(pages[0])
    for example, name in zip(read, forms.some(pages[0], examples.OTHER_FORMS), strict=False):
        assert example.columns.blocks == readers.read_plain(texts[name]).blocks


def test_examples_are_of_raw_text(read: list[Example]) -> None:
    names = feature_names("text")["block"]
    assert {one.columns.form for one in read} == {"text"}
    assert {one.blocks.shape[1] for one in read} == {len(names)}
    assert {one.columns.opinion for one in read} == {None}
    joined = np.concatenate([one.blocks[:, names.index("joined")] for one in read])
    assert set(joined.tolist()) == {0.0, 1.0}  # some are in one line


def test_every_second_example_of_a_page_has_no_address(tmp_path: Path) -> None:
    write(tmp_path)
    rows = (tmp_path / f"{SET}.jsonl").read_text("utf-8").split("\n")[:2]
    url = "https://harbour.example/a"
    (tmp_path / f"{SET}.jsonl").write_text(
        "\n".join(json.dumps({**json.loads(row), "url": url}) for row in rows), "utf-8"
    )
    found = examples.read(corpus.read(tmp_path), fit.FOLDS, "text")
    assert [one.columns.document.url for one in found] == [None, url, None] * 2


def test_forms_of_a_page_are_of_its_fold_and_type(fitted: Run, read: list[Example]) -> None:
    pages = corpus.read(fitted.corpus)
    wanted = [(page.fold(fit.FOLDS), page.page_type) for page in pages for _form in range(3)]
    assert [(one.fold, one.page_type) for one in read] == wanted


def test_blocks_of_the_gold_text_are_labelled(read: list[Example]) -> None:
    for number, one in enumerate(read):
        if number % 3 == 2:  # in one line, a menu may stand before the first sentence
            continue
        gold = " ".join(paragraphs(number // 3))
        for block, label in zip(one.columns.blocks, one.labels.tolist(), strict=True):
            assert label is (block.text in gold), block.text


def test_the_words_of_the_page_take_the_place_of_the_last_features(read: list[Example]) -> None:
    by_words = np.arange(len(PageType), dtype=np.float32)
    rows = read[0].rows(by_words, with_opinion=False)
    assert rows.shape == read[0].blocks.shape
    assert rows[0, -len(PageType) :].tolist() == by_words.tolist()
    np.testing.assert_array_equal(rows[:, : -len(PageType)], read[0].blocks[:, : -len(PageType)])


# what is written ---------------------------------------------------------


def test_a_fit_writes_the_weights_and_those_of_each_fold(fitted: Run) -> None:
    assert fitted.status == 0
    names = ["weights", *(f"text{number}" for number in range(fit.FOLDS))]
    assert set(fitted.files()) == {f"{name}.{end}" for name in names for end in ("npz", "json")}
    for number in range(fit.FOLDS):
        about = fit.fold_path(fitted.folds, number, "text").with_suffix(".json")
        assert json.loads(about.read_text("utf-8"))["without_fold"] == number


def test_the_weights_say_that_they_are_for_raw_text(fitted: Run) -> None:
    about = json.loads(fitted.weights.with_suffix(".json").read_text("utf-8"))
    assert about["form"] == "text"
    assert about["features"] == feature_names("text")
    assert about["pages"] == 24 * 3
    assert about["f1_out_of_fold"].keys() == {"normal"}
    assert 0.8 < about["f1_out_of_fold"]["normal"][SET] <= 1


def test_the_model_has_one_effort(fitted: Run) -> None:
    found = load(fitted.weights, "text")
    assert found.form == "text"
    assert list(found.types) == list(PageType)
    assert found.scorers.keys() == found.confidence.keys() == {"normal"}
    networks = found.scorers["normal"].networks
    assert len(networks) == fit.NETWORKS
    assert networks[0].weights["in"].shape == (len(feature_names("text")["block"]), 8)


def test_a_second_fit_gives_the_same_bytes(fitted: Run, tmp_path: Path) -> None:
    again = run(fitted.corpus, tmp_path / "weights.npz", tmp_path / "folds", "--form", "text")
    assert again.files() == fitted.files()
    assert again.printed == fitted.printed


# what it is good for -----------------------------------------------------


@pytest.mark.parametrize("effort", ["normal", "thorough"])
@pytest.mark.parametrize("seed", [100, 101])
def test_raw_text_is_extracted_with_them(fitted: Run, seed: int, effort: Any) -> None:
    text, texts = raw(seed)
    options = Options(weights=fitted.weights, effort=effort)
    article = cleanarticle.extract(text, kind="text", options=options)
    assert article.body == "\n\n".join(texts)
    assert article.page_type in (PageType.ARTICLE, PageType.FORUM)
    assert article.page_type_probability is not None
    assert article.confidence is not None
    assert 0.3 < article.page_type_probability <= 1
    assert 0.6 < article.confidence <= 1


def test_a_page_in_one_line_is_extracted_with_them(fitted: Run) -> None:
    texts = [text for seed in range(100, 106) for text in paragraphs(seed)]
    whole = " ".join((" · ".join(MENU), *texts, FOOTER))
    article = cleanarticle.extract(whole, kind="text", options=Options(weights=fitted.weights))
    wanted, found = words(texts), words([article.body])
    assert (wanted & found).total() > 0.9 * wanted.total()
    assert (found - wanted).total() < 10


def words(texts: list[str]) -> Counter[str]:
    return Counter(" ".join(texts).split())


def assessed(document: Document, weights: Path | None) -> tuple[float, ...]:
    return classifier.assess(
        document, clues.gather(document), Metadata(), (), weights=weights
    ).scores


def test_they_are_ignored_for_markup(fitted: Run) -> None:
    markup, _texts = unseen(100)
    document = readers.read(readers.open_page(markup), kind="html")
    assert assessed(document, fitted.weights) == assessed(document, None)


def test_the_shipped_weights_are_for_raw_text_where_others_are_for_markup(
    fitted: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_text = load(fitted.weights, "text")
    folder = Path(model.__file__).parent / "weights"
    monkeypatch.setattr(model, "_shipped", {"text": of_text}.__getitem__)
    document = readers.read_plain(raw(100)[0])
    wanted = assessed(document, fitted.weights)
    assert assessed(document, folder / "html.npz") == wanted
    assert assessed(document, None) == wanted


def test_scores_are_those_of_the_features_of_raw_text(fitted: Run) -> None:
    document = readers.read_plain(raw(100)[0])
    columns = Columns(document, clues.gather(document), Metadata(), ())
    scores = assessed(document, fitted.weights)
    assert len(scores) == columns.count
    menu, prose = scores[: len(MENU)], scores[len(MENU) + 1 : len(MENU) + 3]
    assert max(menu) < 0.5 < min(prose)


# evaluate ----------------------------------------------------------------


def test_evaluate_prints_a_table_of_each_form(
    fitted: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["evaluate", "--corpus", str(fitted.corpus), "--folds", str(fitted.folds)]
    assert main([*given, "--form", "text"]) == 0
    rows = {
        line[:24].strip(): line[24:].split()
        for line in capsys.readouterr().out.splitlines()
        if line[24:].startswith("all ")
    }
    assert rows.keys() == {f"{SET} {form}" for form in forms.FORMS}
    assert {row[1] for row in rows.values()} == {"24"}
    assert all(0.9 < float(rows[f"{SET} {form}"][2]) <= 1 for form in (forms.LINES, forms.SPACED))


def test_folds_of_the_other_form_are_not_used(
    fitted: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["evaluate", "--corpus", str(fitted.corpus), "--folds", str(fitted.folds)]
    assert main([*given, "--form", "html"]) == 2
    assert "html" in capsys.readouterr().err
