"""How far one share lies from another, in the same unit, with the interval that needs no large numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass

from pipelines.measures.bounds import Interval
from pipelines.measures.shares import wilson


@dataclass(frozen=True)
class ShareDifference(Interval[float]):
    """First share less second, with its interval; all between -1 and 1."""

    value: float


def newcombe(x1: float, n1: float, x2: float, n2: float, confidence: float = 0.95) -> ShareDifference:
    """Difference x1 / n1 - x2 / n2 of two separate shares with Newcombe's hybrid score interval (1998, method 10).

    With l and u the Wilson bounds of each share p, d - sqrt((p1 - l1)^2 + (u2 - p2)^2) to d + sqrt((u1 - p1)^2 +
    (p2 - l2)^2). NaN where either denominator is 0; ValueError unless 0 <= x <= n for both.

    >>> found = newcombe(56, 70, 48, 80)
    >>> round(found.value, 4), round(found.lower, 4), round(found.upper, 4)
    (0.2, 0.0524, 0.3339)
    """
    first, second = wilson(x1, n1, confidence), wilson(x2, n2, confidence)
    if not (n1 > 0 and n2 > 0):
        return ShareDifference(math.nan, math.nan, math.nan)
    p1, p2 = x1 / n1, x2 / n2
    down = math.hypot(p1 - first.lower, second.upper - p2)
    up = math.hypot(first.upper - p1, p2 - second.lower)
    return ShareDifference(p1 - p2 - down, p1 - p2 + up, p1 - p2)
