"""`throughline agreement`: what each agency has agreed may be done with its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from pipelines.commands.days import Day
from pipelines.commands.whose import acting, home, now

if TYPE_CHECKING:
    from datetime import datetime

_DAY = Day()


@click.group()
def agreement() -> None:
    """What each agency has agreed may be done with its figures."""


@agreement.command("list")
def list_agreements() -> None:
    """Say how each agreement stands, and the impact assessment."""
    from pipelines.flows import agreements

    for line in agreements.listing(home(), acting(None), now().date()):
        click.echo(line)


@agreement.command()
@click.argument("agency")
@click.option(
    "--audience",
    "audiences",
    multiple=True,
    type=click.Choice(["executive", "partnership", "public"]),
    help="Who may see its figures; may be given several times.",
)
@click.option("--purpose", help="What its figures may be used for.")
@click.option("--onward-use", "onward_use", help="What may be done with them beyond the publications.")
@click.option("--basis", help="The law, or the clause of the agreement.")
@click.option("--signed-on", "signed_on", type=_DAY, help="Such as 2026-04-01.")
@click.option("--review-on", "review_on", type=_DAY, help="Such as 2028-03-31.")
@click.option(
    "--exact-totals/--no-exact-totals", "exact_totals", default=None, help="Executive members see its totals exactly."
)
@click.option("--by", help="Who acts; else the name you are logged in with.")
def record(agency: str, by: str | None, **terms: Any) -> None:  # noqa: ANN401 - the options above, handed on as they are
    """Record an agency's agreement; what is not given stays as it was."""
    from pipelines.flows import agreements

    days = {name: terms[name].date() for name in ("signed_on", "review_on") if terms[name]}
    click.echo(agreements.record(home(), acting(by), agency, now(), **terms | days))


@agreement.command("end")
@click.argument("agency")
@click.option("--on", type=_DAY, help="From which day; else today.")
@click.option("--by", help="Who acts; else the name you are logged in with.")
def end_agreement(agency: str, on: datetime | None, by: str | None) -> None:
    """End an agency's agreement: nothing of it is released from that day on."""
    from pipelines.flows import agreements

    click.echo(agreements.end(home(), acting(by), agency, (on or now()).date(), now()))
