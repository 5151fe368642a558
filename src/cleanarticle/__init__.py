"""The article of a scraped web page: title, date, authors and body text, and nothing else.

    >>> import cleanarticle
    >>> article = cleanarticle.extract("<h1>Rain</h1><p>It rained all day in the valley ...</p>")

`extract` takes HTML or raw page text, `explain` shows what was removed and why, and `extract_many`
lets the pages of one site help each other.
"""

from cleanarticle.article import Article
from cleanarticle.errors import (
    CleanArticleError,
    MissingExtra,
    OptionError,
    PageTypeError,
    UnreadableInput,
    WeightsError,
)
from cleanarticle.options import Limits, Options
from cleanarticle.pipeline import explain, extract
from cleanarticle.records import ArticleBlock, Block, Kind, PageType, Role, Span, Style, Verdict
from cleanarticle.report import Report
from cleanarticle.sites import Page, extract_many
from cleanarticle.version import __version__

__all__ = [
    "Article",
    "ArticleBlock",
    "Block",
    "CleanArticleError",
    "Kind",
    "Limits",
    "MissingExtra",
    "OptionError",
    "Options",
    "Page",
    "PageType",
    "PageTypeError",
    "Report",
    "Role",
    "Span",
    "Style",
    "UnreadableInput",
    "Verdict",
    "WeightsError",
    "__version__",
    "explain",
    "extract",
    "extract_many",
]
