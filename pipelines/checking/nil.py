"""The nil return: an agency says on its cover that every figure it owes is zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pipelines.checking.typed import figures, stored
from schemas.periods import parse
from schemas.returns.facts import KEY
from schemas.returns.figures import COLUMNS
from schemas.rules import file_contents

if TYPE_CHECKING:
    from schemas.problems import Problem
    from schemas.returns.context import Context


def with_nil_return(
    sent: pd.DataFrame, filled: int, cover: dict[str, str], context: Context
) -> tuple[pd.DataFrame, list[Problem]]:
    """A nil return on the cover gives every figure owed a zero, unless numbers stand in the return."""
    if cover.get("nil_return", "").lower() not in ("yes", "y", "x", "true"):
        return sent, []
    if sent["numerator"].gt(0).any() or sent["marker"].ne("").any() or (filled and sent.empty):
        return sent, [file_contents.NIL_BESIDE_NUMBERS.problem({"count": filled}, sheet="Cover")]
    nil = nil_figures(context)
    return nil, _after_figures(nil, context)


def _after_figures(nil: pd.DataFrame, context: Context) -> list[Problem]:
    """A query where the agency's last figures were not zero."""
    past = context.history
    if past.empty:
        return []
    ends = past["period_id"].map({p: parse(p).end for p in past["period_id"].unique()})
    place = [name for name in KEY if name != "period_id"]
    last = past.assign(end=ends).sort_values("end").drop_duplicates(place, keep="last")
    before = int(last.merge(nil[place].drop_duplicates(), on=place)["numerator"].gt(0).sum())
    words = {"count": len(nil), "before": before}
    return [file_contents.NIL_AFTER_FIGURES.problem(words, sheet="Cover")] if before else []


def nil_figures(context: Context) -> pd.DataFrame:
    """Every figure owed as a true zero: as if Nil were ticked on each row of the template."""
    named = pd.DataFrame([figure.split("|") for figure in context.owed], columns=KEY, dtype="object")
    text = named.reindex(columns=[*(column.name for column in COLUMNS), "sheet", "row"], fill_value="")
    ticked = text.assign(nil="x", sheet="Cover", row=range(1, len(text) + 1)).astype("object")
    return stored(figures(ticked, context)).astype({"row": "int64"}).set_index("row")
