"""`cleanarticle batch SOURCE… -o OUT`: a row for each page of archives, tables and folders."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from cleanarticle.batch import Choices, Interrupted, Progress, Reading, Status, Summary, rows, run
from cleanarticle.batch.journal import path_for
from cleanarticle.batch.runner import GOOD, is_whole
from cleanarticle.batch.sinks import FORMATS, columns_of, format_of
from cleanarticle.batch.sinks.json_lines import line
from cleanarticle.cli import arguments as shared
from cleanarticle.cli import config, exits
from cleanarticle.cli.pages import complain
from cleanarticle.errors import CleanArticleError, OptionError, WeightsError

_DESCRIPTION = "Write a row for each page of folders, archives, tables and lists of addresses."
_EXAMPLES = """\
examples:
  cleanarticle batch pages/ -o articles.jsonl             all pages of a folder
  cleanarticle batch crawl-*.warc.gz -o articles.parquet  all responses of WARC files
  cleanarticle batch crawl.warc.wet.gz -o articles.jsonl.gz
  cleanarticle batch pages.jsonl pages.parquet -o markdown/
  cleanarticle batch urls:list.txt feed:https://example.org/feed -o news.csv
  cleanarticle batch pages/ -o articles.jsonl --resume    go on with a run that was ended
  cleanarticle batch pages/ -o good.jsonl --filter 'page_type == "article" and words > 100'
  cat pages.jsonl | cleanarticle batch - -o - --fields url,title,body

