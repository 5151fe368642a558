"""Settings from a TOML file: the command line goes over it, and it over the defaults.

A file's tables are named for the subcommands; its keys are the long options without their dashes.
"""

import argparse
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

NAME, PROJECT = "cleanarticle.toml", "pyproject.toml"
HELP = f"settings (default: {NAME}, else [tool.cleanarticle.batch] of {PROJECT}, in this folder)"
_NEVER = {"help", "version", "config"}


def parse(parser: argparse.ArgumentParser, argv: Sequence[str], command: str) -> Any:
    """The arguments of a subcommand, with the settings of a file as its defaults.

    Exits with 2 where the file cannot be used.
    """
    first = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    first.add_argument("--config", type=Path)
    named = first.parse_known_args(argv)[0].config
    try:
        settings = _settings(named, command)
        parser.set_defaults(**_checked(parser, settings))
    except (OSError, ValueError) as error:
        parser.error(f"settings: {error}")
    return parser.parse_args(argv)


def _settings(named: Path | None, command: str) -> dict[str, Any]:
    """The table of a command in the file that is named, or that lies in the working folder."""
    if named is None:
        named = next((path for path in map(Path, (NAME, PROJECT)) if path.is_file()), None)
    if named is None:
        return {}
    try:
        found: Any = tomllib.loads(named.read_text("utf-8"))
    except ValueError as error:
        raise ValueError(f"{named}: {error}") from error
    for table in ("tool", "cleanarticle") if named.name == PROJECT else ():
        found = _table(found, table, named)
    if unknown := found.keys() - {command}:
        names = ", ".join(sorted(unknown))
        raise ValueError(f"{named}: settings stand in a table [{command}]; no such table: {names}")
    return _table(found, command, named)


def _table(tables: dict[str, Any], name: str, file: Path) -> dict[str, Any]:
    found = tables.get(name, {})
    if not isinstance(found, dict):
        raise ValueError(f"{file}: {name} is a table, got {found!r}")
    return found


def _checked(parser: argparse.ArgumentParser, settings: dict[str, Any]) -> dict[str, Any]:
    """The settings as the parser would read them from the command line."""
    actions = {
        name.removeprefix("--"): action
        for action in parser._actions
        for name in action.option_strings
        if name.startswith("--") and not name.startswith("--no-") and action.dest not in _NEVER
    }
    unknown = [name for name in settings if name.replace("_", "-") not in actions]
    if unknown:
        raise ValueError(f"no such setting: {', '.join(unknown)}")
    return {
        actions[name.replace("_", "-")].dest: _value(parser, actions[name.replace("_", "-")], value)
        for name, value in settings.items()
    }


def _value(parser: argparse.ArgumentParser, action: argparse.Action, value: Any) -> Any:
    """A value of the type that the option takes."""
    name = next(name for name in action.option_strings if name.startswith("--"))
    if action.nargs == 0:  # a switch
        if not isinstance(value, bool):
            raise ValueError(f"{name} is true or false, got {value!r}")
        return value
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = ",".join(value)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(f"{name} cannot be {value!r}")
    try:
        found = parser._get_value(action, str(value))
        parser._check_value(action, found)
    except argparse.ArgumentError as error:
        raise ValueError(str(error)) from error
    action.required = False  # the file has given it
    return found
