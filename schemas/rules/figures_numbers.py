"""Rules about the numbers of one row: counts that can be counts, shares that are shares."""

from __future__ import annotations

import pandas as pd

from schemas.returns.by_value import picked
from schemas.returns.substance import has_substance
from schemas.rule import rule

# More than every child in England: whatever it is, it is not a count of children, plans or days here.
MOST = 13_000_000
NOT_KNOWN = (999, 9_999, 99_999, 999_999)


@rule(
    kind="figures",
    severity="error",
    column="numerator",
    message="{indicator_id}: number {numerator} is larger than out of {denominator} ({where}).",
    fix="Check both, or swap them.",
    bad=[{"numerator": 12, "denominator": 10}],
    good=[{"numerator": 10, "denominator": 10}, {"numerator": 3, "denominator": None}],
)
def part_is_larger_than_the_whole(figures: pd.DataFrame) -> pd.Series:
    """A share above 100 % is always a slip, and would raise every rate built on it."""
    return (figures["numerator"] > figures["denominator"]) & (~figures["can_exceed"] | figures["population"])


@rule(
    kind="figures",
    severity="error",
    column="numerator denominator value",
    message="{indicator_id}: {value} is below zero ({where}).",
    fix="Give the count itself. To correct an earlier quarter, add a row for that quarter with its right figure and the "
    "reason. Where it stands for “not known”, as -1 and -99 do, clear it and put x in Marker.",
    bad=[
        {"numerator": -3, "denominator": 10},
        {"numerator": 1, "denominator": -10},
        {"numerator": -99, "denominator": 10},
    ],
    good=[{"numerator": 0, "denominator": 10}],
)
def number_is_negative(figures: pd.DataFrame) -> pd.DataFrame:
    """Nothing can be counted less than no times; a minus is usually an adjustment for an earlier quarter."""
    return _of_each(figures, {name: figures[source] < 0 for name, source in _AMOUNTS.items()})


@rule(
    kind="figures",
    severity="error",
    column="numerator denominator",
    message="{indicator_id}: {value} is not a whole number ({where}).",
    fix="Give how many, as a whole number. If it is an average or a percentage, give the counts behind it; if a point parts "
    "thousands, as in 1.234, leave it out.",
    bad=[
        {"numerator": 12.5, "denominator": 40},
        {"numerator": 12, "denominator": 40.5},
        {"numerator": 1.234, "denominator": 4000},
    ],
    good=[{"numerator": 12, "denominator": 40}, {"indicator_id": "WF01", "numerator": 12.5, "denominator": 40.5}],
)
def count_is_not_whole(figures: pd.DataFrame) -> pd.DataFrame:
    """Half a child is an average or a rate in the wrong column. Full-time equivalents may be fractional."""
    parts = {
        "numerator": ~figures["fractional"] & (figures["numerator"] % 1 != 0) & figures["numerator"].notna(),
        "denominator": ~figures["fractional_denominator"]
        & (figures["denominator"] % 1 != 0)
        & figures["denominator"].notna(),
    }
    return _of_each(figures, parts)


@rule(
    kind="figures",
    severity="error",
    column="numerator denominator",
    message="{indicator_id}: {shown} is more than could be counted in the city ({where}).",
    fix="Check for figures run together, or for a reference number in the wrong column.",
    bad=[{"numerator": 12_345_678_901, "denominator": None}],
    good=[{"numerator": 176_239, "denominator": None}, {"numerator": 10, "denominator": 12_000_000}],
)
def number_is_impossibly_large(figures: pd.DataFrame) -> pd.DataFrame:
    """Nothing in the data set can outnumber the children of England; such a number is a reference or a slip."""
    found = _of_each(figures, {name: figures[name] > MOST for name in ("numerator", "denominator")})
    return found.assign(value="", shown="a number of over 13 million")


@rule(
    kind="figures",
    severity="query",
    column="numerator denominator",
    message="{indicator_id}: {shown} is what many systems write for “not known” ({where}).",
    fix="If it is such a code, clear it and put x in Marker. If so many were counted, say so under Reason.",
    bad=[{"indicator_id": "FD01", "numerator": 9999, "denominator": None}, {"numerator": 12, "denominator": 999},
         {"indicator_id": "FD01", "numerator": 99999, "denominator": None, "reason": "OK"}],
    good=[{"indicator_id": "FD01", "numerator": 998, "denominator": None}, {"numerator": 9, "denominator": 99},
          {"indicator_id": "FD01", "numerator": 999, "denominator": None,
           "reason": "Counted again from the list of contacts: it is 999 indeed"}],
)  # fmt: skip
def code_may_stand_for_not_known(figures: pd.DataFrame) -> pd.DataFrame:
    """999 and 9999 fill empty fields in case systems, and a chart shows them as the busiest quarter there ever was."""
    found = _of_each(figures, {name: figures[name].isin(NOT_KNOWN) for name in ("numerator", "denominator")})
    unexcused = [not has_substance(text) for text in figures["reason"][found.index]]
    return found.assign(shown=found["value"])[unexcused]


