"""`throughline access`: who may sign in to the dashboard, and as whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from pipelines.commands.days import Day
from pipelines.commands.whose import acting, home, now

if TYPE_CHECKING:
    from datetime import datetime

_DAY = Day()


@click.group()
def access() -> None:
    """Who may sign in to the dashboard, and as whom."""


@access.command("list")
def listed() -> None:
    """Say who may sign in, in which role and until when."""
    from pipelines.flows import access as flow

    for line in flow.listed(home(), acting(None), now()):
        click.echo(line)


@access.command()
@click.argument("name")
@click.option("--role", required=True, help="Such as executive, analyst, approver, chair or business_unit.")
@click.option("--email", help="Their address at the sign-in provider.")
@click.option("--subject", help="Instead, or as well: the provider's own name for them, which never changes.")
@click.option("--agency", help="The agency of an analyst or approver, such as lcc_cf; a respondent's reference.")
@click.option("--group", help="The sub-group of a chair.")
@click.option("--issuer", help="Which provider vouches for them, where there are several.")
@click.option("--login", help="Their login on this machine, if they use the command line.")
@click.option("--from", "begins", type=_DAY, help="The first day, such as 2026-04-01.")
@click.option("--until", type=_DAY, help="The last day.")
@click.option("--by", help="Who acts; else the name you are logged in with.")
def add(by: str | None, begins: datetime | None, until: datetime | None, **said: Any) -> None:  # noqa: ANN401 - the options above
    """Let somebody sign in."""
    from pipelines.flows import access as flow

    days = {"from": begins and begins.date(), "until": until and until.date()}
    click.echo(flow.add(home(), acting(by), now(), **said, **days))


@access.command()
@click.argument("who")
@click.option("--by", help="Who acts; else the name you are logged in with.")
def revoke(who: str, by: str | None) -> None:
    """End somebody's access at once: WHO is their e-mail address or the provider's name for them."""
    from pipelines.flows import access as flow

    click.echo(flow.revoke(home(), acting(by), who, now()))
