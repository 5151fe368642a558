"""Where names and words stand on a page: over all its blocks, so with compiled twins."""

from collections.abc import Iterable, Sequence

from cleanarticle.accelerator import accelerated
from cleanarticle.records import Block, Container

Mentions = tuple[int, int, list[int]]  # times in lines, times in longer blocks, blocks it opens


@accelerated("fields")
def mentions(
    names: list[tuple[str, ...]], words: list[tuple[str, ...]], lengths: list[int], limit: int
) -> list[Mentions]:
    """Where names stand on a page.

    Args:
        names: the words of each.
        words: those of each block.
        lengths: how many they are.
        limit: a block of more words is no line.

    Returns:
        Of each name: how often lines hold it, how often longer blocks do, and which blocks it
        opens. Of two that share a word, one counts.
    """
    wanted = {word for name in names for word in name}
    spoken_of = [n for n, own in enumerate(words) if not wanted.isdisjoint(own)]
    lines = _joined(words[n] for n in spoken_of if lengths[n] <= limit)
    prose = _joined(words[n] for n in spoken_of if lengths[n] > limit)
    first: dict[str, list[int]] = {name[0]: [] for name in names}
    for n in spoken_of:
        if words[n][0] in first:
            first[words[n][0]].append(n)
    found = []
    for name in names:
        own, size = f" {' '.join(name)} ", len(name)
        opened = [n for n in first[name[0]] if words[n][:size] == name]
        found.append((lines.count(own), prose.count(own), opened))
    return found


def _joined(words: Iterable[Sequence[str]]) -> str:
    return f" {' | '.join(map(' '.join, words))} "


@accelerated("fields")
def written(texts: list[str], words: frozenset[str]) -> frozenset[str]:
    """Those of some words that stand in any text between spaces."""
    return words.intersection(" ".join(texts).split())


@accelerated("fields")
def blocks_in(
    blocks: tuple[Block, ...], containers: tuple[Container, ...], known: frozenset[str]
) -> list[int]:
    """Positions of blocks in an element that one of some words names, or right in one in such."""
    is_none = known.isdisjoint
    named = {
        n for n, one in enumerate(containers) if not (is_none(one.names) and is_none(one.labels))
    }
    if not named:
        return []
    return [
        n
        for n, block in enumerate(blocks)
        if (one := block.markup)
        and (one.container in named or containers[one.container].parent in named)
    ]
