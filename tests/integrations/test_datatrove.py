"""datatrove: documents to articles with their metadata, and the docs' example on a small crawl."""

import copy
import gzip
import importlib
import json
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cleanarticle.batch.item import Item
from cleanarticle.batch.row import clean
from cleanarticle.errors import MissingExtra, OptionError, WeightsError
from cleanarticle.options import Options

pytest.importorskip("datatrove")

from datatrove.data import Document

from cleanarticle.integrations.datatrove import METADATA, CleanArticleExtractor

PAGE = "<h1>Rain in May</h1><p>" + "It rained all day in the valley and on the hills. " * 9 + "</p>"


def text_of(item: Item) -> str:
    assert isinstance(item.page, bytes)
    return item.page.decode("utf-8")


def document_of(item: Item) -> Document:
    assert item.crawled_at is not None
    known = {"url": item.url, "date": item.crawled_at.isoformat(), "file_path": "a.warc"}
    return Document(text=text_of(item), id=item.id, metadata=known)


def known_of(item: Item) -> dict[str, Any]:
    """What the metadata should have of the page, as text."""
    row: dict[str, Any] = {**clean(replace(item, page=text_of(item)))}
    return {name: row[name] for name in METADATA}


def run(extractor: CleanArticleExtractor, *documents: Document) -> list[Document]:
    return list(extractor.run(iter(documents)))


def count(extractor: CleanArticleExtractor, name: str) -> float:
    return extractor.stats[name].total


def test_documents_get_the_article_of_clean(good: Sequence[Item]) -> None:
    extractor = CleanArticleExtractor()
    documents = run(extractor, *map(document_of, good))
    assert [d.id for d in documents] == [item.id for item in good]
    for document, item in zip(documents, good, strict=True):
        assert document.text == clean(item)["body"]
        assert {name: document.metadata[name] for name in METADATA} == known_of(item)
        assert document.metadata["file_path"] == "a.warc"
    assert count(extractor, "ok") == count(extractor, "forwarded") == len(good)


def test_what_stood_in_the_metadata_is_kept() -> None:
    given = {"url": "https://a.example/", "title": "Of the feed", "date": "2024-03-04T10:00:00Z"}
    page = PAGE.replace("</h1>", "</h1><time datetime='2024-03-01'>1 March 2024</time>")
    (document,) = run(CleanArticleExtractor(), Document(text=page, id="a", metadata=given))
    known = document.metadata
    assert (known["title"], known["given_title"]) == ("Rain in May", "Of the feed")
    assert (known["date"], known["given_date"]) == ("2024-03-01", "2024-03-04T10:00:00Z")
    assert known["crawled_at"] == "2024-03-04T10:00:00+00:00"
    assert known["url"] == "https://a.example/"


def test_documents_without_a_body_are_dropped_and_counted() -> None:
    extractor = CleanArticleExtractor()
    empty, rain, none = (Document(text, str(n)) for n, text in enumerate((" ", PAGE, None)))
    assert [d.id for d in run(extractor, empty, rain, none)] == ["1"]
    assert count(extractor, "total") == 3
    assert count(extractor, "empty") == count(extractor, "dropped") == 2


def test_documents_without_a_body_are_kept_where_asked_for() -> None:
    extractor = CleanArticleExtractor(keep_empty=True)
    documents = run(extractor, Document("", "a"), Document(17, "b"), Document(PAGE, "c"))
    told = [(d.text == "", d.metadata["status"], d.metadata["reason"]) for d in documents]
    assert told == [
        (True, "empty", "the page holds no text"),
        (True, "failed", "text is no text but int"),
        (False, "ok", None),
    ]


def endless(item: Item, options: Options | None) -> Any:
    """A page that takes for ever, one that ends its process, and those that do neither."""
    while item.page == "slow":
        time.process_time()
    if item.page == "deadly":
        sys.exit(1)
    return clean(item, options)


def test_pages_that_take_too_long_or_end_their_process_cost_their_own_documents_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("cleanarticle.integrations.clean", endless)
    extractor = CleanArticleExtractor(keep_empty=True, timeout=2)
    documents = run(extractor, *(Document(page, page[:6]) for page in ("slow", "deadly", PAGE)))
    assert [d.metadata["status"] for d in documents] == ["timeout", "failed", "ok"]
    assert documents[0].metadata["reason"] == "the page takes more than 2 seconds"
    assert documents[1].metadata["reason"].startswith("its process ended")
    assert count(extractor, "timeout") == count(extractor, "failed") == 1


