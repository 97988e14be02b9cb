"""The business unit's part: links to the form made for those who owe a self-assessment, and ended."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pandas as pd

from pipelines.flows.addresses import web_address
from pipelines.flows.answer_link import lapse
from pipelines.queries import respondents
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
    from collections.abc import Generator
    from datetime import date, datetime
    from pathlib import Path

    from pipelines.store.opening import Connection
    from schemas.periods import Period

TOKEN_BYTES = 32
# How long a link opens: from the day the answers are due, or from the day it was made where that is later.
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


@dataclass(frozen=True, slots=True)
class Plan:
    """How many links would be made, how many open ones they take the place of, and how many have replied and get none."""

    made: int
    replaced: int
    replied: int


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

    Of a sector, those who have replied get none; whoever is named gets one all the same, to correct an answer. Only the
    hash of each token is kept. UserError where nobody on the register is meant, or the last day has passed.
    """
    require(actor, "business_unit")
    period, last = _year(year), _last_day(_year(year), at.date(), expires_on)
    base = web_address(address.strip() or ADDRESS, "No link was made.")
    with _with_register(home, write=True) as connection:
        lapse(connection, at)
        owing, _ = _owing(connection, whom, period, at.date())
        links: list[Link] = []
        for row in owing.to_dict("records"):
            token = secrets.token_urlsafe(TOKEN_BYTES)
            made = Invitation(digest(token), row["respondent_id"], row["instrument"], period.id, at, actor.name, last)
            invitations.add(connection, made)
            detail = {"instrument": made.instrument, "period_id": made.period_id, "expires_on": last.isoformat()}
            detail |= {"token_sha256": made.token_sha256}  # by which it is looked up, and from which nobody can open it
            events.append(connection, actor, "invitation.made", made.respondent_id, detail, at=at)
            url = f"{base}/answer?{urlencode({'link': token})}"
            links.append(Link(made.respondent_id, row["name"], row["sector"], made.instrument, period.id, last, url))
    return tuple(links)


def planned(home: Path, actor: Actor, whom: Whom, year: str, at: datetime) -> Plan:
    """What `invite` would do, without doing it. UserError as `invite` raises it."""
    require(actor, "business_unit")
    period = _year(year)
    with _with_register(home, write=False) as connection:
        owing, replied = _owing(connection, whom, period, at.date())
        going = {each.owes for each in invitations.every(connection) if each.opens(at.date())}
    owed = {(row["respondent_id"], row["instrument"], period.id) for row in owing.to_dict("records")}
    return Plan(len(owed), len(owed & going), replied)


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


@contextmanager
def _with_register(home: Path, *, write: bool) -> Generator[Connection]:
    """The vault; UserError where there is none, for then there is no register in it either."""
    if not (home / VAULT).exists():
        raise UserError("Nobody is on the register yet. Send the register of respondents first.")
    with transaction(home, write=write) as connection:
        yield connection


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


def _owing(connection: Connection, whom: Whom, period: Period, today: date) -> tuple[pd.DataFrame, int]:
    """The rows of the register that are meant and owe one on the day it is due, and how many more have replied.

    UserError where there is none, or one is unknown.
    """
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
    replied = respondents.replied(connection, period, today) if whom.sector else frozenset()
    waiting = found[[each not in replied for each in zip(found["respondent_id"], found["instrument"], strict=True)]]
    if waiting.empty:
        raise UserError(
            f"Everybody meant has replied for {period.short}. No link was made; name one of them to make theirs."
        )
    return waiting.sort_values(["sector", "name", "instrument"]), len(found) - len(waiting)
