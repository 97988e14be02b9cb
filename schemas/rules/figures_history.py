"""Rules that set a figure beside the agency's own history: slips of scale, swings without a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from schemas.returns.by_value import picked
from schemas.returns.substance import has_substance
from schemas.rule import rule

if TYPE_CHECKING:
    from schemas.returns.context import Context

# Earlier figures needed before "usual" means anything.
ENOUGH = 6
# A quarter of a standard deviation's certainty is not worth an analyst's minute: beyond four, it is.
FAR = 4.0
# Smaller moves than this are left to the control charts.
NOTABLE = 0.25
# Ratio to the usual level, in powers of ten, from which a slip of scale is likelier than a change: about thirty-fold.
SLIP = 1.5
# Below this, three quarters' counts add up to the fourth by chance.
COUNTABLE = 20
# A third of fewer than this may be chance.
THIRDS_FROM = 30


@rule(
    kind="figures",
    severity="query",
    column="numerator denominator",
    message="{indicator_id}: {shown} is about {times} what it usually is, {usual} ({where}).",
    fix="Check the decimal point, thousands, and whether this is the right measure. If it is right, say why under Reason.",
    bad=[{"indicator_id": "FD01", "numerator": 2_500_000, "denominator": None},
         {"indicator_id": "FD01", "numerator": 25, "denominator": None}],
    good=[{"indicator_id": "FD01", "numerator": 3_500, "denominator": None}],
)  # fmt: skip
def number_is_of_another_size(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """A slip by a hundred or a thousand hides in a long table and then sets the scale of every chart."""
    return pd.concat([_of_another_size(figures, context, at) for at in ("numerator", "denominator")])


@rule(
    kind="figures",
    severity="query",
    column="numerator value",
    message="{indicator_id} ({title}): {shown} is far outside its usual range, {low} to {high} ({where}).",
    fix="Say under Reason what happened, and why. If it corrects an earlier quarter, send that quarter again instead.",
    bad=[{"indicator_id": "FD01", "numerator": 5_200, "denominator": None, "reason": "OK"},
         {"numerator": 150, "denominator": 226, "value": 66.4, "reason": "it's changed"}],
    good=[{"indicator_id": "FD01", "numerator": 2_600, "denominator": None},
          {"indicator_id": "FD01", "numerator": 5_200, "denominator": None,
           "reason": "New online form from July: schools now report concerns they used to phone in"}],
)  # fmt: skip
def swing_has_no_reason(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """The Executive will ask why; the analyst knows today and may not in three months. "OK" answers nothing."""
    shares = figures["per"].gt(1) & figures["has_denominator"]
    counts = _swings(figures, figures["numerator"].mask(shares), context, "numerator")
    rates = _swings(figures, figures["value"].where(shares), context, "value")
    return _unexcused(pd.concat([counts, rates]), figures)


@rule(
    kind="figures",
    severity="query",
    column="numerator",
    message="{indicator_id}: {shown} is a third of its usual {usual}: is it one month, or the mean of three ({where})?",
    fix="Give the whole quarter's count. If it is, say so under Reason.",
    bad=[{"indicator_id": "FD01", "numerator": 850, "denominator": None}],
    good=[{"indicator_id": "FD01", "numerator": 2_500, "denominator": None},
          {"indicator_id": "FD01", "numerator": 1_500, "denominator": None}],
)  # fmt: skip
def month_is_given_as_the_quarter(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """A monthly mean given as the quarter looks like a sudden improvement of two thirds."""
    usual = context.usual(figures, "numerator")
    ratio = figures["numerator"] / usual["middle"]
    third = ratio.sub(1 / 3).abs().lt(0.03) & usual["middle"].ge(THIRDS_FROM) & usual["points"].ge(ENOUGH)
    found = picked(figures, third & figures["is_flow"], "numerator")
    told = found[[]].assign(shown=found["numerator"], usual=usual["middle"][found.index].round(0))
    return _unexcused(told, figures)


@rule(
    kind="figures",
    severity="query",
    column="numerator",
    message="{indicator_id}: {shown} is the sum of the year's four quarters, but what stands open is not summed ({where}).",
    fix="Give what stood on the last day, {last}.",
    bad=[{"indicator_id": "CN01", "numerator": 23_100, "denominator": None}],
    good=[{"indicator_id": "CN01", "numerator": 5_800, "denominator": None}],
)
def snapshot_is_summed_over_the_year(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Adding four quarter-end counts counts most children four times; a published scorecard does it twice."""
    usual = context.usual(figures, "numerator")
    high = figures["stands"] & figures["numerator"].gt(usual["middle"] * 2) & usual["middle"].ge(COUNTABLE)
    suspects = picked(figures, high, "line", "numerator")
    if suspects.empty:
        return suspects[[]]
    past = context.history.assign(line=context.lines.line).sort_values("period_id")
    past = past[past["line"].isin(suspects["line"]) & past["numerator"].notna()].groupby("line")["numerator"]
    three, last = past.agg(lambda numbers: numbers.tail(3).sum()), past.last()
    # The fourth of the four is not known yet, but what stands changes little in a quarter.
    ratio = (suspects["numerator"] - suspects["line"].map(three)) / suspects["line"].map(last)
    found = suspects[ratio.between(0.85, 1.15)]
    return found[[]].assign(shown=found["numerator"], last=context.period.label)


