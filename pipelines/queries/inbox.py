"""What only some may see before it is published; every question is asked by an actor and their role is checked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from pipelines.queries.pointer import latest_whole
from pipelines.queries.reading import rows
from pipelines.queries.vault import asked
from pipelines.store import events, submissions
from pipelines.store.opening import VAULT, transaction
from schemas.actors import SENDERS, Actor, require
from schemas.catalogue import catalogue, owed
from schemas.catalogue.cycle import due_on
from schemas.periods import Period, parse, quarter_of
from schemas.returns.records import is_on_behalf

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from pathlib import Path

    import pandas as pd

    from pipelines.store.opening import Connection
    from schemas.catalogue.models import ReturnCalendar

    # An agency and what a figure is of, as the store names it.
    LateFigure = tuple[str, str]


@dataclass(frozen=True, slots=True)
class OwedReturn:
    """One return an agency owes or has sent: quarter, due day, how many figures, and its state in words.

    `is_on_behalf`: the business unit entered what stands.
    """

    period: Period
    due: date
    figures: int
    state: str
    submission_id: str
    is_on_behalf: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """One version of a return as its sender sees it; `mended` counts the answers mended on the page, beside the file."""

    submission_id: str
    kind: str
    agency_id: str
    agency: str
    period: str
    version: int
    state: str
    received_at: datetime
    received_by: str
    received_role: str
    file_name: str
    rows: int
    rows_accepted: int
    approved: bool
    mended: int = 0

    @property
    def may_stand_again(self) -> bool:
        """Whether somebody may go back to it: a version of a return that another took the place of."""
        return self.state == "superseded" and self.kind == "figures"

    @property
    def stands(self) -> bool:
        """Whether the next publication would use it."""
        return self.state.startswith("accepted")

    @property
    def is_on_behalf(self) -> bool:
        """Whether the business unit entered it for its sender."""
        return is_on_behalf(self.received_role, self.agency_id)

    @property
    def entered_words(self) -> str:
        """On whose behalf it was entered, empty where its sender sent it."""
        return f"Loaded by the business unit on behalf of {self.agency}" if self.is_on_behalf else ""


@dataclass(frozen=True, slots=True)
class OwedLog:
    """One log an agency keeps or may add to: for which quarter, by when, its state in words, and what it last sent."""

    kind: str
    title: str
    period: Period
    due: date
    state: str
    is_owed: bool
    last_sent: datetime | None


@dataclass(frozen=True, slots=True)
class Pending:
    """What a release would bring: what came since the last one, what is still owed, and which quarter it reaches."""

    since: datetime | None
    came: tuple[Sent, ...]
    owed: tuple[tuple[str, OwedReturn], ...]
    through: str


def has_vault(home: Path) -> bool:
    """Whether anything was ever stored."""
    return (home / VAULT).exists() or bool(as_of(home))


def as_of(home: Path) -> str:
    """What changes whenever anything is stored: as long as it is the same, a check says the same.

    Asked of the note beside the vault, so that nobody waits for the vault itself.
    """
    try:
        return (home / events.HEAD).read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""


def returns_owed(home: Path, actor: Actor, agency_id: str, today: date, last: int = 4) -> tuple[OwedReturn, ...]:
    """The agency's last few returns, the newest first, each with its state; the quarter still running is not owed."""
    require(actor, *SENDERS, agency_id=agency_id)
    if not has_vault(home):
        return _all_owed(agency_id, (), frozenset(), today, last)
    return asked(home, actor, _returns_owed, agency_id, today, last)


def return_of(agency_id: str, sent: Sequence[Sent], quarter: Period, today: date) -> OwedReturn:
    """An agency's return of figures for a quarter, by what it has sent (oldest first), with its state in words."""
    mine = [s for s in sent if s.kind in ("figures", "") and s.period == quarter.id]
    standing = next((s for s in reversed(mine) if s.state.startswith("accepted")), None)
    refused = any(s.state == "refused" for s in mine)
    due = due_on(catalogue(), quarter)
    figures = len(owed(catalogue(), agency_id, quarter))
    if standing is not None:
        state = "received" if standing.approved else "received, awaiting agency approval"
    elif refused:
        state = "refused, not yet replaced"
    else:
        state = "late" if today > due else "due"
    if standing is None:
        return OwedReturn(quarter, due, figures, state, "")
    return OwedReturn(quarter, due, figures, state, standing.submission_id, standing.is_on_behalf)


def logs_owed(home: Path, actor: Actor, agency_id: str, today: date) -> tuple[OwedLog, ...]:
    """The logs an agency owes, and those it may add to, with the state of the last quarter that has ended."""
    require(actor, *SENDERS, agency_id=agency_id)
    return logs_of(agency_id, _sent(home, actor, agency_id), quarter_of(today).previous, today)


def logs_of(agency_id: str, sent: Sequence[Sent], quarter: Period, today: date) -> tuple[OwedLog, ...]:
    """The logs an agency owes, and those it may add to, by what it has sent, with their states for a quarter."""
    return tuple(
        _log(calendar, agency_id in calendar.senders, [s for s in sent if s.kind == calendar.kind], today, quarter)
        for calendar in catalogue().calendar.values()
        if calendar.kind != "figures"
        and calendar.every != "year"
        and (agency_id in calendar.senders or not calendar.only_senders)
    )


