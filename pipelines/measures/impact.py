"""Did practice change? A verdict on the figures after a registered change, against what was usual before it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipelines.measures.impact_effects import effect_of
from pipelines.measures.impact_kinds import (
    FEWEST_AFTER,
    REASONS,
    Effect,
    Expected,
    Impact,
    Verdict,
    Year,
    better_or_worse,
)
from pipelines.measures.impact_limits import Frozen, frozen
from pipelines.measures.impact_points import points_of
from pipelines.measures.impact_segmented import Segmented, segmented_poisson, segments_of
from pipelines.measures.impact_signals import Signal, latest_signal, unusual_end
from pipelines.measures.impact_stretches import Stretch, broken_off, stretch, too_much_hidden
from pipelines.measures.impact_years import judge_years
from pipelines.measures.spc_methods import Kind
from pipelines.measures.spc_series import Series, prepared
from pipelines.measures.spc_shown import MEASURE_TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.measures.spc_limits import BoolArray, Values

__all__ = [
    "REASONS",
    "Effect",
    "Expected",
    "Impact",
    "Segmented",
    "Verdict",
    "Year",
    "judge_impact",
    "segmented_poisson",
]


@dataclass(frozen=True)
class _Case:
    """One question: a series, its rows before and after, and what was expected of it."""

    series: Series
    stretch: Stretch
    kind: Kind
    expected: Expected
    years: Sequence[Year] | None

    def shown(self, rows: BoolArray) -> int:
        return int((self.series.shown & rows).sum())


def judge_impact(  # noqa: PLR0913 - the contract other parts call
    values: Values,
    *,
    changed_at: int,
    expected: Expected,
    measure_type: str,
    numerators: Values | None = None,
    denominators: Values | None = None,
    base: str | None = None,
    window: str | None = None,
    seasonal: bool = False,
    rebase: Sequence[int] = (),
    hidden: Sequence[bool] | BoolArray | None = None,
    multiplier: float | None = None,
    straddling: int | None = None,
    period_ids: Sequence[str] | None = None,
    years: Sequence[Year] | None = None,
) -> Impact:
    """The verdict on a series in time order: improved, worse, no_change, too_early or not_measurable, and why.

    The usual range is that of the points before row `changed_at`, of the definition in force, by the method `chart_for`
    chooses; the latest special cause among the points after decides, if it lasted. `straddling`: the row of the period
    the change falls in, shown and used for nothing. `years` (label, numerator, denominator or None, hidden, before or
    after or straddling; whole years of one definition) decide where points are hidden, rare, overlapping, equal, near
    zero or too few before the change. Other arguments as `chart_for` takes them.

    ValueError on an unknown direction or measure type, unequal lengths, and rows outside the series; gaps never raise.

    >>> judge_impact([40, 44, 38, 42, 39, 43] * 2 + [25, 24, 27, 26], changed_at=12, expected="lower", measure_type="flow").verdict
    'improved'
    """
    _refuse(expected, measure_type)
    series = prepared(values, (numerators, denominators), hidden, rebase, period_ids)
    rows = stretch(series.values.size, changed_at, straddling, rebase)
    case = _Case(series, rows, Kind(measure_type, base, window, seasonal, multiplier), expected, years)
    if broken_off(series, rows):
        return _unjudged(case, "definition_changed")
    reason = _not_by_points(case)
    if reason:
        return _by_years(case, reason)
    usual = frozen(series, rows, case.kind)
    flaw = usual.flaw(case.kind)
    return _by_years(case, flaw) if flaw else _by_points(case, usual)


def _refuse(expected: str, measure_type: str) -> None:
    if expected not in {"higher", "lower"}:
        msg = f"expected is {expected!r}; it must be higher or lower. Register the direction before looking."
        raise ValueError(msg)
    if measure_type not in MEASURE_TYPES:
        msg = f"measure_type is {measure_type!r}; it must be one of {', '.join(MEASURE_TYPES)}."
        raise ValueError(msg)


def _not_by_points(case: _Case) -> str:
    """Why the points as given may not be judged at all, whatever the baseline; "" where they may."""
    if case.kind.measure_type == "rare":
        return "rare"
    if case.kind.window == "audit":
        return "audit"
    if case.kind.is_rolling:
        return "rolling"
    return "hidden" if too_much_hidden(case.series, case.stretch) else ""


def _by_points(case: _Case, usual: Frozen) -> Impact:
    """The latest special cause after the change decides, from the fourth point on."""
    needed = max(FEWEST_AFTER - usual.judged_after, 0)
    signal = latest_signal(usual)
    verdict, reason = _verdict(signal, needed, case.expected)
    return Impact(
        verdict=verdict,
        basis="quarters",
        reason=reason,
        points=points_of(case.series, case.stretch, case.expected, usual),
        baseline_points=case.shown(case.stretch.before),
        after_points=case.shown(case.stretch.after),
        needed=needed,
        unusual_baseline=unusual_end(usual, case.expected),
        few_baseline=usual.is_short,
        since=signal.since if signal else None,
        signal=signal.label if signal else "",
        effect=effect_of(usual.whole, case.stretch, case.kind),
        segmented=segments_of(usual.whole, case.stretch, case.kind),
        chart=usual.method.name,
    )


def _verdict(signal: Signal | None, needed: int, expected: Expected) -> tuple[Verdict, str]:
    if needed:
        return "too_early", "fewer_than_four_after"
    if signal is None:
        return "no_change", "no_signal"
    if not signal.lasted:
        return "no_change", "signal_did_not_last"
    return better_or_worse(signal.side, expected), "signal"


def _by_years(case: _Case, set_aside: str) -> Impact:
    """Whole years decide; without enough of them nothing does, for the reason the points were set aside.

    A baseline that a new definition cut short is not lengthened by years, which would be of the old one.
    """
    is_cut_short = set_aside == "no_baseline" and case.stretch.start > 0
    yearly = judge_years(() if is_cut_short else case.years, case.kind, case.expected)
    unjudged = _unjudged(case, set_aside)
    if yearly.verdict == "not_measurable":
        return unjudged
    return replace(
        unjudged,
        verdict=yearly.verdict,
        basis="years",
        reason=yearly.reason,
        baseline_points=yearly.before,
        after_points=yearly.after,
        needed=0 if yearly.after else 1,
        effect=yearly.effect,
        chart="years",
        set_aside=set_aside,
    )


def _unjudged(case: _Case, reason: str) -> Impact:
    counts = (case.shown(case.stretch.before), case.shown(case.stretch.after))
    points = points_of(case.series, case.stretch, case.expected)
    return Impact("not_measurable", "none", reason, points, *counts, set_aside=reason)
