"""Where a process is expected to stay: centre lines and limits of one phase, from arrays to arrays."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]
Values = Sequence[float | None] | FloatArray | pd.Series

XMR = 2.66  # 3 / 1.128, rounded as "Making Data Count" publishes it
D2 = 1.128  # mean moving range of two points from a normal process, in standard deviations
SCREEN = 3.267  # upper limit of a moving range: a larger one is a special cause, not the usual spread
T_POWER = 3.6  # makes times between Poisson events nearly normal (Nelson 1994)


@dataclass(frozen=True)
class Limits:
    """Centre and limits per point, and how far from the centre the near lines lie (two thirds of the way)."""

    centre: FloatArray
    lower: FloatArray
    upper: FloatArray
    near: FloatArray


@dataclass(frozen=True)
class Parts:
    """Numerators and denominators point by point, and which points the limits come from."""

    numerators: FloatArray
    denominators: FloatArray
    used: BoolArray

    def __getitem__(self, part: slice) -> Parts:
        """The points of one phase."""
        return Parts(self.numerators[part], self.denominators[part], self.used[part])

    def pooled(self) -> float:
        """Sum of numerators over sum of denominators, never a mean of shares."""
        known = self.used & ~np.isnan(self.numerators) & (self.denominators > 0)
        base = math.fsum(self.denominators[known].tolist())
        return math.fsum(self.numerators[known].tolist()) / base if base > 0 else math.nan


def floats(values: Values) -> FloatArray:
    """A float array with NaN wherever there is no number.

    >>> floats([1, None, 3])
    array([ 1., nan,  3.])
    """
    if isinstance(values, pd.Series):
        return values.to_numpy(dtype=np.float64, na_value=np.nan)
    found = np.array(values, dtype=np.float64)
    found[~np.isfinite(found)] = np.nan
    return found


def mean(values: FloatArray) -> float:
    """The mean of what is there, summed exactly, so that a point on the mean is on it; NaN when nothing is there."""
    there = values[~np.isnan(values)]
    return math.fsum(there.tolist()) / there.size if there.size else math.nan


def mean_moving_range(values: FloatArray, *, screen: bool) -> float:
    """Mean absolute step between neighbours; none is taken across a gap.

    `screen` leaves out, once, the steps of 3.267 means or more. NaN where no step is left.
    """
    steps = np.abs(np.diff(values))
    steps = steps[~np.isnan(steps)]
    average = mean(steps)
    return mean(steps[steps < SCREEN * average]) if screen else average


def individuals(values: FloatArray, used: BoolArray, *, screen: bool = True, factor: float = XMR) -> Limits:
    """XmR limits: mean -/+ factor x mean moving range of the points in `used`. The lower limit is not floored."""
    baseline = np.where(used, values, np.nan)
    centre = np.full(values.size, mean(baseline))
    width = factor * mean_moving_range(baseline, screen=screen)
    return Limits(centre, centre - width, centre + width, np.full(values.size, width * 2 / 3))


def proportions(parts: Parts, *, laney: bool, screen: bool = True) -> Limits:
    """Limits of a p chart, cl -/+ 3 sqrt(cl(1 - cl) / n), clipped to 0..1; with `laney`, p' (Laney 2002)."""
    centre = parts.pooled()
    variance = centre * (1 - centre) if 0 <= centre <= 1 else math.nan
    return _symmetric(centre, _sigma(parts, centre, variance, laney=laney, screen=screen), ceiling=1.0)


def rates(parts: Parts, *, laney: bool, screen: bool = True) -> Limits:
    """Limits of a u chart, cl -/+ 3 sqrt(cl / n), floored at 0; with `laney`, u' (Laney 2002)."""
    centre = parts.pooled()
    return _symmetric(centre, _sigma(parts, centre, centre, laney=laney, screen=screen))


def counts(values: FloatArray, used: BoolArray) -> Limits:
    """Limits of a c chart: mean -/+ 3 sqrt(mean), floored at 0."""
    average = mean(np.where(used, values, np.nan))
    return _symmetric(average, np.full(values.size, math.sqrt(average)))


def between_events(values: FloatArray, used: BoolArray) -> Limits:
    """Limits of a g chart: mean -/+ 3 sqrt(mean (mean + 1)), floored at 0, drawn round the median."""
    baseline = values[used & ~np.isnan(values)]
    average = mean(baseline)
    limits = _symmetric(average, np.full(values.size, math.sqrt(average * (average + 1))))
    middle = float(np.median(baseline)) if baseline.size else math.nan
    return replace(limits, centre=np.full(values.size, middle))


def times(values: FloatArray, used: BoolArray, *, screen: bool = True) -> Limits:
    """Limits of a t chart: individuals limits of y^(1/3.6), raised back; a negative lower limit becomes 0."""
    on_root = individuals(values ** (1 / T_POWER), used, screen=screen, factor=3 / D2)
    back = [np.maximum(line, 0.0) ** T_POWER for line in (on_root.centre, on_root.lower, on_root.upper)]
    return Limits(back[0], back[1], back[2], np.full(values.size, np.nan))


def by_phase(phases: IntArray, limits_of: Callable[[slice], Limits]) -> Limits:
    """Limits worked out anew in each phase; `phases` is non-decreasing, one number a point."""
    edges = [0, *(np.flatnonzero(np.diff(phases)) + 1).tolist(), phases.size]
    parts = [limits_of(slice(start, stop)) for start, stop in pairwise(edges)]
    if len(parts) == 1:
        return parts[0]
    joined = [np.concatenate([getattr(part, line) for part in parts]) for line in ("centre", "lower", "upper", "near")]
    return Limits(*joined)


def _sigma(parts: Parts, centre: float, variance: float, *, laney: bool, screen: bool) -> FloatArray:
    """Standard deviation per point; Laney's is stretched by the spread of the z scores, mean moving range / 1.128."""
    size = np.where(parts.denominators > 0, parts.denominators, np.nan)
    sigma = np.sqrt(variance / size)
    if not laney:
        return sigma
    scores = (parts.numerators / size - centre) / np.where(sigma > 0, sigma, np.nan)
    return sigma * mean_moving_range(np.where(parts.used, scores, np.nan), screen=screen) / D2


def _symmetric(centre: float, sigma: FloatArray, ceiling: float = math.inf) -> Limits:
    lower = np.maximum(centre - 3 * sigma, 0.0)
    upper = np.minimum(centre + 3 * sigma, ceiling)
    return Limits(np.full(sigma.size, centre), lower, upper, 2 * sigma)
