"""What a figure's own line was before: its usual level and how far it usually strays."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from schemas.returns.by_value import joined_keys
from schemas.returns.facts import SERIES, period_kinds

if TYPE_CHECKING:
    from collections.abc import Sequence

# 1.4826 makes the median distance comparable with a standard deviation (Rousseeuw and Croux 1993).
TO_SIGMA = 1.4826
# The columns whose past is kept.
MEASURED = ("numerator", "denominator", "value")
_BY = [*SERIES, "kind", "definition_version"]


class Lines:
    """Earlier figures sorted into lines: one indicator, place, breakdown, category, kind of period and definition each.

    >>> past = pd.DataFrame({"indicator_id": ["A"] * 3, "area_id": ["x"] * 3, "breakdown": ["all"] * 3,
    ...     "category": ["all"] * 3, "period_id": ["2025-26-Q1", "2025-26-Q2", "2025-26-Q3"], "numerator": [1.0, 2.0, 9.0], "definition_version": 1})
    >>> lines = Lines(past)
    >>> line = lines.numbers_of(["A|x|all|all|financial_quarter|1", "B|x|all|all|financial_quarter|1"])
    >>> lines.usual("numerator", line)["numerator_usual"].tolist()
    [2.0, nan]
    """

    def __init__(self, history: pd.DataFrame) -> None:
        """Number the lines of the earlier figures."""
        self.history = history
        keyed = history.assign(
            kind=period_kinds(history["period_id"]), definition_version=history["definition_version"].astype("str")
        )
        code = np.zeros(len(history), dtype="int64")
        for name in _BY:
            codes, values = pd.factorize(keyed[name])
            code = code * (len(values) + 1) + codes
        self.line, first = _numbered(code)
        self._keys = joined_keys(keyed.iloc[first], _BY)

    @cached_property
    def _index(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(self._keys)}

    def numbers_of(self, series: Sequence[str]) -> np.ndarray:
        """The number of each line named, -1 where nothing of it was sent before."""
        known = self._index
        return np.array([known.get(key, -1) for key in series], dtype="int64")

    def usual(self, at: str, line: np.ndarray) -> dict[str, np.ndarray]:
        """What each row's line was in one column: its median, its median distance from that, and how many figures.

        `line` gives each row's line number; -1 finds the empty line that stands at the end.
        """
        numbers = self.history[at].to_numpy(dtype="float64")
        there = ~np.isnan(numbers)
        lines, numbers, count = self.line[there], numbers[there], len(self._keys)
        middle = _medians(lines, numbers, count)
        spread = _medians(lines, np.abs(numbers - middle[lines]), count) * TO_SIGMA
        points = np.bincount(lines, minlength=count + 1).astype("float64")
        return {f"{at}_usual": middle[line], f"{at}_spread": spread[line], f"{at}_points": points[line]}


def _numbered(code: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    _, first, number = np.unique(code, return_index=True, return_inverse=True)
    return number, first


def _medians(line: np.ndarray, numbers: np.ndarray, lines: int) -> np.ndarray:
    """The median of each line's numbers; NaN for a line without any."""
    order = np.lexsort((numbers, line))
    ordered, counts = numbers[order], np.bincount(line, minlength=lines + 1)
    starts = np.concatenate(([0], np.cumsum(counts)[:-1]))
    filled = counts > 0
    medians = np.full(lines + 1, np.nan)
    low, high = starts + (counts - 1) // 2, starts + counts // 2
    medians[filled] = (ordered[low[filled]] + ordered[high[filled]]) / 2
    return medians
