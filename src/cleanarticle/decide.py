"""Scores and votes to verdicts: the only place that weighs them.

The scores know the votes: a block is kept that reaches the page's limit, and a vote removes one by
itself only where it is a veto. The kind of a removed block is that of its strongest vote; where two
are equally strong, the one that stands first in `PRECEDENCE`.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from cleanarticle.accelerator import accelerated
from cleanarticle.clues import Clues
from cleanarticle.options import Options
from cleanarticle.records import (
    Assessment,
    Block,
    Document,
    Kind,
    PageType,
    Removal,
    Scores,
    Verdict,
)

Votes = Mapping[int, Sequence[Removal]]  # by block, where there are any
Vetoes = Mapping[Kind, tuple[float, int]]  # kind → strength and words

# The more particular kind first: a share button in a hidden menu is hidden before all.
PRECEDENCE = (
    Kind.HIDDEN,
    Kind.COOKIE,
    Kind.REPEATED,
    Kind.COMMENTS,
    Kind.PLAYER,
    Kind.CAPTION,
    Kind.PAYWALL,
    Kind.NEWSLETTER,
    Kind.SHARE,
    Kind.ADVERTISEMENT,
    Kind.AUTHOR_BIO,
    Kind.BYLINE,
    Kind.LEGAL,
    Kind.RELATED,
    Kind.TEASER,
    Kind.NAVIGATION,
    Kind.OTHER,
)
RANK = {kind: rank for rank, kind in enumerate(PRECEDENCE)}

# A vote of at least such strength removes a block of at most so many words, whatever its score.
# What is in the title or the description is not in the body as well; of the others each was
# measured to cost nothing, and readers expect it. A veto of all hidden elements costs F1: many a
# page unfolds its text by a script.
ANY_LENGTH = 10**6
SHORT_WORDS, SHORT_HIDDEN_WORDS = 14, 7
SURE = 0.97
VETOES: Vetoes = {
    Kind.REPEATED: (1.0, ANY_LENGTH),
    Kind.HIDDEN: (1.0, SHORT_HIDDEN_WORDS),
    **dict.fromkeys(
        (
            Kind.ADVERTISEMENT,
            Kind.AUTHOR_BIO,
            Kind.CAPTION,
            Kind.COOKIE,
            Kind.LEGAL,
            Kind.NEWSLETTER,
            Kind.PAYWALL,
            Kind.PLAYER,
            Kind.RELATED,
            Kind.SHARE,
            Kind.TEASER,
        ),
        (SURE, SHORT_WORDS),
    ),
}
# Articles hold less text that a script unfolds, and their comments are not the content, as they
# are on a forum.
ARTICLE_VETOES = {
    **VETOES,
    Kind.HIDDEN: (1.0, SHORT_WORDS),
    Kind.COMMENTS: (SURE, ANY_LENGTH),
}
_NO_VETO = (math.inf, 0)
MIN_TYPE_PROBABILITY = 0.6  # of a page that is treated as no article
MIN_TWICE_WORDS = 8  # a shorter block may stand in a body twice
MAX_LOG_ODDS = 12.0
BEYOND_DOUBT = 0.98  # what the votes against a block of cleaned text must amount to
MIN_BEST, MIN_BEST_OF_TEXT = 0.2, 0.1  # below, a page has nothing that comes near content
NEAR_BEST = 0.5  # of the best score, where none reaches the limit
SIGN = "is boilerplate by its own words"
NEAREST = "comes nearest to content on a page where nothing scores so"
TWICE = "stands in the body already"


def decide(
    document: Document,
    clues: Clues,
    assessment: Assessment,
    removals: Iterable[Removal],
    options: Options,
) -> tuple[Verdict, ...]:
    """Exactly one verdict a block, in page order."""
    votes = _by_block(removals)
    limit = assessment.limit if options.min_score is None else options.min_score
    if not any(block.words for block in document.blocks):
        return tuple(_wordless(block) for block in document.blocks)
    scores = assessment.scores
    if clues.raw:
        verdicts = by_score(document.blocks, scores, votes, limit, _vetoes(assessment))
    else:
        scored = zip(document.blocks, scores, strict=True)
        verdicts = [_on_clean_text(b, score, votes.get(b.index)) for b, score in scored]
    if options.min_score is None and not any(verdict.kept for verdict in verdicts):
        verdicts = _best_of_a_poor_page(verdicts, votes)
    return tuple(_without_copies(verdicts) if clues.raw or document.containers else verdicts)


def _vetoes(assessment: Assessment) -> Vetoes:
    """The vetoes on pages of the type."""
    probability = assessment.page_type_probability
    doubtful = probability is not None and probability < MIN_TYPE_PROBABILITY
    is_article = doubtful or assessment.page_type is PageType.ARTICLE
    return ARTICLE_VETOES if is_article else VETOES


@accelerated("clues")
def by_score(
    blocks: Sequence[Block], scores: Scores, votes: Votes, limit: float, vetoes: Vetoes
) -> list[Verdict]:
    """One verdict a block: the scores have weighed the votes; only a veto is stronger."""
    verdicts = []
    for block, score in zip(blocks, scores, strict=True):
        own = votes.get(block.index)
        against = [vote for vote in own if _is_veto(vote, block, vetoes)] if own else None
        if against or (own and score < limit):
            verdicts.append(_removed(block, score, against or own or ()))
        elif score < limit:
            because = f"scores {score:.2f} as content, below {limit:.2f}"
            verdicts.append(Verdict(block, False, score, Kind.OTHER, because))
        else:
            verdicts.append(Verdict(block, True, score))
    return verdicts


def _is_veto(vote: Removal, block: Block, vetoes: Vetoes) -> bool:
    strength, words = vetoes.get(vote.kind, _NO_VETO)
    return vote.strength >= strength and block.words <= words


def _wordless(block: Block) -> Verdict:
    return Verdict(block, kept=False, score=0.0, kind=Kind.OTHER, because="the page holds no word")


def _on_clean_text(block: Block, score: float, votes: Sequence[Removal] | None) -> Verdict:
    """The score has no say in a text that was cleaned before; only votes beyond doubt have."""
    if votes and _are_beyond_doubt(votes):
        return _removed(block, score, votes)
    return Verdict(block, True, score)


def _removed(block: Block, score: float, votes: Sequence[Removal]) -> Verdict:
    strongest = _strongest(votes)
    return Verdict(block, False, score, strongest.kind, strongest.because)


def _strongest(votes: Sequence[Removal]) -> Removal:
    if len(votes) == 1:
        return votes[0]
    return min(votes, key=lambda vote: (-vote.strength, RANK[vote.kind]))


def _are_beyond_doubt(votes: Sequence[Removal]) -> bool:
    return sum(_log_odds(vote.strength) for vote in votes) >= _log_odds(BEYOND_DOUBT)


def _log_odds(probability: float) -> float:
    if probability <= 0.0 or probability >= 1.0:
        return math.copysign(MAX_LOG_ODDS, probability - 0.5)
    return max(-MAX_LOG_ODDS, min(MAX_LOG_ODDS, math.log(probability / (1.0 - probability))))


def _without_copies(verdicts: list[Verdict]) -> list[Verdict]:
    """No longer block stands in the body twice, as on pages with a copy for small screens."""
    seen: set[str] = set()
    for position, verdict in enumerate(verdicts):
        if not verdict.kept or verdict.block.words < MIN_TWICE_WORDS:
            continue
        if verdict.block.text in seen:
            verdicts[position] = replace(verdict, kept=False, kind=Kind.REPEATED, because=TWICE)
        seen.add(verdict.block.text)
    return verdicts


def _best_of_a_poor_page(verdicts: list[Verdict], votes: Votes) -> list[Verdict]:
    """Where no block reaches the limit: those without a vote that come near the best of them."""
    unopposed = [v.score for i, v in enumerate(verdicts) if not votes.get(i)]
    best = max(unopposed, default=0.0)
    if best < (MIN_BEST if verdicts[0].block.markup else MIN_BEST_OF_TEXT):
        return verdicts
    return [
        _kept(v, NEAREST) if v.score >= best * NEAR_BEST and not votes.get(i) else v
        for i, v in enumerate(verdicts)
    ]


def _kept(verdict: Verdict, because: str) -> Verdict:
    return replace(verdict, kept=True, kind=None, because=because)


def decide_cleaned(clues: Clues, removals: Iterable[Removal]) -> Mapping[int, Removal]:
    """What goes from a body that is read again as raw page text: the vote that tells, by block.

    Where it still shows signs of a raw page, they go and nothing else; without any it is cleaned
    text, which loses only what is boilerplate beyond doubt.
    """
    if clues.raw:
        return {index: Removal(index, kind, SIGN) for index, kind in clues.signs.items()}
    votes = _by_block(removals)
    return {index: _strongest(own) for index, own in votes.items() if _are_beyond_doubt(own)}


def _by_block(removals: Iterable[Removal]) -> Votes:
    votes: dict[int, list[Removal]] = defaultdict(list)
    for removal in removals:
        votes[removal.block].append(removal)
    return votes


def settle(verdicts: tuple[Verdict, ...], gone: Mapping[int, Removal]) -> tuple[Verdict, ...]:
    """The verdicts, with those kept blocks removed that a second reading of the body removes.

    Args:
        verdicts: on all blocks of the page.
        gone: votes on the kept blocks, numbered as they stand in the body.
    """
    settled, kept = list(verdicts), (n for n, verdict in enumerate(verdicts) if verdict.kept)
    for number, position in enumerate(kept) if gone else ():
        if vote := gone.get(number):
            because = f"in the body, read again: {vote.because}"
            verdict = replace(verdicts[position], kept=False, kind=vote.kind, because=because)
            settled[position] = verdict
    return tuple(settled)
