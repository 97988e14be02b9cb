"""Where a definition changed: nothing is claimed, and nothing added up, across it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from schemas.periods import parse

if TYPE_CHECKING:
    from datetime import date

    from schemas.catalogue import Catalogue, Indicator
    from schemas.periods import Period

CHANGED = "Definition changed"
# What an agency sends of one indicator and period; who sends it does not matter here.
_FIGURE = ["indicator_id", "period_id", "area_id", "breakdown", "category"]


def crosses(indicator: Indicator, earlier: Period, later: Period) -> bool:
    """Whether a new definition started after `earlier` began and before `later` ended: they are not of one kind."""
    return any(earlier.start < start <= later.end for start in _starts(indicator))


def is_mixed(indicator: Indicator, period: Period) -> bool:
    """Whether the definition changed inside the period, so that its parts are not of one kind."""
    return crosses(indicator, period, period)


def without_mixed_sums(catalogue: Catalogue, figures: pd.DataFrame, observations: pd.DataFrame) -> pd.DataFrame:
    """The figures without sums across a change of definition; what an agency itself sent for such a period stays.

    Half a year of one thing and half of another is a number of nothing, and would be compared with whole years.
    """
    periods = {period_id: parse(period_id) for period_id in figures["period_id"].unique()}
    mixed = [
        (indicator.id, period_id)
        for indicator in catalogue.indicators.values()
        if len(indicator.definitions) > 1
        for period_id, period in periods.items()
        if is_mixed(indicator, period)
    ]
    candidates = pd.MultiIndex.from_frame(figures[["indicator_id", "period_id"]]).isin(mixed)
    sent = pd.MultiIndex.from_frame(figures[_FIGURE]).isin(pd.MultiIndex.from_frame(observations[_FIGURE]))
    return figures[~candidates | sent].reset_index(drop=True)


def _starts(indicator: Indicator) -> list[date]:
    return [parse(definition.from_period).start for definition in indicator.definitions[1:]]
