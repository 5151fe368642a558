"""Folders of labelled pages: what is read, what is refused and by which name."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from cleanarticle.errors import CleanArticleError, CorpusError
from cleanarticle.records import PageType
from cleanarticle.training.corpus import digest, read

HTML = "<p>The ferry is late – again.</p>"
ROW: dict[str, Any] = {
    "id": "ferry",
    "html": "html/ferry.html",
    "url": "https://harbour.example/news/ferry",
    "domain": "harbour.example",
    "page_type": "article",
    "body": "The ferry is late – again.",
    "with": ["The ferry", "late"],
    "without": ["Imprint"],
}


def write(folder: Path, name: str, *rows: dict[str, Any]) -> Path:
    path = folder / f"{name}.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def without(*keys: str) -> dict[str, Any]:
    return {key: value for key, value in ROW.items() if key not in keys}


def refusal(folder: Path, *sets: str) -> str:
    with pytest.raises(CorpusError) as caught:
        read(folder, sets)
    assert isinstance(caught.value, CleanArticleError)
    return str(caught.value)


# reading -----------------------------------------------------------------


def test_a_page_with_all_that_is_known_of_it(tmp_path: Path) -> None:
    write(tmp_path, "harbours", ROW)
    (page,) = read(tmp_path, ["harbours"])
    assert (page.set, page.id, page.html) == ("harbours", "ferry", tmp_path / "html/ferry.html")
    assert (page.url, page.domain) == (ROW["url"], "harbour.example")
    assert (page.page_type, page.body) == (PageType.ARTICLE, ROW["body"])
    assert (page.wanted, page.unwanted) == (("The ferry", "late"), ("Imprint",))


def test_a_page_of_which_only_the_markup_is_known(tmp_path: Path) -> None:
    write(tmp_path, "harbours", {"html": "html/ferry.html"})
    (page,) = read(tmp_path)
    assert (page.id, page.domain) == ("html/ferry.html", "html/ferry.html")
    assert (page.url, page.page_type, page.body) == (None, None, None)
    assert (page.wanted, page.unwanted) == ((), ())


def test_fields_that_are_null_are_unknown(tmp_path: Path) -> None:
    write(tmp_path, "harbours", {**dict.fromkeys(ROW), "html": "a.html"})
    (page,) = read(tmp_path)
    assert (page.id, page.domain, page.page_type, page.body) == ("a.html", "a.html", None, None)


def test_the_domain_is_taken_from_the_address(tmp_path: Path) -> None:
    write(tmp_path, "harbours", without("domain"))
    (page,) = read(tmp_path)
    assert page.domain == "harbour.example"


def test_all_sets_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    write(tmp_path, "tides", {**ROW, "id": "c"})
    write(tmp_path, "boats", {**ROW, "id": "a"}, {**ROW, "id": "b"})
    assert [(page.set, page.id) for page in read(tmp_path)] == [
        ("boats", "a"),
        ("boats", "b"),
        ("tides", "c"),
    ]


def test_sets_are_read_in_the_order_given(tmp_path: Path) -> None:
    for name in ("boats", "piers", "tides"):
        write(tmp_path, name, ROW)
    assert [page.set for page in read(tmp_path, ["tides", "boats"])] == ["tides", "boats"]


def test_empty_lines_and_separators_within_a_text_end_no_line(tmp_path: Path) -> None:
    row = json.dumps({**ROW, "body": "one\u2028two\x85three"}, ensure_ascii=False)
    (tmp_path / "harbours.jsonl").write_text(f"\n{row}\n\n{row}\n", "utf-8")
    assert [page.body for page in read(tmp_path)] == ["one\u2028two\x85three"] * 2


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzipped"])
def test_the_markup_is_gzipped_or_not(tmp_path: Path, packed: bool) -> None:
    write(tmp_path, "harbours", ROW)
    (page,) = read(tmp_path)
    data = HTML.encode()
    page.html.parent.mkdir()
    page.html.write_bytes(gzip.compress(data) if packed else data)
    assert page.data() == data


# refusals ----------------------------------------------------------------


def test_a_folder_without_sets(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"{tmp_path}: no SET.jsonl file"


def test_a_missing_set_is_named(tmp_path: Path) -> None:
    write(tmp_path, "boats", ROW)
    message = refusal(tmp_path, "boats", "tides")
    assert str(tmp_path / "tides.jsonl") in message
    assert "No such file" in message


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{'html': 'a.html'}", "JSONDecodeError"),
        (json.dumps(without("html")), "KeyError('html')"),
        (json.dumps({**ROW, "page_type": "poem"}), "'poem' is not a valid PageType"),
        (json.dumps({**ROW, "html": 7}), "TypeError"),
    ],
    ids=["no JSON", "no markup", "no page type", "no path"],
)
def test_a_broken_line_is_named(tmp_path: Path, line: str, reason: str) -> None:
    path = write(tmp_path, "boats", ROW, ROW)
    path.write_text(path.read_text("utf-8") + f"\n{line}\n", "utf-8")
    message = refusal(tmp_path)
    assert message.startswith(f"{path}, line 4: ")
    assert reason in message


@pytest.mark.parametrize("line", ["[]", "7", '"a.html"', "null"])
def test_a_line_that_is_no_table_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "boats.jsonl"
    path.write_text(line, "utf-8")
    assert refusal(tmp_path).startswith(f"{path}, line 1: ")


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "boats.jsonl"
    row = json.dumps({**ROW, "body": "Die Fähre"}, ensure_ascii=False)
    path.write_bytes(row.encode("latin-1"))
    assert str(path) in refusal(tmp_path)


# folds and digest --------------------------------------------------------


def test_pages_of_one_domain_share_a_fold(tmp_path: Path) -> None:
    rows = [
        {**ROW, "id": f"{n}-{m}", "url": f"https://x.example/{m}", "domain": f"harbour{n}.example"}
        for n in range(20)
        for m in range(3)
    ]
    write(tmp_path, "boats", *rows[::2])
    write(tmp_path, "tides", *rows[1::2])
    folds: dict[str, set[int]] = {}
    for page in read(tmp_path):
        folds.setdefault(page.domain, set()).add(page.fold(4))
    assert len(folds) == 20
    assert all(len(found) == 1 for found in folds.values())
    assert set.union(*folds.values()) == {0, 1, 2, 3}


def test_the_fold_of_a_domain_never_changes(tmp_path: Path) -> None:
    write(tmp_path, "boats", ROW)
    (page,) = read(tmp_path)
    assert [page.fold(folds) for folds in (1, 4, 7, 1000)] == [0, 0, 3, 360]


def test_the_digest_changes_with_content_and_order(tmp_path: Path) -> None:
    write(tmp_path, "boats", ROW)
    write(tmp_path, "tides", ROW, ROW)
    before = digest(tmp_path, ["boats", "tides"])
    assert len(before) == 64
    assert digest(tmp_path, ["boats", "tides"]) == before
    assert digest(tmp_path, ["boats"]) != before
    assert digest(tmp_path, ["tides", "boats"]) == before  # three times the same line
    write(tmp_path, "boats", {**ROW, "body": "The ferry is late, again."})
    assert digest(tmp_path, ["boats", "tides"]) != before
    assert digest(tmp_path, ["tides", "boats"]) != digest(tmp_path, ["boats", "tides"])
