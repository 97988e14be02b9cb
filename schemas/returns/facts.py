"""What the rules need to know of each row, from the catalogue and the calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from schemas.catalogue.owed import periods_of, split_period
from schemas.periods import Period, parse
from schemas.returns.by_value import by_value, joined_keys, texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemas.catalogue.models import Indicator
    from schemas.catalogue.whole import Catalogue

KEY = ["indicator_id", "period_id", "area_id", "breakdown", "category"]
SERIES = ["indicator_id", "area_id", "breakdown", "category"]
# What is measured in parts of a person's working week, not heads.
FRACTIONAL = frozenset({"fte"})


def indicator_facts(catalogue: Catalogue) -> pd.DataFrame:
    """One row an indicator (index: its id): how it is measured, of what, and whether it is worked out here."""
    rows = {indicator.id: _facts(catalogue, indicator) for indicator in catalogue.indicators.values()}
    facts = pd.DataFrame.from_dict(rows, orient="index")
    return facts.astype({name: "object" for name in facts if facts[name].dtype == "str"})


def periods_sent(indicator: Indicator, quarter: Period) -> frozenset[str]:
    """The periods whose figures of an indicator belong in the return for a quarter."""
    found = {period.id for period in periods_of(indicator, quarter)}
    yearly_split = quarter.end.month == 3 and (indicator.breakdowns or indicator.wards)
    return frozenset(found | ({split_period(indicator, quarter).id} if yearly_split and found else set()))


def period_facts(figures: pd.DataFrame, context_sent: Mapping[str, frozenset[str]]) -> dict[str, pd.Series]:
    """Of each row's period: its kind, and whether its indicator is sent for it, or for any, with this return."""
    pairs = texts(joined_keys(figures, ["indicator_id", "period_id"]), figures.index)
    due = frozenset(f"{indicator}|{period}" for indicator, ids in context_sent.items() for period in ids)
    return {
        "period_kind": period_kinds(figures["period_id"]),
        "is_due": by_value(pairs, lambda pair: pair in due, "bool"),
        "is_idle": by_value(figures["indicator_id"], lambda indicator: not context_sent.get(indicator), "bool"),
    }


def period_kinds(periods: pd.Series) -> pd.Series:
    """Each period's kind, "" where there is none."""
    return by_value(periods, lambda text: parse(text).kind if text else "")


def _facts(catalogue: Catalogue, indicator: Indicator) -> dict[str, object]:
    top = catalogue.quantities[indicator.numerator]
    under = catalogue.quantities[indicator.denominator] if indicator.denominator else None
    return {
        "title": indicator.title,
        "per": indicator.per,
        "decimals": indicator.decimals,
        "window": indicator.window,
        "is_flow": indicator.measure_type == "flow",
        "stands": indicator.measure_type == "snapshot" or indicator.base == "snapshot",
        "has_denominator": under is not None,
        "population": bool(under and under.official),
        "can_exceed": indicator.measure_type not in ("percent", "rare"),
        "fractional": indicator.measure_type == "mean" or top.counts_of in FRACTIONAL,
        "fractional_denominator": bool(under and under.counts_of in FRACTIONAL),
        "top": indicator.numerator,
        "under": indicator.denominator or "",
        "under_title": under.title if under else "",
        "annualise": indicator.annualise,
        "adds_over_areas": "areas" in top.adds_over,
        "is_computed": indicator.computed_from is not None,
    }
