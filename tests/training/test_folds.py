"""No model sees the pages that it is measured on."""

import multiprocessing
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from cleanarticle import Options, PageType
from cleanarticle.classifier import page
from cleanarticle.classifier.model import EFFORTS, Scorer
from cleanarticle.training import corpus, evaluate, fit, forms, network, page_words, trees


@dataclass(frozen=True)
class Stub:
    """An example whose every number is that of its fold."""

    fold: int
    set: str = "harbours"
    domain: str = "harbour.example"
    page_type: PageType = PageType.ARTICLE
    gold: str | None = "The ferry"
    known: Any = (True, True)

    @property
    def columns(self) -> Any:
        return SimpleNamespace(form="html", runs_of_letters=self.numbers)

    @property
    def numbers(self) -> Any:
        return np.full(2, self.fold, np.float32)

    labels = weights = keys = numbers

    def without(self, fold: int | None) -> "Stub | None":
        return None if fold == self.fold else self

    def rows(self, by_words: frozenset[int], *, with_opinion: bool) -> Any:
        assert self.fold not in by_words
        return np.full((2, 3), self.fold, np.float32)

    def f1(self, scores: Any) -> float:
        return float(self.fold)


@dataclass(frozen=True)
class Words:
    """What words tell, which is here from what folds it is known."""

    folds: frozenset[int]

    def log_probabilities(self, keys: Any) -> frozenset[int]:
        return self.folds


def words_seen(pages: Any, domains: Any, types: Any) -> Words:
    return Words(frozenset(int(page[0]) for page in pages))


NAMES = EFFORTS["html"]
STUBS = [Stub(fold) for fold in (0, 1, 2, 3, 0, 1)]
SEEN = [(None, {0, 1, 2, 3}), (0, {1, 2, 3}), (3, {0, 1, 2})]


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[set[float]]:
    """The values in the rows of each fit that is asked for; none is run."""
    found: list[set[float]] = []

    def of_trees(rows: Any, targets: Any, weights: Any, *, settings: Any, **_more: Any) -> Any:
        found.append(set(rows.ravel().tolist()))
        return [None] * settings.get("num_class", 1)

    def of_network(pages: Any, seed: int, epochs: int) -> None:
        assert epochs == fit.EPOCHS["html"]
        found.append({value for page in pages for value in page.inputs.ravel().tolist()})

    monkeypatch.setattr(page_words, "fit", words_seen)
    monkeypatch.setattr(fit, "_words", fit._page_words(STUBS))  # type: ignore[arg-type]
    monkeypatch.setattr(trees, "fit", of_trees)
    monkeypatch.setattr(network, "fit", of_network)
    monkeypatch.setattr(fit, "_examples", STUBS)
    return found


@pytest.mark.parametrize(("fold", "wanted"), SEEN)
@pytest.mark.parametrize("name", NAMES)
def test_the_scorer_of_a_fold_sees_no_page_of_it(
    seen: list[set[float]], name: str, fold: int | None, wanted: set[float]
) -> None:
    fit._scorer(fit._Job(name, fold))
    assert seen == [wanted] * (1 + fit.NETWORKS)


@dataclass(frozen=True)
class TextStub(Stub):
    """The same for raw text."""

    @property
    def columns(self) -> Any:
        return SimpleNamespace(form="text", runs_of_letters=self.numbers)


def test_raw_text_is_fitted_for_one_effort_in_epochs_of_its_own(
    seen: list[set[float]], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[int, int]] = []
    stubs: Any = [TextStub(one.fold) for one in STUBS]
    monkeypatch.setattr(network, "fit", lambda pages, seed, epochs: asked.append((seed, epochs)))
    monkeypatch.setattr(Scorer, "scores", lambda self, rows: rows[:, 0])
    monkeypatch.setattr(page, "measure", lambda columns, scores, blocks: blocks[0])
    monkeypatch.setattr(multiprocessing, "get_context", lambda way: NoProcesses())
    found = fit.fit(stubs)
    seeds = [fit.SEED + number for number in range(fit.NETWORKS)]
    assert asked == [(seed, fit.EPOCHS["text"]) for seed in seeds] * (fit.FOLDS + 1)
    assert fit.EPOCHS["text"] != fit.EPOCHS["html"]
    assert found.f1.keys() == {"normal"}
    assert {one.form for one in (found.model, *found.folds)} == {"text"}
    assert {tuple(one.scorers) for one in found.folds} == {("normal",)}


