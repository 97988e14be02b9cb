"""Segmented Poisson regression of counts round a change: did the level move, and did the slope?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from pipelines.measures.bounds import Interval, tail_of
from pipelines.measures.spc_limits import floats

if TYPE_CHECKING:
    from pipelines.measures.impact_stretches import Stretch
    from pipelines.measures.spc_limits import FloatArray, Values
    from pipelines.measures.spc_methods import Kind
    from pipelines.measures.spc_series import Series

FEWEST_EACH_SIDE = 8  # points before and after: two years of quarters, to tell a slope from chance
_RUNAWAY = 12.0  # on the log scale, 160,000-fold: no count of children does that, only an estimate bound for infinity
TERMS = ("(Intercept)", "t", "post", "since")


@dataclass(frozen=True)
class Factor(Interval[float]):
    """A multiple of the expected count, with its 95 % interval."""

    value: float


@dataclass(frozen=True, slots=True)
class Segmented:
    """log(expected count) = (Intercept) + slope before x t + level change x post + slope change x since.

    `t` counts the points from 1; `post` is 1 after the change; `since` counts the points after it from 1. `coef`, `se`
    (Poisson), `se_quasi` (x the root of the Pearson dispersion) and `dispersion` are as R's glm gives them. `level`:
    what the count was multiplied by at the change; `slope`: by how much more each period multiplies it than before.
    Their intervals use the larger of the two standard errors, and Student's t for the points at hand.
    """

    terms: tuple[str, ...]
    coef: tuple[float, ...]
    se: tuple[float, ...]
    se_quasi: tuple[float, ...]
    deviance: float
    dispersion: float
    level: Factor
    slope: Factor


def segmented_poisson(counts: Values, changed_at: int, exposure: Values | None = None) -> Segmented:
    """Fit a level and a slope on each side of a change by Poisson regression, with `exposure` as offset.

    A missing count leaves its place in time. ValueError on negative counts, exposures that are not positive, fewer than
    three points or no event on a side, or figures that no such line fits.

    >>> found = segmented_poisson([80, 88, 76, 84, 80, 40, 36, 44, 40], 5)
    >>> round(found.level.value, 2), round(found.level.lower, 2), round(found.level.upper, 2)
    (0.47, 0.27, 0.81)
    """
    found = fitted(floats(counts), changed_at, exposure)
    if found is None:
        msg = "No such line fits: give three points and one event or more on each side, and more than zeros after it."
        raise ValueError(msg)
    return found


def fitted(counts: FloatArray, changed_at: int, exposure: Values | None = None) -> Segmented | None:
    """The same, with None in place of an error where the figures are too few, all zero on a side, or run away."""
    sizes = np.ones(counts.size) if exposure is None else floats(exposure)
    known = ~np.isnan(counts) & ~np.isnan(sizes)
    if (counts[known] < 0).any() or not (sizes[known] > 0).all():
        msg = "A count is negative or an exposure is not positive. Poisson regression needs events and time at risk."
        raise ValueError(msg)
    after = np.arange(counts.size) >= changed_at
    if any(side.sum() < 3 or not counts[side].sum() > 0 for side in (known & ~after, known & after)):
        return None
    return _fit(counts[known], _design(counts.size, changed_at)[known], np.log(sizes[known]))


def segments_of(series: Series, stretch: Stretch, kind: Kind) -> Segmented | None:
    """The regression of whole counts, or of rates by their exposures, with eight points on each side; else None.

    None for seasonal figures, which it would read as a slope, and for what stands on a day, whose neighbours share cases.
    """
    is_rate = kind.measure_type == "rate" and series.has_parts
    if kind.seasonal or kind.is_stock or not (is_rate or kind.measure_type == "flow"):
        return None
    counts = np.where(series.shown, series.numerators if is_rate else series.values, np.nan)
    there = counts[series.shown]
    is_whole = bool((there == np.floor(there)).all() and (there >= 0).all())
    fewest = min(int((series.shown & side).sum()) for side in (stretch.before, stretch.after))
    if not is_whole or fewest < FEWEST_EACH_SIDE:
        return None
    part = slice(stretch.start, stretch.stop)
    return fitted(counts[part], stretch.first - stretch.start, series.denominators[part] if is_rate else None)


def _design(size: int, changed_at: int) -> FloatArray:
    t = np.arange(1.0, size + 1)
    since = np.maximum(t - changed_at, 0.0)
    return np.column_stack([np.ones(size), t, since > 0, since])


def _fit(y: FloatArray, design: FloatArray, offset: FloatArray) -> Segmented | None:
    """The fit, or None where the estimates run away."""
    from statsmodels.genmod.families import Poisson  # a second to import, and few verdicts need it
    from statsmodels.genmod.generalized_linear_model import GLM

    fit: Any = GLM(y, design, family=Poisson(), offset=offset).fit(tol=1e-10)
    coef, se = np.asarray(fit.params, dtype=np.float64), np.asarray(fit.bse, dtype=np.float64)
    if not fit.converged or not np.isfinite(se).all() or (np.abs(coef[2:]) > _RUNAWAY).any():
        return None
    freedom = int(fit.df_resid)
    dispersion = float(fit.pearson_chi2) / freedom
    quasi = se * math.sqrt(dispersion)
    level, slope = (_factor(coef[row], max(se[row], quasi[row]), freedom) for row in (2, 3))
    coefs, ses, quasis = (tuple(each.tolist()) for each in (coef, se, quasi))
    return Segmented(TERMS, coefs, ses, quasis, float(fit.deviance), dispersion, level, slope)


def _factor(log: float, se: float, freedom: int) -> Factor:
    from scipy.special import stdtrit

    half = float(stdtrit(freedom, 1 - tail_of(0.95))) * se
    return Factor(math.exp(log - half), math.exp(log + half), math.exp(log))
