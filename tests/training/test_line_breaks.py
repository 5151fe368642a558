"""Line breaks of pages with what they are, and trees fitted on them."""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from cleanarticle.readers import line_breaks as measured
from cleanarticle.training import corpus, forms, line_breaks, trees
from cleanarticle.training.__main__ import main
from cleanarticle.training.corpus import LabelledPage
from cleanarticle.training.line_breaks import OF_A_LIST, Breaks
from harbours import SET, write

# Python 3.12 and later warn of forks beside the threads that numpy starts.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")

PROSE = (
    "The ferry left the harbour at six and came back with nobody aboard that morning, which the "
    "keeper of the pier wrote into the book that he had kept since the war."
)
LINKED = (
    "The ",
    "old bridge",
    ", which fell into the bay in the winter of the great storm, ",
    "is",
    " mended.",
)
PAGE = f"""<nav><ul><li><a>Log</a> in</li><li><b>Tides</b> and <i>weather</i></li></ul></nav>
<h1>Ferry late</h1><p>{LINKED[0]}<a>{LINKED[1]}</a>{LINKED[2]}<b>{LINKED[3]}</b>{LINKED[4]}</p>
<p>{PROSE}</p>"""
LINKED_TEXT = "".join(LINKED)


@pytest.fixture
def page(tmp_path: Path) -> LabelledPage:
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    (tmp_path / "set.jsonl").write_text('{"id": "a", "html": "page.html"}', "utf-8")
    (found,) = corpus.read(tmp_path)
    return found


def light(found: Breaks) -> list[bool]:
    return [weight == np.float32(OF_A_LIST) for weight in found.weights]


# breaks ------------------------------------------------------------------


def test_the_breaks_between_text_nodes_of_one_block_are_within(page: LabelledPage) -> None:
    nodes, _whole, _wrapped = line_breaks._of_page(page)
    lines = ["Log", "in", "Tides", "and", "weather", "Ferry late", *map(str.strip, LINKED), PROSE]
    inside = [True, False, True, True, False, False, True, True, True, True, False]
    assert nodes.within.tolist() == inside
    np.testing.assert_array_equal(nodes.rows, measured.measure(lines))


def test_breaks_within_menus_weigh_little(page: LabelledPage) -> None:
    nodes, whole, wrapped = line_breaks._of_page(page)
    assert light(nodes) == [True, False, True, True, *[False] * 7]
    assert not any(light(whole))
    assert not any(light(wrapped))
    for one in (nodes, whole, wrapped):
        assert set(one.weights.tolist()) <= {1.0, float(np.float32(OF_A_LIST))}
        assert one.weights.dtype == one.rows.dtype == np.float32


def test_no_break_between_blocks_is_within(page: LabelledPage) -> None:
    _nodes, whole, _wrapped = line_breaks._of_page(page)
    lines = ["Log in", "Tides and weather", "Ferry late", LINKED_TEXT, PROSE]
    assert whole.within.tolist() == [False] * 4
    np.testing.assert_array_equal(whole.rows, measured.measure(lines))


def test_the_breaks_of_wrapped_lines_are_those_of_the_form(page: LabelledPage) -> None:
    *_others, wrapped = line_breaks._of_page(page)
    lines = forms.texts(page)[forms.WRAPPED].split("\n")
    blocks = forms.texts(page)[forms.PARTED].split("\n\n")
    starts = {block.split("\n")[0] for block in blocks}
    assert wrapped.within.tolist() == [below not in starts for _above, below in pairwise(lines)]
    assert wrapped.within.sum() >= 2
    np.testing.assert_array_equal(wrapped.rows, measured.measure(lines))


@pytest.mark.parametrize(
    ("blocks", "count"),
    [
        ([["a"], ["b"]], 0),
        ([["a"], ["b"], ["c"]], 1),
        ([["a", "b"], ["c"]], 1),
        ([["a", " "], ["", "b"]], 0),  # nodes without a sign make no line
        ([], 0),
    ],
)
def test_a_page_of_fewer_than_three_lines_shows_nothing(
    blocks: list[list[str]], count: int
) -> None:
    assert len(list(line_breaks._breaks(blocks, [False] * len(blocks)))) == count


@pytest.mark.parametrize(
    ("text", "is_prose"),
    [
        (PROSE, True),
        ("The ferry left the harbour at six and came back at noon.", True),  # 12 words
        ("The ferry left the harbour at six and came back late.", False),
        ("Home Tides Weather Boats Contact Imprint Sport Culture Games Maps Help Log in", False),
        ("渡し船は六時に港を出て、誰も乗せずに戻ったと番人は書いた。", True),
        ("渡し船は六時に港を出た。", False),
    ],
)
def test_prose_is_told_from_menus_by_length_and_capitals(text: str, is_prose: bool) -> None:
    assert line_breaks._is_prose(text) is is_prose


