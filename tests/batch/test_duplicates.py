"""Near-duplicates over a run: copies and updates are found, other articles of the topic are not."""

import base64
import itertools
import os
import random
import subprocess
import sys
import tracemalloc
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from cleanarticle import MissingExtra
from cleanarticle.batch import duplicates
from cleanarticle.batch.duplicates import VALUES, Duplicates, signature
from cleanarticle.language.words import tokens

pytest.importorskip("datasketch")

FERRY = """The ferry left the old harbour at six in the morning and came back empty before noon,
and nobody on the quay could say what had happened to the forty passengers it was meant to fetch.

The harbour office stayed closed until the evening. By then the wind had turned to the north, so the
crew tied the boat to the mill and walked home along the river. Two of them were seen in the inn.

"We waited for an hour," said the captain, who has sailed the route for thirty years and has never
once returned without a single traveller aboard. He had called the island, where no one answered.

On the following day a fisherman found the landing stage under water. The spring tide had lifted it
from its piles in the night, and the travellers had gone back to the village to wait for news.

The council wants to build a stage of steel before the autumn. It will cost nearly two million, and
the island has to pay a third of it, which the mayor called a bitter pill after a poor summer."""
# The same report of another agency: its beginning and some sentences are other ones.
FERRY_AGAIN = """Nobody knows why a ferry came back empty to the old harbour on Tuesday, hours after
it had left at six in the morning to fetch forty passengers from the island, witnesses report.

The harbour office stayed closed until the evening. By then the wind had turned to the north, so the
crew tied the boat to the mill and walked home along the river. Two of them were seen in the inn.

"We waited for an hour," said the captain, who has sailed the route for thirty years and has never
once returned without a single traveller aboard. He had called the island, where no one answered.

On Wednesday a fisherman found the landing stage under water. The spring tide had lifted it
from its piles in the night, and the travellers had gone back to the village to wait for news.

The council wants to build a stage of steel before the autumn. It will cost nearly two million, the
mayor said."""
SAME_TOPIC = [
    """A ferry line to the island will close in October. The council said on Tuesday that the old
    harbour loses money on every crossing, and that forty passengers a day are too few for a boat
    with a crew of five. The captain, who has sailed the route for thirty years, heard it on the
    radio. He will stay at home in winter, he said, and mend the nets of his brother.""",
    """Passengers of the island ferry must pay more from spring. A crossing from the old harbour
    costs nine from then on, the office announced, and a bicycle three. The mayor of the island
    called it a bitter pill. The crew had asked for better pay after a poor summer with much wind,
    and the landing stage has to be mended before the tides of autumn come.""",
    """The old harbour has a museum now. Its first room shows the ferry as it was a hundred years
    ago, with a crew of nine and a stove for the passengers. In the second there hang the nets of
    the fishermen from the island. A film tells of the spring tide that lifted the landing stage
    from its piles, and of the travellers who waited for days in the village.""",
]


def shared(left: str, right: str) -> float:
    """Share of the runs of three words that both texts have."""
    sets = []
    for text in (left, right):
        words = tokens(text)
        sets.append(set(zip(words, words[1:], words[2:], strict=False)))
    return len(sets[0] & sets[1]) / len(sets[0] | sets[1])


def firsts(bodies: Sequence[str]) -> list[int]:
    with Duplicates() as found:
        for number, body in enumerate(bodies):
            found.add(number, signature(body))
        return found.first().tolist()


def packed(values: np.ndarray) -> str:
    return base64.b64encode(values.astype("<u2").tobytes()).decode()


def firsts_of(values: Sequence[np.ndarray | None]) -> list[int]:
    with Duplicates() as found:
        for number, each in enumerate(values):
            found.add(number, None if each is None else packed(each))
        return found.first().tolist()


def noise(seed: int, *shape: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 1 << 16, shape or VALUES, dtype=np.uint16)


def changed(values: np.ndarray, number: int, seed: int) -> np.ndarray:
    """The values with some of them, at random places, other ones."""
    other = values.copy()
    places = np.random.default_rng(seed).permutation(VALUES)[:number]
    other[places] ^= 0x5555
    return other


def text_of(seed: int, words: int = 400) -> list[str]:
    dice = random.Random(seed)
    return [f"word{dice.randrange(5_000)}" for _ in range(words)]


# --- signatures


def test_a_signature_is_short_text_and_depends_on_the_words_alone() -> None:
    found = signature(FERRY)
    assert found is not None
    assert len(base64.b64decode(found)) == 2 * VALUES
    assert found == signature(FERRY.upper().replace("\n\n", " * ").replace(",", " –"))
    assert found != signature(FERRY.replace("ferry", "train"))


