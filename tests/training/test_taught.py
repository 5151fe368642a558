"""Pages whose body no person has marked: what is learnt from the bodies that a model finds."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from cleanarticle import Article, Options
from cleanarticle.training import corpus, examples, fit
from cleanarticle.training.__main__ import main
from cleanarticle.training.examples import Example
from cleanarticle.training.labels import words
from harbours import SET, TEASERS, html, paragraphs

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
TEXTS = paragraphs(0)
BODY, OTHER = "\n\n".join(TEXTS), TEXTS[0]
UNSEEN = Path("fold.npz")


def extract(_page: bytes, *, url: str | None, options: Options) -> Article:
    """A teacher: one finds all of the body, one the first paragraph, one is not sure."""
    if options.weights is None:
        return Article(body=BODY, confidence=0.9)
    return Article(body=OTHER, confidence=0.9 if options.weights == UNSEEN else 0.8)


def read(folder: Path, monkeypatch: pytest.MonkeyPatch, **labels: Any) -> list[Example]:
    monkeypatch.setattr(examples, "extract", extract)
    (folder / "page.html").write_text(html(0, TEXTS), "utf-8")
    row = {"html": "page.html", "domain": "mill.example", **labels}
    (folder / f"{SET}.jsonl").write_text(json.dumps(row), "utf-8")
    teachers = {None: None, 0: UNSEEN, 1: Path("unsure.npz"), 2: None, 3: None}
    return examples.read(corpus.read(folder), fit.FOLDS, "text", teachers)


def kept(example: Example | None) -> set[str]:
    assert example is not None
    pairs = zip(example.columns.blocks, example.labels.tolist(), strict=True)
    return {block.text for block, label in pairs if label}


def test_labels_are_those_of_the_teacher_that_has_not_seen_the_fold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = read(tmp_path, monkeypatch)[0]
    assert lines.fold not in (0, 1)  # so that weights without those folds learn from the page
    assert kept(lines.without(None)) == set(TEXTS)
    assert kept(lines.without(0)) == {OTHER}


def test_a_body_in_doubt_is_not_learnt_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read(tmp_path, monkeypatch)[0].without(1) is None


def test_weights_without_a_fold_learn_nothing_from_its_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = read(tmp_path, monkeypatch)[0]
    assert lines.without(lines.fold) is None


def test_all_blocks_are_known_and_the_gold_text_is_that_of_the_labels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = read(tmp_path, monkeypatch)[0]
    assert not lines.known.any()
    learnt = lines.without(None)
    assert learnt is not None
    assert learnt.known.all()
    assert learnt.gold == Counter(words(BODY))


def test_a_snippet_that_a_person_marked_beats_the_teacher(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"with": [TEASERS[0]], "without": [TEXTS[1]]}
    lines = read(tmp_path, monkeypatch, **given)[0]
    assert kept(lines.without(None)) == {*TEXTS, TEASERS[0]} - {TEXTS[1]}


def test_snippets_alone_are_learnt_from_where_the_teacher_is_not_sure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = read(tmp_path, monkeypatch, **{"with": [TEXTS[1]]})[0]
    learnt = lines.without(1)
    assert learnt is lines
    assert learnt.known.sum() == 1


def test_a_body_that_a_person_marked_is_the_only_teacher(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = read(tmp_path, monkeypatch, body=BODY)[0]
    assert lines.without(0) is lines
    assert kept(lines.without(0)) == set(TEXTS)


def test_the_command_says_which_teacher_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "page.html").write_text(html(0, TEXTS), "utf-8")
    row = {"html": "page.html", "domain": "mill.example"}
    (tmp_path / f"{SET}.jsonl").write_text(json.dumps(row), "utf-8")
    given = ["fit", "--form", "text", "--corpus", str(tmp_path), "-o", str(tmp_path / "w.npz")]
    assert main([*given, "--teachers", str(tmp_path / "none")]) == 2
    assert "html0.npz" in capsys.readouterr().err
