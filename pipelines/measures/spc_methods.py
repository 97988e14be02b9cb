"""How each kind of measure is judged: what is compared with limits, and the limits it is compared with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from pipelines.measures.spc_limits import (
    FloatArray,
    IntArray,
    Limits,
    Parts,
    by_phase,
    individuals,
    mean,
    proportions,
    rates,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipelines.measures.spc_series import Series

ENOUGH = 12  # points a phase needs before limits are shown; on fewer they move about too much
NEAR_ZERO_COUNT = 5.0  # simulated: XmR flags the latest of 20 unchanged Poisson counts in 2-27 % below it, 1.5 % above
NEAR_ZERO_PART = 2.0  # the same for p' and u': 3-28 % below two events (or two non-events) a point, 1.5-2 % above
_FLAT = 1e-9  # of the centre: limits nearer than this come from equal figures, not from a spread


@dataclass(frozen=True)
class Kind:
    """What the catalogue says of a measure that decides how it is judged."""

    measure_type: str
    base: str | None = None
    window: str | None = None
    seasonal: bool = False
    multiplier: float | None = None

    @property
    def is_stock(self) -> bool:
        """What is there on a day, counted again at the next: its neighbours share cases, and XmR would cry wolf."""
        on_a_day = self.base is None and self.window == "day"
        return self.measure_type == "snapshot" or self.base == "snapshot" or on_a_day

    @property
    def is_rolling(self) -> bool:
        """Windows that overlap the one before, to which no limits are fair."""
        window = self.window or ""
        return self.base == "window" or window.startswith("rolling") or window.endswith("to_date")


@dataclass(frozen=True)
class Method:
    """What is judged against which limits; both in the unit of `judged` until `back` turns a line into the value's.

    `enough`: how many judged points a phase needs. `only_outside`: judge by the limits alone.
    """

    name: str
    judged: FloatArray
    limits: Limits
    enough: int = ENOUGH
    only_outside: bool = False
    back: Callable[[FloatArray], FloatArray] | None = None

    @property
    def drawn_limits(self) -> Limits:
        """The limits in the value's unit, one band a point."""
        if self.back is None:
            return self.limits
        limits, back = self.limits, self.back
        return Limits(back(limits.centre), back(limits.lower), back(limits.upper), limits.near)


def method_for(series: Series, kind: Kind) -> Method:
    """The method a kind of measure calls for: stocks by their change, seasonal ones by the ratio, shares and rates p', u'."""
    if kind.is_stock:
        return change_of(series)
    if kind.seasonal:
        return ratio_of(series)
    if kind.measure_type in {"percent", "rate"}:
        share = kind.measure_type == "percent"
        return prime_of(series, share=share, multiplier=kind.multiplier or (100.0 if share else None))
    return xmr_of(series)


def xmr_of(series: Series) -> Method:
    """Counts and means over separate periods: XmR."""
    return Method("xmr", series.values, _individuals(series.values, series.phases))


def prime_of(series: Series, *, share: bool, multiplier: float | None) -> Method:
    """Shares (p') or rates (u') over separate periods; XmR where the parts are not known or do not give the value."""
    scale = series.scale(multiplier) if series.has_parts else None
    if scale is None:
        return xmr_of(series)
    parts = Parts(series.numerators, series.denominators, series.shown)
    kind = proportions if share else rates
    limits = by_phase(series.phases, lambda part: kind(parts[part], laney=True))
    lines = (limits.centre, limits.lower, limits.upper, limits.near)
    return Method("p_prime" if share else "u_prime", series.values, Limits(*(line * scale for line in lines)))


def change_of(series: Series) -> Method:
    """Stocks: the change since the period before, whose neighbours, unlike the stock's, share nothing."""
    before = _before(series, 1)
    change = series.values - before
    limits = _individuals(change, series.phases)
    return Method("change", change, limits, ENOUGH - 1, only_outside=True, back=lambda line: before + line)


def ratio_of(series: Series) -> Method:
    """Seasonal series: the ratio to the same period of the year before."""
    before = _before(series, series.per_year)
    ratio = series.values / np.where(before > 0, before, np.nan)
    limits = _individuals(ratio, series.phases)
    return Method("ratio", ratio, limits, back=lambda line: before * line)


def settled(method: Method, phases: IntArray) -> tuple[Method, IntArray]:
    """The method without the limits nobody should see (short phases, no spread), and the judged points per phase."""
    points = np.bincount(phases, weights=~np.isnan(method.judged)).astype(np.int64)
    limits = method.limits
    flat = ~(limits.upper - limits.lower > _FLAT * np.abs(limits.centre))
    hide = flat | (points < method.enough)[phases]
    lower, upper, near = (np.where(hide, np.nan, line) for line in (limits.lower, limits.upper, limits.near))
    return replace(method, limits=Limits(limits.centre, lower, upper, near)), points


def is_near_zero(series: Series, name: str, measure_type: str) -> bool:
    """True for numbers so small that limits would flag chance; judged on the current definition."""
    now = series.phases == series.phases[-1]
    events = mean((series.values if measure_type in {"flow", "snapshot"} else series.numerators)[now])
    if name == "p_prime":
        events = min(events, mean((series.denominators - series.numerators)[now]))
    return events < (NEAR_ZERO_PART if name in {"p_prime", "u_prime"} else NEAR_ZERO_COUNT)


def _individuals(values: FloatArray, phases: IntArray) -> Limits:
    used = ~np.isnan(values)
    return by_phase(phases, lambda part: individuals(values[part], used[part]))


def _before(series: Series, back: int) -> FloatArray:
    """The value so many periods before, NaN at the start, across a change of definition, and where there is none."""
    found = np.full(series.values.size, np.nan)
    if 0 < back < found.size:
        same = series.phases[back:] == series.phases[:-back]
        found[back:] = np.where(same, series.values[:-back], np.nan)
    return found