def test_each_page_is_read_in_three_forms(page: LabelledPage) -> None:
    found = line_breaks.read([page, page])
    alone = line_breaks._of_page(page)
    assert len(found) == 6
    for one, wanted in zip(found, (*alone, *alone), strict=True):
        np.testing.assert_array_equal(one.rows, wanted.rows)
        np.testing.assert_array_equal(one.within, wanted.within)


# a fit -------------------------------------------------------------------


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_breaks, "ROUNDS", 10)
    monkeypatch.setitem(trees.BREAKS, "min_data_in_leaf", 3)
    monkeypatch.setitem(trees.BREAKS, "learning_rate", 0.3)


def test_a_fit_tells_breaks_apart_and_is_the_same_when_loaded(
    small: None, page: LabelledPage, tmp_path: Path
) -> None:
    found = line_breaks._of_page(page) * 8
    fitted = line_breaks.fit(found)
    path = tmp_path / "new" / "breaks.npz"
    line_breaks.save(fitted, path, {"seed": 1})
    facts = path.with_suffix(".json").read_bytes()
    assert json.loads(facts) == {"features": {"break": list(measured.NAMES)}, "seed": 1}
    loaded = measured.load(path.read_bytes(), facts)
    for one in found[:3]:
        assert loaded.total(one.rows).tolist() == fitted.total(one.rows).tolist()
        right = (fitted.total(one.rows) > 0) == one.within
        assert right[one.weights == 1].all()


def test_a_fit_is_on_a_sample_that_is_the_same_each_time(
    small: None, page: LabelledPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def of_trees(rows: object, targets: object, weights: object, **more: object) -> list[str]:
        seen.append((rows, targets, weights, more["seed"], more["rounds"]))
        return ["trees"]

    monkeypatch.setattr(trees, "fit", of_trees)
    monkeypatch.setattr(line_breaks, "SAMPLE", 7)
    found = line_breaks._of_page(page)
    assert line_breaks.fit(found) == line_breaks.fit(found) == "trees"
    first, second = seen
    for one, other in zip(first, second, strict=True):
        np.testing.assert_array_equal(one, other)
    assert first[0].shape == (7, len(measured.NAMES))
    assert (len(first[1]), len(first[2])) == (7, 7)
    assert first[3:] == (line_breaks.SEED, 10)


# the command -------------------------------------------------------------


@pytest.fixture
def harbours(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    write(folder)
    return folder


def test_the_command_writes_two_files_and_twice_the_same_bytes(
    small: None, harbours: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = []
    for name in ("one", "two"):
        target = tmp_path / name / "breaks.npz"
        assert main(["fit-breaks", "--corpus", str(harbours), "-o", str(target)]) == 0
        written.append({path.name: path.read_bytes() for path in target.parent.iterdir()})
    assert written[0].keys() == {"breaks.npz", "breaks.json"}
    assert written[0] == written[1]
    about = json.loads(written[0]["breaks.json"])
    assert about == {
        "features": {"break": list(measured.NAMES)},
        "sets": {SET: ""},
        "corpus": corpus.digest(harbours, [SET]),
        "seed": line_breaks.SEED,
    }
    count = sum(len(one.rows) for one in line_breaks.read(corpus.read(harbours)))
    assert capsys.readouterr().out == f"{count} line breaks\n" * 2
    fitted = measured.load(written[0]["breaks.npz"], written[0]["breaks.json"])
    assert np.ptp(fitted.total(measured.measure([PROSE[:70], PROSE[70:], "Log in", "Tides"]))) > 1


def test_the_command_uses_the_sets_named(
    small: None, harbours: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = (harbours / f"{SET}.jsonl").read_text("utf-8").split("\n")
    (harbours / "quays.jsonl").write_text("\n".join(lines[:2]), "utf-8")
    target = tmp_path / "breaks.npz"
    given = ["fit-breaks", "--corpus", str(harbours), "-o", str(target), "--sets", "quays"]
    assert main(given) == 0
    assert json.loads(target.with_suffix(".json").read_bytes())["sets"] == {"quays": ""}
    count = sum(len(one.rows) for one in line_breaks.read(corpus.read(harbours, ["quays"])))
    assert capsys.readouterr().out == f"{count} line breaks\n"


def test_an_output_of_another_kind_is_refused_before_the_fit(
    harbours: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "new" / "breaks.json"
    assert main(["fit-breaks", "--corpus", str(harbours), "-o", str(target)]) == 2
    assert "a file that ends in .npz" in capsys.readouterr().err
    assert not target.parent.exists()


def test_a_folder_without_sets_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "breaks.npz"
    assert main(["fit-breaks", "--corpus", str(tmp_path), "-o", str(target)]) == 2
    assert "no SET.jsonl file" in capsys.readouterr().err
    assert not target.exists()
