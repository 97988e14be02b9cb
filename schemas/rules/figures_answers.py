"""Rules about the answer a row gives: all of it, and only one."""

from __future__ import annotations

import pandas as pd

from schemas.returns.said_once import once_if_all
from schemas.rule import rule


@rule(
    kind="figures",
    severity="error",
    column="value",
    message="{indicator_id}: the value {value_given} comes without the numbers behind it ({where}).",
    fix="Fill in Number and Out of; leave Value empty.",
    bad=[{"numerator": None, "denominator": None, "value_given": 24.2}],
    good=[
        {"numerator": 62, "denominator": 226, "value_given": 27.4},
        {"numerator": None, "denominator": None, "marker": "x"},
    ],
)
def value_has_no_numbers_behind_it(figures: pd.DataFrame) -> pd.Series:
    """A bare percentage or rate cannot be summed, compared with care, or protected when its counts are small."""
    return figures["value_given"].notna() & figures["numerator"].isna() & (figures["marker"] == "")


@rule(
    kind="figures",
    severity="error",
    column="numerator",
    message="{indicator_id}: out of {denominator} is given, but not the number itself ({where}).{more}",
    fix="Fill in Number; 0 if there were none.",
    bad=[{"numerator": None, "denominator": 226}],
    good=[{"numerator": 0, "denominator": 226}, {"numerator": None, "denominator": 226, "marker": "c"}],
)
def number_is_missing(figures: pd.DataFrame) -> pd.DataFrame:
    """An empty Number is not supplied, never zero: half an answer cannot be counted as one."""
    alone = figures["denominator"].notna() & figures["numerator"].isna() & figures["value_given"].isna()
    return once_if_all(figures, alone & (figures["marker"] == ""), figures["denominator"].notna(), "Number")


@rule(
    kind="figures",
    severity="error",
    column="numerator",
    message="{indicator_id}: there is neither a number nor a marker in its row ({where}).{more}",
    fix="Type the number under Number: a count has no Out of. Where there is none, put a marker, or clear the row.",
    bad=[{"indicator_id": "FD01", "numerator": None, "denominator": None}],
    good=[
        {"indicator_id": "FD01", "numerator": 2500, "denominator": None},
        {"indicator_id": "FD01", "numerator": None, "denominator": None, "marker": "x"},
        {"numerator": None, "denominator": 226},
    ],
)
def nothing_is_answered(figures: pd.DataFrame) -> pd.DataFrame:
    """A number typed in another column than Number, or words alone, answer nothing, and whoever typed them believes they did."""
    nothing = figures[["numerator", "denominator", "value_given"]].isna().all(axis=1) & (figures["marker"] == "")
    return once_if_all(figures, nothing, ~figures["has_denominator"], "Number")


@rule(
    kind="figures",
    severity="error",
    column="denominator",
    message="{indicator_id}: number {numerator} comes without what it is out of ({where}).{more}",
    fix="Fill in Out of: {under_title}.",
    bad=[{"numerator": 62, "denominator": None}],
    good=[
        {"numerator": 62, "denominator": 226},
        {"numerator": None, "denominator": None, "marker": "x"},
        {"indicator_id": "FD03", "numerator": 2500, "denominator": None},
        {"indicator_id": "FD01", "numerator": 2500, "denominator": None},
    ],
)
def out_of_is_missing(figures: pd.DataFrame) -> pd.DataFrame:
    """Without its base a share cannot be worked out; only populations are filled in from official statistics."""
    needed = figures["has_denominator"] & ~figures["population"] & figures["numerator"].notna()
    filled = figures["denominator"].notna()
    return once_if_all(figures, needed & ~filled, needed, "Out of", filled=filled)


@rule(
    kind="figures",
    severity="error",
    column="denominator",
    message="{indicator_id}: number {numerator} is out of 0 ({where}).",
    fix="Check both: where there was nothing to count from, the number is 0 too.",
    bad=[{"indicator_id": "TR02", "numerator": 4, "denominator": 0}],
    good=[{"indicator_id": "TR02", "numerator": 0, "denominator": 0}, {"numerator": 0, "denominator": 12}],
)
def something_is_out_of_nothing(figures: pd.DataFrame) -> pd.Series:
    """A rate on nothing has no value; the number beside it must belong to something."""
    return (figures["denominator"] == 0) & (figures["numerator"] > 0) & figures["can_exceed"]