def _of_another_size(figures: pd.DataFrame, context: Context, at: str) -> pd.DataFrame:
    given = figures[at].where(figures[at] > 0)
    usual = context.usual(figures, at)
    powers = _powers(given, usual["middle"])
    likely = usual["points"].ge(3) & (given.ge(100) | usual["middle"].ge(100))
    slipped = powers.abs().ge(SLIP) & likely
    powers, given = powers[slipped], given[slipped]
    words = {"at": at, "value": given, "shown": given, "usual": usual["middle"][slipped].round(1)}
    return pd.DataFrame({**words, "times": [_times(power) for power in powers]}, index=powers.index)


def _swings(figures: pd.DataFrame, given: pd.Series, context: Context, at: str) -> pd.DataFrame:
    usual = context.usual(figures, at)
    middle, base = usual["middle"], figures["denominator"].clip(lower=1)
    # Counts vary by at least their square root, shares by their binomial error: tight histories must not cry wolf.
    # One is added on each side, so that a history of none, or of all, is not taken for certainty.
    share = (middle / figures["per"] * base + 1).clip(lower=1) / (base + 2)
    chance = figures["per"] * np.sqrt(share * (1 - share).clip(lower=0) / base).fillna(np.inf)
    sigma = np.maximum(usual["spread"], np.sqrt(middle.clip(lower=1)) if at == "numerator" else chance)
    far = (given - middle).abs() > np.maximum(FAR * sigma, NOTABLE * middle.abs())
    slipped = _powers(given, middle).abs().ge(SLIP) & middle.ge(100)
    found = far & ~slipped & usual["points"].ge(ENOUGH)
    reach, middle, digits = FAR * sigma[found], middle[found], 0 if at == "numerator" else 1
    low, high = (middle - reach).clip(lower=0).round(digits), (middle + reach).round(digits)
    words = {"at": at, "value": given[found], "shown": given[found].round(1), "low": low, "high": high}
    return pd.DataFrame(words, index=middle.index)


def _unexcused(found: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    reasons = figures["reason"][found.index]
    return found[[not has_substance(text) for text in reasons]]


def _powers(given: pd.Series, usual: pd.Series) -> pd.Series:
    """How many powers of ten lie between a number and its usual; NaN where either is not above zero."""
    ratio = given.where(given > 0) / usual.where(usual > 0)
    return pd.Series(np.log10(ratio.to_numpy(dtype="float64")), given.index)


def _times(power: float) -> str:
    """A power of ten in words.

    >>> _times(3.1), _times(-2)
    ('1,000 times', 'a 100th of')
    """
    step = f"{10 ** round(abs(power)):,}"
    return f"{step} times" if power > 0 else f"a {step}th of"
