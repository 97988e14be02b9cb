"""The points of a judgement of impact as a page draws them: the baseline's range carried on, and what was flagged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pipelines.measures.charts import labels, point_types

if TYPE_CHECKING:
    from pipelines.measures.impact_kinds import Expected
    from pipelines.measures.impact_limits import Frozen
    from pipelines.measures.impact_stretches import Stretch
    from pipelines.measures.spc_series import Series


def points_of(series: Series, stretch: Stretch, expected: Expected, usual: Frozen | None = None) -> pd.DataFrame:
    """One row a value in order; without a usual range no lines, no flags, and nothing used."""
    codes = np.zeros(stretch.size, dtype=np.int64)
    used = np.zeros(stretch.size, dtype=np.bool_)
    mean = lower = upper = np.full(stretch.size, np.nan)
    if usual is not None:
        codes, used, limits = usual.judged.codes, series.shown & stretch.used, usual.method.drawn_limits
        mean, lower, upper = limits.centre, limits.lower, limits.upper
    columns = {
        "part": pd.array(stretch.parts, dtype="str"),
        "value": series.values,  # noqa: PD011 - our own series of arrays, not a frame
        "mean": mean,
        "lower": lower,
        "upper": upper,
        "special_cause": labels(codes),
        "point_type": point_types(codes, "increase" if expected == "higher" else "decrease"),
        "used": used,
    }
    return pd.DataFrame(columns)
