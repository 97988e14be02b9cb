"""One group beside another: how many times its share or rate, and whether that is more than chance."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from pipelines.measures.bounds import Interval, z_for
from pipelines.measures.exact import rate_ratio_exact

FEWEST = 10  # events on either side: below it an interval is too wide to say anything, and invites guessing

Word = Literal["higher", "lower", "similar"]


@dataclass(frozen=True)
class Ratio(Interval[float]):
    """A group's share or rate over the reference group's, with its interval."""

    value: float

    @property
    def word(self) -> Word:
        """Different only where the interval leaves out 1.

        >>> Ratio(1.2, 2.0, 1.5).word, Ratio(0.8, 1.3, 1.0).word, Ratio(1.0, 1.9, 1.4).word
        ('higher', 'similar', 'similar')
        """
        return "higher" if self.lower > 1 else "lower" if self.upper < 1 else "similar"


def share_ratio(x1: float, n1: float, x2: float, n2: float, confidence: float = 0.95) -> Ratio:
    """Ratio (x1 / n1) / (x2 / n2) of two shares of separate groups, with Katz's interval on the log scale.

    Value exp(-/+ z sqrt(1/x1 - 1/n1 + 1/x2 - 1/n2)), as scipy's relative_risk gives it, whose import alone would cost a
    release half a second. ValueError on counts that are not whole, fewer events than `FEWEST`, or more than cases.

    >>> ratio = share_ratio(30, 100, 40, 200)
    >>> round(ratio.value, 2), round(ratio.lower, 2), round(ratio.upper, 2), ratio.word
    (1.5, 1.0, 2.26, 'similar')
    """
    z = z_for(confidence)
    _refuse(x1, n1, x2, n2)
    if x1 > n1 or x2 > n2:
        msg = f"{x1:g} of {n1:g} and {x2:g} of {n2:g} are not both shares. Compare them as rates."
        raise ValueError(msg)
    value = x1 / n1 / (x2 / n2)
    spread = math.exp(z * math.sqrt(1 / x1 - 1 / n1 + 1 / x2 - 1 / n2))
    return Ratio(value / spread, value * spread, value)


def rate_ratio(x1: float, n1: float, x2: float, n2: float, confidence: float = 0.95) -> Ratio:
    """Ratio of two rates of separate groups over their populations, with its exact interval (`rate_ratio_exact`).

    ValueError on counts that are not whole, fewer events than `FEWEST`, or a population of nobody.

    >>> ratio = rate_ratio(60, 13_000, 200, 114_000)
    >>> round(ratio.value, 2), round(ratio.lower, 2), round(ratio.upper, 2), ratio.word
    (2.63, 1.94, 3.53, 'higher')
    """
    _refuse(x1, n1, x2, n2)
    found = rate_ratio_exact(x1, n1, x2, n2, confidence)
    return Ratio(found.lower, found.upper, found.value)


def expected_different(comparisons: int, confidence: float = 0.95) -> float:
    """How many of so many comparisons would be called different if no group differed.

    >>> round(expected_different(10), 2)
    0.5
    """
    z_for(confidence)
    return comparisons * (1 - confidence)


def _refuse(*counts: float) -> None:
    if not all(math.isfinite(count) and count == int(count) for count in counts):
        msg = "A ratio of groups needs whole counts. Parts of cases cannot be compared exactly."
        raise ValueError(msg)
    if min(counts[0], counts[2]) < FEWEST or min(counts[1], counts[3]) <= 0:
        msg = f"A ratio of groups needs at least {FEWEST} events in each of them. Leave it out below that."
        raise ValueError(msg)
