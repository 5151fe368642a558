"""Make a new case folder from a saved page.

    python tests/add_case.py KIND SLUG FILE [FILE …] [--why "…"] [--present "…"] [--absent "…"]

KIND is a kind of boilerplate, or article, metadata, encoding, language, plaintext. SLUG says what
is special and ends in the language, such as inline-signup-de. A file whose name ends in .txt
becomes page.txt, any other page.html. `--removed "…"` claims a text of that KIND. Then run
`python -m pytest tests -k SLUG`: a new case must fail first. The page goes into the repository, so
cut it down and put invented prose into its place.
"""

import argparse
import json
import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from cleanarticle.records import Kind

FIXTURES = Path(__file__).parent / "fixtures"
KINDS = [*(str(kind) for kind in Kind if kind is not Kind.OTHER)]
FOLDERS = [*KINDS, "article", "metadata", "encoding", "language", "plaintext"]
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*-[a-z]{2}")


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("kind", choices=FOLDERS)
    parser.add_argument("slug")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--why", default="say here what is special about the page")
    for claim in ("present", "absent", "removed"):
        parser.add_argument(f"--{claim}", action="append", default=[], metavar="TEXT")
    arguments = parser.parse_args(argv)
    if not SLUG.fullmatch(arguments.slug):
        parser.error(f"{arguments.slug}: small letters and hyphens, a language code at the end")
    if arguments.removed and arguments.kind not in KINDS:
        parser.error(f"--removed names a kind of boilerplate, and {arguments.kind} is none")
    for file in arguments.files:
        if not file.is_file():
            parser.error(f"{file}: no such file")
    return arguments


def claims(arguments: argparse.Namespace) -> str:
    """The text of case.toml."""
    lines = [f"why = {quoted(arguments.why)}"]
    lines += [
        f"{key} = {listed(vars(arguments)[key])}"
        for key in ("present", "absent")
        if vars(arguments)[key]
    ]
    if arguments.removed:
        lines += ["[removed]", f"{arguments.kind} = {listed(arguments.removed)}"]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # a JSON string is a TOML string


def listed(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(quoted, texts))}]"


def main(argv: Sequence[str] | None = None, fixtures: Path = FIXTURES) -> int:
    arguments = parse(argv)
    folder = fixtures / arguments.kind / arguments.slug
    if folder.exists():
        print(f"{folder} is there already", file=sys.stderr)
        return 1
    folder.mkdir(parents=True)
    for file in arguments.files:
        name = "page.txt" if file.suffix == ".txt" else "page.html"
        shutil.copyfile(file, folder / name)
    (folder / "case.toml").write_text(claims(arguments), "utf-8")
    print(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