@pytest.mark.parametrize(("fold", "wanted"), SEEN)
def test_confidence_and_type_of_a_fold_see_no_page_of_it(
    seen: list[set[float]],
    monkeypatch: pytest.MonkeyPatch,
    fold: int | None,
    wanted: set[float],
) -> None:
    monkeypatch.setattr(page, "measure", lambda columns, scores, blocks: blocks[0])
    scorers: Any = {fit._Job(name, fold): name for name in NAMES}
    unseen_scores = {name: [one.numbers for one in STUBS] for name in NAMES}
    model: Any = fit._model(STUBS, scorers, unseen_scores, fold)  # type: ignore[arg-type]
    assert model.form == "html"
    assert model.scorers == {"normal": "normal", "thorough": "thorough"}
    assert model.words.folds == wanted
    assert seen == [wanted] * 3


@pytest.mark.parametrize("fold", [None, 0, 3])
@pytest.mark.parametrize("own", [0, 1, 2, 3])
def test_words_are_judged_by_what_has_seen_neither_the_page_nor_the_fold_left_out(
    monkeypatch: pytest.MonkeyPatch, seen: list[set[float]], own: int, fold: int | None
) -> None:
    used: list[frozenset[int]] = []
    monkeypatch.setattr(Stub, "rows", lambda self, by_words, **_more: used.append(by_words))
    fit._rows(Stub(own), "normal", fold)  # type: ignore[arg-type]
    assert used == [{0, 1, 2, 3} - {own, fold}]


def test_pages_without_a_gold_text_train_the_scorers_alone(
    monkeypatch: pytest.MonkeyPatch, seen: list[set[float]]
) -> None:
    by_snippets = Stub(2, gold=None, known=(True, False))
    whole = [Stub(0), Stub(1)]
    monkeypatch.setattr(fit, "_examples", [*whole, by_snippets])
    words: list[Any] = []

    def of_network(pages: Any, seed: int, epochs: int) -> None:
        words.append([page.words.tolist() for page in pages])

    monkeypatch.setattr(network, "fit", of_network)
    fit._scorer(fit._Job("normal", None))
    assert seen == [{0, 1, 2}]
    assert words == [[[0, 0], [1, 1], [0, 0]]] * fit.NETWORKS
    monkeypatch.setattr(page, "measure", lambda columns, scores, blocks: blocks[0])
    scorers: Any = {fit._Job(name, None): name for name in NAMES}
    scores = {name: [one.numbers for one in (*whole, by_snippets)] for name in NAMES}
    seen.clear()
    fit._model([*whole, by_snippets], scorers, scores, None)  # type: ignore[list-item]
    assert seen == [{0, 1}, {0, 1}, {0, 1, 2}]


class NoProcesses:
    """A pool that does the work itself."""

    def Pool(self, _count: int | None) -> "NoProcesses":
        return self

    def __enter__(self) -> "NoProcesses":
        return self

    def __exit__(self, *_error: object) -> None:
        """Nothing is open."""

    imap = staticmethod(map)


