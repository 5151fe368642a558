"""What is raised on purpose. Ugly pages are data and raise nothing.

CleanArticleError
├── PageTypeError (also a TypeError)    the page argument is of no type that is accepted
├── OptionError (also a ValueError)     an argument has a value that cannot be used
├── UnreadableInput (also an OSError)   a file or URL cannot be read
└── MissingExtra (also an ImportError)  an optional package is needed and not installed
"""


class CleanArticleError(Exception):
    """Base of all errors that cleanarticle raises on purpose."""


class PageTypeError(CleanArticleError, TypeError):
    """The page is of a type that `extract` does not take."""

    def __init__(self, type_name: str) -> None:
        super().__init__(type_name)
        self.type_name = type_name

    def __str__(self) -> str:
        """Name what was given and what is taken."""
        return (
            f"cannot read a page from {self.type_name}: give str, bytes, pathlib.Path, an lxml "
            "element or tree, a BeautifulSoup object, or a response with a body"
        )


class OptionError(CleanArticleError, ValueError):
    """An argument has a value that cannot be used."""


class UnreadableInput(CleanArticleError, OSError):
    """A file or a URL cannot be read."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name, reason)
        self.name, self.reason = name, reason

    def __str__(self) -> str:
        """Name the input first, so that a list of messages can be scanned."""
        return f"{self.name}: {self.reason}"


class WeightsError(CleanArticleError, ValueError):
    """A file of weights is none, or was fitted for other features than those of this version."""


class CorpusError(CleanArticleError, ValueError):
    """A folder of labelled pages is not as it should be."""


class MissingExtra(CleanArticleError, ImportError):
    """An optional package is needed and not installed."""
