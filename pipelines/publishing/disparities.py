"""Which groups of children are counted more or less often than another: ratios with their intervals, neutrally worded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pipelines.measures.disparities import FEWEST, Ratio, rate_ratio, share_ratio
from pipelines.publishing.rows import Row, rows
from pipelines.publishing.within import is_rate, is_share, steadiest
from schemas.published.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemas.catalogue import Breakdown, Catalogue, Indicator

NONE = "none"
_READ = ["indicator_id", "period_id", "breakdown", "category", "numerator", "denominator", "value", "marker"]


def disparities(catalogue: Catalogue, figures: pd.DataFrame) -> pd.DataFrame:
    """The publication table `disparity`: each group of a breakdown beside its reference group, from protected figures.

    Only shares and rates on a population are compared; a group of children whom nobody could place never is.
    """
    columns = [c.name for c in TABLES["disparity"].columns]
    return pd.DataFrame(list(_rows(catalogue, figures)), columns=columns)


def _rows(catalogue: Catalogue, figures: pd.DataFrame) -> Iterator[Row]:
    compared = [i.id for i in catalogue.indicators.values() if is_share(i) or is_rate(catalogue, i)]
    split = [b.id for b in catalogue.breakdowns.values() if b.reference is not None]
    here = figures["area_id"].eq(catalogue.partnership.area_code) & figures["agency_id"].eq("all")
    mine = figures[here & figures["indicator_id"].isin(compared) & figures["breakdown"].isin(split)]
    splits: dict[tuple[str, str], dict[str, dict[str, Row]]] = {}
    for row in rows(mine[_READ]):
        periods = splits.setdefault((row["indicator_id"], row["breakdown"]), {})
        periods.setdefault(row["period_id"], {})[row["category"]] = row
    for (indicator_id, breakdown_id), periods in splits.items():
        indicator, breakdown = catalogue.indicators[indicator_id], catalogue.breakdowns[breakdown_id]
        by_category = periods[steadiest(periods)]
        reference = by_category.get(breakdown.reference or "")
        # Where nobody has loaded populations by group, there is nothing to say at every rate.
        known = any(pd.notna(row["denominator"]) for row in by_category.values())
        if known and reference is not None and (_is_shown(reference) or reference["marker"] == "c"):
            yield from _beside(indicator, breakdown, reference, by_category)


def _beside(indicator: Indicator, breakdown: Breakdown, reference: Row, by_category: dict[str, Row]) -> Iterator[Row]:
    for category in breakdown.compared:
        row = by_category.get(category.id)
        if row is None:
            continue
        why = _why_not(breakdown, row, reference)
        ratio = None if why else _ratio(indicator, row, reference)
        yield {
            **{name: row[name] for name in ("indicator_id", "period_id", "breakdown", "category")},
            "reference": breakdown.reference,
            **{name: row[name] for name in ("numerator", "denominator", "value")},
            **{f"reference_{name}": reference[name] for name in ("numerator", "denominator", "value")},
            "ratio": ratio.value if ratio else None,
            "lower": ratio.lower if ratio else None,
            "upper": ratio.upper if ratio else None,
            "word": ratio.word if ratio else NONE,
            "words": ratio_words(ratio, "share among" if is_share(indicator) else "rate of", breakdown.reference_words)
            if ratio
            else why,
            "group_words": category.words,
            "reference_words": breakdown.reference_words,
        }


def _why_not(breakdown: Breakdown, row: Row, reference: Row) -> str:
    """Why a group cannot be compared, in words; "" where it can."""
    reasons = (
        (row["marker"] == "c", "hidden to protect"),
        (reference["marker"] == "c", f"the figure of {breakdown.reference_words} is hidden to protect"),
        (not _is_shown(row), "there is no figure, or no population, for this group"),
        (row["numerator"] < FEWEST, f"fewer than {FEWEST} counted"),
        (reference["numerator"] < FEWEST, f"fewer than {FEWEST} counted of {breakdown.reference_words}"),
        (any(count % 1 for count in _counts(row, reference)), "these are not whole counts"),
    )
    return next((f"Not compared: {reason}." for holds, reason in reasons if holds), "")


def _ratio(indicator: Indicator, row: Row, reference: Row) -> Ratio:
    x1, n1, x2, n2 = _counts(row, reference)
    return share_ratio(x1, n1, x2, n2) if is_share(indicator) else rate_ratio(x1, n1, x2, n2)


def _counts(row: Row, reference: Row) -> tuple[float, ...]:
    return tuple(side[name] for side in (row, reference) for name in ("numerator", "denominator"))


def _is_shown(row: Row) -> bool:
    return bool(pd.notna(row["value"]) and pd.notna(row["numerator"]) and row["denominator"] > 0)


def ratio_words(ratio: Ratio, what: str, reference_words: str) -> str:
    """A ratio as people read it, with as many decimals as it takes to tell its interval from 1.

    >>> ratio_words(Ratio(1.52, 2.14, 1.8), "rate of", "White children")
    '1.8 times the rate of White children; between 1.5 and 2.1.'
    >>> ratio_words(Ratio(0.98, 1.21, 1.09), "share among", "boys")
    '1.1 times the share among boys; between 1.0 and 1.2: consistent with no difference.'
    """
    numbers = (ratio.value, ratio.lower, ratio.upper)
    decimals = 1
    close = len({round(n, 1) for n in numbers}) < len(numbers)
    if min(numbers) < 0.5 or close or (ratio.word != "similar" and any(round(n, 1) == 1 for n in numbers)):
        decimals = 2
    value, low, high = (f"{n:.{decimals}f}" for n in numbers)
    end = ": consistent with no difference." if ratio.word == "similar" else "."
    return f"{value} times the {what} {reference_words}; between {low} and {high}{end}"
