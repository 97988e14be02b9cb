"""Rules about the dates of reviews: in order, not ahead of today, and late only with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from schemas.returns.beside import beside, is_shrugged, months_after, of_the_future, out_of_order, stands, worded
from schemas.rule import rule

if TYPE_CHECKING:
    from schemas.returns.records import LogContext

# Fifteen working days are at most so many calendar days, over Christmas; the clock itself counts exactly.
RAPID_DAYS = 26
_LOCAL_MONTHS = 6
_DAYS = ("started_on", "sent_on", "decided_on", "panel_reply_on", "published_on")


@rule(
    kind="reviews",
    sheet="Reviews",
    severity="error",
    column=" ".join(_DAYS),
    message="{review_ref}: “{heading}” is {day}, after today ({where}).",
    fix="Enter it once it has happened, or mend the year.",
    bad=[{"started_on": "2027-02-10", "sent_on": "", "decided_on": ""}, {"published_on": "2026-12-01"}],
    good=[{"sent_on": "2026-10-20", "panel_reply_on": ""}],
)
def review_is_dated_in_the_future(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """A day that has not come would stop a clock that is still running."""
    return of_the_future(rows, context, "Reviews", _DAYS)


@rule(
    kind="reviews",
    sheet="Reviews",
    severity="query",
    column="sent_on decided_on",
    message="{review_ref}: {heading} {day} is before {after} {earlier} ({where}).",
    fix="Check both dates, the years first.",
    bad=[{"sent_on": "2025-02-08", "decided_on": "2025-02-25"}, {"decided_on": "2025-02-01"}],
    good=[
        {"sent_on": "2025-02-10", "decided_on": "2025-02-10"},
        {"started_on": ""},
        {"review_type": "lcspr", "sent_on": "", "decided_on": "2025-02-01"},
    ],
)
def review_ends_before_it_starts(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Nothing is sent or decided of a review before it is begun; one of the dates is another's."""
    pairs = [("started_on", "sent_on"), ("started_on", "decided_on")]
    # A local review is decided on and then begun: its decision is that of the rapid review before it.
    dated = rows[rows["review_type"].ne("lcspr")]
    return pd.concat([out_of_order(dated, context, "Reviews", first, then) for first, then in pairs])


@rule(
    kind="reviews",
    sheet="Reviews",
    severity="error",
    column="published_on",
    message="{review_ref}: {heading} {day} is before {after} {earlier} ({where}).",
    fix="Check both dates: six months run from the decision to publication.",
    bad=[{"review_type": "lcspr", "published_on": "2025-02-01", "sent_on": ""}],
    good=[{"review_type": "lcspr", "published_on": "2025-07-01", "sent_on": ""}],
)
def review_is_published_before_it_was_decided(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """The time taken would be less than nothing, and would count as met."""
    return out_of_order(rows, context, "Reviews", "decided_on", "published_on")


@rule(
    kind="reviews",
    sheet="Reviews",
    severity="query",
    column="panel_reply_on",
    message="{review_ref}: the Panel replied on {panel_reply_on}, {but} ({where}).",
    fix="Give the day it was sent, or check both dates.",
    bad=[{"panel_reply_on": "2025-02-20"}, {"sent_on": ""}],
    good=[{"panel_reply_on": "2025-03-20"}, {"panel_reply_on": "", "panel_agrees": ""}],
)
def panel_replied_before_it_was_sent(rows: pd.DataFrame) -> pd.DataFrame:
    """The Panel answers what it has been sent: without that day the clock of the rapid review cannot stop."""
    early = rows["panel_reply_on"].lt(rows["sent_on"])
    unsent = rows["panel_reply_on"].notna() & rows["sent_on"].isna() & rows["review_type"].eq("rapid_review")
    words = early.map({True: "before the review was sent", False: "but no day is given on which it was sent"})
    return worded(rows, early | unsent, but=words)


@rule(
    kind="reviews",
    sheet="Reviews",
    severity="query",
    column="sent_on",
    message="{review_ref} was sent on {sent_on}, before incident {incident_ref} was notified on {notified} ({where}).",
    fix="Check both dates: fifteen working days run from the notification to the rapid review.",
    bad=[{"sent_on": "2025-02-05", "started_on": "2025-02-04", "panel_reply_on": ""}],
    good=[{"sent_on": "2025-02-07", "started_on": "2025-02-04"}, {"incident_ref": "", "sent_on": "2025-02-05"}],
)
def rapid_review_is_sent_before_the_notification(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """The time taken would be less than nothing, and would count as met."""
    notified = beside(rows, "incident_ref", stands(context, "Incidents"), "notified_on")
    return worded(rows, rows["review_type"].eq("rapid_review") & rows["sent_on"].lt(notified), notified=notified)


@rule(
    kind="reviews",
    sheet="Reviews",
    severity="query",
    column="late_reason",
    message="{review_ref} {took} the notification of {incident_ref} on {notified}, without a reason ({where}).",
    fix="Give the day it was sent, or say under If late, why what kept it.",
    bad=[{"sent_on": "2025-03-20", "panel_reply_on": "2025-04-02"}, {"sent_on": "", "panel_reply_on": ""}],
    good=[{"sent_on": "2025-02-26"},
          {"sent_on": "2025-03-20", "late_reason": "The Panel agreed more time while the coroner's questions stood open"}],
)  # fmt: skip
def rapid_review_is_late_without_a_reason(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Fifteen working days are asked of every rapid review; the Executive is told which were missed, and why."""
    notified = beside(rows, "incident_ref", stands(context, "Incidents"), "notified_on")
    ended = rows["sent_on"].fillna(context.now)
    days = (ended - notified).dt.days
    late = rows["review_type"].eq("rapid_review") & days.gt(RAPID_DAYS) & is_shrugged(rows["late_reason"])
    took = [
        f"was sent {after:.0f} days after" if sent else f"is not sent, {after:.0f} days after"
        for after, sent in zip(days, rows["sent_on"].notna(), strict=True)
    ]
    return worded(rows, late, notified=notified, took=pd.Series(took, rows.index, dtype="str"))


@rule(
    kind="reviews",
    sheet="Reviews",
    severity="query",
    column="late_reason",
    message="{review_ref} was decided on {decided_on} and due to be published by {by}; {now}, without a reason ({where}).",
    fix="Give the day it was published, or say under If late, why what keeps it, as criminal proceedings.",
    bad=[{"review_type": "lcspr", "sent_on": "", "panel_reply_on": "", "published_on": "2025-12-01"},
         {"review_type": "lcspr", "sent_on": "", "panel_reply_on": ""}],
    good=[{"review_type": "lcspr", "sent_on": "", "panel_reply_on": "", "published_on": "2025-08-20"},
          {"review_type": "lcspr", "sent_on": "", "panel_reply_on": "",
           "late_reason": "Criminal proceedings end in November"},
          {"review_type": "learning_event"}],
)  # fmt: skip
def local_review_is_late_without_a_reason(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """A local review is published within six months of the decision; where it is not, the reason is public."""
    by = months_after(rows["decided_on"], _LOCAL_MONTHS)
    ended = rows["published_on"].fillna(context.now)
    late = rows["review_type"].eq("lcspr") & ended.gt(by) & is_shrugged(rows["late_reason"])
    now = rows["published_on"].notna().map({True: "it was published later", False: "it is not published"})
    return worded(rows, late, by=by, now=now)
