"""Two indicators from the self-assessments that have come in: who has a current one, and which schools returned theirs.

Organisations are counted, not people, and a figure cites nobody's submission: its citations would name the bodies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.publishing.assessments.bodies import ORGANISATIONAL, bodies_of, due_on, is_begun
from pipelines.publishing.assessments.rounds import rounds
from schemas.periods import of_kind, parse, quarter_of, quarters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from pipelines.publishing.assembling import Inputs
    from pipelines.publishing.assessments.rounds import Round
    from schemas.periods import Period

CURRENT, SCHOOLS = "PA06", "ED11"
EDUCATION = "education"
COMPUTED_BY = "Throughline"
Counted = tuple[int, int]  # those with one, of those who owe one


def of_self_assessments(inputs: Inputs) -> Iterator[dict[str, Any]]:
    """Observations of both indicators; none before the first round has come to its due day."""
    if not is_begun(inputs):
        return
    every = rounds(inputs)
    yield from _current(inputs, [one for one in every if one.instrument.id == ORGANISATIONAL])
    yield from _of_schools(inputs, [one for one in every if one.instrument.id == EDUCATION])


def _current(inputs: Inputs, every: Sequence[Round]) -> Iterator[dict[str, Any]]:
    """At each quarter's end, those whose self-assessment became whole in the twelve months before, by sector."""
    bodies, whole = bodies_of(inputs, ORGANISATIONAL), _whole_days(every)
    about = {s.id: str(getattr(s, "about", "other")) for s in inputs.catalogue.choices["sector"].values()}
    for quarter in _quarters(inputs, every):
        window = of_kind("rolling_12_months", quarter.end)
        owing = [body for body in bodies if body.owes_on(quarter.end)]
        told = [(about[b.sector], any(_is_in(day, window) for day in whole.get(b.body_id, ()))) for b in owing]
        yield _row(inputs, CURRENT, quarter.id, ("all", "all"), _counted(told))
        for category in inputs.catalogue.breakdowns["agency_about"].categories:
            mine = [each for each in told if each[0] == category.id]
            yield _row(inputs, CURRENT, quarter.id, ("agency_about", category.id), _counted(mine))


def _of_schools(inputs: Inputs, every: Sequence[Round]) -> Iterator[dict[str, Any]]:
    """For each year that is over, the schools and colleges whose return of that year was whole by its end."""
    for one in sorted(every, key=lambda each: each.year):
        if one.year.end < inputs.today and one.year.end <= inputs.through.end:
            told = [("", r.whole_on is not None and r.whole_on <= one.year.end) for r in one.replies]
            yield _row(inputs, SCHOOLS, one.year.id, ("all", "all"), _counted(told))


def _quarters(inputs: Inputs, every: Sequence[Round]) -> list[Period]:
    """Every quarter that is over, from the one in which the first round anybody answered was due."""
    answered = [one.year for one in every if any(reply.answers for reply in one.replies)]
    if not answered:
        return []
    first = max(quarter_of(due_on(inputs.catalogue, min(answered))), parse(inputs.catalogue.partnership.first_period))
    return [each for each in quarters(first, inputs.through) if each.end < inputs.today]


def _whole_days(every: Sequence[Round]) -> Mapping[str, list[date]]:
    found: dict[str, list[date]] = {}
    for reply in (reply for one in every for reply in one.replies):
        if reply.whole_on:
            found.setdefault(reply.body.body_id, []).append(reply.whole_on)
    return found


def _is_in(day: date, period: Period) -> bool:
    return period.start <= day <= period.end


def _counted(told: Sequence[tuple[str, bool]]) -> Counted:
    return sum(has for _, has in told), len(told)


def _row(inputs: Inputs, indicator_id: str, period_id: str, group: tuple[str, str], of: Counted) -> dict[str, Any]:
    indicator, (top, size) = inputs.catalogue.indicators[indicator_id], of
    return {
        "indicator_id": indicator_id,
        "period_id": period_id,
        "agency_id": indicator.agency_id,
        "area_id": inputs.catalogue.partnership.area_code,
        "breakdown": group[0],
        "category": group[1],
        "numerator": float(top),
        "denominator": float(size),
        "value": indicator.per * top / size if size else None,
        "marker": "",
        "reason": "",
        "definition_version": 1,
        "submission_id": COMPUTED_BY,
        "version": 1,
        "received_at": pd.NaT,
        "approved": True,
    }
