"""What every command shares: whose home it is, who acts and when, and errors of ours shown as one sentence."""

from __future__ import annotations

import getpass
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from schemas.problems import UserError

if TYPE_CHECKING:
    from schemas.actors import Actor

HOME = "THROUGHLINE_HOME"


class Sentences(click.Group):
    """Shows our own errors as one sentence with their exit code; everything else is a bug and is shown as one."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        """Run the command asked for."""
        try:
            return super().invoke(ctx)
        except UserError as said:
            click.echo(str(said), err=True)
            sys.exit(said.exit_code)
        except OSError as why:
            if not isinstance(why, BrokenPipeError):
                click.echo(f"{why.filename or 'The disk'}: {why.strerror or why}.", err=True)
                sys.exit(2)
            # The reader of our output (head, less) has had enough: nothing is wrong.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)


def home() -> Path:
    """The folder of the vault and the publications."""
    return Path(os.environ.get(HOME, "throughline-data"))


def acting(by: str | None) -> Actor:
    """Whoever types the command acts for the business unit: the command line is the steward's tool."""
    from schemas.actors import Actor

    return Actor(by or getpass.getuser(), "business_unit")


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)
