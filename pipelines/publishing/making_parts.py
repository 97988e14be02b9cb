"""Which agencies' or quarters' figures a sum was made of, with their numbers where every one of them is shown."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.publishing.making_words import count_words
from pipelines.publishing.rows import rows
from pipelines.publishing.whole_area import whole_area
from schemas.periods import parse

if TYPE_CHECKING:
    from schemas.catalogue import Catalogue, Indicator
    from schemas.periods import Period

Parts = dict[str, list[dict[str, Any]]]
_KINDS = {"financial_quarter": "quarters", "term": "terms"}
# More than this many numbers in one line are a wall, not an account.
MOST = 6


def whole_parts(catalogue: Catalogue, figures: pd.DataFrame) -> dict[str, Parts]:
    """Of each indicator every whole-area row by its period: the row of all agencies and those of each that sends a part."""
    found: dict[str, Parts] = {}
    for row in rows(whole_area(catalogue, figures)):
        found.setdefault(row["indicator_id"], {}).setdefault(row["period_id"], []).append(row)
    return found


def parts_words(indicator: Indicator, row: dict[str, Any], known: Parts) -> str:
    """`Sum of 4 quarters, 2025-26 Q1 to 2025-26 Q4. Counted: 44 + 45 + 57 + 62 = 208.`, or the agencies in the same way.

    Where one part is hidden or missing only the parts' names stand: their numbers would lead to it.
    """
    period = parse(row["period_id"])
    agencies = [part for part in known[period.id] if part["agency_id"] != "all"]
    shorter = parts_inside(period, frozenset(known))
    if len(indicator.sent_by) > 1 and not shorter:
        return f"Sum of {len(indicator.sent_by)} agencies’ figures. {_numbers(indicator, row, agencies)}".strip()
    if not shorter:
        return ""
    first, last = shorter[0].short, shorter[-1].short
    if indicator.year_value == "last":
        return f"The figure of its last part, {last}."
    wholes = [part for each in shorter for part in known[each.id] if part["agency_id"] == "all"]
    return f"Sum of {len(shorter)} {_KINDS[shorter[0].kind]}, {first} to {last}. {_numbers(indicator, row, wholes)}".strip()


@lru_cache(maxsize=4096)
def parts_inside(whole: Period, period_ids: frozenset[str]) -> tuple[Period, ...]:
    """Those of some periods that are quarters or terms inside a longer one, in order; windows and years are no parts."""
    known = (parse(period_id) for period_id in period_ids)
    return tuple(sorted(p for p in known if p.id != whole.id and p.kind in _KINDS and whole.contains(p)))


def _numbers(indicator: Indicator, row: dict[str, Any], parts: list[dict[str, Any]]) -> str:
    tops = _sum(row["numerator"], [part["numerator"] for part in parts])
    if not tops:
        return ""
    if indicator.denominator is None:
        return f"{tops}."
    sizes = [part["denominator"] for part in parts]
    out_of = _sum(row["denominator"], sizes) or _mean(row["denominator"], sizes)
    return f"Counted: {tops}. Out of: {out_of}." if out_of else f"Counted: {tops}."


def _mean(whole: float, parts: list[float]) -> str:
    """`(90 + 100 + 110) ÷ 3 = 100`: those who are there all along are averaged, not counted once a part."""
    summed = _sum(whole * len(parts), parts)
    return f"({summed.partition(' = ')[0]}) ÷ {len(parts)} = {count_words(whole)}" if summed else ""


def _sum(whole: float, parts: list[float]) -> str:
    """`44 + 45 = 89`, only where the parts are all known, few enough, and do add up to what is shown."""
    if pd.isna(whole) or not 2 <= len(parts) <= MOST or any(pd.isna(part) for part in parts):
        return ""
    return f"{' + '.join(map(count_words, parts))} = {count_words(whole)}" if abs(sum(parts) - whole) < 1e-6 else ""
