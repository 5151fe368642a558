"""What a worker of `speed.py` measures: a page as a whole, and each stage of it by itself."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import cleanarticle
from cleanarticle import accelerator, clues, metadata, opinion, pipeline, readers, strippers
from cleanarticle.classifier import features, fitted, model, page, page_words
from cleanarticle.readers import tree

# Stage → (module, function): time inside a stage that stands further down is not its own.
STAGES: dict[str, Sequence[tuple[Any, str]]] = {
    "decode": [(readers, "open_page")],
    "parse": [(tree, "parse")],
    "read blocks": [(readers, "read_blocks"), (readers, "read_text")],
    "declared metadata": [(readers, "read_candidates")],
    "language": [(readers, "_language")],
    "clues": [(clues, "gather")],
    "metadata": [(metadata, "choose")],
    "htmldate": [(opinion, "ask_day")],
    "strippers": [(strippers, "vote")],
    "words of the page": [(page_words, "keys")],
    "features": [(features, "measure")],
    "model": [(model.Scorer, "scores")],
    "page type, confidence": [(fitted, "page_type"), (page, "measure")],
    "decide": [(pipeline, "decide")],
    "read again": [(pipeline, "_settled")],
    "assemble": [(pipeline, "assemble")],
}
REST = "the rest"


def seconds(page: bytes | str, url: str | None, kind: Any) -> float:
    """Processor time of one page."""
    begun = time.process_time()
    cleanarticle.extract(page, url=url, kind=kind)
    return time.process_time() - begun


def compiled_parts() -> list[str]:
    """Names of the functions whose compiled twins are in use."""
    return sorted(accelerator.COMPILED)


def table(pages: Sequence[tuple[bytes | str, str | None]], form: str) -> dict[str, float]:
    """Seconds of each stage over all pages."""
    clock = _Clock()
    with clock.attached():
        for data, url in pages:
            clock.run(REST, cleanarticle.extract, data, url=url, kind=form.lower())
    return {stage: clock.spent.get(stage, 0.0) for stage in (*STAGES, REST)}


class _Clock:
    """Time by stage; a stage called by another one is taken out of that one's."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._inside: list[float] = []  # of each open stage: time of the stages that it called

    def run(self, stage: str, function: Callable[..., Any], *given: Any, **named: Any) -> Any:
        self._inside.append(0.0)
        begun = time.process_time()
        try:
            return function(*given, **named)
        finally:
            whole = time.process_time() - begun
            own = whole - self._inside.pop()
            self.spent[stage] = self.spent.get(stage, 0.0) + own
            if self._inside:
                self._inside[-1] += whole

    @contextmanager
    def attached(self) -> Iterator[None]:
        """Put a clock around the function of each stage, for as long as the context lasts."""
        places = [(s, holder, name) for s, found in STAGES.items() for holder, name in found]
        known = [(holder, name, getattr(holder, name)) for _stage, holder, name in places]
        for (stage, holder, name), (*_same, function) in zip(places, known, strict=True):
            setattr(holder, name, self._clocked(stage, function))
        try:
            yield
        finally:
            for holder, name, function in known:
                setattr(holder, name, function)

    def _clocked(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def clocked(*given: Any, **named: Any) -> Any:
            return self.run(stage, function, *given, **named)

        return clocked
