"""How many children a rate is of: the official population of its own place, group and year."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pipelines.publishing.rows import rows
from schemas.periods import parse

if TYPE_CHECKING:
    from schemas.catalogue import Catalogue, Indicator

_LINE = ["quantity_id", "area_code", "breakdown"]
_ASKED = ["indicator_id", "area_id", "breakdown", "category", "period_id"]


def population(catalogue: Catalogue, frame: pd.DataFrame, populations: pd.DataFrame) -> pd.Series:
    """For each figure the official population its rate is of; NaN where nobody has loaded one.

    That of the year the figure's financial year starts in, or of the latest year before it in which the place was
    split so. All groups of one figure come from one year: parts of two years would not be parts of one whole.
    """
    official = {i.id: i.denominator or "" for i in catalogue.indicators.values() if is_official(catalogue, i)}
    asked = frame[frame["indicator_id"].isin(list(official))]
    years, sizes = _known(populations)

    def size(indicator_id: str, area_id: str, breakdown: str, category: str, period_id: str) -> float:
        line = (official[indicator_id], area_id, breakdown)
        known = years.get(line, [])
        before = bisect_right(known, _year(period_id)) - 1
        return sizes.get((*line, category, known[before]), np.nan) if before >= 0 else np.nan

    found = [size(*key) for key in zip(*(asked[name].tolist() for name in _ASKED), strict=True)]
    return pd.Series(found, index=asked.index, dtype=float).reindex(frame.index)


def is_official(catalogue: Catalogue, indicator: Indicator) -> bool:
    """Whether its denominator is an official population, which no agency sends."""
    return indicator.denominator is not None and catalogue.quantities[indicator.denominator].official


def _known(populations: pd.DataFrame) -> tuple[dict[tuple[str, ...], list[int]], dict[tuple[str | int, ...], float]]:
    """The years each line has a population for, in order, and every population by line, category and year."""
    shown = populations[populations["value"].notna()]
    years: dict[tuple[str, ...], set[int]] = {}
    sizes: dict[tuple[str | int, ...], float] = {}
    for row in rows(shown):
        line, year = tuple(row[name] for name in _LINE), parse(row["period_id"]).start.year
        years.setdefault(line, set()).add(year)
        sizes[*line, row["category"], year] = float(row["value"])
    return {line: sorted(found) for line, found in years.items()}, sizes


def _year(period_id: str) -> int:
    return parse(period_id).financial_year.start.year
