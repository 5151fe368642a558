"""The twins of clues, votes and verdicts give what their references give."""

import pickle
import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cases import pages
from cleanarticle import clues, metadata, readers, strippers
from cleanarticle.accelerator import REFERENCES
from cleanarticle.decide import ARTICLE_VETOES, VETOES
from cleanarticle.records import Block, Container, Document, Kind, Markup, Removal, Role, Verdict
from cleanarticle.strippers import caption, navigation

twins = pytest.importorskip("cleanarticle.accelerator._clues")

NAMES = (
    *("share", "post", "nav", "menu", "related", "hidden", "cookie", "comments", "caption"),
    *("newsletter", "", "İstanbul", "κοινή", "分享", "\ud800", "e\u0301", "byline", "social"),
)
TAGS = ("div", "p", "nav", "menu", "article", "main", "body", "html", "figcaption", "", "ul")
ROLES = ("", "navigation", "search", "toolbar", "article")
TEXTS = ("Ferry", "The ferry was late.", "渡し船は欠航。", "\ud83d", "e\u0301", "a" * 2000, "©")
SEEDS = range(60)


def same(name: str, *given: Any) -> Any:
    """What twin and reference both give, of the same types, or both raise."""
    wanted, got = (outcome(f, given) for f in (REFERENCES[f"clues.{name}"], getattr(twins, name)))
    assert got == wanted or repr(got) == repr(wanted)  # no NaN equals itself
    assert types_of(got) == types_of(wanted)
    return wanted


def outcome(function: Callable[..., Any], given: tuple[Any, ...]) -> Any:
    try:
        return function(*given)
    except (
        IndexError,
        TypeError,
        ValueError,
        AttributeError,
        KeyError,
        ZeroDivisionError,
    ) as error:
        return type(error)


def types_of(value: Any) -> Any:
    if isinstance(value, dict):
        return dict, [(types_of(key), types_of(item)) for key, item in value.items()]
    if isinstance(value, list | tuple):
        return type(value), [types_of(item) for item in value]
    return type(value)


def some_containers(chance: random.Random) -> tuple[Container, ...]:
    """A tree of containers, a parent before its children."""
    found = [Container(parent=-1, tag=chance.choice(TAGS))]
    for position in range(1, chance.choice((1, 2, 10, 80))):
        parent = chance.choice((position - 1, chance.randrange(position)))
        names = tuple(chance.choice(NAMES) for _ in range(chance.choice((0, 1, 2, 5))))
        aria, hidden = chance.choice(ROLES), chance.random() < 0.2
        found.append(Container(parent, chance.choice(TAGS), names, aria=aria, hidden=hidden))
    return tuple(found)


def some_blocks(chance: random.Random, containers: int) -> tuple[Block, ...]:
    """Blocks with and without markup, in runs of any length."""
    found, run = [], 0
    for index in range(chance.choice((0, 1, 3, 60))):
        text, words = chance.choice(TEXTS), chance.choice((0, 1, 14, 15, 16, 61, 500))
        run += chance.random() < 0.5
        markup = None
        if containers and chance.random() < 0.9:
            markup = Markup("p", chance.randrange(containers), chance.randrange(len(text) + 1))
        found.append(Block(index, text, words, run, chance.choice(list(Role)), markup=markup))
    return tuple(found)


def some_votes(chance: random.Random, blocks: tuple[Block, ...]) -> dict[int, list[Removal]]:
    found: dict[int, list[Removal]] = defaultdict(list)
    for block in blocks:
        for _ in range(chance.choice((0, 0, 1, 2, 6))):
            kind, strength = chance.choice(list(Kind)), chance.choice((0.5, 0.97, 0.98, 1.0, 1))
            found[block.index].append(Removal(block.index, kind, f"{kind}!", strength))
    return found


def check(blocks: tuple[Block, ...], containers: tuple[Container, ...], headed: set[int]) -> None:
    """All twins that look at a page."""
    sums = same("totals", blocks, containers)
    same("nearest", containers, navigation._TAGS, navigation._ROLES)
    same("nearest", containers, caption._TAGS)
    marks = same("marks", containers, headed, sums[1])
    if containers:
        same("named", blocks, marks)


@pytest.mark.parametrize("page", pages(), ids=lambda page: f"{page.parent.name}-{page.name}")
def test_pages(page: Path) -> None:
    document = readers.read(readers.open_page(page))
    check(document.blocks, document.containers, set())
    evidence = clues.gather(document)
    votes: dict[int, list[Removal]] = defaultdict(list)
    for vote in strippers.vote(document, evidence, metadata.choose(document, evidence)):
        votes[vote.block].append(vote)
    scores = tuple(index % 10 / 10 for index in range(len(document.blocks)))
    for vetoes in (VETOES, ARTICLE_VETOES):
        same("by_score", document.blocks, scores, votes, 0.5, vetoes)