def test_a_signature_is_the_same_in_every_process() -> None:
    code = "import sys; from cleanarticle.batch.duplicates import signature\n"
    code += "sys.stdout.write(signature(sys.stdin.read()))"
    source = Path(duplicates.__file__).parents[2]
    for seed in ("1", "2"):  # of the hashes of str, which give sets their order
        done = subprocess.run(
            [sys.executable, "-c", code],
            input=FERRY,
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONPATH": str(source), "PYTHONHASHSEED": seed},
        )
        assert done.stdout == signature(FERRY)


@pytest.mark.parametrize(
    ("body", "signed"),
    [
        ("", False),
        ("word " * 19, False),
        ("word " * 20, True),
        ("船" * 38, False),  # two signs make a word
        ("船" * 39, True),
        (f"\ud83d {'word ' * 20}", True),
        ("w\ud83d" * 20, True),
    ],
)
def test_short_bodies_have_no_signature(body: str, signed: bool) -> None:
    assert (signature(body) is not None) is signed


def test_a_long_body_takes_little_memory() -> None:
    signature(FERRY)  # loads the library
    body = " ".join(text_of(1, 50_000))
    tracemalloc.start()
    assert signature(body)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 25_000_000  # words and shingles; all hashes at once are 28 million more


def test_without_datasketch_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "datasketch", None)
    duplicates._empty.cache_clear()
    for body in ("", FERRY):
        with pytest.raises(MissingExtra, match=r"pip install 'cleanarticle\[dedup\]'"):
            signature(body)


# --- articles


def test_two_versions_of_a_report_are_duplicates() -> None:
    assert 0.55 < shared(FERRY, FERRY_AGAIN) < 0.65
    assert firsts([FERRY, FERRY_AGAIN]) == [-1, 0]
    assert firsts([FERRY_AGAIN, *SAME_TOPIC, FERRY]) == [-1, -1, -1, -1, 0]


def test_other_articles_on_the_topic_are_not() -> None:
    texts = [FERRY, *SAME_TOPIC]
    assert max(shared(*pair) for pair in itertools.combinations(texts, 2)) > 0.01
    assert firsts(texts) == [-1] * 4


def test_a_common_end_does_not_make_duplicates() -> None:
    end = FERRY[-200:]
    assert firsts([text + end for text in SAME_TOPIC]) == [-1] * 3


def test_short_bodies_are_not_marked() -> None:
    short = "This video is not available in your country."
    assert firsts([short, short, FERRY, short, FERRY]) == [-1, -1, -1, -1, 2]


def test_texts_without_spaces_are_compared() -> None:
    text = "昨日の朝、古い港を出た船が乗客を乗せずに戻ってきた。理由は誰にも分からない。"
    text += "船長は三十年この航路を走ってきたが、こんなことは初めてだと語った。"
    other = "市議会は秋までに新しい桟橋を作ることを決めた。費用は島と市が分けて払う予定である。"
    other += "夏の売り上げが悪かった島の町長は、これを苦い薬だと呼んでため息をついた。"
    assert firsts([text, other, text + "風は北から吹いていた。"]) == [-1, -1, 0]


def test_pairs_of_sixty_per_cent_are_found_and_of_thirty_are_not() -> None:
    """Of many invented pairs at once; a single pair says little about a method of chance."""
    bodies = []
    for seed in range(150):
        words, other = text_of(seed), text_of(seed + 10_000)
        bodies += [words, words[:300] + other[300:], other[:200] + words[:200]]
    texts = [" ".join(words) for words in bodies]
    alike = [shared(texts[n], texts[n + 1]) for n in range(0, len(texts), 3)]
    unlike = [shared(texts[n], texts[n + 2]) for n in range(0, len(texts), 3)]
    assert 0.57 < min(alike) <= max(alike) < 0.64
    assert 0.28 < min(unlike) <= max(unlike) < 0.36
    found = firsts(texts)
    wanted = list(range(0, len(texts), 3))
    assert sum(found[n + 1] == n for n in wanted) >= 0.9 * 150
    assert sum(found[n + 2] != -1 for n in wanted) <= 0.03 * 150
    assert [found[n] for n in wanted] == [-1] * 150


# --- the run


def test_ten_thousand_duplicates_are_found_wherever_they_stand() -> None:
    """Copies with a fifth of the values changed, anywhere behind their original."""
    originals = noise(1, 20_000, VALUES)
    dice = np.random.default_rng(2)
    order = np.concatenate([np.arange(20_000), dice.integers(0, 20_000, 10_000)])
    pages = originals[order]
    for row in range(20_000, 30_000):
        pages[row] = changed(pages[row], 12, row)
    shuffled = dice.permutation(30_000)
    earliest: dict[int, int] = {}
    wanted = [earliest.setdefault(int(order[row]), n) for n, row in enumerate(shuffled)]
    wanted = [-1 if first == n else first for n, first in enumerate(wanted)]
    assert sum(first >= 0 for first in wanted) > 8_000
    found = firsts_of(list(pages[shuffled]))
    wrong = [n for n in range(30_000) if found[n] != wanted[n]]
    # Two changed copies of an original that stands behind both share 0.66 of their values.
    assert len(wrong) <= 60
    assert all(
        order[shuffled[found[n]]] == order[shuffled[n]] for n in range(30_000) if found[n] >= 0
    )


