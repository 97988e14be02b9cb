"""Reading over what somebody wrote before readers see it."""

from __future__ import annotations

import click

from pipelines.commands.whose import acting, home, now


@click.command()
@click.option("--by", help="Who acts; else the name you are logged in with.")
def texts(by: str | None) -> None:
    """List the sentences readers would see for the first time."""
    from pipelines.flows import before_release

    for line in before_release.texts(home(), acting(by), now()):
        click.echo(line)
