"""One file a kind of boilerplate. Strippers only read, and none sees another's votes.

To add a kind: `Kind.X` in records, `x.py` and, where phrases matter, `x.toml` here, a case in
`tests/fixtures/x/`, and a row in `STRIPPERS`. A test names whatever is missing.
"""

from collections.abc import Callable, Iterable, Mapping

from cleanarticle.clues import Clues
from cleanarticle.records import Document, Kind, Metadata, Removal
from cleanarticle.strippers import (
    advertisement,
    author_bio,
    byline,
    caption,
    comments,
    cookie,
    hidden,
    legal,
    navigation,
    newsletter,
    paywall,
    player,
    related,
    repeated,
    share,
    teaser,
)

Stripper = Callable[[Document, Clues, Metadata], Iterable[Removal]]

STRIPPERS: Mapping[Kind, Stripper] = {
    Kind.HIDDEN: hidden.find,
    Kind.NAVIGATION: navigation.find,
    Kind.COOKIE: cookie.find,
    Kind.NEWSLETTER: newsletter.find,
    Kind.SHARE: share.find,
    Kind.RELATED: related.find,
    Kind.TEASER: teaser.find,
    Kind.COMMENTS: comments.find,
    Kind.CAPTION: caption.find,
    Kind.BYLINE: byline.find,
    Kind.AUTHOR_BIO: author_bio.find,
    Kind.ADVERTISEMENT: advertisement.find,
    Kind.PAYWALL: paywall.find,
    Kind.PLAYER: player.find,
    Kind.LEGAL: legal.find,
    Kind.REPEATED: repeated.find,
}


def vote(document: Document, clues: Clues, metadata: Metadata) -> tuple[Removal, ...]:
    """The votes of all strippers, kind by kind."""
    votes: list[Removal] = []
    for find in STRIPPERS.values():
        votes += find(document, clues, metadata)
    return tuple(votes)
