"""A page in, an Article or a Report out: the one file that names all rooms in order."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from cleanarticle import classifier, clues, metadata, opinion, readers, strippers
from cleanarticle.article import Article
from cleanarticle.assemble import assemble, body_text, plain
from cleanarticle.clues import Clues
from cleanarticle.deadline import NEVER, Deadline
from cleanarticle.decide import decide, decide_cleaned, settle
from cleanarticle.errors import OptionError
from cleanarticle.metadata.ranking import Ranker
from cleanarticle.options import Options
from cleanarticle.readers import Opened, PageKind
from cleanarticle.records import (
    Block,
    Document,
    FieldSource,
    Metadata,
    PageType,
    Removal,
    Verdict,
)
from cleanarticle.report import Report

_DEFAULTS = Options()
MAX_ROUNDS = 10
GUESS = "htmldate"  # the source of a day that the page does not show or declare as others do


def extract(
    page: Any,
    *,
    url: str | None = None,
    kind: PageKind = "auto",
    options: Options | None = None,
    crawled_at: dt.datetime | None = None,
) -> Article:
    """The title, date, authors and body text of a scraped page.

    Args:
        page: HTML or raw page text as str or bytes, a `pathlib.Path` to either (gzipped or not), an
            lxml element or tree, a BeautifulSoup object, or a response of requests, httpx, Scrapy,
            urllib3 or urllib. It is only read.
        url: where the page came from; taken from a response where it is left out. Relative links
            are resolved against it, and it may name the day of publication.
        kind: "html", "text" for raw page text whose tags are gone, or "auto" to tell by the page.
        options: choices; see `Options`.
        crawled_at: when the page was fetched: days after it are never taken as that of publication,
            and relative dates ("3 hours ago") are read against it. An aware one counts by the days
            of its own zone, a naive one as it is.

    Returns:
        An Article. Pages never raise: an Article with an empty body says why in `notes`.

    Raises:
        PageTypeError: `page` is of no type named above.
        UnreadableInput: `page` is a path that cannot be read.
        OptionError: `kind` is none of the three, `options` is no `Options`, or `crawled_at` is no
            `datetime.datetime`.
        WeightsError: `options.weights` cannot be used.
    """
    return explain(page, url=url, kind=kind, options=options, crawled_at=crawled_at).article


def explain(
    page: Any,
    *,
    url: str | None = None,
    kind: PageKind = "auto",
    options: Options | None = None,
    crawled_at: dt.datetime | None = None,
) -> Report:
    """Every block of a page with its verdict, kind, reason and score, and the Article.

    Takes and raises the same as `extract`.
    """
    options = checked(options)
    deadline = Deadline.after(options.limits.seconds)
    opened = readers.open_page(page, options.limits)
    document = readers.read(
        opened, url=url, kind=kind, crawled_at=crawled_at, limits=options.limits
    )
    return decide_document(opened, document, options, deadline=deadline)


def checked(options: Options | None) -> Options:
    """The options, or the defaults where none are given.

    Raises:
        OptionError: they are no `Options`.
    """
    if options is not None and not isinstance(options, Options):
        raise OptionError(f"options is an Options object, got {type(options).__name__}")
    return options or _DEFAULTS


def decide_document(
    opened: Opened,
    document: Document,
    options: Options,
    repeated: Sequence[Removal] = (),
    *,
    deadline: Deadline = NEVER,
) -> Report:
    """The report on a page that has been read.

    Args:
        opened: what was handed over, for those who read it on their own.
        document: the page.
        options: choices.
        repeated: votes against blocks that other pages of the site show as well, one a block at
            most. They lower the score, and are the reason given where no stripper has one.
        deadline: when the time for the page is over.

    Raises:
        WeightsError: `options.weights` cannot be used.
    """
    document = _affordable(document, deadline)
    evidence = clues.gather(document)
    found = describe(opened, document, evidence, deadline=deadline)
    votes = strippers.vote(document, evidence, found)
    is_thorough = options.effort == "thorough" and not deadline.is_over
    second = _second_opinion(opened, document) if is_thorough else None
    assessment = classifier.assess(
        document,
        evidence,
        found,
        votes,
        opinion=second,
        weights=options.weights,
        repeated=_flags(document, repeated),
    )
    if assessment.page_type is not PageType.ARTICLE:
        found = _without_guess(found)
    if options.min_score is not None:  # it was estimated for the page's own limit
        assessment = replace(assessment, confidence=None)
    votes += _unnamed(votes, repeated)
    verdicts = _settled(decide(document, evidence, assessment, votes, options), evidence)
    return Report(assemble(document, found, assessment, verdicts), verdicts)


def _affordable(document: Document, deadline: Deadline) -> Document:
    """The document with as many blocks as there is time to judge."""
    blocks = deadline.affordable(len(document.blocks))
    return readers.shortened(document, blocks, "seconds")


def _flags(document: Document, repeated: Sequence[Removal]) -> Sequence[bool] | None:
    """Whether each block is repeated; None where nothing is known of other pages."""
    positions = {vote.block for vote in repeated}
    return [block.index in positions for block in document.blocks] if positions else None


def _unnamed(votes: Sequence[Removal], others: Sequence[Removal]) -> tuple[Removal, ...]:
    """The other votes on blocks that no stripper has named: what it says is more telling."""
    named = {vote.block for vote in votes}
    return tuple(vote for vote in others if vote.block not in named)


def describe(
    opened: Opened,
    document: Document,
    evidence: Clues,
    ranker: Ranker | None = None,
    *,
    deadline: Deadline = NEVER,
) -> Metadata:
    """Title, date, authors and the rest; a page that shows no day is looked at by htmldate."""
    found = metadata.choose(document, evidence, ranker)
    if found.date is not None or not document.containers or not evidence.raw or deadline.is_over:
        return found
    day = opinion.ask_day(opened.source or readers.markup(opened), found.url)
    if day is None or (document.last_day and day > document.last_day):
        return found
    source = ("date", FieldSource(GUESS, day.isoformat()))
    return replace(found, date=day, sources=(*found.sources, source))


def _without_guess(found: Metadata) -> Metadata:
    """The metadata without a day that htmldate found: on shops and lists, it is mostly wrong."""
    left = tuple(pair for pair in found.sources if pair[1].source != GUESS)
    return found if left == found.sources else replace(found, date=None, sources=left)


def _second_opinion(opened: Opened, document: Document) -> Sequence[float] | None:
    """The share of each block that trafilatura keeps; None where it has nothing to say."""
    if not document.containers:
        return None
    text = opinion.ask(opened.source or readers.markup(opened), document.url)
    return None if text is None else opinion.shares(document.blocks, text)


def _settled(verdicts: tuple[Verdict, ...], evidence: Clues) -> tuple[Verdict, ...]:
    """The verdicts once the body, read again as raw text, loses nothing more.

    So extracting an extracted body gives the same body. Nearly all pages settle in two rounds; the
    bound is for pages made to take many.
    """
    known: clues.Words = {}
    for _round in range(MAX_ROUNDS):
        kept = [verdict.block for verdict in verdicts if verdict.kept]
        known = known or clues.words_of(kept, evidence)
        body = _read_again(kept)
        seen = clues.gather(body, known)
        votes = () if seen.raw else strippers.vote(body, seen, Metadata())
        gone = decide_cleaned(seen, votes)
        if not gone:
            break
        verdicts = settle(verdicts, gone)
    return verdicts


def _read_again(blocks: Sequence[Block]) -> Document:
    """The body as raw page text, block for block.

    Where the text would be cut elsewhere, such as between two blocks of code, the blocks stand.
    """
    document = readers.read_plain(body_text(blocks))
    same = [b.line for b in document.blocks] == [b.line for b in blocks]
    return document if same else plain(blocks, document.language)
