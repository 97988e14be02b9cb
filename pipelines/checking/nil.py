"""The nil return: an agency says on its cover that every figure it owes is zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pipelines.checking.report import no_figures
from pipelines.checking.typed import version
from schemas.rules import file as faults

if TYPE_CHECKING:
    from schemas.problems import Problem
    from schemas.returns.context import Context


def with_nil_return(
    figures: pd.DataFrame, filled: int, cover: dict[str, str], context: Context
) -> tuple[pd.DataFrame, list[Problem]]:
    """A nil return on the cover gives every figure owed a zero, unless numbers stand in the return."""
    if cover.get("nil_return", "").lower() not in ("yes", "y", "x", "true"):
        return figures, []
    if figures["numerator"].gt(0).any() or figures["marker"].ne("").any() or (filled and figures.empty):
        return figures, [faults.NIL_BESIDE_NUMBERS.problem({"count": filled}, sheet="Cover")]
    return nil_figures(context), []


def nil_figures(context: Context) -> pd.DataFrame:
    """Every figure owed as a true zero, on purpose, as a nil return says."""
    owed = context.with_facts(context.owed)
    base = owed["has_denominator"] & ~owed["population"]
    zero = pd.Series(0.0, owed.index)
    nil = owed.assign(
        agency_id=context.agency_id,
        numerator=0.0,
        denominator=zero.where(base),
        value=zero.where(~owed["has_denominator"]),
        marker="",
        reason="",
        definition_version=[
            version(i, p, context) for i, p in zip(owed["indicator_id"], owed["period_id"], strict=True)
        ],
        sheet="Cover",
    )
    nil = nil.astype({"definition_version": "int64"})
    return nil[list(no_figures().columns)].set_axis(pd.Index(range(1, len(nil) + 1), name="row"))
