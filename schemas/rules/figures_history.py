"""Rules that set a figure beside the agency's own history: slips of scale, swings without a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from schemas.returns.by_value import picked
from schemas.returns.earlier import corrected
from schemas.returns.reasons import explained
from schemas.rule import rule
from schemas.rules.figures_adjusted import undone

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
    good=[{"indicator_id": "FD01", "numerator": 3_500, "denominator": None},
          {"indicator_id": "FD01", "numerator": 25, "denominator": None,
           "reason": "The new system recorded only one of three teams"}],
)  # fmt: skip
def number_is_of_another_size(figures: pd.DataFrame) -> pd.DataFrame:
    """A slip by a hundred or a thousand hides in a long table and then sets the scale of every chart."""
    found = [_of_another_size(figures, at) for at in ("numerator", "denominator")]
    return _unexcused(pd.concat([each for each in found if len(each)] or found[:1]), figures)


@rule(
    kind="figures",
    severity="query",
    column="numerator value",
    message="{indicator_id} ({title}): {shown} is outside its usual range, {low} to {high} ({where}).",
    fix="Say under Reason what happened, and why. If it corrects an earlier quarter, add a row for that quarter instead.",
    bad=[{"indicator_id": "FD01", "numerator": 5_200, "denominator": None, "reason": "OK"},
         {"numerator": 150, "denominator": 226, "value": 66.4, "reason": "it's changed"}],
    good=[{"indicator_id": "FD01", "numerator": 2_600, "denominator": None},
          {"indicator_id": "FD01", "numerator": 5_200, "denominator": None,
           "reason": "New online form from July: schools now report concerns they used to phone in"}],
)  # fmt: skip
def swing_has_no_reason(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """The Executive will ask why; the analyst knows today and may not in three months. "OK" answers nothing."""
    shares = (figures["per"].gt(1) & figures["has_denominator"]).to_numpy(dtype=bool)
    counts = _swings(figures, "numerator", ~shares)
    rates = _swings(figures, "value", shares)
    found = _by_charts(figures, context, pd.concat([each for each in (counts, rates) if len(each)] or [counts]))
    # A correction is asked about as one, and an account of the whole says why: nobody is asked twice.
    is_said = corrected(figures, context) | (
        figures["indicator_id"].isin(context.accounts) & figures["breakdown"].eq("all")
    )
    is_said[undone(figures, context).index] = True
    return _unexcused(found[~is_said[found.index]], figures)


@rule(
    kind="figures",
    severity="query",
    column="numerator",
    message="{indicator_id}: {shown} is a third of its usual {usual}: is it one month, or the mean of three ({where})?",
    fix="Give the whole quarter's count. If it is, say so under Reason.",
    bad=[{"indicator_id": "FD01", "numerator": 850, "denominator": None}, {"numerator": 20, "denominator": 80}],
    good=[{"indicator_id": "FD01", "numerator": 2_500, "denominator": None},
          {"indicator_id": "FD01", "numerator": 1_500, "denominator": None}, {"numerator": 20, "denominator": 240}],
)  # fmt: skip
def month_is_given_as_the_quarter(figures: pd.DataFrame) -> pd.DataFrame:
    """A monthly mean given as the quarter looks like a sudden improvement of two thirds; of a share it hides in both counts."""
    count = figures["is_flow"] & _is_a_third(figures, "numerator")
    share = figures["has_denominator"] & ~figures["stands"].astype(bool) & ~figures["is_flow"]
    share &= _is_a_third(figures, "numerator") & _is_a_third(figures, "denominator")
    found = picked(figures, count | share, "numerator", "numerator_usual")
    told = found[[]].assign(shown=found["numerator"], usual=found["numerator_usual"].round(0))
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
    usual = figures["numerator_usual"]
    high = figures["stands"] & figures["numerator"].gt(usual * 2) & usual.ge(COUNTABLE)
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


def _is_a_third(figures: pd.DataFrame, at: str) -> pd.Series:
    usual, points = figures[f"{at}_usual"], figures[f"{at}_points"]
    return (figures[at] / usual).sub(1 / 3).abs().lt(0.03) & usual.ge(THIRDS_FROM) & points.ge(ENOUGH)


def _of_another_size(figures: pd.DataFrame, at: str) -> pd.DataFrame:
    given, usual, points = (figures[name].to_numpy() for name in (at, f"{at}_usual", f"{at}_points"))
    powers = _powers(given, usual)
    slipped = (np.abs(powers) >= SLIP) & (points >= 3) & (np.fmax(given, usual) >= 100)
    words = {"at": at, "value": given[slipped], "shown": given[slipped], "usual": usual[slipped].round(1)}
    return pd.DataFrame({**words, "times": list(map(_times, powers[slipped]))}, index=figures.index[slipped])


def _swings(figures: pd.DataFrame, at: str, among: np.ndarray) -> pd.DataFrame:
    names = (at, f"{at}_usual", f"{at}_spread", f"{at}_points", "per")
    given, middle, spread, points, per = (figures[name].to_numpy() for name in names)
    base = np.fmax(figures["denominator"].to_numpy(), 1)
    # Counts vary by at least their square root, shares by their binomial error: tight histories must not cry wolf.
    # One is added on each side, so that a history of none, or of all, is not taken for certainty.
    share = np.clip((middle / per * base + 1) / (base + 2), 0, 1)
    chance = np.sqrt(np.fmax(middle, 1)) if at == "numerator" else per * np.sqrt(share * (1 - share) / base)
    reach = FAR * np.fmax(spread, chance)
    far = np.abs(given - middle) > np.fmax(reach, NOTABLE * np.abs(middle))
    slipped = (np.abs(_powers(given, middle)) >= SLIP) & (middle >= 100)
    found = far & ~slipped & (points >= ENOUGH) & among
    told = {
        "shown": given,
        "low": np.fmax(middle - reach, 0),
        "high": np.where(per == 100, np.fmin(middle + reach, 100), middle + reach),
    }
    words = {name: _in_unit(numbers[found], at, per[found]) for name, numbers in told.items()}
    return pd.DataFrame({"at": at, "value": given[found], **words}, index=figures.index[found])


def _by_charts(figures: pd.DataFrame, context: Context, found: pd.DataFrame) -> pd.DataFrame:
    """What was found, but where a control chart has limits: there its limits say what is outside, and nothing else does."""
    ranges = context.usual_ranges(figures)
    if ranges is None or ranges.empty:
        return found
    given = np.where(
        ranges["at"].eq("value"), figures.loc[ranges.index, "value"], figures.loc[ranges.index, "numerator"]
    )
    usual = figures.loc[ranges.index, "numerator_usual"].to_numpy()
    # What is asked about as a slip of scale is not asked about as a swing too.
    slipped = (np.abs(_powers(given, usual)) >= SLIP) & (np.fmax(given, usual) >= 100)
    outside = ((given < ranges["low"]) | (given > ranges["high"])) & ~ranges["is_told"].astype(bool)
    outside &= ~(slipped & ranges["at"].eq("numerator").to_numpy())
    charted, given, per = ranges[outside], given[outside], figures.loc[ranges.index[outside], "per"].to_numpy()
    told = []
    for (row, one), number, scale in zip(charted.iterrows(), given, per, strict=True):
        at, single = str(one["at"]), np.array([scale])
        most = 100.0 if at == "value" and scale == 100 else np.inf
        # To the last number that still lies within, so that none is said to be outside itself.
        step = 1.0 if at == "numerator" else 0.1
        low = np.ceil(max(float(one["low"]), 0.0) / step) * step
        high = max(np.floor(min(float(one["high"]), most) / step) * step, low)
        told.append((row, at, number, *(_in_unit(np.array([end]), at, single)[0] for end in (number, low, high))))
    made = pd.DataFrame(told, columns=["row", "at", "value", "shown", "low", "high"]).set_index("row")
    kept = found[~found.index.isin(ranges.index)]
    return pd.concat([each for each in (kept, made) if len(each)] or [kept])


def _in_unit(numbers: np.ndarray, at: str, per: np.ndarray) -> list[str]:
    """Numbers as messages give them: counts whole, shares with their sign.

    >>> _in_unit(np.array([27.43, 12.0]), "value", np.array([100.0, 10_000.0]))
    ['27.4%', '12.0']
    """
    if at == "numerator":
        return [f"{number:,.0f}" for number in numbers]
    return [f"{number:,.1f}{'%' if scale == 100 else ''}" for number, scale in zip(numbers, per, strict=True)]


def _powers(given: np.ndarray, usual: np.ndarray) -> np.ndarray:
    """How many powers of ten lie between a number and its usual; NaN where either is not above zero."""
    positive = (given > 0) & (usual > 0)
    return np.log10(np.divide(given, usual, out=np.full(len(given), np.nan), where=positive))


def _unexcused(found: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    return found[[not is_explained for is_explained in explained(figures, found.index)]]


def _times(power: float) -> str:
    """A power of ten in words.

    >>> _times(3.1), _times(-2)
    ('1,000 times', 'a 100th of')
    """
    step = f"{10 ** round(abs(power)):,}"
    return f"{step} times" if power > 0 else f"a {step}th of"
