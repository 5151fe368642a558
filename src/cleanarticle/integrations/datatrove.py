"""Documents of datatrove to articles: an extractor for its pipelines.

Raises:
    MissingExtra: at import, if datatrove is not installed: the extractor is a class of its kind.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, cast, get_args

from cleanarticle.batch.item import Item, Problem, Status
from cleanarticle.batch.row import COLUMNS
from cleanarticle.errors import MissingExtra, OptionError
from cleanarticle.integrations import page_of, safe_row, text_of, time_of
from cleanarticle.options import Options
from cleanarticle.readers import PageKind

try:
    from datatrove.data import Document, DocumentsPipeline
    from datatrove.pipeline.extractors.base import BaseExtractor, ExtractorSandbox
    from datatrove.utils.logging import logger
    from datatrove.utils.typeshelper import StatHints
except ImportError as error:
    message = f"needs datatrove: pip install 'cleanarticle[datatrove]' ({error})"
    raise MissingExtra(message) from error

# What a document has by itself, and what one batch alone can know.
_NOT_IN_METADATA = ("id", "source", "position", "body", "duplicate_of")
METADATA = tuple(name for name in COLUMNS if name not in _NOT_IN_METADATA)
GIVEN = "given_"  # before the name of what stood in the metadata under one of these names
_WARM_UP = Item(
    source="",
    position=0,
    id="",
    page="<h1>Rain</h1><p>It rained all day in the valley, and on.</p>",
)


class CleanArticleExtractor(BaseExtractor):  # type: ignore[misc]  # datatrove has no types
    """Documents with HTML or raw page text to documents with the body of the article.

    The other columns of a batch's row go into the metadata: those of `METADATA`. An address that
    stands there stays, and any other value is kept under its name with `GIVEN` before it.

    Each task cleans in one child process, which is ended where a page takes too long. A document
    without a body, whatever the reason, is dropped, and counted under its status.

    Args:
        kind: "html", "text" for raw page text, or "auto" to tell by the page.
        options: choices for all pages; see `Options`.
        keep_empty: keep documents without a body, with their status and reason.
        crawled_at: the key in the metadata of the time of the fetch; None: "crawled_at", else
            "date", as datatrove's WarcReader has it.
        timeout: seconds that a page may take.

    Raises:
        OptionError: an argument has a value that cannot be used.
    """

    name = "cleanarticle"

    def __init__(
        self,
        kind: PageKind = "auto",
        *,
        options: Options | None = None,
        keep_empty: bool = False,
        crawled_at: str | None = None,
        timeout: float = 30.0,
    ) -> None:
        if kind not in get_args(PageKind):
            raise OptionError(f'kind is "auto", "html" or "text", got {kind!r}')
        if options is not None and not isinstance(options, Options):
            raise OptionError(f"options is an Options object, got {type(options).__name__}")
        if not timeout > 0:
            raise OptionError(f"timeout is a number of seconds above 0, got {timeout!r}")
        super().__init__(timeout)
        self.kind: PageKind = kind
        self.options = options
        self.keep_empty = keep_empty
        self.crawled_at = crawled_at

    def extract(self, text: str) -> str:
        """The body of a page."""
        item = Item(source="", position=0, id="", page=text, kind=self.kind)
        return str(safe_row(item, self.options)["body"])

    def run(
        self,
        data: "DocumentsPipeline",
        rank: int = 0,  # noqa: ARG002 - every step is called with it
        world_size: int = 1,  # noqa: ARG002 - as above
    ) -> "DocumentsPipeline":
        """The documents with their articles, in the order given.

        Raises:
            WeightsError: at the first document, if `options.weights` cannot be used.
        """
        # The model is loaded here, so that a child that is forked has it, and bad weights are told.
        safe_row(_WARM_UP, self.options)
        with ExtractorSandbox(timeout=self.timeout, warmup_text=(_WARM_UP,)) as sandbox:
            for document in data:
                self.stat_update(StatHints.total)
                with self.track_time():
                    row = self._row(document, sandbox)
                    _fill(document, row)
                self.stat_update(row["status"])
                if document.text or self.keep_empty:
                    self.stat_update(StatHints.forwarded)
                    self.update_doc_stats(document)
                    yield document
                else:
                    self.stat_update(StatHints.dropped)

    def _row(self, document: "Document", sandbox: "ExtractorSandbox") -> dict[str, Any]:
        """The row of a document, made in the child process, or of what became of that."""
        item = self._item(document)
        clean = partial(safe_row, options=self.options)
        try:
            return cast("dict[str, Any]", sandbox.process_document((item,), clean))
        except TimeoutError:
            problem = Problem(Status.TIMEOUT, f"the page takes more than {self.timeout:g} seconds")
        except (EOFError, OSError) as error:
            problem = Problem(Status.FAILED, f"its process ended: {error}")
        logger.warning(f"{document.id}: {problem.reason}")
        return safe_row(replace(item, page=None, problem=problem), self.options)

    def _item(self, document: "Document") -> Item:
        known = document.metadata
        fetched = self.crawled_at or ("crawled_at" if "crawled_at" in known else "date")
        return Item(
            source="",
            position=0,
            id=document.id,
            kind=self.kind,
            url=text_of(known.get("url")),
            crawled_at=time_of(known.get(fetched)),
            **page_of(document.text, "text"),
        )


def _fill(document: "Document", row: Mapping[str, Any]) -> None:
    """Put a row into its document; what stood there under the same names is kept."""
    document.text = row["body"]
    known = document.metadata
    known["url"] = known.get("url") or row["url"]
    for name in METADATA:
        if name == "url":
            continue
        if known.get(name) not in (None, row[name]):
            known[f"{GIVEN}{name}"] = known[name]
        known[name] = row[name]
