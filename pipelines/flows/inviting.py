"""The business unit's part: links to the form made for those who owe a self-assessment, and ended."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pandas as pd

from pipelines.flows.answer_link import lapse
from pipelines.reports.link_list import Link
from pipelines.store import events, invitations, records
from pipelines.store.invitations import Invitation, digest
from pipelines.store.opening import VAULT, transaction
from schemas.actors import Actor, require
from schemas.catalogue import catalogue
from schemas.catalogue.choice import Sector
from schemas.periods import day_words
from schemas.problems import UserError
from schemas.returns import kinds
from schemas.returns.records import WITHDRAWN
from schemas.returns.respondents import respondent_in
from schemas.returns.stated_period import stated_period

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from pipelines.store.opening import Connection
    from schemas.periods import Period

TOKEN_BYTES = 32
# How long a link opens from the day it was made, and at least after the day the answers are due.
OPENS = timedelta(days=28)
# The partnership's own is answered at a table, by groups: no form asks for that.
_NO_FORM = "partnership"
ADDRESS = "http://127.0.0.1:8501"


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom to invite: single respondents, or all of a sector; to one self-assessment, or to each they owe."""

    respondents: tuple[str, ...] = ()
    sector: str = ""
    instrument: str = ""


def invite(  # noqa: PLR0913 - where, who, whom, to which year, when, and how the links are made
    home: Path,
    actor: Actor,
    whom: Whom,
    year: str,
    at: datetime,
    *,
    address: str = "",
    expires_on: date | None = None,
) -> tuple[Link, ...]:
    """Make a link for each self-assessment the respondents owe for a financial year; a new link replaces an open one.

    Only the hash of each token is kept. UserError where nobody on the register is meant, or the last day has passed.
    """
    require(actor, "business_unit")
    period, last = _year(year), _last_day(_year(year), at.date(), expires_on)
    if not (home / VAULT).exists():
        raise UserError("Nobody is on the register yet. Send the register of respondents first.")
    with transaction(home, write=True) as connection:
        lapse(connection, at)
        owing = _owing(connection, whom, period)
        links: list[Link] = []
        for row in owing.to_dict("records"):
            token = secrets.token_urlsafe(TOKEN_BYTES)
            made = Invitation(digest(token), row["respondent_id"], row["instrument"], period.id, at, actor.name, last)
            invitations.add(connection, made)
            detail = {"instrument": made.instrument, "period_id": made.period_id, "expires_on": last.isoformat()}
            events.append(connection, actor, "invitation.made", made.respondent_id, detail, at=at)
            url = f"{(address or ADDRESS).rstrip('/')}/answer?{urlencode({'link': token})}"
            links.append(Link(made.respondent_id, row["name"], row["sector"], made.instrument, period.id, last, url))
    return tuple(links)


def end(home: Path, actor: Actor, respondent: str, at: datetime) -> int:
    """Close every open link of a respondent and delete what it had not sent; gives how many. UserError where none is open."""
    require(actor, "business_unit")
    respondent_id = respondent_in(respondent) or respondent.strip()
    going: list[Invitation] = []
    if (home / VAULT).exists():
        with transaction(home, write=True) as connection:
            lapse(connection, at)
            every = invitations.every(connection)
            going = [each for each in every if each.respondent_id == respondent_id and each.ended_at is None]
            for each in going:
                invitations.end(connection, each.token_sha256, "withdrawn", at=at)
                detail = {"instrument": each.instrument, "period_id": each.period_id, "why": "withdrawn"}
                events.append(connection, actor, "invitation.ended", respondent_id, detail, at=at)
    if not going:
        raise UserError(f"No link of {respondent_id} is open.")
    return len(going)


def _year(year: str) -> Period:
    period = stated_period(year)
    if period.kind != "financial_year":
        raise UserError(f"A self-assessment is for a financial year; {period.short} is not one. Write it as 2026-27.")
    return period


def _due_on(period: Period) -> date:
    return period.end + timedelta(days=catalogue().calendar["self_assessment"].due_days)


def _last_day(period: Period, today: date, asked: date | None) -> date:
    last = asked or max(_due_on(period), today) + OPENS
    if last < today:
        raise UserError(f"The last day a link opens cannot be {day_words(last)}: it has passed.")
    return last


def _known(whom: Whom) -> None:
    """Stop where nobody is meant, or a sector or self-assessment that is none."""
    if bool(whom.sector) == bool(whom.respondents):
        raise UserError("Say whom to invite: either one sector or single respondents.")
    sectors = [
        each.id for each in catalogue().choices["sector"].values() if isinstance(each, Sector) and not each.group
    ]
    for said, known in ((whom.sector, sectors), (whom.instrument, [*catalogue().instruments])):
        if said and said not in known:
            raise UserError(f"“{said}” is not known. Choose one of: {', '.join(known)}.")
    if whom.instrument == _NO_FORM:
        raise UserError("The partnership's own self-assessment is answered at an event, by workbook; it has no form.")


def _owing(connection: Connection, whom: Whom, period: Period) -> pd.DataFrame:
    """The rows of the register that are meant and owe one on the day it is due; UserError where there is none, or one is unknown."""
    _known(whom)
    register = kinds()["register"]
    rows = records.standing(connection, register)[register.data.name]
    wanted = [respondent_in(each) or each.strip() for each in whom.respondents]
    unknown = [each for each in wanted if each not in set(rows["respondent_id"])]
    if unknown:
        raise UserError(f"Not on the register: {', '.join(unknown)}. No link was made.")
    due = pd.Timestamp(_due_on(period))
    meant = rows["instrument"].ne(_NO_FORM) & ~rows["since"].gt(due) & ~rows["until"].lt(due)
    meant &= rows["respondent_id"].isin(wanted) if wanted else rows["sector"].eq(whom.sector)
    if whom.instrument:
        meant &= rows["instrument"].eq(whom.instrument)
    meant &= rows["instrument"].map(lambda each: bool(catalogue().instruments[str(each)].asked_in(period)))
    found = rows[meant & rows["standing"].ne(WITHDRAWN)]
    if found.empty:
        raise UserError(f"Nobody on the register owes that for {period.short}. No link was made.")
    return found.sort_values(["sector", "name", "instrument"])
