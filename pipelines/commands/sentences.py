"""Errors of ours as the command line shows them: one sentence, and the exit code it calls for."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from schemas.problems import UserError


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
