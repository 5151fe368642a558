"""How a page may be changed, and what must then happen to the result.

Exact relations hold for every page. Of the others, the share of pages for which they hold is told,
and `FLOORS` says what it may not fall below.
"""

import gzip
import multiprocessing
import statistics
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

import cleanarticle
from cleanarticle.language.words import tokens
from hardening import additions, changes, forms, samples
from hardening.findings import Finding, Setting
from hardening.samples import Sample

Outcome = dict[str, float]  # by form of the page, 1 where the relation holds; empty: no such form
Relation = Callable[[Sample], Outcome]

DEPTHS = (1, 5, 30)
DETAGGED = ("nodes", "lines", "paragraphs")
ENOUGH = 0.9  # word F1 of two bodies that agree
FEW_WORDS = 50  # of a body that is too short to be compared by its words
THREADS = 8


def same(sample: Sample, page: object) -> float:
    """Whether the whole Article is the same: all fields, blocks, spans and estimates."""
    return float(cleanarticle.extract(page, url=sample.url) == sample.article)


def same_body(sample: Sample, page: object) -> float:
    return float(cleanarticle.extract(page, url=sample.url).body == sample.article.body)


def rewritten(change: changes.Rewrite, sample: Sample) -> Outcome:
    """The page in another spelling; where that changes nothing, there is nothing to be seen."""
    page = change(sample.page, sample.chance())
    return {} if page == sample.page else {sample.name: same(sample, page)}


def line_ends(change: changes.Rewrite, sample: Sample) -> Outcome:
    return rewritten(change, sample)


def declared(sample: Sample) -> Outcome:
    """In all encodings that can hold the page, named by a meta element."""
    made = {label: forms.declared(sample.page, label) for label in forms.ENCODINGS}
    return {label: same(sample, data) for label, data in made.items() if data}


def in_header(sample: Sample) -> Outcome:
    """In all encodings that can hold the page, named by the header of a response."""
    sort = "html" if sample.is_html else "plain"
    made = {
        label: forms.in_header(sample.page, label, sort, sample.url) for label in forms.ENCODINGS
    }
    return {label: same(sample, response) for label, response in made.items() if response}


def signed(sample: Sample) -> Outcome:
    """In UTF-8 and UTF-16 with a mark at the start."""
    return {codec: same(sample, forms.signed(sample.page, codec)) for codec in forms.SIGNED}


def handed_over(sample: Sample) -> Outcome:
    """As bytes, packed bytes, and paths of either."""
    data = sample.page.encode("utf-8", "replace")
    made: Outcome = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (("page", data), ("page.gz", gzip.compress(data))):
            path = Path(folder) / name
            path.write_bytes(content)
            made[f"bytes of {name}"] = same(sample, content)
            made[f"path of {name}"] = same(sample, path)
    made["bytes as they came"] = same(sample, sample.data)
    return made


def trees(sample: Sample) -> Outcome:
    """As trees of lxml; whether the body is the same, and the tree still what it was."""
    from lxml import etree

    tree = forms.tree(sample.page)
    if tree is None:
        return {}
    before = etree.tostring(tree)
    made = {
        "element": same_body(sample, tree),
        "tree": same_body(sample, tree.getroottree()),
    }
    made["left as it was"] = float(etree.tostring(tree) == before)
    return made


def soups(sample: Sample) -> Outcome:
    """As a soup that lxml made; likewise."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(sample.page, "lxml")
    before = str(soup)
    made = {"soup": same_body(sample, soup)}
    made["left as it was"] = float(str(soup) == before)
    return made


def with_block(name: str, sample: Sample) -> Outcome:
    """With boilerplate added to its markup."""
    words = additions.words_for(sample.article.language)
    return {sample.name: same_body(sample, additions.BLOCKS[name](sample.page, words))}


def with_lines(name: str, sample: Sample) -> Outcome:
    """With boilerplate added to its raw text."""
    lines, at_start = additions.lines_of(additions.words_for(sample.article.language))[name]
    page = additions.lines_added(sample.page, lines, at_start=at_start)
    return {sample.name: same_body(sample, page)}


def wrapped(sample: Sample) -> Outcome:
    return {
        f"{depth} deep": same_body(sample, additions.wrapped(sample.page, depth))
        for depth in DEPTHS
    }


def minified(sample: Sample) -> Outcome:
    return {sample.name: same_body(sample, changes.minified(sample.page, sample.chance()))}


def with_paragraph(sample: Sample) -> Outcome:
    """With one more paragraph, which the body has then, and nothing else is changed in it."""
    words = additions.words_for(sample.article.language)
    lines = _lines(sample.article.body)
    add = additions.with_paragraph if sample.is_html else additions.with_line
    page = add(sample.page, words, lines)
    if page is None:
        return {}
    found = _lines(cleanarticle.extract(page, url=sample.url).body)
    added = words["paragraph"]
    left = [line for line in found if line != added]
    return {sample.name: float(found.count(added) == 1 and left == lines)}


def _lines(body: str) -> list[str]:
    return [line for line in body.split("\n") if line]


def detagged(form: str, sample: Sample) -> Outcome:
    """How far the bodies of the page and of its raw text agree."""
    if len(tokens(sample.article.body)) < FEW_WORDS:
        return {}
    text = forms.without_tags(sample.page, form)
    found = cleanarticle.extract(text, url=sample.url, kind="text").body
    return {sample.name: word_f1(found, sample.article.body)}


def word_f1(one: str, other: str) -> float:
    """Overlap of the multisets of words."""
    words, others = Counter(tokens(one)), Counter(tokens(other))
    return 2 * (words & others).total() / ((words + others).total() or 1)


OF_ALL: dict[str, Relation] = {
    **{name: partial(rewritten, change) for name, change in changes.LINE_ENDS.items()},
    "bytes, gzip, path": handed_over,
    "UTF-8 and UTF-16 with a mark": signed,
    f"{len(forms.ENCODINGS)} encodings, named by the header": in_header,
}
OF_MARKUP: dict[str, Relation] = {
    **{name: partial(rewritten, change) for name, change in changes.SAME.items()},
    "letters beyond ASCII as references": partial(rewritten, forms.as_references),
    f"{len(forms.ENCODINGS)} encodings, named by the page": declared,
    "lxml element and tree, left as they were": trees,
}
STATISTICAL_OF_ALL: dict[str, Relation] = {
    "a paragraph added adds itself": with_paragraph,
}
STATISTICAL_OF_TEXT: dict[str, Relation] = {
    f"{name} added to raw text": partial(with_lines, name) for name in additions.BLOCKS
}
STATISTICAL_OF_MARKUP: dict[str, Relation] = {
    "BeautifulSoup (lxml), left as it was": soups,
    **{f"{name} added": partial(with_block, name) for name in additions.BLOCKS},
    "the text wrapped in 1, 5 and 30 elements": wrapped,
    "minified": minified,
    **{f"raw text of it ({form}) agrees": partial(detagged, form) for form in DETAGGED},
}
EXACT = OF_ALL.keys() | OF_MARKUP.keys()