@pytest.mark.parametrize("seed", SEEDS)
def test_invented_pages(seed: int) -> None:
    chance = random.Random(seed)
    containers = some_containers(chance)
    blocks = some_blocks(chance, len(containers))
    check(blocks, containers, set(chance.sample(range(len(containers)), len(containers) // 2)))
    check(some_blocks(chance, 0), (), set())
    scores = tuple(chance.choice((0.0, 0.3, 0.5, 1.0, 1)) for _ in blocks)
    votes = some_votes(chance, blocks)
    same("by_score", blocks, scores, votes, chance.choice((0.5, 0.3, 1, 0)), ARTICLE_VETOES)
    same("by_score", blocks, scores, dict(votes), 0.5, {})
    same("by_score", blocks, scores[1:], votes, 0.5, VETOES)


@dataclass(frozen=True)
class OddBlock(Block):
    """A block of another class, with another place for its fields."""

    more: str = ""


def a_block(container: int = 0, words: int = 20, text: str = "The ferry.") -> Block:
    return Block(0, text, words, 0, markup=Markup("p", container, 0))


@pytest.mark.parametrize(
    "blocks",
    [
        (OddBlock(0, "The ferry.", 20, 0, markup=Markup("p", 1, 0)),),
        [a_block(1)],
        (a_block(-1),),
        (a_block(2),),
        (a_block(10**30),),
        (a_block(1, words=10**30),),
        (a_block(1, text=""),),
        (a_block(1, words=-3), a_block(1, words=3)),
        (None,),
        (Block(0, "The ferry.", 20, 0, markup=OddBlock(0, "", 0, 0)),),  # type: ignore[arg-type]
        (Block(0, b"bytes", 20, 0, markup=Markup("p", 1, 0)),),  # type: ignore[arg-type]
    ],
)
def test_odd_blocks(blocks: Any) -> None:
    containers = (Container(-1, ""), Container(0, "div", ("share",)))
    same("totals", blocks, containers)
    same("named", blocks, ({}, {Kind.SHARE: "share"}))
    same("by_score", blocks, (0.4,) * len(blocks), {}, 0.5, VETOES)


@pytest.mark.parametrize(
    "containers",
    [
        (),
        [Container(-1, "html"), Container(0, "nav")],
        (Container(-1, "html"), Container(1, "nav")),
        (Container(-1, "html"), Container(-1, "nav")),
        (Container(-1, "html"), Container(10**30, "nav")),
        (Container(-1, "html"), None),
        (Container(-1, "html"), Container(0, "nav", ["share"])),  # type: ignore[arg-type]
        (Container(-1, "html"), Container(0, "nav", (1, None, "share"))),  # type: ignore[arg-type]
    ],
)
def test_odd_containers(containers: Any) -> None:
    same("totals", (a_block(),), containers)
    same("marks", containers, set(), (20,) * len(containers))
    same("marks", containers, frozenset(), [20] * len(containers))
    same("marks", containers, set(), ())
    same("nearest", containers, {"nav"}, {"search"})


def test_a_mark_holds_at_most_its_share_of_the_prose() -> None:
    containers = tuple(
        Container(position - 1, "div", names)
        for position, names in enumerate(((), ("comments",), ("cookie", "share"), ("related",)))
    )
    for inside in range(0, 101, 5):
        same("marks", containers, set(), (100, inside, inside, inside // 2))


@pytest.mark.parametrize(
    "votes",
    [
        {0: ()},
        {0: (Removal(0, Kind.SHARE, "is so", 0.9),)},
        {0: [None]},
        {0: [Removal(0, "no kind", "is so", 0.9)]},  # type: ignore[arg-type]
        {0: [Removal(0, Kind.SHARE, "is so", "strong")]},  # type: ignore[arg-type]
        {0: [Removal(0, Kind.SHARE, "one", 0.9), Removal(0, Kind.COOKIE, "other", 0.9)]},
        {0: [Removal(0, Kind.SHARE, "one", 0.98), Removal(0, Kind.SHARE, "other", 0.98)]},
        {1: [Removal(1, Kind.SHARE, "of none", 0.98)]},
    ],
)
@pytest.mark.parametrize("score", [0.1, 0.5, 0.9, float("nan"), 1, None])
def test_odd_votes(votes: Any, score: Any) -> None:
    same("by_score", (a_block(words=3),), (score,), votes, 0.5, VETOES)


def test_records_of_twins_are_those_of_the_library() -> None:
    made = twins.Removal(3, Kind.SHARE, "is so")
    assert made == Removal(3, Kind.SHARE, "is so")
    assert twins.Removal(3, Kind.SHARE, "is so", 0.5) == Removal(3, Kind.SHARE, "is so", 0.5)
    assert pickle.loads(pickle.dumps(made)) == made
    assert hash(made) == hash(Removal(3, Kind.SHARE, "is so"))
    (verdict,) = twins.by_score((a_block(),), (0.9,), {}, 0.5, VETOES)
    assert verdict == Verdict(a_block(), kept=True, score=0.9)
    assert pickle.loads(pickle.dumps(verdict)) == verdict


def test_deep_and_long_pages_take_linear_time() -> None:
    deep = tuple(Container(position - 1, "nav", ("share",)) for position in range(100_000))
    blocks = tuple(Block(n, "It.", 1, n // 3, markup=Markup("p", n, 0)) for n in range(100_000))
    check(blocks, deep, set())
    strippers.vote(
        Document(blocks, deep), clues.gather(Document(blocks, deep)), metadata.Metadata()
    )
