"""An indicator's line as a chart judges it: which points it should have, where its definition breaks, and its limits.

The same here for the page that draws the chart and for the check that asks for a reason: a figure is asked about exactly
where the chart will flag it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pipelines.measures import spc
from schemas.periods import of_kind, parse, quarters

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from schemas.catalogue import Catalogue, Indicator
    from schemas.periods import Period

IMPROVEMENT: dict[str, spc.Improvement] = {"higher": "increase", "lower": "decrease", "neutral": "neutral"}


def expected_periods(catalogue: Catalogue, indicator: Indicator, through: Period) -> list[Period]:
    """Every period an indicator should have a point for, in order of time."""
    first = parse(catalogue.partnership.first_period)
    # A cohort is followed for a year before it is counted.
    every = quarters(first, through.year_before if indicator.window == "cohort" else through)
    if indicator.measure_type == "rare" or indicator.frequency == "annual":
        return [q.financial_year for q in every if q.financial_year.end == q.end]
    if indicator.frequency == "termly":
        terms = dict.fromkeys(of_kind("term", day) for q in every for day in (q.start, q.end))
        return [term for term in sorted(terms) if first.start <= term.end <= through.end]
    if indicator.frequency == "six-monthly":
        return [q for q in every if q.end.month in (3, 9)]
    return every


def charted(
    catalogue: Catalogue, indicator: Indicator, line: Mapping[str, np.ndarray], periods: Sequence[Period]
) -> spc.Chart:
    """The chart of a line: `value`, `numerator`, `denominator` and `marker` of each of its periods, in order of time."""
    target = indicator.target.value if indicator.target and indicator.polarity != "neutral" else None
    return spc.chart_for(
        improvement=IMPROVEMENT[indicator.polarity],
        target=target,
        hidden=line["marker"] == "c",
        **_judged_as(catalogue, indicator, line, periods),
    )


def limits(
    catalogue: Catalogue, indicator: Indicator, line: Mapping[str, np.ndarray], periods: Sequence[Period]
) -> tuple[np.ndarray, np.ndarray, np.ndarray] | None:
    """What is judged of a line, and its lower and upper limits, point by point; None where its chart has no limits.

    As `charted` draws them. A rate on a population that is filled in only when it is published is judged by its count.
    """
    asked = _judged_as(catalogue, indicator, line, periods)
    if np.isnan(asked["values"]).all():
        asked |= {"values": line["numerator"].astype(float), "numerators": None, "denominators": None}
        asked["measure_type"] = "snapshot" if indicator.base == "snapshot" else "flow"
    found = spc.limits_for(**asked)
    return None if found is None else (asked["values"], *found)


def _judged_as(
    catalogue: Catalogue, indicator: Indicator, line: Mapping[str, np.ndarray], periods: Sequence[Period]
) -> dict[str, Any]:
    official = indicator.denominator is not None and catalogue.quantities[indicator.denominator].official
    times = 4.0 if indicator.annualise else 1.0
    return {
        "values": line["value"].astype(float),
        "measure_type": indicator.measure_type,
        "numerators": line["numerator"].astype(float) if indicator.denominator else None,
        "denominators": line["denominator"].astype(float) / (times if official else 1.0)
        if indicator.denominator
        else None,
        "base": indicator.base,
        "window": indicator.window,
        "seasonal": indicator.seasonal,
        "rebase": _breaks(indicator, periods),
        "multiplier": indicator.per,
        "period_ids": [p.id for p in periods],
    }


def _breaks(indicator: Indicator, periods: Sequence[Period]) -> list[int]:
    """Where a new definition starts, among the points drawn."""
    starts = [parse(d.from_period).start for d in indicator.definitions[1:]]
    found = [next((n for n, p in enumerate(periods) if p.start >= start), None) for start in starts]
    return [n for n in found if n]
