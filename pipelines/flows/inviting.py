"""The business unit's part: links to the form made for those who owe a self-assessment, listed once, and ended."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pandas as pd

from pipelines.flows.answer_link import lapse
from pipelines.reports import tables
from pipelines.store import events, invitations, records
from pipelines.store.invitations import Invitation, digest
from pipelines.store.opening import VAULT, transaction
from schemas.actors import Actor, require
from schemas.catalogue import catalogue
from schemas.periods import day_words
from schemas.problems import UserError
from schemas.returns import kinds
from schemas.returns.records import WITHDRAWN
from schemas.returns.respondents import respondent_in
from schemas.returns.stated_period import stated_period

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from pathlib import Path

    from pipelines.store.opening import Connection
    from schemas.periods import Period

_BYTES = 32
# How long a link opens from the day it was made, and at least after the day the answers are due.
_OPENS = timedelta(days=28)
# The partnership's own is answered at a table, by groups: no form asks for that.
_NO_FORM = "partnership"
ADDRESS = "http://127.0.0.1:8501"


@dataclass(frozen=True, slots=True)
class Link:
    """One link, with its token: shown once, on the list for the business unit, and never kept."""

    respondent_id: str
    name: str
    sector: str
    instrument: str
    period_id: str
    expires_on: date
    url: str


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
    address: str = ADDRESS,
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
            token = secrets.token_urlsafe(_BYTES)
            made = Invitation(digest(token), row["respondent_id"], row["instrument"], period.id, at, actor.name, last)
            invitations.add(connection, made)
            detail = {"instrument": made.instrument, "period_id": made.period_id, "expires_on": last.isoformat()}
            events.append(connection, actor, "invitation.made", made.respondent_id, detail, at=at)
            url = f"{address.rstrip('/')}/answer?{urlencode({'link': token})}"
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


def listed(links: Sequence[Link]) -> pd.DataFrame:
    """The links as a table to merge into letters: one row each, headings first."""
    known = catalogue()
    return pd.DataFrame(
        {
            "Reference": [each.respondent_id for each in links],
            "Name": [each.name for each in links],
            "Sector": [known.label("sector", each.sector) for each in links],
            "Self-assessment": [known.label("instrument", each.instrument) for each in links],
            "Year": [each.period_id.removeprefix("FY") for each in links],
            "Opens until": [day_words(each.expires_on) for each in links],
            "Link": [each.url for each in links],
        }
    )


def write_links(out: Path, links: Sequence[Link]) -> None:
    """Write the list for merging, readable by its owner alone: whoever has a link can answer with it."""
    if out.suffix.lower() not in (".xlsx", ".csv"):
        raise UserError(f"{out.name} is not a list for merging. Name it {out.stem}.xlsx or {out.stem}.csv.")
    try:
        out.touch(mode=0o600)
        out.chmod(0o600)
        out.write_bytes(csv_bytes(links) if out.suffix.lower() == ".csv" else workbook(links))
    except OSError as why:
        raise UserError(f"{out} cannot be written: {why.strerror}.") from why


def csv_bytes(links: Sequence[Link]) -> bytes:
    """The list as CSV, with no cell a spreadsheet would run."""
    return tables.csv_bytes(listed(links))


def workbook(links: Sequence[Link]) -> bytes:
    """The list as a workbook: headings in the first row, as a mail merge wants them; how to handle it on a second sheet."""
    from io import BytesIO

    import xlsxwriter

    held, known = BytesIO(), catalogue().partnership
    table = tables.seen(listed(links))
    with xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Links")
        for column, name in enumerate(table.columns):
            sheet.set_column(column, column, 60 if name == "Link" else 22)
            for row, text in enumerate([name, *table[name].tolist()]):
                sheet.write_string(row, column, str(text))
        sheet.freeze_panes(1, 2)
        about = book.add_worksheet("Read me")
        about.set_column(0, 0, 100)
        for row, text in enumerate((f"{known.name}. {known.marking}{'. SYNTHETIC' * known.synthetic}", *_READ_ME)):
            about.write_string(row, 0, text)
    return held.getvalue()


_READ_ME = (
    "Each link opens one body's form, without any sign-in: whoever has the link can answer with it.",
    "Send each to that body alone. Delete this list once the letters are out: a link cannot be shown again.",
    "A link that went to the wrong place is ended with: throughline invite --end REFERENCE",
)


def _year(year: str) -> Period:
    period = stated_period(year)
    if period.kind != "financial_year":
        raise UserError(f"A self-assessment is for a financial year; {period.short} is not one. Write it as 2026-27.")
    return period


def _last_day(period: Period, today: date, asked: date | None) -> date:
    due = period.end + timedelta(days=catalogue().calendar["self_assessment"].due_days)
    last = asked or max(due, today) + _OPENS
    if last < today:
        raise UserError(f"The last day a link opens cannot be {day_words(last)}: it has passed.")
    return last


def _owing(connection: Connection, whom: Whom, period: Period) -> pd.DataFrame:
    """The rows of the register that are meant and owe one in the year; UserError where there is none, or one is unknown."""
    register = kinds()["register"]
    rows = records.standing(connection, register)[register.data.name]
    wanted = [respondent_in(each) or each.strip() for each in whom.respondents]
    unknown = [each for each in wanted if each not in set(rows["respondent_id"])]
    if unknown:
        raise UserError(f"Not on the register: {', '.join(unknown)}. No link was made.")
    start, end_ = pd.Timestamp(period.start), pd.Timestamp(period.end)
    meant = rows["instrument"].ne(_NO_FORM) & ~rows["since"].gt(end_) & ~rows["until"].lt(start)
    meant &= rows["respondent_id"].isin(wanted) if wanted else rows["sector"].eq(whom.sector)
    if whom.instrument:
        meant &= rows["instrument"].eq(whom.instrument)
    meant &= rows["instrument"].map(lambda each: bool(catalogue().instruments[each].asked_in(period)))
    found = rows[meant & rows["standing"].ne(WITHDRAWN)]
    if found.empty:
        raise UserError(f"Nobody on the register owes that for {period.short}. No link was made.")
    return found.sort_values(["sector", "name", "instrument"])
