"""The rule about a return that says again what the last one said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schemas.returns.by_value import joined_keys, picked
from schemas.returns.earlier import beside_standing
from schemas.returns.facts import KEY
from schemas.returns.reasons import explained
from schemas.rule import rule

if TYPE_CHECKING:
    import pandas as pd

    from schemas.returns.context import Context

# Small counts are the same twice by chance; four of this size together are not.
COUNTABLE, ENOUGH = 10, 4


@rule(
    kind="figures",
    stage="return",
    severity="query",
    column="numerator",
    message="All {count} figures of 10 or more are the same as those of {last_period}: is it that quarter's return again "
    "(the first: {where})?",
    fix="Send this quarter's figures. If really none has changed, say why under Reason.",
    bad=[{"indicator_id": "FD01", "numerator": 2_495, "denominator": None},
         {"indicator_id": "FD03", "numerator": 2_545, "denominator": None},
         {"indicator_id": "FD04", "numerator": 59, "denominator": 240},
         {"indicator_id": "CN01", "numerator": 5_770, "denominator": None}],
    good=[{"indicator_id": "FD01", "numerator": 2_495, "denominator": None},
          {"indicator_id": "FD03", "numerator": 2_545, "denominator": None},
          {"indicator_id": "FD04", "numerator": 59, "denominator": 238},
          {"indicator_id": "CN01", "numerator": 5_770, "denominator": None}],
)  # fmt: skip
def return_repeats_the_last_quarter(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Last quarter's columns copied along look like a quarter in which nothing moved, and no single figure looks wrong."""
    counted = figures["numerator"].ge(COUNTABLE) & figures["period_id"].eq(context.period.id)
    rows = picked(figures, counted, *KEY, "numerator", "denominator")
    if len(rows) < ENOUGH or context.history.empty:
        return rows.iloc[:0][[]]
    last = context.period.previous
    before = joined_keys(rows.assign(period_id=last.id), KEY)
    places = np.array([context.standing.get(figure, -1) for figure in before], dtype="int64")
    rows, then = rows[places >= 0], context.history.iloc[places[places >= 0]]
    if len(rows) < ENOUGH or not all(_same(rows[at], then[at]) for at in ("numerator", "denominator")):
        return rows.iloc[:0][[]]
    first = rows.iloc[:1]
    is_said = explained(figures, first.index)[0]
    return first[[]].iloc[: 0 if is_said else 1].assign(count=len(rows), last_period=last.short)


@rule(
    kind="figures",
    stage="return",
    severity="error",
    column="numerator",
    message="{count} of earlier periods {are} not rewritten, as this quarter's figures may be those of {last_period}: its columns may "
    "be in each other's place (the first: {where}).",
    fix="Check which quarter each column is of. If {they} meant, say why under Reason for each of them, or send that quarter's return again.",
    bad=[{"indicator_id": "FD01", "numerator": 2_495, "denominator": None},
         {"indicator_id": "FD03", "numerator": 2_545, "denominator": None},
         {"indicator_id": "FD04", "numerator": 59, "denominator": 240},
         {"indicator_id": "CN01", "numerator": 5_770, "denominator": None},
         {"indicator_id": "FD01", "period_id": "2026-27-Q1", "numerator": 2_612, "denominator": None}],
    good=[{"indicator_id": "FD01", "numerator": 2_495, "denominator": None},
          {"indicator_id": "FD03", "numerator": 2_545, "denominator": None},
          {"indicator_id": "FD04", "numerator": 59, "denominator": 240},
          {"indicator_id": "CN01", "numerator": 5_771, "denominator": None},
          {"indicator_id": "FD01", "period_id": "2026-27-Q1", "numerator": 2_612, "denominator": None}],
)  # fmt: skip
def earlier_figures_are_held_back(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Two quarters' headings in each other's place would put this quarter's figures over what the Executive has seen of the last."""
    if return_repeats_the_last_quarter(figures, context).empty:
        return figures.iloc[:0][[]]
    beside = beside_standing(figures, context)
    changed = beside[beside["stands"] & beside["differs"]]
    held = changed[[not is_said for is_said in explained(figures, changed.index)]]
    is_one = len(held) == 1
    words = {"count": "1 figure", "are": "is", "they": "it is"} if is_one else {"are": "are", "they": "they are"}
    words = {"count": f"{len(held):,} figures"} | words
    silent = [place > 0 for place in range(len(held))]
    return held[[]].assign(**words, last_period=context.period.previous.short, silent=silent)


def _same(now: pd.Series, then: pd.Series) -> bool:
    """Whether two columns hold the same numbers, none being the same as none."""
    return bool(np.allclose(now.to_numpy(dtype=float), then.to_numpy(dtype=float), rtol=1e-9, atol=0, equal_nan=True))