def _log(calendar: ReturnCalendar, is_owed: bool, sent: list[Sent], today: date, quarter: Period) -> OwedLog:  # noqa: FBT001 - a fact
    while not calendar.is_due_with(quarter):
        quarter = quarter.previous
    due = due_on(catalogue(), quarter, calendar.kind)
    standing = [s for s in sent if s.state.startswith("accepted")]
    if any(parse(s.period).end >= quarter.end for s in standing):
        state = "received"
    elif not is_owed or not calendar.required:
        state = "as you have something to send"
    else:
        state = "late" if today > due else "due"
    last = max((s.received_at for s in standing), default=None)
    return OwedLog(calendar.kind, calendar.title, quarter, due, state, is_owed, last)


def history(home: Path, actor: Actor, agency_id: str) -> tuple[Sent, ...]:
    """Every version an agency has sent, the newest first."""
    require(actor, *SENDERS, agency_id=agency_id)
    return _sent(home, actor, agency_id)[::-1]


def everything(home: Path, actor: Actor) -> tuple[Sent, ...]:
    """Every version that anybody has sent, the newest first, for the business unit."""
    require(actor, "business_unit")
    return _sent(home, actor, None)[::-1]


def problems(home: Path, actor: Actor, submission_id: str) -> pd.DataFrame:
    """What the check said of a submission."""
    require(actor, *SENDERS, agency_id=submission_id.split(".", 1)[0])
    with transaction(home, write=False) as connection:
        return submissions.problems(connection, submission_id)


def pending(home: Path, actor: Actor, audience: str, today: date) -> Pending:
    """What has come in since the last publication, and what is still owed for the quarter it would reach."""
    require(actor, "business_unit")
    pointer = latest_whole(home, audience)
    since = rows(pointer, "select made_at from publication")[0]["made_at"] if pointer else None
    if not has_vault(home):
        return _pending((), frozenset(), since, today)
    return asked(home, actor, _come, since, today)


def _come(connection: Connection, since: datetime | None, today: date) -> Pending:
    return _pending(_listed(connection, None), _late_figures(connection, None), since, today)


def _pending(sent: Sequence[Sent], late_figures: frozenset[LateFigure], since: datetime | None, today: date) -> Pending:
    standing = [s for s in sent if s.state != "superseded"]
    came = tuple(s for s in standing if since is None or s.received_at.replace(tzinfo=None) > since)
    quarter = quarter_of(today).previous
    by_agency = {a: [s for s in sent if s.agency_id == a.id] for a in catalogue().reporting}
    outstanding = [(a.title, _all_owed(a.id, mine, late_figures, today, 1)[0]) for a, mine in by_agency.items()]
    late = tuple((title, o) for title, o in outstanding if o.figures and not o.state.startswith("received"))
    return Pending(since, came[::-1], late, quarter.short)


def event_log(home: Path, actor: Actor) -> pd.DataFrame:
    """The event log, for the business unit."""
    require(actor, "business_unit")
    with transaction(home, write=False) as connection:
        return events.listing(connection)


def _all_owed(
    agency_id: str, sent: Sequence[Sent], late_figures: frozenset[LateFigure], today: date, last: int
) -> tuple[OwedReturn, ...]:
    """The last few quarters' returns with their states; the newest first."""
    found: list[OwedReturn] = []
    quarter = quarter_of(today).previous
    for _ in range(last):
        one = return_of(agency_id, sent, quarter, today)
        if one.state == "late" and _all_came(agency_id, quarter, late_figures):
            one = replace(one, state="received with a later return")
        found.append(one)
        quarter = quarter.previous
    return tuple(found)


def _all_came(agency_id: str, quarter: Period, late_figures: frozenset[LateFigure]) -> bool:
    """Whether every total of a return that never came stands in later ones: breakdowns follow their total."""
    here = catalogue().partnership.area_code
    totals = [o for o in owed(catalogue(), agency_id, quarter) if (o.breakdown, o.area_id) == ("all", here)]
    keys = ["|".join((o.indicator_id, o.period_id, o.area_id, o.breakdown, o.category)) for o in totals]
    return bool(keys) and all((agency_id, key) in late_figures for key in keys)


def _late_figures(connection: Connection, agency_id: str | None) -> frozenset[LateFigure]:
    return frozenset(submissions.with_another_return(connection, agency_id))


def _returns_owed(connection: Connection, agency_id: str, today: date, last: int) -> tuple[OwedReturn, ...]:
    return _all_owed(agency_id, _listed(connection, agency_id), _late_figures(connection, agency_id), today, last)


def _sent(home: Path, actor: Actor, agency_id: str | None) -> tuple[Sent, ...]:
    """Every version an agency, or with None anybody, has sent, the oldest first; for an actor who may know."""
    return asked(home, actor, _listed, agency_id) if has_vault(home) else ()


def _listed(connection: Connection, agency_id: str | None) -> tuple[Sent, ...]:
    listing = submissions.listing(connection, agency_id)
    return tuple(sent_of(cast("dict[str, Any]", row)) for row in listing.to_dict("records"))


def sent_of(row: dict[str, Any]) -> Sent:
    """A row of the vault's listing of submissions, as its sender sees it."""
    agency = catalogue().agencies.get(row["agency_id"])
    return Sent(
        submission_id=row["submission_id"],
        kind=row["kind"],
        agency_id=row["agency_id"],
        agency=agency.title if agency else row["agency_id"] or "Not known",
        period=row["period_id"],
        version=row["version"],
        state=row["state"],
        received_at=row["received_at"].to_pydatetime(),
        received_by=row["received_by"],
        received_role=row["received_role"],
        file_name=row["file_name"],
        rows=row["rows"],
        rows_accepted=row["rows_accepted"],
        approved=bool(row["approved_by_role"]),
        mended=row["mended"],
    )
