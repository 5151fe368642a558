"""What pages of a host are worth to each other, measured on made-up pages."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from cleanarticle import Article, Page
from cleanarticle.training import corpus, sites
from harbours import SET, html, paragraphs

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
FOLDS = [Path(f"fold{number}.npz") for number in range(4)]


def labelled(folder: Path, addresses: Sequence[str]) -> Sequence[corpus.LabelledPage]:
    """A page at each address, the last one without a gold text."""
    rows = []
    for seed, url in enumerate(addresses):
        (folder / f"{seed}.html").write_text(html(seed, paragraphs(seed)), "utf-8")
        body = None if seed == len(addresses) - 1 else "\n\n".join(paragraphs(seed))
        row = {"html": f"{seed}.html", "url": url, "domain": url.split("/")[2], "body": body}
        rows.append(json.dumps(row))
    (folder / f"{SET}.jsonl").write_text("\n".join(rows), "utf-8")
    return corpus.read(folder)


def extract_many(pages: Sequence[Page], *, site: str, kind: str, options: Any) -> Iterator[Article]:
    """Alone, a page has its footer in the body; together with others it has the body."""
    assert options.weights in FOLDS
    for page in pages:
        assert isinstance(page.page, bytes if kind == "html" else str)
        seed = int((page.url or "").rpartition("/")[2])
        body = "\n\n".join(paragraphs(seed))
        yield Article(body=f"{body} Imprint" if site == "off" else body)


@pytest.mark.parametrize("form", ["html", "text"])
def test_pages_of_a_host_are_measured_alone_and_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: Any
) -> None:
    monkeypatch.setattr(sites, "extract_many", extract_many)
    hosts = ("quay.example", "quay.example", "mill.example", "quay.example")
    pages = labelled(tmp_path, [f"https://{name}/{n}" for n, name in enumerate(hosts)])
    found = sites.outcomes(pages, FOLDS, form)
    assert [(one.set, one.others, one.together) for one in found] == [(SET, 2, 1.0)] * 2
    assert all(0.9 < one.alone < 1 for one in found)


def test_a_host_without_a_gold_text_is_left_out(tmp_path: Path) -> None:
    pages = labelled(tmp_path, ["https://quay.example/0", "https://mill.example/1"])
    assert sites.outcomes(pages, FOLDS, "html") == ()


def test_the_table_has_means_by_set_and_number_of_others() -> None:
    found = [
        sites.Outcome("a", 1, 0.5, 0.75),
        sites.Outcome("a", 3, 1.0, 1.0),
        sites.Outcome("b", 4, 0.25, 0.5),
    ]
    lines = [line.split() for line in sites.table(found)][1:]
    assert lines == [
        ["all", "1", "to", "3", "2", "0.7500", "0.8750"],
        ["all", "4", "or", "more", "1", "0.2500", "0.5000"],
        ["a", "1", "to", "3", "2", "0.7500", "0.8750"],
        ["b", "4", "or", "more", "1", "0.2500", "0.5000"],
    ]
