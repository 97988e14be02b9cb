"""The logs a release is made from: the records of a sheet, and for which periods a log has come in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from schemas.periods import of_kind, parse, quarter_of, quarters
from schemas.returns import kinds
from schemas.returns.records import empty
from schemas.working_days import can_be_counted

if TYPE_CHECKING:
    from datetime import date

    from pipelines.publishing.assembling import Inputs
    from schemas.periods import Period

# The date that says how far back a log goes, and the sheet it is on.
BEGUN = {
    "reviews": ("Incidents", "known_on"),
    "concerns": ("Concerns", "raised_on"),
    "training": ("Courses", "held_on"),
    "survey": ("Answers", "closed_on"),
    "voice": ("Heard", "heard_on"),
    "audit": ("Audits", "reported_on"),
}
ACCEPTED = ("accepted", "accepted_with_queries")
SENT = {"submission_id": "str", "sent_by": "str", "received_at": "datetime64[us, UTC]"}


def records_of(inputs: Inputs, kind: str, sheet: str) -> pd.DataFrame:
    """The records of a sheet that stand; an empty frame with its columns where there are none."""
    found = inputs.records.get(kind, {}).get(sheet)
    if found is None:
        return empty(kinds()[kind].sheet(sheet)).assign(**{name: pd.Series([], dtype=of) for name, of in SENT.items()})
    return found.reset_index(drop=True)


def day_of(cell: object) -> date | None:
    """The day a cell holds; None where it is empty, or so far off that it can only be a slip.

    >>> day_of(pd.Timestamp(2026, 9, 30)), day_of(pd.NaT), day_of(pd.Timestamp(2206, 9, 30))
    (datetime.date(2026, 9, 30), None, None)
    """
    if not isinstance(cell, pd.Timestamp) or pd.isna(cell):
        return None
    return cell.date() if can_be_counted(cell.date()) else None


def inside(days: pd.Series, period: Period) -> pd.Series:
    """Which days lie in the period; an empty one lies in none."""
    return days.between(pd.Timestamp(period.start), pd.Timestamp(period.end))


@dataclass(frozen=True)
class Log:
    """One kind's log: which of its returns have been accepted, and so what is known of each period.

    A log begins with the quarter of its first record, as its first return brings the history there is, or with that
    return where it holds no record before. It is known up to the quarter of its last return: a later one says that
    there is nothing to add before it.
    """

    inputs: Inputs
    kind: str

    @cached_property
    def returns(self) -> pd.DataFrame:
        """The accepted returns of those who owe the log, oldest period first, with `ends`."""
        sent = self.inputs.submissions
        owing = self.inputs.catalogue.calendar[self.kind].senders
        mine = sent[sent["kind"].eq(self.kind) & sent["state"].isin(ACCEPTED)]
        mine = mine[mine["agency_id"].isin(owing)] if owing else mine
        return mine.assign(ends=[parse(period_id).end for period_id in mine["period_id"]]).sort_values("ends")

    @cached_property
    def quarters(self) -> list[Period]:
        """Every quarter the log is known for, up to the last of the release."""
        if self.returns.empty:
            return []
        last = parse(str(self.returns["period_id"].iloc[-1]))
        every = quarters(self._begins, last)
        return [q for q in every if q.end <= self.inputs.through.end and q.end < self.inputs.today]

    @property
    def _begins(self) -> Period:
        """The quarter of the first record or return, whichever is earlier; never before the data set itself."""
        sheet, dated = BEGUN[self.kind]
        days = records_of(self.inputs, self.kind, sheet)[dated].dropna()
        first = parse(str(self.returns["period_id"].iloc[0]))
        begun = min(first, quarter_of(days.min().date())) if len(days) else first
        return max(begun, parse(self.inputs.catalogue.partnership.first_period))

    @property
    def years(self) -> list[Period]:
        """Every financial year the log is known for from its first day to its last."""
        known = {quarter.id for quarter in self.quarters}
        ends = [quarter.financial_year for quarter in self.quarters if quarter.id.endswith("-Q4")]
        return [year for year in ends if all(part.id in known for part in _parts(year))]

    @property
    def latest_twelve_months(self) -> Period | None:
        """The twelve months to the end of the release's last quarter that the log is known for."""
        return of_kind("rolling_12_months", self.quarters[-1].end) if self.quarters else None

    def cited_for(self, period: Period) -> frozenset[str]:
        """The submissions of `returns_for`, worked out once a period: hundreds of figures ask for the same."""
        if period.id not in self._cited:
            self._cited[period.id] = frozenset(self.returns_for(period)["submission_id"])
        return self._cited[period.id]

    @cached_property
    def _cited(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def sent(self) -> dict[str, tuple[pd.Timestamp, bool]]:
        """When each submission came, and whether it was approved."""
        known = self.inputs.submissions
        approved = known["approved_by_role"].ne("")
        return dict(zip(known["submission_id"], zip(known["received_at"], approved, strict=True), strict=True))

    def returns_for(self, period: Period) -> pd.DataFrame:
        """The log's returns for the quarters of a period; where its last has none, also the first that came later.

        They are the same whatever the log holds, so that citing them says nothing of a hidden count.
        """
        ends = pd.to_datetime(self.returns["ends"])
        within = ends.between(pd.Timestamp(period.start), pd.Timestamp(period.end))
        if (ends[within] == pd.Timestamp(period.end)).any():
            return self.returns[within]
        later = self.returns[ends > pd.Timestamp(period.end)].head(1)
        return pd.concat([self.returns[within], later])


def _parts(year: Period) -> list[Period]:
    return quarters(of_kind("financial_quarter", year.start), of_kind("financial_quarter", year.end))
