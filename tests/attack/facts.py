"""What is said of counts: a fact is a sum of counts that lies between two ends, and where it was read."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from schemas.catalogue import catalogue
from tests.attack.cells import SMALL, Where, place_of, quantity_of

# Publications hold floating numbers; what differs by less is the same number.
NEAR = 1e-6


@dataclass(frozen=True)
class Fact:
    """One thing a file says: weights on (indicator, side, place) counts, whose sum lies between low and high."""

    weights: tuple[tuple[str, str, Where, float], ...]
    low: float
    high: float
    said: str = field(compare=False)
    official: bool = False  # counted by others, who may have counted otherwise


def about(  # noqa: PLR0913, PLR0917 - one argument a part of the fact
    indicator_id: str, side: str, where: Where, number: float, said: str, step: int | None = None, decimals: int = 9
) -> Fact:
    """A count that is shown; rounded to a step, or in words to some decimals, it is an interval."""
    place = ((indicator_id, side, place_of(indicator_id, where), 1.0),)
    if not step:
        slack = 0.5 * 10.0**-decimals
        return Fact(place, number - slack, number + slack, said)
    # Whoever rounds has first hidden the small ones: what is shown is none, or more than the largest of those.
    least, most = math.ceil(number - step / 2), math.ceil(number + step / 2) - 1
    return Fact(place, max(least, SMALL[1] + 1) if number else 0, most if number else 0, said)


def rounds(row: Any, side: str) -> bool:
    """Whether a rounding audience gets this count rounded: people are, paperwork and populations are not."""
    quantity = quantity_of(row.indicator_id, side)
    return quantity is not None and catalogue().protects(quantity)


def where_of(row: Any) -> Where:
    """Where a row of any publication table stands."""
    return Where(row.period_id, row.agency_id, row.area_id, row.breakdown, row.category)
