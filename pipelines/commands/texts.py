"""Reading over what somebody wrote before readers see it."""

from __future__ import annotations

import click

from pipelines.commands.whose import acting, home


@click.command()
@click.option("--by", help="Who acts; else the name you are logged in with.")
def texts(by: str | None) -> None:
    """List the sentences readers would see for the first time."""
    from pipelines.flows import texts_read

    for line in texts_read.listed(home(), acting(by)):
        click.echo(line)
