"""How many flags chance alone would give, in charts and funnels, so that no reader takes each for news."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Share of series whose latest point is flagged when nothing has changed, found by simulating 20 quarters:
# series of separate quarters 1.5 %, the quarterly change of a stock 0.7 %; a chart without limits flags nothing.
_SEPARATE_QUARTERS = 0.015
RATES = {
    "xmr": _SEPARATE_QUARTERS,
    "p_prime": _SEPARATE_QUARTERS,
    "u_prime": _SEPARATE_QUARTERS,
    "ratio": _SEPARATE_QUARTERS,
    "change": 0.007,
}


def expected_outside(places: int, confidence: float) -> float:
    """How many of so many places would lie outside a funnel's limits if all were alike.

    The limits leave out as much on each side, so that it is places x (1 - confidence) in all. Counts come in
    whole numbers, so the true figure is a little less for rates, and for shares of small sizes a little more.

    >>> round(expected_outside(33, 0.95), 2), round(expected_outside(33, 0.998), 2)
    (1.65, 0.07)
    """
    return places * (1 - confidence)


def expected_flags(charts: Iterable[str]) -> float:
    """The flags to expect by chance among the latest points of these charts, given by their names.

    >>> round(expected_flags(["xmr"] * 60 + ["change"] * 20 + ["line"] * 9), 2)
    1.04
    """
    return sum(RATES.get(chart, 0.0) * number for chart, number in Counter(charts).items())
