"""The XmR chart, exactly as NHSRplotthedots 0.2.2 (NHS "Making Data Count") draws it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pipelines.measures.charts import Aim, Chart, Improvement, drawn, phases_from
from pipelines.measures.spc_limits import Limits, Values, by_phase, floats, individuals
from pipelines.measures.spc_rules import judge

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

FEWEST_TO_FIX = 12  # limits fixed on fewer points move about too much to be held to
FEWEST_FOR_LIMITS = 13  # below this the reference calls its own limits provisional


def xmr(  # noqa: PLR0913 - the contract other parts call
    values: Values,
    dates: Sequence[Hashable] | pd.Series | None = None,
    *,
    improvement: Improvement,
    target: float | None = None,
    rebase: Sequence[Hashable] = (),
    fix_after: int | None = None,
    screen: bool = True,
) -> Chart:
    """Mean and natural limits, mean -/+ 2.66 x mean moving range, anew in each phase, with every point labelled.

    `rebase`: the dates at which a new phase starts, or row numbers when there are no dates. `fix_after`: limits come
    from the first so many rows of each phase, flags from all. Follows the reference at every length; `chart_for`
    decides what may be shown. ValueError on a rebase that is not in the data, on dates that repeat or go back, on
    fewer than 12 points to fix on.

    >>> xmr([10, 12, 9, 11, 10, 13, 9, 12, 10, 11, 12, 9, 30], improvement="decrease").variation
    'concern_high'
    """
    if fix_after is not None and fix_after < FEWEST_TO_FIX:
        msg = f"fix_after is {fix_after}; limits need at least {FEWEST_TO_FIX} points."
        raise ValueError(msg)
    series = floats(values)
    phases = phases_from(series.size, _rows_of(rebase, dates, series.size))

    def limits_of(part: slice) -> Limits:
        rows = np.arange(part.stop - part.start)
        return individuals(series[part], rows < (fix_after or rows.size), screen=screen)

    limits = by_phase(phases, limits_of)
    short = np.bincount(phases, minlength=1).min() < FEWEST_FOR_LIMITS
    note = f"Fewer than {FEWEST_FOR_LIMITS} points stand behind some limits: they are provisional." if short else ""
    return replace(drawn("xmr", judge(series, phases, limits), limits, Aim(improvement, target)), note=note)


def _rows_of(rebase: Sequence[Hashable], dates: Sequence[Hashable] | pd.Series | None, size: int) -> tuple[int, ...]:
    if dates is None:
        return tuple(_row(start) for start in rebase)
    days = [_day(day) for day in dates]
    if len(days) != size:
        msg = f"{size} values but {len(days)} dates. Give one date for each value."
        raise ValueError(msg)
    if any(later <= earlier for earlier, later in pairwise(days)):
        msg = "The dates repeat or go back. Sort the series and keep one value for each date."
        raise ValueError(msg)
    absent = [start for start in rebase if _day(start) not in days]
    if absent:
        msg = f"rebase {absent[0]} is not among the dates. Use the date of the first point of the new phase."
        raise ValueError(msg)
    return tuple(days.index(_day(start)) for start in rebase)


def _row(start: Hashable) -> int:
    if isinstance(start, int | np.integer):
        return int(start)
    msg = f"rebase {start} is not a row number. Give dates as well, or the row where the new phase starts."
    raise ValueError(msg)


def _day(day: Hashable) -> str:
    """Dates as text that sorts, so that 2020-01-01 is one day in whatever type it comes."""
    return pd.Timestamp(day).isoformat() if isinstance(day, date | np.datetime64) else _iso(str(day))


def _iso(text: str) -> str:
    return f"{text}T00:00:00" if len(text) == len("2020-01-01") and text[4:5] == "-" else text
