"""Rules about how far an action is, and what must be known once it is done or stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.returns.beside import beside, doubles, is_among, is_shrugged, of_the_future, over, stands, worded
from schemas.returns.by_value import by_value
from schemas.rule import rule

if TYPE_CHECKING:
    import pandas as pd

    from schemas.returns.records import LogContext


@rule(
    kind="learning",
    sheet="Actions",
    severity="query",
    column="done_on",
    message="Action {action_id} is done, but has no day on which it was ({where}).",
    fix="Give the day under Done on: without it, it counts neither as on time nor as late.",
    bad=[{"done_on": ""}],
    good=[{"done_on": "2025-06-30"}, {"done_on": "", "status": "in_progress", "due_on": "2026-12-31"}],
)
def action_is_done_without_a_date(rows: pd.DataFrame) -> pd.Series:
    """Whether it was on time, and whether evidence came after it, can only be told from the day."""
    return rows["status"].eq("done") & rows["done_on"].isna()


@rule(
    kind="learning",
    sheet="Actions",
    severity="query",
    column="status",
    message="Action {action_id} was done on {done_on}, but its status is {status_words} ({where}).",
    fix="Set Status to Done, or clear Done on.",
    bad=[{"status": "in_progress"}, {"status": "stopped"}],
    good=[{"status": "done"}, {"status": "in_progress", "done_on": "", "due_on": "2026-12-31"}],
)
def action_has_a_date_but_is_not_done(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Of a day and a status that disagree one is out of date; it is counted as not done until you say."""
    words = by_value(rows["status"], lambda status: f"“{context.catalogue.label('action_status', status)}”")
    return worded(rows, rows["done_on"].notna() & rows["status"].ne("done"), status_words=words)


@rule(
    kind="learning",
    sheet="Actions",
    severity="error",
    column="done_on",
    message="Action {action_id}: “{heading}” is {day}, after today ({where}).",
    fix="Leave Done on empty until it is done; the day it should be done is Due by.",
    bad=[{"done_on": "2026-12-31"}],
    good=[{"done_on": "2026-10-20"}],
)
def action_is_done_in_the_future(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """A plan entered as a fact would be counted as done before anybody has done it."""
    return of_the_future(rows, context, "Actions", ["done_on"])


@rule(
    kind="learning",
    sheet="Actions",
    severity="query",
    column="done_on",
    message="Action {action_id} was done on {done_on}, before {recommendation_id} was agreed on {agreed} ({where}).",
    fix="If it was done at once, leave it and say so under What happened. If not, check both dates.",
    bad=[{"done_on": "2025-03-30", "note": ""}],
    good=[
        {"done_on": "2025-06-30"},
        {"done_on": "2025-03-30", "note": "Teams were told at once after the rapid review"},
    ],
)
def action_was_done_before_it_was_agreed(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Acting at once is right after an incident; more often the year is wrong."""
    agreed = beside(rows, "recommendation_id", stands(context, "Recommendations"), "agreed_on")
    return worded(rows, rows["done_on"].lt(agreed) & is_shrugged(rows["note"]), agreed=agreed)


@rule(
    kind="learning",
    sheet="Actions",
    severity="query",
    column="note",
    message="Action {action_id} is stopped, and nothing says why ({where}).",
    fix="Say under What happened why it is not pursued, and what takes its place.",
    bad=[{"status": "stopped", "done_on": "", "note": ""}, {"status": "stopped", "done_on": "", "note": "No longer"}],
    good=[{"status": "stopped", "done_on": "", "note": "The regional tool does the same from September"}],
)
def action_is_stopped_without_a_reason(rows: pd.DataFrame) -> pd.Series:
    """What was agreed by the Executive and is not done must be answered for, and the yearly report asks."""
    return rows["status"].eq("stopped") & is_shrugged(rows["note"])


@rule(
    kind="learning",
    sheet="Actions",
    severity="query",
    column="status",
    message="Action {action_id} is done, but no evidence shows it ({where}).",
    fix="Add a row on the sheet Evidence: what shows it, and the day that was true, on or after the action was done.",
    bad=[
        {"_without": ["Evidence"]},
        {"_held": {"Evidence": [{"true_of": "2025-06-01"}]}},
        {"_held": {"Evidence": [{"action_id": "R-01.2"}]}},
    ],
    good=[
        {"done_on": "2025-06-30"},
        {"_held": {"Evidence": [{"action_id": ""}]}},
        {"_without": ["Evidence"], "status": "in_progress", "done_on": "", "due_on": "2026-12-31"},
    ],
)
def action_is_done_without_evidence(rows: pd.DataFrame, context: LogContext) -> pd.Series:
    """Closed is not the same as done: until something shows it, it is listed as done without evidence."""
    evidence = stands(context, "Evidence")
    of_it = over(evidence[evidence["action_id"].ne("")], "action_id", "true_of", "max")
    of_all = over(evidence[evidence["action_id"].eq("")], "recommendation_id", "true_of", "max")
    shown = [
        beside(rows, by, latest, "true_of") for by, latest in (("action_id", of_it), ("recommendation_id", of_all))
    ]
    undated = rows["done_on"].isna()
    is_shown = [days.ge(rows["done_on"]) | (undated & days.notna()) for days in shown]
    return rows["status"].eq("done") & ~is_shown[0] & ~is_shown[1]


@rule(
    kind="learning",
    sheet="Recommendations",
    severity="query",
    column="recommendation_id",
    message="{recommendation_id} has no action ({where}).",
    fix="Add what will be done, by whom and by when, on the sheet Actions.",
    bad=[{"recommendation_id": "R-09"}, {"_held": {"Actions": [{"standing": "withdrawn"}]}}],
    good=[{"recommendation_id": "R-01"}],
)
def recommendation_has_no_action(rows: pd.DataFrame, context: LogContext) -> pd.Series:
    """A recommendation that nothing follows from changes nothing, however right it is."""
    return ~is_among(rows, "recommendation_id", stands(context, "Actions"))


@rule(
    kind="learning",
    sheet="Recommendations",
    severity="query",
    column="recommendation_id",
    message="Every action of {recommendation_id} is stopped ({where}).",
    fix="Add what is done instead. If it is no longer pursued, say so in the wording, for the Executive to agree.",
    bad=[{"_held": {"Actions": [{"status": "stopped", "done_on": ""}]}}],
    good=[
        {"recommendation_id": "R-01"},
        {"_held": {"Actions": [{"action_id": "R-01.2", "status": "stopped", "done_on": ""}]}},
    ],
)
def every_action_is_stopped(rows: pd.DataFrame, context: LogContext) -> pd.Series:
    """Stopping the last action is dropping the recommendation, which only those who agreed it can do."""
    actions = stands(context, "Actions")
    carried = actions[actions["status"].ne("stopped")]
    return is_among(rows, "recommendation_id", actions) & ~is_among(rows, "recommendation_id", carried)


@rule(
    kind="learning",
    sheet="Actions",
    severity="query",
    column="action",
    message="Actions {action_id} and {other} of {recommendation_id} read the same, for the same agency ({where}).",
    fix="Withdraw one, or say in the wording how they differ.",
    bad=[{"action_id": "R-01.2"}],
    good=[
        {"action_id": "R-01.1"},
        {"action_id": "R-01.2", "agency_id": "lch"},
        {"action_id": "R-01.2", "action": "Chairs ask for it"},
    ],
)
def action_is_entered_twice(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """One action under two IDs is counted twice, and closed only once."""
    return doubles(rows, stands(context, "Actions"), ["recommendation_id", "agency_id", "action"], "action_id")[
        ["other"]
    ]
