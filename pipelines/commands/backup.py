"""The commands that keep a copy of the home and bring it back."""

from __future__ import annotations

from pathlib import Path

import click

from pipelines.commands.whose import acting, home, now


@click.command()
@click.option("-o", "--out", type=click.Path(path_type=Path), help="The file to write, or the folder to write it in.")
@click.option("--check", "held", type=click.Path(path_type=Path), help="Instead: say whether a backup is whole.")
@click.option("--by", help="Who acts; else the name you are logged in with.")
def backup(out: Path | None, held: Path | None, by: str | None) -> None:
    """Back the whole home up into one file, also while it is in use, or say whether a backup is whole."""
    from pipelines.flows import backing_up

    click.echo(backing_up.asked(home(), acting(by), now(), out=out, held=held))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Where the home holds something: put it aside, and say where.")
@click.option("--by", help="Who acts; else the name you are logged in with.")
def restore(file: Path, by: str | None, *, replace: bool) -> None:
    """Bring a home back from a backup, once every byte of it has been checked."""
    from pipelines.flows import restoring

    click.echo(restoring.restore(home(), acting(by), file, now(), replace=replace))
