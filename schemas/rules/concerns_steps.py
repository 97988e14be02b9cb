"""Rules about the steps of the Concerns Resolution Process: in order, none skipped, none forgotten."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd

from schemas.returns.beside import labelled, of_the_future, worded
from schemas.returns.by_value import by_value
from schemas.rule import rule

if TYPE_CHECKING:
    from schemas.catalogue.models import Clock
    from schemas.returns.records import LogContext

_STEPS = ("raised_on", "step_2_on", "step_3_on", "step_4_on")
_DAYS = (*_STEPS, "closed_on")
# Added to the agreed days, so that bank holidays and leave are not asked about.
_GRACE_DAYS = 7


@rule(
    kind="concerns",
    sheet="Concerns",
    severity="error",
    column=" ".join(_DAYS),
    message="{concern_ref}: “{heading}” is {day}, after today ({where}).",
    fix="Enter the step once it has come, or mend the year.",
    bad=[{"raised_on": "2027-08-03", "step_2_on": "", "closed_on": ""}, {"closed_on": "2026-10-30"}],
    good=[{"closed_on": "2026-10-20"}],
)
def concern_is_dated_in_the_future(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """A step that has not come yet would be counted as reached, and its time as known."""
    return of_the_future(rows, context, "Concerns", _DAYS)


@rule(
    kind="concerns",
    sheet="Concerns",
    severity="error",
    column="step_2_on step_3_on step_4_on closed_on",
    message="{concern_ref}: {heading} {day} is before {after} {earlier} ({where}).",
    fix="Check both dates: each step follows the one before it.",
    bad=[{"step_2_on": "2026-08-01"}, {"closed_on": "2026-08-04"}, {"step_2_on": "", "closed_on": "2026-08-01"},
         {"step_3_on": "2026-08-04", "closed_on": "2026-09-01"}],
    good=[{"step_2_on": "2026-08-03", "closed_on": "2026-08-03"}, {"step_2_on": "2026-08-05", "step_3_on": "2026-08-07"}],
)  # fmt: skip
def concern_steps_are_out_of_order(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Whether each step kept its time is worked out from these days: out of order they give times below nothing."""
    layout = context.kind.sheet("Concerns")
    found: list[pd.DataFrame] = []
    for place, then in enumerate(_DAYS[1:], 1):
        earlier = rows[list(_DAYS[:place])].max(axis=1)
        late = rows.loc[rows[then].lt(earlier), [then]].rename(columns={then: "day"})
        last = rows.loc[late.index, list(_DAYS[:place])].idxmax(axis=1).astype("str")
        after = by_value(last, lambda name: layout.column(name).heading)
        found.append(
            late.assign(at=then, heading=layout.column(then).heading, earlier=earlier[late.index], after=after)
        )
    return pd.concat(found)


@rule(
    kind="concerns",
    sheet="Concerns",
    severity="query",
    column="step_2_on step_3_on",
    message="{concern_ref} went to {reached} without a day for {skipped} ({where}).",
    fix="Give the day of {skipped}, or the same day as the next step if it was left out on purpose.",
    bad=[{"step_2_on": "", "step_3_on": "2026-08-07"}, {"step_4_on": "2026-08-10"}],
    good=[{"step_2_on": "2026-08-05", "step_3_on": "2026-08-07"}, {"step_2_on": ""}],
)
def concern_skips_a_step(rows: pd.DataFrame) -> pd.DataFrame:
    """Each step gives people the chance to settle it among themselves; a step left out is a step not offered, or not recorded."""
    found = [
        rows.loc[rows[missing].isna() & rows[list(_STEPS[number:])].notna().any(axis=1), []].assign(
            at=missing, skipped=f"step {number}", reached=f"step {number + 1}"
        )
        for number, missing in ((2, "step_2_on"), (3, "step_3_on"))
    ]
    return pd.concat(found)


@rule(
    kind="concerns",
    sheet="Concerns",
    severity="query",
    column="outcome",
    message="{concern_ref} was closed on {closed_on}, but not how it ended ({where}).",
    fix="Choose the outcome from the list.",
    bad=[{"outcome": ""}],
    good=[{"outcome": "unchanged"}, {"outcome": "", "closed_on": "", "raised_on": "2026-10-19", "step_2_on": ""}],
)
def concern_is_closed_without_an_outcome(rows: pd.DataFrame) -> pd.Series:
    """Whether challenge changes anything is what practitioners ask before they use the process."""
    return rows["closed_on"].notna() & rows["outcome"].eq("")


@rule(
    kind="concerns",
    sheet="Concerns",
    severity="query",
    column="closed_on",
    message="{concern_ref} ended with “{outcome_words}”, but has no day on which it was closed ({where}).",
    fix="Give the day under Closed on.",
    bad=[{"closed_on": ""}],
    good=[{"closed_on": "2026-08-11"}],
)
def concern_has_an_outcome_but_no_end(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Without the day it counts as open, and its clock runs on."""
    words = labelled(context, "concern_outcome", rows["outcome"])
    return worded(rows, rows["outcome"].ne("") & rows["closed_on"].isna(), outcome_words=words)


@rule(
    kind="concerns",
    sheet="Concerns",
    severity="query",
    column="closed_on",
    message="{concern_ref} has been at step {step} for {days} days; agreed is {agreed} ({where}).",
    fix="Give the day it went on or was closed. If it stands open, take it to the next step.",
    bad=[{"closed_on": "", "outcome": ""}, {"closed_on": "", "outcome": "", "step_2_on": ""}],
    good=[{"closed_on": "2026-08-11"},
          {"raised_on": "2026-10-12", "step_2_on": "2026-10-14", "closed_on": "", "outcome": ""}],
)  # fmt: skip
def concern_stands_still(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """A child waits while professionals disagree; the steps have times so that none of them can be the last by neglect."""
    still_open = rows[rows["closed_on"].isna()]
    reached = still_open[list(_STEPS)]
    steps = reached.notna().mul(pd.Series(range(1, len(_STEPS) + 1), _STEPS)).max(axis=1)
    days = (context.now - reached.max(axis=1)).dt.days
    clocks = {step: _clock(context, starts) for step, starts in enumerate(_STEPS, 1)}
    allowed = steps.map({step: clock.allowed if clock else math.inf for step, clock in clocks.items()})
    agreed = steps.map({step: clock.sentence if clock else "" for step, clock in clocks.items()})
    return worded(still_open, days.gt(allowed * 7 / 5 + _GRACE_DAYS), step=steps, days=days, agreed=agreed)


def _clock(context: LogContext, starts: str) -> Clock | None:
    """How long a step of concerns may take, as agreed; nothing where no time is."""
    clocks = context.catalogue.clocks.values()
    found = (c for c in clocks if c.of == "concerns" and c.starts == starts and c.unit == "working_days")
    return next(found, None)
