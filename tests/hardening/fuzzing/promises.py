"""What the library promises of any input, said once for all who try it."""

import json
from collections import Counter
from dataclasses import asdict
from typing import Any

import cleanarticle
from cleanarticle import Article, Report, readers
from hardening.fuzzing.families import Given

TOLERANCE = 1.01e-4  # of figures: sums in another order differ in their last place, the fourth
FIGURES = ("confidence", "page_type_probability")


def explain(given: Given) -> Report:
    """What the library makes of an input."""
    return cleanarticle.explain(
        given.page, url=given.url, kind=given.kind, crawled_at=given.crawled_at
    )


def broken(report: Report) -> str:
    """The first promise that a report breaks, in words; empty where it keeps all."""
    article = report.article
    if not isinstance(article, Article) or not isinstance(article.body, str):
        return "no Article with a text"
    if not article.body and not article.notes:
        return "an empty body without a note"
    if any(not (v.because and v.kind) for v in report.verdicts if not v.kept):
        return "a block is removed without a kind or a reason"
    if any(v.kind is not None for v in report.verdicts if v.kept):
        return "a kept block has a kind of boilerplate"
    if any(not 0 <= v.score <= 1 for v in report.verdicts):
        return "a score is no probability"
    figures = (article.confidence, article.page_type_probability)
    if any(figure is not None and not 0 <= figure <= 1 for figure in figures):
        return "a confidence is no probability"
    return _unwritable(article)


def _unwritable(article: Article) -> str:
    text = article.to_json()
    if json.loads(text) != json.loads(json.dumps(article.to_dict())):
        return "to_json and to_dict say different things"
    forms = (article.body, text, article.to_markdown(), article.to_html(), article.to_text())
    try:
        "".join(forms).encode()
    except UnicodeEncodeError as error:
        return f"lone surrogates: {error}"
    return ""


def broken_by_reading(given: Given, report: Report) -> str:
    """As `broken`, of what has to be looked up in the page itself, or asked for twice."""
    opened = readers.open_page(given.page)
    document = readers.read(opened, url=given.url, kind=given.kind, crawled_at=given.crawled_at)
    if [v.block for v in report.verdicts] != list(document.blocks):
        return "not every block has one verdict"
    found = Counter("".join(block.line for block in document.blocks))
    kept = Counter("".join(report.article.body.split()))
    if kept - found:
        return "the body has signs that the reader did not find"
    again = cleanarticle.extract(
        given.page, url=given.url, kind=given.kind, crawled_at=given.crawled_at
    )
    return "" if again == report.article else "another article the second time"


def answer(report: Report) -> dict[str, Any]:
    """All that a report says, as JSON types: for comparison with another way to compute it."""
    return {
        **report.article.to_dict(),
        "spans": [[list(asdict(span).values()) for span in b.spans] for b in report.article.blocks],
        "kinds": [[v.kept, v.kind and str(v.kind)] for v in report.verdicts],
        "scores": [round(v.score, 6) for v in report.verdicts],
    }


def differences(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """The names of what two answers say differently; figures may differ a little."""
    return [name for name in one if not _alike(name, one[name], other.get(name))]


def _alike(name: str, one: Any, other: Any) -> bool:
    if name == "scores" and isinstance(other, list) and len(one) == len(other):
        return all(abs(a - b) <= TOLERANCE for a, b in zip(one, other, strict=True))
    if name in FIGURES and one is not None and other is not None:
        return bool(abs(one - other) <= TOLERANCE)
    return bool(one == other)
