"""What a figure's own line was before: its usual level and how far it usually strays."""

from __future__ import annotations

from dataclasses import dataclass
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
_BY = [*SERIES, "kind"]


@dataclass(frozen=True)
class Usual:
    """Line by line: the middle (median), the spread (median distance from it) and how many figures there are."""

    middle: np.ndarray
    spread: np.ndarray
    points: np.ndarray

    def of(self, line: pd.Series) -> pd.DataFrame:
        """`middle`, `spread`, `points` for each row's line number (same index); NaN and 0 where that is -1."""
        place = line.to_numpy()
        return pd.DataFrame(
            {"middle": self.middle[place], "spread": self.spread[place], "points": self.points[place]},
            index=line.index,
        )


class Lines:
    """Earlier figures sorted into lines: one indicator, place, breakdown, category and kind of period each.

    >>> past = pd.DataFrame({"indicator_id": ["A"] * 3, "area_id": ["x"] * 3, "breakdown": ["all"] * 3,
    ...     "category": ["all"] * 3, "period_id": ["2025-26-Q1", "2025-26-Q2", "2025-26-Q3"], "numerator": [1.0, 2.0, 9.0]})
    >>> lines = Lines(past)
    >>> numbers = lines.numbers_of(["A|x|all|all|financial_quarter", "B|x|all|all|financial_quarter"])
    >>> lines.usual("numerator").of(pd.Series(numbers))["middle"].tolist()
    [2.0, nan]
    """

    def __init__(self, history: pd.DataFrame) -> None:
        """Number the lines of the earlier figures."""
        self.history = history
        keyed = history.assign(kind=period_kinds(history["period_id"]))
        code = np.zeros(len(history), dtype="int64")
        for name in _BY:
            codes, values = pd.factorize(keyed[name])
            code = code * (len(values) + 1) + codes
        self.line, first = _numbered(code)
        self._keys = joined_keys(keyed.iloc[first], _BY)
        self._usual: dict[str, Usual] = {}

    @cached_property
    def _index(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(self._keys)}

    def numbers_of(self, series: Sequence[str]) -> np.ndarray:
        """The number of each line named, -1 where nothing of it was sent before."""
        known = self._index
        return np.array([known.get(key, -1) for key in series], dtype="int64")

    def usual(self, at: str) -> Usual:
        """What each line's numbers were in one column; an empty line stands at the end, for -1 to point at."""
        if at not in self._usual:
            self._usual[at] = _usual(self.line, self.history[at].to_numpy(dtype="float64"), len(self._keys))
        return self._usual[at]


def _numbered(code: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    _, first, number = np.unique(code, return_index=True, return_inverse=True)
    return number, first


def _usual(line: np.ndarray, numbers: np.ndarray, lines: int) -> Usual:
    there = ~np.isnan(numbers)
    line, numbers = line[there], numbers[there]
    points = np.bincount(line, minlength=lines + 1).astype("float64")
    middle = _medians(line, numbers, lines)
    return Usual(middle, _medians(line, np.abs(numbers - middle[line]), lines) * TO_SIGMA, points)


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
