"""Resource bombs: small or large pages that cost other extractors minutes or gigabytes.

Each runs in a process of its own, so that its peak memory is its own.
"""

import gzip
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from hardening.findings import Finding, Setting

SENTENCE = (
    "The committee met on Tuesday and agreed that the old bridge should be kept open to walkers, "
    "cyclists and the occasional tractor until the new one is ready."
)
STORY = f"<p>{SENTENCE}</p>" * 4
TEXT_STORY = f"{SENTENCE}\n\n" * 4
MEGABYTE = 1_000_000
# The promise: seconds, and bytes of memory beyond what the process has after a small page.
SECONDS, SECONDS_A_MEGABYTE = 2.0, 1.0
MEMORY, MEMORY_A_BYTE = 200 * MEGABYTE, 20
_CHILD_SECONDS = 300


def _json_ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>{STORY}'


def _packed(size: int, members: int = 1) -> bytes:
    """A gzip file of so many bytes when unpacked."""
    filler = b"<p>" + b"lorem " * (size // members // 6)
    return gzip.compress(STORY.encode()) + gzip.compress(filler) * members


HTML: dict[str, Callable[[], str | bytes]] = {
    "300 nested elements": lambda: "<div>" * 300 + STORY,
    "5,000 nested elements": lambda: "<div>" * 5_000 + STORY,
    "100,000 nested elements": lambda: "<div>" * 100_000 + STORY,
    "100,000 nested inline elements": lambda: "<b>" * 100_000 + STORY,
    "50,000 short paragraphs": lambda: "<p>Short text here, no more.</p>" * 50_000 + STORY,
    "50,000 paragraphs of a letter": lambda: "<p>x</p>" * 50_000 + STORY,
    "a million paragraphs of a letter": lambda: STORY + "<p>x" * 1_000_000,
    "20,000 links in a list": lambda: STORY + "<ul>" + "<li><a href='/x'>A link</a>" * 20_000,
    "one text of 5 MB": lambda: (
        f"<p>{'Words and more words, until the end. ' * 140_000}</p>" + STORY
    ),
    "one word of 5 MB": lambda: f"<p>{'a' * 5_000_000}</p>" + STORY,
    "5 MB of spaces": lambda: f"<p>a{' ' * 5_000_000}</p>" + STORY,
    "an attribute of 5 MB": lambda: f"<p title='{'a' * 5_000_000}'>x</p>" + STORY,
    "100,000 attributes": lambda: f"<p {' '.join(f'a{n}=1' for n in range(100_000))}>x</p>" + STORY,
    "500 nested tables": lambda: "<table><tr><td>" * 500 + STORY + "</table>" * 500,
    "1,000 nested lists": lambda: "<ul><li>" * 1_000 + STORY,
    "20,000 unclosed tags": lambda: "<div class=a>x " * 20_000 + STORY,
    "300,000 entities": lambda: STORY + "&amp;&lt;&#x41; " * 100_000,
    "500,000 line breaks": lambda: STORY + "<p>" + "x<br>" * 500_000,
    "3 MB of less-than signs": lambda: STORY + "<" * 3_000_000,
    "a million empty elements": lambda: STORY + "<a>" * 1_000_000,
    "JSON-LD, 100,000 nested lists": lambda: _json_ld("[" * 100_000),
    "JSON-LD, 100,000 nested objects": lambda: _json_ld('{"a":' * 100_000),
    "JSON-LD, 100,000 nested lists, closed": lambda: _json_ld("[" * 100_000 + "]" * 100_000),
    "JSON-LD of 2 MB of quotation marks": lambda: _json_ld('"' * 2_000_000),
    "an unclosed comment": lambda: f"{STORY}<!-- {STORY * 5_000}",
    "an unclosed script": lambda: f"{STORY}<script> {STORY * 5_000}",
    "an unclosed quotation mark": lambda: f'{STORY}<p title="{STORY * 5_000}',
    "20,000 bylines and dates": lambda: STORY + "<p>By Ann Lee, 3 May 2024</p>" * 20_000,
    "gzip that unpacks to 200 MB": lambda: _packed(200 * MEGABYTE),
    "gzip of 2,000 members, 200 MB": lambda: _packed(200 * MEGABYTE, 2_000),
}
TEXT: dict[str, Callable[[], str | bytes]] = {
    "200,000 lines": lambda: TEXT_STORY + "A line.\n" * 200_000,
    "500,000 lines of a letter": lambda: TEXT_STORY + "x\n" * 500_000,
    "500,000 paragraphs of a letter": lambda: TEXT_STORY + "x\n\n" * 500_000,
    "one line of 5 MB": lambda: "word " * 1_000_000,
    "one word of 5 MB": lambda: "a" * 5_000_000,
    "5 MB of spaces": lambda: TEXT_STORY + " " * 5_000_000,
    "1,500,000 Chinese signs": lambda: "的" * 1_500_000,
    "1,000,000 combining marks": lambda: TEXT_STORY + "a" + "\u0301" * 1_000_000,
    "1,000,000 quotation marks": lambda: TEXT_STORY + '" ' * 1_000_000,
    "20,000 bylines and dates": lambda: TEXT_STORY + "By Ann Lee, 3 May 2024\n" * 20_000,
}
_CODE = """
import sys
from hardening.bombs import run
run(sys.argv[1], sys.argv[2])
"""


def run(kind: str, name: str) -> None:
    """In a process of its own: extract one bomb and print what it took, as JSON."""
    import cleanarticle

    for warm in ("html", "text"):
        cleanarticle.extract(STORY if warm == "html" else TEXT_STORY, kind=warm)  # type: ignore[arg-type]
    given = (HTML if kind == "html" else TEXT)[name]()
    page = given if isinstance(given, bytes) else given.encode()
    del given
    before = _peak_reset()
    begun = time.process_time()
    article = cleanarticle.extract(page, kind=kind)  # type: ignore[arg-type]
    seconds = time.process_time() - begun
    print(
        json.dumps(
            {
                "bytes": len(page),
                "seconds": seconds,
                "memory": max(_peak() - before, 0),
                "notes": article.notes,
            }
        )
    )


def _peak_reset() -> int:
    """Memory now, in bytes; the peak is counted from here on where the system allows it."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
        return _status("VmRSS")
    except OSError:
        return _peak()


def _peak() -> int:
    try:
        return _status("VmHWM")
    except OSError:
        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _status(name: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(name))


def findings(setting: Setting) -> Iterator[Finding]:
    """One row a bomb; the short form leaves none out, they take a minute."""
    for kind, bombs in (("html", HTML), ("text", TEXT)):
        for name in bombs:
            yield _finding(kind, name)


def _finding(kind: str, name: str) -> Finding:
    tests = str(Path(__file__).parent.parent)
    command = [
        sys.executable,
        "-c",
        f"import sys; sys.path.insert(0, {tests!r}){_CODE}",
        kind,
        name,
    ]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_CHILD_SECONDS, check=False
        )
        found: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return Finding(f"{kind}: {name}", 1, f"not done within {_CHILD_SECONDS} s", holds=False)
    except ValueError:
        reason = done.stderr.strip().rpartition("\n")[2]
        return Finding(f"{kind}: {name}", 1, f"ended with {done.returncode}: {reason}", holds=False)
    size, seconds, memory = found["bytes"], found["seconds"], found["memory"]
    bound = SECONDS + SECONDS_A_MEGABYTE * size / MEGABYTE
    most = MEMORY + MEMORY_A_BYTE * size
    happened = (
        f"{size / MEGABYTE:.2f} MB: {seconds:.2f} s of {bound:.1f}, {memory / MEGABYTE:.0f} MB of "
        f"{most / MEGABYTE:.0f}; {'; '.join(found['notes']) or 'whole'}"
    )
    return Finding(f"{kind}: {name}", 1, happened, seconds <= bound and memory <= most)
