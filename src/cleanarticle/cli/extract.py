"""`cleanarticle PATH|URL|-…`: print the articles."""

import json
import re
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import IO, Any

from cleanarticle.article import Article
from cleanarticle.cli import arguments as shared
from cleanarticle.cli import explain, pages
from cleanarticle.report import Report

_DESCRIPTION = "Print the title, date, author and body text of web pages, and nothing else."
_EXAMPLES = """\
examples:
  cleanarticle page.html                          title, date and author, then the body
  cleanarticle dump.txt --format markdown         raw page text works too
  cleanarticle *.html --format jsonl -o out.jsonl one line a page
  cleanarticle page.html --fields title,date      one value a line
  cleanarticle https://example.org/story          fetched, with private addresses refused
  curl -s https://example.org | cleanarticle -    from standard input
  cleanarticle explain page.html                  what was removed, and why

exit codes: 0 all good, 1 some inputs failed, 2 usage, 3 nothing extracted, 130 interrupted
"""
_COMMENT_BREAKERS = re.compile(r"-(?=-)|[<>]|-$")  # what could end the comment that names a page
_FIELDS = tuple(Article().to_dict())
_ONE_TEXT: Mapping[str, Callable[[Article], str]] = {
    "text": Article.to_text,
    "markdown": Article.to_markdown,
    "html": Article.to_html,
}
_HEADINGS = {"text": "==> {} <==\n", "markdown": "<!-- {} -->\n\n", "html": "<!-- {} -->\n"}


def run(argv: Sequence[str]) -> int:
    """Run the subcommand; returns the exit code."""
    parser = _parser()
    arguments, options = shared.parse(parser, argv)
    if arguments.explain:
        if arguments.fields is not None or arguments.format in ("markdown", "html"):
            parser.error("--explain goes with --format text, json or jsonl, and without --fields")
        return explain.write(arguments, options)
    fields = _fields(parser, arguments)
    if arguments.format in _ONE_TEXT:
        return pages.run(
            arguments, options, lambda out, found: _write_text(out, found, arguments, fields)
        )
    return pages.run(
        arguments, options, lambda out, found: _write_json(out, found, arguments, fields)
    )


def _parser() -> ArgumentParser:
    made = shared.parser("cleanarticle", _DESCRIPTION, _EXAMPLES)
    made.add_argument(
        "--format",
        choices=(*_ONE_TEXT, "json", "jsonl"),
        default="text",
        help="(default: %(default)s)",
    )
    made.add_argument("--fields", metavar="A,B", help=f"only these of {', '.join(_FIELDS)}")
    made.add_argument("--explain", action="store_true", help="print the report instead")
    return made


def _fields(parser: ArgumentParser, arguments: Any) -> tuple[str, ...]:
    if arguments.fields is None:
        return ()
    names = tuple(name.strip() for name in arguments.fields.split(",") if name.strip())
    unknown = [name for name in names if name not in _FIELDS]
    if unknown or not names:
        parser.error(f"--fields: no such field: {', '.join(unknown) or 'none named'}")
    if arguments.format in ("markdown", "html"):
        parser.error("--fields goes with --format text, json or jsonl")
    return names


def _write_text(
    out: IO[str], found: Iterator[tuple[str, Report]], arguments: Any, fields: Sequence[str]
) -> bool:
    """Texts one after the other; with several inputs, each under its name."""
    any_article = False
    for position, (name, report) in enumerate(found):
        pages.complain_of_lack(name, report)
        any_article = any_article or bool(report.article.body)
        text = (
            _values(report.article, fields)
            if fields
            else _ONE_TEXT[arguments.format](report.article)
        )
        if len(arguments.inputs) > 1:
            shown = name if arguments.format == "text" else _COMMENT_BREAKERS.sub("_", name)
            text = ("\n" if position else "") + _HEADINGS[arguments.format].format(shown) + text
        if text:
            out.write(text + "\n")
    return any_article


def _write_json(
    out: IO[str], found: Iterator[tuple[str, Report]], arguments: Any, fields: Sequence[str]
) -> bool:
    """One object for one input, else an array; with `jsonl`, one object a line."""
    any_article = False
    rows: list[dict[str, Any]] = []
    for name, report in found:
        pages.complain_of_lack(name, report)
        any_article = any_article or bool(report.article.body)
        row = _row(name, report.article, fields)
        if arguments.format == "jsonl":
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
        else:
            rows.append(row)
    if rows or (arguments.format == "json" and len(arguments.inputs) > 1):
        data = rows[0] if len(arguments.inputs) <= 1 else rows
        out.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
    return any_article


def _row(name: str, article: Article, fields: Sequence[str]) -> dict[str, Any]:
    data = article.to_dict()
    return {"input": name} | ({key: data[key] for key in fields} if fields else data)


def _values(article: Article, fields: Sequence[str]) -> str:
    """One value a line, but for the body's own lines; an empty line for an unknown one."""
    data = article.to_dict()
    data["authors"] = article.author
    return "\n".join(_shown(data[name]) for name in fields)


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
