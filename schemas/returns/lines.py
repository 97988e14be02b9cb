"""What a figure's own line was before: its usual level and how far it usually strays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

# 1.4826 makes the median distance comparable with a standard deviation (Rousseeuw and Croux 1993).
TO_SIGMA = 1.4826


@dataclass(frozen=True)
class Lines:
    """Earlier figures line by line: the middle (median), the spread (median distance from it) and how many there are.

    Each array ends with one empty line, so that a look-up that finds nothing has a place to point at.
    """

    keys: pd.Index
    middle: np.ndarray
    spread: np.ndarray
    points: np.ndarray

    def of(self, series: pd.Series) -> pd.DataFrame:
        """`middle`, `spread` and `points` for each row's line (same index); NaN and 0 where there is none.

        >>> before = lines(["a", "a", "a"], np.array([1.0, 2.0, 9.0]))
        >>> before.of(pd.Series(["a", "b"], dtype="str"))["middle"].tolist()
        [2.0, nan]
        """
        place = self.keys.get_indexer(pd.Index(series)) if len(self.keys) else np.full(len(series), -1)
        known = place >= 0
        return pd.DataFrame(
            {
                "middle": np.where(known, self.middle[place], np.nan),
                "spread": np.where(known, self.spread[place], np.nan),
                "points": np.where(known, self.points[place], 0),
            },
            index=series.index,
        )


def lines(series: Sequence[str], numbers: np.ndarray) -> Lines:
    """The lines of earlier figures: one key and one number each; missing numbers do not count."""
    there = ~np.isnan(numbers)
    codes, keys = pd.factorize(np.asarray(series, dtype=object)[there])
    values = pd.Series(numbers[there])
    middle = values.groupby(codes).median().to_numpy(dtype="float64")
    distance = (values - middle[codes]).abs()
    spread = distance.groupby(codes).median().to_numpy(dtype="float64") * TO_SIGMA
    points = np.bincount(codes, minlength=len(keys)).astype("float64")
    return Lines(pd.Index(keys), *(np.append(column, 0.0) for column in (middle, spread, points)))
