"""What was kept, what was removed, and why."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cleanarticle import render
from cleanarticle.article import Article
from cleanarticle.records import Kind, Verdict

KEPT = "kept"
WIDTH = 76  # characters of a block's text in a line of the report


@dataclass(frozen=True, slots=True)
class Report:
    """Every block of a page with the decision on it, and the article that came of it."""

    article: Article
    verdicts: tuple[Verdict, ...]
    """One a block, in page order: block, kept, kind, because, score."""

    def removed(self, kind: Kind | str | None = None) -> tuple[Verdict, ...]:
        """The verdicts on removed blocks, of one kind or of all.

        Raises:
            ValueError: there is no such kind.
        """
        wanted = None if kind is None else Kind(kind)
        gone = (v for v in self.verdicts if not v.kept)
        return tuple(v for v in gone if wanted is None or v.kind is wanted)

    def summary(self) -> dict[str, dict[str, int]]:
        """Blocks and words by kind of boilerplate, and "kept", most words first."""
        blocks, words = Counter[str](), Counter[str]()
        for verdict in self.verdicts:
            name = KEPT if verdict.kept else str(verdict.kind)
            blocks[name] += 1
            words[name] += verdict.block.words
        return {
            name: {"blocks": blocks[name], "words": count} for name, count in words.most_common()
        }

    def to_dict(self) -> dict[str, Any]:
        """The article, the summary, and every block, as plain JSON types."""
        return {
            "article": self.article.to_dict(),
            "summary": self.summary(),
            "blocks": [_row(verdict) for verdict in self.verdicts],
        }

    def to_json(self, *, indent: int | None = None) -> str:
        """`to_dict` as JSON."""
        return render.json_text(self.to_dict(), indent)

    def to_text(self) -> str:
        """A table for a terminal: a line a block, then the summary."""
        lines = [f"{'verdict':<14} {'score':>5}  text"]
        for verdict in self.verdicts:
            lines += _lines(verdict)
        lines += ["", f"{'kind':<14} {'blocks':>6} {'words':>7}"]
        for name, counts in self.summary().items():
            lines.append(f"{name:<14} {counts['blocks']:>6} {counts['words']:>7}")
        lines += self._fields()
        lines += [f"note: {note}" for note in self.article.notes]
        return "\n".join(lines)

    def _fields(self) -> list[str]:
        """A line for each of title, date and authors: the value, and where it was found."""
        found = self.article.sources
        values = {
            "title": self.article.title,
            "date": self.article.day,
            "authors": self.article.author,
        }
        return [""] * bool(found) + [
            f"{name:<14} {value}  ({found[name].source}: {_short(found[name].text)})"
            for name, value in values.items()
            if name in found
        ]


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= WIDTH else f"{text[: WIDTH - 1]}…"


def _row(verdict: Verdict) -> dict[str, Any]:
    return {
        "index": verdict.block.index,
        "text": verdict.block.text,
        "place": verdict.block.place,
        "role": str(verdict.block.role),
        "kept": verdict.kept,
        "kind": None if verdict.kind is None else str(verdict.kind),
        "because": verdict.because,
        "score": round(verdict.score, 4),
    }


def _lines(verdict: Verdict) -> Sequence[str]:
    shown = _short(verdict.block.text)
    name = KEPT if verdict.kept else str(verdict.kind)
    line = f"{name:<14} {verdict.score:5.2f}  {shown}"
    return (line, f"{'':<22}({verdict.because})") if verdict.because else (line,)