exit codes: 0 all good, 1 some inputs failed, 2 usage, 3 nothing extracted, 130 interrupted
"""
_STDOUT = "-"
_SWITCH = argparse.BooleanOptionalAction  # so that the command line can undo a setting


def run_batch(argv: Sequence[str]) -> int:
    """Run the subcommand; returns the exit code."""
    parser = _parser()
    arguments = config.parse(parser, argv, "batch")
    try:
        choices = _choices(arguments)
        if arguments.output == _STDOUT:
            return _stream(arguments, choices)
        return _write(arguments, choices)
    except (OptionError, WeightsError) as error:
        parser.error(str(error))
    except Interrupted as error:
        complain(str(error))
        return exits.INTERRUPTED
    except CleanArticleError as error:
        complain(str(error))
    except BrokenPipeError:
        raise
    except OSError as error:
        complain(f"{error.filename or _named(arguments.output)}: {error.strerror or error}")
    except KeyboardInterrupt:
        complain("interrupted" if arguments.output == _STDOUT else "interrupted: resume to go on")
        return exits.INTERRUPTED
    return exits.SOME_FAILED


def _named(output: str) -> str:
    return "standard output" if output == _STDOUT else output


def _parser() -> argparse.ArgumentParser:
    made = shared.bare("cleanarticle batch", _DESCRIPTION, _EXAMPLES)
    made.add_argument(
        "sources",
        nargs="+",
        metavar="SOURCE",
        help="files, folders and globs of HTML, text, WARC, WET, JSONL, CSV and Parquet; "
        "addresses; urls:FILE, feed:URL, sitemap:URL; - for standard input",
    )
    made.add_argument(
        "-o", "--output", required=True, metavar="OUT", help="file, folder, or - for JSON lines"
    )
    made.add_argument("--format", choices=FORMATS, help="(default: told by the name of OUT)")
    shared.add_choices(made)
    _add_selection(made)
    _add_reading(made)
    _add_running(made)
    return made


def _add_selection(made: argparse.ArgumentParser) -> None:
    group = made.add_argument_group("which rows and columns are written")
    group.add_argument("--fields", metavar="A,B", help="only these columns, in this order")
    group.add_argument("--filter", metavar="TEST", help="only rows that pass the test")
    group.add_argument("--min-words", type=int, default=0, metavar="N", help="of the body")
    group.add_argument("--language", metavar="CODE", help="only rows in it, such as en")
    group.add_argument("--dedup", action=_SWITCH, default=False, help="fill duplicate_of")


def _add_reading(made: argparse.ArgumentParser) -> None:
    group = made.add_argument_group("how tables and large pages are read")
    for name in ("html", "text", "url", "id"):
        group.add_argument(f"--{name}-column", metavar="NAME", help="of JSONL, CSV and Parquet")
    group.add_argument(
        "--max-bytes", type=int, default=Reading().max_bytes, metavar="N", help="of one page"
    )


def _add_running(made: argparse.ArgumentParser) -> None:
    group = made.add_argument_group("how the run goes")
    default = Choices()
    group.add_argument("--jobs", type=int, metavar="N", help="processes (default: one a processor)")
    group.add_argument(
        "--timeout", type=float, default=default.timeout, metavar="SECONDS", help="for one page"
    )
    group.add_argument(
        "--max-memory", type=int, default=default.max_memory, metavar="MB", help="for one page"
    )
    group.add_argument(
        "--ordered",
        action=_SWITCH,
        default=False,
        help="with -o -: keep the order (files always do)",
    )
    group.add_argument(
        "--resume", action=_SWITCH, default=False, help="go on with a run that was ended"
    )
    group.add_argument(
        "--overwrite", action=_SWITCH, default=False, help="replace an OUT that is there"
    )
    group.add_argument("--quiet", action=_SWITCH, default=False, help="no progress and no summary")
    group.add_argument("--report", type=Path, metavar="FILE", help="write the figures as JSON")
    group.add_argument("--config", type=Path, metavar="FILE", help=config.HELP)


def _choices(arguments: Any) -> Choices:
    reading = Reading(
        kind=arguments.kind,
        max_bytes=arguments.max_bytes,
        html_column=arguments.html_column,
        text_column=arguments.text_column,
        url_column=arguments.url_column,
        id_column=arguments.id_column,
    )
    names, streams = arguments.fields, arguments.output == _STDOUT
    return Choices(
        options=shared.options_of(arguments),
        reading=reading,
        jobs=arguments.jobs,
        timeout=arguments.timeout,
        max_memory=arguments.max_memory,
        ordered=arguments.ordered,
        dedup=arguments.dedup,
        filter=arguments.filter,
        min_words=arguments.min_words,
        language=arguments.language,
        fields=None if names is None else [name.strip() for name in names.split(",")],
        format=None if streams else format_of(arguments.output, arguments.format),
    )


def _stream(arguments: Any, choices: Choices) -> int:
    """Write JSON lines to standard output as rows are done."""
    given = (arguments.resume, arguments.overwrite, arguments.dedup, arguments.report)
    if any(given) or arguments.format:
        raise OptionError("-o - goes without --resume, --overwrite, --dedup, --report and --format")
    columns, selects = columns_of(choices.fields), choices.selects()
    everything = replace(choices, filter=None, min_words=0, language=None)  # to count all
    counts = dict.fromkeys(map(str, Status), 0)
    with Progress(sys.stderr, arguments.quiet) as progress:
        for row in rows(arguments.sources, everything):
            if selects is None or selects(row):
                values: dict[str, Any] = dict(row)
                sys.stdout.buffer.write(line({name: values[name] for name in columns}))
                sys.stdout.buffer.flush()
            counts[row["status"]] += 1
            progress.advance(failed=row["status"] not in GOOD)
    return _exit(counts)


def _write(arguments: Any, choices: Choices) -> int:
    _check_report(arguments)
    output = Path(arguments.output)
    if arguments.resume and not path_for(output).exists() and is_whole(output):
        complain(f"{output} is whole: there is nothing to go on with")
        return exits.GOOD
    with Progress(sys.stderr, arguments.quiet) as progress:
        summary = run(
            arguments.sources,
            output,
            choices,
            resume=arguments.resume,
            overwrite=arguments.overwrite,
            progress=progress,
        )
    _tell(summary, arguments)
    return _exit(dict(summary.counts))


def _check_report(arguments: Any) -> None:
    """Meet a report that cannot be written before the run, not at its end."""
    report = arguments.report
    if report is None:
        return
    if report.is_dir() or not report.absolute().parent.is_dir():
        raise OptionError(f"--report: {report} cannot be written there")
    if report.resolve() == Path(arguments.output).resolve():
        raise OptionError(f"--report: {report} is the output")


def _tell(summary: Summary, arguments: Any) -> None:
    if arguments.report is not None:
        text = json.dumps(summary.to_dict(), ensure_ascii=False, indent=2)
        arguments.report.write_text(text + "\n", "utf-8", "backslashreplace")
    if not arguments.quiet:
        sys.stderr.write(summary.to_text() + "\n")


def _exit(counts: dict[str, int]) -> int:
    if any(number for status, number in counts.items() if status not in GOOD):
        return exits.SOME_FAILED
    return exits.GOOD if counts[Status.OK] else exits.NOTHING
