"""Rates as they would be with the age structure of a standard population, beside the crude ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pipelines.measures.intervals import dsr
from pipelines.measures.rates import EXACT_BELOW
from pipelines.publishing.rows import Row, rows
from pipelines.publishing.within import is_rate, is_year, times_of, wholes
from schemas.periods import parse
from schemas.published.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.publishing.within import Whole
    from schemas.catalogue import Breakdown, Catalogue, Indicator

# With more of unknown age than this the standardised rate would leave out too much to be set beside the crude one.
MOST_UNKNOWN = 0.05
_READ = ["period_id", "category", "numerator", "denominator", "marker"]
Bands = dict[str, Row]


def standardised(catalogue: Catalogue, figures: pd.DataFrame) -> pd.DataFrame:
    """The publication table `standardised`: a row a year, or the reason why there is no rate in it.

    Only for rates on a population that is known by age. From the protected figures alone: with a band hidden there is
    no standardised rate, or it would give the hidden count back.
    """
    columns = [c.name for c in TABLES["standardised"].columns]
    return pd.DataFrame(list(_rows(catalogue, figures)), columns=columns)


def _rows(catalogue: Catalogue, figures: pd.DataFrame) -> Iterator[Row]:
    centres = wholes(catalogue, figures)
    here = figures["area_id"].eq(catalogue.partnership.area_code) & figures["agency_id"].eq("all")
    for breakdown in (b for b in catalogue.breakdowns.values() if b.standard):
        split = figures[
            here & figures["breakdown"].eq(breakdown.id) & figures["category"].isin(list(breakdown.standard))
        ]
        for indicator_id, group in split.groupby("indicator_id", sort=False):
            indicator = catalogue.indicators[str(indicator_id)]
            # Populations nobody has loaded by age are no reason to say so at every indicator.
            if is_rate(catalogue, indicator) and group["denominator"].notna().any():
                periods: dict[str, Bands] = {}
                for row in rows(group[_READ]):
                    periods.setdefault(row["period_id"], {})[row["category"]] = row
                for period_id in yearly(list(periods)):
                    bands = periods[period_id]
                    # Without the crude rate there is nothing to stand beside, and no telling whose age is not known.
                    whole = centres.get((indicator.id, period_id))
                    if whole is not None:
                        yield _row(indicator, breakdown, period_id, bands, whole)


def yearly(period_ids: list[str]) -> list[str]:
    """One period a year: the years themselves, or of quarters the last in each financial year, and the latest.

    >>> yearly(["2025-26-Q3", "2025-26-Q4", "2026-27-Q2"]), yearly(["2025-26-Q4", "FY2025-26"])
    (['2025-26-Q4', '2026-27-Q2'], ['FY2025-26'])
    """
    periods = sorted((parse(p) for p in period_ids), key=lambda p: (p.end, p.start))
    years = [p for p in periods if is_year(p)]
    last = {p.financial_year.id: p for p in periods}
    return [p.id for p in years or last.values()]


def _row(indicator: Indicator, breakdown: Breakdown, period_id: str, bands: Bands, whole: Whole) -> Row:
    row: Row = {"indicator_id": indicator.id, "period_id": period_id, "breakdown": breakdown.id}
    row |= {"crude": whole["value"], "crude_lower": whole["lower"], "crude_upper": whole["upper"]}
    row |= {"numerator": whole["numerator"], "source": breakdown.standard_source}
    row |= dict.fromkeys(("value", "lower", "upper", "left_out"))
    why = _why_not(breakdown, bands, whole)
    if why:
        return row | {"words": why}
    tops, sizes = (
        np.array([bands[band][side] for band in breakdown.standard], float) for side in ("numerator", "denominator")
    )
    per = indicator.per * times_of(indicator, whole)
    found = dsr(tops, sizes, list(breakdown.standard.values()), per)
    left_out = float(whole["numerator"] - tops.sum())
    said = f"Leaves out {left_out:,.0f} whose age is not known." if left_out > 0 else ""
    return row | {
        "value": found.value,
        "lower": found.lower,
        "upper": found.upper,
        "left_out": left_out,
        "words": said,
    }


def _why_not(breakdown: Breakdown, bands: Bands, whole: Whole) -> str:
    """Why there can be no standardised rate, in words; "" where there can."""
    if "c" in {band["marker"] for band in bands.values()}:
        return "Not standardised: the count of an age band is hidden to protect."
    there = [bands.get(category) for category in breakdown.standard]
    if any(band is None or pd.isna(band["numerator"]) for band in there):
        return "Not standardised: an age band was not sent."
    if any(band is None or not band["denominator"] > 0 for band in there):
        return "Not standardised: the population by age is not known for this year."
    seen = float(np.sum([band["numerator"] for band in bands.values()]))
    if seen < EXACT_BELOW:
        return f"Not standardised: fewer than {EXACT_BELOW} counted."
    unknown = 1 - seen / float(whole["numerator"])
    if unknown > MOST_UNKNOWN:
        return f"Not standardised: the age of {unknown:.0%} is not known."
    return ""
