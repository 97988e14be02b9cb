"""The other control charts: shares (p), rates (u), counts (c), rare events (g, t) and the run chart, after qicharts2.

Laney's primes fit p and u limits to the spread really seen, which large denominators need.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypedDict, Unpack

import numpy as np

from pipelines.measures.charts import Aim, Chart, Improvement, drawn, no_limits, phases_from
from pipelines.measures.spc_limits import (
    BoolArray,
    FloatArray,
    Limits,
    Parts,
    Values,
    between_events,
    by_phase,
    counts,
    floats,
    proportions,
    rates,
    times,
)
from pipelines.measures.spc_rules import judge
from pipelines.measures.spc_runs import runs_test

if TYPE_CHECKING:
    from pipelines.measures.spc_limits import IntArray

Flags = Sequence[bool] | BoolArray


class Options(TypedDict, total=False):
    """What every chart here takes by name.

    `improvement`: increase, decrease or neutral (default). `target`: a value. `rebase`: rows where a phase starts.
    `baseline`: marks the rows that limits come from (default all). `screen`: leave out moving ranges that are
    special causes themselves (default yes; primes and t only).
    """

    improvement: Improvement
    target: float | None
    rebase: Sequence[int]
    baseline: Flags | None
    screen: bool


@dataclass(frozen=True)
class _Setup:
    """The options with their defaults; an unknown option is a TypeError."""

    improvement: Improvement = "neutral"
    target: float | None = None
    rebase: Sequence[int] = ()
    baseline: Flags | None = None
    screen: bool = True

    def used(self, size: int) -> BoolArray:
        """Which points the limits come from."""
        return np.ones(size, dtype=np.bool_) if self.baseline is None else np.array(self.baseline, dtype=np.bool_)


def p(numerators: Values, denominators: Values, **options: Unpack[Options]) -> Chart:
    """Shares (0..1) with limits cl -/+ 3 sqrt(cl(1 - cl) / n), clipped to 0..1.

    >>> chart = p([4, 6, 5], [10, 10, 10])
    >>> chart.points["mean"].round(3).tolist(), chart.points["upl"].round(3).tolist()
    ([0.5, 0.5, 0.5], [0.974, 0.974, 0.974])
    """
    return _of_parts("p", numerators, denominators, partial(proportions, laney=False), _Setup(**options))


def p_prime(numerators: Values, denominators: Values, **options: Unpack[Options]) -> Chart:
    """Shares with p limits times the spread of their z scores, mean moving range / 1.128 (Laney 2002)."""
    return _of_parts("p_prime", numerators, denominators, partial(proportions, laney=True), _Setup(**options))


def u(numerators: Values, denominators: Values, **options: Unpack[Options]) -> Chart:
    """Events per unit with limits cl -/+ 3 sqrt(cl / n), floored at 0."""
    return _of_parts("u", numerators, denominators, partial(rates, laney=False), _Setup(**options))


def u_prime(numerators: Values, denominators: Values, **options: Unpack[Options]) -> Chart:
    """Events per unit with u limits times the spread of their z scores (Laney 2002)."""
    return _of_parts("u_prime", numerators, denominators, partial(rates, laney=True), _Setup(**options))


def c(values: Values, **options: Unpack[Options]) -> Chart:
    """Counts over equal stretches with limits mean -/+ 3 sqrt(mean), floored at 0."""
    return _of_values("c", values, counts, _Setup(**options))


def g(values: Values, **options: Unpack[Options]) -> Chart:
    """Cases between rare events: limits mean -/+ 3 sqrt(mean (mean + 1)) round the median; only rule: outside.

    For events that are not children: each point is a single event.
    """
    return _of_values("g", values, between_events, _Setup(**options))


def t(values: Values, **options: Unpack[Options]) -> Chart:
    """Time between rare events: individuals limits (3 / 1.128) of y^(1/3.6), raised back; only rule: outside.

    For events that are not children: each point is a single event. ValueError on a negative time.
    """
    series, setup = floats(values), _Setup(**options)
    if (series < 0).any():
        msg = f"{np.nanmin(series):g} is a time between events and cannot be negative. Check the order of the dates."
        raise ValueError(msg)
    return _of_values("t", series, partial(times, screen=setup.screen), setup)


def run(values: Values, *, rebase: Sequence[int] = ()) -> Chart:
    """A line round its median, with no limits and no flags on points; `runs` tells whether it wanders (Anhøj)."""
    series = floats(values)
    phases = phases_from(series.size, rebase)
    limits = by_phase(phases, lambda part: no_limits(np.full(part.stop - part.start, _median(series[part]))))
    wanders = runs_test(series, limits.centre)
    note = "The line stays on one side of its median for too long to be chance." if wanders.signal else ""
    chart = drawn("run", judge(series, phases, limits, only_outside=True), limits, Aim())
    return replace(chart, note=note, runs=wanders)


def _of_parts(
    name: str, numerators: Values, denominators: Values, limits_of: Callable[..., Limits], setup: _Setup
) -> Chart:
    tops, sizes = floats(numerators), floats(denominators)
    parts = Parts(tops, sizes, setup.used(tops.size))
    phases = phases_from(tops.size, setup.rebase)
    screened = partial(limits_of, screen=setup.screen)
    limits = by_phase(phases, lambda part: screened(parts[part]))
    return _finished(name, tops / np.where(sizes > 0, sizes, np.nan), phases, limits, setup)


def _of_values(name: str, values: Values, limits_of: Callable[[FloatArray, BoolArray], Limits], setup: _Setup) -> Chart:
    series = floats(values)
    used = setup.used(series.size)
    phases = phases_from(series.size, setup.rebase)
    return _finished(name, series, phases, by_phase(phases, lambda part: limits_of(series[part], used[part])), setup)


def _finished(name: str, values: FloatArray, phases: IntArray, limits: Limits, setup: _Setup) -> Chart:
    judged = judge(values, phases, limits, only_outside=name in {"g", "t"})
    chart = drawn(name, judged, limits, Aim(setup.improvement, setup.target))
    return replace(chart, runs=runs_test(values, limits.centre))


def _median(values: FloatArray) -> float:
    there = values[~np.isnan(values)]
    return float(np.median(there)) if there.size else float("nan")
