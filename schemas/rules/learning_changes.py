"""Rules that set a record of the learning log beside what it said before: dates put off, promises altered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.returns.beside import beside, is_shrugged, labelled, worded
from schemas.returns.records import keys, standing
from schemas.rule import rule

if TYPE_CHECKING:
    import pandas as pd

    from schemas.returns.records import LogContext

_PUT_OFF = "Say under Why later than 31 March what has changed, or keep to {was}."


@rule(
    kind="learning",
    sheet="Actions",
    severity="query",
    column="due_on",
    message="Action {action_id} was due by {was} and is now due by {due_on}, without a reason ({where}).",
    fix=_PUT_OFF,
    bad=[{"due_on": "2026-01-31"}, {"due_on": "2026-01-31", "due_reason": "OK"}],
    good=[{"due_on": "2025-09-30"}, {"due_on": "2025-08-31"},
          {"due_on": "2026-01-31", "due_reason": "The booking system was replaced and teams start in January"}],
)  # fmt: skip
def action_is_put_off(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """An action whose date moves each quarter is never overdue and never done."""
    was = beside(rows, "action_id", standing(context.before("Actions")), "due_on")
    return worded(rows, rows["due_on"].gt(was) & is_shrugged(rows["due_reason"]), was=was)


@rule(
    kind="learning",
    sheet="Recommendations",
    severity="query",
    column="due_on",
    message="{recommendation_id} was due by {was} and is now due by {due_on}, without a reason ({where}).",
    fix=_PUT_OFF,
    bad=[{"due_on": "2026-09-30"}],
    good=[{"due_on": "2026-03-31"},
          {"due_on": "2026-09-30", "due_reason": "The booking system was replaced and teams start in June"}],
)  # fmt: skip
def recommendation_is_put_off(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """The date is the Executive's; moving it is theirs too, and needs a reason they can read."""
    was = beside(rows, "recommendation_id", standing(context.before("Recommendations")), "due_on")
    return worded(rows, rows["due_on"].gt(was) & is_shrugged(rows["due_reason"]), was=was)


@rule(
    kind="learning",
    sheet="Actions",
    severity="query",
    column="status",
    message="Action {action_id} was done on {was}, and is now {now} ({where}).",
    fix="Say under What happened why it is opened again.",
    bad=[{"status": "in_progress", "done_on": "", "note": "", "due_on": "2026-12-31"}],
    good=[{"status": "done"},
          {"status": "in_progress", "done_on": "", "note": "Two teams have stopped booking it, so it starts again"}],
)  # fmt: skip
def action_is_opened_again(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """What was reported as done and is not must be told to those who were told that it was."""
    before = standing(context.before("Actions"))
    was = beside(rows, "action_id", before[before["status"].eq("done")], "done_on")
    broken = was.notna() & rows["status"].ne("done") & is_shrugged(rows["note"])
    return worded(rows, broken, was=was, now=labelled(context, "action_status", rows["status"]).str.lower())


@rule(
    kind="learning",
    sheet="Recommendations",
    severity="query",
    column="agreed_on",
    message="{recommendation_id} was agreed on {was}, and is now said to be agreed on {agreed_on} ({where}).",
    fix="Keep {was}, unless it was wrong. A recommendation agreed anew is a new one, with an ID of its own.",
    bad=[{"agreed_on": "2025-06-12"}],
    good=[{"agreed_on": "2025-05-12"}, {"recommendation_id": "R-09", "agreed_on": "2025-06-12"}],
)
def day_agreed_is_changed(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """The year it is due in, and how long learning took, are counted from this day."""
    was = beside(rows, "recommendation_id", standing(context.before("Recommendations")), "agreed_on")
    return worded(rows, was.notna() & rows["agreed_on"].ne(was), was=was)


@rule(
    kind="learning",
    sheet="Measures",
    severity="query",
    column="expected",
    message="{recommendation_id}, {indicator_id}: registered as expected {was}, and now {now}, after practice changed on {changed_on} ({where}).",
    fix="Put back {was}. If it was a slip, say so to the business unit: the change is recorded.",
    bad=[{"_held": {"Measures": [{"expected": "lower"}]}}],
    good=[
        {"expected": "higher"},
        {"changed_on": "2026-12-01", "review_on": "2027-12-31", "_held": {"Measures": [{"expected": "lower"}]}},
    ],
)
def expected_direction_is_changed(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """A direction chosen after looking proves nothing; whoever reads the verdict must be able to trust that it was not."""
    was = _registered(rows, context, "expected")
    broken = was.ne("") & was.ne(rows["expected"]) & rows["changed_on"].le(context.now)
    labels = [labelled(context, "direction", cells).str.lower() for cells in (was, rows["expected"])]
    return worded(rows, broken, was=labels[0], now=labels[1])


@rule(
    kind="learning",
    sheet="Measures",
    severity="query",
    column="changed_on",
    message="{recommendation_id}, {indicator_id}: the change date was {was}, and is now {changed_on} ({where}).",
    fix="Keep {was}, unless practice really changed on another day: the baseline is fixed by it.",
    bad=[{"changed_on": "2025-10-01"}],
    good=[{"changed_on": "2025-07-01"}, {"indicator_id": "CP03", "changed_on": "2025-10-01"}],
)
def change_date_is_moved(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Moving the line between before and after moves the verdict: it is set once, before anybody looks."""
    was = _registered(rows, context, "changed_on")
    return worded(rows, was.le(context.now) & rows["changed_on"].ne(was), was=was)


@rule(
    kind="learning",
    sheet="Measures",
    severity="query",
    column="review_on",
    message="{recommendation_id}, {indicator_id}: was to be judged on {was}, which is past, and now on {review_on} ({where}).",
    fix="Keep {was}: a later look can be added to the log as evidence.",
    bad=[{"review_on": "2027-09-30"}],
    good=[{"review_on": "2026-09-30"}, {"review_on": "2026-08-31"}],
)
def review_date_is_put_off(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Waiting until the figures please is a way of choosing the verdict."""
    was = _registered(rows, context, "review_on")
    return worded(rows, was.lt(context.now) & rows["review_on"].gt(was), was=was)


@rule(
    kind="learning",
    sheet="Evidence",
    severity="query",
    column="level_claimed",
    message="Evidence {evidence_id} claimed level {was}, and now claims level {level_claimed} ({where}).",
    fix="Add new evidence under a new ID instead, with the day it is true of.",
    bad=[{"kind": "re_audit", "_held": {"Evidence": [{"level_claimed": "1"}]}}],
    good=[{"level_claimed": "3"}, {"level_claimed": "2"}],
)
def claim_of_evidence_is_raised(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """What one piece of evidence shows does not grow with time; more impact needs more evidence."""
    was = beside(rows, "evidence_id", standing(context.before("Evidence")), "level_claimed")
    return worded(rows, rows["level_claimed"].gt(was), was=was)


def _registered(rows: pd.DataFrame, context: LogContext, wanted: str) -> pd.Series:
    """What the measure of the same recommendation and indicator said before."""
    layout, before = context.kind.sheet("Measures"), standing(context.before("Measures"))
    named, known = rows.assign(named=keys(layout, rows)), before.assign(named=keys(layout, before))
    return beside(named, "named", known, wanted)
