"""Pages of made-up HTML, after a grammar that knows what browsers and parsers stumble over."""

import json
from random import Random
from typing import Any

from hardening.fuzzing.vocabulary import (
    ATTRIBUTES,
    BLOCK_TAGS,
    BYLINES,
    DATES,
    ENTITIES,
    INLINE_TAGS,
    META_NAMES,
    ODD_SIGNS,
    ODD_TAGS,
    PROMPTS,
    SCRIPTS,
    VOID_TAGS,
)

ATTRIBUTE_NAMES = tuple(ATTRIBUTES)
QUOTES = ('"', '"', '"', "'", "", '"""', "“")
DOCTYPES = (
    "",
    "",
    "<!DOCTYPE html>",
    "<!doctype html SYSTEM 'about:legacy-compat'>",
    "<?xml version='1.0'?>",
)
MAX_DEPTH = 12
TABLE = {"table": ("tr", "tbody", "caption"), "tbody": ("tr",), "tr": ("td", "th"), "ul": ("li",)}
TABLE |= {"ol": ("li",), "dl": ("dt", "dd"), "menu": ("li",), "select": ("option",)}


class Writer:
    """Writes one page; all of its choices are those of its chance."""

    def __init__(self, chance: Random, elements: int) -> None:
        self.chance = chance
        self.left = elements  # that may still be begun
        self.words = SCRIPTS[chance.choice(tuple(SCRIPTS))]
        self.joint = "" if chance.random() < 0.1 else " "
        self.oddness = chance.choice((0.0, 0.02, 0.15))

    def page(self) -> str:
        """A whole page or a fragment."""
        body = "".join(self.block(0) for _ in range(self.chance.choice((1, 3, 8))))
        while self.left > 0:
            body += self.block(0)
        if self.chance.random() < 0.3:
            return body
        language = self.attribute("lang") if self.chance.random() < 0.4 else ""
        return (
            f"{self.chance.choice(DOCTYPES)}<html{language}><head>{self.head()}</head>"
            f"<body{self.attributes()}>{body}</body></html>"
        )

    def block(self, depth: int, tag: str = "") -> str:
        """A block-level element with what is in it."""
        chance = self.chance
        self.left -= 1
        roll = chance.random()
        if not tag:
            odd = roll < self.oddness
            tag = chance.choice(ODD_TAGS if odd else BLOCK_TAGS)
        if roll > 0.97:
            return self.aside()
        inner = self.content(depth, tag)
        close = "" if tag in VOID_TAGS or chance.random() < self.oddness else f"</{tag}>"
        return f"<{tag}{self.attributes()}>{inner}{close}"

    def content(self, depth: int, tag: str) -> str:
        chance = self.chance
        if tag in TABLE:
            parts = chance.choices(TABLE[tag], k=chance.choice((1, 2, 5)))
            return "".join(self.block(depth + 1, part) for part in parts)
        if tag == "pre":
            return "\n".join(
                " " * chance.randrange(6) + self.text(5) for _ in range(chance.randrange(6))
            )
        if self.left > 0 and depth < MAX_DEPTH and chance.random() < 0.4:
            return self.joint.join(self.block(depth + 1) for _ in range(chance.choice((1, 2, 4))))
        return self.prose()

    def prose(self) -> str:
        """Running text with inline elements, lines split by <br>, a date or a byline."""
        chance = self.chance
        parts = []
        for _ in range(chance.choice((1, 1, 2, 5))):
            roll = chance.random()
            if roll < 0.5:
                parts.append(self.text(chance.choice((1, 4, 15, 40))))
            elif roll < 0.75:
                parts.append(self.inline())
            elif roll < 0.82:
                parts.append("<br>" * chance.choice((1, 2, 3)) + self.text(6))
            else:
                parts.append(chance.choice(chance.choice((DATES, BYLINES, PROMPTS, ENTITIES))))
        return self.joint.join(parts)

    def inline(self) -> str:
        chance = self.chance
        tag = chance.choice(INLINE_TAGS)
        if tag in VOID_TAGS:
            return f"<{tag}{self.attributes()}>"
        inner = self.inline() if chance.random() < 0.15 else self.text(chance.choice((1, 3)))
        close = "" if chance.random() < self.oddness else f"</{tag}>"
        return f"<{tag}{self.attributes()}>{inner}{close}"

    def text(self, words: int) -> str:
        found = self.chance.choices(self.words, k=words)
        if self.chance.random() < self.oddness:
            place = self.chance.randrange(len(found))
            found[place] += self.chance.choice(self.chance.choice((ODD_SIGNS, ENTITIES)))
        return " ".join(found)

    def attributes(self) -> str:
        count = self.chance.choice((0, 0, 0, 1, 1, 2, 4))
        return "".join(self.attribute(self.chance.choice(ATTRIBUTE_NAMES)) for _ in range(count))

    def attribute(self, name: str) -> str:
        value = self.chance.choice(ATTRIBUTES[name])
        if self.chance.random() >= self.oddness:
            return f' {name}="{value}"'
        opening, closing = self.chance.choices(QUOTES, k=2)
        return f" {self.chance.choice((name, name.upper(), '='))}={opening}{value}{closing}"

    def aside(self) -> str:
        """What is no text: comments, CDATA, scripts and styles, closed or not."""
        text = self.text(5)
        return self.chance.choice(
            (
                *(
                    f"<!-- {text} -->",
                    f"<!--{text}",
                    f"<!-->{text}-->",
                    f"<!--[if IE]>{text}<![endif]-->",
                ),
                *(f"<![CDATA[{text}]]>", f"<![CDATA[{text}", f"<?php {text} ?>", f"<!x {text}>"),
                *(f"<script>if (a<b) {{'</p>'}} {text}</script>", f"<style>p{{{text}}}</style>"),
                *(f"<textarea>{text}</textarea>", f"<noscript><p>{text}</noscript>", "</p></div>"),
                *(f"<template><p>{text}</template>", f"<svg><text>{text}</svg>", f"<xmp>{text}"),
            )
        )

    def head(self) -> str:
        chance = self.chance
        parts = [self.head_part() for _ in range(chance.choice((0, 1, 3, 7)))]
        return "".join(parts)

    def head_part(self) -> str:
        chance = self.chance
        roll = chance.random()
        if roll < 0.25:
            return f"<title>{self.text(6)}{chance.choice((' | ', ' - ', ''))}{self.text(1)}</title>"
        if roll < 0.6:
            value = chance.choice(
                (self.text(4), *chance.choices(DATES, k=2), chance.choice(BYLINES))
            )
            key = chance.choice(("name", "property", "itemprop", "http-equiv"))
            return f'<meta {key}="{chance.choice(META_NAMES)}" content="{value}">'
        if roll < 0.7:
            links = self.attribute("rel") + self.attribute("href")
            return f"<link{links}><base{self.attribute('href')}>"
        return f'<script type="application/ld+json">{self.linked_data()}</script>'

    def linked_data(self) -> str:
        """JSON-LD, now and then broken."""
        chance = self.chance
        text = json.dumps(self.thing(0), ensure_ascii=chance.random() < 0.5)
        if chance.random() < 0.25:
            place = chance.randrange(len(text) + 1)
            damage = chance.choice(
                ("", ",", '"', "]", "}", "\\", "\n", "NaN", "/* x */", "\\ud800")
            )
            text = text[:place] + damage + text[place + chance.choice((0, 1, 20)) :]
        return text

    def thing(self, depth: int) -> Any:
        chance = self.chance
        if depth > 3 or chance.random() < 0.2:
            return chance.choice(
                (None, True, 0, -1.5, 10**30, "", [], {}, self.text(3), chance.choice(DATES))
            )
        if chance.random() < 0.2:
            return [self.thing(depth + 1) for _ in range(chance.randrange(4))]
        kinds = (
            "NewsArticle",
            "BlogPosting",
            "Person",
            ["Article", "x"],
            "WebPage",
            "Organization",
            5,
        )
        made: dict[str, Any] = {"@type": chance.choice(kinds)}
        for key in chance.choices(LD_KEYS, k=chance.randrange(6)):
            made[key] = self.value(key, depth)
        return made

    def value(self, key: str, depth: int) -> Any:
        chance = self.chance
        if chance.random() < 0.25:
            return self.thing(depth + 1)
        if "date" in key.casefold():
            return chance.choice(DATES)
        if key == "articleBody":
            return self.text(chance.choice((1, 60)))
        if key in ("author", "creator", "publisher"):
            return {
                "@type": chance.choice(("Person", "Organization")),
                "name": chance.choice(BYLINES),
            }
        return self.text(5)


LD_KEYS = (
    *(
        "headline",
        "author",
        "datePublished",
        "dateModified",
        "articleBody",
        "description",
        "@graph",
    ),
    *(
        "creator",
        "publisher",
        "name",
        "url",
        "@id",
        "mainEntityOfPage",
        "inLanguage",
        "@type",
        "dateCreated",
    ),
)


def page(chance: Random) -> str:
    """A page after the grammar; most are short."""
    return Writer(chance, chance.choice((1, 1, 2, 3, 5, 8, 20))).page()
