"""The command `cleanarticle`. One file a subcommand; `main` chooses."""

from cleanarticle.cli.main import main

__all__ = ["main"]
