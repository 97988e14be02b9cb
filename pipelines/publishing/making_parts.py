"""Which agencies' or quarters' figures a sum was made of, with their numbers where every one of them is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.publishing.making_words import count_words
from pipelines.publishing.rows import rows
from pipelines.publishing.whole_area import whole_area
from schemas.periods import parse

if TYPE_CHECKING:
    from schemas.catalogue import Catalogue, Indicator

Key = tuple[str, str]
# More than this many numbers in one line are a wall, not an account.
MOST = 6


def whole_parts(catalogue: Catalogue, figures: pd.DataFrame) -> dict[Key, list[dict[str, Any]]]:
    """Every whole-area row by indicator and period: the row of all agencies and those of each that sends a part."""
    found: dict[Key, list[dict[str, Any]]] = {}
    for row in rows(whole_area(catalogue, figures)):
        found.setdefault((row["indicator_id"], row["period_id"]), []).append(row)
    return found


def parts_words(indicator: Indicator, row: dict[str, Any], known: dict[Key, list[dict[str, Any]]]) -> str:
    """`Four quarters, 2025-26 Q1 to 2025-26 Q4. Counts: 44 + 45 + 57 + 62 = 208.`, or the agencies in the same way.

    Where one part is hidden or missing only the parts' names stand: their numbers would lead to it.
    """
    period = parse(row["period_id"])
    agencies = [part for part in known[indicator.id, period.id] if part["agency_id"] != "all"]
    inside = [
        (parse(p), parts) for (i, p), parts in known.items() if i == indicator.id and "-Q" in p and p != period.id
    ]
    quarters = sorted((each, parts) for each, parts in inside if _is_part(period.id, each.id) and period.contains(each))
    if len(indicator.sent_by) > 1 and not quarters:
        return f"Sum of {len(indicator.sent_by)} agencies’ figures. {_numbers(indicator, row, agencies)}".strip()
    if not quarters:
        return ""
    if indicator.year_value == "last":
        return f"The figure of its last quarter, {quarters[-1][0].short}."
    wholes = [part for _, parts in quarters for part in parts if part["agency_id"] == "all"]
    first, last = quarters[0][0].short, quarters[-1][0].short
    named = f"Sum of {len(quarters)} quarters, {first} to {last}." if len(quarters) > 1 else f"{first} alone."
    return f"{named} {_numbers(indicator, row, wholes)}".strip()


def _is_part(whole_id: str, part_id: str) -> bool:
    """Quarters are the parts of longer periods; a window is a part of nothing."""
    return whole_id != part_id and not part_id.startswith(("YTD", "R12"))


def _numbers(indicator: Indicator, row: dict[str, Any], parts: list[dict[str, Any]]) -> str:
    tops = _sum(row["numerator"], [part["numerator"] for part in parts])
    if not tops:
        return ""
    if indicator.denominator is None:
        return f"{tops}."
    sizes = _sum(row["denominator"], [part["denominator"] for part in parts])
    return f"Counted: {tops}. Out of: {sizes}." if sizes else f"Counted: {tops}."


def _sum(whole: float, parts: list[float]) -> str:
    """`44 + 45 = 89`, only where the parts are all known, few enough, and do add up to what is shown."""
    if pd.isna(whole) or not 2 <= len(parts) <= MOST or any(pd.isna(part) for part in parts):
        return ""
    return f"{' + '.join(map(count_words, parts))} = {count_words(whole)}" if abs(sum(parts) - whole) < 1e-6 else ""
