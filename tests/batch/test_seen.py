"""The set of inputs that have been read."""

import tracemalloc

from cleanarticle.batch.seen import Seen


def test_a_key_is_added_once() -> None:
    seen = Seen()
    assert ("a", 0) not in seen
    assert seen.add(("a", 0))
    assert not seen.add(("a", 0))
    assert ("a", 0) in seen
    assert len(seen) == 1


def test_keys_differ_by_source_and_position() -> None:
    seen = Seen()
    keys = [
        ("a", 0),
        ("a", 1),
        ("b", 0),
        ("a1", 0),
        ("a", 10),
        ("", 0),
        ("\ud800", 0),
        ("\\ud800", 0),
    ]
    assert [seen.add(key) for key in keys] == [True] * len(keys)
    assert len(seen) == len(keys)


def test_nothing_is_lost_when_it_grows() -> None:
    seen = Seen()
    number = 120_000
    assert all(seen.add(("crawl.warc.gz", position)) for position in range(number))
    assert len(seen) == number
    assert all(("crawl.warc.gz", position) in seen for position in range(number))
    assert not any(("crawl.warc.gz", position) in seen for position in range(number, 2 * number))
    assert not any(seen.add(("crawl.warc.gz", position)) for position in range(0, number, 7))


def test_it_takes_few_bytes_a_key_also_while_it_grows() -> None:
    tracemalloc.start()
    try:
        seen = Seen()
        for position in range(65_537):  # the last one makes it grow
            seen.add(("s", position))
        now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert now <= 33 * len(seen)
    assert peak <= 60 * len(seen)
