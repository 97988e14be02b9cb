"""The workbook a sender fills in: whose it is and what stands already, found in the vault; then written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.store import records, submissions
from pipelines.store.opening import VAULT, transaction
from schemas.actors import SENDERS, Actor, require
from schemas.catalogue import catalogue
from schemas.periods import parse
from schemas.problems import UserError
from schemas.returns import kinds
from schemas.returns.answers import filled_in
from schemas.returns.asked import instrument_for, owed_by, registered
from schemas.returns.open_records import still_open
from schemas.returns.respondents import respondent_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    import pandas as pd

    from pipelines.reports.template_assessment import Copy
    from schemas.periods import Period
    from schemas.returns import Kind


def write_template(  # noqa: PLR0913, PLR0917 - where, which kind, whose, when, to where
    home: Path,
    actor: Actor,
    kind: str,
    agency_id: str,
    period: str,
    out: Path,
    *,
    at: datetime,
    instrument: str = "",
    moderating: bool = False,
) -> None:
    """Write the workbook an agency or respondent fills in, with what it sent before filled in or beside.

    Of a self-assessment `instrument` says which one, where several may be meant; `moderating` gives the business unit its
    own copy, in which only what is moderated is open.
    """
    layout = kinds().get(kind)
    sender_id = _sender(agency_id, layout)
    require(actor, *SENDERS, agency_id=sender_id)
    if moderating:
        require(actor, "business_unit")
    if out.suffix.lower() != ".xlsx":
        raise UserError(f"A template is an Excel workbook; name it {out.stem}.xlsx.")
    if layout is not None and layout.from_respondents:
        _assessment(home, layout, (sender_id, instrument), _year(layout, period), out, at=at, moderating=moderating)
        return
    if instrument or moderating:
        raise UserError("Only a self-assessment has an instrument, and is moderated in a copy of its own.")
    _return(home, kind, sender_id, _quarter(kind, period), out, at=at)


def _return(  # noqa: PLR0913 - as above
    home: Path, kind: str, agency_id: str, quarter: Period, out: Path, *, at: datetime
) -> None:
    from pipelines.reports import template

    sent, filled = template.Sent(), None
    if (home / VAULT).exists():
        with transaction(home, write=False) as connection:
            last = _of_last_quarter(submissions.history(connection, agency_id, quarter.id), quarter)
            sent = template.Sent(last, submissions.not_held(connection))
            if kind in kinds() and kinds()[kind].is_log:
                filled = still_open(kind, records.standing(connection, kinds()[kind]), agency_id, at.date())
    template.write(out, kind=kind, agency_id=agency_id, period=quarter, sent=sent, filled=filled, at=at)


def _assessment(  # noqa: PLR0913 - as above
    home: Path, kind: Kind, whose: tuple[str, str], year: Period, out: Path, *, at: datetime, moderating: bool
) -> None:
    from pipelines.reports import template
    from pipelines.reports.template_assessment import Copy

    sender_id, label = whose
    stands: Mapping[str, pd.DataFrame] = {}
    if (home / VAULT).exists():
        with transaction(home, write=False) as connection:
            stands = records.beside(connection, kind, sender_id)
    register = registered(stands, sender_id)
    instrument = instrument_for(sender_id, label, owed_by(register, year), year)
    copy = Copy(sender_id, _named(sender_id, register), instrument, moderating)
    filled = _answered(kind, stands, copy, year)
    template.write(
        out, kind=kind.id, agency_id=sender_id, period=year, sent=template.Sent(), filled=filled, copy=copy, at=at
    )


def _answered(kind: Kind, stands: Mapping[str, pd.DataFrame], copy: Copy, year: Period) -> dict[str, pd.DataFrame]:
    """A row for each statement asked; nothing is carried forward into what is to be moderated."""
    from schemas.returns.records import empty

    sheets = {layout.name: stands.get(layout.name, empty(layout)) for layout in kind.sheets}
    of_year = {name: frame[frame["year_id"].eq(year.id)] for name, frame in sheets.items()}
    answers = (of_year if copy.moderating else sheets)[kind.data.name]
    return of_year | {kind.data.name: filled_in(answers, year, copy.instrument.asked_in(year))}


def _sender(stated: str, kind: Kind | None) -> str:
    may_be_respondent = kind is not None and kind.from_respondents
    respondent_id = respondent_in(stated) if may_be_respondent else None
    if respondent_id:
        return respondent_id
    if stated in catalogue().agencies:
        return stated
    known = ", ".join(a.id for a in catalogue().reporting)
    other = " A respondent is named by its reference, as SCH-0142." if may_be_respondent else ""
    raise UserError(f"There is no agency “{stated}”. Known agencies: {known}.{other}")


def _named(sender_id: str, register: pd.DataFrame) -> str:
    agency = catalogue().agencies.get(sender_id)
    return agency.title if agency else str(register["name"].iloc[-1])


def _quarter(kind: str, period: str) -> Period:
    quarter = parse(period)
    if quarter.kind != "financial_quarter":
        raise UserError(f"A {kind} return is for a quarter; “{period}” is not one. Write it as 2026-27-Q2.")
    return quarter


def _year(kind: Kind, period: str) -> Period:
    year = parse(period)
    if year.kind != "financial_year":
        raise UserError(f"A {kind.title.lower()} is for a financial year; “{period}” is not one. Write it as 2026-27.")
    return year


def _of_last_quarter(past: pd.DataFrame, quarter: Period) -> pd.DataFrame:
    """What was sent with the quarter before: an older figure under the heading “Last quarter” would mislead."""
    since = quarter.previous.start
    return past[[parse(period).end >= since for period in past["period_id"]]]
