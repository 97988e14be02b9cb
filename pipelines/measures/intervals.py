"""How sure a figure is: intervals of shares, counts and rates, after PHEindicatormethods and R's exact tests.

Functions take numbers, or arrays of one shape, and return them in kind; NaN in, NaN out. Counts may be fractional
where they are full-time equivalents.
"""

from __future__ import annotations

from pipelines.measures.bounds import Interval
from pipelines.measures.exact import OddsRatio, RateRatio, odds_ratio_exact, rate_ratio_exact
from pipelines.measures.funnels import Funnel, funnel_limits, ratio_limits
from pipelines.measures.rates import Standardised, byar, dsr, poisson_exact, rate
from pipelines.measures.shares import clopper_pearson, wilson

__all__ = [
    "Funnel",
    "Interval",
    "OddsRatio",
    "RateRatio",
    "Standardised",
    "byar",
    "clopper_pearson",
    "dsr",
    "funnel_limits",
    "odds_ratio_exact",
    "poisson_exact",
    "rate",
    "rate_ratio_exact",
    "ratio_limits",
    "wilson",
]
