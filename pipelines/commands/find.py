"""Looking for words that must not be kept."""

from __future__ import annotations

import sys

import click

from pipelines.commands.whose import acting, home


@click.command()
@click.option("--by", help="Who acts; else the name you are logged in with.")
def find(by: str | None) -> None:
    """Say where words stand, such as a name to be removed; they are asked for, and neither shown nor kept."""
    from pipelines.flows import finding
    from pipelines.flows.progress import say

    for line in finding.find(home(), acting(by), _words(), say):
        click.echo(line)


def _words() -> str:
    """The words, typed unseen or given on standard input: as an argument they would stay in the history of the shell."""
    if sys.stdin.isatty():
        return str(click.prompt("Words to look for (not shown)", hide_input=True, err=True))
    return sys.stdin.readline()
