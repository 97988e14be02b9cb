"""Letting out a release that another person prepared, and taking a publication back."""

from __future__ import annotations

import click

from pipelines.commands.whose import acting, home, now


@click.command()
@click.option("--discard", is_flag=True, help="Instead: take what is prepared away.")
@click.option("--look", is_flag=True, help="Instead: say what it would change, and let nothing out.")
@click.option(
    "--texts-read", "read", metavar="CODE", default="", help="You have read what “texts” lists, with this at its end."
)
@click.option("--by", help="Who acts; else the name you are logged in with.")
def release(by: str | None, read: str, *, discard: bool, look: bool) -> None:
    """Let out the release that is prepared."""
    from pipelines.flows import before_release, preparing, themselves
    from pipelines.queries import agreements

    if look and discard:
        raise click.UsageError("Ask for --look or for --discard, not for both.")
    if look:
        for line in before_release.look(home(), acting(by), now()):
            click.echo(line)
        return
    actor = themselves.as_oneself(home(), acting(by), now(), by_another=by is not None)
    told = preparing.discard(home(), actor, now()) if discard else preparing.release(home(), actor, now(), read)
    for line in told:
        click.echo(line)
    if not discard:
        for line in agreements.review_due(home(), actor, now().date()):
            click.echo(line)


@click.command("withdraw-publication")
@click.argument("publication")
@click.option("--reason", required=True, help="Why; it is kept with the mark for good, so no names.")
@click.option("--all-audiences", is_flag=True, help="The same release for every other audience, too.")
@click.option("--by", help="Who acts; else the name you are logged in with.")
def withdraw_publication(publication: str, reason: str, by: str | None, *, all_audiences: bool) -> None:
    """Take a publication back: its file stays, marked, and readers have the one before it."""
    from pipelines.flows import withdrawing_publications

    done = withdrawing_publications.withdraw(
        home(), acting(by), publication, reason, now(), all_audiences=all_audiences
    )
    click.echo(done)
