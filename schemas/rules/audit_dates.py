"""Rules about when an audit is planned, under way and reported, and when it is to be repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from schemas.returns.beside import of_the_future, out_of_order, stands, worded
from schemas.rule import rule

if TYPE_CHECKING:
    from schemas.returns.records import LogContext

_COMING = ("planned", "under_way")
_PLANNED = {"stage": "planned", "reported_on": "", "conclusion": "", "families_heard": ""}


@rule(
    kind="audit",
    sheet="Audits",
    severity="error",
    column="reported_on period_to",
    message="{audit_ref}: “{heading}” is {day}, after today ({where}).",
    fix="Enter it once it has happened, or mend the year.",
    bad=[{"reported_on": "2026-11-30"}, {"period_to": "2026-12-31"}],
    good=[{"reported_on": "2026-10-12"}, {**_PLANNED, "planned_for": "2027-02-01", "period_to": "2026-12-31"}],
)
def audit_is_dated_in_the_future(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """What is still to come has found nothing yet; only an audit that is planned may look at practice to come."""
    begun = rows[~rows["stage"].isin(_COMING)]
    return pd.concat(
        [
            of_the_future(rows, context, "Audits", ["reported_on"]),
            of_the_future(begun, context, "Audits", ["period_to"]),
        ]
    )


@rule(
    kind="audit",
    sheet="Audits",
    severity="error",
    column="period_to reported_on re_audit_due",
    message="{audit_ref}: {heading} {day} is before {after} {earlier} ({where}).",
    fix="Check both dates, the years first.",
    bad=[{"period_to": "2025-09-30"}, {"period_from": "2026-09-20", "period_to": ""}, {"re_audit_due": "2026-01-31"}],
    good=[{"period_to": "2026-06-30"}, {"period_from": "", "period_to": ""}, {"re_audit_due": "2027-06-30"}],
)
def audit_dates_are_out_of_order(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Practice comes first, then the report on it, then the audit that looks again."""
    pairs = (("period_from", "period_to"), ("period_from", "reported_on"), ("reported_on", "re_audit_due"))
    found = pd.concat([out_of_order(rows, context, "Audits", first, then) for first, then in pairs])
    return found[~found.index.duplicated()].sort_index()


@rule(
    kind="audit",
    sheet="Audits",
    severity="query",
    column="planned_for",
    message="{audit_ref} is {stage_words}, but nothing says when its report is planned for ({where}).",
    fix="Give the day under Report planned for, or set the stage to Not going ahead.",
    bad=[_PLANNED, {**_PLANNED, "stage": "under_way"}],
    good=[{**_PLANNED, "planned_for": "2026-12-01"}, {"planned_for": ""}],
)
def audit_is_planned_without_a_date(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """A programme without dates is a list of wishes; nobody can say that it is late."""
    broken = rows["stage"].isin(_COMING) & rows["planned_for"].isna()
    return worded(rows, broken, stage_words=_in_words(rows, context))


@rule(
    kind="audit",
    sheet="Audits",
    severity="query",
    column="planned_for",
    message="{audit_ref} was to report by {planned_for} and is still {stage_words} ({where}).",
    fix="Give the new day under Report planned for, the day it was reported, or set the stage to Not going ahead.",
    bad=[{**_PLANNED, "planned_for": "2026-09-01"}, {**_PLANNED, "stage": "under_way", "planned_for": "2026-10-19"}],
    good=[{**_PLANNED, "planned_for": "2026-10-20"}, {"planned_for": "2026-06-01"}],
)
def audit_is_past_its_planned_date(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """An audit that slips unseen takes the learning of a year with it."""
    broken = rows["stage"].isin(_COMING) & rows["planned_for"].lt(context.now)
    return worded(rows, broken, stage_words=_in_words(rows, context))


@rule(
    kind="audit",
    sheet="Audits",
    severity="query",
    column="stage",
    message="{audit_ref} was reported on {reported_on}, but its stage is {stage_words} ({where}).",
    fix="Set the stage to Reported, or take the day away.",
    bad=[{"stage": "under_way", "planned_for": "2026-12-01"}, {"stage": "cancelled"}],
    good=[{"stage": "reported"}, {**_PLANNED, "planned_for": "2026-12-01"}],
)
def audit_is_reported_by_its_date_only(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Grades and findings are shown of audits that are reported; of the two answers only one can be true."""
    broken = rows["stage"].ne("reported") & rows["reported_on"].notna()
    return worded(rows, broken, stage_words=_in_words(rows, context))


@rule(
    kind="audit",
    sheet="Audits",
    severity="query",
    column="re_audit_due",
    message="{audit_ref} was to be repeated by {re_audit_due}, and no audit that repeats it is on the programme ({where}).",
    fix="Add the re-audit with “Re-audit of” {audit_ref}, or give the new day under Re-audit due.",
    bad=[
        {"re_audit_due": "2026-10-01"},
        {"re_audit_due": "2026-10-01",
         "_held": {"Audits": [{"audit_ref": "AU-2026-2", "re_audit_of": "AU-2026-1", "stage": "cancelled"}]}},
    ],
    good=[
        {"re_audit_due": "2026-12-01"},
        {"re_audit_due": "2026-10-01",
         "_held": {"Audits": [{"audit_ref": "AU-2026-2", "re_audit_of": "AU-2026-1", "stage": "under_way"}]}},
    ],
)  # fmt: skip
def re_audit_is_due_and_not_begun(rows: pd.DataFrame, context: LogContext) -> pd.Series:
    """Only looking again shows whether practice has moved; a re-audit that is not begun leaves the question open."""
    every = stands(context, "Audits")
    repeated = set(every.loc[every["stage"].ne("cancelled"), "re_audit_of"])
    return rows["re_audit_due"].lt(context.now) & ~rows["audit_ref"].isin(repeated)


def _in_words(rows: pd.DataFrame, context: LogContext) -> pd.Series:
    """The stage as a sentence says it."""
    words = {choice.id: choice.label.lower() for choice in context.catalogue.choices["audit_stage"].values()}
    return rows["stage"].map(words)
