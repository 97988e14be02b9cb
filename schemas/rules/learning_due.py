"""Rules about when a recommendation or an action was agreed and is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from schemas.returns.beside import beside, is_shrugged, of_the_future, stands, worded, year_end
from schemas.rule import rule

if TYPE_CHECKING:
    from schemas.returns.records import LogContext

_CLOSED = ("done", "stopped")
_WHY_LATER = "Make it due by {by}, or say under Why later than 31 March what needs the longer time."


@rule(
    kind="learning",
    sheet="Recommendations",
    severity="error",
    column="agreed_on",
    message="{recommendation_id}: “{heading}” is {day}, after today ({where}).",
    fix="Enter it once it is agreed, or mend the year.",
    bad=[{"agreed_on": "2027-05-12", "due_on": "2028-03-31"}],
    good=[{"agreed_on": "2026-10-20", "due_on": "2027-03-31"}],
)
def recommendation_is_agreed_in_the_future(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """What is not agreed yet is not a recommendation; it would be counted in the wrong year."""
    return of_the_future(rows, context, "Recommendations", ["agreed_on"])


@rule(
    kind="learning",
    sheet="Recommendations",
    severity="error",
    column="due_on",
    message="{recommendation_id} is due by {due_on}, before it was agreed on {agreed_on} ({where}).",
    fix="Check both dates, the years first.",
    bad=[{"agreed_on": "2025-05-12", "due_on": "2025-03-31"}],
    good=[{"agreed_on": "2025-05-12", "due_on": "2026-03-31"}, {"agreed_on": "2025-05-12", "due_on": "2025-05-12"}],
)
def recommendation_is_due_before_it_was_agreed(rows: pd.DataFrame) -> pd.Series:
    """It would be overdue from its first day, and on time in no count."""
    return rows["due_on"].lt(rows["agreed_on"])


@rule(
    kind="learning",
    sheet="Actions",
    severity="error",
    column="due_on",
    message="Action {action_id} is due by {due_on}, before {recommendation_id} was agreed on {agreed} ({where}).",
    fix="Check both dates. What was done at once, before it was agreed, has its Done on as well.",
    bad=[{"due_on": "2025-04-30", "done_on": "", "status": "in_progress"}],
    good=[{"due_on": "2025-09-30"}, {"due_on": "2025-04-30", "done_on": "2025-04-28"}],
)
def action_is_due_before_it_was_agreed(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """It would be overdue from its first day, and on time in no count."""
    agreed = beside(rows, "recommendation_id", stands(context, "Recommendations"), "agreed_on")
    at_once = rows["done_on"].lt(agreed)
    return worded(rows, rows["due_on"].lt(agreed) & ~at_once, agreed=agreed)


@rule(
    kind="learning",
    sheet="Actions",
    severity="query",
    column="due_on",
    message="Action {action_id} has no date by which it is due ({where}).",
    fix="Give one: by 31 March of the year in which it was agreed, unless there is a reason.",
    bad=[{"due_on": ""}],
    good=[{"due_on": "2025-09-30"}],
)
def action_has_no_due_date(rows: pd.DataFrame) -> pd.Series:
    """Without a date it is never late, and so never asked about."""
    return rows["due_on"].isna()


@rule(
    kind="learning",
    sheet="Actions",
    severity="query",
    column="due_on",
    message="Action {action_id} is overdue since {due_on} ({where}).",
    fix="If it is done, give its date and evidence. If not, say under What happened what keeps it, or that it is stopped.",
    bad=[{"due_on": "2026-09-30", "status": "in_progress", "done_on": ""}],
    good=[
        {"due_on": "2026-09-30", "status": "done", "done_on": "2026-10-12"},
        {"due_on": "2026-10-20", "status": "in_progress", "done_on": ""},
        {"due_on": "2026-09-30", "status": "stopped", "done_on": ""},
    ],
)
def action_is_overdue(rows: pd.DataFrame, context: LogContext) -> pd.Series:
    """The list of what is overdue goes to the Executive by owner: this is the time to put it right, or say why."""
    return rows["due_on"].lt(context.now) & ~rows["status"].isin(_CLOSED)


@rule(
    kind="learning",
    sheet="Recommendations",
    severity="query",
    column="due_on",
    message="{recommendation_id} is overdue since {due_on}: {left} ({where}).",
    fix="Bring its actions up to date on the sheet Actions, or agree a later date and say why.",
    bad=[
        {"_held": {"Actions": [{"status": "in_progress", "done_on": ""}]}},
        {"recommendation_id": "R-09", "title": "Fathers are part of every assessment", "text": ""},
    ],
    good=[{"due_on": "2026-03-31"}, {"due_on": "2026-12-31", "recommendation_id": "R-09"}],
)
def recommendation_is_overdue(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """A recommendation is done when its actions are; what is past its date is shown as little or no progress."""
    actions = stands(context, "Actions")
    still_open = actions[~actions["status"].isin(_CLOSED)].groupby("recommendation_id").size()
    every = actions.groupby("recommendation_id").size()
    open_ones = rows["recommendation_id"].map(still_open).fillna(0)
    of_all = rows["recommendation_id"].map(every).fillna(0)
    left = [_left(int(some), int(total)) for some, total in zip(open_ones, of_all, strict=True)]
    late = rows["due_on"].lt(context.now) & (open_ones.gt(0) | of_all.eq(0))
    return worded(rows, late, left=pd.Series(left, rows.index, dtype="str"))


@rule(
    kind="learning",
    sheet="Recommendations",
    severity="query",
    column="due_on",
    message="{recommendation_id} was agreed on {agreed_on} and is due by {due_on}, after {by}, without a reason ({where}).",
    fix=_WHY_LATER,
    bad=[{"due_on": "2026-06-30"}, {"due_on": "2026-06-30", "due_reason": "OK"}],
    good=[
        {"due_on": "2026-03-31"},
        {"due_on": "2026-06-30", "due_reason": "The new records system cannot carry it before June"},
    ],
)
def recommendation_is_due_after_the_year(rows: pd.DataFrame) -> pd.DataFrame:
    """The partnership has agreed to finish what it learns within the year, unless there is a reason it can stand by."""
    by = year_end(rows["agreed_on"])
    return worded(rows, rows["due_on"].gt(by) & is_shrugged(rows["due_reason"]), by=by)


@rule(
    kind="learning",
    sheet="Actions",
    severity="query",
    column="due_on",
    message="Action {action_id} is due by {due_on}, after {by}, the end of the year it was agreed, without a reason ({where}).",
    fix=_WHY_LATER,
    bad=[{"due_on": "2026-06-30", "done_on": "", "status": "in_progress"}],
    good=[
        {"due_on": "2026-03-31"},
        {"due_on": "2026-06-30", "due_reason": "The new records system cannot carry it before June"},
    ],
)
def action_is_due_after_the_year(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """The partnership has agreed to finish what it learns within the year, unless there is a reason it can stand by."""
    recommended = stands(context, "Recommendations")
    by = year_end(beside(rows, "recommendation_id", recommended, "agreed_on"))
    excused = ~is_shrugged(beside(rows, "recommendation_id", recommended, "due_reason"))
    return worded(rows, rows["due_on"].gt(by) & is_shrugged(rows["due_reason"]) & ~excused, by=by)


@rule(
    kind="learning",
    sheet="Actions",
    severity="query",
    column="due_on",
    message="Action {action_id} is due by {due_on}, after its recommendation {recommendation_id}, due by {by} ({where}).",
    fix="Bring the action forward, or agree a later date for the recommendation and say why.",
    bad=[{"due_on": "2026-04-30", "due_reason": "The new records system cannot carry it before April"}],
    good=[{"due_on": "2026-03-31"}],
)
def action_is_due_after_its_recommendation(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """A recommendation cannot be met while part of it is not yet due: one of the two dates is not meant."""
    by = beside(rows, "recommendation_id", stands(context, "Recommendations"), "due_on")
    return worded(rows, rows["due_on"].gt(by), by=by)


def _left(still_open: int, total: int) -> str:
    """How much of a recommendation is not done, in words.

    >>> _left(0, 0), _left(1, 1), _left(1, 3), _left(2, 3)
    ('it has no action', 'its action is open', '1 of 3 actions is open', '2 of 3 actions are open')
    """
    if total < 2:
        return "its action is open" if total else "it has no action"
    return f"{still_open} of {total} actions {'is' if still_open == 1 else 'are'} open"
