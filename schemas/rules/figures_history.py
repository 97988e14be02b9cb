"""Rules that set a figure beside the agency's own history: slips of scale, swings without a reason."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from schemas.returns.context import Context
from schemas.returns.meaning import meaning
from schemas.rule import rule

# Earlier figures needed before "usual" means anything.
ENOUGH = 6
# A quarter of a standard deviation's certainty is not worth an analyst's minute: beyond four, it is.
FAR = 4.0
# 1.4826 makes the median distance comparable with a standard deviation (Rousseeuw and Croux 1993).
TO_SIGMA = 1.4826
# Smaller moves than this are left to the control charts.
NOTABLE = 0.25
# Ratio to the usual level, in powers of ten, from which a slip of scale is likelier than a change: about thirty-fold.
SLIP = 1.5
# Below this, three quarters' counts add up to the fourth by chance.
COUNTABLE = 20
_SERIES = ["indicator_id", "area_id", "breakdown", "category"]
_EMPTY = frozenset(
    {"ok", "okay", "yes", "no", "none", "na", "n a", "nil", "fine", "correct", "checked", "confirmed", "agreed", "changed",
     "its changed", "it changed", "it has changed", "has changed", "dont know", "do not know", "not known", "unknown",
     "not sure", "unsure", "see above", "as above", "as before", "see below", "same as last time", "no comment", "tbc",
     "to be confirmed", "figure correct", "figure is correct", "data correct", "this is correct", "increase", "increased",
     "decrease", "decreased", "higher", "lower", "up", "down", "gone up", "gone down", "went up", "went down",
     "numbers up", "numbers down", "more", "less", "fewer", "seasonal", "normal", "normal variation", "variation",
     "fluctuation", "random", "small numbers", "data issue", "various", "other", "awaiting", "under review", "test"}
)  # fmt: skip
_FILLER = frozenset(
    {"the", "a", "an", "it", "its", "is", "are", "was", "were", "has", "have", "been", "this", "that", "we", "they", "to",
     "of", "in", "on", "and", "or", "so", "just", "very", "quarter", "figure", "figures", "number", "numbers", "data",
     "there", "ok", "yes", "no", "not", "dont", "know", "why", "sure", "up", "down", "changed", "change", "increase",
     "increased", "decrease", "decreased", "higher", "lower", "than", "last", "time", "more", "less", "correct",
     "confirmed", "checked"}
)  # fmt: skip


def has_substance(text: str) -> bool:
    """Whether a reason says something: three words beyond filler, and none of the usual shrugs.

    >>> has_substance("OK"), has_substance("It's changed"), has_substance("Don't know why it is higher than last time")
    (False, False, False)
    >>> has_substance("New triage team from July passes fewer contacts on")
    True
    """
    plain = meaning(text)
    telling = {word for word in re.findall(r"[a-z]{3,}", plain)} - _FILLER
    return plain not in _EMPTY and len(telling) >= 3


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
    found = [_of_another_size(figures, context.history, at) for at in ("numerator", "denominator")]
    return pd.concat(found)


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
    counts = _swings(figures[~shares], context.history, "numerator")
    rates = _swings(figures[shares], context.history, "value")
    found = pd.concat([counts, rates])
    reasons = figures["reason"][found.index]
    excused = {text: has_substance(text) for text in reasons.unique()}
    return found[~reasons.map(excused).astype(bool)]


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
    flows = figures[~figures["stands"] & figures["measure_type"].eq("flow") & figures["numerator"].notna()]
    usual = _usual(flows, context.history, "numerator")
    ratio = flows["numerator"] / usual["middle"]
    found = flows[(ratio.sub(1 / 3).abs() < 0.03) & (usual["middle"] >= 30) & (usual["points"] >= ENOUGH)]
    excused = found["reason"].map(has_substance).astype(bool)
    found = found[~excused]
    return found[[]].assign(shown=found["numerator"], usual=usual["middle"][found.index].round(0))


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
    standing = figures[figures["stands"] & figures["numerator"].gt(0)]
    history = context.history[context.history["indicator_id"].isin(list(standing["indicator_id"].unique()))]
    if history.empty:
        return figures.iloc[:0][[]]
    recent = history.sort_values("period_id").groupby(_SERIES)["numerator"].agg(["last", _last_three])
    met = standing[_SERIES].join(recent, on=_SERIES)
    # The fourth of the four is not known yet, but what stands changes little in a quarter.
    fourth = standing["numerator"] - met["_last_three"]
    summed = fourth.between(met["last"] * 0.85, met["last"] * 1.15) & met["last"].ge(COUNTABLE)
    found = standing[summed]
    return found[[]].assign(shown=found["numerator"], last=context.period.label)


def _of_another_size(figures: pd.DataFrame, history: pd.DataFrame, at: str) -> pd.DataFrame:
    given = figures[figures[at] > 0]
    usual = _usual(given, history, at)
    powers = np.log10(given[at] / usual["middle"].where(usual["middle"] > 0))
    likely = (usual["points"] >= 3) & (np.maximum(given[at], usual["middle"]) >= 100)
    found = given[(powers.abs() >= SLIP) & likely]
    words = pd.Series([_times(power) for power in powers[found.index]], found.index, dtype="str")
    return found[[]].assign(
        at=at, value=found[at], shown=found[at], times=words, usual=usual["middle"][found.index].round(1)
    )


def _swings(figures: pd.DataFrame, history: pd.DataFrame, at: str) -> pd.DataFrame:
    given = figures[figures[at].notna()]
    usual = _usual(given, history, at)
    middle, spread = usual["middle"], usual["spread"]
    # Counts vary by at least their square root, shares by their binomial error: tight histories must not cry wolf.
    counted = np.sqrt(middle.clip(lower=1))
    base = given["denominator"].clip(lower=1)
    # One added on each side, so that a history of none, or of all, is not taken for certainty.
    share = (middle / given["per"] * base + 1).clip(lower=1) / (base + 2)
    binomial = given["per"] * np.sqrt((share * (1 - share).clip(lower=0)) / base)
    sigma = np.maximum(spread, counted if at == "numerator" else binomial.fillna(np.inf))
    far = (given[at] - middle).abs() > np.maximum(FAR * sigma, NOTABLE * middle.abs())
    slipped = (np.log10((given[at] / middle.where(middle > 0)).where(given[at] > 0)).abs() >= SLIP) & (middle >= 100)
    found = given[far & ~slipped & (usual["points"] >= ENOUGH)]
    reach = FAR * sigma[found.index]
    digits = 0 if at == "numerator" else 1
    return found[[]].assign(
        at=at,
        value=found[at],
        shown=found[at].round(1),
        low=(middle[found.index] - reach).clip(lower=0).round(digits),
        high=(middle[found.index] + reach).round(digits),
    )


def _usual(figures: pd.DataFrame, history: pd.DataFrame, at: str) -> pd.DataFrame:
    """Each row's own history: its middle, its spread and how many points, in the row's order."""
    none = figures[_SERIES].assign(middle=np.nan, points=0.0, spread=np.nan)
    before = history[history[at].notna() & history["indicator_id"].isin(list(figures["indicator_id"].unique()))]
    if before.empty:
        return none
    kind = figures["period_id"].str.replace(r"\d", "9", regex=True)
    before = before.assign(kind=before["period_id"].str.replace(r"\d", "9", regex=True))
    groups = before.groupby([*_SERIES, "kind"], sort=False)[at]
    middle = groups.transform("median")
    distance = (before[at] - middle).abs()
    spread = distance.groupby([before[name] for name in (*_SERIES, "kind")], sort=False).median() * TO_SIGMA
    stats = pd.DataFrame({"middle": groups.median(), "points": groups.size(), "spread": spread})
    return figures[_SERIES].assign(kind=kind).join(stats, on=[*_SERIES, "kind"])


def _times(power: float) -> str:
    """A power of ten in words.

    >>> _times(3.1), _times(-2)
    ('1,000 times', 'a 100th of')
    """
    step = f"{10 ** round(abs(power)):,}"
    return f"{step} times" if power > 0 else f"a {step}th of"


def _last_three(numbers: pd.Series) -> float:
    return float(numbers.tail(3).sum()) if len(numbers) >= 3 else float("nan")
