"""What an analyst does with a return: get the template, check it, see what it would change, send it, take it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.checking import Report, check
from pipelines.reading import guard
from pipelines.store import records, submissions
from pipelines.store.opening import VAULT, transaction
from schemas.actors import SENDERS, Actor, may_act_for, require
from schemas.catalogue import catalogue
from schemas.periods import parse
from schemas.problems import UserError
from schemas.returns import kinds
from schemas.returns.open_records import still_open

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    import pandas as pd

    from pipelines.store.received import Receipt
    from schemas.periods import Period


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of one file: its report and its receipt."""

    path: Path
    report: Report
    receipt: Receipt

    def words(self) -> str:
        """One line for the terminal: what became of the file."""
        report, receipt = self.report, self.receipt
        if receipt.unchanged:
            return f"{report.file}: already received as {receipt.submission_id}, nothing changed."
        worst = [p for p in report.problems if p.severity == "error"][:1]
        if report.verdict == "refused":
            return f"{report.file}: refused. {worst[0].message if worst else ''}".rstrip()
        is_log = "record_key" in receipt.changes
        changed = f", {len(receipt.changes)} {'new or changed' if is_log else 'figures changed'}"
        changed = changed if receipt.version > 1 or is_log else ""
        queries = sum(p.severity == "query" for p in report.problems)
        asked = f", {queries} {'query' if queries == 1 else 'queries'}" if queries else ""
        return (
            f"{report.file}: {receipt.submission_id}, {report.rows_accepted} of {report.rows} rows accepted"
            f"{asked}{changed}."
        )


def check_file(  # noqa: PLR0913 - where, who, what, when, and what it is to be
    home: Path, actor: Actor, path: Path, at: datetime, kind: str | None = None, *, moderating: bool = False
) -> Report:
    """Check a file against the catalogue and, where the vault holds any, the agency's own history. Stores nothing.

    The history is only for those who may act for the agency the file names: what a check says of a made-up file
    would otherwise tell anybody what another agency once sent. `moderating`: the business unit sends what it has moderated.
    """
    if moderating:
        require(actor, "business_unit")

    def history(agency_id: str, period_id: str) -> pd.DataFrame | None:
        if not may_act_for(actor, agency_id):
            return None
        with transaction(home, write=False) as connection:
            return submissions.history(connection, agency_id, period_id)

    def held(kind_id: str, agency_id: str) -> dict[str, pd.DataFrame]:
        if not may_act_for(actor, agency_id):
            return {}
        with transaction(home, write=False) as connection:
            return records.beside(connection, kinds()[kind_id], agency_id)

    known = (home / VAULT).exists()
    return check(
        path,
        kind=kind,
        today=at.date(),
        history=history if known else None,
        held=held if known else None,
        moderating=moderating,
    )


def preview(home: Path, actor: Actor, report: Report) -> pd.DataFrame:
    """What the return would change, figure by figure, against what stands now."""
    require(actor, *SENDERS, agency_id=report.agency_id)
    with transaction(home, write=False) as connection:
        return submissions.changes(connection, report)


def submit(home: Path, actor: Actor, path: Path, at: datetime, *, moderating: bool = False) -> Loaded:
    """Check a file and store it as a submission of the agency it speaks for."""
    require(actor, *SENDERS)
    content = guard.contents(path)
    report = check_file(home, actor, path, at, moderating=moderating)
    if report.agency_id is not None:
        require(actor, *SENDERS, agency_id=report.agency_id)
    with transaction(home, write=True) as connection:
        receipt = submissions.receive(connection, home, actor, report, content, at=at)
    return Loaded(path, report, receipt)


def withdraw(home: Path, actor: Actor, submission_id: str, reason: str, at: datetime) -> str | None:
    """Take a submission back, with a reason; gives the id of the version that stands again."""
    require(actor, *SENDERS, agency_id=submission_id.split(".", 1)[0])
    with transaction(home, write=True) as connection:
        return submissions.withdraw(connection, actor, submission_id, reason, at=at)


def write_template(  # noqa: PLR0913, PLR0917 - where, which kind, whose, when, to where
    home: Path, actor: Actor, kind: str, agency_id: str, period: str, out: Path, *, at: datetime
) -> None:
    """Write the workbook an agency fills in for a quarter, with last quarter's figures beside for reference."""
    from pipelines.reports import template

    if agency_id not in catalogue().agencies:
        known = ", ".join(a.id for a in catalogue().reporting)
        raise UserError(f"There is no agency “{agency_id}”. Known agencies: {known}.")
    require(actor, *SENDERS, agency_id=agency_id)
    if out.suffix.lower() != ".xlsx":
        raise UserError(f"A template is an Excel workbook; name it {out.stem}.xlsx.")
    quarter = parse(period)
    if quarter.kind != "financial_quarter":
        raise UserError(f"A {kind} return is for a quarter; “{period}” is not one. Write it as 2026-27-Q2.")
    sent, filled = template.Sent(), None
    if (home / VAULT).exists():
        with transaction(home, write=False) as connection:
            last = _of_last_quarter(submissions.history(connection, agency_id, quarter.id), quarter)
            sent = template.Sent(last, submissions.not_held(connection))
            if kind in kinds() and kinds()[kind].is_log:
                filled = still_open(kind, records.standing(connection, kinds()[kind]), agency_id, at.date())
    template.write(out, kind=kind, agency_id=agency_id, period=quarter, sent=sent, filled=filled, at=at)


def _of_last_quarter(past: pd.DataFrame, quarter: Period) -> pd.DataFrame:
    """What was sent with the quarter before: an older figure under the heading “Last quarter” would mislead."""
    since = quarter.previous.start
    return past[[parse(period).end >= since for period in past["period_id"]]]