@rule(
    kind="figures",
    stage="return",
    severity="error",
    column="value",
    message="{indicator_id}: the value says {value_given}, but {numerator} out of {denominator} is {computed}, "
    "a difference of {difference} ({where}).",
    fix="Correct whichever is wrong, or leave Value empty: it is worked out from the other two.",
    bad=[{"numerator": 62, "denominator": 226, "value_given": 37.4, "value_decimals": 1}],
    good=[
        {"numerator": 62, "denominator": 226, "value_given": 27.4, "value_decimals": 1},
        {"numerator": 62, "denominator": 226, "value_given": 27, "value_decimals": 0},
        {"numerator": 62, "denominator": 226, "value_given": 0.27, "value_decimals": 2},
    ],
)
def value_is_not_number_over_out_of(figures: pd.DataFrame) -> pd.DataFrame:
    """Two versions of one figure stand in one row; only the counts can be summed and compared."""
    both = _given_and_computed(figures)
    differs = ~_agrees(both) & ~_is_fraction(both) & ~(both["annualise"] & _agrees(both, 4))
    return _beside(both[differs])


@rule(
    kind="figures",
    severity="query",
    column="value",
    message="{indicator_id}: the value {value_given} reads as {value_given}%, but {numerator} out of {denominator} "
    "is {computed}% ({where}).",
    fix="Write {computed} for {computed}%. The figure has been taken from Number and Out of.",
    bad=[{"numerator": 62, "denominator": 226, "value_given": 0.27, "value_decimals": 2}],
    good=[
        {"numerator": 62, "denominator": 226, "value_given": 27.4, "value_decimals": 1},
        {"numerator": 1, "denominator": 400, "value_given": 0.25, "value_decimals": 2},
    ],
)
def percentage_is_given_as_a_fraction(figures: pd.DataFrame) -> pd.DataFrame:
    """0.24 can mean 0.24% or 24%: a hundredfold difference that nobody sees once the two are averaged."""
    both = _given_and_computed(figures)
    return _beside(both[_is_fraction(both)])


_AMOUNTS = {"numerator": "numerator", "denominator": "denominator", "value": "value_given"}


def _of_each(figures: pd.DataFrame, broken: dict[str, pd.Series]) -> pd.DataFrame:
    """One broken row for each cell that is: `at` names the column, `value` is what stands there."""
    found = [
        picked(figures, mask, _AMOUNTS[name]).set_axis(["value"], axis=1).assign(at=name)
        for name, mask in broken.items()
        if mask.any()
    ]
    return pd.concat(found) if found else pd.DataFrame(columns=["value", "at"])


def _given_and_computed(figures: pd.DataFrame) -> pd.DataFrame:
    """The rows that give a value beside the numbers it follows from."""
    both = figures["value_given"].notna() & figures["value"].notna() & figures["has_denominator"]
    names = ("value_given", "value", "value_decimals", "percent_sign", "per", "annualise", "decimals")
    return picked(figures, both, *names)


def _agrees(both: pd.DataFrame, scale: float = 1.0) -> pd.Series:
    """Equal as far as the value was typed: one in its last decimal, for some round and some cut off."""
    step = 10.0 ** -both["value_decimals"].astype("float64")
    return (both["value_given"] - both["value"] * scale).abs() <= step * 1.000001


def _is_fraction(both: pd.DataFrame) -> pd.Series:
    possible = (both["per"] == 100) & ~both["percent_sign"] & (both["value_given"] <= 1) & (both["value"] > 1)
    return possible & _agrees(both, 0.01) & ~_agrees(both)


def _beside(found: pd.DataFrame) -> pd.DataFrame:
    rounded = [round(value, places) for value, places in zip(found["value"], found["decimals"], strict=True)]
    computed = pd.Series(rounded, found.index, dtype="float64")
    return found[[]].assign(computed=computed, difference=(found["value_given"] - computed).abs().round(3))
