"""`throughline log`: whether the event log is whole, what it says, and a copy of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipelines.commands.days import Day
from pipelines.commands.whose import acting, home, now
from schemas.acts import GROUPS, of_group
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from pipelines.queries.event_log import Wanted

_DAY = Day()


def _filtered(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say which entries are asked for."""
    for option in (
        click.option("--person", default="", help="Only what one person did, by the name in the log."),
        click.option("--agency", default="", help="Only what an agency did, or what is its own, such as lcc_cf."),
        click.option("--group", type=click.Choice(GROUPS, case_sensitive=False), help="Only one kind of act."),
        click.option("--until", type=_DAY, help="The last day, in UTC."),
        click.option("--since", type=_DAY, help="The first day, in UTC, such as 2026-04-01."),
    ):
        command = option(command)
    return command


def _wanted(since: datetime | None, until: datetime | None, group: str | None, agency: str, person: str) -> Wanted:
    from pipelines.queries.event_log import Wanted

    _refuse_unknown(agency)
    first, last = (f"{day:%Y-%m-%d}" if day else "" for day in (since, until))
    return Wanted(first, last, of_group(group) if group else (), agency, person)


def _refuse_unknown(agency: str) -> None:
    """A misspelt agency would read as one that took nothing."""
    from schemas.catalogue import catalogue

    known = catalogue().agencies
    if agency and agency not in known:
        raise UserError(f"There is no agency {agency[:40]}. They are: {', '.join(sorted(known))}.")


@click.group()
def log() -> None:
    """The event log."""


@log.command()
def verify() -> None:
    """Say whether the event log is whole, and if not, at which entry it first is not."""
    from pipelines.flows import log as flow

    found = flow.verify(home(), acting(None))
    for fault in found.faults:
        click.echo(fault.words, err=True)
    for line in flow.told(found):
        click.echo(line)
    sys.exit(1 if found.faults else 0)


@log.command("list")
@_filtered
@click.option("--last", default=50, show_default=True, type=click.IntRange(1), help="How many, the newest first.")
def listed(last: int, **asked: Any) -> None:  # noqa: ANN401 - the options above
    """Say what was done, the newest first."""
    from pipelines.flows import log as flow

    for line in flow.listed(home(), acting(None), _wanted(**asked), last):
        click.echo(line)


@log.command()
@_filtered
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="A .xlsx, .csv or .parquet file.")
@click.option("--by", help="Who acts; else the name you are logged in with.")
def export(out: Path, by: str | None, **asked: Any) -> None:  # noqa: ANN401 - the options above
    """Write the event log, or some of it, to a file; that it was taken is an entry of its own."""
    from pipelines.flows import log as flow

    click.echo(flow.export(home(), acting(by), _wanted(**asked), out, now()))
