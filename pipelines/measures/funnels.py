"""Funnel limits: how far from the average units of a given size stray by chance, at 95 % and 99.8 %."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Literal

import numpy as np

from pipelines.measures.bounds import Number, counted, z_for
from pipelines.measures.rates import rate

if TYPE_CHECKING:
    from pipelines.measures.bounds import FloatArray

WARNING, ACTION = 0.95, 0.998


@dataclass(frozen=True)
class Funnel(Generic[Number]):
    """Lower and upper limits at 95 % and at 99.8 %."""

    lower_95: Number
    upper_95: Number
    lower_998: Number
    upper_998: Number


def funnel_limits(
    average: float, sizes: Number, *, kind: Literal["share", "rate"] = "share", per: float = 1.0
) -> Funnel[Number]:
    """Limits round an average for units of these sizes, in the unit of the average; NaN at size 0.

    `share` (average 0..1): average -/+ z sqrt(average (1 - average) / size), not clipped, as the reference. `rate`
    (average per so many): the counts whose exact Poisson bound touches the expected count, read between whole counts.
    ValueError on a share outside 0..1 or an unknown kind.

    >>> funnel = funnel_limits(0.35, 100)
    >>> round(funnel.lower_95, 3), round(funnel.upper_95, 3), round(funnel.lower_998, 3), round(funnel.upper_998, 3)
    (0.257, 0.443, 0.203, 0.497)
    """
    (size,) = counted(sizes)
    size = np.where(size > 0, size, np.nan)
    if kind == "rate":
        bounds = [bound * per / size for level in (WARNING, ACTION) for bound in _counts(average * size / per, level)]
        return _funnel(sizes, bounds)
    if kind != "share" or not 0 <= average <= 1:
        msg = f"A funnel of kind {kind!r} cannot stand on {average:g}. Use share with 0..1, or rate."
        raise ValueError(msg)
    error = np.sqrt(average * (1 - average) / size)
    return _funnel(sizes, [average + side * z_for(level) * error for level in (WARNING, ACTION) for side in (-1, 1)])


def outside(values: FloatArray, limits: Funnel[FloatArray]) -> np.ndarray:
    """Where each value stands: above or below its 99.8 % limits, or within them; none where it has no limits.

    >>> outside(np.array([0.6, 0.3, 0.0]), funnel_limits(0.35, np.array([100.0, 100.0, 0.0]))).tolist()
    ['above', 'within', 'none']
    """
    known = ~np.isnan(limits.upper_998) & ~np.isnan(values)
    return np.select(
        [~known, values > limits.upper_998, values < limits.lower_998], ["none", "above", "below"], default="within"
    )


def ratio_limits(observed: Number, expected: Number) -> Funnel[Number]:
    """Interval of observed / expected at both levels: exact below ten observed, Byar's from ten; NaN at expected 0."""
    events, base = counted(observed, expected)
    bounds = [bound for level in (WARNING, ACTION) for bound in rate(events, base, 1.0, level)]
    return _funnel(observed, bounds)


def _counts(expected: FloatArray, level: float) -> tuple[FloatArray, FloatArray]:
    from scipy.special import pdtrik

    tail = (1 - level) / 2
    reachable = np.exp(-expected) < tail  # else even no events at all is not too few
    lower = np.where(reachable, pdtrik(tail, np.where(reachable, expected, 100.0)), 0.0)
    return np.where(np.isnan(expected), np.nan, lower), pdtrik(1 - tail, expected) + 1


def _funnel(like: Any, bounds: list[FloatArray]) -> Funnel[Any]:  # noqa: ANN401 - a number or an array
    if np.ndim(like) == 0:
        return Funnel(*(float(bound) for bound in bounds))
    return Funnel(*bounds)
