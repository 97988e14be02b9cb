"""Rules about the year's column of an agency's own spreadsheet: held against the quarters, or months, it was made of.

The rows are year figures. `how` says what the year is of its parts (`sum`, `last`, `recompute` from counts, `none`);
`given` is the year as the sheet has it, typed with `decimals`; `added`, `last`, `mean`, `least` and `most` are of the parts,
`parts` says how many there are, in words; `recomputed` the year worked out from the counts, where the sheet has them; `called` what the
sheet itself says of how the year was made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.returns.by_value import by_value
from schemas.returns.meaning import meaning
from schemas.rule import rule

if TYPE_CHECKING:
    import pandas as pd

_TOTALS = frozenset(
    {"total", "sum", "cumulative", "year to date", "ytd", "running total", "annual total", "year total"}
)
_MEANS = frozenset({"average", "mean", "avg", "ave", "monthly average", "quarterly average"})


@rule(
    kind="figures",
    stage="year",
    severity="query",
    column="year",
    message="{indicator_id}: the year, {given}, is the sum of its {parts}, but what stands on a day is not summed: "
    "the year is the last one, {last} ({where}).",
    fix="Make the year's column show the last quarter. It has been left out; the quarter's figure has been taken. If it is meant so, say why on the page Returns.",
    bad=[{"how": "last", "numbers": [370, 317, 301, 397], "given": 1385}],
    good=[{"how": "last", "numbers": [370, 317, 301, 397], "given": 397},
          {"how": "last", "numbers": [0, 0, 0, 5], "given": 5},
          {"how": "sum", "numbers": [395, 451, 462, 439], "given": 1747}],
)  # fmt: skip
def year_sums_what_stands(years: pd.DataFrame) -> pd.Series:
    """Adding four quarter-end counts counts most children four times, and the total is then compared with other years."""
    return years["how"].eq("last") & ~_is(years, "last") & _is(years, "added")


@rule(
    kind="figures",
    stage="year",
    severity="query",
    column="year",
    message="{indicator_id}: the year, {given}, is labelled “{called}” but is the last of its {parts} ({where}).",
    fix="Label it for what it is: the count on the last day. It has been left out; the quarter's figure has been taken. If it is meant so, say why on the page Returns.",
    bad=[{"how": "last", "numbers": [235, 234, 251, 259], "given": 259, "called": "Total"},
         {"how": "last", "numbers": [61, 64], "given": 64, "called": "Average"}],
    good=[{"how": "last", "numbers": [31, 30, 30, 35], "given": 35, "called": "Month End"},
          {"how": "last", "numbers": [0, 0, 0, 5], "given": 5, "called": "Total"}],
)  # fmt: skip
def year_is_labelled_otherwise(years: pd.DataFrame) -> pd.Series:
    """Whoever reads “Total” beside a count on one day will one day add them up, or compare it with a sum."""
    total = _called(years, _TOTALS) & ~_is(years, "added")
    mean = _called(years, _MEANS) & ~_is(years, "mean")
    return years["how"].eq("last") & _is(years, "last") & (total | mean)


@rule(
    kind="figures",
    stage="year",
    severity="query",
    column="year",
    message="{indicator_id}: the year, {given}, is the mean of the percentages or means of its {parts}, which weighs a quiet quarter "
    "like a busy one ({where}).",
    fix="Work the year out from the counts behind it, and send those counts. The year has been left out. If it is meant so, say why on the page Returns.",
    bad=[{"how": "recompute", "numbers": [76.9, 73.4, 79.1, 82.6], "given": 78},
         {"how": "recompute", "numbers": [50, 90], "given": 70, "recomputed": 86.4},
         {"how": "last", "is_share": True, "numbers": [50, 90], "given": 70}],
    good=[{"how": "recompute", "numbers": [50, 90], "given": 86.4, "recomputed": 86.4},
          {"how": "recompute", "numbers": [50, 50], "given": 50},
          {"how": "recompute", "numbers": [50, 90], "given": 70, "recomputed": 70},
          {"how": "last", "is_share": True, "numbers": [50, 90], "given": 90}],
)  # fmt: skip
def year_averages_percentages(years: pd.DataFrame) -> pd.Series:
    """The mean of four percentages is the year's only where each was out of as many; nobody can see whether it was."""
    return years["is_share"] & _is(years, "mean") & ~_is_right(years) & years["most"].ne(years["least"])


@rule(
    kind="figures",
    stage="year",
    severity="query",
    column="year",
    message="{indicator_id}: the year, {given}, is the mean of its {parts}, but a count of a year is {right} ({where}).",
    fix="Make the year's column show {right}. It has been left out. If it is meant so, say why on the page Returns.",
    bad=[{"how": "sum", "numbers": [61.3, 32.3, 35, 40], "given": 42.15},
         {"how": "last", "numbers": [60, 40, 20], "given": 40}],
    good=[{"how": "sum", "numbers": [61, 32, 35, 40], "given": 168}, {"how": "sum", "numbers": [0, 0, 0], "given": 0}],
)  # fmt: skip
def year_is_the_mean_of_counts(years: pd.DataFrame) -> pd.DataFrame:
    """The mean of the quarters is a quarter of the year: set beside other years' totals, it looks like a collapse."""
    averaged = ~years["is_share"] & _is(years, "mean") & ~_is_right(years) & years["most"].ne(years["least"])
    found = years[averaged & ~_is(years, "added")]
    right = {"sum": "their sum", "last": "the last of them", "none": "counted afresh over the year"}
    return found[[]].assign(right=[right.get(how, "worked out anew") for how in found["how"]])