def test_text_that_no_file_can_hold_is_made_so() -> None:
    page = PAGE.replace("valley", "valley \ud83d")
    (document,) = run(CleanArticleExtractor(), Document(text=page, id="a"))
    assert "valley �" in document.text
    json.dumps([document.text, document.metadata], ensure_ascii=False).encode("utf-8")


def test_raw_text_can_be_told_as_such() -> None:
    text = "The rain <b> fell on the hills and in the valley, all day and all night.\n" * 5
    (document,) = run(CleanArticleExtractor("text"), Document(text=text, id="a"))
    assert "<b>" in document.text


@pytest.mark.parametrize(
    "wrong", [{"kind": "pdf"}, {"options": {"effort": "normal"}}, {"timeout": 0}], ids=repr
)
def test_wrong_arguments_are_told_at_once(wrong: dict[str, Any]) -> None:
    with pytest.raises(OptionError):
        CleanArticleExtractor(**wrong)


def test_bad_weights_end_the_task(tmp_path: Path) -> None:
    extractor = CleanArticleExtractor(options=Options(weights=tmp_path / "none.npz"))
    with pytest.raises(WeightsError):
        run(extractor, Document(PAGE, "a"))


def test_it_copies_and_pickles_into_another_process(tmp_path: Path) -> None:
    extractor = copy.deepcopy(CleanArticleExtractor(options=Options(min_score=0.5)))
    packed = tmp_path / "extractor.pickle"
    packed.write_bytes(pickle.dumps(extractor))
    code = (
        f"import sys; sys.path[:0] = {sys.path!r}\n"
        "import pathlib, pickle\n"
        f"extractor = pickle.loads(pathlib.Path({str(packed)!r}).read_bytes())\n"
        f"print(extractor.options, len(extractor.extract({PAGE!r})) > 100)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split("\n")[0] == f"{Options(min_score=0.5)} True"


def test_a_missing_package_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "cleanarticle.integrations.datatrove")
    monkeypatch.setitem(sys.modules, "datatrove.data", None)
    with pytest.raises(MissingExtra, match=r"pip install 'cleanarticle\[datatrove\]'"):
        importlib.import_module("cleanarticle.integrations.datatrove")


def record_of(item: Item, type: str) -> bytes:
    """A record of WARC in a gzip member of its own."""
    content, media = item.page, "text/plain"
    assert isinstance(content, bytes)
    assert item.crawled_at is not None
    if type == "response":
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(content)}\r\n"
        content, media = head.encode() + b"\r\n" + content, "application/http; msgtype=response"
    payload = "text/html" if type == "response" else "text/plain"
    head = (
        f"WARC/1.0\r\nWARC-Type: {type}\r\nWARC-Record-ID: <urn:uuid:{item.id}>\r\n"
        f"WARC-Target-URI: {item.url}\r\nWARC-Date: {item.crawled_at:%Y-%m-%dT%H:%M:%SZ}\r\n"
        f"WARC-Identified-Payload-Type: {payload}\r\n"
        f"Content-Type: {media}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + content + b"\r\n\r\n", mtime=0)


def lines_in(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("*.jsonl.gz")):
        yield from map(json.loads, gzip.decompress(path.read_bytes()).splitlines())


def test_the_example_of_the_docs(
    tmp_path: Path, good: Sequence[Item], run_example: Callable[..., None]
) -> None:
    for needed in ("warcio", "cchardet", "magic", "orjson"):
        pytest.importorskip(needed)
    (tmp_path / "crawl").mkdir()
    kinds: Mapping[bool, str] = {True: "response", False: "conversion"}
    for name, is_html in (("a.warc.gz", True), ("b.warc.wet.gz", False)):
        pages = [item for item in good if (b"</p>" in item.page) is is_html]
        assert pages
        packed = b"".join(record_of(item, kinds[is_html]) for item in pages)
        (tmp_path / "crawl" / name).write_bytes(packed)
    run_example("datatrove", tmp_path, {})
    rows = {row["id"]: row for row in lines_in(tmp_path / "articles")}
    assert list(rows) == [f"<urn:uuid:{item.id}>" for item in good]
    for item, row in zip(good, rows.values(), strict=True):
        assert row["text"] == clean(item)["body"]
        assert {name: row[name] for name in METADATA} == known_of(item)
