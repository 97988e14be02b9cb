"""Rules about the answer in one cell, before it is read as a number or a marker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.returns.by_value import where_filled
from schemas.returns.markers import marker_of
from schemas.returns.numbers import is_nil, is_percent, is_unclear, number_in
from schemas.returns.telling import calls_somebody_by_name
from schemas.rule import rule

if TYPE_CHECKING:
    import pandas as pd


AMOUNTS = "numerator denominator value"
TICKS = frozenset({"x", "y", "yes", "true", "1", "nil", "tick", "ticked", "\u2713", "\u2714", "no", "n", "false", "0"})


@rule(
    kind="figures",
    stage="cells",
    severity="error",
    column="marker",
    message="“{value}” is not a marker ({where}).",
    fix="Use c (hidden to protect), k (rounds to zero), u (unreliable), x (not available) or z (not applicable).",
    bad=[{"marker": "q"}, {"marker": "n/a"}, {"marker": "-"}],
    good=[{"marker": "c"}, {"marker": "*"}, {"marker": "<5"}, {"marker": ":"}, {"marker": ""}],
)
def marker_is_not_known(cells: pd.Series) -> pd.Series:
    """Six different things can lie behind a missing number; guessing one of them would be inventing data."""
    return where_filled(cells, lambda text: marker_of(text) is None)


@rule(
    kind="figures",
    stage="cells",
    severity="error",
    column="nil",
    message="“{value}” in the Nil column is neither a tick nor empty ({where}).",
    fix="Put x where there were none, or leave the cell empty.",
    bad=[{"nil": "3"}, {"nil": "maybe"}],
    good=[{"nil": "x"}, {"nil": "Yes"}, {"nil": "no"}, {"nil": ""}],
)
def nil_is_not_a_tick(cells: pd.Series) -> pd.Series:
    """Nil says on purpose that there were none: it must be unmistakable, as blank means not supplied."""
    return where_filled(cells, lambda text: text.strip().lower() not in TICKS)


@rule(
    kind="figures",
    stage="cells",
    severity="error",
    column=AMOUNTS,
    message="“{value}” does not say whether there were none or there is no number ({where}).",
    fix="Write 0 or tick Nil for none; marker x for not available, z for not applicable; leave blank if not sent yet.",
    bad=[{"numerator": "n/a"}, {"numerator": "-"}, {"denominator": "none"}, {"value": "#DIV/0!"}],
    good=[{"numerator": "0"}, {"numerator": "nil"}, {"numerator": ""}, {"numerator": "c"}],
)
def word_could_mean_zero_or_missing(cells: pd.Series) -> pd.Series:
    """A blank, a zero, n/a and a dash are taken for one another every quarter; only the sender knows which it is."""
    return where_filled(cells, is_unclear)


@rule(
    kind="figures",
    stage="cells",
    severity="error",
    column=AMOUNTS,
    message="“{value}” is not a number ({where}).",
    fix="Type the number by itself; put words in the Reason column.",
    bad=[{"numerator": "about 12"}, {"numerator": "2025-09-30"}, {"value": "12 of 40"}, {"numerator": "=A1+B1"}],
    good=[{"numerator": "1,234"}, {"value": "24.2%"}, {"numerator": "(3)"}, {"numerator": "<5"}, {"numerator": "-"}],
)
def number_cannot_be_read(cells: pd.Series) -> pd.Series:
    """A number read wrongly is worse than none: dates, words and two numbers in a cell are asked about, not guessed."""
    return where_filled(cells, lambda text: not _stands_for_an_amount(text))


@rule(
    kind="figures",
    stage="cells",
    severity="error",
    column="numerator denominator",
    message="{value} is a percentage where a count belongs ({where}).",
    fix="Give how many, and out of how many; Throughline works out the percentage.",
    bad=[{"numerator": "24.2%"}, {"denominator": "100 %"}],
    good=[{"numerator": "24"}, {"denominator": "226"}],
)
def count_is_a_percentage(cells: pd.Series) -> pd.Series:
    """Percentages cannot be summed or protected; the counts behind them can."""
    return is_percent(cells)


@rule(
    kind="figures",
    stage="cells",
    severity="error",
    column="reason",
    withheld=True,
    message="The reason in {where} may name a person; the row has been left out.",
    fix="Write the role instead of the name, and nothing by which a child could be known.",
    bad=[{"reason": "Late because Mrs Example was away"},
         {"reason": "a child called Example came back"},
         {"reason": "Up since Kayden's school was told"}],
    good=[{"reason": "Late because a social worker was away"}, {"reason": "Dr visits rose"},
          {"reason": "Most came from Armley (12) and St James's"}, {"reason": ""}],
)  # fmt: skip
def reason_may_name_somebody(cells: pd.Series) -> pd.Series:
    """Reasons are read beside the figures by everybody: they must never point at a child, a family or a worker."""
    return where_filled(cells, calls_somebody_by_name)


def _stands_for_an_amount(text: str) -> bool:
    return number_in(text) is not None or marker_of(text) is not None or is_nil(text) or is_unclear(text)