def test_scores_out_of_fold_come_from_the_model_that_has_not_seen_the_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    used: list[tuple[str, int | None, int]] = []

    @dataclass(frozen=True)
    class Scorer:
        job: Any

        def scores(self, rows: Any) -> Any:
            used.append((self.job.name, self.job.fold, int(rows[0, 0])))
            return rows[:, 0]

    monkeypatch.setattr(page_words, "fit", words_seen)
    monkeypatch.setattr(fit, "_scorer", Scorer)
    monkeypatch.setattr(fit, "_model", lambda examples, scorers, unseen, fold: fold)
    monkeypatch.setattr(multiprocessing, "get_context", lambda way: NoProcesses())
    found: Any = fit.fit(STUBS)  # type: ignore[arg-type]
    assert used == [(name, one.fold, one.fold) for name in NAMES for one in STUBS]
    assert (found.model, found.folds) == (None, (0, 1, 2, 3))
    assert found.f1 == {name: [0.0, 1.0, 2.0, 3.0, 0.0, 1.0] for name in NAMES}


def test_a_page_is_evaluated_with_the_weights_of_its_fold(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    used: list[str] = []

    def extract(data: bytes, *, options: Options, **_more: Any) -> Any:
        assert options.weights is not None
        assert options.effort == "thorough"
        used.append(options.weights.name)
        return SimpleNamespace(body=data.decode(), page_type=PageType.FORUM, confidence=0.5)

    monkeypatch.setattr(evaluate, "extract", extract)
    (tmp_path / "a.html").write_text("The ferry is late", "utf-8")
    lines = (
        f'{{"html": "a.html", "domain": "site{n}.example", "body": "the ferry"}}' for n in range(4)
    )
    (tmp_path / "boats.jsonl").write_text("\n".join(lines), "utf-8")
    folds = tuple(fit.fold_path(tmp_path, number) for number in range(4))
    pages = corpus.read(tmp_path)
    found = [o for one in pages for o in evaluate._of_page(one, folds, "thorough", ())]
    assert used == ["html3.npz", "html0.npz", "html1.npz", "html2.npz"]
    assert [one.f1 for one in found] == pytest.approx([2 * 2 / 6] * 4)
    assert {(one.group, one.type_right, one.found) for one in found} == {("unknown", None, None)}
    assert {one.set for one in found} == {"boats"}


def test_a_page_is_evaluated_in_each_form_of_raw_text_that_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    given: list[tuple[str, str]] = []

    def extract(text: str, *, kind: str, options: Options, **_more: Any) -> Any:
        assert options.weights == tmp_path / "text0.npz"
        given.append((kind, text))
        return SimpleNamespace(body=text, page_type=PageType.FORUM, confidence=0.5)

    monkeypatch.setattr(evaluate, "extract", extract)
    (tmp_path / "a.html").write_text("<h1>Late</h1><p>The <a>ferry</a></p>", "utf-8")
    (tmp_path / "boats.jsonl").write_text('{"html": "a.html", "body": "the ferry"}', "utf-8")
    (one,) = corpus.read(tmp_path)
    folds = (fit.fold_path(tmp_path, 0, "text"),)
    found = evaluate._of_page(one, folds, "normal", (forms.LINES, forms.NODES))
    assert given == [("text", "Late\nThe ferry"), ("text", "Late\nThe\nferry")]
    assert [(o.set, o.f1) for o in found] == [
        ("boats lines", pytest.approx(4 / 5)),
        ("boats nodes", pytest.approx(4 / 5)),
    ]


def test_snippets_are_sought_whatever_their_case_and_spaces(
    tmp_path: Path,
) -> None:
    article: Any = SimpleNamespace(
        body="The ferry\n\nis late", page_type=PageType.FORUM, confidence=1.0
    )
    (tmp_path / "a.html").write_bytes(b"")
    line = (
        '{"html": "a.html", "page_type": "forum", "with": ["FERRY  is", "early"],'
        ' "without": ["Imprint", "Contact", "late", "menu"]}'
    )
    (tmp_path / "boats.jsonl").write_text(line, "utf-8")
    (one,) = corpus.read(tmp_path)
    found = evaluate._outcome(one, "boats", article)
    assert (found.f1, found.found, found.boilerplate) == (None, 0.5, 0.25)
    assert (found.group, found.type_right, found.confidence) == ("forum", 1.0, 1.0)
