"""`python tests/benchmarks/batch.py CORPUS`: a batch over a large WARC, whole and under load.

The WARC is made of labelled pages, with requests, answers that are no page, broken members,
false lengths, huge records and bombs among them. Printed are whether each response got exactly one
row, the memory of the parent, pages a second with one and with two jobs, and those of trafilatura's
own command on the same folder of pages.
"""

import argparse
import gzip
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "batch"))

import warcs

from cleanarticle.training import corpus

RESPONSES = 7000  # with their requests and metadata, the WARC has three times so many records
PAIR = 600  # pages that one job and two jobs, and the other command, are timed on
SEED = 5
EVERY = 0.25  # seconds between two looks at the parent's memory
HUGE, BOMB = 30_000_000, 300_000_000  # bytes of a record, and of what one unpacks to


def main() -> int:
    """Run all parts; 1 if a response was lost or repeated."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, help="folder of SET.jsonl files")
    parser.add_argument("--responses", type=int, default=RESPONSES)
    parser.add_argument("--pair", type=int, default=PAIR)
    given = parser.parse_args()
    pages = [page for page in corpus.read(given.corpus) if page.html.exists()]
    random.Random(SEED).shuffle(pages)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive = folder / "crawl.warc.gz"
        wanted = write(archive, pages, given.responses)
        lost = whole(archive, folder / "out.jsonl", wanted)
        timed(pages[: given.pair], folder)
    return int(lost)


def write(path: Path, pages: list[corpus.LabelledPage], number: int) -> Counter[str]:
    """Write the WARC; returns the ids of its responses, those of broken members by "broken"."""
    wanted: Counter[str] = Counter()
    records = 1
    with path.open("wb") as out:
        out.write(warcs.member(warcs.info()))
        for position in range(number):
            name = f"page-{position}"
            out.write(warcs.member(warcs.request(name)))
            packed, known = _response(position, pages[position % len(pages)].data(), name)
            out.write(packed)
            wanted[name if known else "broken"] += 1
            block = b"fetchTimeMs: 12\r\n"
            more = warcs.record("metadata", name, block, content_type="application/warc-fields")
            out.write(warcs.member(more))
            records += 3
    print(f"{path.name}: {records:,} records, {path.stat().st_size / 1e6:,.0f} MB")
    return wanted


def _response(position: int, data: bytes, name: str) -> tuple[bytes, bool]:
    """A member with a response, and whether its id can be read; each sort of harm in its turn."""
    http = warcs.http
    plain = warcs.record("response", name, http(data))
    harms = {
        7: lambda: warcs.record(
            "response", name, http(b"%PDF-1.7", content_type="application/pdf")
        ),
        17: lambda: warcs.record("response", name, http(b"gone", status="404 Not Found")),
        27: lambda: warcs.record(
            "response", name, http(gzip.compress(data), more=["Content-Encoding: gzip"])
        ),
        37: lambda: warcs.record(
            "response", name, http(data[:500], more=["Content-Length: 99999"])
        ),
    }
    if position % 1000 == 501:
        return warcs.member(
            warcs.record("response", name, http(b"<p>" + b"a " * (HUGE // 2)))
        ), True
    if position % 1000 == 502:
        bomb = gzip.compress(bytes(BOMB))
        return warcs.member(
            warcs.record("response", name, http(bomb, more=["Content-Encoding: gzip"]))
        ), True
    if position % 200 == 77:
        packed = warcs.member(plain)
        return warcs.spoilt(packed, 12), False
    return warcs.member(harms.get(position % 50, lambda: plain)()), True


def whole(archive: Path, output: Path, wanted: Counter[str]) -> bool:
    """Run the batch over the archive; returns whether a response was lost or repeated."""
    begun = time.monotonic()
    command = [*_ours(), str(archive), "-o", str(output), "--timeout", "30", "--quiet"]
    process = subprocess.Popen(command)
    memory = dict(_watched(process, Path(f"{output}.partial")))
    seconds = time.monotonic() - begun
    found: Counter[str] = Counter()
    statuses: Counter[str] = Counter()
    for text in output.read_text("utf-8").split("\n"):
        if text:
            row = json.loads(text)
            known = row["id"] in wanted
            found[row["id"] if known else "broken"] += 1
            statuses[row["status"]] += 1
    lost, more = (wanted - found).total(), (found - wanted).total()
    print(f"exit code {process.returncode}, {seconds:,.0f} s, {dict(statuses)}")
    print(f"responses {wanted.total():,}, rows {found.total():,}, lost {lost}, repeated {more}")
    first = [size for rows, size in memory.items() if rows <= 1000]
    print(
        f"memory of the parent: {max(first, default=0):.0f} MB up to 1,000 rows, "
        f"{max(memory.values(), default=0):.0f} MB at most"
    )
    return bool(lost or more)


def _watched(process: subprocess.Popen[bytes], journal: Path) -> Iterator[tuple[int, float]]:
    """(rows done, megabytes of the parent) now and then, until it ends."""
    rows = read = 0
    while process.poll() is None:
        time.sleep(EVERY)
        if not journal.exists():
            continue
        with journal.open("rb") as file:
            file.seek(read)
            data = file.read()
        rows, read = rows + data.count(b"\n"), read + len(data)
        try:
            status = Path(f"/proc/{process.pid}/status").read_text("ascii")
        except OSError:
            return
        if "VmRSS:" in status:
            yield rows, int(status.split("VmRSS:")[1].split()[0]) / 1000


def timed(pages: list[corpus.LabelledPage], folder: Path) -> None:
    """Pages a second of one job, of two, and of trafilatura's command."""
    source = folder / "pages"
    source.mkdir()
    for number, page in enumerate(pages):
        (source / f"{number:05}.html").write_bytes(page.data())
    other = ["trafilatura", "--input-dir", str(source), "--json", "--with-metadata", "--parallel"]
    commands = {
        f"cleanarticle, {jobs} jobs": [
            *(*_ours(), str(source), "-o", str(folder / f"{jobs}.jsonl"), "--quiet"),
            *("--jobs", str(jobs)),
        ]
        for jobs in (1, 2)
    }
    commands["trafilatura, 2 jobs"] = [*other, "2", "--output-dir", str(folder / "theirs")]
    commands["trafilatura --fast, 2 jobs"] = [
        *(*other, "2", "--fast", "--output-dir", str(folder / "fast"))
    ]
    for name, command in commands.items():
        begun = time.monotonic()
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        seconds = time.monotonic() - begun
        print(f"{name:<28}{len(pages) / seconds:8.1f} pages/s")


def _ours() -> list[str]:
    return [sys.executable, "-m", "cleanarticle", "batch"]


if __name__ == "__main__":
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.exit(main())
