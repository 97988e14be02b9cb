"""The usual range as it was before a change, fixed there and carried on after it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from pipelines.measures.spc_limits import Limits
from pipelines.measures.spc_methods import is_near_zero, method_for, xmr_of
from pipelines.measures.spc_rules import judge

if TYPE_CHECKING:
    from pipelines.measures.impact_stretches import Stretch
    from pipelines.measures.spc_limits import FloatArray
    from pipelines.measures.spc_methods import Kind, Method
    from pipelines.measures.spc_rules import Judged
    from pipelines.measures.spc_series import Series

FEWER = 6  # points a baseline may lack of those a chart needs, before nothing can be judged against it
_FLAT = 1e-9  # of the centre: limits nearer than this come from equal figures, not from a spread


@dataclass(frozen=True)
class Frozen:
    """A method whose limits come from the points before the change alone, and what the rules find against them."""

    method: Method
    judged: Judged
    whole: Series
    baseline: Series
    stretch: Stretch

    @property
    def points(self) -> int:
        """How many judged points the limits were made from."""
        return int((~np.isnan(self.method.judged) & self.stretch.before).sum())

    @property
    def is_short(self) -> bool:
        """True where a chart would not yet show limits: fewer than 12 points, or 11 changes."""
        return self.points < self.method.enough

    @property
    def judged_after(self) -> int:
        """How many points after the change could be judged."""
        return int((~np.isnan(self.method.judged) & self.judged.has_limits & self.stretch.after).sum())

    def flaw(self, kind: Kind) -> str:
        """Why nothing can be judged against this baseline, as a reason, or ""."""
        if self.points < self.method.enough - FEWER:
            return "no_baseline"
        limits, rows = self.method.limits, self.stretch.before
        spread = limits.upper - limits.lower > _FLAT * np.abs(limits.centre)
        if not spread[rows].any():
            return "constant"
        return "near_zero" if is_near_zero(self.baseline, self.method.name, kind.measure_type) else ""


def frozen(series: Series, stretch: Stretch, kind: Kind) -> Frozen:
    """Judge every point of one definition by the usual range before the change, with each point's own denominator.

    A seasonal point is set against the same time of the last year before the change, even in later years: against the
    year before it, a change that lasts would be compared with itself.
    """
    one_phase = np.zeros(series.values.size, dtype=np.int64)
    whole = replace(series, values=np.where(stretch.used, series.values, np.nan), phases=one_phase)
    before = replace(whole, values=np.where(stretch.before, series.values, np.nan))
    method, usual = method_for(whole, kind), method_for(before, kind)
    if method.name != usual.name:
        usual = xmr_of(before)
    if method.name == "ratio":
        last_year = _last_year_before(whole, stretch)
        ratio = whole.values / np.where(last_year > 0, last_year, np.nan)
        method = replace(method, judged=ratio, back=partial(np.multiply, last_year))
    method = replace(method, name=usual.name, limits=_only(usual.limits, stretch))
    judged = judge(method.judged, stretch.phases, method.limits, only_outside=method.only_outside)
    numerators = np.where(stretch.before, before.numerators, np.nan)
    denominators = np.where(stretch.before, before.denominators, np.nan)
    baseline = replace(before, numerators=numerators, denominators=denominators)
    return Frozen(method, judged, whole, baseline, stretch)


def _last_year_before(series: Series, stretch: Stretch) -> FloatArray:
    """The figure at the same time of year, of the year before or, after the change, of the last year before that."""
    rows = np.arange(stretch.size)
    beyond = np.where(rows >= stretch.first, rows - stretch.end, 0)
    back = series.per_year * (beyond // series.per_year + 1)
    sources = rows - back
    found = np.full(stretch.size, np.nan)
    known = sources >= stretch.start
    found[known] = series.values[sources[known]]
    return found


def _only(limits: Limits, stretch: Stretch) -> Limits:
    """The limits without those over figures of another definition."""
    rows = np.arange(stretch.size)
    mine = (rows >= stretch.start) & (rows < stretch.stop)
    lines = (limits.centre, limits.lower, limits.upper, limits.near)
    return Limits(*(np.where(mine, line, np.nan) for line in lines))
