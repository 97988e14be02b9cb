"""The usual range of each whole-area figure of a return, by the control chart its indicator will be shown on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pipelines.measures.indicator_lines import expected_periods, limits
from schemas.returns.substance import has_substance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemas.catalogue import Indicator
    from schemas.periods import Period
    from schemas.returns.context import Context

COLUMNS = ["at", "low", "high", "is_told"]
# A chart draws no limits on fewer points than this, the new one with them.
_FEWEST = 12
_NUMBERS = ("numerator", "denominator", "value")
_LINE = ("indicator_id", "period_id", *_NUMBERS)


def usual_ranges(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """For each row whose chart will have limits: the column they judge (`at`), `low`, `high`, and `is_told`.

    The new figure is part of its line, as it will be on the chart. `is_told`: the figures just before lie outside on the
    same side, and a reason was given with one of them: a change once explained is not asked about again. Breakdowns and
    wards have no charts.
    """
    whole = figures["breakdown"].eq("all") & figures["area_id"].eq(context.here) & figures["marker"].eq("")
    rows = figures.loc[whole & figures["numerator"].notna(), [*_LINE]]
    past = context.history
    past = past.loc[past["breakdown"].eq("all") & past["area_id"].eq(context.here), [*_LINE, "reason"]]
    by_indicator = {str(name): group for name, group in past.groupby("indicator_id", sort=False)} if len(rows) else {}
    slots = _Slots(context)
    found: dict[Any, tuple[object, ...]] = {}
    for place, row in zip(rows.index, rows.to_dict("records"), strict=True):
        before = by_indicator.get(row["indicator_id"])
        one = _range_of(row, before, slots) if before is not None and len(before) >= _FEWEST - 1 else None
        if one is not None:
            found[place] = one
    return pd.DataFrame(list(found.values()), index=list(found), columns=COLUMNS)


class _Slots:
    """The periods a line should have a point for up to this return, worked out once for all lines of one kind."""

    def __init__(self, context: Context) -> None:
        self.catalogue, self._through = context.catalogue, context.period
        self._known: dict[tuple[str, ...], list[Period]] = {}

    def of(self, indicator: Indicator) -> list[Period]:
        """In order of time."""
        like = (indicator.frequency, indicator.measure_type, str(indicator.window))
        if like not in self._known:
            self._known[like] = expected_periods(self.catalogue, indicator, self._through)
        return self._known[like]


def _range_of(row: Mapping[Any, Any], past: pd.DataFrame, slots: _Slots) -> tuple[object, ...] | None:
    """The limits at a row's own period, its line being what was sent before and the row itself."""
    indicator = slots.catalogue.indicators[row["indicator_id"]]
    ids = [period.id for period in slots.of(indicator)]
    if row["period_id"] not in ids:
        return None
    size = ids.index(row["period_id"]) + 1
    places = {id_: place for place, id_ in enumerate(past["period_id"])}
    at = [places.get(id_, -1) for id_ in ids[: size - 1]]
    line = {name: np.append(_at(past[name].to_numpy(dtype="float64"), at), row[name]) for name in _NUMBERS}
    judged = limits(slots.catalogue, indicator, line, slots.of(indicator)[:size])
    if judged is None or np.isnan(judged[1][-1]):
        return None
    values, lower, upper = judged
    low, high = lower[-1], upper[-1]
    if not low <= values[-1] <= high:
        low, high = _without_it(line, indicator, slots, float(values[-1])) or (low, high)
    column = "value" if indicator.denominator is not None and not np.isnan(line["value"]).all() else "numerator"
    texts = past["reason"].tolist()
    reasons = ["" if place < 0 else str(texts[place]) for place in at]
    return column, low, high, _is_told(_sides(values, lower, upper), [*reasons, ""])


def _without_it(
    line: Mapping[str, np.ndarray], indicator: Indicator, slots: _Slots, new: float
) -> tuple[float, float] | None:
    """What was usual before a figure that lies outside: one that lies far outside draws the chart's own limits to itself.

    None where the line before it has no limits, or the figure lies within them.
    """
    before = {name: numbers[:-1] for name, numbers in line.items()}
    judged = limits(slots.catalogue, indicator, before, slots.of(indicator)[: len(before["value"])])
    if judged is None or np.isnan(judged[1][-1]):
        return None
    low, high = float(judged[1][-1]), float(judged[2][-1])
    return None if low <= new <= high else (low, high)


def _at(numbers: np.ndarray, places: list[int]) -> np.ndarray:
    found = np.array(places, dtype="int64")
    return np.where(found >= 0, numbers[found], np.nan)


def _sides(values: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> np.ndarray:
    """1 above the limits, -1 below, 0 between them or where there are none."""
    return (values > upper).astype(int) - (values < lower).astype(int)


def _is_told(sides: np.ndarray, reasons: list[str]) -> bool:
    """Whether the run of figures outside on the side of the last was explained with one of those before it."""
    for side, reason in zip(sides[-2::-1], reasons[-2::-1], strict=True):
        if side == 0 or side != sides[-1]:
            return False
        if has_substance(reason):
            return True
    return False
