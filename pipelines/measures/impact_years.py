"""A verdict on whole protected years, where quarters are too often hidden or may not be charted."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.measures.impact_effects import rate_ratio, share_difference
from pipelines.measures.impact_kinds import NO_EFFECT, YEARS_BEFORE, Effect, Expected, Verdict, Year, better_or_worse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.measures.spc_methods import Kind

_PARTS = ("before", "after", "straddling")


@dataclass(frozen=True)
class Yearly:
    """What whole years say: a verdict with its reason, how many there are on each side, and the effect.

    `verdict` is not_measurable, with an empty reason, where they say nothing.
    """

    verdict: Verdict
    reason: str = ""
    before: int = 0
    after: int = 0
    effect: Effect = NO_EFFECT


def judge_years(years: Sequence[Year] | None, kind: Kind, expected: Expected) -> Yearly:
    """Improved or worse where the interval of the change leaves out no change at all; two years before, one after.

    Rates and counts: exact ratio. Percentages: Newcombe's difference. Means and what stands on a day have no such
    interval, and one hidden year leaves nothing to compare. ValueError on a part that is not before, after or
    straddling.
    """
    sides = {part: [year for year in years or () if year[4] == part] for part in _PARTS}
    unknown = [year[4] for year in years or () if year[4] not in _PARTS]
    if unknown:
        msg = f"A year's part is {unknown[0]!r}; it must be before, after or straddling."
        raise ValueError(msg)
    before, after = (_given(sides[part]) for part in ("before", "after"))
    counts = (len(before), len(after))
    hidden = any(year[3] for part in ("before", "after") for year in sides[part])
    if hidden or counts[0] < YEARS_BEFORE or kind.is_stock or kind.measure_type == "mean":
        return Yearly("not_measurable")
    if not after:
        return Yearly("too_early", "no_whole_year_after", *counts)
    effect = _effect(before, after, kind)
    if math.isnan(effect.lower):
        return Yearly("not_measurable")
    none = 1.0 if effect.kind == "rate_ratio" else 0.0
    side = 1 if effect.lower > none else -1 if effect.upper < none else 0
    return Yearly(better_or_worse(side, expected), "signal" if side else "no_signal", *counts, effect)


def _given(years: list[Year]) -> list[Year]:
    """Years with a figure."""
    return [year for year in years if year[1] is not None and not math.isnan(year[1])]


def _effect(before: list[Year], after: list[Year], kind: Kind) -> Effect:
    """Percentages need a denominator in every year; counts and rates without one are compared year for year."""
    tops = [math.fsum(year[1] or 0.0 for year in side) for side in (before, after)]
    sizes = [year[2] for year in (*before, *after)]
    if any(size is None or math.isnan(size) for size in sizes):
        if kind.measure_type in {"percent", "rate"}:
            return NO_EFFECT
        return rate_ratio((tops[0], len(before)), (tops[1], len(after)))
    bases = [math.fsum(year[2] or 0.0 for year in side) for side in (before, after)]
    one, two = (tops[0], bases[0]), (tops[1], bases[1])
    if kind.measure_type == "percent":
        return share_difference(one, two, kind.multiplier or 100.0)
    return rate_ratio(one, two, kind.multiplier or 1.0, rates=True)
