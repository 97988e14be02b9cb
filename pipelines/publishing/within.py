"""The figures one picture is made of: a single indicator, the whole area, and the period they are best compared in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from pipelines.publishing.populations import is_official
from pipelines.publishing.rows import rows
from schemas.periods import parse

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from schemas.catalogue import Catalogue, Indicator
    from schemas.periods import Period

Whole: TypeAlias = "dict[str, Any]"
Wholes: TypeAlias = "dict[tuple[str, str], Whole]"
_A_YEAR = 360  # days: shorter than any year


def wholes(catalogue: Catalogue, figures: pd.DataFrame) -> Wholes:
    """The shown figures of everybody in the whole area, all agencies together, by indicator and period."""
    here = figures["area_id"].eq(catalogue.partnership.area_code) & figures["breakdown"].eq("all")
    mine = figures[here & figures["agency_id"].eq("all") & figures["value"].notna()]
    return {(row["indicator_id"], row["period_id"]): row for row in rows(mine)}


def steadiest(period_ids: Iterable[str]) -> str:
    """The latest whole year there is, else the latest period: a year's counts are larger, so fewer of them are hidden.

    >>> steadiest(["2025-26-Q4", "FY2024-25", "FY2025-26"]), steadiest(["2025-26-Q4", "2026-27-Q2"])
    ('FY2025-26', '2026-27-Q2')
    """
    return max(
        (parse(str(p)) for p in dict.fromkeys(period_ids)), key=lambda p: (is_year(p), p.end, -p.start.toordinal())
    ).id


def latest(period_ids: Iterable[str]) -> str:
    """The period that ended last; of several that did, the shortest.

    >>> latest(["FY2025-26", "2025-26-Q4", "R12-2025-12"])
    '2025-26-Q4'
    """
    return max((parse(str(p)) for p in dict.fromkeys(period_ids)), key=lambda p: (p.end, p.start)).id


def is_year(period: Period) -> bool:
    """Whether it is as long as a year."""
    return (period.end - period.start).days >= _A_YEAR


def times_of(indicator: Indicator, whole: Whole) -> float:
    """By how much the bare ratio of a period was multiplied beyond the indicator's `per`: 4 for a quarter made yearly.

    Read from the whole's own figure, so that it can never differ from what was published; 1 where there were no events.
    """
    if not whole["numerator"] > 0:
        return 1.0
    return float(whole["value"] / (whole["numerator"] / whole["denominator"] * indicator.per))


def is_share(indicator: Indicator) -> bool:
    """Whether its numerator is part of its denominator."""
    return indicator.unit == "percent"


def is_rate(catalogue: Catalogue, indicator: Indicator) -> bool:
    """Whether it is a rate on an official population."""
    return indicator.measure_type == "rate" and is_official(catalogue, indicator)


def with_base(figures: pd.DataFrame) -> pd.Series:
    """Which figures are shown with both their counts, so that an interval or a limit can stand on them."""
    return figures["value"].notna() & figures["numerator"].notna() & figures["denominator"].gt(0)
