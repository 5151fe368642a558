"""Hostile pages: each vector in several of the places that reach the output.

The pages are articles of invented prose, so that what is hostile in them is kept with it.
"""

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from hardening import vectors

SCRIPT = "window.__hit=1"
NOWHERE = "http://127.0.0.1:9/canary"
LINKED = "the way along the weir"
MARK = "Behind it the mill stood still"
_TITLE = "The ferry comes back empty"
_PROSE = (
    "The ferry left the harbour at six and came back empty, and nobody on the quay could say why.",
    "By noon the wind had turned to the north, so the crew tied the boat to the old mill.",
    "The keeper of the lock wrote the hour into his book and asked for the names of all on board.",
    "Two women who had waited since dawn walked home by the river, and they spoke of the spring.",
    "In the evening the council met in the school and heard what the miller saw from his roof.",
)
_PLACES_EACH = 3  # of a vector


@dataclass(frozen=True, slots=True)
class Hostile:
    """One page, with what must be found in the output for it to have been tried at all."""

    name: str
    """Place, and number of the vector."""
    page: str
    kind: str
    """"html" or "text"."""
    url: str | None
    survivor: str
    """The text that a reader would see of it."""


def pages(canary: str = NOWHERE, seed: int = 8) -> list[Hostile]:
    """All hostile pages, the same at every call."""
    chance = random.Random(seed)
    found: dict[str, Hostile] = {}
    for one in _all(canary, chance):
        found.setdefault(one.page + (one.url or ""), one)
    return list(found.values())


def _all(canary: str, chance: random.Random) -> Iterator[Hostile]:
    for number, vector in enumerate(_filled(vectors.LIVE, canary)):
        for place in _some(_LIVE_PLACES, chance):
            page = _LIVE_PLACES[place](f"{MARK}. {vector}")
            yield Hostile(f"live {place} {number}", page, "html", None, MARK)
    texts = (*vectors.LIVE, *vectors.MARKDOWN)
    for number, text in enumerate(_filled(texts, canary)):
        for place in _some(_TEXT_PLACES, chance):
            page = _TEXT_PLACES[place](_as_text(text, place))
            yield Hostile(f"text {place} {number}", page, "html", None, _flat(text, place))
        if number % 2:
            yield Hostile(f"raw {number}", _raw(text), "text", None, _flat(text, "raw"))
    for number, address in enumerate(_filled(vectors.ADDRESSES, canary)):
        for place in _some(_LINK_PLACES, chance):
            page = _LINK_PLACES[place](_linked(address))
            yield Hostile(f"link {place} {number}", page, "html", None, LINKED)
        yield Hostile(f"url {number}", _BODY(_linked("#x")), "html", address, LINKED)
        head = f'<base href="{address}"><link rel="canonical" href="{address}">'
        yield Hostile(f"base {number}", _page(_linked("x"), head=head), "html", None, LINKED)


def _filled(texts: Sequence[str], canary: str) -> Iterator[str]:
    """The vectors with the script and with an address of their own."""
    for number, text in enumerate(texts):
        yield text.replace("JS", SCRIPT).replace("NET", f"{canary}?{number}")


def _some(places: dict[str, Callable[[str], str]], chance: random.Random) -> list[str]:
    return chance.sample(sorted(places), min(_PLACES_EACH, len(places)))


def _linked(address: str) -> str:
    quoted = address.replace('"', "&quot;")
    return f'Then they took <a href="{quoted}">{LINKED}</a> and said no more of it'


def _as_text(text: str, place: str) -> str:
    """A text as markup that shows it; its line breaks are breaks where the place can have them."""
    broken = text if place in _JSON_PLACES else escape(text)
    return broken.replace("¶", {"pre": "\n", "paragraph": "<br>"}.get(place, " "))


def _flat(text: str, place: str) -> str:
    return " ".join(text.replace("¶", "\n" if place in ("pre", "raw") else " ").split())


def _raw(text: str) -> str:
    lines = text.replace("¶", "\n")
    return "\n\n".join((_TITLE, _PROSE[0], f"{_PROSE[1]}\n{lines}", lines, *_PROSE[2:]))


