"""A year's figure from its quarters: summed, recomputed or the last, and never from part of a year in disguise."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pipelines.measures.spc_limits import floats

if TYPE_CHECKING:
    from pipelines.measures.spc_limits import FloatArray, Values

_NO_YEAR = {
    "none": "Nobody can add this up over a year without counting somebody twice.",
    "published": "The year's figure is the one officially published.",
}
_QUARTERS = 4


@dataclass(frozen=True)
class YearValue:
    """A year's figure with its parts where it was recomputed, or None and the reason there is none."""

    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    reason: str = ""


def year_value(
    values: Values,
    how: str,
    *,
    numerators: Values | None = None,
    denominators: Values | None = None,
    multiplier: float = 100.0,
) -> YearValue:
    """The year's figure from its quarters in order, by the catalogue's `year_value`, from a complete year only.

    `sum`: flows add. `last`: a stock's or window's figure is its last. `recompute`: summed numerators over summed
    denominators x `multiplier`, never a mean of shares. `none` and `published` give None with the reason.
    `values` holds one entry a period of the year, NaN or None where there is no figure. ValueError on any other `how`.

    >>> year_value([10, 12, 9, 11], "sum").value, year_value([10, None, 9, 11], "sum").reason
    (42.0, '1 of 4 quarters has no figure, so there is no figure for the year.')
    """
    if how in _NO_YEAR:
        return YearValue(None, reason=_NO_YEAR[how])
    quarters = floats(values)
    if how == "recompute":
        return _recomputed(numerators, denominators, multiplier)
    if how == "last":
        last = float(quarters[-1]) if quarters.size else math.nan
        return (
            YearValue(last)
            if not math.isnan(last)
            else YearValue(None, reason="The last period of the year has no figure.")
        )
    if how == "sum":
        gaps = _gaps(quarters)
        return YearValue(None, reason=gaps) if gaps else YearValue(math.fsum(quarters.tolist()))
    msg = f"year_value is {how!r}; it must be sum, last, recompute, published or none."
    raise ValueError(msg)


def annualise(value: float, quarters: int) -> float:
    """A rate over some quarters of a year as a rate a year: x 4 / quarters. Label it as annualised wherever it is shown.

    >>> annualise(12.5, 1), annualise(30.0, 3)
    (50.0, 40.0)
    """
    if not 1 <= quarters <= _QUARTERS:
        msg = f"{quarters} quarters cannot be made into one year. Give 1 to 4."
        raise ValueError(msg)
    return value * _QUARTERS / quarters


def _recomputed(numerators: Values | None, denominators: Values | None, multiplier: float) -> YearValue:
    if numerators is None or denominators is None:
        return YearValue(None, reason="Without numerators and denominators a year's figure cannot be recomputed.")
    tops, sizes = floats(numerators), floats(denominators)
    gaps = _gaps(tops + sizes)
    if gaps:
        return YearValue(None, reason=gaps)
    top, size = math.fsum(tops.tolist()), math.fsum(sizes.tolist())
    if not size > 0:
        return YearValue(None, top, size, "The denominators of the year add up to nothing.")
    return YearValue(multiplier * top / size, top, size)


def _gaps(quarters: FloatArray) -> str:
    missing = int(np.isnan(quarters).sum())
    if not missing and quarters.size:
        return ""
    has = "has" if missing == 1 else "have"
    return f"{missing} of {quarters.size} quarters {has} no figure, so there is no figure for the year."
