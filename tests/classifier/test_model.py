"""Weights are written and read without loss, and broken ones say what is wrong."""

import json
import os
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from cleanarticle.classifier import model
from cleanarticle.classifier.columns import Form
from cleanarticle.classifier.model import EFFORTS, Model, Scorer, feature_names, load, sigmoid
from cleanarticle.classifier.network import Network
from cleanarticle.classifier.page_words import PageWords
from cleanarticle.errors import CleanArticleError, WeightsError
from cleanarticle.records import PageType
from cleanarticle.training import fit, network, trees
from cleanarticle.trees import Trees

Floats = NDArray[np.float32]
BLOCKS = len(feature_names()["block"])
WITH_OPINION = BLOCKS + len(feature_names()["opinion"])
PAGE = len(feature_names()["page"])


def rows(count: int, columns: int, seed: int) -> Floats:
    return np.random.default_rng(seed).standard_normal((count, columns)).astype(np.float32)


def some_trees(columns: int, seed: int) -> Trees:
    inputs = rows(120, columns, seed)
    settings = {**trees.CONFIDENCE, "min_data_in_leaf": 5}
    targets = sigmoid(inputs[:, 0] - inputs[:, 1])
    return trees.fit(inputs, targets, None, settings=settings, rounds=3, seed=seed)[0]


def some_scorer(columns: int) -> Scorer:
    inputs = rows(60, columns, seed=4)
    page = network.Page(inputs, *(np.zeros(60, np.float32) for _column in range(3)))
    networks = []
    for seed in (1, 2):
        weights = network._start([page], np.random.default_rng(seed))
        middle = Network(weights).log_odds(inputs).mean(keepdims=True)
        networks.append(Network({**weights, "out": 4 * weights["out"], "out_bias": -4 * middle}))
    return Scorer(some_trees(columns, seed=5), tuple(networks))


def some_words() -> PageWords:
    weights = network.stored(rows(5, len(PageType), seed=11)).astype(np.float32)
    return PageWords(np.arange(3, 8, dtype=np.uint32), weights, rows(1, len(PageType), seed=12)[0])


@pytest.fixture(scope="module")
def tiny() -> Model:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(network, "SIZE", 8)
        return Model(
            form="html",
            scorers={"normal": some_scorer(BLOCKS), "thorough": some_scorer(WITH_OPINION)},
            words=some_words(),
            types={kind: some_trees(PAGE, seed) for seed, kind in enumerate(PageType)},
            confidence={name: some_trees(PAGE, len(name)) for name in ("normal", "thorough")},
        )


@pytest.fixture
def saved(tiny: Model, tmp_path: Path) -> Path:
    path = tmp_path / "new folder" / "weights.npz"
    fit.save(tiny, path, {"pages": 12, "corpus": "Fähren"})
    return path


def arrays(path: Path) -> dict[str, NDArray[Any]]:
    with np.load(path) as found:
        return {name: found[name] for name in found.files}


def rewritten(path: Path, changed: dict[str, Any]) -> None:
    buffer = BytesIO()
    np.savez_compressed(buffer, **changed)
    path.write_bytes(buffer.getvalue())


def test_loaded_weights_give_the_scores_that_were_saved(tiny: Model, saved: Path) -> None:
    loaded = load(saved)
    assert loaded.form == "html"
    assert loaded.scorers.keys() == {"normal", "thorough"}
    for name, columns in (("normal", BLOCKS), ("thorough", WITH_OPINION)):
        blocks = rows(40, columns, seed=9)
        before, after = (one.scorers[name].scores(blocks) for one in (tiny, loaded))
        assert np.ptp(before) > 0.05
        np.testing.assert_allclose(after, before, atol=1e-3)
    words = np.array([4, 6, 9], np.uint32)
    wanted = tiny.words.log_probabilities(words).tolist()
    assert loaded.words.log_probabilities(words).tolist() == wanted
    page = rows(20, PAGE, seed=10)
    assert list(loaded.types) == list(PageType)
    for kind, of_kind in tiny.types.items():
        assert loaded.types[kind].total(page).tolist() == of_kind.total(page).tolist()
    for name, of_name in tiny.confidence.items():
        assert loaded.confidence[name].total(page).tolist() == of_name.total(page).tolist()


def test_scores_are_the_mean_of_both_sorts(tiny: Model) -> None:
    blocks = rows(10, BLOCKS, seed=9)
    scorer = tiny.scorers["normal"]
    first, second = (sigmoid(one.log_odds(blocks)) for one in scorer.networks)
    wanted = (sigmoid(scorer.trees.total(blocks)) + (first + second) / 2) / 2
    np.testing.assert_allclose(scorer.scores(blocks), wanted, rtol=1e-6)


