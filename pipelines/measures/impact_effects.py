"""How large a change is: pooled levels before and after, and a ratio or a difference with the interval it allows."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np

from pipelines.measures.exact import rate_ratio_exact
from pipelines.measures.impact_kinds import NO_EFFECT, Effect
from pipelines.measures.share_differences import newcombe

if TYPE_CHECKING:
    from pipelines.measures.impact_stretches import Stretch
    from pipelines.measures.spc_limits import BoolArray
    from pipelines.measures.spc_methods import Kind
    from pipelines.measures.spc_series import Series


@dataclass(frozen=True)
class Pool:
    """One side of a change, summed: values, numerators and denominators of so many points; NaN where not all known."""

    points: int
    total: float
    numerator: float
    denominator: float

    @property
    def share(self) -> float:
        """Sum of numerators over sum of denominators, never a mean of shares."""
        return self.numerator / self.denominator if self.denominator > 0 else math.nan

    @property
    def mean(self) -> float:
        """The mean of the values."""
        return self.total / self.points if self.points else math.nan


def effect_of(series: Series, stretch: Stretch, kind: Kind) -> Effect:
    """The effect by the kind of measure, from the shown points of one definition; whole years only where seasonal.

    Counts: exact rate ratio over equal periods. Rates: the same over their exposures. Percentages: Newcombe's
    difference and Fisher's test. Means (from their sums where sent, else the mean of the points) and what stands on a
    day: the difference of the levels, no interval.
    """
    sides = (stretch.before, stretch.after)
    if kind.seasonal:
        sides = tuple(_whole_years(series, rows) for rows in sides)
    before, after = (_pooled(series, rows) for rows in sides)
    if not (before.points and after.points):
        return NO_EFFECT
    if kind.measure_type in {"percent", "rate"}:
        scale = series.scale(kind.multiplier or (100.0 if kind.measure_type == "percent" else None))
        return _of_parts(before, after, kind, scale)
    if kind.measure_type == "mean" and series.scale(kind.multiplier or 1.0) == 1.0 and series.has_parts:
        return _difference(before.share, after.share)
    if kind.is_stock or kind.measure_type == "mean":
        return _difference(before.mean, after.mean)
    return rate_ratio((before.total, before.points), (after.total, after.points))


def rate_ratio(
    before: tuple[float, float], after: tuple[float, float], scale: float = 1.0, *, rates: bool = False
) -> Effect:
    """Events and exposure before, and after: the exact ratio after / before, NaN where the events are not whole.

    `rates`: the exposures are people or time at risk and are kept as denominators; otherwise they are periods.

    >>> found = rate_ratio((120, 12), (20, 4))
    >>> found.before, found.after, found.value, round(found.upper, 2)
    (10.0, 5.0, 0.5, 0.81)
    """
    (x1, t1), (x2, t2) = before, after
    if not (x1 >= 0 and x2 >= 0 and t1 > 0 and t2 > 0):
        return NO_EFFECT
    value = lower = upper = math.nan
    if x1 == int(x1) and x2 == int(x2):
        found = rate_ratio_exact(x2, t2, x1, t1)
        value, lower, upper = found.value, found.lower, found.upper
    denominators = (t1, t2) if rates else (math.nan, math.nan)
    levels = (x1 / t1 * scale, x2 / t2 * scale)
    return Effect("rate_ratio", value, lower, upper, *levels, x1, denominators[0], x2, denominators[1])


def share_difference(before: tuple[float, float], after: tuple[float, float], scale: float = 100.0) -> Effect:
    """Numerator and denominator before, and after: the difference after - before in points, with both its tests.

    >>> found = share_difference((48, 80), (56, 70))
    >>> round(found.value, 2), round(found.lower, 2), round(found.upper, 2), round(found.odds_p, 4)
    (20.0, 5.24, 33.39, 0.0125)
    """
    (x1, n1), (x2, n2) = before, after
    if not (0 <= x1 <= n1 and 0 <= x2 <= n2 and n1 > 0 and n2 > 0):
        return NO_EFFECT
    found = newcombe(x2, n2, x1, n1)
    bounds = (found.value * scale, found.lower * scale, found.upper * scale)
    p_value = _fisher(x1, n1 - x1, x2, n2 - x2)
    return Effect("difference", *bounds, x1 / n1 * scale, x2 / n2 * scale, x1, n1, x2, n2, p_value)


def _of_parts(before: Pool, after: Pool, kind: Kind, scale: float | None) -> Effect:
    """Percentages and rates; nothing without their parts, since neither is ever averaged."""
    if scale is None or math.isnan(before.share) or math.isnan(after.share):
        return NO_EFFECT
    sides = (before.numerator, before.denominator), (after.numerator, after.denominator)
    if kind.is_stock:
        return _difference(before.share * scale, after.share * scale)
    if kind.measure_type == "percent":
        return share_difference(*sides, scale)
    return rate_ratio(*sides, scale, rates=True)


def _difference(was: float, now: float) -> Effect:
    """Two levels and no interval: nobody has sent the spread of means, and neighbouring days share their cases."""
    return Effect("mean_difference", now - was, before=was, after=now)


def _pooled(series: Series, rows: BoolArray) -> Pool:
    shown = rows & series.shown
    sums = (math.fsum(part[shown].tolist()) for part in (series.values, series.numerators, series.denominators))
    return Pool(int(shown.sum()), *sums)


def _whole_years(series: Series, rows: BoolArray) -> BoolArray:
    """The rows that make whole years without a gap, counted back from the last, so that seasons weigh alike."""
    found = np.zeros(rows.size, dtype=np.bool_)
    there = np.flatnonzero(rows)
    for stop in range(there.size, series.per_year - 1, -series.per_year):
        year = there[stop - series.per_year : stop]
        found[year] = series.shown[year].all()
    return found


def _fisher(yes1: float, no1: float, yes2: float, no2: float) -> float:
    """Fisher's two-sided p value, NaN where the counts are not whole."""
    counts = (yes1, no1, yes2, no2)
    if any(count != int(count) for count in counts):
        return math.nan
    from scipy.stats import fisher_exact  # slow to import, and only percentages ask for it

    return float(cast("float", fisher_exact([[int(yes1), int(no1)], [int(yes2), int(no2)]])[1]))
