"""Before against after, exactly: a ratio of two rates and an odds ratio of two shares, as R's exact tests give them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from pipelines.measures.bounds import Interval, z_for
from pipelines.measures.shares import clopper_pearson


@dataclass(frozen=True)
class RateRatio(Interval[float]):
    """First rate over second, its interval, and what the chance of a gap as large is worked out from."""

    value: float
    counts: tuple[int, int]
    expected_share: float

    @property
    def p_value(self) -> float:
        """The chance of a gap as large, either way, if the rates were equal; 1 where nothing was counted."""
        from scipy.stats import binomtest  # slow to import, and a release asks for intervals only

        first, both = self.counts[0], sum(self.counts)
        return float(binomtest(first, both, self.expected_share).pvalue) if both else 1.0


@dataclass(frozen=True)
class OddsRatio(Interval[float]):
    """First odds over second (conditional estimate), its interval, and Fisher's two-sided p value."""

    value: float
    p_value: float


@lru_cache(maxsize=4096)
def rate_ratio_exact(x1: float, t1: float, x2: float, t2: float, confidence: float = 0.95) -> RateRatio:
    """Ratio (x1 / t1) / (x2 / t2) of two counts over two exposures, conditional on their sum (R's poisson.test).

    Given x1 + x2, x1 is binomial; Clopper-Pearson bounds p of its share turn into p / (1 - p) x t2 / t1. NaN ratio
    where both counts are 0. ValueError on counts that are not whole, or exposures that are not positive.

    >>> ratio = rate_ratio_exact(1, 10, 12, 10)
    >>> round(ratio.value, 3), round(ratio.lower, 4), round(ratio.upper, 3), round(ratio.p_value, 4)
    (0.083, 0.0019, 0.563, 0.0034)
    """
    first, second = _whole(x1), _whole(x2)
    if not (t1 > 0 and t2 > 0):
        msg = "Both stretches compared must be longer than nothing. Give the time or the number at risk of each."
        raise ValueError(msg)
    z_for(confidence)
    counts, expected = (first, second), t1 / (t1 + t2)
    if first + second == 0:
        return RateRatio(0.0, math.inf, math.nan, counts, expected)
    share = clopper_pearson(float(first), float(first + second), confidence)
    lower, upper, value = (_odds(p) * t2 / t1 for p in (share.lower, share.upper, first / (first + second)))
    return RateRatio(lower, upper, value, counts, expected)


def odds_ratio_exact(yes1: float, no1: float, yes2: float, no2: float, confidence: float = 0.95) -> OddsRatio:
    """Odds yes1 : no1 over odds yes2 : no2, conditional on the margins (R's fisher.test). ValueError on parts of cases.

    >>> ratio = odds_ratio_exact(20, 5, 18, 7)
    >>> round(ratio.value, 2), round(ratio.lower, 2), round(ratio.upper, 2), round(ratio.p_value, 2)
    (1.54, 0.35, 7.35, 0.74)
    """
    from scipy.stats import fisher_exact
    from scipy.stats.contingency import odds_ratio

    z_for(confidence)
    table = [[_whole(yes1), _whole(no1)], [_whole(yes2), _whole(no2)]]
    found = odds_ratio(table, kind="conditional")
    bounds = found.confidence_interval(confidence)
    p_value = cast("float", fisher_exact(table)[1])
    return OddsRatio(float(bounds.low), float(bounds.high), float(found.statistic), float(p_value))


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else math.inf


def _whole(count: float) -> int:
    if count < 0 or count != int(count):
        msg = f"{count:g} is not a whole count. An exact test needs cases, not parts of cases."
        raise ValueError(msg)
    return int(count)
