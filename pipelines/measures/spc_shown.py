"""Which chart a series may have on a page, and that chart: limits only where they are honest."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pipelines.measures import spc_words as words
from pipelines.measures.charts import Aim, Chart, Improvement, drawn, no_limits
from pipelines.measures.spc_methods import (
    Kind,
    Method,
    is_near_zero,
    method_for,
    settled,
)
from pipelines.measures.spc_rules import judge
from pipelines.measures.spc_series import Series, prepared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.measures.spc_limits import BoolArray, FloatArray, Values

MEASURE_TYPES = ("flow", "snapshot", "percent", "rate", "mean", "rare")


def chart_for(  # noqa: PLR0913 - the contract other parts call
    values: Values,
    *,
    measure_type: str,
    improvement: Improvement,
    numerators: Values | None = None,
    denominators: Values | None = None,
    base: str | None = None,
    window: str | None = None,
    seasonal: bool = False,
    target: float | None = None,
    rebase: Sequence[int] = (),
    hidden: Sequence[bool] | BoolArray | None = None,
    multiplier: float | None = None,
    period_ids: Sequence[str] | None = None,
) -> Chart:
    """The chart a page may show of a series in time order, one value a period, NaN or None where there is none.

    Percent with parts on separate periods: p'. Rate: u'. Counts and means: XmR. Stocks: limits on the change.
    Seasonal: limits on the ratio to a year before. Rolling windows: a line. Rare, or too much hidden: none.
    Fewer than 12 points: a run chart. Equal figures: constant. Limits are in the value's unit, one band a point.

    `hidden` points count as missing. `rebase`: rows where a definition starts. `multiplier`: 100 for percent (the
    default there), 10,000 for a rate per 10,000. ValueError on an unknown measure type, unequal lengths, or a rebase
    outside the data; gaps never raise.
    """
    if measure_type not in MEASURE_TYPES:
        msg = f"measure_type is {measure_type!r}; it must be one of {', '.join(MEASURE_TYPES)}."
        raise ValueError(msg)
    series = prepared(values, (numerators, denominators), hidden, rebase, period_ids)
    aim = Aim(improvement, target)
    kind = Kind(measure_type, base, window, seasonal, multiplier)
    plain = _without_limits(series, kind)
    if plain is not None:
        return plain
    return _judged(series, method_for(series, kind), aim, measure_type)


def limits_for(  # noqa: PLR0913 - what `chart_for` takes of a series, without how it is drawn
    values: Values,
    *,
    measure_type: str,
    numerators: Values | None = None,
    denominators: Values | None = None,
    base: str | None = None,
    window: str | None = None,
    seasonal: bool = False,
    rebase: Sequence[int] = (),
    multiplier: float | None = None,
    period_ids: Sequence[str] | None = None,
) -> tuple[FloatArray, FloatArray] | None:
    """Lower and upper limit of each point as `chart_for` draws them, without the chart; None where it would draw none.

    None too where the definition in force at the end has too few points: nothing is said of the latest figure then.
    """
    series = prepared(values, (numerators, denominators), None, rebase, period_ids)
    kind = Kind(measure_type, base, window, seasonal, multiplier)
    if _without_limits(series, kind) is not None:
        return None
    method, points = settled(method_for(series, kind), series.phases)
    shown = series.values[series.shown]
    if points[-1] < method.enough or np.ptp(shown) <= 1e-9 * np.abs(shown).max():
        return None
    if is_near_zero(series, method.name, measure_type):
        return None
    drawn_limits = method.drawn_limits
    return drawn_limits.lower, drawn_limits.upper


def _without_limits(series: Series, kind: Kind) -> Chart | None:
    """The chart of a series that may have no limits whatever its figures are; None for any other."""
    figures = int((series.shown | series.hidden).sum())
    if kind.measure_type == "rare":
        return _plain(series, "none", words.RARE)
    if series.is_mostly_hidden:
        hidden = int(series.hidden.sum())
        return _plain(series, "none", words.HIDDEN.format(period=series.period, hidden=hidden, figures=figures))
    if not figures:
        return _plain(series, "none", words.EMPTY)
    if kind.window == "audit":
        return _plain(series, "none", words.AUDITS)
    if kind.is_rolling:
        return _plain(series, "line", words.ROLLING)
    return None


def _judged(series: Series, method: Method, aim: Aim, measure_type: str) -> Chart:
    """Limits where the figures allow them, and the reason in words where they do not."""
    method, points = settled(method, series.phases)
    stock_or_season = method.back is not None
    if points.max() < method.enough:
        return _plain(series, "run", words.needed(series, method.enough - int(points[-1])), medians=not stock_or_season)
    shown = series.values[series.shown]
    if np.ptp(shown) <= 1e-9 * np.abs(shown).max():
        return _plain(series, "constant", words.unchanged(series), medians=True)
    if is_near_zero(series, method.name, measure_type):
        return _plain(series, "line" if stock_or_season else "run", words.NEAR_ZERO, medians=not stock_or_season)
    judged = judge(method.judged, series.phases, method.limits, only_outside=method.only_outside)
    short = (points < method.enough)[series.phases]
    judged = replace(judged, codes=np.where(short, 0, judged.codes))
    if stock_or_season:
        aim = replace(aim, target=None)  # a target says nothing about a band that moves with the series
    chart = replace(drawn(method.name, judged, method.drawn_limits, aim), period=series.period)
    return _as_of_the_latest(chart, series, method, int(points[-1]))


def _as_of_the_latest(chart: Chart, series: Series, method: Method, points: int) -> Chart:
    """Claim nothing about the latest figure where it could not be judged itself."""
    latest = np.flatnonzero(series.shown)[-1]
    if points < method.enough:
        note, is_judged = words.needed(series, method.enough - points), False
    elif np.isnan(method.limits.upper[np.flatnonzero(series.phases == series.phases[-1])]).all():
        note, is_judged = words.ALIKE, chart.since is not None
    else:
        note, is_judged = words.basis(series, method.name, points), not np.isnan(method.judged[latest])
    if is_judged:
        return replace(chart, note=note)
    return replace(chart, note=note, variation="none", assurance=None, since=None, run=0)


def _plain(series: Series, name: str, note: str, *, medians: bool = False) -> Chart:
    """A chart without limits, flags or icons."""
    centre = np.full(series.values.size, np.nan)
    if medians:
        for phase in range(int(series.phases[-1]) + 1):
            rows = series.shown & (series.phases == phase)
            centre[series.phases == phase] = np.median(series.values[rows]) if rows.any() else np.nan
    limits = no_limits(centre)
    chart = drawn(name, judge(series.values, series.phases, limits, only_outside=True), limits, Aim())
    return replace(chart, variation="none", note=note, period=series.period)
