"""Indicators computed from the partnership's logs, so that one fact is never kept twice.

Rows as `observations` has them. Nothing is given for a period the log is not known for; where it is known and holds
nothing, the count is a true zero.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.publishing.assessments.audit_figures import of_audits
from pipelines.publishing.logs import surveys, training
from pipelines.publishing.logs.log import Log, inside, records_of
from pipelines.publishing.logs.observed import Counts, observed
from pipelines.publishing.logs.ticking import of_reviews, steps_of
from pipelines.publishing.rows import rows
from schemas.periods import of_kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.publishing.assembling import Inputs

RAISED, RESOLVED, ANSWERED = "CR01", "CR02", "VO03"
# Whose feedback counts as that of children and families.
FAMILIES = ("children", "young_people", "care_experienced", "parents_carers")


def from_logs(inputs: Inputs) -> Iterator[dict[str, Any]]:
    """Every observation the logs give: training, surveys, concerns, voice, the clocks of reviews, and audits."""
    yield from training.of_training(inputs)
    yield from surveys.of_surveys(inputs)
    yield from of_concerns(inputs)
    yield from of_voice(inputs)
    yield from of_clocks(inputs)
    yield from of_audits(inputs)


def of_concerns(inputs: Inputs) -> Iterator[dict[str, Any]]:
    """Concerns raised, each quarter and each year by who raised them; those closed, and closed in time at every step."""
    log, concerns = Log(inputs, "concerns"), timed(inputs)
    for quarter in log.quarters:
        raised = concerns[inside(concerns["raised_on"], quarter)]
        yield observed(log, RAISED, quarter, Counts(len(raised)))
        closed = concerns[inside(concerns["closed_on"], quarter)]
        yield observed(log, RESOLVED, quarter, Counts(int(closed["in_time"].sum()), len(closed)))
    for year in log.years:
        raised = concerns[inside(concerns["raised_on"], year)]
        for category in inputs.catalogue.breakdowns["agency_about"].categories:
            of_it = Counts(int(raised["raised_by"].eq(category.id).sum()))
            yield observed(log, RAISED, year, of_it, breakdown="agency_about", category=category.id)


def timed(inputs: Inputs) -> pd.DataFrame:
    """The concerns that stand, with `in_time`: whether every step they reached took no longer than agreed."""
    concerns = records_of(inputs, "concerns", "Concerns")
    in_time = [
        all(step.state == "met" for step in steps_of(inputs.catalogue, row, inputs.today)) for row in rows(concerns)
    ]
    return concerns.assign(in_time=pd.Series(in_time, index=concerns.index, dtype=bool))


def of_voice(inputs: Inputs) -> Iterator[dict[str, Any]]:
    """Feedback acted on: of what families said in twelve months, what had a complete response at the quarter's end."""
    log, heard = Log(inputs, "voice"), records_of(inputs, "voice", "Heard")
    heard = heard[heard["who"].isin(FAMILIES)]
    # A response nobody dated was complete by the day we were told of it.
    told = pd.to_datetime(heard["received_at"], utc=True).dt.tz_localize(None)
    done_on = heard["responded_on"].fillna(told).where(heard["response"].eq("completed"))
    for quarter in log.quarters[3:]:
        mine = inside(heard["heard_on"], of_kind("rolling_12_months", quarter.end))
        answered = mine & done_on.lt(pd.Timestamp(quarter.next.start))
        yield observed(log, ANSWERED, quarter, Counts(int(answered.sum()), int(mine.sum())), heard[mine])


def of_clocks(inputs: Inputs) -> Iterator[dict[str, Any]]:
    """How often each statutory clock was met, of those that were due in a financial year that is over."""
    log, every = Log(inputs, "reviews"), of_reviews(inputs)
    for clock in (clock for clock in inputs.catalogue.clocks.values() if clock.indicator_id):
        for year in log.years:
            runs = [t.run for t in every if t.clock is clock and t.run and year.start <= t.run.due_on <= year.end]
            yield observed(log, clock.indicator_id, year, Counts(sum(r.state == "met" for r in runs), len(runs)))
