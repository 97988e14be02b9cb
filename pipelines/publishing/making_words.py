"""One figure's formula, population and interval in words, with the numbers a reader can check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.measures.rates import EXACT_BELOW
from pipelines.publishing.rows import rows
from pipelines.publishing.words import number_words, unit_suffix, value_words
from schemas.periods import parse
from schemas.published.methods import methods

if TYPE_CHECKING:
    from pipelines.publishing.assembling import Inputs
    from schemas.catalogue import Indicator

QUARTERS = 4
Official = dict[str, list[tuple[int, str, str]]]


def formula_words(indicator: Indicator, row: dict[str, Any], *, is_sent: bool) -> str:
    """`62 ÷ 226 × 100 = 27.4%`; a quarter's annualised rate says × 4; a count says what was counted.

    `is_sent` tells an agency's figure from one taken from official statistics.
    """
    value, top, size = value_words(indicator, row["value"]), row["numerator"], row["denominator"]
    if indicator.denominator is None:
        return f"Counted: {value}." if is_sent else f"Published as {value}."
    if pd.isna(top) or pd.isna(size):
        return f"{'Sent' if is_sent else 'Published'} as {value}, without the counts behind it."
    base = f" × {indicator.per:,g}" if indicator.per != 1 else ""
    yearly = _yearly(indicator, row)
    said = ", as a yearly rate" if yearly else ""
    return f"{count_words(top)} ÷ {count_words(size)}{base}{yearly} = {value}{said}."


def official_words(inputs: Inputs) -> Official:
    """Every official population of the whole area in words, by quantity: the year it is of, its period, the words."""
    quantities, known = inputs.catalogue.quantities, inputs.populations
    if known.empty:
        return {}
    here = known["area_code"].eq(inputs.catalogue.partnership.area_code) & known["breakdown"].eq("all")
    official = known["quantity_id"].isin([q.id for q in quantities.values() if q.official])
    mine = known[here & official & known["value"].notna()]
    said: Official = {}
    for row in rows(mine.drop_duplicates(["quantity_id", "period_id"], keep="last")):
        period, source = parse(row["period_id"]), f" ({row['source']})" if row["source"] else ""
        words = f"{quantities[row['quantity_id']].title}, {period.short}: {count_words(float(row['value']))}{source}."
        said.setdefault(row["quantity_id"], []).append((period.start.year, period.id, words))
    return {quantity_id: sorted(years) for quantity_id, years in said.items()}


def population_words(official: Official, indicator: Indicator, row: dict[str, Any]) -> str:
    """The official population a rate stands on: which, of which year, how many, from where."""
    known = official.get(indicator.denominator or "")
    if not known or pd.isna(row["denominator"]):
        return ""
    until = parse(row["period_id"]).financial_year.start.year
    return next((words for year, _, words in reversed(known) if year <= until), "")


def interval_words(indicator: Indicator, row: dict[str, Any]) -> str:
    """The 95% interval and the method that gave it; empty where there is none."""
    if pd.isna(row["lower"]) or pd.isna(row["upper"]):
        return ""
    few = row["numerator"] < EXACT_BELOW
    name = "wilson" if indicator.unit == "percent" else "poisson_exact" if few else "byar"
    return f"{between_words(indicator, row['lower'], row['upper'])}, 95% sure. Method: {methods().of_interval(name).title}."


def between_words(indicator: Indicator, lower: float, upper: float) -> str:
    """Two ends with their unit: `22.0% to 33.6%`, `501.2 to 560.4 per 10,000`."""
    suffix = unit_suffix(indicator)
    return (
        f"{number_words(indicator, lower)}{suffix if suffix == '%' else ''} to {number_words(indicator, upper)}{suffix}"
    )


def count_words(number: float) -> str:
    """A count with thousands commas; full-time equivalents keep their decimals.

    >>> count_words(1284.0), count_words(2.25)
    ('1,284', '2.25')
    """
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,.2f}".rstrip("0")


def _yearly(indicator: Indicator, row: dict[str, Any]) -> str:
    """By how much the bare rate was raised to a year's, read off the value itself: ` × 4`, ` × 4 ÷ 2`, or nothing."""
    bare = row["numerator"] / row["denominator"] * indicator.per if row["denominator"] else 0.0
    if not indicator.annualise or not bare:
        return ""
    covered = next((n for n in (1, 2, 3) if abs(row["value"] / bare - QUARTERS / n) < 1e-6), QUARTERS)
    return {1: " × 4", 2: " × 4 ÷ 2", 3: " × 4 ÷ 3"}.get(covered, "")
