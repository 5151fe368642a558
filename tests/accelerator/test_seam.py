import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import cases
import cleanarticle
from cleanarticle import accelerator, resources
from cleanarticle.language import words

assert words.tokens  # its twin is registered when the module is loaded
built = pytest.mark.skipif(not accelerator.COMPILED, reason="the compiled parts are not built")


def run(code: str, **environment: str) -> str:
    """What a fresh interpreter prints, with the package that is tested here."""
    root = str(Path(cleanarticle.__file__).parents[1])
    paths = os.pathsep.join((root, str(Path(cases.__file__).parent)))
    environment = {**os.environ, "PYTHONPATH": paths, **environment}
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, capture_output=True, text=True, check=True, env=environment
    ).stdout


LISTED = "import cleanarticle, cleanarticle.classifier.fitted as _; from cleanarticle import \
accelerator; print(*sorted(accelerator.COMPILED))"


def test_the_switch_leaves_all_compiled_parts_alone() -> None:
    assert run(LISTED, CLEANARTICLE_PURE_PYTHON="1").split() == []


@built
@pytest.mark.parametrize("value", ["", "0"])
def test_a_switch_of_zero_is_off(value: str) -> None:
    assert run(LISTED, CLEANARTICLE_PURE_PYTHON=value).split()


@built
def test_each_function_that_is_marked_has_a_twin_where_they_are_built() -> None:
    code = f"{LISTED}; print(*sorted(accelerator.REFERENCES))"
    compiled, marked = run(code, CLEANARTICLE_PURE_PYTHON="").splitlines()
    assert compiled == marked


def test_a_function_without_a_twin_stays_as_it_is() -> None:
    def twinless() -> int:
        return 7

    try:
        assert accelerator.accelerated("trees")(twinless) is twinless
        assert accelerator.accelerated("no_such_part")(twinless) is twinless
    finally:
        del accelerator.REFERENCES["trees.twinless"]
        del accelerator.REFERENCES["no_such_part.twinless"]


@pytest.mark.parametrize("error", [ImportError, AttributeError, TypeError, ValueError])
def test_a_module_that_fits_another_lxml_is_left_alone(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(name: str) -> None:
        raise error(name)

    monkeypatch.setattr(accelerator, "import_module", fail)
    monkeypatch.setattr(accelerator, "REFERENCES", {})

    def tokens() -> int:
        return 7

    assert accelerator.accelerated("words")(tokens) is tokens


REPORTS = """
import json, sys, cases
for page in cases.pages():
    report = cases.report(page.parent, page.name)
    verdicts = [
        [repr(v.block), v.kept, v.kind, round(v.score, 3), v.because.split(" 0.")[0]]
        for v in report.verdicts
    ]
    print(json.dumps([str(page), report.article.to_dict(), verdicts]))
"""


@built
def test_all_cases_come_out_the_same_without_the_compiled_parts() -> None:
    compiled, pure = (
        [json.loads(line) for line in run(REPORTS, CLEANARTICLE_PURE_PYTHON=value).splitlines()]
        for value in ("", "1")
    )
    assert len(compiled) == len(pure) == len(cases.pages())
    for one, other in zip(compiled, pure, strict=True):
        assert one[0] == other[0]
        for article in (one[1], other[1]):
            for number in ("confidence", "page_type_probability"):
                if article[number] is not None:
                    article[number] = round(article[number], 3)
        assert one[1:] == other[1:], one[0]


def test_the_tables_of_an_installed_package_say_what_their_files_say() -> None:
    folder = Path(cleanarticle.__file__).parent
    copies = sorted(folder.rglob("*.toml.json"))
    if not copies:
        pytest.skip("the package is run from its sources")
    assert len(copies) == len(list(folder.rglob("*.toml")))
    for copy in copies:
        source = copy.with_suffix("")
        path = source.relative_to(folder).as_posix()
        assert resources.toml(path) == cases.tomllib.loads(source.read_text("utf-8"))