@rule(
    kind="figures",
    severity="error",
    column="value",
    message="{indicator_id}: number {numerator} and value {value_given} differ ({where}).",
    fix="This indicator is a count: give it once, in Number, and leave Value empty.",
    bad=[{"indicator_id": "FD01", "numerator": 120, "denominator": None, "value_given": 210}],
    good=[{"indicator_id": "FD01", "numerator": 120, "denominator": None, "value_given": 120}],
)
def count_is_given_twice(figures: pd.DataFrame) -> pd.Series:
    """A count has one value; of two different ones, one is an older figure or another measure."""
    counts = ~figures["has_denominator"] & figures["value_given"].notna() & figures["numerator"].notna()
    return counts & (figures["value_given"] != figures["numerator"])


@rule(
    kind="figures",
    severity="error",
    column="value",
    message="{indicator_id} is a count, and {value_given}% is a percentage ({where}).",
    fix="Give how many, in Number, and leave Value empty.",
    bad=[{"indicator_id": "FD01", "numerator": 12, "denominator": None, "value_given": 12, "percent_sign": True}],
    good=[{"indicator_id": "FD01", "numerator": 12, "denominator": None, "value_given": 12},
          {"numerator": 62, "denominator": 226, "value_given": 27.4, "percent_sign": True}],
)  # fmt: skip
def count_is_given_as_a_percentage(figures: pd.DataFrame) -> pd.Series:
    """12% of something would stand as 12 children: what a percentage is of, its sign cannot say."""
    return ~figures["has_denominator"] & figures["value_given"].notna() & figures["percent_sign"]


@rule(
    kind="figures",
    severity="query",
    column="denominator",
    message="{indicator_id} ({title}) is a count, which is out of nothing: Out of says {out_of_given} ({where}).",
    fix="Check that {numerator} is the count itself, and clear Out of. The number has been taken, and Out of has not.",
    bad=[{"indicator_id": "FD01", "numerator": 12, "denominator": None, "out_of_given": 240}],
    good=[{"indicator_id": "FD01", "numerator": 12, "denominator": None},
          {"indicator_id": "FD01", "numerator": 12, "denominator": None, "out_of_given": 0},
          {"numerator": 62, "denominator": 226, "out_of_given": 226}],
)  # fmt: skip
def count_has_an_out_of(figures: pd.DataFrame) -> pd.Series:
    """Whoever fills in Out of has a share in mind: the number beside it may be that of another indicator, or of a part."""
    return ~figures["has_denominator"] & figures["numerator"].notna() & figures["out_of_given"].gt(0)


@rule(
    kind="figures",
    severity="error",
    column="marker",
    message="{indicator_id}: marker {marker} says there is no number, but there is one beside it ({where}).",
    fix="Keep the number and clear the marker (small numbers are protected on publication), or keep the marker alone.",
    bad=[{"numerator": 12, "denominator": 40, "marker": "c"}],
    good=[{"numerator": None, "denominator": None, "marker": "c"}, {"numerator": 3, "denominator": 40}],
)
def marker_stands_beside_a_number(figures: pd.DataFrame) -> pd.Series:
    """A marker gives the reason why there is no number: with both, neither can be believed."""
    return figures["marker"].ne("") & (figures["numerator"].notna() | figures["value_given"].notna())


@rule(
    kind="figures",
    severity="error",
    column="nil",
    message="{indicator_id}: Nil is ticked beside {beside} ({where}).",
    fix="Clear the tick, or clear what stands beside it.",
    bad=[{"numerator": 12, "denominator": 40, "nil": True}, {"numerator": 0, "marker": "x", "nil": True}],
    good=[{"numerator": 0, "denominator": 40, "nil": True}, {"numerator": 12, "denominator": 40, "nil": False}],
)
def nil_is_ticked_beside_an_answer(figures: pd.DataFrame) -> pd.DataFrame:
    """Nil means there were none. Beside a number or a marker it contradicts the answer already given."""
    found = figures[figures["nil"] & ((figures["numerator"] > 0) | figures["marker"].ne(""))]
    words = [
        f"the marker {marker}" if marker else f"the number {number:,.10g}"
        for marker, number in zip(found["marker"], found["numerator"], strict=True)
    ]
    return found[[]].assign(beside=pd.Series(words, found.index, dtype="str"))
