"""Official figures with the interval of their counts, where the counts are published too."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from pipelines.measures.intervals import rate, wilson
from pipelines.publishing.rows import number, rows

if TYPE_CHECKING:
    import pandas as pd

    from schemas.catalogue import Catalogue, Indicator

COUNTS = ("numerator", "denominator", "value")
NO_BOUNDS = (None, None)


def bounded(catalogue: Catalogue, benchmarks: pd.DataFrame) -> pd.DataFrame:
    """The official figures of indicators with `lower` and `upper`."""
    bounds = [bounds_of(catalogue.indicators.get(row["indicator_id"]), row) for row in rows(benchmarks)]
    found = np.array(bounds, dtype=float).reshape(-1, 2)
    return benchmarks.assign(lower=found[:, 0], upper=found[:, 1])


def bounds_of(indicator: Indicator | None, row: dict[str, Any]) -> tuple[float | None, float | None]:
    """Wilson's interval of a percentage, Byar's or the exact one of a rate; none without counts, or for other measures."""
    top, size, value = (number(row[name]) for name in COUNTS)
    if indicator is None or value is None or top is None or not size or size < 0 or top < 0:
        return NO_BOUNDS
    if indicator.unit == "percent" and top <= size:
        share = wilson(top, size)
        return 100 * share.lower, 100 * share.upper
    if indicator.measure_type == "rate" and math.isfinite(size):
        found = rate(top, size, indicator.per)
        return found.lower, found.upper
    return NO_BOUNDS
