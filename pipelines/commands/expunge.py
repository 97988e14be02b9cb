"""Removing for good what must not be kept."""

from __future__ import annotations

from typing import Any

import click

from pipelines.commands.whose import acting, home, now
from schemas.removals import SHORTEST_REASON, WHYS


@click.command()
@click.argument("what", nargs=-1, metavar="[SUBMISSION | SHA256]...")
@click.option(
    "--record",
    "records",
    multiple=True,
    metavar="REF",
    help="A record of a log by its reference; may be given several times.",
)
@click.option(
    "--row",
    "rows",
    multiple=True,
    metavar="SHEET!ROW",
    help="Of the submission only the words of one row, as “Commentary!3”, or of one cell, as “Commentary!C3” or “Commentary!3 (why)”; "
    "its figures stand. May be given several times.",
)
@click.option(
    "--with-copies",
    "copies",
    flag_value="near",
    help="Take the same words out of other versions of the return, and where the same sender says them of the same thing.",
)
@click.option(
    "--everywhere",
    "copies",
    flag_value="everywhere",
    help="Take the same words out of every other submission that holds them, whoever sent it.",
)
@click.option(
    "--why",
    type=click.Choice(list(WHYS)),
    default=None,
    help="; ".join(f"{code}: {words.lower()}" for code, words in WHYS.items()) + ".",
)
@click.option(
    "--reason", default="", help=f"Why, in at least {SHORTEST_REASON} letters; it is kept for good, so no names."
)
@click.option("--withdraw", is_flag=True, help="Withdraw the publications that show it as well.")
@click.option("--yes", is_flag=True, help="Do it; without this it only says what would go, and what would remain.")
@click.option("--by", help="Who acts; else the name you are logged in with.")
def expunge(by: str | None, why: str | None, **asked: Any) -> None:  # noqa: ANN401 - the options above, handed on as they are
    """Remove submissions, their files, or single records for good; the log says only that it was done."""
    from pipelines.flows import expunging
    from pipelines.flows.progress import say

    asked["copies"] = asked["copies"] or ""
    for line in expunging.asked(home(), acting(by), now(), why=why or "", by_another=by is not None, say=say, **asked):
        click.echo(line)
