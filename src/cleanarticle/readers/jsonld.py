"""JSON-LD blocks, broken ones included, to candidates. Vocabulary: schema.org."""

import re
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from itertools import islice
from typing import Any

from cleanarticle.options import Limits, limit_note
from cleanarticle.readers import jsonld_repair
from cleanarticle.records import Candidate, Field

MAX_NODES = 5000
MAX_ARTICLES = 500  # of one page; with MAX_NAMES it bounds what few characters can refer to
MAX_NAMES = 200  # of the authors of one article
MAX_TYPE_CHARS = 60
MAX_BODY_CHARS = 500_000

Node = dict[str, Any]
Index = Mapping[str, Node]  # what the page says of each thing that has an @id

_TAG = re.compile(r"<[^<>]{1,200}>")
_PARAGRAPH_END = re.compile(r"</(?:p|div|li|h[1-6])\s*>|<br\s*/?>", re.I)
_SOURCE = "json-ld"

_ARTICLE = re.compile(r"(?:article|posting|report|review|recipe|story)$", re.I)
_PAGE = re.compile(r"(?:webpage|itempage|howto|qapage)$", re.I)
_ADDRESS = re.compile(r"(?:[a-z][a-z\d+.-]{0,20}:/|mailto:|www\.|_:|[#/])\S*$", re.I)
_CLOSED = frozenset(
    (
        *("author", "publisher", "comment", "itemListElement", "image", "hasPart", "review"),
        *("mentions", "@reverse"),
    )
)
_MAIN = ("mainEntity", "mainEntityOfPage")
_PICKED_FIELDS = {
    "headline": Field.TITLE,
    "datePublished": Field.DATE,
    "dateModified": Field.MODIFIED,
}


def read(
    blocks: Iterable[str], limits: Limits, notes: MutableMapping[str, None]
) -> Iterator[Candidate]:
    """Candidates of all JSON-LD blocks of a page; articles before the page as a whole.

    What the limits leave out is noted in `notes`, as its keys.
    """
    nodes, inner, unread = _loaded(blocks, limits, notes)
    by_id = _by_id(inner, nodes)
    nodes += _main_entities(nodes, by_id)
    articles = _main_first([n for n in nodes if _is_article(n)], nodes)
    pages = [n for n in nodes if _is_page(n)]
    for node in (articles or pages)[:MAX_ARTICLES]:
        yield from _of_article(node, by_id)
    for node in pages if articles else ():
        yield from _dates(node)
    for kind in sorted({_type(n) for n in nodes if _type(n)}):
        yield Candidate(Field.TYPE, kind[:MAX_TYPE_CHARS], _SOURCE)
    for node in nodes:
        if _type(node) == "WebSite":
            yield Candidate(Field.SITE_NAME, _plain(node.get("name")), _SOURCE)
    for text in unread:
        yield from _picked(text)


def _loaded(
    blocks: Iterable[str], limits: Limits, notes: MutableMapping[str, None]
) -> tuple[list[Node], list[Node], list[str]]:
    """The objects of all blocks, all with those inside others, and the texts not read."""
    most, depth = limits.json_chars, limits.json_depth
    nodes: list[Node] = []
    inner: list[Node] = []
    unread: list[str] = []
    for block in blocks:
        if len(block) > most:
            notes[limit_note(f"JSON-LD was cut off after {most} characters", "json_chars")] = None
        values, rest = jsonld_repair.load(block[:most])
        found, _is_deep = _nodes(values, depth, _CLOSED)
        nodes += found
        every, is_deep = _nodes(values, depth)
        inner += every
        if is_deep:
            notes[limit_note(f"JSON-LD was read {depth} levels deep", "json_depth")] = None
        if rest is not None:
            seen = not values or any(map(_is_work, found))
            unread.append(rest if seen else block[:most])
    return nodes, inner, unread


