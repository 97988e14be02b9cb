"""A series as a chart may see it: hidden points taken out, phases numbered, and the word for one period."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pipelines.measures.charts import phases_from
from pipelines.measures.spc_limits import floats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.measures.spc_limits import BoolArray, FloatArray, IntArray, Values

_PERIODS = (
    (re.compile(r"-Q\d$"), "quarter", 4),
    (re.compile(r"-T\d$"), "term", 3),
    (re.compile(r"^(FY|AY|CY)"), "year", 1),
    (re.compile(r"^\d{4}-\d{2}$"), "month", 12),
)
_MOST_UNEVEN = 0.05  # rounding of published values; past this they are not numerator / denominator x a multiplier


@dataclass(frozen=True)
class Series:
    """Arrays of one length in time order, NaN where nothing is shown. `period` names one point, `per_year` counts."""

    values: FloatArray
    numerators: FloatArray
    denominators: FloatArray
    hidden: BoolArray
    phases: IntArray
    period: str
    per_year: int

    @property
    def shown(self) -> BoolArray:
        """Points with a value."""
        return ~np.isnan(self.values)

    @property
    def has_parts(self) -> bool:
        """True when every value shown has a numerator and a denominator."""
        known = ~np.isnan(self.numerators) & (self.denominators > 0)
        return bool(self.shown.any() and known[self.shown].all())

    @property
    def is_mostly_hidden(self) -> bool:
        """True when more than one figure in ten is hidden, or any of the last six: a chart would mislead or tell."""
        figures = np.flatnonzero(self.shown | self.hidden)
        hidden = self.hidden[figures]
        return bool(hidden.sum() * 10 > hidden.size or hidden[-6:].any())

    def scale(self, multiplier: float | None) -> float | None:
        """What numerator / denominator is multiplied by to give the value; None where the values do not follow.

        A whole multiple of `multiplier` counts (a quarterly rate made yearly: x 4). Without one, read off the data.
        """
        shares = self.numerators / np.where(self.denominators > 0, self.denominators, np.nan)
        base = float(np.nansum(shares[self.shown]))
        seen = float(np.nansum(self.values)) / base if base > 0 else multiplier
        if multiplier is None or seen is None:
            return seen
        times = max(round(seen / multiplier), 1)
        return multiplier * times if abs(seen / (multiplier * times) - 1) <= _MOST_UNEVEN else None


def prepared(
    values: Values,
    parts: tuple[Values | None, Values | None],
    hidden: Sequence[bool] | BoolArray | None,
    rebase: Sequence[int],
    period_ids: Sequence[str] | None,
) -> Series:
    """Check the lengths and take hidden points out; ValueError on unequal lengths or a rebase outside the data."""
    series = floats(values)
    size = series.size
    concealed = np.zeros(size, dtype=np.bool_) if hidden is None else np.array(hidden, dtype=np.bool_)
    tops, sizes = (np.full(size, np.nan) if part is None else floats(part) for part in parts)
    lengths = {size, tops.size, sizes.size, concealed.size, size if period_ids is None else len(period_ids)}
    if len(lengths) > 1:
        msg = (
            f"Values, parts, hidden and periods have different lengths ({sorted(lengths)}). Give one of each a period."
        )
        raise ValueError(msg)
    shown = np.where(concealed, np.nan, series)
    gone = np.isnan(shown)
    tops, sizes = np.where(gone, np.nan, tops), np.where(gone, np.nan, sizes)
    return Series(shown, tops, sizes, concealed, phases_from(size, rebase), *_cadence(period_ids))


def _cadence(period_ids: Sequence[str] | None) -> tuple[str, int]:
    """The word for one period and how many make a year, from the form of the ids; quarters unless told.

    >>> _cadence(["AY2025-26-T1"]), _cadence(None), _cadence(["2024-25-Q2", "2024-25-Q4", "2025-26-Q2"])
    (('term', 3), ('quarter', 4), ('half-year', 2))
    """
    if not period_ids:
        return "quarter", 4
    found = next(((word, count) for form, word, count in _PERIODS if form.search(period_ids[-1])), ("point", 4))
    is_every_other = len(period_ids) > 2 and len({period_id[-2:] for period_id in period_ids}) == 2
    return ("half-year", 2) if found[0] == "quarter" and is_every_other else found
