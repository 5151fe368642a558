"""What can be seen on a page before anything is decided.

Phrases found in blocks, class names found around them, and how much text each container holds.
Metadata, classifier and strippers all look at these, so they are gathered once.
"""

from cleanarticle.clues.credits import photo_credit, photo_credits
from cleanarticle.clues.gather import Clues, Words, gather, words_of
from cleanarticle.clues.phrases import Hit, How
from cleanarticle.clues.rawness import labelled_title, trails

__all__ = [
    "Clues",
    "Hit",
    "How",
    "Words",
    "gather",
    "labelled_title",
    "photo_credit",
    "photo_credits",
    "trails",
    "words_of",
]
