"""Letting out a release that another person prepared, and taking a publication back."""

from __future__ import annotations

import click

from pipelines.commands.whose import acting, home, now


@click.command()
@click.option("--discard", is_flag=True, help="Instead: take what is prepared away.")
@click.option("--look", is_flag=True, help="Instead: say what it would change, and let nothing out.")
@click.option("--by", help="Who acts; else the name you are logged in with.")
def release(by: str | None, *, discard: bool, look: bool) -> None:
    """Let out the release that another person prepared."""
    from pipelines.flows import before_release, preparing

    if look and discard:
        raise click.UsageError("Ask for --look or for --discard, not for both.")
    if look:
        for line in before_release.look(home(), acting(by)):
            click.echo(line)
        return
    act = preparing.discard if discard else preparing.release
    preparing.as_oneself(home(), by_another=by is not None)
    for line in act(home(), acting(by), now()):
        click.echo(line)


@click.command("withdraw-publication")
@click.argument("publication")
@click.option("--reason", required=True, help="Why; it is kept with the mark for good, so no names.")
@click.option("--by", help="Who acts; else the name you are logged in with.")
def withdraw_publication(publication: str, reason: str, by: str | None) -> None:
    """Take a publication back: its file stays, marked, and readers have the one before it."""
    from pipelines.flows import withdrawing_publications

    click.echo(withdrawing_publications.withdraw(home(), acting(by), publication, reason, now()))