def _nodes(
    values: list[Any], depth: int, closed: frozenset[str] = frozenset()
) -> tuple[list[Node], bool]:
    """All objects in the values, outer before inner, and whether some are nested deeper."""
    stack, found, seen, is_deep = [(value, 1) for value in reversed(values)], list[Node](), 0, False
    while stack and seen < MAX_NODES:
        item, level = stack.pop()
        seen += 1
        if level > depth:
            is_deep = True
        elif isinstance(item, dict):
            found.append(item)
            stack += [
                (v, level + 1)
                for k, v in reversed(item.items())
                if isinstance(v, (dict, list)) and k not in closed
            ]
        elif isinstance(item, list):
            stack += [(v, level + 1) for v in reversed(item)]
    return found, is_deep


def _by_id(inner: Iterable[Node], nodes: Iterable[Node]) -> dict[str, Node]:
    """What is said of each @id in all places together; `nodes` before those inside others."""
    found: dict[str, Node] = {}
    for node in (*inner, *nodes):
        if _id(node) and len(node) > 1:
            found.setdefault(_id(node), {}).update({k: v for k, v in node.items() if v})
    return found


def _referred(value: Any) -> Iterator[str]:
    """The ids that a property names, as text or as objects."""
    for item in islice(_flat(value), MAX_NAMES):
        yield _id(item) if isinstance(item, dict) else item


def _main_entities(nodes: list[Node], by_id: Index) -> list[Node]:
    """Articles and pages that a reference opens, as they are described inside other things only."""
    named = (name for n in nodes for key in _MAIN for name in _referred(n.get(key)))
    known = {_id(node) for node in nodes if len(node) > 1}
    found = (by_id[name] for name in dict.fromkeys(named) if name in by_id and name not in known)
    return [n for n in found if _is_work(n) and (n.get("headline") or n.get("datePublished"))]


def _main_first(articles: list[Node], nodes: list[Node]) -> list[Node]:
    """The articles; before the others those that a page refers to as what it is about."""
    named = {name for node in nodes for name in _referred(node.get("mainEntity")) if name}
    return sorted(articles, key=lambda article: _id(article) not in named)


def _id(node: Node) -> str:
    name = node.get("@id")
    return name if isinstance(name, str) else ""


def _kinds(node: Node) -> list[str]:
    given = node.get("@type")
    kinds = given if isinstance(given, list) else [given]
    return [kind for kind in kinds if isinstance(kind, str)]


def _type(node: Node) -> str:
    return next(iter(_kinds(node)), "")


def _is_article(node: Node) -> bool:
    """Whether it is an article, by its first type or by a further one and a headline.

    Newspapers are tagged as articles too, behind their own type, but have a mere name.
    """
    further = _kinds(node) if node.get("headline") else ()
    return any(map(_ARTICLE.search, (_type(node), *further)))


def _is_page(node: Node) -> bool:
    return any(map(_PAGE.search, _kinds(node))) and not _is_article(node)


def _is_work(node: Node) -> bool:
    return _is_article(node) or _is_page(node)


def _of_article(node: Node, by_id: Index) -> Iterator[Candidate]:
    language = _plain(node.get("inLanguage"))
    title = node.get("headline") or (node.get("name") if not _PAGE.search(_type(node)) else None)
    yield Candidate(Field.TITLE, _plain(title, language), _SOURCE)
    yield from _dates(node)
    authors = list(_people(node.get("author"), by_id, language))
    yield from authors or _people(node.get("creator"), by_id, language)
    yield Candidate(Field.DESCRIPTION, _plain(node.get("description"), language), _SOURCE)
    yield Candidate(Field.BODY, _paragraphs(node.get("articleBody")), _SOURCE)
    yield Candidate(Field.LANGUAGE, language, _SOURCE)
    yield Candidate(Field.SITE_NAME, _publisher(node.get("publisher"), by_id, language), _SOURCE)


