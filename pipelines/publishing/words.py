"""How figures are written in sentences: one way, everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from schemas.catalogue import Catalogue, Indicator

MARKER_WORDS = {
    "c": "Hidden to protect",
    "a": "Not agreed for this audience",
    "x": "Not available",
    "z": "Not applicable",
    "k": "Rounds to zero",
    "u": "Unreliable",
    "": "Not supplied",
}


def value_words(indicator: Indicator, value: float | None) -> str:
    """A value with its unit, as pages and sentences write it.

    Counts have thousands commas, percentages no space, rates their base: 1,284; 24.2%; 58.5 per 10,000.
    """
    if value is None or pd.isna(value):
        return ""
    return number_words(indicator, value) + unit_suffix(indicator)


def number_words(indicator: Indicator, value: float) -> str:
    """The bare number to the indicator's decimals; counts whole."""
    decimals = 0 if indicator.unit == "count" else indicator.decimals
    rounded = round(value, decimals)
    return f"{rounded + 0.0:,.{decimals}f}"


def unit_suffix(indicator: Indicator) -> str:
    """What stands behind the number: %, ` per 10,000`, or nothing for counts and ratios."""
    if indicator.unit == "percent":
        return "%"
    if "per " in indicator.unit:
        return " " + indicator.unit[indicator.unit.index("per ") :]
    return ""


def n_words(
    indicator: Indicator,
    numerator: float | None,
    denominator: float | None,
    *,
    official: bool,
    annualised: bool = False,
) -> str:
    """The counts behind a value: `62 of 226`; for rates on a population the count alone, and that they are a year's."""
    if numerator is None or pd.isna(numerator) or indicator.denominator is None:
        return ""
    if official or denominator is None or pd.isna(denominator):
        return f"n = {_count(numerator)}" + "; as a yearly rate" * annualised
    return f"{_count(numerator)} of {_count(denominator)}"


def size_words(indicator: Indicator, difference: float) -> str:
    """The size of a change: `3.2 points` for percentages, the number otherwise."""
    size = number_words(indicator, abs(difference))
    return f"{size} point{'' if size == '1.0' else 's'}" if indicator.unit == "percent" else size


def change_words(indicator: Indicator, latest: float | None, earlier: float | None) -> str:
    """`Up 3.2 points`, `Down 11`, `No change`, or that it is not known."""
    if latest is None or earlier is None or pd.isna(latest) or pd.isna(earlier):
        return "Not known"
    difference = latest - earlier
    zero = number_words(indicator, 0)
    if number_words(indicator, abs(difference)) == zero:
        return "No change"
    return f"{'Up' if difference > 0 else 'Down'} {size_words(indicator, difference)}"


def range_words(indicator: Indicator, lower: float, upper: float, beside: float | None = None) -> str:
    """A usual range: `17% to 25%`; a lower end that no count can reach is written as 0.

    One decimal more where the figure `beside` it would read like one of its ends: 65 is above 14 to 64.7, not to 65.
    """
    decimals = 0 if indicator.unit in ("count", "percent") and upper - lower >= 2 else indicator.decimals
    if beside is not None and round(beside, decimals) in (round(lower, decimals), round(upper, decimals)):
        decimals += 1
    low = max(lower, 0.0)
    high = min(upper, 100.0) if indicator.unit == "percent" else upper
    suffix = "%" if indicator.unit == "percent" else ""
    return f"{low:,.{decimals}f}{suffix} to {high:,.{decimals}f}{suffix}"


def owner_words(catalogue: Catalogue, indicator: Indicator) -> str:
    """Who answers for the indicator, by the agency's title."""
    return catalogue.agencies[indicator.agency_id].title


def _count(number: float) -> str:
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,.1f}"
