"""A real spreadsheet program opens the CSV of hostile rows: no cell becomes a formula."""

import csv
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from cleanarticle.article import Article
from cleanarticle.batch.item import Item, Status
from cleanarticle.batch.row import row_of
from cleanarticle.batch.sinks import columns_of, write
from hardening import vectors
from hardening.findings import Finding

_BEFORE = ("", " ", "\t", "\r", "\n", "'", '"', "\u00a0", "\u200b", "\ufeff", "\x0b", "\u2028")
_FORMULAS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "＝1+1",
    "=cmd|'/c x'!A0",
    '=HYPERLINK("http://127.0.0.1/","x")',
    '=WEBSERVICE("http://127.0.0.1/")',
    "{=1+1}",
    '=1+1"',
    '",=1+1,"',
)
_COMMA_QUOTE_UTF8 = "CSV:44,34,76,1"
_MOST_SECONDS = 180


def findings() -> Iterator[Finding]:
    """Rows of formulas as a batch writes them and, as a control, as they are."""
    program = shutil.which("soffice")
    if program is None:
        print("browser: no soffice, so CSV is not opened in a spreadsheet program", file=sys.stderr)
        return
    texts = [before + formula for before in _BEFORE for formula in _FORMULAS]
    texts += [*vectors.LIVE, *vectors.MARKDOWN]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [_row(number, text) for number, text in enumerate(texts)]
        write(folder / "batch.csv", "csv", cast("Any", rows), columns_of())
        with (folder / "control.csv").open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([text] for text in texts)
        found = _formulas(program, folder, "batch")
        control = _formulas(program, folder, "control")
    happened = f"{found} formulas; control, the same texts as they are: {control}"
    tried = "CSV of a batch with formulas in each column, opened in LibreOffice"
    yield Finding(tried, len(texts), happened, holds=found == 0 < control)


def _row(number: int, text: str) -> Any:
    article = Article(
        title=text, authors=(text, text), body=text, description=text, site_name=text, url=text
    )
    item = Item(page=text, id=text, source=text, position=number)
    return row_of(item, article, Status.OK, text)


def _formulas(program: str, folder: Path, name: str) -> int:
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        f"--infilter={_COMMA_QUOTE_UTF8}",
        *("--convert-to", "fods", "--outdir", str(folder), str(folder / f"{name}.csv")),
    ]
    subprocess.run(command, check=True, timeout=_MOST_SECONDS, capture_output=True)
    return (folder / f"{name}.fods").read_text("utf-8").count("table:formula=")
