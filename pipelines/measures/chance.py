"""How many flags chance alone would give across a data set, so that no reader takes each for news."""

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


def expected_flags(charts: Iterable[str]) -> float:
    """The flags to expect by chance among the latest points of these charts, given by their names.

    >>> round(expected_flags(["xmr"] * 60 + ["change"] * 20 + ["line"] * 9), 2)
    1.04
    """
    return sum(RATES.get(chart, 0.0) * number for chart, number in Counter(charts).items())
