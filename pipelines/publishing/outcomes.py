"""The publication table `rule_outcome`: how many problems each rule found on the rows of shown figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.publishing.rows import rows, tuples
from pipelines.publishing.whole_area import HIDDEN, hidden_quarters
from schemas.published.tables import TABLES

if TYPE_CHECKING:
    from pipelines.publishing.assembling import Inputs

COLUMNS = [c.name for c in TABLES["rule_outcome"].columns]
KEY = COLUMNS[:5]
WHOLE_RETURN = "all"
_WHERE = ["indicator_id", "period_id", "agency_id", "area_id", "breakdown", "category"]


def rule_outcomes(inputs: Inputs, figures: pd.DataFrame) -> pd.DataFrame:
    """Rules, severities and numbers only; nothing on a row whose figure is hidden, in part or as a whole.

    Problems of a whole file stand under the indicator `all`. Those of rows an error kept out are told where no
    whole-area figure of the indicator is hidden that quarter.
    """
    found = inputs.outcomes
    if found.empty:
        return pd.DataFrame(columns=COLUMNS)
    several = {i.id for i in inputs.catalogue.indicators.values() if len(i.sent_by) > 1}
    shown = set(tuples(figures[figures["marker"].ne(HIDDEN)][_WHERE]))
    hidden = hidden_quarters(inputs.catalogue, figures)
    told: list[dict[str, Any]] = []
    for row in rows(found):
        place = _place(row, several, shown, hidden, known=row["indicator_id"] in inputs.catalogue.indicators)
        if place is not None:
            key = dict(zip(("indicator_id", "period_id"), place, strict=True))
            told.append({name: row[name] for name in ("submission_id", "rule", "severity", "has_reason")} | key)
    if not told:
        return pd.DataFrame(columns=COLUMNS)
    counted = pd.DataFrame(told).groupby(KEY, sort=True, as_index=False)
    return counted.agg(number=("has_reason", "size"), explained=("has_reason", "sum"))[COLUMNS]


def _place(
    row: dict[str, Any],
    several: set[str],
    shown: set[tuple[object, ...]],
    hidden: set[tuple[str, str]],
    *,
    known: bool,
) -> tuple[str, str] | None:
    """The indicator and period a problem is told under, or None where it must not be told."""
    return_period, indicator_id = str(row["return_period"]), str(row["indicator_id"])
    if row["is_whole_file"]:
        return WHOLE_RETURN, return_period
    if not known:
        return None
    if not row["breakdown"]:
        return None if (indicator_id, return_period) in hidden else (indicator_id, return_period)
    sender = row["agency_id"] if indicator_id in several else "all"
    figure = (indicator_id, row["period_id"], sender, row["area_id"], row["breakdown"], row["category"])
    return (indicator_id, str(row["period_id"])) if figure in shown else None