def _dates(node: Node) -> Iterator[Candidate]:
    yield Candidate(Field.DATE, _plain(node.get("datePublished")), _SOURCE)
    yield Candidate(Field.MODIFIED, _plain(node.get("dateModified")), _SOURCE)


def _publisher(value: Any, by_id: Index, language: str) -> str:
    if isinstance(value, dict):
        value = by_id.get(_id(value), value)
    return next((c.value for c in _people(value, by_id, language)), "")


def _people(value: Any, by_id: Index, language: str = "") -> Iterator[Candidate]:
    """An author candidate for each name; organizations are told from people."""
    return islice(_all_people(value, by_id, language), MAX_NAMES)


def _all_people(value: Any, by_id: Index, language: str) -> Iterator[Candidate]:
    for person in islice(_flat(value), MAX_NAMES):
        node = by_id.get(person.strip(), {}) if isinstance(person, str) else person
        described, names = _names(node, by_id, language)
        if names or not isinstance(person, str):
            kind = " organization" if "Organization" in _type(described) else ""
            for name in names:
                yield Candidate(Field.AUTHOR, name, f"{_SOURCE}{kind}")
        elif not _ADDRESS.match(person.strip()):
            yield Candidate(Field.AUTHOR, _clean(person), _SOURCE)


def _names(node: Any, by_id: Index, language: str) -> tuple[Node, list[str]]:
    """The names of a thing, and the description, its own or that of its @id, that gives them."""
    if not isinstance(node, dict):
        return {}, []
    descriptions = (node, by_id.get(_id(node), {}))
    for description in descriptions:
        names = [_clean(name) for name in _texts(description.get("name"), language)]
        if any(names):
            return description, [name for name in names if name]
    for description in descriptions:
        parts = (_plain(description.get(key), language) for key in ("givenName", "familyName"))
        name = " ".join(filter(None, parts))
        if name:
            return description, [name]
    return {}, []


def _picked(text: str) -> Iterator[Candidate]:
    """The fields that are certain in a text that cannot be read as a whole."""
    for key, value in jsonld_repair.pick(text):
        if key in _PICKED_FIELDS:
            yield Candidate(_PICKED_FIELDS[key], _plain(value), _SOURCE)
        else:
            yield from _people(value, {})


def _flat(value: Any) -> Iterator[Any]:
    """The texts and objects of a value, however deep its lists are nested, without recursion."""
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            inner = next((item[k] for k in ("@list", "@set", "@value") if k in item), None)
            if inner is None:
                yield item
                continue
            item = inner
        if isinstance(item, list):
            stack += reversed(item)
        elif isinstance(item, str):
            yield item


def _texts(value: Any, language: str) -> list[str]:
    """The texts of a value. Of one that is given in several languages, those of the article's."""
    items = value[:MAX_NAMES] if isinstance(value, list) else [value]
    pairs = [
        (i.get("@value"), i.get("@language")) if isinstance(i, dict) else (i, None) for i in items
    ]
    tags = [tag for _text, tag in pairs if isinstance(tag, str)]
    alike = (tag for tag in tags if language and tag[:2].lower() == language[:2].lower())
    chosen = next(alike, tags[0] if tags else None)
    return [text for text, tag in pairs if isinstance(text, str) and tag in (None, chosen)]


def _plain(value: Any, language: str = "") -> str:
    """The text of a value, the first of several; empty where there is none."""
    return next((_clean(text) for text in _texts(value, language)), "")


def _clean(text: str) -> str:
    """A text without entities, tags and odd spaces."""
    text = jsonld_repair.unescape(text[:2000])
    return " ".join(_TAG.sub(" ", text).split())


def _paragraphs(value: Any) -> str:
    """A text value with its line breaks; tags that end a paragraph break the line as well."""
    if not isinstance(value, str):
        return ""
    text = _PARAGRAPH_END.sub("\n\n", jsonld_repair.unescape(value[:MAX_BODY_CHARS]))
    return _TAG.sub(" ", text).strip()
