"""Intervals of counts and rates: exact, Byar's, and Dobson's for a standardised rate."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pipelines.measures.bounds import Interval, Number, counted, interval, tail_of, z_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.measures.bounds import FloatArray

EXACT_BELOW = 10  # events: Byar's approximation is used from here, as in official statistics


def poisson_exact(x: Number, confidence: float = 0.95) -> Interval[Number]:
    """Exact interval of a count, from the chi-squared (gamma) distribution; the lower bound of 0 is 0.

    >>> count = poisson_exact(5)
    >>> round(count.lower, 2), round(count.upper, 2)
    (1.62, 11.67)
    """
    from scipy.special import gammaincinv

    (events,) = counted(x)
    tail = tail_of(confidence)
    lower = np.where(events == 0, 0.0, gammaincinv(np.where(events == 0, 1.0, events), tail))
    return interval(x, lower, gammaincinv(events + 1, 1 - tail))


def byar(x: Number, confidence: float = 0.95) -> Interval[Number]:
    """Byar's approximate interval of a count; the lower bound of 0 is undefined (NaN), as in PHEindicatormethods.

    x (1 - 1/9x - z/3 sqrt(x))^3 and the same with x + 1 and + z above. (epitools' "byar" centres both on x + 1/2: a
    different method of the same name.)
    """
    (events,) = counted(x)
    z = z_for(confidence)
    return interval(x, _byar_bound(np.where(events == 0, np.nan, events), -z), _byar_bound(events + 1, z))


def rate(x: Number, n: Number, per: float, confidence: float = 0.95) -> Interval[Number]:
    """Interval of x events among n, per so many: exact below ten events, Byar's from ten; NaN where n is 0.

    >>> per_10k = rate(634, 176_239, 10_000)
    >>> round(per_10k.lower, 1), round(per_10k.upper, 1)
    (33.2, 38.9)
    """
    events, total = counted(x, n)
    few, many = poisson_exact(events, confidence), byar(events, confidence)
    scale = per / np.where(total > 0, total, np.nan)
    lower, upper = (np.where(events < EXACT_BELOW, exact, near) for exact, near in zip(few, many, strict=True))
    return interval(x, lower * scale, upper * scale)


@dataclass(frozen=True)
class Standardised(Interval[float]):
    """A directly standardised rate with its interval; all NaN where there are too few events to standardise."""

    value: float


def dsr(
    x: Sequence[float] | FloatArray,
    n: Sequence[float] | FloatArray,
    weights: Sequence[float] | FloatArray,
    per: float,
    confidence: float = 0.95,
) -> Standardised:
    """Directly standardised rate of x events among n in each group, weighted to a standard population (Dobson 1991).

    Value: sum(w x / n) / sum(w). Bounds: value + sqrt(V / X) (Byar's bound of X - X), X the events in all, V = sum(w^2
    x / n^2) / sum(w)^2. None below ten events. ValueError where a group with weight has nobody in it.
    """
    events, total, weight = counted(np.asarray(x), np.asarray(n), np.asarray(weights))
    if (total <= 0).any():
        msg = "A group has nobody in it. Join it to its neighbour before standardising."
        raise ValueError(msg)
    seen = math.fsum(events.tolist())
    if seen < EXACT_BELOW:
        return Standardised(math.nan, math.nan, math.nan)
    value = float(np.sum(weight * events / total) / np.sum(weight))
    per_event = math.sqrt(float(np.sum(weight**2 * events / total**2)) / seen) / float(np.sum(weight))
    lower, upper = (per * (value + per_event * (bound - seen)) for bound in byar(seen, confidence))
    return Standardised(lower, upper, per * value)


def _byar_bound(centre: FloatArray, z: float) -> FloatArray:
    return centre * (1 - 1 / (9 * centre) + z / (3 * np.sqrt(centre))) ** 3
