"""The line of every indicator: its points in order, its chart, and what the last point says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pipelines.measures import spc
from schemas.periods import of_kind, parse, quarters

if TYPE_CHECKING:
    from schemas.catalogue import Catalogue, Indicator
    from schemas.periods import Period

IMPROVEMENT: dict[str, spc.Improvement] = {"higher": "increase", "lower": "decrease", "neutral": "neutral"}
LINE = ["indicator_id", "agency_id", "area_id", "breakdown", "category"]


@dataclass(frozen=True)
class Lines:
    """Publication tables `series` and `series_point`."""

    series: pd.DataFrame
    points: pd.DataFrame


def lines(catalogue: Catalogue, figures: pd.DataFrame, through: Period) -> Lines:
    """Chart every indicator for the whole area, and for each sender where several send.

    Breakdowns and wards are shown as figures, not charted: their counts are small and their gaps many.
    """
    whole = figures[figures["breakdown"].eq("all") & figures["area_id"].eq(catalogue.partnership.area_code)]
    made = [
        _line(catalogue, catalogue.indicators[str(key[0])], group, through, tuple(map(str, key)))
        for key, group in whole.groupby(LINE, sort=False)
    ]
    if not made:
        return Lines(pd.DataFrame(), pd.DataFrame())
    return Lines(
        pd.DataFrame([series for series, _ in made]),
        pd.concat([points for _, points in made], ignore_index=True),
    )


def expected_periods(catalogue: Catalogue, indicator: Indicator, through: Period) -> list[Period]:
    """Every period an indicator should have a point for, in order of time."""
    first = parse(catalogue.partnership.first_period)
    every = quarters(first, through)
    if indicator.measure_type == "rare" or indicator.frequency == "annual":
        return [q.financial_year for q in every if q.financial_year.end == q.end]
    if indicator.frequency == "termly":
        terms = dict.fromkeys(of_kind("term", day) for q in every for day in (q.start, q.end))
        return [term for term in sorted(terms) if first.start <= term.end <= through.end]
    if indicator.frequency == "six-monthly":
        return [q for q in every if q.end.month in (3, 9)]
    return every


def _line(
    catalogue: Catalogue, indicator: Indicator, group: pd.DataFrame, through: Period, key: tuple[str, ...]
) -> tuple[dict[str, object], pd.DataFrame]:
    periods = expected_periods(catalogue, indicator, through)
    rows = group.set_index("period_id").reindex([p.id for p in periods])
    chart = _chart(catalogue, indicator, rows, periods)
    points = _points(rows, chart).assign(**dict(zip(LINE, key, strict=True)), position=range(len(periods)))
    series: dict[str, object] = {
        **dict(zip(LINE, key, strict=True)),
        "chart": chart.chart,
        "variation": spc.variation_word(chart),
        "assurance": chart.assurance or "none",
        "points": int(rows["value"].notna().sum()),
        "since_period": periods[chart.since].id if chart.since is not None else None,
        "signal_words": spc.signal_words(chart),
        "note": chart.note,
    }
    return series, points


def _chart(catalogue: Catalogue, indicator: Indicator, rows: pd.DataFrame, periods: list[Period]) -> spc.Chart:
    official = indicator.denominator is not None and catalogue.quantities[indicator.denominator].official
    times = 4.0 if indicator.annualise else 1.0
    target = indicator.target.value if indicator.target and indicator.polarity != "neutral" else None
    return spc.chart_for(
        rows["value"].to_numpy(dtype=float),
        measure_type=indicator.measure_type,
        improvement=IMPROVEMENT[indicator.polarity],
        numerators=rows["numerator"].to_numpy(dtype=float) if indicator.denominator else None,
        denominators=rows["denominator"].to_numpy(dtype=float) / (times if official else 1.0)
        if indicator.denominator
        else None,
        base=indicator.base,
        window=indicator.window,
        seasonal=indicator.seasonal,
        target=target,
        rebase=_breaks(indicator, periods),
        hidden=rows["marker"].eq("c").to_numpy(),
        multiplier=indicator.per,
        period_ids=[p.id for p in periods],
    )


def _breaks(indicator: Indicator, periods: list[Period]) -> list[int]:
    """Where a new definition starts, among the points drawn."""
    starts = [parse(d.from_period).start for d in indicator.definitions[1:]]
    found = [next((n for n, p in enumerate(periods) if p.start >= start), None) for start in starts]
    return [n for n in found if n]


def _points(rows: pd.DataFrame, chart: spc.Chart) -> pd.DataFrame:
    drawn = chart.points
    return pd.DataFrame(
        {
            "period_id": rows.index.to_numpy(),
            "value": rows["value"].to_numpy(dtype=float),
            "numerator": rows["numerator"].to_numpy(dtype=float),
            "denominator": rows["denominator"].to_numpy(dtype=float),
            "marker": rows["marker"].astype(object).fillna("").to_numpy(),
            "phase": drawn["phase"].to_numpy(),
            "mean": drawn["mean"].to_numpy(dtype=float),
            "lower": drawn["lpl"].to_numpy(dtype=float),
            "upper": drawn["upl"].to_numpy(dtype=float),
            "special_cause": drawn["special_cause"].astype(object).fillna("").to_numpy(),
            "point_type": drawn["point_type"].astype(object).fillna("").to_numpy(),
        }
    ).replace({np.inf: np.nan, -np.inf: np.nan})