def _page(inside: str, *, title: str = _TITLE, head: str = "", byline: str = "") -> str:
    before = "".join(f"<p>{sentence} {_PROSE[4]}</p>" for sentence in _PROSE[:2])
    after = "".join(f"<p>{sentence} {_PROSE[0]}</p>" for sentence in _PROSE[2:])
    shown = (f"<title>{title}</title>", f"<h1>{title}</h1>") if title else ("", "")
    return (
        f"<!DOCTYPE html><html><head>{shown[0]}{head}</head><body><article>"
        f"{shown[1]}{byline}{before}<p>{_PROSE[3]}</p>{inside}{after}</article></body></html>"
    )


def _around(start: str, end: str) -> Callable[[str], str]:
    return lambda inside: _page(f"{start}{inside}{end}")


def _meta(name: str, attribute: str = "name") -> Callable[[str], str]:
    def made(text: str) -> str:
        head = f'<meta {attribute}="{name}" content="{text}">'
        return _page("", title="" if name == "og:title" else _TITLE, head=head)

    return made


def _json_ld(field: str) -> Callable[[str], str]:
    def made(text: str) -> str:
        known = {"@type": "NewsArticle", "headline": _TITLE, field: text}
        data = json.dumps(known).replace("<", "\\u003c")
        head = f'<script type="application/ld+json">{data}</script>'
        return _page("", title="" if field == "headline" else _TITLE, head=head)

    return made


_BODY = _around(f"<p>{_PROSE[1]} ", f". {_PROSE[2]}</p>")
_ITEM = _around(f"<ul><li>{_PROSE[0]}</li><li>", f" {_PROSE[1]}</li></ul>")
_CELL = _around(
    f"<table><tr><td>{_PROSE[0]}</td><td>Hour</td></tr><tr><td>",
    f"</td><td>{_PROSE[1]}</td></table>",
)
_QUOTE = _around("<blockquote><p>", f" {_PROSE[1]}</p></blockquote>")
_HEADING = _around("<h2>", f"</h2><p>{_PROSE[1]} {_PROSE[2]}</p>")
_LIVE_PLACES: dict[str, Callable[[str], str]] = {
    "paragraph": _BODY,
    "heading": _HEADING,
    "item": _ITEM,
    "cell": _CELL,
    "quote": _QUOTE,
    "pre": _around("<pre>", "</pre>"),
    "between": _around("", ""),
}
_LINK_PLACES: dict[str, Callable[[str], str]] = {
    "paragraph": _BODY,
    "item": _ITEM,
    "quote": _QUOTE,
    "strong": _around(f"<p>{_PROSE[1]} <strong>", f"</strong>. {_PROSE[2]}</p>"),
}
_JSON_PLACES: dict[str, Callable[[str], str]] = {
    "json headline": _json_ld("headline"),
    "json author": _json_ld("author"),
    "json description": _json_ld("description"),
    "json language": _json_ld("inLanguage"),
}
_TEXT_PLACES: dict[str, Callable[[str], str]] = {
    "paragraph": _BODY,
    "alone": _around("<p>", "</p>"),
    "heading": _HEADING,
    "item": _ITEM,
    "cell": _CELL,
    "quote": _QUOTE,
    "pre": _around("<pre>", "</pre>"),
    "code": _around(f"<p>{_PROSE[1]} <code>", f"</code> {_PROSE[2]}</p>"),
    "link text": _around(f'<p>{_PROSE[1]} wow!<a href="/x">', f"</a> {_PROSE[2]}</p>"),
    "strong": _around(f"<p>{_PROSE[1]} <b>", f"</b><code>x</code> {_PROSE[2]}</p>"),
    "title": lambda text: _page("", title=text),
    "og:title": _meta("og:title", "property"),
    "author": _meta("author"),
    "byline": lambda text: _page("", byline=f'<p class="byline">By {text}</p>'),
    "description": _meta("description"),
    "site": _meta("og:site_name", "property"),
    "day": lambda text: _page("", byline=f"<time datetime='2024-03-05'>5 March 2024 {text}</time>"),
    **_JSON_PLACES,
}
