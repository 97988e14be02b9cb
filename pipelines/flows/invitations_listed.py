"""Links made and written as a list for merging, or ended, as the command line asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.flows.inviting import ADDRESS, Whom, end, invite, planned
from pipelines.reports.link_list import LISTS
from schemas.actors import Actor, require
from schemas.problems import UserError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


def asked(  # noqa: PLR0913 - the command's options
    home: Path,
    actor: Actor,
    at: datetime,
    *,
    sector: str,
    respondents: tuple[str, ...],
    instrument: str,
    period: str,
    address: str,
    out: Path | None,
    ended: str,
) -> str:
    """Do what the command asks, and say in a sentence what was done."""
    if ended:
        count = end(home, actor, ended, at)
        return f"Ended {_many(count)} of {ended}; what was not sent is deleted."
    if out is None or not period:
        raise UserError("Say for which year and where the list is to go, as --period 2026-27 -o links.xlsx.")
    whom = Whom(respondents, sector, instrument)
    plan = planned(home, actor, whom, period, at)
    count = write(home, actor, whom, period, at, out, address=address)
    said = [f"Wrote {_many(count)} to {out}. {'It' if count == 1 else 'They'} cannot be shown again."]
    if plan.replaced:
        said.append(f"{_many(plan.replaced)} that stood open {'is' if plan.replaced == 1 else 'are'} replaced.")
    if plan.replied:
        said.append(
            f"{plan.replied} that {'has' if plan.replied == 1 else 'have'} replied got none; --respondent makes one."
        )
    if not address.strip():
        where = "It leads" if count == 1 else "They lead"
        said.append(f"{where} to {ADDRESS}, which opens on this machine alone: give --address where others reach it.")
    return "\n".join(said)


def write(  # noqa: PLR0913, PLR0917 - where, who, whom, to which year, when, and the file
    home: Path, actor: Actor, whom: Whom, year: str, at: datetime, out: Path, *, address: str = ""
) -> int:
    """Make the links and write the list, readable by its owner alone: whoever has a link can answer with it.

    The file is opened first: a link whose list cannot be written could never be shown again. Gives how many were made.
    """
    require(actor, "business_unit")
    if out.suffix.lower() not in LISTS:
        raise UserError(f"{out.name} is not a list for merging. Name it {out.stem}.xlsx or {out.stem}.csv.")
    if out.exists():
        raise UserError(f"{out} is there already. Choose another name: a list of links cannot be made again.")
    try:
        out.touch(mode=0o600)
    except OSError as why:
        raise UserError(f"{out} cannot be written: {why.strerror}. No link was made.") from why
    try:
        links = invite(home, actor, whom, year, at, address=address)
    except UserError:
        out.unlink()
        raise
    out.write_bytes(LISTS[out.suffix.lower()](links))
    return len(links)


def _many(count: int) -> str:
    return f"{count} {'link' if count == 1 else 'links'}"
