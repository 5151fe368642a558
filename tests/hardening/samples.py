"""The pages that relations are tried on, and digests of what is made of them."""

import gzip
import hashlib
import json
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from random import Random

import cases
import cleanarticle
from cleanarticle import Article
from cleanarticle.readers.decode import decode
from hardening.changes import lf

SETS = ("wcxb_dev", "news424", "fundus_a")
CORPUS_PAGES = 300
SEED = 1
_CHILD = "from hardening.samples import main; main()"


@dataclass(frozen=True, slots=True)
class Sample:
    """A page, by the place where it can be read."""

    name: str
    path: str
    url: str | None
    is_html: bool
    of_corpus: bool = False

    @property
    def data(self) -> bytes:
        """The bytes as they came."""
        data = Path(self.path).read_bytes()
        return gzip.decompress(data) if self.path.endswith(".gz") else data

    @property
    def page(self) -> str:
        """The text, with LF at line ends."""
        return _page(self)

    @property
    def article(self) -> Article:
        """What is made of the text."""
        return _article(self)

    def chance(self) -> Random:
        return Random(self.name)


@lru_cache(maxsize=4)
def _page(sample: Sample) -> str:
    return lf(decode(sample.data))


@lru_cache(maxsize=4)
def _article(sample: Sample) -> Article:
    return cleanarticle.extract(sample.page, url=sample.url)


def fixtures() -> list[Sample]:
    """All pages of the test cases."""
    return [
        Sample(
            f"{path.parent.parent.name}/{path.parent.name}/{path.name}",
            str(path),
            cases.case(path.parent).get("url"),
            path.suffix == ".html",
        )
        for path in cases.pages()
    ]


def of_corpus(corpus: Path, count: int = CORPUS_PAGES) -> list[Sample]:
    """As many pages of each set, chosen by chance and the same in every run."""
    found = []
    for name in SETS:
        rows = [json.loads(line) for line in (corpus / f"{name}.jsonl").open(encoding="utf-8")]
        for row in Random(SEED).sample(rows, min(count // len(SETS), len(rows))):
            place = str(corpus / row["html"])
            found.append(Sample(f"{name}/{row['id']}", place, row["url"], True, of_corpus=True))
    return found


def digest(sample: Sample) -> str:
    """Of the article that is made of the bytes as they came."""
    article = cleanarticle.extract(sample.data, url=sample.url)
    return hashlib.sha256(repr(article).encode()).hexdigest()


def digests_of_child(
    samples: Sequence[Sample], environment: Mapping[str, str], folder: str | None = None
) -> list[str]:
    """The digests as another process makes them, in another environment or working directory."""
    ran = subprocess.run(
        [sys.executable, "-c", _CHILD],
        input="\n".join(json.dumps(asdict(sample)) for sample in samples),
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **environment},
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return ran.stdout.split()


def digests_of_threads(samples: Sequence[Sample], threads: int) -> list[str]:
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(digest, samples))


def digests_of_processes(samples: Sequence[Sample], processes: int) -> list[str]:
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        return pool.map(digest, samples, chunksize=8)


def main() -> None:
    """What the other process does: samples come as lines of JSON, digests go out."""
    import locale

    locale.setlocale(locale.LC_ALL, "")
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    for line in sys.stdin:
        print(digest(Sample(**json.loads(line))))
