"""The rule about corrections that are hidden in a later quarter's figure instead of put where they belong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from schemas.periods import parse
from schemas.returns.by_value import joined_keys, picked
from schemas.returns.facts import KEY
from schemas.returns.meaning import meaning
from schemas.returns.reasons import explained
from schemas.rule import rule

if TYPE_CHECKING:
    from schemas.returns.context import Context

# Earlier figures needed before "usual" means anything.
ENOUGH = 6
# Both quarters stray by this many times the line's own spread, and by this share of its usual level.
FAR, NOTABLE = 3.0, 0.15
# A reason that says so is no excuse: it names the mistake.
_ADMITTED = re.compile(
    r"\b(adjust\w*|correct\w*|offset\w*|net(ted)?|balanc\w*|compensat\w*|over ?count\w*|under ?count\w*)\b"
)


@rule(
    kind="figures",
    severity="query",
    column="numerator",
    message="{indicator_id} ({title}): {shown} is as far {side} its usual {usual} as {last_period} was on the other side, "
    "{last} ({where}).",
    fix="If it makes up for {last_period}, give what was counted in {period_id} alone, and add a row for {last_period} with "
    "its right number and the reason. If both are right, say why under Reason.",
    bad=[{"indicator_id": "EH02", "numerator": 231, "denominator": None},
         {"indicator_id": "EH02", "numerator": 225, "denominator": None,
          "reason": "Adjusted for the contacts counted twice in the summer"}],
    good=[{"indicator_id": "EH02", "numerator": 405, "denominator": None},
          {"indicator_id": "EH02", "numerator": 231, "denominator": None,
           "reason": "Two centres were closed by a flood from July to September"},
          {"indicator_id": "FD01", "numerator": 1900, "denominator": None}],
)  # fmt: skip
def swing_undoes_the_last_quarter(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Taking last quarter's surplus off this one makes two wrong quarters of one, and both stand on the chart for good."""
    found = undone(figures, context)
    if found.empty:
        return found
    reasons = figures.loc[found.index, "reason"]
    is_said = [
        well and not _ADMITTED.search(meaning(text))
        for well, text in zip(explained(figures, found.index), reasons, strict=True)
    ]
    return found[~np.array(is_said, dtype=bool)]


def undone(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """The counts that stray from their usual level as far as the quarter before did, to the other side."""
    usual, points = figures["numerator_usual"], figures["numerator_points"]
    chance = pd.Series(np.sqrt(np.fmax(usual, 1)), index=figures.index)
    spread = figures["numerator_spread"].where(figures["numerator_spread"].gt(chance), chance)
    reach = (FAR * spread).where((FAR * spread).gt(NOTABLE * usual), NOTABLE * usual)
    strays = figures["is_flow"] & points.ge(ENOUGH) & (figures["numerator"] - usual).abs().gt(reach)
    rows = picked(
        figures, strays & figures["period_kind"].eq("financial_quarter"), *KEY, "numerator", "numerator_usual"
    )
    if rows.empty:
        return rows[[]]
    rows = rows.assign(last_period=[parse(period_id).previous.id for period_id in rows["period_id"]])
    before = joined_keys(rows.assign(period_id=rows["last_period"]), KEY)
    numbers = context.history["numerator"].to_numpy()
    place = np.array([context.standing.get(figure, -1) for figure in before], dtype="int64")
    last = np.where(place >= 0, numbers[place], np.nan)
    usual, reach = rows["numerator_usual"].to_numpy(), reach[rows.index].to_numpy()
    now, then = rows["numerator"].to_numpy() - usual, last - usual
    opposite = (np.abs(then) > reach) & (np.sign(now) != np.sign(then)) & (np.abs(now + then) <= reach / 2)
    words = {
        "shown": [f"{number:,.10g}" for number in rows["numerator"]],
        "usual": [f"{number:,.0f}" for number in usual],
        "side": np.where(now < 0, "below", "above"),
        "last": [f"{number:,.10g}" for number in last],
    }
    return rows[["last_period"]].assign(**words)[opposite]
