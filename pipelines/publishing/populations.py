"""How many children a rate is of: the official population of its own place, group and year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pipelines.publishing.rows import rows
from schemas.periods import parse

if TYPE_CHECKING:
    from schemas.catalogue import Catalogue, Indicator

_LINE = ["quantity_id", "area_code", "breakdown"]


def population(catalogue: Catalogue, frame: pd.DataFrame, populations: pd.DataFrame) -> pd.Series:
    """For each figure the official population its rate is of; NaN where nobody has loaded one.

    That of the year the figure's financial year starts in, or of the latest year before it in which the place was
    split so. All groups of one figure come from one year: parts of two years would not be parts of one whole.
    """
    found = pd.Series(np.nan, index=frame.index)
    official = {i.id: i.denominator for i in catalogue.indicators.values() if is_official(catalogue, i)}
    asked = frame[frame["indicator_id"].isin(list(official))]
    if asked.empty or populations.empty:
        return found
    years, sizes = _known(populations)
    where = asked.assign(quantity_id=asked["indicator_id"].map(official), area_code=asked["area_id"])
    for index, row in zip(asked.index, rows(where), strict=True):
        line = tuple(row[name] for name in _LINE)
        known = years.get(line, [])
        before = int(np.searchsorted(known, _year(row["period_id"]), side="right")) - 1
        if before >= 0:
            found.loc[index] = sizes.get((*line, row["category"], known[before]), np.nan)
    return found


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
