"""Rules about serious incidents: their dates, and whether the national Panel was told in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.returns.beside import doubles, is_shrugged, labelled, of_the_future, out_of_order, stands, worded
from schemas.rule import rule

if TYPE_CHECKING:
    import pandas as pd

    from schemas.returns.records import LogContext

# Five working days are seven calendar days, nine with a bank holiday or two; the clock itself counts exactly.
LATE_DAYS = 9


@rule(
    kind="reviews",
    sheet="Incidents",
    severity="error",
    column="known_on happened_on notified_on",
    message="{incident_ref}: “{heading}” is {day}, after today ({where}).",
    fix="Enter it once it has happened, or mend the year.",
    bad=[{"known_on": "2027-02-03", "notified_on": ""}, {"happened_on": "2027-02-03"}, {"notified_on": "2026-11-02"}],
    good=[{"happened_on": "2026-10-19", "known_on": "2026-10-20", "notified_on": ""}],
)
def incident_is_dated_in_the_future(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """A clock that starts or stops on a day that has not come tells the Executive what is not so."""
    return of_the_future(rows, context, "Incidents", ["known_on", "happened_on", "notified_on"])


@rule(
    kind="reviews",
    sheet="Incidents",
    severity="query",
    column="known_on",
    message="{incident_ref} was known on {known_on}, before it happened on {happened_on} ({where}).",
    fix="Check both dates: they are often swapped, or the year is last year's.",
    bad=[{"known_on": "2025-02-01"}],
    good=[{"known_on": "2025-02-03"}, {"happened_on": ""}],
)
def incident_is_known_before_it_happened(rows: pd.DataFrame) -> pd.Series:
    """The clock starts when the council knew: with the wrong day it says met where it was missed, or the reverse."""
    return rows["known_on"].lt(rows["happened_on"])


@rule(
    kind="reviews",
    sheet="Incidents",
    severity="error",
    column="notified_on",
    message="{incident_ref}: {heading} {day} is before {after} {earlier} ({where}).",
    fix="Check both dates: nobody can notify what is not known.",
    bad=[{"notified_on": "2025-02-01"}],
    good=[{"notified_on": "2025-02-03"}, {"notified_on": ""}],
)
def incident_is_notified_before_it_was_known(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """The time taken would be less than nothing, and would count as met."""
    return out_of_order(rows, context, "Incidents", "known_on", "notified_on")


@rule(
    kind="reviews",
    sheet="Incidents",
    severity="query",
    column="notified_on",
    message="{incident_ref} was notified on {notified_on}, {days} days after it was known, without a reason ({where}).",
    fix="Say under If late, why what kept it, without the child's story.",
    bad=[{"notified_on": "2025-02-20"}, {"notified_on": "2025-02-20", "late_reason": "N/A"}],
    good=[
        {"notified_on": "2025-02-12"},
        {"notified_on": "2025-02-20", "late_reason": "The hospital named the cause only then"},
    ],
)
def notification_is_late_without_a_reason(rows: pd.DataFrame) -> pd.DataFrame:
    """The law gives five working days; why they were missed is asked by the Panel and by the scrutineer."""
    days = (rows["notified_on"] - rows["known_on"]).dt.days
    return worded(rows, days.gt(LATE_DAYS) & is_shrugged(rows["late_reason"]), days=days)


@rule(
    kind="reviews",
    sheet="Incidents",
    severity="query",
    column="notified_on",
    message="{incident_ref} was known on {known_on}, {days} days ago, and is not notified ({where}).",
    fix="Give the day the Panel was told. If it did not have to be, withdraw the row.",
    bad=[{"notified_on": ""}],
    good=[{"known_on": "2026-10-16", "happened_on": "2026-10-15", "notified_on": ""}],
)
def incident_is_not_notified(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Every incident here is one that had to be notified: either it was and the day is missing, or it is overdue by law."""
    days = (context.now - rows["known_on"]).dt.days
    return worded(rows, rows["notified_on"].isna() & days.gt(LATE_DAYS), days=days)


@rule(
    kind="reviews",
    sheet="Incidents",
    severity="query",
    column="incident_ref",
    message="{incident_ref} and {other} have the same days and the same type, {type_words} ({where}).",
    fix="Withdraw one, unless they are two incidents.",
    bad=[{"incident_ref": "SI-2025-09"}],
    good=[{"incident_ref": "SI-2025-09", "known_on": "2025-02-04"}, {"incident_ref": "SI-2025-01"}],
)
def incident_may_be_entered_twice(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """One incident under two references is two children in every count."""
    same = ["happened_on", "known_on", "incident_type"]
    both = doubles(rows, stands(context, "Incidents"), same, "incident_ref")
    words = labelled(context, "incident_type", both["incident_type"]).str.lower()
    return both[["other"]].assign(type_words=words)


@rule(
    kind="reviews",
    sheet="Incidents",
    severity="query",
    column="happened_on",
    message="{incident_ref} does not say when it happened, or came to light ({where}).",
    fix="Give the day, or the first day of the time in which it happened.",
    bad=[{"happened_on": ""}],
    good=[{"happened_on": "2025-02-03"}],
)
def incident_has_no_day(rows: pd.DataFrame) -> pd.Series:
    """How long it took from an incident to the first learning, and to action, is counted from this day."""
    return rows["happened_on"].isna()
