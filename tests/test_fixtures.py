"""Every claim of every case folder."""

import pytest

from cases import Claim, case, claims, report

CLAIMS = [
    pytest.param(claim, marks=[pytest.mark.xfail(reason=claim.xfail)] if claim.xfail else [])
    for claim in claims()
]


def found(claim: Claim) -> object:
    """What the library says about the subject of a claim on a single value."""
    article = report(claim.folder, claim.page).article
    values = {
        "title": article.title or "",
        "date": article.date.isoformat() if article.date else "",
        "authors": list(article.authors),
        "description": article.description or "",
        "expected": article.body,
    }
    return values[claim.what]


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_claim(claim: Claim) -> None:
    why = case(claim.folder)["why"]
    body = report(claim.folder, claim.page).article.body
    if claim.what == "present":
        assert claim.value in body, why
    elif claim.what == "absent":
        assert claim.value not in body, why
    elif claim.what.startswith("removed "):
        kind = claim.what.removeprefix("removed ")
        removed = report(claim.folder, claim.page).removed()
        by_kind = {str(v.kind) for v in removed if claim.value in " ".join(v.block.text.split())}
        assert kind in by_kind, why
        assert claim.value not in body, why
    else:
        assert found(claim) == claim.value, why