def test_matrices_are_stored_small_and_scales_whole(saved: Path) -> None:
    found = arrays(saved)
    assert found["normal/network0/in"].dtype == np.float16
    assert found["normal/network1/centre"].dtype == np.float32
    assert found["normal/trees/thresholds"].dtype == np.float32
    loaded = load(saved).scorers["normal"].networks
    assert len(loaded) == 2
    assert {values.dtype for values in loaded[0].weights.values()} == {np.dtype(np.float32)}


def test_the_facts_stand_beside_the_weights(saved: Path) -> None:
    about = json.loads(saved.with_suffix(".json").read_text("utf-8"))
    wanted = {"features": feature_names(), "form": "html", "pages": 12, "corpus": "Fähren"}
    assert about == wanted


def test_saving_twice_gives_the_same_bytes(tiny: Model, saved: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.npz"
    fit.save(tiny, other, {"pages": 12, "corpus": "Fähren"})
    assert other.read_bytes() == saved.read_bytes()
    assert other.with_suffix(".json").read_bytes() == saved.with_suffix(".json").read_bytes()


@pytest.mark.parametrize(
    ("value", "wanted"), [(0.0, 0.5), (np.log(3), 0.75), (-1e9, 0.0), (1e9, 1.0)]
)
def test_log_odds_to_probabilities(value: float, wanted: float) -> None:
    assert sigmoid(np.array([value], np.float32)).tolist() == pytest.approx([wanted])


# broken weights ----------------------------------------------------------


def reason(path: Path) -> str:
    with pytest.raises(WeightsError) as caught:
        load(path)
    assert isinstance(caught.value, CleanArticleError)
    return str(caught.value)


@pytest.mark.parametrize("ending", [".npz", ".json"])
def test_a_missing_file_is_named(saved: Path, ending: str) -> None:
    saved.with_suffix(ending).unlink()
    message = reason(saved)
    assert f"weights{ending}" in message
    assert "No such file" in message


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_truncated_file(saved: Path, share: float) -> None:
    data = saved.read_bytes()
    saved.write_bytes(data[: int(len(data) * share)])
    message = reason(saved)
    assert str(saved) in message
    assert "not a zip file" in message


def test_a_file_that_is_something_else(saved: Path) -> None:
    saved.write_bytes(b"<html><p>Not found</p></html>")
    message = reason(saved)
    assert str(saved) in message
    assert "pickle" in message


def test_a_file_of_pickled_objects_is_not_unpickled(saved: Path) -> None:
    pickled = np.array([{"a": 1}, None], dtype=object)
    rewritten(saved, {**arrays(saved), "normal/network0/in": pickled})
    message = reason(saved)
    assert str(saved) in message
    assert "allow_pickle=False" in message


def test_damage_that_the_checksum_finds(saved: Path) -> None:
    data = bytearray(saved.read_bytes())
    name = b"normal/trees/thresholds.npy"
    place = data.rindex(name) - 46 + 16  # where the directory of a zip file keeps the checksum
    data[place] ^= 0xFF
    saved.write_bytes(data)
    message = reason(saved)
    assert str(saved) in message
    assert "Bad CRC-32" in message


def test_an_array_that_is_missing_is_named(saved: Path) -> None:
    left = {name: values for name, values in arrays(saved).items() if "type/forum" not in name}
    rewritten(saved, left)
    message = reason(saved)
    assert str(saved) in message
    assert "type/forum/features" in message


@pytest.mark.parametrize("part", ["keys", "weights", "bias"])
def test_words_that_do_not_fit_their_weights(saved: Path, part: str) -> None:
    found = arrays(saved)
    rewritten(saved, {**found, f"words/{part}": found[f"words/{part}"][:-1]})
    assert "the arrays of words do not fit together" in reason(saved)


@pytest.mark.parametrize("of", ["block", "opinion", "page"])
def test_weights_for_other_features(saved: Path, of: str) -> None:
    about = json.loads(saved.with_suffix(".json").read_text("utf-8"))
    about["features"][of][0] = "shoe_size"
    saved.with_suffix(".json").write_text(json.dumps(about), "utf-8")
    assert "fitted for other features" in reason(saved)


def test_weights_for_the_same_features_in_another_order(saved: Path) -> None:
    about = json.loads(saved.with_suffix(".json").read_text("utf-8"))
    about["features"]["block"].reverse()
    saved.with_suffix(".json").write_text(json.dumps(about), "utf-8")
    assert "fitted for other features" in reason(saved)


def test_facts_that_are_no_json(saved: Path) -> None:
    saved.with_suffix(".json").write_text("{'features'", "utf-8")
    message = reason(saved)
    assert str(saved) in message
    assert "property name" in message


def test_facts_without_the_features(saved: Path) -> None:
    saved.with_suffix(".json").write_text("{}", "utf-8")
    assert "fitted for other features" in reason(saved)


def test_an_empty_file(saved: Path) -> None:
    saved.write_bytes(b"")
    assert str(saved) in reason(saved)


def test_damaged_compression(saved: Path) -> None:
    data = bytearray(saved.read_bytes())
    name = b"normal/trees/thresholds.npy"
    place = data.index(name) + len(name) + 20  # behind the extra field of a large file
    data[place : place + 8] = b"\xff" * 8
    saved.write_bytes(data)
    assert str(saved) in reason(saved)


def test_a_single_array_in_place_of_several(saved: Path) -> None:
    buffer = BytesIO()
    np.save(buffer, np.zeros(3))
    saved.write_bytes(buffer.getvalue())
    assert str(saved) in reason(saved)


def test_facts_that_are_no_table(saved: Path) -> None:
    saved.with_suffix(".json").write_text("[]", "utf-8")
    assert "weights" in reason(saved)


# two forms ---------------------------------------------------------------


@pytest.fixture(scope="module")
def of_text() -> Model:
    """Weights for raw text: one effort, and fewer features."""
    names = feature_names("text")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(network, "SIZE", 8)
        return Model(
            form="text",
            scorers={"normal": some_scorer(len(names["block"]))},
            words=some_words(),
            types={kind: some_trees(len(names["page"]), 3) for kind in PageType},
            confidence={"normal": some_trees(len(names["page"]), 7)},
        )


@pytest.fixture
def shipped(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """Stands for the shipped weights of each form."""
    found: dict[str, object] = {"html": object(), "text": object()}
    monkeypatch.setattr(model, "_shipped", found.__getitem__)
    return found


@pytest.mark.parametrize("form", ["html", "text"])
def test_without_a_file_the_shipped_weights_of_the_form_are_used(
    shipped: dict[str, object], form: Form
) -> None:
    assert load(form=form) is shipped[form]
    assert load(None, form) is shipped[form]


def test_weights_are_used_for_pages_of_their_own_form_alone(
    shipped: dict[str, object], saved: Path, of_text: Model, tmp_path: Path
) -> None:
    path = tmp_path / "text.npz"
    fit.save(of_text, path, {})
    assert load(saved, "text") is shipped["text"]
    assert load(path, "html") is shipped["html"]
    assert load(saved, "html").form == load(saved).form == "html"
    assert load(path, "text").form == "text"


def test_weights_for_raw_text_know_of_no_second_opinion(of_text: Model, tmp_path: Path) -> None:
    path = tmp_path / "text.npz"
    fit.save(of_text, path, {"pages": 3})
    about = json.loads(path.with_suffix(".json").read_text("utf-8"))
    assert about == {"features": feature_names("text"), "form": "text", "pages": 3}
    assert not [name for name in arrays(path) if "thorough" in name]
    loaded = load(path, "text")
    assert loaded.scorers.keys() == loaded.confidence.keys() == {"normal"}
    blocks = rows(30, len(feature_names("text")["block"]), seed=9)
    wanted = of_text.scorers["normal"].scores(blocks)
    assert np.ptp(wanted) > 0.05
    np.testing.assert_allclose(loaded.scorers["normal"].scores(blocks), wanted, atol=1e-3)


def test_efforts_that_weights_hold_are_those_of_their_form(tiny: Model, of_text: Model) -> None:
    assert EFFORTS == {"html": ("normal", "thorough"), "text": ("normal",)}
    for one in (tiny, of_text):
        assert tuple(one.scorers) == tuple(one.confidence) == EFFORTS[one.form]


@pytest.mark.parametrize("form", ["pdf", "", None, 7, ["html"], "HTML"])
def test_an_unknown_form(saved: Path, form: object) -> None:
    about = json.loads(saved.with_suffix(".json").read_text("utf-8"))
    saved.with_suffix(".json").write_text(json.dumps({**about, "form": form}), "utf-8")
    assert str(saved) in reason(saved)


def test_a_form_that_is_not_that_of_the_features(saved: Path) -> None:
    about = json.loads(saved.with_suffix(".json").read_text("utf-8"))
    saved.with_suffix(".json").write_text(json.dumps({**about, "form": "text"}), "utf-8")
    assert "fitted for other features" in reason(saved)


def test_weights_whose_form_is_not_asked_for_must_be_whole_too(
    shipped: dict[str, object], saved: Path
) -> None:
    saved.write_bytes(b"")
    with pytest.raises(WeightsError, match="weights"):
        load(saved, "text")


def test_a_changed_file_is_read_again(
    shipped: dict[str, object], tiny: Model, of_text: Model, tmp_path: Path
) -> None:
    path = tmp_path / "weights.npz"
    fit.save(tiny, path, {})
    assert load(path, "text") is shipped["text"]
    fit.save(of_text, path, {})
    os.utime(path, ns=(0, 0))  # another time, however coarse the clock of the file system
    assert load(path, "text").form == "text"


def test_shipped_scorers_are_known_by_name_and_read_once() -> None:
    scorers = model.load().scorers
    assert tuple(scorers) == model.EFFORTS["html"]
    assert len(scorers) == 2
    assert scorers["thorough"] is scorers["thorough"]
    with pytest.raises(KeyError):
        scorers["hasty"]