@rule(
    kind="figures",
    stage="year",
    severity="query",
    column="year",
    message="{indicator_id} ({title}): the year, {given}, is the sum of its {parts}, so whoever came in several of them "
    "is counted again ({where}).",
    fix="Count each one once over the whole year, or leave the year out. It has been left out here. If it is meant so, say why on the page Returns.",
    bad=[{"how": "none", "numbers": [92, 72, 86, 78], "given": 328}],
    good=[{"how": "none", "numbers": [92, 72, 86, 78], "given": 241},
          {"how": "none", "numbers": [92, 0, 0, 0], "given": 92},
          {"how": "sum", "numbers": [92, 72, 86, 78], "given": 328}],
)  # fmt: skip
def year_counts_the_same_people_again(years: pd.DataFrame) -> pd.Series:
    """A child who goes missing in every quarter is one child of the year, not four."""
    return years["how"].eq("none") & _is(years, "added") & (years["most"] < years["added"])


@rule(
    kind="figures",
    stage="year",
    severity="query",
    column="year",
    message="{indicator_id}: the year, {given}, is not what its {parts} {make}, {right} ({where}).",
    fix="Check the parts, and how the year's column is made. It has been left out; the quarter's figure has been taken. If it is meant so, say why on the page Returns.",
    bad=[{"how": "sum", "numbers": [395, 451, 462, 439], "given": 1757},
         {"how": "last", "numbers": [370, 317, 301, 397], "given": 379},
         {"how": "recompute", "numbers": [50, 90], "given": 95},
         {"how": "recompute", "numbers": [50, 90], "given": 80, "recomputed": 86.4},
         {"how": "none", "numbers": [92, 72], "given": 60}],
    good=[{"how": "sum", "numbers": [395, 451, 462, 439], "given": 1747},
          {"how": "recompute", "numbers": [50, 90], "given": 88},
          {"how": "recompute", "numbers": [50, 90], "given": 86.4, "recomputed": 86.4},
          {"how": "none", "numbers": [92, 72], "given": 101}],
)  # fmt: skip
def year_is_not_what_its_parts_make(years: pd.DataFrame) -> pd.DataFrame:
    """Your own year shows what you meant to send: where it differs, a quarter is mistyped, or was changed afterwards."""
    said = (
        year_sums_what_stands(years) | year_averages_percentages(years) | year_counts_the_same_people_again(years)
    )  # each says better what is wrong
    said |= years.index.isin(year_is_the_mean_of_counts(years).index)
    found = years[_is_wrong(years) & ~said]
    return found[[]].assign(
        make=["makes" if parts.startswith("one ") else "make" for parts in found["parts"]],
        right=[_right(how, year) for how, (_, year) in zip(found["how"], found.iterrows(), strict=True)],
    )


def _is(years: pd.DataFrame, what: str, column: str = "given") -> pd.Series:
    """Equal as far as the year was typed: half of its last decimal for rounding; not so where either is not known."""
    step = 10.0 ** -years["decimals"].astype("float64")
    return (years[column] - years[what]).abs() <= step * 0.500001


def _is_right(years: pd.DataFrame) -> pd.Series:
    """Whether the year is what its parts make, as far as that is known."""
    how = years["how"]
    return (
        (how.eq("sum") & _is(years, "added"))
        | (how.eq("last") & _is(years, "last"))
        | (how.eq("recompute") & _is(years, "recomputed"))
    )


def _is_wrong(years: pd.DataFrame) -> pd.Series:
    """Whether the year cannot be what its parts make: not the one number it must be, or outside what it may be."""
    how, given = years["how"], years["given"]
    step = 10.0 ** -years["decimals"].astype("float64")
    known = how.isin(["sum", "last"]) | (how.eq("recompute") & years["recomputed"].notna())
    highest = years["most"].where(how.eq("recompute"), years["added"])
    outside = (given < years["least"].where(how.eq("recompute"), years["most"]) - step) | (given > highest + step)
    return (known & ~_is_right(years)) | (~known & outside)


def _right(how: str, year: pd.Series) -> str:
    """What the year must be, in words."""
    if how in ("sum", "last"):
        name, words = ("added", "their sum, {}") if how == "sum" else ("last", "the last of them, {}")
        words = "{}" if year["parts"].startswith("one ") else words
        return words.format(f"{year[name]:,.10g}")
    if how == "recompute" and year["recomputed"] == year["recomputed"]:
        return f"{year['recomputed']:,.4g} from the counts"
    if year["least"] == year["most"] == year["added"]:
        return f"{year['added']:,.10g}"
    if how == "recompute":
        return f"which lie between {year['least']:,.10g} and {year['most']:,.10g}"
    return f"at least {year['most']:,.10g} and at most {year['added']:,.10g}"


def _called(years: pd.DataFrame, words: frozenset[str]) -> pd.Series:
    return by_value(years["called"], lambda text: meaning(text) in words, "bool")
