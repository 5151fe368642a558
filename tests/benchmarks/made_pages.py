"""Pages made for the measurements: of any size, and of the shapes that make readers slow."""

import random
from collections.abc import Callable, Mapping

_WORDS = (
    "the ferry left its harbour before dawn and a keeper of bees counted lamps along that quay "
    "while rain fell on slate roofs where nobody had thought to mend any gutter since autumn"
).split()
_MENU = "".join(f'<li><a href="/part/{n}">Part {n} of it</a></li>' for n in range(30))
_HEAD = f"""<!DOCTYPE html><html lang="en"><head><title>The keeper of lamps</title>
<meta property="article:published_time" content="2024-03-05T08:00:00Z">
<meta name="author" content="Ada Verne"></head>
<body><nav class="main-menu"><ul>{_MENU}</ul></nav><main><article><h1>The keeper of lamps</h1>"""
_FOOT = """</article></main><aside class="related"><h3>More from us</h3></aside>
<footer><p>© 2024 The Slate</p></footer></body></html>"""
_SCRIPT = "<script>var settings = {lamps: 12, quay: 'north', open: true};</script>"


def of_size(size: int) -> bytes:
    """A page of about so many bytes: prose, lists, links, scripts."""
    chance = random.Random(size)
    parts, length, number = [_HEAD], len(_HEAD) + len(_FOOT), 0
    while length < size:
        number += 1
        words = chance.choices(_WORDS, k=chance.randint(8, 90))
        text = f"{' '.join(words).capitalize()}, {number}."
        part = f'<p class="text-{number % 7}">{text} <a href="/lamp/{number}">lamp</a></p>\n'
        if number % 8 == 0:
            items = "".join(f"<li>{word} {number}</li>" for word in words[:6])
            part += f'<div class="box"><ul>{items}</ul></div>{_SCRIPT}'
        parts.append(part)
        length += len(part)
    return "".join((*parts, _FOOT)).encode()


def _page(body: str) -> bytes:
    return f"{_HEAD}{body}{_FOOT}".encode()


def _text(words: int) -> str:
    return " ".join(random.Random(words).choices(_WORDS, k=words))


def _attributes(number: int) -> str:
    return " ".join(f"data-{n}={n}" for n in range(number))


SHAPES: Mapping[str, Callable[[float], bytes]] = {
    "50,000 short paragraphs": lambda part: _page(
        "".join(f"<p>Lamp {n} was lit.</p>" for n in range(int(50_000 * part)))
    ),
    "20,000 links in a list": lambda part: _page(
        "<ul>"
        + "".join(f'<li><a href="/{n}">Lamp {n}</a></li>' for n in range(int(20_000 * part)))
        + "</ul>"
    ),
    "one text of 5 MB": lambda part: _page(f"<p>{_text(int(1_000_000 * part))}</p>"),
    "100,000 attributes on one element": lambda part: _page(
        f"<div {_attributes(int(100_000 * part))}><p>{_text(90)}</p></div>"
    ),
    "100,000 elements in each other": lambda part: _page(
        "<div>" * int(100_000 * part) + f"<p>{_text(90)}</p>"
    ),
    "50,000 paragraphs, 200 elements deep": lambda part: _page(
        "<div>" * 200 + "".join(f"<p>Lamp {n} was lit.</p>" for n in range(int(50_000 * part)))
    ),
}
