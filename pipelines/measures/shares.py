"""Intervals of a share: Wilson's score and Clopper and Pearson's exact one."""

from __future__ import annotations

import numpy as np

from pipelines.measures.bounds import Interval, Number, interval, share_of, tail_of, z_for


def wilson(x: Number, n: Number, confidence: float = 0.95) -> Interval[Number]:
    """Interval of the share x / n by Wilson's score; NaN where n is 0, ValueError unless 0 <= x <= n.

    (2x + z^2 -/+ z sqrt(z^2 + 4x(1 - x/n))) / 2(n + z^2)

    >>> share = wilson(18, 40)
    >>> round(share.lower, 3), round(share.upper, 3)
    (0.307, 0.602)
    """
    events, total = share_of(x, n)
    z = z_for(confidence)
    spread = z * np.sqrt(z**2 + 4 * events * (1 - events / total))
    base = 2 * (total + z**2)
    lower = np.where(events == 0, 0.0, (2 * events + z**2 - spread) / base)
    upper = np.where(events == total, 1.0, (2 * events + z**2 + spread) / base)
    return interval(x, np.where(np.isnan(base), np.nan, lower), upper)


def clopper_pearson(x: Number, n: Number, confidence: float = 0.95) -> Interval[Number]:
    """Exact interval of the share x / n, from the beta distribution: never too narrow, so wider than Wilson's.

    NaN where n is 0; ValueError unless 0 <= x <= n.
    """
    from scipy.special import betaincinv

    events, total = share_of(x, n)
    tail, others = tail_of(confidence), total - events
    lower = np.where(events == 0, 0.0, betaincinv(np.where(events == 0, 1.0, events), others + 1, tail))
    upper = np.where(others == 0, 1.0, betaincinv(events + 1, np.where(others == 0, 1.0, others), 1 - tail))
    return interval(x, np.where(np.isnan(total), np.nan, lower), upper)
