"""How a figure's periods make up a longer one: by their sum, by the last, from the counts behind them, or not at all."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from schemas.catalogue import catalogue

if TYPE_CHECKING:
    from schemas.catalogue.models import Indicator

Made = Literal["sum", "last", "recompute", "none", "official"]


@lru_cache(maxsize=2_000)
def made(indicator_id: str, answer: str) -> Made:
    """How the months of a quarter, or the quarters of a year, make up the whole, for one side of an indicator.

    `sum`: events are added up. `last`: what stands on a day, or looks back over a window, is the last one. `recompute`: a
    percentage, rate or mean is worked out anew from its counts. `none`: people counted once a period would be counted
    again. `official`: a population, which nobody sends.

    >>> made("FD01", "numerator"), made("CN01", "numerator"), made("EX09", "value"), made("EX08", "numerator")
    ('sum', 'last', 'recompute', 'none')
    """
    whole = catalogue()
    indicator = whole.indicators[indicator_id]
    stands = indicator.measure_type == "snapshot" or indicator.base in ("snapshot", "window") or _looks_back(indicator)
    under = indicator.denominator
    if answer == "denominator" and under and whole.quantities[under].official:
        return "official"
    if stands:
        return "last"
    if answer == "value" and under:
        return "recompute"
    counted = under if answer == "denominator" and under else indicator.numerator
    return "sum" if "time" in whole.quantities[counted].adds_over else "none"


def _looks_back(indicator: Indicator) -> bool:
    return indicator.window.startswith("rolling") or indicator.window.endswith("year_to_date")
