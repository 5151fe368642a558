"""Kept blocks to a body: sentences of one line of the page come out in one line."""

from collections.abc import Collection

import pytest

from cleanarticle import readers
from cleanarticle.article import Article
from cleanarticle.assemble import assemble, body_text, plain
from cleanarticle.records import Assessment, Block, Document, Metadata, Role, Verdict

SENTENCES = ("It is late.", "Nobody knows why.", "Der Wärter wartet.", "Ждут все.", "Then it came.")


def block(index: int, text: str, *, goes_on: bool = False, role: Role = Role.PARAGRAPH) -> Block:
    words = len(text.split())
    return Block(index, text, words, run=index, role=role, place=(0, 1), goes_on=goes_on)


def line(first: int = 0, texts: Collection[str] = SENTENCES) -> list[Block]:
    """The sentences of one line of a page."""
    return [block(first + n, text, goes_on=n > 0) for n, text in enumerate(texts)]


def article(blocks: list[Block], removed: Collection[int] = ()) -> Article:
    verdicts = [Verdict(one, one.index not in removed, 0.9) for one in blocks]
    scores = Assessment((0.9,) * len(blocks))
    return assemble(Document(tuple(blocks)), Metadata(), scores, verdicts)


def test_sentences_of_one_line_come_out_in_one_line() -> None:
    found = article(line())
    assert found.body == " ".join(SENTENCES)
    assert [(one.text, one.role) for one in found.blocks] == [(" ".join(SENTENCES), Role.PARAGRAPH)]


@pytest.mark.parametrize(
    ("removed", "wanted"),
    [
        ({0}, [SENTENCES[1:]]),
        ({4}, [SENTENCES[:4]]),
        ({2}, [SENTENCES[:2], SENTENCES[3:]]),
        ({1, 3}, [SENTENCES[:1], SENTENCES[2:3], SENTENCES[4:]]),
        ({1, 2, 3}, [SENTENCES[:1], SENTENCES[4:]]),
    ],
)
def test_a_removed_sentence_in_between_parts_them(
    removed: set[int], wanted: list[tuple[str, ...]]
) -> None:
    found = article(line(), removed)
    lines = [" ".join(one) for one in wanted]
    assert found.body == "\n\n".join(lines)
    assert [one.text for one in found.blocks] == lines


def test_what_does_not_go_on_begins_a_line_of_its_own() -> None:
    blocks = [*line(0, SENTENCES[:2]), *line(2, SENTENCES[2:4]), block(4, SENTENCES[4])]
    assert article(blocks).body == "\n\n".join(
        (" ".join(SENTENCES[:2]), " ".join(SENTENCES[2:4]), SENTENCES[4])
    )


def test_a_sentence_whose_line_above_is_gone_stands_alone() -> None:
    blocks = [block(0, "Home"), *line(1, SENTENCES[:3])]
    found = article(blocks, {1})
    assert found.body == f"Home\n\n{' '.join(SENTENCES[1:3])}"


def test_words_of_a_line_put_together_are_those_of_its_sentences() -> None:
    """So that a short line above it is its heading."""
    found = article([block(0, "The ferry"), *line(1, [f"{text} {text}" for text in SENTENCES])])
    assert [one.role for one in found.blocks] == [Role.HEADING, Role.PARAGRAPH]
    short = article([block(0, "The ferry"), *line(1, SENTENCES[:2])])
    assert [one.role for one in short.blocks] == [Role.PARAGRAPH, Role.PARAGRAPH]


def test_an_item_takes_the_sentences_behind_it_into_its_line() -> None:
    item = Block(0, "It is late.", 3, run=0, role=Role.LIST_ITEM, marker="-")
    assert (
        body_text([item, block(1, "Nobody knows.", goes_on=True)]) == "- It is late. Nobody knows."
    )


def test_sentences_of_a_script_without_spaces_stay_together() -> None:
    blocks = line(0, ["渡し船は欠航。", "理由は誰も知らない。"])
    assert body_text(blocks) == "渡し船は欠航。理由は誰も知らない。"


def test_blocks_read_again_as_a_body_stand_on_their_own() -> None:
    found = plain(line(7), "en").blocks
    assert [one.index for one in found] == [0, 1, 2, 3, 4]
    assert [(one.place, one.goes_on) for one in found] == [(None, False)] * 5


def test_lines_that_would_look_wrapped_are_parted_by_blank_lines() -> None:
    tight = [
        "Gymnasium equipment means machinery, accessories and apparatus installed",
        "throughout training facilities, supporting individual strengthening goals",
        "alongside cardiovascular endurance, flexibility, coordination and balance",
        "programmes for everybody.",
    ]
    texts = ["The hall opened in May.", *tight, "It closes at ten."]
    runs = [0, 1, 1, 1, 1, 2]
    blocks = [
        Block(n, text, len(text.split()), run=run)
        for n, (text, run) in enumerate(zip(texts, runs, strict=True))
    ]
    text = body_text(blocks)
    assert text == "\n\n".join(texts)
    assert [b.text for b in readers.read_plain(text).blocks] == texts
