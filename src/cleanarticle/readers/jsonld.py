"""JSON-LD blocks, broken ones included, to candidates. Vocabulary: schema.org."""

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from cleanarticle.records import Candidate, Field

MAX_CHARS = 2_000_000  # of one block; longer ones are data dumps
MAX_NODES = 5000
MAX_TYPE_CHARS = 60
MAX_BODY_CHARS = 500_000
_TAG = re.compile(r"<[^<>]{1,200}>")
_PARAGRAPH_END = re.compile(r"</(?:p|div|li|h[1-6])\s*>|<br\s*/?>", re.I)
_SOURCE = "json-ld"

_ARTICLE = re.compile(r"(?:article|posting|report|review|recipe|story)$", re.I)
_PAGE = re.compile(r"(?:webpage|itempage|howto|qapage)$", re.I)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_OPENINGS = ("<!--", "//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "<![CDATA[")
_CLOSINGS = (";", "-->", "//]]>", "// ]]>", "/*]]>*/", "]]>")
_FIELD = re.compile(
    r'"(headline|datePublished)"\s*:\s*"((?:[^"\\]|\\.){1,500})"',
)
_BROKEN_FIELDS = {
    "headline": Field.TITLE,
    "datePublished": Field.DATE,
}


def read(blocks: Iterable[str]) -> Iterator[Candidate]:
    """Candidates of all JSON-LD blocks of a page; articles before the page as a whole."""
    nodes: list[dict[str, Any]] = []
    broken: list[str] = []
    for block in blocks:
        data = _load(block[:MAX_CHARS])
        if data is None:
            broken.append(block[:MAX_CHARS])
        else:
            nodes += _nodes(data)
    by_id = {n["@id"]: n for n in nodes if isinstance(n.get("@id"), str) and len(n) > 1}
    articles = [n for n in nodes if _ARTICLE.search(_type(n))]
    pages = [n for n in nodes if _PAGE.search(_type(n))]
    for node in articles or pages:
        yield from _of_article(node, by_id)
    for node in pages if articles else ():
        yield from _dates(node)
    for kind in sorted({_type(n) for n in nodes if _type(n)}):
        yield Candidate(Field.TYPE, kind[:MAX_TYPE_CHARS], _SOURCE)
    for node in nodes:
        if _type(node) == "WebSite":
            yield Candidate(Field.SITE_NAME, _plain(node.get("name")), _SOURCE)
    for block in broken:
        for match in _FIELD.finditer(block):
            yield Candidate(_BROKEN_FIELDS[match[1]], _plain(_unescaped(match[2])), _SOURCE)


def _load(block: str) -> Any:
    """The parsed block; None where it cannot be repaired without guessing."""
    text = block.strip()
    for opening in _OPENINGS:
        text = text.removeprefix(opening).lstrip()
    for closing in _CLOSINGS:
        text = text.removesuffix(closing).rstrip()
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    """All objects in the data, outer before inner, without recursion."""
    stack, seen = [data], 0
    while stack and seen < MAX_NODES:
        item = stack.pop()
        seen += 1
        if isinstance(item, dict):
            yield item
            stack += [
                v
                for k, v in reversed(item.items())
                if isinstance(v, (dict, list)) and k not in _CLOSED
            ]
        elif isinstance(item, list):
            stack += reversed(item)


_CLOSED = frozenset(
    ("author", "publisher", "comment", "itemListElement", "image", "hasPart", "review", "mentions")
)


def _type(node: dict[str, Any]) -> str:
    given = node.get("@type")
    kinds = given if isinstance(given, list) else [given]
    return next((kind for kind in kinds if isinstance(kind, str)), "")


def _of_article(node: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> Iterator[Candidate]:
    title = node.get("headline") or (node.get("name") if not _PAGE.search(_type(node)) else None)
    yield Candidate(Field.TITLE, _plain(title), _SOURCE)
    yield from _dates(node)
    for name, source in _people(node.get("author") or node.get("creator"), by_id):
        yield Candidate(Field.AUTHOR, name, source)
    yield Candidate(Field.DESCRIPTION, _plain(node.get("description")), _SOURCE)
    yield Candidate(Field.BODY, _paragraphs(node.get("articleBody")), _SOURCE)
    yield Candidate(Field.LANGUAGE, _plain(node.get("inLanguage")), _SOURCE)
    publisher = node.get("publisher")
    if isinstance(publisher, dict):
        publisher = by_id.get(str(publisher.get("@id")), publisher).get("name")
    yield Candidate(Field.SITE_NAME, _plain(publisher), _SOURCE)


def _dates(node: dict[str, Any]) -> Iterator[Candidate]:
    yield Candidate(Field.DATE, _plain(node.get("datePublished")), _SOURCE)
    yield Candidate(Field.MODIFIED, _plain(node.get("dateModified")), _SOURCE)


def _people(value: Any, by_id: dict[str, dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """(name, source) of each author; organizations are told from people."""
    for person in value if isinstance(value, list) else [value]:
        if isinstance(person, str):
            yield _plain(person), _SOURCE
        elif isinstance(person, dict):
            node = person if person.get("name") else by_id.get(str(person.get("@id")), person)
            names = node.get("name")
            source = f"{_SOURCE} organization" if "Organization" in _type(node) else _SOURCE
            for name in names if isinstance(names, list) else [names]:
                yield _plain(name), source


def _plain(value: Any) -> str:
    """A string value without entities, tags and odd spaces; empty for anything else."""
    if isinstance(value, list) and value:
        value = value[0]
    if not isinstance(value, str):
        return ""
    text = html.unescape(value[:2000])
    return " ".join(_TAG.sub(" ", text).split())


def _paragraphs(value: Any) -> str:
    """A text value with its line breaks; tags that end a paragraph break the line as well."""
    if not isinstance(value, str):
        return ""
    text = _PARAGRAPH_END.sub("\n\n", html.unescape(value[:MAX_BODY_CHARS]))
    return _TAG.sub(" ", text).strip()


def _unescaped(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:
        return text