def test_pages_may_come_in_any_order_and_numbers_may_be_missing() -> None:
    page, other = noise(1), noise(2)
    with Duplicates() as found:
        for number, values in ((9, page), (4, other), (2, page), (70, other), (5, page)):
            found.add(number, packed(values))
        found.add(71, None)
        first = found.first()
    assert first.dtype == np.int64
    assert first.tolist() == [-1] * 5 + [2] + [-1] * 3 + [2] + [-1] * 60 + [4, -1]


def test_no_pages_and_no_signatures() -> None:
    assert firsts([]) == []
    assert firsts_of([None, None, noise(1)]) == [-1, -1, -1]


def test_first_may_be_asked_again_when_more_has_come() -> None:
    with Duplicates() as found:
        found.add(0, packed(noise(1)))
        assert found.first().tolist() == [-1]
        found.add(1, packed(noise(1)))
        assert found.first().tolist() == found.first().tolist() == [-1, 0]


def test_similarity_is_counted_at_its_limit() -> None:
    page = noise(1)
    last = page.copy()
    last[32:] ^= 1  # 32 of 63 are equal, in ten bands and two values
    assert firsts_of([page, last]) == [-1, 0]
    last[31] ^= 1
    assert firsts_of([page, last]) == [-1, -1]


def test_a_chain_leads_to_its_beginning() -> None:
    pages = [noise(1)]
    for _ in range(6):  # the last shares nothing with the first
        following = pages[-1].copy()
        place = 10 * (len(pages) - 1)
        following[place : place + 10] ^= 7
        pages.append(following)
    assert (pages[0] == pages[4]).mean() < 0.5
    assert firsts_of(pages) == [-1, 0, 0, 0, 0, 0, 0]
    assert firsts_of([*noise(2, 50, VALUES), *pages])[50:] == [-1] + [50] * 6


def test_a_page_between_two_belongs_to_the_earlier_and_does_not_join_them() -> None:
    first, second = noise(1), noise(1)
    second[:36] ^= 7
    between = first.copy()
    between[:18] ^= 7
    assert (first == second).mean() < 0.5
    assert firsts_of([first, second, between]) == [-1, -1, 0]
    assert firsts_of([second, first, between]) == [-1, -1, 0]


def test_the_result_is_the_same_each_time() -> None:
    pages = [changed(noise(number % 40), 20, number) for number in range(400)]
    once = firsts_of(pages)
    assert once == firsts_of(pages)
    assert sum(first >= 0 for first in once) > 300


def test_blocks_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [changed(noise(number % 40), 20, number) for number in range(400)]
    whole = firsts_of(pages)
    for block in (1, 7, 64):
        monkeypatch.setattr(duplicates, "_BLOCK", block)
        assert firsts_of(pages) == whole


def test_very_many_copies_are_compared_with_a_few(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []
    whole = Duplicates._are_near

    def counted(self: Duplicates, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        compared.append(len(left))
        return whole(self, left, right)

    monkeypatch.setattr(Duplicates, "_are_near", counted)
    copy, unlike = packed(noise(1)), noise(2)
    unlike[:3] = noise(1)[:3]  # shares a band with the copies, and no more
    with Duplicates() as found:
        found.add(0, packed(unlike))
        for number in range(1, 100_000):
            found.add(number, copy)
        first = found.first()
    assert first[:2].tolist() == [-1, -1]
    assert (first[2:] == 1).all()
    assert sum(compared) < 500_000


def test_memory_is_a_few_bytes_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duplicates, "_BLOCK", 1 << 11)  # what a block takes does not grow
    pages = 200_000
    values = noise(3, pages, VALUES)
    with Duplicates() as found:
        for number in range(pages):
            found.add(number, packed(values[number]))
        tracemalloc.start()
        first = found.first()
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert (first == -1).all()
    assert 16 * pages < peak < 22 * pages


def test_the_file_lies_in_the_folder_asked_for_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Duplicates(tmp_path / "missing")
    with Duplicates(tmp_path) as found:
        found.add(0, packed(noise(1)))
        assert found.first().tolist() == [-1]
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ValueError, match="closed"):
        found.add(1, packed(noise(1)))
