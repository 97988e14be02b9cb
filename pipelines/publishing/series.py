"""The line of every indicator: its points in order, its chart, and what the last point says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pipelines.measures import spc
from pipelines.measures.indicator_lines import charted, expected_periods
from pipelines.publishing.rows import tuples

if TYPE_CHECKING:
    from schemas.catalogue import Catalogue
    from schemas.periods import Period

LINE = ["indicator_id", "agency_id", "area_id", "breakdown", "category"]


_READ = ["value", "numerator", "denominator", "marker"]


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
    keys = tuples(whole[LINE].drop_duplicates())
    if not keys:
        return Lines(pd.DataFrame(), pd.DataFrame())
    periods = {key: expected_periods(catalogue, catalogue.indicators[key[0]], through) for key in keys}
    slots = [(*key, period.id, n) for key in keys for n, period in enumerate(periods[key])]
    points = pd.DataFrame(slots, columns=[*LINE, "period_id", "position"])
    points = points.merge(whole[[*LINE, "period_id", *_READ]], how="left", on=[*LINE, "period_id"])
    points["marker"] = points["marker"].astype(object).fillna("")
    read = {name: points[name].to_numpy() for name in _READ}
    charts: list[spc.Chart] = []
    first = 0
    for key in keys:
        last = first + len(periods[key])
        line = {name: values[first:last] for name, values in read.items()}
        charts.append(charted(catalogue, catalogue.indicators[key[0]], line, periods[key]))
        first = last
    series = [
        dict(zip(LINE, key, strict=True)) | _series(chart, periods[key])
        for key, chart in zip(keys, charts, strict=True)
    ]
    shown = points.groupby(LINE, sort=False)["value"].count().to_numpy()
    return Lines(pd.DataFrame(series).assign(points=shown), points.assign(**_drawn(charts)))


def judged(series: pd.DataFrame) -> list[str]:
    """The charts whose latest point was held against limits, one an indicator: what chance could have flagged.

    A sender's own line is not counted again, nor a chart that says nothing of its latest point.
    """
    if series.empty:
        return []
    return series.loc[series["agency_id"].eq("all") & series["variation"].ne("none"), "chart"].tolist()


def _series(chart: spc.Chart, periods: list[Period]) -> dict[str, object]:
    return {
        "chart": chart.chart,
        "variation": spc.variation_word(chart),
        "assurance": chart.assurance or "none",
        "since_period": periods[chart.since].id if chart.since is not None else None,
        "signal_words": spc.signal_words(chart),
        "note": chart.note,
    }


def _drawn(charts: list[spc.Chart]) -> dict[str, np.ndarray]:
    """What the charts add to their points, all lines one after the other."""
    frames = [chart.points for chart in charts]
    limits = {"mean": "mean", "lower": "lpl", "upper": "upl"}
    made = {name: np.concatenate([f[column].to_numpy(dtype=float) for f in frames]) for name, column in limits.items()}
    made = {name: np.where(np.isfinite(values), values, np.nan) for name, values in made.items()}
    made["phase"] = np.concatenate([f["phase"].to_numpy() for f in frames])
    for name in ("special_cause", "point_type"):
        made[name] = np.concatenate([f[name].to_numpy(dtype=object, na_value="") for f in frames])
    return made
