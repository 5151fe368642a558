"""The three laws, over every page of every case and over mutated pages."""

import pickle
import random
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from lxml import etree, html

import cleanarticle
from cases import case, pages, report
from cleanarticle import classifier, clues, metadata, readers, strippers
from cleanarticle.decide import decide
from cleanarticle.options import Options
from cleanarticle.records import Document, Verdict

PAGES = pages()
HTML_PAGES = [page for page in PAGES if page.suffix == ".html"]
MUTANTS = 6  # a page


def page_id(page: Path) -> str:
    return f"{page.parent.parent.name}/{page.parent.name}-{page.name}"


def mutants(page: Path) -> list[bytes]:
    """Cut and damaged copies of a page, the same in every run."""
    data, chance = page.read_bytes(), random.Random(page_id(page))
    found = [data[: chance.randrange(len(data))] for _ in range(MUTANTS // 2)]
    for _ in range(MUTANTS - len(found)):
        damaged = bytearray(data)
        for _ in range(chance.choice((1, 10, 200))):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        found.append(bytes(damaged))
    return found


def verdicts_on(document: Document) -> tuple[Verdict, ...]:
    evidence = clues.gather(document)
    found = metadata.choose(document, evidence)
    votes = strippers.vote(document, evidence, found)
    assessment = classifier.assess(document, evidence, found, votes)
    return decide(document, evidence, assessment, votes, Options())


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_conservation_each_block_has_one_verdict(page: Path) -> None:
    for data in (page.read_bytes(), *mutants(page)):
        document = readers.read(readers.open_page(data))
        verdicts = cleanarticle.explain(data).verdicts
        assert [v.block for v in verdicts] == list(document.blocks)
        assert all(v.because and v.kind for v in verdicts if not v.kept)
        assert all(v.kind is None for v in verdicts if v.kept)


@pytest.mark.parametrize("page", HTML_PAGES, ids=page_id)
def test_conservation_the_reader_drops_no_visible_sign(page: Path) -> None:
    tree = html.document_fromstring(readers.decode.decode(page.read_bytes()).encode(), parser=UTF8)
    seen = "".join(tree.xpath(f"//text()[not({UNREADABLE})]"))
    read = "".join(block.text for block in readers.read(readers.open_page(page)).blocks)
    assert signs(read) == signs(seen)


def signs(text: str) -> Counter[str]:
    """Letters, figures and marks of a text, without space, bullets and cell borders."""
    return Counter(
        sign for sign in text.translate(UNSEEN) if not sign.isspace() and sign not in "|•"
    )


# What no person reads, and what stands in for sound and pictures in browsers that lack them.
UNREADABLE = " or ".join(
    f"ancestor::{tag}"
    for tag in "head script style template svg iframe audio video canvas object".split()
)
UTF8 = html.HTMLParser(encoding="utf-8")
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_no_stripper_depends_on_the_order(page: Path) -> None:
    document = readers.read(readers.open_page(page))
    evidence = clues.gather(document)
    found = metadata.choose(document, evidence)
    votes = list(strippers.vote(document, evidence, found))
    straight = decide(
        document, evidence, classifier.assess(document, evidence, found, votes), votes, Options()
    )
    random.Random(7).shuffle(votes)
    shuffled = decide(
        document, evidence, classifier.assess(document, evidence, found, votes), votes, Options()
    )
    assert [(v.kept, v.kind) for v in shuffled] == [(v.kept, v.kind) for v in straight]


@pytest.mark.parametrize("page", HTML_PAGES, ids=page_id)
def test_the_callers_tree_and_soup_stay_as_they_are(page: Path) -> None:
    text = readers.decode.decode(page.read_bytes())
    tree, soup = html.document_fromstring(text.encode(), parser=UTF8), BeautifulSoup(text, "lxml")
    before = etree.tostring(tree), str(soup)
    cleanarticle.extract(tree)
    cleanarticle.extract(soup)
    assert (etree.tostring(tree), str(soup)) == before


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_what_travels_between_rooms_pickles(page: Path) -> None:
    document = readers.read(readers.open_page(page))
    assert pickle.loads(pickle.dumps(document)) == document
    made = report(page.parent, page.name)
    assert pickle.loads(pickle.dumps(made)) == made


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_an_extracted_body_extracted_again_stays(page: Path) -> None:
    body = report(page.parent, page.name).article.body
    assert cleanarticle.extract(body).body == body


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_each_block_of_text_comes_out_at_most_once_and_in_order(page: Path) -> None:
    made = report(page.parent, page.name)
    kept = [v.block.line for v in made.verdicts if v.kept]
    position = 0
    for line in kept:
        position = made.article.body.index(line, position) + len(line)
    assert "".join(made.article.body.split()) == "".join("".join(kept).split())


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_the_same_page_gives_the_same_article(page: Path) -> None:
    again = cleanarticle.extract(page, url=case(page.parent).get("url"))
    assert again == report(page.parent, page.name).article
